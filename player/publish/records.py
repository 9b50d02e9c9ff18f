"""Stories in files of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from player.errors import SourceError
from player.publish.fingerprint import hash_of, hash_of_bytes
from player.publish.sources import MissingSource, PageSource, Source, story_of
from player.story.dates import iso_date
from player.story.language_tag import valid
from player.story.model import Story
from player.story.opening import load_found
from player.story.opening.confined.host import Readers
from player.story.opening.locate import Found, identity
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.naming import Naming
from player.story.reading.options import Options
from player.story.reading.raw_source import RawSource
from player.story.text import clean

_TEXTS = ("html", "text", "url", "title", "byline", "language")


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
    number: int = 0
    """The line's, counted from 1."""
    place: str = ""
    """The file's path from the site's folder."""

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
        page = "" if _has_text(record) else _page(record).digest(options)
        if not page and not _has_text(record):
            return ""
        return hash_of_bytes(_said(record).encode(), page.encode())

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        """See Source."""
        record = self._record()
        if not _has_text(record):
            story = _page(record).open(options, readers, watch)
        else:
            suffix, kind = (".html", "text/html") if record.get("html") else (".txt", "text/plain")
            data = str(record.get("html") or record.get("text")).encode("utf-8", "replace")
            raw = RawSource(data, f"{self.stem}{suffix}", kind, "utf-8")
            naming = Naming(self.name, str(record.get("url") or ""), identity(self.id), stem=self.title)
            story = story_of(load_found(Found(raw, naming), options, readers=readers, watch=watch), self.name)
        return _with_data(story, record)

    def is_another(self, first: Source) -> bool:
        """Return True if a source with the same key is another story: a record that says something else."""
        try:
            if not isinstance(first, RecordSource):
                return bool(self._record().get("url") != first.key)
            return first._record() != self._record()
        except SourceError:
            return True

    def refused(self, first: Source) -> MissingSource:
        """Return what stands for this story if another with the same id came `first`: neither is lost without a
        word."""
        name, where = f"{Path(self.file).name}, line {self.number}", "an earlier line"
        if not isinstance(first, RecordSource) or first.file != self.file:
            where = f"a story of {first.file if isinstance(first, RecordSource) else first.name}"
        return MissingSource(name, f'{name} has the id of {where} ("{self.id}")', "give each story its own")

    def _record(self) -> dict[str, Any]:
        try:
            with Path(self.file).open("rb") as file:
                file.seek(self.begin)
                record = json.loads(file.read(self.size))
        except (OSError, ValueError) as error:
            raise SourceError(f"{self.name} in {self.file} cannot be read any more", "start again") from error
        return record if isinstance(record, dict) else {}


def records(path: Path, place: str) -> Iterator[Source]:
    """Yield the stories in a file of JSON lines, at a `place` seen from the site. They are read line by line, and their
    texts not kept."""
    begin = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _record(path, line, begin, number, place)
            begin += len(line)


def _record(path: Path, line: bytes, begin: int, number: int, place: str) -> Source:
    name = f"{path.name}, line {number}"
    try:
        data: Any = json.loads(line)
    except ValueError:
        return MissingSource(name, f"{name} is no JSON", 'write {"id": …, "html" or "text" or "url": …} in each')
    if not isinstance(data, dict) or not any(data.get(field) for field in ("html", "text", "url")):
        return MissingSource(name, f"{name} has no story", 'give it "html", "text" or "url"')
    wrong = next((field for field in _TEXTS if not isinstance(data.get(field), str | None)), "")
    if wrong:
        return MissingSource(name, f'{name} has a "{wrong}" that is no text', "write it in quotes")
    given = data.get("id")
    identifier = str(data.get("url") or f"{path.stem} {number}" if given in (None, "") else given)
    title = clean(str(data.get("title") or ""))
    return RecordSource(str(path), begin, len(line), identifier, title, number, place)


def _with_data(story: Story, record: dict[str, Any]) -> Story:
    """Return a story with what its record says of it."""
    return replace(
        story,
        title=clean(str(record.get("title") or "")) or story.title,
        byline=clean(str(record.get("byline") or "")) or story.byline,
        published=iso_date(str(record.get("date") or "")) or story.published,
        language=valid(str(record.get("language") or "")) or story.language,
    )


def _said(record: dict[str, Any]) -> str:
    return json.dumps(record, sort_keys=True)


def _page(record: dict[str, Any]) -> PageSource:
    """Return the page of a record without text. It may have changed when its record did."""
    return PageSource(str(record["url"]), listed=hash_of(_said(record)))


def _has_text(record: dict[str, Any]) -> bool:
    return bool(record.get("html") or record.get("text"))
