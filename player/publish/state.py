"""What a site was made of: one row a story, in a file of the site that is not published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from player.export.files.records import opened

NAME = ".listen-site.sqlite"
"""Its file's name; no web server shows it, and `listen serve` neither."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Published:
    """A story of the site."""

    key: str
    """See Source."""
    folder: str
    """Name of its folder."""
    went_in: str
    """Hash of the source, the settings and the version; empty when the source has to be opened to be known."""
    story: str
    """Hash of the story as it was read, the settings and the version."""
    title: str
    byline: str
    published: str
    """See Story."""
    language: str
    seconds: float
    """Length of its sound."""
    characters: int
    voice: str
    """Who spoke: "engine:name"."""
    engine: str
    """Version of the engine that spoke."""
    summary: str
    """Its beginning, in one line."""
    files: tuple[str, ...]
    """Names of the files in its folder."""
    since: str = ""
    """When it was published first (ISO 8601, UTC): its date where it tells none."""


_COLUMNS = tuple(field.name for field in fields(Published))


class State:
    """The rows of one site. Used by one thread; a second program that publishes there gets an error."""

    def __init__(self, site: Path) -> None:
        """Open the site's state, or begin one. Raises ExportError."""
        columns = ", ".join(f"{name} NOT NULL" for name in _COLUMNS[1:])
        tables = (
            f"CREATE TABLE IF NOT EXISTS stories (key TEXT PRIMARY KEY, {columns})",
            "CREATE UNIQUE INDEX IF NOT EXISTS folders ON stories (folder)",
            "CREATE TABLE IF NOT EXISTS places (key TEXT PRIMARY KEY, place NOT NULL)",
            "CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value NOT NULL)",
        )
        self._base = opened(site / NAME, _VERSION, tables, alone=True)

    def get(self, key: str) -> Published | None:
        """Return the row of a source; None if it was not published."""
        row = self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM stories WHERE key = ?", (key,)).fetchone()
        return None if row is None else _published(row)

    def put(self, row: Published) -> None:
        """Keep a row, in place of the source's earlier one."""
        before = self.get(row.key)
        since = (before.since if before is not None else "") or datetime.now(UTC).isoformat(timespec="seconds")
        values = {**asdict(row), "files": json.dumps(row.files), "since": since}
        marks = ", ".join(f":{name}" for name in _COLUMNS)
        self._base.execute(f"INSERT OR REPLACE INTO stories ({', '.join(_COLUMNS)}) VALUES ({marks})", values)

    def drop(self, key: str) -> None:
        """Forget a row."""
        self._base.execute("DELETE FROM stories WHERE key = ?", (key,))
        self._base.execute("DELETE FROM places WHERE key = ?", (key,))

    def place(self, key: str) -> str:
        """Return the path of the file of JSON lines that had a story when it was published last; empty if none had."""
        found = self._base.execute("SELECT place FROM places WHERE key = ?", (key,)).fetchone()
        return "" if found is None else str(found[0])

    def put_place(self, key: str, place: str) -> None:
        """Keep the path of the file of JSON lines that has a story; empty for a story that is in none."""
        if place == self.place(key):
            return
        self._base.execute("INSERT OR REPLACE INTO places VALUES (?, ?)", (key, place))

    def has_folder(self, folder: str) -> bool:
        """Return True if a story has a folder of this name."""
        return self._base.execute("SELECT 1 FROM stories WHERE folder = ?", (folder,)).fetchone() is not None

    def newest(self, limit: int = -1, offset: int = 0) -> Iterator[Published]:
        """Yield the stories, those published last first."""
        day = "CASE published WHEN '' THEN substr(since, 1, 10) ELSE published END"
        order = f"ORDER BY {day} DESC, title, key LIMIT ? OFFSET ?"
        for row in self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM stories {order}", (limit, offset)):
            yield _published(row)

    def keys(self) -> list[str]:
        """Return the keys of all stories."""
        return [key for (key,) in self._base.execute("SELECT key FROM stories ORDER BY key")]

    def folders(self) -> list[tuple[str, str]]:
        """Return the key and the folder of each story."""
        return list(self._base.execute("SELECT key, folder FROM stories ORDER BY folder"))

    def __len__(self) -> int:
        """Return the number of stories."""
        return int(self._base.execute("SELECT count(*) FROM stories").fetchone()[0])

    def about(self) -> Mapping[str, str]:
        """Return what is known of the site itself."""
        return dict(self._base.execute("SELECT name, value FROM about"))

    def tell(self, **values: str) -> None:
        """Keep values about the site itself."""
        self._base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", values.items())

    def outdate(self) -> None:
        """Keep in mind that the site around the stories is not as they are, until it is written."""
        self.tell(site="")

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _published(row: tuple[Any, ...]) -> Published:
    values = dict(zip(_COLUMNS, row, strict=True))
    return Published(**{**values, "files": tuple(json.loads(values["files"]))})
