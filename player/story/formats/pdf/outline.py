"""A PDF's own outline, and where in the text its entries are."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from player.story.formats.pdf.paragraphs import Placed
from player.story.reading.draft import same_words

_logger = logging.getLogger(__name__)

_NEAR_PAGE = 2
"""Pages around the one that an outline names among which its heading is looked for."""
_DEEPEST = 4


def outlined(document: Any, blocks: Sequence[Placed], pages: range) -> list[tuple[int, str, int]]:
    """(index of a block, title, level) of each chapter that begins on these pages (from 0); blocks count from the
    first of them."""
    on_page: dict[int, list[int]] = {}
    for n, block in enumerate(blocks):
        on_page.setdefault(block.page, []).append(n)
    found: list[tuple[int, str, int]] = []
    used = -1
    for title, number, level in _entries(document):
        page = number - pages.start
        if number not in pages:
            continue
        around = range(page - 1, page + _NEAR_PAGE + 1)
        near = sorted(n for some in around for n in on_page.get(some, ()) if n > used)
        named = next((n for n in near if same_words(blocks[n].text, title)), None)
        at = named if named is not None else next((n for n in near if blocks[n].page >= page), None)
        if at is not None:
            found.append((at, title, level))
            used = at
    return found


def _entries(document: Any) -> Iterator[tuple[str, int, int]]:
    """(title, page from 0, level from 1)"""
    for bookmark in document.get_toc(max_depth=_DEEPEST):
        try:
            destination = bookmark.get_dest()
            page = None if destination is None else destination.get_index()
            title = " ".join(bookmark.get_title().split())
        except ValueError:  # a title that is not UTF-16
            _logger.warning("an entry of the outline is damaged", exc_info=True)
            continue
        if page is not None and title:
            yield title, page, bookmark.level + 1
