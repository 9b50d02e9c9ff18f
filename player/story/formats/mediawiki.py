"""Wikitext, as in Wikipedia's articles, by pandoc: without categories, and of templates only their words."""

from __future__ import annotations

import re
from dataclasses import replace

from player.story.pandoc.texts import read_text
from player.story.reading.draft import Draft
from player.story.reading.raw_source import RawSource

_SAID = (
    (
        re.compile(r"\{\{(?:convert|cvt)\|([\d.,]+)\|(to|and|or|by|x|-|–)\|([\d.,]+)\|([^|{}]+)[^{}]*\}\}", re.I),
        r"\1 \2 \3 \4",
    ),
    (re.compile(r"\{\{(?:convert|cvt)\|([\d.,]+)\|([^|{}]+)[^{}]*\}\}", re.I), r"\1 \2"),
    (re.compile(r"\{\{(?:lang|transl|abbr)\|[\w-]+\|([^|{}]+)[^{}]*\}\}", re.I), r"\1"),
    (re.compile(r"\{\{(?:nowrap|nobr|small|em|strong|smallcaps)\|([^|{}]+)\}\}", re.I), r"\1"),
    (re.compile(r"\{\{formatnum:([^{}|]+)[^{}]*\}\}", re.I), r"\1"),
    (re.compile(r"\{\{(as of)\|(\d{4})[^{}]*\}\}", re.I), r"\1 \2"),
    (re.compile(r"\{\{frac\|(\d+)\|(\d+)\|(\d+)\}\}", re.I), r"\1 \2/\3"),
    (re.compile(r"\{\{frac\|(\d+)\|(\d+)\}\}", re.I), r"\1/\2"),
    (re.compile(r"\{\{(?:circa|c\.)\|([^|{}]+)[^{}]*\}\}", re.I), r"c. \1"),
    (re.compile(r"\{\{((?:US|A|C|NZ|HK)\$|[£€¥₹])\|([^|{}]+)[^{}]*\}\}"), r"\1\2"),
    (re.compile(r"\{\{(USD|GBP|EUR|INR|AUD|CAD|JPY)\|([^|{}]+)[^{}]*\}\}"), r"\1 \2"),
    (re.compile(r"\{\{efn\|(?:name=[^|{}]*\|)?([^{}]+)\}\}", re.I), r"<ref>\1</ref>"),
    (re.compile(r"\{\{(?:block|c)?quote\|(?:text=)?([^|{}]+)[^{}]*\}\}", re.I), r"<blockquote>\1</blockquote>"),
    (re.compile(r"\{\{(?:snd|spnd|ndash|spaced ndash)\}\}", re.I), " – "),
    # a picture on a line of its own is none of the paragraph below
    (re.compile(r"^(\[\[(?:File|Image|Datei|Fichier|Archivo|Bild|Immagine):.*\]\])[ \t]*$", re.I | re.M), "\n\\1\n"),
    (re.compile(r"^\[\[[a-z]{2,3}(?:-[a-z]+)?:[^\[\]\n]*\]\][ \t]*$|~{3,5}", re.M), ""),  # the article elsewhere
)
"""Templates and links -> what they show."""
_POEM = re.compile(r"<poem[^<>]*>\n?((?:(?!<poem).)*?)</poem>", re.DOTALL | re.IGNORECASE)
_GALLERY = re.compile(r"<gallery[^<>]*>(?:(?!<gallery).)*?</gallery>", re.DOTALL | re.IGNORECASE)
_ENDLESS = re.compile(r"(?:\[\[[^\[\]\n]*){8,}|<(?:gallery|poem)[^<>]*>")
"""Links, galleries and poems that never close: pandoc takes for ever on them."""
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_EMPTY = re.compile(r" ?\([\s;,:]*\)|(?<=\()[\s;,:]+")
"""Brackets of which only templates were, and their beginning."""
_APPARATUS = re.compile(
    r"^==[ \t]*(?:references|external links|notes|notes and references|citations|footnotes|einzelnachweise|weblinks"
    r"|références|notes et références|liens externes|referencias|enlaces externos|collegamenti esterni)[ \t]*==[ \t]*$"
    r".*?(?=^==[^=]|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def read(raw: RawSource) -> Draft:
    """Return the draft of a text. Raises SourceError, and ModuleNotFoundError without pypandoc."""
    text = _APPARATUS.sub("", raw.text.replace("\r\n", "\n"))
    for pattern, said in _SAID:
        text = pattern.sub(said, text)
    text = _POEM.sub(_lines, _GALLERY.sub("", text))
    text = _ENDLESS.sub(lambda found: found[0].replace("[[", "") if found[0][0] == "[" else "", text)
    text = "\n".join(_EMPTY.sub("", _TEMPLATE.sub("", line)) if "{{" in line else line for line in text.split("\n"))
    return read_text(replace(raw, data=text.encode("utf-8", "replace"), charset="utf-8"), "mediawiki")


def _lines(poem: re.Match[str]) -> str:
    return f"<blockquote>{'<br/>'.join(poem[1].strip().splitlines())}</blockquote>"
