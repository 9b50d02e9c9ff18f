"""Boundaries at line breaks, for text that has any (a block never does: its white space is single blanks)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"(?<=\S)[^\S\n]*\n\s*(?=\S)")
_ENDS_SOMEWHERE = re.compile(r"""[.?!…]["”’)\]]*(?:\s|$)""")
_WIDEST = 90
"""Characters in a hard-wrapped line, at most."""
_NARROW = 3
_SMALL = 4
"""Letters that a small word has fewer of."""
_ITEM = frozenset("•●▪-–*")
_LINE_ENDS = frozenset('?!…:”"’)')


def line_breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield an empty line ends a sentence, and so does a line break before a list item, or where nothing else does.

    Hard-wrapped lines go on: "It was a cold\\nnight." Unpunctuated lines are items: "features\\nevents"; and a
    line is not wrapped when the next word, with its capital, would have found room in it.
    """
    if "\n" not in text:
        return
    if all(len(line.strip()) < _NARROW for line in text.splitlines()):
        return  # written downwards: "W\nA\nRN\nI\nNG"
    prose = _ENDS_SOMEWHERE.search(text) is not None
    width = min(max(map(len, text.splitlines())), _WIDEST)
    for match in _BREAK.finditer(text):
        end, start = match.span()
        following, before = text[start], text[end - 1]
        wrapped = following.islower() or following in ",;)"
        item = following in _ITEM or following.isdecimal() or before in _LINE_ENDS
        if wrapped and prose and match.group().count("\n") == 1:
            continue
        if match.group().count("\n") > 1 or not prose or item or _had_room(text, end, start, width):
            yield end, start


def _had_room(text: str, end: int, start: int, width: int) -> bool:
    """Return True if the next word would have fitted into the line before, which does not end with "of" or "the"."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    small = line.rsplit(None, 1)[-1]
    if not line[-1].isalnum() or (small.islower() and len(small) < _SMALL):
        return False
    return text.find(" ", start, start + width - len(line)) > 0
