"""From the arguments of `listen publish` to sources: folders, patterns, feeds, site maps and JSON lines are opened,
stories are not."""

from __future__ import annotations

import glob
import gzip
import logging
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from player.errors import PlayerError, SourceError, UsageError
from player.publish.ahead import Argument, fetched_ahead
from player.publish.records import RecordSource, records
from player.publish.sources import EntrySource, FileSource, MissingSource, PageSource, Source
from player.publish.state import NAME
from player.story.opening import load_found, sniffing
from player.story.opening.confined.host import Readers
from player.story.opening.fetch import LARGEST, fetch, too_large
from player.story.opening.locate import Address, Found, identity
from player.story.opening.page_store import Page, find
from player.story.opening.registry import by_suffix
from player.story.reading.feed import Feed
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

_RECORDS = frozenset((".jsonl", ".ndjson", ".jsonlines"))
_PLAIN = frozenset((".txt", ".text"))
_LISTS = frozenset((".xml", ".rss", ".atom", ".gz"))
_HEAD = 8192
"""Bytes of a file looked at to see what it is."""
_SITE_MAP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)\s*)*<(?:\w+:)?(?:urlset|sitemapindex)[\s>]",
    re.S,
)
_LARGEST_MAP = 60_000_000
"""Bytes of an unpacked site map; its specification allows 50 MB."""
_GZIP = 31
"""zlib's number for data with the header of gzip."""
_MAPS_WITHIN = 2
"""Depth to which site maps may name others."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What opens lists of stories."""

    options: Options
    readers: Readers
    site: Path

    def sources(self, arguments: Iterable[str]) -> Iterator[Source]:
        """Yield the stories that the arguments name, each once."""
        seen: dict[str, Source] = {}
        for argument in fetched_ahead(arguments, self._fetched):
            for source in _surviving(argument.name, self._of(argument)):
                first = seen.setdefault(source.key, source)
                if first is source:
                    yield source
                elif isinstance(source, RecordSource) and source.is_another(first):
                    yield source.refused(first)

    def _of(self, given: Argument) -> Iterator[Source]:
        if given.page is not None:
            yield from self._address(given.name, given.page.result())
            return
        path = Path(given.name).expanduser()
        if path.is_dir():
            yield from self._folder(path)
        elif path.is_file():
            yield from self._file(path)
        else:
            yield from self._pattern(given.name)

    def _pattern(self, pattern: str) -> Iterator[Source]:
        found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
        if not found:
            raise UsageError(f"there is no file {pattern}", "give files, folders, patterns or URLs")
        for path in map(Path, found):
            yield from _surviving(str(path), self._folder(path) if path.is_dir() else self._file(path))

    def _folder(self, folder: Path) -> Iterator[Source]:
        """Yield what can be read in a folder and those below it, by name; of hidden files and published sites
        nothing."""
        if (folder / NAME).exists():
            return
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_dir() and not path.is_symlink():
                yield from _surviving(str(path), self._folder(path))
            elif path.is_file() and _may_be_read(path):
                yield from _surviving(str(path), self._file(path))

    def _file(self, path: Path) -> Iterator[Source]:
        path = path.absolute()
        if path.suffix.lower() in _RECORDS:
            yield from records(path, self._key(path))
            return
        with path.open("rb") as file:
            head = file.read(_HEAD)
            is_list = sniffing.is_feed(head) or _is_map(head)
            data = head + file.read(_LARGEST_MAP) if is_list else b""
        if _is_map(head):
            yield from self._map(data, inside=True)
        elif is_list:
            raw = RawSource(data, path.name)
            naming = Naming(str(path), str(path), identity(str(path)), stem=raw.stem)
            yield from self._entries(Found(raw, naming))
        else:
            yield FileSource(str(path), self._key(path))

    def _key(self, path: Path) -> str:
        """Return a file's path from the site, as text of any file system."""
        with suppress(ValueError):  # another drive
            path = Path(os.path.relpath(path, self.site))
        return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")

    def _fetched(self, url: str) -> Page:
        """Return a page, if need be as it was kept. Raises SourceError. Called in threads."""
        pages = self.options.pages
        kept = find(pages, url) if pages is not None else None
        try:
            return fetch(url, kept=kept, largest=_LARGEST_MAP)
        except SourceError:
            if kept is None or self.options.refresh:
                raise
            _logger.warning("the page %s is read as it was kept", url, exc_info=True)
            return kept

    def _address(self, url: str, page: Page) -> Iterator[Source]:
        if _is_map(page.data):
            yield from self._map(page.data, inside=page.about.inside)
        elif sniffing.is_feed(page.data) or page.about.content_type == "application/feed+json":
            yield from self._entries(Found(page.raw, Address(url).naming(page.raw)))
        elif len(page.data) > LARGEST:
            raise too_large(url, LARGEST)
        else:
            yield PageSource.of(page, self.options.pages)

    def _entries(self, found: Found) -> Iterator[Source]:
        feed = load_found(found, replace(self.options, latest=None), readers=self.readers)
        if not isinstance(feed, Feed):
            raise SourceError(f"{found.naming.name} is no feed")
        for entry in feed.entries[: self.options.latest]:
            yield EntrySource(replace(feed, entries=(entry,)))

    def _map(self, data: bytes, *, inside: bool, depth: int = 0) -> Iterator[Source]:
        """Yield the pages of a site map, and of those that it names."""
        from lxml import etree  # 0.02 s

        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
        root = etree.fromstring(_unpacked(data), parser)
        if root is None:
            raise SourceError("the site map is damaged")
        is_index = etree.QName(root).localname == "sitemapindex"
        for place in root.iterfind("./{*}*/{*}loc"):
            url = (place.text or "").strip()
            if not url.lower().startswith(("http://", "https://")):
                continue
            if not is_index:
                changed = place.getparent().findtext("./{*}lastmod") or ""
                yield PageSource(url, inside, listed=changed.strip())
            elif depth < _MAPS_WITHIN:
                try:
                    yield from self._map(
                        fetch(url, inside=inside, largest=_LARGEST_MAP).data, inside=inside, depth=depth + 1
                    )
                except PlayerError as error:
                    yield MissingSource(url, error.message, error.hint)


def _surviving(name: str, sources: Iterator[Source]) -> Iterator[Source]:
    """Yield sources; a failure is the last of them, and ends no other files or folders."""
    try:
        yield from sources
    except PlayerError as error:
        kind = UsageError if isinstance(error, UsageError) else SourceError
        yield MissingSource(name, error.message, error.hint, kind)
    except OSError as error:
        yield MissingSource(name, f"{name} cannot be read ({error.strerror})")


def _may_be_read(path: Path) -> bool:
    """Return True for the files of a folder that are stories, or lists of stories."""
    suffix = path.suffix.lower()
    return suffix in _PLAIN | _RECORDS | _LISTS or by_suffix(suffix) is not None


def _is_map(data: bytes) -> bool:
    if data.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            return _SITE_MAP.match(zlib.decompressobj(_GZIP).decompress(data, _HEAD)) is not None
    return _SITE_MAP.match(data[:_HEAD]) is not None


def _unpacked(data: bytes) -> bytes:
    """Return a site map without its compression, up to the size allowed. Raises SourceError."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(BytesIO(data)) as file:
            return file.read(_LARGEST_MAP)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"the site map is damaged ({error})") from error
