"""Notes: sentences that the listener keeps, each with its time and perhaps a comment. They belong to a story's text."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from player.library import content
from player.library.sources import source_of, storable
from player.library.store import Library
from player.story.model import Span, Story
from player.story.text import clean

_COLUMNS = (
    *("id", "story", "title", "source", "block", "first", "last", "text", "around", "quote", "comment"),
    *("seconds", "estimated", "made", "changed", "removed"),
)
_ALL = ", ".join(_COLUMNS)

_PUT = (
    f"INSERT INTO notes ({_ALL}) VALUES ({', '.join('?' * len(_COLUMNS))}) ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])
    + " WHERE excluded.changed > notes.changed"
)
"""Write a note unless a newer one of the same id is there."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that was kept, in the story as it is now."""

    block: int
    span: Span
    """The sentence's characters in its block; empty if it is no longer in the story."""
    quote: str
    """The sentence as it was."""
    seconds: float
    """Seconds into the story, at speed 1."""
    estimated: bool = False
    """True if that time is estimated."""
    comment: str = ""
    """One line, or empty."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    made: float = field(default_factory=time.time)
    """Seconds since 1970."""
    changed: float = 0.0
    """Seconds since 1970; 0: never changed."""
    removed: bool = False

    def commented(self, comment: str) -> Note:
        """Return it with another comment."""
        return replace(self, comment=clean(comment), changed=time.time())

    def gone(self, gone: bool = True) -> Note:
        """Return it removed, or there again."""
        return replace(self, removed=gone, changed=time.time())


class Noted(NamedTuple):
    """A story with its notes, in the order of the text."""

    title: str
    source: str
    """The source to open it from, as Story.source."""
    notes: list[Note]


class Row(NamedTuple):
    """A note as it is stored: columns of the table."""

    id: str
    story: str
    title: str
    source: str | bytes
    block: int
    first: int
    last: int
    text: str
    around: str
    quote: str
    comment: str
    seconds: float
    estimated: int
    made: float
    changed: float
    removed: int

    def note(self, block: int, span: Span) -> Note:
        """Return the note at a place."""
        return Note(
            *(block, span, self.quote, self.seconds, bool(self.estimated), self.comment, self.id, self.made),
            *(self.changed, bool(self.removed)),
        )


class Notes:
    """The notes of a library. For one thread; every method raises LibraryError when the file cannot be used."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._database = library.database

    def of(self, story: Story) -> list[Note]:
        """Return the notes of a story, in the order of its text. In a changed story, a sentence is found again in the
        nearest block that has it."""
        hashes = self._library.hashes_of(story)
        found = [_placed(row, story, hashes) for row in self.rows_of(story) if not row.removed]
        return sorted(found, key=lambda note: (note.block, note.span, note.made))

    def rows_of(self, story: Story) -> list[Row]:
        """Return the rows of a story's notes, removed ones included, also of those made in copies of it."""
        names = {story.identity, *self._library.copies(story)}
        return self._rows(f"WHERE story IN ({', '.join('?' * len(names))})", *names)

    def of_source(self, source: str) -> list[Noted]:
        """Return the stories that were opened from a source, with their notes."""
        return _by_story(self._rows("WHERE source = ? AND removed = 0 ORDER BY block, first", storable(source)))

    def everything(self) -> list[Noted]:
        """Return all stories with notes, the one noted last first."""
        return _by_story(
            self._rows(
                "WHERE removed = 0 ORDER BY (SELECT MAX(n.made) FROM notes AS n WHERE n.story = notes.story"
                " AND n.removed = 0) DESC, story, block, first"
            )
        )

    def put(self, story: Story, note: Note) -> None:
        """Write a note of a story, in place of an older one with its id."""
        hashes = self._library.hashes_of(story)
        row = Row(
            note.id,
            story.identity,
            clean(story.title),
            storable(story.source),
            note.block,
            *note.span,
            hashes[note.block],
            content.around(hashes, note.block),
            note.quote,
            note.comment,
            note.seconds,
            int(note.estimated),
            note.made,
            max(note.changed, note.made),
            int(note.removed),
        )
        self._library.recognise(story)
        self.merge([row])

    def merge(self, rows: Sequence[Row]) -> None:
        """Write the rows that are newer than those with their ids, or not there yet."""
        if rows:
            self._database.change(*((_PUT, tuple(row)) for row in rows))

    def _rows(self, condition: str, *values: object) -> list[Row]:
        return [Row(*row) for row in self._database.rows(f"SELECT {_ALL} FROM notes {condition}", *values)]


def _placed(row: Row, story: Story, hashes: Sequence[str]) -> Note:
    """Return a note where its sentence is in the story now."""
    if row.block < len(hashes) and hashes[row.block] == row.text:
        return row.note(row.block, Span(row.first, row.last))
    near = content.nearest(hashes, row.around, row.block)
    if near is not None and hashes[near] == row.text:
        return row.note(near, Span(row.first, row.last))
    expected = min(row.block, len(hashes) - 1) if near is None else near
    for block in sorted(range(len(hashes)), key=lambda n: abs(n - expected)):
        at = story.blocks[block].text.find(row.quote) if row.quote else -1
        if at >= 0:
            return row.note(block, Span(at, at + len(row.quote)))
    return row.note(expected, Span(0, 0))


def _by_story(rows: Sequence[Row]) -> list[Noted]:
    found: dict[str, Any] = {}
    for row in rows:
        noted = found.setdefault(row.story, Noted(row.title, source_of(row.source), []))
        noted.notes.append(row.note(row.block, Span(row.first, row.last)))
    return list(found.values())
