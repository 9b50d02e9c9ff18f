"""Boundaries at line breaks, for text that has any (a block never does: its white space is single blanks)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(r"(?<=\S)[^\S\n]*\n\s*(?=\S)")
_ENDS_SOMEWHERE = re.compile(r"""[.?!…]["”’)\]]*(?:\s|$)""")
_ITEM = frozenset("•●▪-–*")
_LINE_ENDS = frozenset('.?!…:”"’)')


def line_breaks(text: str) -> Iterator[tuple[int, int]]:
    """An empty line ends a sentence, and so does a line break before a list item, or where nothing else does.

    Hard-wrapped lines go on: "It was a cold\\nnight." Unpunctuated lines are items: "features\\nevents".
    """
    if "\n" not in text:
        return
    prose = _ENDS_SOMEWHERE.search(text) is not None
    for match in _BREAK.finditer(text):
        end, start = match.span()
        following, before = text[start], text[end - 1]
        wrapped = following.islower() or following in ",;)"
        item = following in _ITEM or following.isdigit() or before in _LINE_ENDS
        if match.group().count("\n") > 1 or not prose or (item and not wrapped):
            yield end, start
