"""Finding text in the story, and going to a time, a share or a chapter: both typed at the bottom of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from textual import events

from player.errors import PlayerError
from player.story.text import printable
from player.tui.listening import Listening
from player.tui.messages import Found
from player.tui.playing_app import PlayingApp
from player.tui.transcript.code_lines import MOST_LINES
from player.tui.transcript.note_marks import raised
from player.tui.transcript.reading_modes import ReadingMode

if TYPE_CHECKING:
    from player.story.searching import Hit, Searchable
    from player.tui.prompt_line import PromptLine

_WIDE = 80
"""Cells from which on the line has room for its keys."""


@dataclass(frozen=True, slots=True)
class _From:
    """The view before it was searched."""

    following: bool
    scrolled: float
    block: int
    character: int


class Finding(PlayingApp):
    """At most one line is open."""

    _line: PromptLine | None = None
    _from: _From | None = None  # where the listener looked before finding; None after playing from a hit
    _query = ""  # typed last
    _searchable: Searchable | None = None

    _folding: Lock

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self._folding = Lock()
        self._line = self._from = self._searchable = None
        self._query = ""

    @property
    def follows(self) -> bool:
        """True if the listener wants the view to follow the sound, wherever a search has led."""
        return self.transcript.following if self._from is None else self._from.following

    # -- finding -------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Open the line that finds."""
        from player.tui.prompt_line import PromptLine  # 0.01 s

        line = PromptLine(
            "/",
            "find · Enter plays from there · Esc ends",
            changed=self._search,
            accepted=self._play_hit,
            closed=self._end_finding,
            moved=self._next_hit,
        )
        block, character = self.player.place_to_keep(self.player.transport.position())
        following = self.transcript.following
        if not following:
            block, character = self.transcript.top
        self._open(line)
        self._from = _From(following, self.transcript.scroll_offset.y, block, character)
        self._query = ""
        self.screen.remove_class("-one-word")  # the text itself is searched

    def _search(self, query: str) -> None:
        """Search, in a thread; drop the search if the query has changed meanwhile."""
        self._query = query
        place = self._from or _From(True, 0, *self.player.place_to_keep(self.player.transport.position()))
        find = partial(self._find, query, place.block, place.character)
        self.run_worker(find, thread=True, group="find")

    def find_again(self) -> None:
        """Search the story, which has grown, for the same; the hit that is looked at stays."""
        hit = self.transcript.marks.hit
        if self._line is not None and hit is not None:
            find = partial(self._find, self._query, hit.block, hit.span.start if hit.is_text else 0)
            self.run_worker(find, thread=True, group="find")

    def _find(self, query: str, block: int, character: int) -> None:
        from player.story.searching import Searchable

        with self._folding:
            blocks = self.player.story.blocks
            if self._searchable is None or self._searchable.blocks is not blocks:
                self._searchable = Searchable(blocks, self.player.story.notes, code_lines=MOST_LINES)
        if query == self._query:
            hits = self._searchable.find(query)
            self.post_message(Found(query, hits, hits.after(block, character)))

    def on_found(self, message: Found) -> None:
        """Mark what was found, and look at the first of it."""
        if self._line is None or message.query != self._query:
            return
        self.transcript.marks.hits = message.hits
        self.transcript.marks.hit = message.hit
        self._show_hit()

    def _next_hit(self, step: int) -> None:
        marks = self.transcript.marks
        if marks.hits is not None and marks.hit is not None:
            marks.hit = marks.hits.next(marks.hit) if step > 0 else marks.hits.previous(marks.hit)
            self._show_hit()

    def _show_hit(self) -> None:
        hit = self.transcript.marks.hit
        if hit is not None and hit.is_code:
            self.transcript.look_at(hit.block, hit.span.start, in_code=True)
        elif hit is not None:
            self.transcript.look_at(hit.block, self._said_at(hit))
        self._count_hits()
        self.transcript.refresh()

    def _said_at(self, hit: Hit) -> int:
        """Return the character of a block's text at which a hit is said, or what is nearest to it."""
        if hit.note is not None:
            return max(self.player.story.notes[hit.note].place - 1, 0)
        return len(self.player.story.blocks[hit.block].text) - 1 if hit.is_code else hit.span.start

    def _count_hits(self) -> None:
        marks, line = self.transcript.marks, self._line
        if line is None or marks.hits is None:
            return
        if marks.hit is not None:
            count = f"{marks.hit.number} of {len(marks.hits)}"
            if marks.hit.note is not None:
                count += f", in note {raised(marks.hit.note + 1)}"
            keys = ("n N" if line.rests else "↓ ↑") + " · Enter plays · Esc ends"
            line.say(f"{count}   {keys}" if self.size.width >= _WIDE else count)
        else:
            line.say("nothing found" if self._query.strip() else "", problem=True)

    def _play_hit(self, _: str) -> None:
        """Play from what was found, or from the sentence nearest to it; it stays marked, and n and N lead on."""
        hit, line = self.transcript.marks.hit, self._line
        if hit is None or line is None:
            return
        self._from = None
        line.rest()
        self.transcript.following = True
        self.player.navigation.seek(hit.block, self._said_at(hit))
        self.player.transport.play()
        line.call_after_refresh(self._count_hits)

    def _end_finding(self) -> None:
        """Mark nothing more, and return to where the listener looked before."""
        before, self._from = self._from, None
        self.transcript.marks.hits = self.transcript.marks.hit = None
        self._close()
        self.screen_stack[0].set_class(self.transcript.mode is ReadingMode.ONE_WORD, "-one-word")
        if before is None or before.following:
            self.transcript.following = True
        else:
            self.transcript.scroll_to(y=before.scrolled, animate=False, force=True)
        self.transcript.refresh()

    # -- going to a place ------------------------------------------------------------------------------------

    def action_go_to(self) -> None:
        """Open the line that takes a place."""
        from player.tui.prompt_line import PromptLine

        hint = "12:30 · +30 · -1:00 · 40% · c3 · a chapter's title"
        self._open(PromptLine(":", hint, changed=self._clear, accepted=self._go, closed=self._close))

    def _clear(self, _: str) -> None:
        if self._line is not None:
            self._line.say("")

    def _go(self, typed: str) -> None:
        from player.playback.destination import destination

        try:
            there = destination(typed, self.player)
        except PlayerError as error:
            if self._line is not None:
                self._line.say(printable(str(error.message)), problem=True)
            return
        self._close()
        self.transcript.following = True
        there()

    def on_key(self, event: events.Key) -> None:
        """Type what comes before the line has the keyboard: quick fingers, slow connections, pasted text."""
        typing = self._line is not None and not self._line.rests and len(self.screen_stack) == 1
        if self._line is not None and typing and event.character and event.is_printable:
            event.prevent_default()
            self._line.type_ahead(event.character)

    # -- the line --------------------------------------------------------------------------------------------

    def _open(self, line: PromptLine) -> None:
        if self._line is not None:
            self._end_finding()
        self._line = line
        bottom = self.query_one("#bottom")
        bottom.add_class("-typing")
        bottom.mount(line)

    def _close(self) -> None:
        line, self._line = self._line, None
        self.query_one("#bottom").remove_class("-typing")
        if line is not None:
            self.screen.set_focus(None)
            line.remove()
