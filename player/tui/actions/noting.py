"""Notes: keeping the sentence that is said, and copying text."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from player.audio.clock import clock
from player.story.model import Span
from player.tui.listening import Listening
from player.tui.messages import NotesRead, PassageSelected
from player.tui.playing_app import PlayingApp
from player.tui.terminal.copying import copy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from player.library.notes import Note

_PATIENCE = 0.3
"""Seconds that the list of notes waits for those of other players."""


class Noting(PlayingApp):
    """The story's notes, as they are on the screen; the notebook writes them."""

    notes: dict[str, Note]
    """By id, removed ones included."""

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self.notes = {}

    def story_is_shown(self) -> None:
        """Read the notes, without waiting for them."""
        super().story_is_shown()
        listening = self.listening
        self.run_worker(lambda: self._read_notes(listening), thread=True, group="notes")

    def _read_notes(self, listening: Listening) -> None:
        found = listening.notes.read()
        if listening is self.listening:
            self.post_message(NotesRead(found))

    def on_notes_read(self, message: NotesRead) -> None:
        """Mark the noted sentences."""
        self._take(message.notes)

    def _take(self, found: Iterable[Note]) -> None:
        """Know notes as they are kept. Those made or changed here meanwhile stay."""
        for note in found:
            if note.id not in self.notes or note.changed > self.notes[note.id].changed:
                self.notes[note.id] = note
        self._mark()

    def action_note(self) -> None:
        """Keep the sentence that sounds; remove it if it is kept, unless that would lose a comment."""
        from player.library.notes import Note  # 0.01 s

        position = self.player.transport.position()
        sentence = self.player.sentence(position)
        if sentence is None:
            self.answer("There is no sentence to keep here.")
            return
        block, index = sentence
        span = self.player.script.sentences(block)[index].span
        here = [note for note in self._kept() if note.block == block and note.span == span]
        if any(note.comment for note in here):
            self.answer(f"This sentence is a note with a comment. {self.key('notes')}: edit or remove it")
        elif here:
            for note in here:
                self.put_note(note.gone())
            self.answer(f"Note removed. {self.key('note')}: keep it again")
        else:
            timeline = position.timeline
            seconds = timeline.time(timeline.find(block, span.start)) / timeline.rate
            quote = self.player.sentence_text(position)
            self.put_note(Note(block, span, quote, seconds, not timeline.exact))
            when = f"{'' if timeline.exact else '≈ '}{clock(seconds)}"
            self.answer(f"Noted at {when}. {self.key('notes')}: all notes")

    def put_note(self, note: Note) -> None:
        """Keep a note, or a change of one."""
        self.notes[note.id] = note
        self.listening.notes.put(note)
        self._mark()

    async def action_notes(self) -> None:
        """Show the notes, with those of other players and machines: to go to one, comment on it, or remove it."""
        from player.tui.screens.notes import NotesScreen

        with suppress(TimeoutError):
            self._take(await asyncio.wait_for(asyncio.to_thread(self.listening.notes.read), _PATIENCE))

        def chosen(note: Note | None) -> None:
            if note is not None:
                self.transcript.following = True
                self.player.navigation.seek(note.block, note.span.start)

        if self._kept():
            self.push_screen(NotesScreen(self.player, self._kept(), self.put_note), chosen)
        else:
            self.answer(f"There are no notes yet. {self.key('note')}: keep the sentence that is said")

    def action_copy(self) -> None:
        """Copy what is selected, else the sentence that sounds."""
        if selected := self.transcript.selected_text:
            self._copy(selected, "Copied: the selected text")
        elif sentence := self.player.sentence_text(self.player.transport.position()):
            self._copy(sentence, "Copied: this sentence")
        else:
            self.answer("There is nothing to copy here.")

    def on_passage_selected(self, message: PassageSelected) -> None:
        """Copy what the mouse has selected."""
        self._copy(message.text, "Copied: the selected text")

    def _copy(self, text: str, told: str) -> None:
        self.copy_to_clipboard(text)
        self.run_worker(lambda: copy(text), thread=True, group="copy")
        self.answer(told)

    def _kept(self) -> list[Note]:
        """Return the notes in the order of the text."""
        kept = [note for note in self.notes.values() if not note.removed]
        return sorted(kept, key=lambda note: (note.block, note.span, note.made))

    def _mark(self) -> None:
        noted: dict[int, list[Span]] = {}
        for note in self._kept():
            noted.setdefault(note.block, []).append(note.span)
        self.transcript.marks.noted = noted
        self.transcript.refresh()
