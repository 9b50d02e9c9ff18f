"""Where stories come from: `load` finds the reader that takes a source. A new format is one file, one line here."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from player.errors import PlayerError, SourceError, UsageError
from player.story.model import Story
from player.story.sources import clipboard, sniffing
from player.story.sources.building import Draft, build
from player.story.sources.feed import Entry, Feed, SeveralStories, as_story
from player.story.sources.raw import RawSource
from player.story.sources.refused import refused
from player.story.text import clean

_logger = logging.getLogger(__name__)

CLIPBOARD = "clipboard:"
"""The name of a story that is in the system's clipboard."""

LARGEST = 50_000_000
"""Bytes of a file: five times the longest novels."""

_AT_ONCE = 4
"""Pages of a feed's entries that are fetched at the same time; often they are one server's."""


class Format(NamedTuple):
    """A format of stories: how it is known, and the module whose `read(raw)` gives a Draft (or a Feed)."""

    module: str
    suffixes: tuple[str, ...]
    content_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    """Whether a source is of this format for certain by its bytes, whatever it is called."""
    guess: Callable[[bytes], bool] = lambda data: False
    """Whether it looks like it, which decides when neither name nor media type does."""
    extra: str = ""
    """The extra of this distribution that brings the library it needs; empty when it needs none."""


FORMATS = (
    Format("pdf_source", (".pdf",), ("application/pdf",), sniffing.is_pdf, extra="pdf"),
    Format("epub_source", (".epub",), ("application/epub+zip",), sniffing.is_epub),
    Format(
        "feed_source",
        (".rss", ".atom"),
        ("application/rss+xml", "application/atom+xml"),
        sniffing.is_feed,
        extra="feeds",
    ),
    Format(
        "html_source",
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        sniffing.is_html,
        sniffing.may_be_html,
    ),
    Format(
        "markdown_source",
        (".md", ".markdown", ".mkd", ".mdown"),
        ("text/markdown", "text/x-markdown"),
        sniffing.is_markdown,
        sniffing.may_be_markdown,
    ),
    Format(
        "office_source",
        (".docx", ".odt", ".rtf"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.oasis.opendocument.text",
            "application/rtf",
            "text/rtf",
        ),
        sniffing.is_office,
        extra="office",
    ),
)
"""The first that takes a source reads it: surely by its content, then by its name, then probably by its content."""

KINDS = "text, Markdown, web pages (HTML), PDF, DOCX, ODT, RTF, EPUB or feeds"
"""What stories can be, for people."""

_FALLBACK = Format("text_source", (), (), lambda data: False)
"""Takes the rest."""


def load(
    source: str, *, pages: Path | None = None, refresh: bool = False, code: bool = True, latest: int | None = None
) -> Story:
    """The story of a file, a URL, "-" for standard input, or CLIPBOARD.

    `pages` is the folder in which fetched pages are kept; a kept page opens without the network, unless
    `refresh`: then the server is asked, and that it cannot be reached is an error, for the kept page may be old.
    Blocks of code are announced, or with `code` False left out. Of a feed the `latest` stories are taken (see
    `load_entries`).
    Raises UsageError when there is no such file, SourceError when there is no story to be had from it, and
    SeveralStories (a UsageError) with its entries when it is a feed and `latest` is not given.
    """
    try:
        return _load(source, pages, refresh, code)
    except SeveralStories as several:
        if latest is None:
            raise
        feed = several.feed
        return load_entries(feed, feed.entries[:latest], pages=pages, refresh=refresh, code=code)


def load_entries(
    feed: Feed, entries: Sequence[Entry], *, pages: Path | None = None, refresh: bool = False, code: bool = True
) -> Story:
    """Entries of a feed as a story: one alone is that story, of several each is a chapter.

    Where the feed holds only a summary, the page of the entry is fetched (see `load`); the summary is taken when
    that fails. Raises SourceError when there is nothing to be read in any of them.
    """
    from concurrent.futures import ThreadPoolExecutor  # 0.01 s

    def told(entry: Entry) -> Story | PlayerError:
        try:
            return _entry(feed, entry, pages, refresh, code)
        except PlayerError as error:
            _logger.warning("the entry %s cannot be read", entry.link, exc_info=True)
            return error

    with ThreadPoolExecutor(_AT_ONCE) as pool:  # pages take their time to come
        stories = list(pool.map(told, entries))
    failures = [story for story in stories if isinstance(story, PlayerError)]
    if len(failures) == len(stories):
        raise failures[0]
    if len(stories) == 1 and isinstance(stories[0], Story):
        return stories[0]
    parts = [story if isinstance(story, Story) else None for story in stories]
    return as_story(feed, list(zip(entries, parts, strict=True)))


def _entry(feed: Feed, entry: Entry, pages: Path | None, refresh: bool, code: bool) -> Story:
    """The story of one entry, whose place is remembered with its page's."""
    page: Story | None = None
    if entry.link and not entry.whole:
        try:
            page = _page(entry.link, pages, refresh, code, inside=feed.inside)
        except PlayerError:
            if not entry.blocks:
                raise
            _logger.warning("the summary is read: the page %s cannot be", entry.link, exc_info=True)
    if page is not None and page.characters > len(entry.text):
        return page
    source = entry.link or feed.source
    identity = _identity(entry.link or f"{feed.identity} {entry.key}")
    draft = entry.draft(feed.language)
    return build(draft, name=entry.name, stem="", source=source, identity=identity, code=code)


def _load(source: str, pages: Path | None, refresh: bool, code: bool) -> Story:
    if source == "-":
        return _unnamed(_checked(_stdin(), "standard input"), "standard input", "-", code)
    if source == CLIPBOARD:
        text = clipboard.text()
        if clipboard.is_address(text):
            return _page(text.strip(), pages, refresh, code)
        return _unnamed(_checked(text.encode(errors="replace"), "the clipboard"), "the clipboard", CLIPBOARD, code)
    scheme = re.match(r"(\w{2,}):/", source)
    if scheme and scheme[1].lower() in ("http", "https"):
        return _page(source, pages, refresh, code)
    if scheme and scheme[1].lower() == "file":
        source = unquote(urlsplit(source).path)
    elif scheme:
        raise UsageError(f"{scheme[1]}: is no address that can be read", "give an http or https address, or a file")
    path = _path(source)
    raw = RawSource(_checked(_bytes(path), source), path.name)
    absolute = os.path.normpath(path.absolute())  # "../a.txt" is remembered as the file it is
    return _story(raw, source, absolute, _identity(absolute), code)


def _unnamed(data: bytes, name: str, source: str, code: bool) -> Story:
    """Nothing tells such stories apart but what they say."""
    return _story(RawSource(data, name), name, source, hashlib.sha256(data).hexdigest()[:16], code)


def _page(url: str, pages: Path | None, refresh: bool, code: bool, *, inside: bool = True) -> Story:
    """A page is kept only once it has given a story: a consent form that came instead must not stay.

    A feed is kept for the days without a network; it changes all the time and is always asked for. `inside` as for
    `fetch`.
    """
    from player.story.sources.fetch import fetch
    from player.story.sources.pages import find, keep

    kept = find(pages, url) if pages is not None else None
    if kept is not None and not refresh and not sniffing.is_feed(kept.data):
        return _story(kept.raw, url, url, _identity(url), code)
    try:
        page = fetch(url, kept=kept, inside=inside)
    except SourceError as error:
        if kept is None:
            raise
        if refresh:
            raise SourceError(error.message, "the page as kept opens without --refresh") from error
        _logger.warning("the page %s is read as it was kept", url, exc_info=True)
        page = kept
    try:
        told: Story | SeveralStories = _story(page.raw, url, url, _identity(url), code)
    except SeveralStories as several:
        told = several
    if pages is not None and page is not kept:
        keep(pages, page)
    if isinstance(told, SeveralStories):
        raise told
    return told


def _story(raw: RawSource, name: str, source: str, identity: str, code: bool) -> Story:
    """The boundary of all readers: whatever is wrong with what they read is a SourceError."""
    try:
        found = _read(raw, name)
        if isinstance(found, Feed):
            title = found.title or clean(name)
            found = replace(found, title=title, source=source, identity=identity, inside=raw.inside)
            raise SeveralStories(found, name)
        stem = "" if source in ("-", CLIPBOARD) else raw.stem
        return build(found, name=name, stem=stem, source=source, identity=identity, code=code)
    except PlayerError:
        raise
    except Exception as error:  # libraries raise anything on damaged files
        _logger.warning("%s cannot be read", name, exc_info=True)
        raise SourceError(f"{name} is damaged, or made in a way that cannot be read", "try to get it again") from error


def _read(raw: RawSource, name: str) -> Draft | Feed:
    found = _format(raw, name)
    module = import_module(f"player.story.sources.{found.module}")
    try:
        read: Draft | Feed = module.read(raw)
    except ModuleNotFoundError as error:
        if not found.extra:
            raise
        hint = f'install it with: pip install "listen-to-story[{found.extra}]"'
        raise SourceError(f"{name} cannot be read without {error.name}", hint) from None
    return read


def _format(raw: RawSource, name: str) -> Format:
    for candidate in FORMATS:
        if candidate.sniff(raw.data):
            return candidate
    if what := refused(raw.data):
        raise SourceError(f"{name} is {what}", f"stories can be {KINDS}")
    for candidate in FORMATS:
        if raw.content_type in candidate.content_types or raw.suffix in candidate.suffixes:
            return candidate
    for candidate in FORMATS:
        if candidate.guess(raw.data):
            return candidate
    return _FALLBACK


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
