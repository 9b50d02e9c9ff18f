"""The first pages of a long book, which are read before all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from player.story.formats.epub.container import EpubFile
from player.story.formats.epub.package import Package
from player.story.html.notes import noted_in
from player.story.reading.beginning import LONG
from player.story.reading.draft import Draft

_ENOUGH = 100_000
"""Bytes of the first pages: an hour of speech."""
_KEPT = 2 / 3
"""Share of their blocks. Those after them might go on, or look otherwise among the next pages."""


def first_pages(file: EpubFile, package: Package) -> Package | None:
    """Return a long book with no more than its first pages; None for a short one, one that has a recording, and one
    whose notes stand in later pages."""
    if package.overlays or sum(map(file.size, package.spine)) < LONG:
        return None
    spine = tuple(_until_enough(file, package))
    noted = {
        where for path in spine if (page := file.page(path)) is not None for where in noted_in(path, page, file.resolve)
    }
    if len(spine) == len(package.spine) or not noted <= {*spine, *package.aside}:
        return None
    return replace(package, spine=spine, aside=tuple(path for path in package.aside if path in noted))


def _until_enough(file: EpubFile, package: Package) -> Iterator[str]:
    size = 0
    for path in package.spine:
        yield path
        size += file.size(path)
        if size >= _ENOUGH:
            return


def cut(draft: Draft) -> Draft:
    """Return the draft of the first pages without its last blocks."""
    count = int(len(draft.blocks) * _KEPT)
    return replace(draft, blocks=draft.blocks[:count], sections=[one for one in draft.sections if one[0] < count])
