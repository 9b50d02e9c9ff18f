"""Single lines of plain text: list items, headings, underlines."""

from __future__ import annotations

import re

from player.story.reading.plain_paragraphs import is_chapter

ITEM = re.compile(r"\s*(?:(?:[-*+•‣▪●◦–]|o(?=\s\s))\s+(?=\S)|(?P<number>\(?(?:\d{1,3}[.)]|[a-z]\)))\s+(?=\S))")
ITEM_BEGINS = frozenset("-*+•‣▪●◦–(0123456789o")
UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,})\s*")
LONGEST_HEADING = 80
"""Characters."""


_ACRONYMS = re.compile(r"(?:\W*[A-Z\d]{1,4}\b)+\W*\.")
"""A sentence of only acronyms and short words: "A 64GB SSD."."""


def is_heading(line: str) -> bool:
    """Return True if a line standing alone is a heading: marked, in capitals, or a chapter's label."""
    if len(line) > LONGEST_HEADING:
        return False
    if line.startswith("#") and re.match(r"#{1,6} \S", line):
        return True
    if line.isupper() and not line.endswith(("!", ",", ";", ":", "”", '"')):
        return sum(map(str.isalpha, line)) > 3 and (is_chapter(line) or not _ACRONYMS.fullmatch(line))
    return line[-1] not in ',;”"' and is_chapter(line)
