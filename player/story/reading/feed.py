"""A feed: a source of several stories, from which somebody has to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from player.errors import UsageError
from player.story.joining import joined
from player.story.model import BlockKind, Story
from player.story.text import clean

if TYPE_CHECKING:
    from player.story.reading.draft import Draft

_NAME_WORDS = 8
_BEGINNING = 200
"""Characters at the beginning used as a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: a whole story, or a summary of one. It has blocks, a link, or both."""

    key: str
    """Identifies it across runs: its link, else its id, else a hash of its text."""
    title: str
    """One line, or empty."""
    blocks: tuple[tuple[BlockKind, str, int], ...] = ()
    """The entry's text in the feed, as in a Draft."""
    whole: bool = False
    """True if the blocks are the whole story, False for a summary."""
    link: str = ""
    """http or https URL of its page, or empty."""
    byline: str = ""
    published: str = ""
    """ISO 8601 date (YYYY-MM-DD) or empty."""
    notes: tuple[str, ...] = ()
    """See Draft.notes."""
    updated: str = ""
    """When it was changed last, as the feed says it; empty where it does not."""

    @property
    def listed(self) -> str:
        """Return a checksum of all that the feed says of it: with another one its page may have changed."""
        return blake2b(repr(self).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """Return the entry's text in the feed, in one line."""
        return clean(" ".join(text for _, text, _ in self.blocks))

    @property
    def name(self) -> str:
        """Return its title, else its first words, else its address; one line."""
        words = self.text[:_BEGINNING].split()
        begins = " ".join(words[:_NAME_WORDS]) + ("…" if len(words) > _NAME_WORDS else "")
        return self.title or begins or clean(self.link)

    def draft(self, language: str) -> Draft:
        """Return the entry's text in the feed as a draft."""
        from player.story.reading.draft import Draft  # 0.02 s, for feeds only

        return Draft(
            list(self.blocks),
            self.title,
            self.byline,
            self.published,
            language,
            notes=list(self.notes),
            templated=True,
        )


@dataclass(frozen=True, slots=True)
class Feed:
    """The content of a feed."""

    title: str
    """One line; empty when the feed has none."""
    entries: tuple[Entry, ...]
    """The readable entries, newest first; never empty."""
    language: str = ""
    source: str = ""
    """See Story.source."""
    identity: str = ""
    """See Story.identity."""
    inside: bool = False
    """True if it came from this machine or a private network; only then may its entries be there."""


def no_feed(name: str) -> str:
    """Return the notice for a source of which the newest stories were asked for, and which is a story itself."""
    return f"--latest is left out: {name} is no feed"


def undecided(feed: Feed, name: str) -> UsageError:
    """Return the error for places where nobody can be asked which story to take."""
    count = len(feed.entries)
    return UsageError(
        f"{name} is a feed of {count} {'story' if count == 1 else 'stories'}",
        "take the newest with --latest 1, or open it in the player to choose",
    )


def as_story(feed: Feed, stories: Sequence[tuple[Entry, Story | None]]) -> Story:
    """Return the entries as one story, each a chapter; of entries with None for the story only the title is read."""
    parts = [(entry.name, story) for entry, story in stories]
    published = max((entry.published for entry, _ in stories), default="")
    untitled = {n for n, (entry, _) in enumerate(stories) if not entry.title and entry.blocks}
    whole = joined(feed.title, parts, untitled=untitled, source=feed.source, identity=feed.identity)
    return replace(whole, published=published)
