"""Parts of language tags (BCP 47, such as "de-AT"). Only this module takes tags apart.

The library langcodes knows more, but takes 0.09 s to import, and nearly always only the first part of a tag is wanted.
The rest is ISO 639-1, which is complete and listed below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

T = TypeVar("T")

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_LONGEST = 35
"""Characters (RFC 5646, 4.4.1)."""
_NO_LANGUAGE = frozenset(("und", "zxx", "mul", "mis"))


def valid(written: str) -> str:
    """Return a tag that a source declares, in BCP 47: "en-US" for "en_US", "de" for "ger"; empty if it is none."""
    tag = written.strip().replace("_", "-")
    if len(tag) > _LONGEST or not _TAG.fullmatch(tag) or language_of(tag) in _NO_LANGUAGE:
        return ""
    first, hyphen, rest = tag.partition("-")
    return (two_letters(first) or first if len(first) == 3 else first) + hyphen + rest


def same_language(one: str, other: str) -> bool:
    """Return True if two tags are of one language, whatever the country: also "zh" and "cmn", "no" and "nb"."""
    return language_of(comparable(one)) == language_of(comparable(other))


def folded(tag: str) -> str:
    """Return a tag for comparison: "de_AT" is "de-at"."""
    return tag.strip().casefold().replace("_", "-")


def language_of(tag: str) -> str:
    """Return the language alone, in lower case: "de" for "de-AT"; empty for an empty tag."""
    return folded(tag).partition("-")[0]


def shortest(tag: str) -> str:
    """Return the language in its shortest code, as tables by language have it: "de" for "de-AT", "deu" and "ger", "frr"
    for "frr"."""
    return two_letters(tag) or language_of(tag)


def widened(tag: str) -> list[str]:
    """Return a folded tag and the wider ones: "en-gb-x-rp", "en-gb-x", "en-gb", "en". An empty one has none."""
    parts = folded(tag).split("-") if tag else []
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]


def comparable(tag: str) -> str:
    """Return a folded tag whose language has one code, of the several that it may go by: "cmn-tw" for "zh-TW", "he" for
    "iw" and "heb"."""
    code, hyphen, rest = folded(tag).partition("-")
    code = two_letters(code) or code
    return _aliases().get(code, code) + hyphen + rest


def includes(wide: str, tag: str) -> bool:
    """Return True if a tag is the same as `wide` or a narrower one: "en" includes "en-GB", "zh" includes "cmn-CN"."""
    return comparable(wide) in widened(comparable(tag))


def narrowest(values: Mapping[str, T], tag: str) -> T | None:
    """Return the value by the most special key that includes a tag, if any does: that of "en-GB" before that of "en".
    Of two names of one language ("zh", "cmn"), the one that the tag has comes first.

    >>> narrowest({"en": 1, "en-GB": 2, "zh": 3}, "en-GB-x-rp"), narrowest({"en-GB": 2}, "en-US")
    (2, None)
    """
    keys = [key for key in values if includes(key, tag)]
    best = max(keys, key=lambda key: (len(widened(key)), language_of(key) == language_of(tag)), default=None)
    return None if best is None else values[best]


def script_of(tag: str) -> str:
    """Return the script in a tag, in lower case: "arab" for "az-Arab-IR"; empty when there is none."""
    parts = folded(tag).partition("-x-")[0].split("-")
    return next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")


def formatted(tag: str) -> str:
    """Return a tag in its usual form: "en-GB-x-rp" for "en-gb-x-rp", "zh-Hant-TW" for "zh_hant_tw"."""
    first, *parts = folded(tag).split("-")
    private = parts.index("x") if "x" in parts else len(parts)
    shaped = [p.upper() if len(p) == 2 else p.title() if len(p) == 4 and p.isalpha() else p for p in parts[:private]]
    return "-".join([first, *shaped, *parts[private:]])


def three_letters(tag: str) -> str:
    """Return the language in ISO 639-2 (terminological): "deu" for "de-AT"; empty when it has no such code."""
    language = language_of(tag)
    if len(language) == 3 and language.isalpha():
        return _bibliographic().get(language, language)
    return _three_letters().get(language, "")


def two_letters(tag: str) -> str:
    """Return the language in ISO 639-1: "de" for "de-AT", "deu" and "ger"; empty when it has no such code."""
    language = language_of(tag)
    if language in _three_letters():
        return language
    return _two_letters().get(_bibliographic().get(language, language), "")


@cache
def _three_letters() -> dict[str, str]:
    return dict(pair.split(":") for pair in _ISO_639.split())


@cache
def _two_letters() -> dict[str, str]:
    return {three: two for two, three in _three_letters().items()}


@cache
def _aliases() -> dict[str, str]:
    """Return {code: code that stands for it and others}."""
    return dict(pair.split(":") for pair in _ALIASES.split())


@cache
def _bibliographic() -> dict[str, str]:
    """Return {bibliographic code: terminological code}."""
    return dict(pair.split(":") for pair in _ISO_639_B.split())


_ALIASES = """
zh:cmn no:nb tl:fil iw:he in:id ji:yi jw:jv mo:ro arb:ar azj:az ayr:ay ekk:et fuc:ff gaz:om gug:gn ike:iu khk:mn kmr:ku
knc:kr kng:kg kpv:kv lvs:lv mol:ro npi:ne ory:or pbu:ps pes:fa plt:mg quz:qu src:sc swh:sw uzn:uz ydd:yi zsm:ms zyb:za
"""
"""Other codes of a language, each with the one that stands for all: of macrolanguages and their main members, and codes
that are no longer used (CLDR; without "als", which is Albanian there, and Alemannic to many)."""

_ISO_639 = """
aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bh:bih
bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan
de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra
fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her
ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua
kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin
lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob
nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli
pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk
sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir
tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol
wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul
"""
"""ISO 639-1 codes, each with its ISO 639-2 code (terminological)."""

_ISO_639_B = """
tib:bod cze:ces wel:cym ger:deu gre:ell baq:eus per:fas fre:fra arm:hye ice:isl geo:kat mao:mri mac:mkd may:msa
bur:mya dut:nld rum:ron slo:slk alb:sqi chi:zho
"""
"""Languages with a bibliographic code of ISO 639-2 beside the terminological."""
