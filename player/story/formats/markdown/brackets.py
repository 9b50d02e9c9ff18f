"""Neutralising brackets in Markdown that are far more numerous, or nested far deeper, than anybody writes.

The parser searches the end of each bracket separately, so that 100,000 unclosed ones take minutes.

    >>> calmed("[a" * 101)[:4] == f"{OPEN}a{OPEN}a", calmed("[a](b)" * 101)[:6]
    (True, '[a](b)')
"""

from __future__ import annotations

import re

OPEN = "\ufdd0"
"""Replaces a harmless opening bracket: a noncharacter, which no text contains."""
_FEW = 100
"""Opening brackets that any paragraph may have."""
_MOST = 5_000
"""Opening brackets above which none is taken for a link."""
_DEEPEST = 8
"""Nested brackets; a picture in a link in a note makes three."""
_MARK = re.compile(r"\\.|[\[\]]", re.DOTALL)


def calmed(text: str) -> str:
    """Return a paragraph with OPEN for each opening bracket that is unclosed or nested too deeply."""
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
