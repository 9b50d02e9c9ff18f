"""What is told to the walker through pandoc, which has no word for it: characters that no text has."""

from __future__ import annotations

import re
from html import escape

TITLE, CODE_MARK, QUOTATION, ITEM, END, _TEXT = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
"""Noncharacters, which Unicode keeps for a program's own use. They stand at the beginning of a paragraph:

TITLE, CODE_MARK and QUOTATION say what it is. ITEM says the depth and the number that the writer's program had given
to an item of a list: ITEM "2:iv." END. _TEXT stands for a text that is kept here: _TEXT "17" END.
"""
_ALL = re.compile(f"[{TITLE}-{_TEXT}]")
_LONG = re.compile(f"[^\\s{TITLE}-{_TEXT}][^{TITLE}-{_TEXT}]{{14,}}[^\\s{TITLE}-{_TEXT}]")
_KEPT = re.compile(f"{_TEXT}(\\d+){END}")


class Texts:
    """The long texts of a document, which pandoc need not see: it takes nearly all of its time for their words."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def short(self, text: str) -> str:
        """The same text with signs in place of its long parts, blanks at its ends left where they are."""
        return _LONG.sub(self._sign, text)

    def whole(self, html: str) -> str:
        """HTML with the texts in place of their signs."""
        return _KEPT.sub(lambda found: escape(self._kept[int(found[1])], quote=False), html)

    def _sign(self, found: re.Match[str]) -> str:
        self._kept.append(found[0])
        return f"{_TEXT}{len(self._kept) - 1}{END}"


def unmarked(text: str) -> str:
    """A document's own text, in which none may stand."""
    return _ALL.sub("", text)
