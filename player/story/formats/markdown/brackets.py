"""Markdown's brackets, made harmless where they are far more, or far deeper within one another, than anybody writes.

The parser looks for the end of each bracket anew, so that 100,000 that are never closed take minutes.

    >>> calmed("[a" * 101)[:4] == f"{OPEN}a{OPEN}a", calmed("[a](b)" * 101)[:6]
    (True, '[a](b)')
"""

from __future__ import annotations

import re

OPEN = "\ufdd0"
"""Stands for an opening bracket that begins nothing: a noncharacter, which no text has."""
_FEW = 100
"""Opening brackets of a paragraph that are left as they are."""
_MOST = 5_000
"""Of a paragraph that is taken for one with links at all."""
_DEEPEST = 8
"""Brackets within one another; a picture within a link within a note makes three."""
_MARK = re.compile(r"\\.|[\[\]]", re.DOTALL)


def calmed(text: str) -> str:
    """A paragraph with OPEN for each opening bracket that is never closed, or deeper than anybody needs."""
    brackets = text.count("[")
    if brackets <= _FEW:
        return text
    if brackets > _MOST:
        return text.replace("[", OPEN)
    opened: list[int] = []
    harmful: list[int] = []
    for found in _MARK.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            start = opened.pop()
            if len(opened) >= _DEEPEST:
                harmful.append(start)
    letters = list(text)
    for at in harmful + opened:
        letters[at] = OPEN
    return "".join(letters)
