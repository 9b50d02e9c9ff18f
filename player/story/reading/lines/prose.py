"""Prose told from code by its words and signs, where a text's lines are as they were written."""

from __future__ import annotations

import re

_WORD = re.compile(r"(?<![\w.$@/\\#-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w(\[=/\\@])")
SIGN = re.compile(r"[{}<>=;|\\$#@`~^*+\[\]&]")
_VERSE = re.compile(
    r"[“‘\"'(]?(?P<first>[^\W\d_])[\w’']*(?:[,;:.!?]?(?: [-–—] |—| )"
    r"[“‘\"'(]?[^\W\d_][\w’'-]*){2,14}[.,;:!?”’\"')—–-]*(?: +\d{1,4})?"
)
_LEAST_WORDS = 12
"""Words of prose; fewer are a command or its answer."""
_WORDS_A_LINE = 3.5
_MOST_SIGNS = 0.03
"""Share of characters; programs have three times as many."""


def holds_prose(text: str) -> bool:
    """Return True if lines are sentences or verse rather than code."""
    words = sum(1 for _ in _WORD.finditer(text))
    lines = sum(1 for line in text.split("\n") if line.strip())
    if _are_verse(text):
        return True
    letters = len("".join(text.split()))
    signs = sum(1 for _ in SIGN.finditer(text)) - _quoting(text)
    return (
        words >= _LEAST_WORDS
        and words >= lines * _WORDS_A_LINE
        and words * 3 > letters / 3
        and signs < letters * _MOST_SIGNS
        and ". " in text.replace(".\n", ". ").replace(",\n", ". ") + " "
    )


def _are_verse(text: str) -> bool:
    """Return True for lines of nothing but words: two, each with a capital, or three, of which the first has one."""
    found = [_VERSE.fullmatch(line) for line in map(str.strip, text.split("\n")) if line]
    capitals = [line is not None and line["first"].isupper() for line in found]
    return None not in found and ((len(found) > 2 and capitals[0]) or (len(found) > 1 and all(capitals)))


def _quoting(text: str) -> int:
    """Signs that only mark a line as quoted."""
    return sum(len(found[0].strip()) for found in re.finditer(r"^[ \t]*[>|*+#]+", text, re.MULTILINE))
