"""Cleaning text from outside: every block, title and byline passes through `clean`."""

from __future__ import annotations

import re
import unicodedata
from textwrap import dedent

_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC: window titles, links
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|\x1b[\]PX^_][^\x07\x1b\n]*"  # the same, unterminated; not for C1, frequent in misdecoded text
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]?"  # all others (ECMA-48)
)
_OBJECT = "\ufffc"
"""Stands for a removed picture. Unlike other dropped characters, Unicode counts it as printable."""
_KEPT_FORMATS = frozenset("\u200d\u200c\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
"""Joiners (kept between characters they join), and the number signs of Arabic and Syriac, which are visible."""
_LOOSE_JOINER = re.compile(
    # Joiners combine emoji into families, and shape letters in Arabic and Indic scripts.
    "(?<![\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\ufe0f\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]+"
    "|[\u200c\u200d]+(?![\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u0600-\u08ff\u0900-\u0dff])"
)
_DOTLESS = re.compile("ı(?=[\u0300-\u036f])")
"""As TeX has it below an accent, which has none of its own."""
_MOST_MARKS = 30
_MANY_MARKS = re.compile(rf"[^\w\s\0-\x7f]{{{_MOST_MARKS + 1},}}")
"""A quick test for too many marks: characters that are neither letters, digits nor blanks in a long row."""
_FEW = 8
"""Characters that are dropped one after another: that takes a tenth of the time of `translate`."""
_CONTROLS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def clean(text: str) -> str:
    """Return one line of NFC text: no control characters, no escape sequences, white space as single blanks.

    Dropped are ANSI and other terminal sequences as a whole, control characters, directional formatting
    (which makes text look like another text: CVE-2021-42574), soft hyphens and other characters without width,
    surrogates, private and unassigned characters.

    >>> clean("\\x1b[31mRed\\x1b[0m\\tand\\u00a0blue")
    'Red and blue'
    """
    # Python calls no control, format, private or unassigned character printable, nor any blank but the space.
    if not text.isprintable() or _OBJECT in text:
        text = _without_controls(text)
    elif "  " not in text and text[:1] != " " != text[-1:]:
        return composed(text)
    return " ".join(composed(text).split())


def composed(text: str) -> str:
    """Return the text in NFC, with at most 30 marks per letter, as in Unicode's stream-safe format (UAX 15).

    Sorting marks takes quadratic time: 14 s for 100,000.
    """
    if text.isascii():
        return text
    if "ı" in text:
        text = _DOTLESS.sub("i", text)
    if len(text) - len(text.encode("latin-1", "ignore")) > _MOST_MARKS:  # a tenth of the pattern's time
        text = _MANY_MARKS.sub(_few_marks, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_lines(text: str) -> str:
    """Return lines as `clean` does, but with their blanks and ends: for code. Empty lines around them, and what all are
    indented by, are dropped.

    >>> clean_lines("\\n\\tif x:\\n\\t\\tgo()\\x1b[0m\\n\\n")
    'if x:\\n    go()'
    """
    lines = (_ESCAPES.sub("", line.expandtabs(4)) for line in text.replace("\r\n", "\n").split("\n"))
    shown = ("".join(c if c.isprintable() else " " * c.isspace() for c in line).rstrip() for line in lines)
    return dedent("\n".join(shown)).strip("\n")


def _few_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    row = 0
    for character in found[0]:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def printable(text: str) -> str:
    """Return one line with U+FFFD for each character that `clean` drops: for names of files and messages, where nothing
    may control a terminal, and nothing be hidden.

    >>> printable("a\\x1b[31m\\nb")
    'a\ufffd[31m b'
    """
    text = " ".join(text.split())
    if text.isprintable():
        return text
    loose = {i for match in _LOOSE_JOINER.finditer(text) for i in range(*match.span())}
    return "".join(
        c if c.isprintable() or (c in _KEPT_FORMATS and i not in loose) else "\N{REPLACEMENT CHARACTER}"
        for i, c in enumerate(text)
    )


def _without_controls(text: str) -> str:
    if "\x1b" in text or not _C1.isdisjoint(text):
        text = _ESCAPES.sub("", text)
    dropped = [
        c
        for c in set(text)
        if c == _OBJECT or (unicodedata.category(c) in _CONTROLS and not c.isspace() and c not in _KEPT_FORMATS)
    ]
    if len(dropped) <= _FEW:
        for c in dropped:
            text = text.replace(c, "")
    else:
        text = text.translate(dict.fromkeys(map(ord, dropped)))
    return _LOOSE_JOINER.sub("", text) if "\u200c" in text or "\u200d" in text else text


_C1 = frozenset("\x90\x98\x9b\x9d\x9e\x9f")
