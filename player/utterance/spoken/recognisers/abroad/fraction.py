"""Fractions in other languages: "3/4 des gens", "½ Liter", "2 1/2 heures"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import VULGAR
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Words

_LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")
_FILE = "fractions"
_LAST_DAY = 31
_NAMED = (3, 4, 5, 6, 7, 8, 9, 10)
"""Parts that need no noun behind them: "um 2/3."."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a fraction's sign, or at the first of two numbers with a slash."""
    vulgar = VULGAR.get(tokens[index].text)
    over, under, after = (*vulgar, index + 1) if vulgar else _slashed(tokens, index)
    unmeasured = tokens[after].kind is Kind.WORD and not _unit(tokens, after)[0]
    if not under or unmeasured or tokens[after].kind is Kind.NUMERAL:
        yield from _beats(tokens, index)
        return
    whole = tokens.before(index)
    beside = tokens[whole].text.isdecimal() and tokens[whole - 1].kind is not Kind.WORD and len(tokens[whole].text) < 4
    said = _half(tokens, after, whole, behind_whole=beside) if (over, under) == (1, 2) else ""
    of_parts = tokens.word(tokens.past_blank(after)) == tokens.vocabulary.table(_FILE).get("parts", "")
    said = said or _said(tokens, over, under, behind_whole=beside, of_parts=of_parts)
    unit, end = _unit(tokens, after)
    if said and unit and not beside:
        links, vowels = tokens.vocabulary.table(_FILE), tokens.vocabulary.words("letters", "elided")
        link = "of_vowel" if unit[0] in vowels and "of_vowel" in links else "of"
        of = "" if (over, under) == (1, 2) else str(links.get(link, ""))
        yield Reading(
            tokens[index].start, tokens[end - 1].end, "fraction: of a unit", Words(f"{said} {of}{unit}"), 0.92
        )
    elif said:
        start = tokens[whole].end if beside and said[0] == " " else tokens[whole if beside else index].start
        yield Reading(start, tokens[after - 1].end, "fraction", Words(said), 0.9)


def _beats(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first number of "im 3/4-Takt"."""
    known, under = tokens.vocabulary, tokens[index + 2]
    name = known.table(_FILE, "many").get(under.text)
    joined = tokens.is_sign(index + 1, "/") and tokens.is_sign(index + 3, "-")
    if name and joined and tokens.word(index + 4) in known.words(_FILE, "beats"):
        yield Reading(tokens[index].start, under.end, "fraction: beats", Words(f"{tokens[index].text} {name}"), 0.95)


def _slashed(tokens: Tokens, index: int) -> tuple[int, int, int]:
    """Return (3, 4, index behind) of "3/4" before a word in small letters; zeros for dates, paths and other pairs."""
    over, under = tokens[index].text, tokens[index + 2].text
    if not tokens.is_sign(index + 1, "/⁄") or not (over.isdecimal() and under.isdecimal()) or len(over + under) > 4:
        return 0, 0, index
    noun = tokens[index + 4]
    counted = tokens[index + 3].kind is Kind.SPACE and noun.kind is Kind.WORD
    glued = tokens[index + 3].kind is Kind.WORD and read_unit(tokens, index + 3) is not None  # "1/2h"
    counted = counted and (noun.text.islower() or bool(tokens.vocabulary.words(_FILE, "nouns_in_capitals")))
    led = tokens.word(tokens.before(index)) in tokens.vocabulary.words("calendar", "before")
    stop = tokens.before(index)
    numbered = language_of(tokens.vocabulary.code).holds("before_number", tokens.word(stop - 1))
    if tokens.is_sign(stop, ".") and (
        numbered or tokens.word(stop - 1) in tokens.vocabulary.table("abbreviations", "before_number")
    ):
        return 0, 0, index  # "th. 6/7"
    free = tokens.is_free(index)
    ends = tokens[index + 3].kind is Kind.EDGE or tokens.is_sign(index + 3, ".,;:!?)")
    dated = int(under) <= _LAST_DAY
    counted = counted or (ends and (int(under) in _NAMED or not dated) and tokens[index + 4].kind is not Kind.NUMERAL)
    if not ((counted or glued) and free and 0 < int(over) < int(under)) or (led and dated):
        return 0, 0, index
    return int(over), int(under), index + 3


def _unit(tokens: Tokens, after: int) -> tuple[str, int]:
    """Return the name of the unit written short behind a fraction, and the index behind it: "1/2 kg"."""
    at = tokens.past_blank(after)
    found = read_unit(tokens, at)
    if found is None or tokens[at].kind is not Kind.WORD or found[0].under or len(found[0].over) > 1:
        return "", after
    name = units(tokens.vocabulary).names.get(found[0].over[0].sign)
    return (name[0], found[1]) if name and found[0].over[0].power == 1 else ("", after)


def _half(tokens: Tokens, after: int, whole: int, *, behind_whole: bool) -> str:
    """Return what half of a noun behind it is called: "eine halbe", "media"; empty where nothing special is said."""
    known = tokens.vocabulary
    noun = (_unit(tokens, after)[0].lower() or tokens.word(tokens.past_blank(after))).partition(" ")[0]
    joints = known.table(_FILE, "behind_whole")
    if behind_whole and tokens[whole].text == "1" and "one_and_a_half" in joints:
        return str(joints["one_and_a_half"])
    for gender, said in known.table(_FILE, "half").items():
        if noun in known.words(_FILE, f"{gender}s") or (
            noun[-1:] == "s" and noun[:-1] in known.words(_FILE, f"{gender}s")
        ):
            return str(joints.get(f"half_{gender}", "")) if behind_whole else str(said)
    return ""


def _said(tokens: Tokens, over: int, under: int, *, behind_whole: bool, of_parts: bool = False) -> str:
    """Return the words of a fraction, with those that join it to a whole number; empty for parts without a name."""
    known = tokens.vocabulary
    one, many = known.table(_FILE, "one").get(str(under)), known.table(_FILE, "many").get(str(under))
    many = known.table(_FILE, "many_parts").get(str(under), many) if of_parts else many
    joints = known.table(_FILE, "behind_whole")
    if behind_whole and (over, under) == (1, 2):
        return str(joints["half"])
    said = one if over == 1 else f"{over} {many}" if many else None
    return "" if said is None else f"{joints['and']}{said}" if behind_whole else said


PARTS = Recogniser(
    "fraction",
    _propose,
    (("3/4 der Leute", "3 Viertel der Leute"), ("2½ Stunden", "2 einhalb Stunden"), ("½ Liter", "ein halber Liter")),
    numerals=Beside.SLASH,
    signs="".join(VULGAR),
    languages=_LANGUAGES,
)
