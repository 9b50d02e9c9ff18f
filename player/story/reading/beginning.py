"""The beginning of a long story, which is played while the rest is read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from player.errors import SourceError
from player.story.reading.draft import Draft

LONG = 500_000
"""Characters; a shorter story is read and built within 0.1 s."""
LOOKED_AT = 50_000
"""Characters from which readers take a beginning: more than enough, for what may be left out."""
_ENOUGH = 30_000
"""Characters of a beginning: half an hour of speech."""
_PARAGRAPHS, _LETTERS = 120, 80
"""Paragraphs of so many characters in it: the first hundred tell a story's language and its commonest words."""


class Beginning:
    """Tells of a story's beginning, once."""

    def __init__(self, told: Callable[[Draft], None]) -> None:
        self._told = told
        self._is_told = False

    def tell(self, beginning: Draft) -> None:
        """Tell of it, as a reader knows it before all has been read."""
        self._is_told = True
        self._told(beginning)

    def tell_of(self, whole: Draft) -> None:
        """Tell of it where the reader did not, if the story is long."""
        if not self._is_told and (beginning := beginning_of(whole)) is not None:
            with suppress(SourceError):  # nothing but pictures, say
                self._told(beginning)


def beginning_of(draft: Draft) -> Draft | None:
    """Return the first blocks of a long draft; None for a short one, and for one with a recording, which is known by
    all of it."""
    if draft.clips or sum(len(text) for _, text, _ in draft.blocks) < LONG:
        return None
    count = _enough(draft)
    sections = [one for one in draft.sections if one[0] < count]
    return replace(draft, blocks=draft.blocks[:count], sections=sections)


def is_enough(beginning: Draft) -> bool:
    """Return True if a beginning tells its story's language."""
    return _enough(beginning) < len(beginning.blocks)


def _enough(draft: Draft) -> int:
    """Return the number of blocks that make a beginning."""
    characters = paragraphs = 0
    for count, (_, text, _) in enumerate(draft.blocks, 1):
        characters += len(text)
        paragraphs += len(text) >= _LETTERS
        if characters >= _ENOUGH and paragraphs >= _PARAGRAPHS:
            return count
    return len(draft.blocks)
