"""Where stories come from: `load` gets a source, and has the reader of its format read it (see `formats`)."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from player.errors import PlayerError, SourceError, UsageError
from player.story.model import Story
from player.story.opening import clipboard, sniffing
from player.story.opening.confined.host import Readers
from player.story.opening.registry import Naming, format_of
from player.story.opening.waiting import Watch, at_once, unwatched, watched
from player.story.reading.draft import build
from player.story.reading.feed import Entry, Feed, SeveralStories, as_story
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

CLIPBOARD = "clipboard:"
"""The name of a story that is in the system's clipboard."""

LARGEST = 50_000_000
"""Bytes of a file: five times the longest novels."""

_AT_ONCE = 4
"""Pages of a feed's entries that are fetched at the same time; often they are one server's."""


@dataclass(frozen=True, slots=True)
class _How:
    """How sources are loaded: the arguments of `load`."""

    pages: Path | None
    refresh: bool
    code: bool
    readers: Readers
    watch: Watch


def load(
    source: str,
    *,
    pages: Path | None = None,
    refresh: bool = False,
    code: bool = True,
    latest: int | None = None,
    readers: Readers | None = None,
    watch: Watch = unwatched,
) -> Story:
    """The story of a file, a URL, "-" for standard input, or CLIPBOARD.

    `pages` is the folder in which fetched pages are kept; a kept page opens without the network, unless
    `refresh`: then the server is asked, and that it cannot be reached is an error, for the kept page may be old.
    Blocks of code are announced, or with `code` False left out. Of a feed the `latest` stories are taken (see
    `load_entries`). `readers` run the processes in which foreign code reads, for this call alone unless given;
    `watch` is told how far it is.
    Raises UsageError when there is no such file, SourceError when there is no story to be had from it, and
    SeveralStories (a UsageError) with its entries when it is a feed and `latest` is not given.
    """
    with _lent(readers) as lent:
        how = _How(pages, refresh, code, lent, watch)
        try:
            return _load(source, how)
        except SeveralStories as several:
            if latest is None:
                raise
            return _entries(several.feed, several.feed.entries[:latest], how)


def load_entries(
    feed: Feed,
    entries: Sequence[Entry],
    *,
    pages: Path | None = None,
    refresh: bool = False,
    code: bool = True,
    readers: Readers | None = None,
    watch: Watch = unwatched,
) -> Story:
    """Entries of a feed as a story: one alone is that story, of several each is a chapter.

    Where the feed holds only a summary, the page of the entry is fetched (see `load`); the summary is taken when
    that fails. Raises SourceError when there is nothing to be read in any of them.
    """
    with _lent(readers) as lent:
        return _entries(feed, entries, _How(pages, refresh, code, lent, watch))


@contextmanager
def _lent(readers: Readers | None) -> Iterator[Readers]:
    """The caller's readers, or some for as long as this lasts."""
    if readers is not None:
        yield readers
        return
    with Readers() as own:
        yield own


def _entries(feed: Feed, entries: Sequence[Entry], how: _How) -> Story:
    unseen = replace(how, watch=unwatched)

    def told(entry: Entry) -> Story | PlayerError:
        try:
            return _entry(feed, entry, unseen)
        except PlayerError as error:
            _logger.warning("the entry %s cannot be read", entry.link, exc_info=True)
            return error

    stories = at_once(told, entries, _AT_ONCE, how.watch, "story")
    failures = [story for story in stories if isinstance(story, PlayerError)]
    if len(failures) == len(stories):
        raise failures[0]
    if len(stories) == 1 and isinstance(stories[0], Story):
        return stories[0]
    parts = [story if isinstance(story, Story) else None for story in stories]
    return as_story(feed, list(zip(entries, parts, strict=True)))


def _entry(feed: Feed, entry: Entry, how: _How) -> Story:
    """The story of one entry, whose place is remembered with its page's."""
    page: Story | None = None
    if entry.link and not entry.whole:
        try:
            page = _page(entry.link, how, inside=feed.inside)
        except PlayerError:
            if not entry.blocks:
                raise
            _logger.warning("the summary is read: the page %s cannot be", entry.link, exc_info=True)
    if page is not None and page.characters > len(entry.text):
        return page
    source = entry.link or feed.source
    identity = _identity(entry.link or f"{feed.identity} {entry.key}")
    draft = entry.draft(feed.language)
    return build(draft, name=entry.name, stem="", source=source, identity=identity, code=how.code)


def _load(source: str, how: _How) -> Story:
    if source == "-":
        return _unnamed(_checked(_stdin(), "standard input"), "standard input", "-", how)
    if source == CLIPBOARD:
        text = clipboard.text()
        if clipboard.is_address(text):
            return _page(text.strip(), how)
        return _unnamed(_checked(text.encode(errors="replace"), "the clipboard"), "the clipboard", CLIPBOARD, how)
    scheme = re.match(r"(\w{2,}):/", source)
    if scheme and scheme[1].lower() in ("http", "https"):
        return _page(source, how)
    if scheme and scheme[1].lower() == "file":
        source = unquote(urlsplit(source).path)
    elif scheme:
        raise UsageError(f"{scheme[1]}: is no address that can be read", "give an http or https address, or a file")
    path = _path(source)
    raw = RawSource(_checked(_bytes(path), source), path.name)
    absolute = os.path.normpath(path.absolute())  # "../a.txt" is remembered as the file it is
    return _story(raw, source, absolute, _identity(absolute), how)


def _unnamed(data: bytes, name: str, source: str, how: _How) -> Story:
    """Nothing tells such stories apart but what they say."""
    return _story(RawSource(data, name), name, source, hashlib.sha256(data).hexdigest()[:16], how)


def _page(url: str, how: _How, *, inside: bool = True) -> Story:
    """A page is kept only once it has given a story: a consent form that came instead must not stay.

    A feed is kept for the days without a network; it changes all the time and is always asked for. `inside` as for
    `fetch`.
    """
    from player.story.opening.fetch import fetch
    from player.story.opening.page_store import find, keep

    kept = find(how.pages, url) if how.pages is not None else None
    if kept is not None and not how.refresh and not sniffing.is_feed(kept.data):
        return _story(kept.raw, url, url, _identity(url), how)
    try:
        page = watched(lambda: fetch(url, kept=kept, inside=inside), how.watch)
    except SourceError as error:
        if kept is None:
            raise
        if how.refresh:
            raise SourceError(error.message, "the page as kept opens without --refresh") from error
        _logger.warning("the page %s is read as it was kept", url, exc_info=True)
        page = kept
    try:
        told: Story | SeveralStories = _story(page.raw, url, url, _identity(url), how)
    except SeveralStories as several:
        told = several
    if how.pages is not None and page is not kept:
        keep(how.pages, page)
    if isinstance(told, SeveralStories):
        raise told
    return told


def _story(raw: RawSource, name: str, source: str, identity: str, how: _How) -> Story:
    naming = Naming(name, source, identity, stem="" if source in ("-", CLIPBOARD) else raw.stem)
    found = how.readers.read(format_of(raw, name), raw, naming, code=how.code, watch=how.watch)
    if isinstance(found, Feed):
        raise SeveralStories(replace(found, inside=raw.inside), name)
    if found.picture is not None:  # said here: the process that read it might be made to say anything
        return replace(found, picture=replace(found.picture, inside=raw.inside))
    return found


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(LARGEST + 1)
    except (OSError, ValueError, AttributeError) as error:  # closed, a folder, only for writing
        reason = error.strerror if isinstance(error, OSError) else "it is closed"
        raise SourceError(f"standard input cannot be read ({reason})", "give a file, or < FILE") from error


def _path(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # "~name/" where nobody has that name
        return Path(source)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        hint = "give a file, a URL, or - for standard input"
        if re.match(r"(?:www\.|[\w-]+\.(?:com|org|net|co|info|news|io)(?:/|$))", str(path)):
            hint = f"for the page give https://{path}"
        raise UsageError(f"there is no file {path}", hint) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "give one of the files in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{path} cannot be read ({reason})") from error


def _checked(data: bytes, name: str) -> bytes:
    if len(data) > LARGEST:
        raise SourceError(f"{name} is larger than {LARGEST // 1_000_000} MB", "split it into parts")
    return data


def _identity(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
