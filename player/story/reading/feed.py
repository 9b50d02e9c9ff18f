"""A feed: several stories in one source, of which somebody has to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from player.errors import UsageError
from player.story.joining import joined
from player.story.model import BlockKind, Story
from player.story.reading.draft import Draft
from player.story.text import clean

_NAME_WORDS = 8
_BEGINNING = 200
"""Characters in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of a feed, or what the feed tells of it. It has blocks, or a link, or both."""

    key: str
    """Names it across runs: its link, else its id, else what it says."""
    title: str
    """One line, or empty."""
    blocks: tuple[tuple[BlockKind, str, int], ...] = ()
    """What the feed holds of it, as in a Draft."""
    whole: bool = False
    """Whether that is all of the story, not a summary."""
    link: str = ""
    """Its page, an http or https URL; or empty."""
    byline: str = ""
    published: str = ""
    """ISO 8601 date (YYYY-MM-DD) or empty."""

    @property
    def text(self) -> str:
        """What the feed holds of it, in one line."""
        return clean(" ".join(text for _, text, _ in self.blocks))

    @property
    def name(self) -> str:
        """Its title, else its first words, else its address; one line."""
        words = self.text[:_BEGINNING].split()
        begins = " ".join(words[:_NAME_WORDS]) + ("…" if len(words) > _NAME_WORDS else "")
        return self.title or begins or clean(self.link)

    def draft(self, language: str) -> Draft:
        """What the feed holds of it."""
        return Draft(list(self.blocks), self.title, self.byline, self.published, language, templated=True)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds."""

    title: str
    """One line; empty when it has none of its own."""
    entries: tuple[Entry, ...]
    """Those that can be read, the newest first; never empty."""
    language: str = ""
    source: str = ""
    """As Story.source."""
    identity: str = ""
    """As Story.identity."""
    inside: bool = False
    """Whether it came from this machine or a private network: only then its entries may lie there as well."""


def undecided(feed: Feed, name: str) -> UsageError:
    """Return what to raise where nobody can be asked which of the stories to take."""
    count = len(feed.entries)
    return UsageError(
        f"{name} is a feed of {count} {'story' if count == 1 else 'stories'}",
        "take the newest with --latest 1, or open it in the player to choose",
    )


def as_story(feed: Feed, stories: Sequence[tuple[Entry, Story | None]]) -> Story:
    """Entries one after another as one story, each a chapter; of those without a story only the title is read."""
    parts = [(entry.name, story) for entry, story in stories]
    published = max((entry.published for entry, _ in stories), default="")
    return replace(joined(feed.title, parts, source=feed.source, identity=feed.identity), published=published)
