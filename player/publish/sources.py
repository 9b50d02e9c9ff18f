"""Where stories to publish are. A source is small, and can be sent to another process; it is opened when it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, Self

from player.errors import PlayerError, SourceError
from player.publish.fingerprint import hash_of_bytes
from player.story.model import Story
from player.story.opening import load_entries, load_found
from player.story.opening.confined.host import Readers
from player.story.opening.locate import Address, Found, identity, read_file
from player.story.opening.page_store import Page, find, keep, take
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed, undecided
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource

_AHEAD = "ahead"
"""Folder of pages that were fetched and not read yet, in that of all pages."""


class Source(Protocol):
    """One story, not opened yet."""

    @property
    def key(self) -> str:
        """Identity in every run: an absolute path, a URL, or an id."""

    @property
    def name(self) -> str:
        """Name in messages."""

    @property
    def stem(self) -> str:
        """What its folder is named after."""

    def digest(self, options: Options) -> str:
        """Return a hash of its content; empty when that is not known without fetching it. Raises SourceError or
        UsageError."""

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """Return the story; `watch` is called while waiting. Raises as `digest`, and what `watch` raises."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A story in a file."""

    path: str
    """Absolute path."""
    key: str
    """See Source: its path from the site's folder, so that both may move."""

    @property
    def name(self) -> str:
        """See Source."""
        return Path(self.path).name

    @property
    def stem(self) -> str:
        """See Source."""
        return Path(self.path).stem

    def digest(self, options: Options) -> str:
        """See Source."""
        return hash_of_bytes(self._data())

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        raw = RawSource(self._data(), self.name)
        naming = Naming(self.path, self.path, identity(self.path), stem=raw.stem)
        return story_of(load_found(Found(raw, naming), options, readers=readers, watch=watch), self.name)

    def _data(self) -> bytes:
        try:
            return read_file(Path(self.path), self.path)
        except OSError as error:
            raise SourceError(f"{self.path} cannot be read ({error.strerror})") from error


@dataclass(frozen=True, slots=True)
class PageSource:
    """A story on a web page."""

    url: str
    inside: bool = True
    """See Address."""
    fetched: str = ""
    """Hash of the page, if it was fetched already to see what it is; it waits in a folder, not in memory."""
    listed: str = ""
    """What the list that names it says of it, such as its last change; see Options."""

    @classmethod
    def of(cls, page: Page, pages: Path | None) -> Self:
        """Return the source of a page that was fetched; `pages` as in Options."""
        url = page.about.url
        if pages is not None and find(pages, url) != page:
            keep(pages / _AHEAD, page)
        return cls(url, fetched=hash_of_bytes(page.data))

    @property
    def key(self) -> str:
        """See Source."""
        return self.url

    @property
    def name(self) -> str:
        """See Source."""
        return self.url

    @property
    def stem(self) -> str:
        """See Source."""
        parts = [part for part in self.url.partition("://")[2].partition("?")[0].split("/") if part]
        return parts[-1].rpartition(".")[0] or parts[-1] if parts else "page"

    def digest(self, options: Options) -> str:
        """See Source. A page counts as unchanged as long as the list says the same of it."""
        if self.fetched:
            return self.fetched
        if options.refresh:
            return ""
        kept = find(options.pages, self.url) if options.pages is not None else None
        if not self.listed:
            return hash_of_bytes(kept.data) if kept is not None else ""
        is_told = kept is None or kept.about.listed == self.listed  # not each of many pages stays kept
        return hash_of_bytes(self.listed.encode("utf-8", "replace")) if is_told else ""

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        address, page = Address(self.url, self.inside), self._taken(options.pages)
        found: Found | Address = Found(page.raw, address.naming(page.raw)) if page else address
        options = replace(options, listed=self.listed, ask=bool(self.fetched))
        story = story_of(load_found(found, options, readers=readers, watch=watch), self.url)
        if page is not None and options.pages is not None and find(options.pages, self.url) != page:
            keep(options.pages, page)
        return story

    def _taken(self, pages: Path | None) -> Page | None:
        """Return the page that was fetched already; None if it is to be fetched, again if it waited too long."""
        page = (take(pages / _AHEAD, self.url) or find(pages, self.url)) if pages is not None and self.fetched else None
        return page if page is not None and hash_of_bytes(page.data) == self.fetched else None


@dataclass(frozen=True, slots=True)
class EntrySource:
    """A story of a feed."""

    feed: Feed
    """The feed, with this entry alone."""

    @property
    def entry(self) -> Entry:
        """The story's entry."""
        return self.feed.entries[0]

    @property
    def key(self) -> str:
        """See Source."""
        return self.entry.link or f"{self.feed.identity} {self.entry.key}"

    @property
    def name(self) -> str:
        """See Source."""
        return self.entry.name

    @property
    def stem(self) -> str:
        """See Source."""
        return self.entry.name

    def digest(self, options: Options) -> str:
        """See Source."""
        page = ""
        if self.entry.link and not self.entry.whole:
            kept = options.pages is not None and find(options.pages, self.entry.link) is not None
            page = PageSource(self.entry.link, listed=self.entry.listed).digest(options) if kept else ""
            if not page:
                return ""  # its page may not have answered, and its summary been read
        return hash_of_bytes(repr(self.entry).encode(), page.encode())

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        options = replace(options, listed=self.entry.listed)
        return load_entries(self.feed, [self.entry], options, readers=readers, watch=watch)


@dataclass(frozen=True, slots=True)
class MissingSource:
    """What was named, and is nowhere to be had: its error comes when its turn comes, and stops no other story."""

    name: str
    message: str
    hint: str = ""
    error: type[PlayerError] = SourceError
    """Kind of its error."""

    @property
    def key(self) -> str:
        """See Source."""
        return self.name

    @property
    def stem(self) -> str:
        """See Source."""
        return self.name

    def digest(self, options: Options) -> str:
        """See Source."""
        raise self.error(self.message, self.hint)

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        raise self.error(self.message, self.hint)


def story_of(found: Story | Feed, name: str) -> Story:
    """Return a story; of a feed, raises UsageError."""
    if isinstance(found, Feed):
        raise undecided(found, name)
    return found
