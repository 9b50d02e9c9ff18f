"""Making text from outside harmless and uniform: what every block, title and byline goes through."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)?"  # OSC: window titles, links
    r"|\x1b[PX^_][^\x1b\n]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]?"  # all others (ECMA-48)
)
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Directional formatting: can make text look like another text (Trojan Source, CVE-2021-42574)."""
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufffc\u180e" + "".join(map(chr, range(0x2061, 0x2065)))
_DROPPED = dict.fromkeys(map(ord, _BIDI + _INVISIBLE))
_LOOSE_JOINER = re.compile("(?<![\\U0001F000-\\U0001FAFF\u2600-\u27bf\ufe0f])\u200d")
_JOINING_SCRIPTS = re.compile("[\u0600-\u08ff\u0900-\u0dff]")


def clean(text: str) -> str:
    """One line of NFC text: no control characters, no escape sequences, white space as single blanks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if "\x1b" in text or "\x9b" in text:
        text = _ESCAPES.sub("", text)
    text = unicodedata.normalize("NFC", text).translate(_DROPPED)
    if "\u200d" in text and not _JOINING_SCRIPTS.search(text):
        text = _LOOSE_JOINER.sub("", text)  # between emoji it makes families, in Indic scripts ligatures
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))
    return unicodedata.normalize("NFC", " ".join(text.split()))
