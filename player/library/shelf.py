"""The shelf: all stories of the library, those that wait in the queue, and the feeds that are followed."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from player.library.database import PATIENCE, Database
from player.library.sources import source_of, storable
from player.story.text import clean

Statement = tuple[str, tuple[object, ...]]

_PER_SECOND = 15
"""Characters per second, to estimate the length of a story that no voice has spoken yet."""
_REMOVED_SECONDS = 3600.0
"""Seconds for which what was removed can be put back."""

_COLUMNS = (
    "s.story, s.title, s.source, s.characters, s.seconds, s.voice, s.finished > 0,"
    " CASE WHEN s.finished = 0 THEN s.queued END, COALESCE(p.share, 0), COALESCE(p.heard, 0), s.problem"
)
_FROM = "FROM shelf AS s LEFT JOIN places AS p ON p.story = s.story"
_AT_END = "(SELECT COALESCE(MAX(queued), 0) + 1 FROM shelf)"
_AT_FRONT = "(SELECT COALESCE(MIN(queued), 1) - 1 FROM shelf)"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story of the library."""

    story: str
    """Story.identity."""
    title: str
    source: str
    """The source to open it from."""
    characters: int = 0
    """0 until it was opened."""
    spoken: float = 0.0
    """Seconds that it takes at speed 1, as measured when it was open; 0: unknown."""
    voice: str = ""
    """The voice that spoke it last; empty until one did."""
    finished: bool = False
    """True if it was heard to its end, or marked as heard."""
    queued: int | None = None
    """Its number in the queue, in ascending order; None when it does not wait there."""
    share: float = 0.0
    """Share of the characters before the listener's place, 0 to 1."""
    heard: float = 0.0
    """When it was heard last, in seconds since 1970; 0: never, or unknown."""
    problem: str = ""
    """Why it could not be opened when that was tried last, one line; empty if it could."""

    @property
    def seconds(self) -> float:
        """Seconds that it takes at speed 1, estimated until a voice spoke it; 0: unknown."""
        return self.spoken or self.characters / _PER_SECOND

    @property
    def seconds_left(self) -> float:
        """Seconds that are still to be heard; 0 when it is finished."""
        return 0.0 if self.finished else self.seconds * (1 - self.share)


@dataclass(frozen=True, slots=True)
class Addition:
    """A story to be added."""

    story: str
    """Story.identity."""
    title: str
    source: str
    characters: int = 0
    """0: unknown."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that is followed."""

    source: str
    title: str
    refreshed: float = field(default=0.0, compare=False)
    """When its new entries joined the queue last, in seconds since 1970; 0: never."""


class Shelf:
    """All stories, the queue, and followed feeds. For one thread; several processes may use the same file.

    Every method raises LibraryError when the file cannot be used.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        """Open the library's file; see `Library`."""
        self._database = Database(path, patience=patience)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    # -- stories ---------------------------------------------------------------------------------------------

    def stories(self, most: int = -1) -> list[Shelved]:
        """Return all stories, or the first of them, at most `most`: those in the queue in its order, then those that
        could not be opened, then the unfinished and the finished ones, each the last heard first."""
        heard = "COALESCE(p.turn, 0) DESC, s.added DESC, s.title"
        order = f"s.finished > 0, s.queued IS NULL, s.queued, s.problem = '', {heard}"
        rows = self._database.rows(f"SELECT {_COLUMNS} {_FROM} WHERE s.removed = 0 ORDER BY {order} LIMIT ?", most)
        return [_shelved(row) for row in rows]

    def add(self, additions: Sequence[Addition], *, first: bool = False) -> None:
        """Add stories to the end of the queue, or to its beginning. A story already in the queue moves only when added
        to the beginning; a finished one counts as unheard again."""
        statements: list[Statement] = []
        for added in reversed(additions) if first else additions:
            statements += self._adding(added, first=first)
        self._database.change(*statements)

    def _adding(self, added: Addition, *, first: bool = False, unless: Statement | None = None) -> list[Statement]:
        """Return SQL statements that add a story, unless the query `unless` returns a row."""
        guard, values = ("", ()) if unless is None else (f" AND NOT EXISTS ({unless[0]})", unless[1])
        place = _AT_FRONT if first else f"CASE WHEN finished = 0 THEN COALESCE(queued, {_AT_END}) ELSE {_AT_END} END"
        title, source = clean(added.title), storable(added.source)
        return [
            (
                "INSERT OR IGNORE INTO shelf (story, title, source, added) SELECT ?, ?, ?, ? WHERE 1" + guard,
                (added.story, title or added.source, source, time.time(), *values),
            ),
            (
                f"UPDATE shelf SET queued = {place}, removed = 0, finished = 0, problem = '',"
                f" title = CASE WHEN ? THEN ? ELSE title END, characters = MAX(characters, ?) WHERE story = ?{guard}",
                (added.characters > 0, title, added.characters, added.story, *values),
            ),
        ]

    def mark(self, story: str, *, finished: bool) -> None:
        """Mark a story as heard, which takes it out of the queue, or as not heard."""
        self._database.change(
            (
                "UPDATE shelf SET finished = ?, queued = CASE WHEN ? THEN queued END WHERE story = ?",
                (time.time() if finished else 0, finished, story),
            ),
        )

    def remove(self, story: str) -> None:
        """Take a story out of the library; within an hour it can be put back."""
        self._database.change(("UPDATE shelf SET removed = ? WHERE story = ?", (time.time(), story)))

    def put_back(self, story: str) -> None:
        """Undo `remove`."""
        self._database.change(("UPDATE shelf SET removed = 0 WHERE story = ?", (story,)))

    def forget_removed(self) -> None:
        """Delete stories removed more than an hour ago, with their places."""
        gone = "(SELECT story FROM shelf WHERE removed > 0 AND removed < ?)"
        before = (time.time() - _REMOVED_SECONDS,)
        if self._database.row(f"SELECT 1 WHERE EXISTS {gone}", *before):
            tables = ("places", "texts", "shelf")
            self._database.change(*((f"DELETE FROM {table} WHERE story IN {gone}", before) for table in tables))

    # -- the queue -------------------------------------------------------------------------------------------

    def after(self, story: str) -> Shelved | None:
        """Return the story that follows one in the queue; the first in the queue if that one is not in it."""
        return self._neighbour("> COALESCE((SELECT queued FROM shelf WHERE story = ?), -1e18)", "ASC", story)

    def queue(self) -> list[Shelved]:
        """Return the stories that wait in the queue, in its order."""
        where = "s.removed = 0 AND s.finished = 0 AND s.queued IS NOT NULL"
        return [
            _shelved(row) for row in self._database.rows(f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY s.queued")
        ]

    def next(self, story: str, begun: Collection[str] = ()) -> Shelved | None:
        """Return the story that follows one in the queue; after the last one, the first earlier story that has not
        `begun`: stories skipped by choosing one out of turn come then."""
        waiting = (one for one in self.queue() if one.story not in begun and one.story != story)
        return self.after(story) or next(waiting, None)

    def before(self, story: str) -> Shelved | None:
        """Return the story that stands before one in the queue; None if there is none."""
        return self._neighbour("< (SELECT queued FROM shelf WHERE story = ?)", "DESC", story)

    def _neighbour(self, where: str, order: str, story: str) -> Shelved | None:
        statement = (
            f"SELECT {_COLUMNS} {_FROM} WHERE s.removed = 0 AND s.finished = 0 AND s.story <> ? AND s.queued {where}"
            f" ORDER BY s.queued {order} LIMIT 1"
        )
        row = self._database.row(statement, story, story)
        return None if row is None else _shelved(row)

    def take_out(self, story: str) -> None:
        """Take a story out of the queue; it stays in the library."""
        self._database.change(("UPDATE shelf SET queued = NULL WHERE story = ?", (story,)))

    def fail(self, story: str, problem: str) -> None:
        """Keep why a story cannot be opened, and take it out of the queue. Opening or adding it again forgets that."""
        self._database.change(("UPDATE shelf SET queued = NULL, problem = ? WHERE story = ?", (clean(problem), story)))

    def open_again(self, story: str) -> None:
        """Forget why a story could not be opened."""
        if self._database.row("SELECT 1 FROM shelf WHERE story = ? AND problem <> ''", story) is not None:
            self._database.change(("UPDATE shelf SET problem = '' WHERE story = ?", (story,)))

    def move(self, story: str, step: int) -> None:
        """Let a story change places with the one after it in the queue (`step` 1), or before it (-1)."""
        way, order = (">", "ASC") if step > 0 else ("<", "DESC")
        other = (
            f"(SELECT story FROM shelf WHERE removed = 0 AND finished = 0 AND queued {way}"
            f" (SELECT queued FROM shelf WHERE story = ?) ORDER BY queued {order} LIMIT 1)"
        )
        swap = (
            f"UPDATE shelf SET queued = (SELECT SUM(queued) FROM shelf WHERE story IN (?, {other})) - queued"
            f" WHERE story IN (?, {other}) AND EXISTS {other}"
        )
        self._database.change((swap, (story,) * 5))

    # -- feeds -----------------------------------------------------------------------------------------------

    def feeds(self) -> list[Followed]:
        """Return the followed feeds, the first one first."""
        rows = self._database.rows("SELECT source, title, refreshed FROM feeds ORDER BY followed")
        return [Followed(source_of(source), title, refreshed) for source, title, refreshed in rows]

    def follow(self, source: str, title: str, known: Iterable[str]) -> None:
        """Follow a feed. The entries with the keys `known` are not new."""
        stored = storable(source)
        self._database.change(
            ("INSERT OR IGNORE INTO feeds (source, title, followed) VALUES (?, '', ?)", (stored, time.time())),
            ("UPDATE feeds SET title = ?, refreshed = ? WHERE source = ?", (clean(title), time.time(), stored)),
            *(("INSERT OR IGNORE INTO feed_entries VALUES (?, ?)", (stored, key)) for key in known),
        )

    def unfollow(self, source: str) -> bool:
        """Follow a feed no longer; what joined the queue stays. Returns False if it was not followed."""
        stored = storable(source)
        if self._database.row("SELECT 1 FROM feeds WHERE source = ?", stored) is None:
            return False
        self._database.change(
            ("DELETE FROM feeds WHERE source = ?", (stored,)),
            ("DELETE FROM feed_entries WHERE feed = ?", (stored,)),
        )
        return True

    def unseen(self, source: str, keys: Collection[str]) -> set[str]:
        """Return the keys that no earlier refresh of the feed has seen."""
        rows = self._database.rows("SELECT entry FROM feed_entries WHERE feed = ?", storable(source))
        return set(keys) - {str(key) for (key,) in rows}

    def take_in(self, source: str, entries: Sequence[tuple[str, Addition]]) -> None:
        """Add new entries of a feed, (key, story), to the queue's end, each once, whoever else refreshes the feed."""
        feed = storable(source)
        statements: list[Statement] = []
        for key, added in entries:
            seen = ("SELECT 1 FROM feed_entries WHERE feed = ? AND entry = ?", (feed, key))
            statements += self._adding(added, unless=seen)
            statements.append(("INSERT OR IGNORE INTO feed_entries VALUES (?, ?)", (feed, key)))
        statements.append(("UPDATE feeds SET refreshed = ? WHERE source = ?", (time.time(), feed)))
        self._database.change(*statements)


def _shelved(row: Sequence[Any]) -> Shelved:
    story, title, source, characters, seconds, voice, finished, *more = row
    return Shelved(story, title, source_of(source), characters, seconds, voice, bool(finished), *more)
