"""What is told to the walker through pandoc, which has no word for it: characters that no text has."""

from __future__ import annotations

import re

TITLE, CODE_MARK, QUOTATION, ITEM, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters, which Unicode keeps for a program's own use. They stand at the beginning of a paragraph:

TITLE, CODE_MARK and QUOTATION say what it is. ITEM says the depth and the number that the writer's program had given
to an item of a list: ITEM "2:iv." END.
"""
_ALL = re.compile(f"[{TITLE}-{END}]")


def unmarked(text: str) -> str:
    """A document's own text, in which none may stand."""
    return _ALL.sub("", text)
