"""From the arguments of `listen publish` to sources: folders, patterns, feeds, site maps and JSON lines are opened,
stories are not."""

from __future__ import annotations

import glob
import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from player.errors import PlayerError, SourceError
from player.publish.sources import EntrySource, FileSource, MissingSource, PageSource, RecordSource, Source
from player.publish.state import NAME
from player.story.opening import load_found, signs, sniffing
from player.story.opening.confined.host import Readers
from player.story.opening.fetch import fetch
from player.story.opening.locate import Address, Found, identity
from player.story.opening.page_store import find
from player.story.opening.registry import by_suffix
from player.story.reading.feed import Feed
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource
from player.story.text import clean

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
        seen: set[str] = set()
        for argument in arguments:
            for source in self._of(argument):
                if source.key not in seen:
                    seen.add(source.key)
                    yield source

    def _of(self, argument: str) -> Iterator[Source]:
        try:
            if argument.lower().startswith(("http://", "https://")):
                yield from self._address(argument)
                return
            path = Path(argument).expanduser()
            if path.is_dir():
                yield from self._folder(path)
            elif path.is_file():
                yield from self._file(path)
            else:
                yield from self._pattern(argument)
        except PlayerError as error:
            yield MissingSource(argument, error.message, error.hint)
        except OSError as error:
            yield MissingSource(argument, f"{argument} cannot be read ({error.strerror})")

    def _pattern(self, pattern: str) -> Iterator[Source]:
        found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
        if not found:
            raise SourceError(f"there is no file {pattern}", "give files, folders, patterns or URLs")
        for path in map(Path, found):
            yield from self._folder(path) if path.is_dir() else self._file(path)

    def _folder(self, folder: Path) -> Iterator[Source]:
        """Yield what can be read in a folder and those below it, by name; of hidden files and published sites
        nothing."""
        if (folder / NAME).exists():
            return
        for path in sorted(folder.iterdir()):
            if path.name.startswith("."):
                continue
            if path.is_dir() and not path.is_symlink():
                yield from self._folder(path)
            elif path.is_file() and _may_be_read(path):
                yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Source]:
        path = path.absolute()
        if path.suffix.lower() in _RECORDS:
            yield from _records(path)
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

    def _address(self, url: str) -> Iterator[Source]:
        pages = self.options.pages
        kept = find(pages, url) if pages is not None and not self.options.refresh else None
        if kept is not None and not (sniffing.is_feed(kept.data) or signs.is_json_feed(kept.data)):
            yield PageSource(url)
            return
        page = fetch(url, kept=kept)
        if _is_map(page.data):
            yield from self._map(page.data, inside=page.about.inside)
        elif sniffing.is_feed(page.data) or page.about.content_type == "application/feed+json":
            yield from self._entries(Found(page.raw, Address(url).naming(page.raw)))
        else:
            yield PageSource(url, page=page)

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
                yield PageSource(url, inside)
            elif depth < _MAPS_WITHIN:
                try:
                    yield from self._map(fetch(url, inside=inside).data, inside=inside, depth=depth + 1)
                except PlayerError as error:
                    yield MissingSource(url, error.message, error.hint)


def _may_be_read(path: Path) -> bool:
    """Return True for the files of a folder that are stories, or lists of stories."""
    suffix = path.suffix.lower()
    return suffix in _PLAIN | _RECORDS | _LISTS or by_suffix(suffix) is not None


def _is_map(data: bytes) -> bool:
    if data.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError):
            return _SITE_MAP.match(_unpacked(data)[:_HEAD]) is not None
    return _SITE_MAP.match(data[:_HEAD]) is not None


def _unpacked(data: bytes) -> bytes:
    """Return a site map without its compression, up to the size allowed."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    import io

    unpacked = b""
    with suppress(EOFError), gzip.open(io.BytesIO(data)) as file:
        unpacked = file.read(_LARGEST_MAP)
    return unpacked


def _records(path: Path) -> Iterator[Source]:
    """Yield the stories in a file of JSON lines. They are read line by line, and their texts not kept."""
    begin = 0
    lines: dict[str, int] = {}  # {id: hash of its line}
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                source = _record(path, line, begin, number)
                same = lines.setdefault(source.key, hash(line)) == hash(line)
                yield source if same else _second(path, number, source.key)
            begin += len(line)


def _second(path: Path, number: int, identifier: str) -> MissingSource:
    """Return what stands for another story with the same id: neither is lost without a word."""
    name = f"{path.name}, line {number}"
    return MissingSource(name, f'{name} has the id of an earlier line ("{identifier}")', "give each story its own")


def _record(path: Path, line: bytes, begin: int, number: int) -> Source:
    name = f"{path.name}, line {number}"
    try:
        data: Any = json.loads(line)
    except ValueError:
        return MissingSource(name, f"{name} is no JSON", 'write {"id": …, "html" or "text" or "url": …} in each')
    if not isinstance(data, dict) or not any(data.get(field) for field in ("html", "text", "url")):
        return MissingSource(name, f"{name} has no story", 'give it "html", "text" or "url"')
    identifier = str(data.get("id") or data.get("url") or f"{path.stem} {number}")
    return RecordSource(str(path), begin, len(line), identifier, clean(str(data.get("title") or "")))
