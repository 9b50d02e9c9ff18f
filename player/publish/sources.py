"""Where stories to publish are. A source is small, and can be sent to another process; it is opened when it is made."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from player.errors import SourceError
from player.publish.fingerprint import hash_of_bytes
from player.story.dates import iso_date
from player.story.language_tag import valid
from player.story.model import Story
from player.story.opening import load_entries, load_found
from player.story.opening.confined.host import Readers
from player.story.opening.locate import Address, Found, identity, read_file
from player.story.opening.page_store import Page, find
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed, undecided
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource
from player.story.text import clean


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
        """Return a hash of its content; empty when that is not known without fetching it. Raises SourceError."""

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """Return the story; `watch` is called while waiting. Raises SourceError, and what `watch` raises."""


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
        return _story(load_found(Found(raw, naming), options, readers=readers, watch=watch), self.name)

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
    page: Page | None = None
    """The page, if it was fetched already to see what it is."""

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
        """See Source. A page that is kept is opened as it was kept."""
        page = self.page
        if page is None and options.pages is not None and not options.refresh:
            page = find(options.pages, self.url)
        return hash_of_bytes(page.data) if page is not None else ""

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        address = Address(self.url, self.inside)
        found: Found | Address = Found(self.page.raw, address.naming(self.page.raw)) if self.page else address
        return _story(load_found(found, options, readers=readers, watch=watch), self.url)


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
            page = PageSource(self.entry.link).digest(options)
            if not page:
                return ""
        return hash_of_bytes(repr(self.entry).encode(), page.encode())

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        story = load_entries(self.feed, [self.entry], options, readers=readers, watch=watch)
        return replace(
            story, byline=story.byline or self.entry.byline, published=story.published or self.entry.published
        )


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A story in a line of JSON: {"id", "url", "html" or "text", "title", "byline", "date", "language"}, all but one of
    the first four optional."""

    file: str
    """Absolute path of the file with the line."""
    begin: int
    size: int
    """The line's bytes in the file."""
    id: str
    title: str

    @property
    def key(self) -> str:
        """See Source."""
        return self.id

    @property
    def name(self) -> str:
        """See Source."""
        return self.title or self.id

    @property
    def stem(self) -> str:
        """See Source."""
        return PageSource(self.id).stem if "://" in self.id else self.id

    def digest(self, options: Options) -> str:
        """See Source."""
        record = self._record()
        page = PageSource(record["url"]).digest(options) if not _has_text(record) else ""
        if not page and not _has_text(record):
            return ""
        return hash_of_bytes(json.dumps(record, sort_keys=True).encode(), page.encode())

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        record = self._record()
        if not _has_text(record):
            story = PageSource(record["url"]).open(options, readers, watch)
        else:
            suffix, kind = (".html", "text/html") if record.get("html") else (".txt", "text/plain")
            data = str(record.get("html") or record.get("text")).encode("utf-8", "replace")
            raw = RawSource(data, f"{self.stem}{suffix}", kind, "utf-8")
            naming = Naming(self.name, str(record.get("url") or ""), identity(self.id), stem=self.title)
            story = _story(load_found(Found(raw, naming), options, readers=readers, watch=watch), self.name)
        return _with_data(story, record)

    def _record(self) -> dict[str, Any]:
        try:
            with Path(self.file).open("rb") as file:
                file.seek(self.begin)
                record = json.loads(file.read(self.size))
        except (OSError, ValueError) as error:
            raise SourceError(f"{self.name} in {self.file} cannot be read any more", "start again") from error
        return record if isinstance(record, dict) else {}


@dataclass(frozen=True, slots=True)
class MissingSource:
    """What was named, and is nowhere to be had: its error comes when its turn comes, and stops no other story."""

    name: str
    message: str
    hint: str = ""

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
        raise SourceError(self.message, self.hint)

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        raise SourceError(self.message, self.hint)


def _with_data(story: Story, record: dict[str, Any]) -> Story:
    """Return a story with what its record says of it."""
    return replace(
        story,
        title=clean(str(record.get("title") or "")) or story.title,
        byline=clean(str(record.get("byline") or "")) or story.byline,
        published=iso_date(str(record.get("date") or "")) or story.published,
        language=valid(str(record.get("language") or "")) or story.language,
    )


def _has_text(record: dict[str, Any]) -> bool:
    return bool(record.get("html") or record.get("text"))


def _story(found: Story | Feed, name: str) -> Story:
    """Return a story; of a feed, raises UsageError."""
    if isinstance(found, Feed):
        raise undecided(found, name)
    return found
