"""The listener's places in stories."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from player.library import content
from player.library.database import PATIENCE, Database
from player.library.sources import source_of, storable
from player.story.model import Story
from player.story.text import clean

NOT_OPENED_AGAIN = ("", "-", "clipboard:")
"""Sources that hold another story the next time: none, standard input, the clipboard."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The listener's place, in the story as it is now."""

    block: int
    character: int
    away: float = field(default=0.0, compare=False)
    """Seconds since it was kept."""
    story: str = field(default="", compare=False)
    """Identity of the story as it was then: another than now when its file was moved or copied."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A story from the list of recent ones."""

    title: str
    source: str
    """The source to open it from, as Story.source."""
    share: float
    """Share of the characters before the place, 0 to 1; 1 for a story that was heard to its end."""


class Library:
    """Places in stories. For one thread; several processes may use the same file.

    Every method raises LibraryError when the file cannot be used.
    """

    def __init__(self, path: Path, *, patience: float = PATIENCE) -> None:
        """Open the file; make it and its folder if needed. `patience` is how many seconds to wait for other players.

        Raises LibraryError.
        """
        self._database = Database(path, patience=patience)
        self._story: Story | None = None  # the story of the hashes
        self._hashes: list[str] = []
        self._sketched = ""  # identity of the story whose hashes are in the file

    @property
    def database(self) -> Database:
        """The open file."""
        return self._database

    @property
    def read_only(self) -> bool:
        """True when the file can only be read; `remember` then raises LibraryError."""
        return self._database.read_only

    def place(self, story: Story) -> Remembered | None:
        """Return the listener's place in a story; None at its beginning, or when that text is no longer in it.

        A story is known by its identity, else by its text. In a changed one, the place is in the nearest block with the
        text that the listener heard, else at the beginning of the nearest unchanged one.
        """
        return self._place(story, story.identity) or self._place(story, self._alike(story))

    def has_place(self, identity: str) -> bool:
        """Return True if a place is kept for the story with an identity, wherever in it."""
        return self._database.row("SELECT 1 FROM places WHERE story = ?", identity) is not None

    def lasted(self, story: Story) -> tuple[str, float]:
        """Return the voice that spoke a story last, and the seconds that it took at speed 1, as far as was known; ("",
        0.0) if none did, or the text has another length."""
        statement = "SELECT voice, seconds FROM shelf WHERE story = ? AND characters = ?"
        row = self._database.row(statement, story.identity, story.characters)
        return ("", 0.0) if row is None else (str(row[0]), float(row[1]))

    def _place(self, story: Story, identity: str) -> Remembered | None:
        row = self._database.row("SELECT block, character, text, heard, around FROM places WHERE story = ?", identity)
        if row is None:
            return None
        block, character, text, heard, around = row
        blocks = story.blocks
        if not (0 <= block < len(blocks) and content.digest(blocks[block].text) == text):
            found = content.nearest(self.hashes_of(story), around or f"0 {text}", block)
            if found is None:
                return None
            block = found
            if self.hashes_of(story)[block] != text:
                character = 0
        away = max(time.time() - heard, 0.0)  # a clock set back counts as no time
        return Remembered(block, character, away, identity) if (block, character) > (0, 0) else None

    def _alike(self, story: Story) -> str:
        """Return the identity of the story that is most like one (see `copies`); empty if none is."""
        return next(iter(self.copies(story)), "")

    def copies(self, story: Story) -> list[str]:
        """Return the identities of the stories with at least half of its paragraphs in common, the one with most first,
        of those the one heard last."""
        sketch = content.sketch(self.hashes_of(story))
        marks = ",".join("?" * len(sketch))
        statement = (
            f"SELECT story, COUNT(*) AS common FROM texts WHERE hash IN ({marks}) GROUP BY story"
            " HAVING 2 * common >= MAX(?, (SELECT COUNT(*) FROM texts AS own WHERE own.story = texts.story))"
            " ORDER BY common DESC, (SELECT turn FROM places WHERE places.story = texts.story) DESC"
        )
        return [str(row[0]) for row in self._database.rows(statement, *sketch, len(sketch))]

    def known_as(self, story: Story) -> list[str]:
        """Return the identities by which a story is known: its own, and that of a story with its text."""
        return list(filter(None, dict.fromkeys((story.identity, self._alike(story)))))

    def recognise(self, story: Story) -> None:
        """Recognise a story by its text from now on, if it is not yet."""
        if self._database.row("SELECT 1 FROM texts WHERE story = ?", story.identity) is None:
            self._sketch(story, "")

    def hashes_of(self, story: Story) -> list[str]:
        """Return the hash of every block of a story, computed once."""
        if story is not self._story:
            self._story, self._hashes = story, content.digests(story)
        return self._hashes

    def _sketch(self, story: Story, instead_of: str) -> None:
        """Write the hashes by which a story is recognised, in place of those of the one that it was before."""
        own, gone = story.identity, instead_of if instead_of not in ("", story.identity) else ""
        changes: list[tuple[str, tuple[object, ...]]] = [("DELETE FROM texts WHERE story IN (?, ?)", (own, gone))]
        if gone:
            changes.append(("DELETE FROM places WHERE story = ?", (gone,)))
            changes.append(("UPDATE notes SET story = ? WHERE story = ?", (own, gone)))
            changes.append(("UPDATE OR IGNORE shelf SET story = ? WHERE story = ?", (own, gone)))
            changes.append(("DELETE FROM shelf WHERE story = ?", (gone,)))
        for found in content.sketch(self.hashes_of(story)):
            changes.append(("INSERT OR IGNORE INTO texts VALUES (?, ?)", (found, own)))
        self._database.change(*changes)
        self._sketched = own

    def heard(self, identity: str) -> float:
        """Return when the story with an identity was heard last, in seconds since 1970; 0: never, or unknown."""
        row = self._database.row("SELECT heard FROM places WHERE story = ?", identity)
        return 0.0 if row is None else float(row[0])

    def remember(
        self, story: Story, block: int, character: int, *, heard: float | None = None, instead_of: str = ""
    ) -> None:
        """Keep the listener's place, in place of that of the story with the identity `instead_of`. `heard` is when it
        was heard, in seconds since 1970; now if None."""
        before = sum(len(b.text) for b in story.blocks[:block]) + character
        share = min(before / max(story.characters, 1), 1.0)
        statement = (
            "INSERT OR REPLACE INTO places SELECT ?, ?, ?, ?, ?, ?, COALESCE(MAX(turn), 0) + 1, ?, ?, ? FROM places"
        )
        values = (
            story.identity,
            clean(story.title),
            storable(story.source),
            block,
            character,
            content.digest(story.blocks[block].text),
            share,
            time.time() if heard is None else heard,
            content.around(self.hashes_of(story), block),
        )
        begun = "UPDATE shelf SET finished = 0, queued = NULL WHERE story = ? AND finished > 0 AND ?"
        self._database.change((statement, values), (begun, (story.identity, (block, character) > (0, 0))))
        if self._sketched != story.identity:
            self._sketch(story, instead_of)

    def describe(self, story: Story, voice: str, seconds: float, *, finished: bool = False) -> None:
        """Keep what the library shows of a story that was opened: the voice, its length in seconds at speed 1, and that
        it was heard to its end if `finished`, which takes it out of the queue."""
        if story.source in NOT_OPENED_AGAIN:
            return
        own, title, source, now = story.identity, clean(story.title), storable(story.source), time.time()
        done = ("UPDATE shelf SET finished = ? WHERE story = ?", (now, own))
        self._database.change(
            (
                "INSERT OR IGNORE INTO shelf (story, title, source, added) VALUES (?, ?, ?, ?)",
                (own, title, source, now),
            ),
            (
                "UPDATE shelf SET title = ?, source = ?, characters = ?, voice = ?, seconds = ?, removed = 0,"
                " problem = '' WHERE story = ?",
                (title, source, story.characters, voice, seconds, own),
            ),
            *((done,) if finished else ()),
        )

    def recent(self, count: int) -> list[Heard]:
        """Return the stories last heard, newest first; without texts that have no source to open again (standard input,
        the clipboard) and were heard to the end, or hardly begun."""
        gone = [source for source in NOT_OPENED_AGAIN if source]
        heard = "EXISTS (SELECT 1 FROM shelf WHERE shelf.story = places.story AND finished > 0)"
        statement = (
            f"SELECT title, source, CASE WHEN {heard} THEN 1.0 ELSE share END FROM places WHERE NOT EXISTS"
            " (SELECT 1 FROM shelf WHERE shelf.story = places.story AND removed > 0)"
            f" AND NOT (share = 0 AND source IN ({','.join('?' * len(gone))})) ORDER BY turn DESC LIMIT ?"
        )
        rows = self._database.rows(statement, *gone, count)
        return [Heard(title, source_of(at), share) for title, at, share in rows]

    def close(self) -> None:
        """Close the file."""
        self._database.close()
