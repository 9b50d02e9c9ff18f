"""Making text from outside harmless and uniform: what every block, title and byline goes through."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC: window titles, links
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c\n]*(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|\x1b[\]PX^_][^\x07\x1b\n]*"  # the same, never ended; not for C1, which mis-decoded Windows text is full of
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[ -/]*[0-~]?"  # all others (ECMA-48)
)
_OBJECT = "\ufffc"
"""Stands where a picture was. Unlike the others that are dropped it is a printable character to Unicode."""
_KEPT_FORMATS = frozenset("\u200d\u200c\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
"""Joiners (where they join something) and the number signs of Arabic and Syriac, which have a shape."""
_LOOSE_JOINER = re.compile(
    # Between emoji a joiner makes families; in Arabic and Indic scripts both joiners shape letters.
    "(?<![\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\ufe0f\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d]+"
    "|[\u200c\u200d]+(?![\U0001f000-\U0001faff\u2600-\u27bf\u2190-\u21ff\u0600-\u08ff\u0900-\u0dff])"
)
_MOST_MARKS = 30
_MANY_MARKS = re.compile(rf"[^\w\s\0-\x7f]{{{_MOST_MARKS + 1},}}")
"""Where there may be more: no mark that combines with a letter is a letter or a digit itself."""
_CONTROLS = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


def clean(text: str) -> str:
    """One line of NFC text: no control characters, no escape sequences, white space as single blanks.

    What is dropped: ANSI and other terminal sequences as a whole, control characters, directional formatting
    (which makes text look like another text: CVE-2021-42574), soft hyphens and other characters without width,
    surrogates, private and unassigned characters.

    >>> clean("\\x1b[31mRed\\x1b[0m\\tand\\u00a0blue")
    'Red and blue'
    """
    # To Python no control, format, private or unassigned character is printable, nor any blank but the common one.
    if not text.isprintable() or _OBJECT in text:
        text = _without_controls(text)
    return " ".join(composed(text).split())


def composed(text: str) -> str:
    """The text in NFC, with at most 30 marks on one letter, as in Unicode's stream-safe format (UAX 15).

    To put marks in order takes time with the square of their number: 14 s for 100,000.
    """
    if text.isascii():
        return text
    text = _MANY_MARKS.sub(_few_marks, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _few_marks(found: re.Match[str]) -> str:
    kept: list[str] = []
    row = 0
    for character in found[0]:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def shown(text: str) -> str:
    """One line as it is, with U+FFFD for what `clean` drops: names of files and messages, of which nothing may act on
    a terminal, but nothing may be hidden either.

    >>> shown("a\\x1b[31m\\nb")
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
    dropped = {
        ord(c): None
        for c in set(text)
        if c == _OBJECT or (unicodedata.category(c) in _CONTROLS and not c.isspace() and c not in _KEPT_FORMATS)
    }
    return _LOOSE_JOINER.sub("", text.translate(dropped))


_C1 = frozenset("\x90\x98\x9b\x9d\x9e\x9f")
