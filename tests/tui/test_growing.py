"""The beginning of a long story on the screen, which grows when all of it has been read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from reportlab.platypus import PageBreak, Paragraph
from textual.pilot import Pilot

from player.errors import SourceError
from player.library import Library
from player.playback.position import State
from player.session import Playing
from player.session.prelude import Prelude
from player.settings import Settings, Source
from player.sources import read_source
from player.stories import Stories
from player.story.model import Story
from player.story.opening.waiting import Watch, unwatched
from player.tui.app import ListenApp
from tests.support.pdf import BODY, HEADING, write
from tests.tui.stage import text_of, until

PAGES = 100


class HeldBack(Stories):
    """Stories of which the rest is there when a test lets it, or never."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.let = Event()
        self.fails = False

    def go_on(self, prelude: Prelude, watch: Watch) -> Playing:
        while not self.let.wait(0.02):
            watch("page 7 of 100")
        if self.fails:
            prelude.rest.whole = _unreadable  # type: ignore[method-assign]
        return super().go_on(prelude, watch)


def _unreadable(watch: Watch) -> Story:
    raise SourceError("page 8 is damaged")


class Shown:
    """One open screen."""

    def __init__(self, app: ListenApp, pilot: Pilot[None], stories: HeldBack) -> None:
        self.app, self.pilot, self.stories = app, pilot, stories

    @property
    def text(self) -> str:
        return text_of(self.pilot)

    def view(self) -> list[list[tuple[str, object]]]:
        """All that the transcript shows, with its looks."""
        shown = self.app.transcript
        return [[(part.text, part.style) for part in shown.render_line(y)] for y in range(shown.size.height)]

    @property
    def keeps_its_place(self) -> bool:
        """True if the library has the listener's place in the story."""
        with closing(Library(self.stories.settings.library)) as library:
            return library.has_place(self.app.player.story.identity)

    async def until(self, condition: object, what: str) -> None:
        await until(self.pilot, condition, what)  # type: ignore[arg-type]

    async def let_all_be_read(self) -> None:
        """Let the rest be read, and wait until all of it is shown."""
        self.stories.let.set()
        await self.until(lambda: self.app.listening.is_whole and not self.app.being_read, "all of the story")
        await self.until(lambda: len(self.app.transcript.blocks) > PAGES, "all of the text")


@pytest.fixture
def stories(tone_engine: str) -> Iterator[HeldBack]:
    with closing(HeldBack(Settings(engine=tone_engine, silent=True))) as stories:
        yield stories


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of many pages, the first with a heading."""
    pages = [Paragraph(f"Sentence {n} is short. Mark {n} is lit.", BODY) for n in range(1, PAGES + 1)]
    chapters = {0: "How it began", 60: "How it went on"}
    parts = []
    for n, page in enumerate(pages):
        parts += [Paragraph(chapters[n], HEADING)] if n in chapters else []
        parts += [page, PageBreak()]
    return write(tmp_path / "book.pdf", parts)


@asynccontextmanager
async def shown(stories: HeldBack, prelude: Playing) -> AsyncIterator[Shown]:
    app = ListenApp(prelude, theme="dark", stories=stories)
    app.animation_level = "none"
    async with app.run_test(size=(90, 24), notifications=True) as pilot:
        made = Shown(app, pilot, stories)
        await made.until(lambda: app.transcript.spoken is not None, "the first look at the transport")
        yield made


def begun(stories: HeldBack, book: Path) -> Prelude:
    """The beginning of a book, paused."""
    prelude = stories.listen_to(str(book), unwatched)
    assert isinstance(prelude, Prelude) and len(prelude.player.story.blocks) < PAGES / 2
    return prelude


@pytest.mark.parametrize("follows", [True, False], ids=["following", "scrolled"])
async def test_nothing_in_view_moves_when_the_rest_is_there(stories: HeldBack, book: Path, *, follows: bool) -> None:
    async with shown(stories, begun(stories, book)) as s:
        await s.until(lambda: "reading page 7 of 100" in s.text, "how far it is")
        player, chapter = s.app.player, "How it began"
        await s.until(lambda: player.timeline.speech(4, 0) is not None, "the fourth page to be rendered")
        player.navigation.seek(4, 12)
        await s.until(lambda: (now := s.app.transcript.spoken) and now.block == 4 and now.word, "its word to be lit")
        if not follows:
            await s.pilot.press("shift+down", "shift+down")
            await s.until(lambda: not s.app.transcript.following, "another view")
        await s.pilot.pause()
        view, spoken, place = s.view(), s.app.transcript.spoken, player.transport.position().place
        await s.let_all_be_read()
        await s.until(lambda: "page 7" not in s.text and chapter in s.text.split("\n")[1], "the header")
        assert s.app.player is player and player.transport.position().place == place
        assert (s.view(), s.app.transcript.spoken) == (view, spoken)
        await s.pilot.press("c")
        await s.until(lambda: "How it went on" in s.text, "the chapters")


async def test_the_place_is_kept_from_then_on(stories: HeldBack, book: Path) -> None:
    async with shown(stories, begun(stories, book)) as s:
        await s.until(lambda: "reading page 7 of 100" in s.text, "how far it is")
        assert not s.keeps_its_place
        await s.let_all_be_read()
        await s.until(lambda: s.keeps_its_place, "the place to be kept")


async def test_keys_that_need_all_of_it_say_so(stories: HeldBack, book: Path) -> None:
    async with shown(stories, begun(stories, book)) as s:
        await s.pilot.press("e")
        await s.until(lambda: "exported" in s.text, "why not")
        await s.pilot.press("end")
        await s.until(lambda: "far" in s.text, "where it is")
        await s.until(lambda: s.app.player.transport.position().place.block > 3, "the end of the beginning")
        await s.let_all_be_read()
        await s.pilot.press("end")
        await s.until(lambda: f"Mark {PAGES} is lit." in s.text, "the end")


async def test_a_search_goes_on_in_what_is_new(stories: HeldBack, book: Path) -> None:
    async with shown(stories, begun(stories, book)) as s:
        await s.pilot.press("/", *"mark")
        await s.until(lambda: "1 of " in s.text, "what was found")
        await s.pilot.press("down")
        await s.until(lambda: "2 of " in s.text, "the next one")
        assert f"2 of {PAGES}" not in s.text
        await s.let_all_be_read()
        await s.until(lambda: f"2 of {PAGES}" in s.text, "the same among all")


async def test_at_its_end_the_beginning_waits_for_the_rest(stories: HeldBack, book: Path) -> None:
    async with shown(stories, begun(stories, book)) as s:
        transport, last = s.app.player.transport, len(s.app.player.story.blocks) - 1
        s.app.player.navigation.to_end()
        transport.play()
        await s.until(lambda: transport.position().state is State.ENDED, "the end of the beginning")
        await s.until(lambda: s.app.key_line.size.height, "the keys")
        assert "The end." not in s.text
        await s.let_all_be_read()
        await s.until(lambda: transport.position().place.block > last, "what follows")
        await s.until(lambda: s.app.transcript.spoken and s.app.transcript.spoken.block > last, "it on the screen")


async def test_when_the_rest_cannot_be_read_the_beginning_plays_on(stories: HeldBack, book: Path) -> None:
    stories.fails = True
    async with shown(stories, begun(stories, book)) as s:
        player = s.app.player
        stories.let.set()
        await s.until(lambda: "damaged" in s.text, "the reason")
        await s.until(lambda: s.app.listening.is_whole and "being read" not in s.text, "what there is")
        player.transport.play()
        await s.until(lambda: player.transport.position().state is State.PLAYING, "the beginning")
        assert s.app.player is player


@pytest.mark.parametrize("paused", [False, True])
async def test_what_turns_out_otherwise_goes_on_in_the_nearest_paragraph(
    stories: HeldBack, book: Path, *, paused: bool
) -> None:
    reading = read_source(Source(story=str(book)), stories.settings)
    beginning = reading.next(unwatched).story
    assert isinstance(beginning, Story)
    blocks = beginning.blocks
    other = replace(beginning, blocks=(blocks[0], replace(blocks[1], text="A running head."), *blocks[1:]))
    async with shown(stories, stories.begin_early(other, reading)) as s:
        before = s.app.player
        before.transport.speed = 0.5
        before.navigation.move_to(6, 0)
        if not paused:
            before.transport.play()
        sentence = before.story.blocks[6].text
        await s.until(lambda: s.app.transcript.spoken and s.app.transcript.spoken.block == 6, "the paragraph")
        await s.let_all_be_read()
        assert s.app.player is not before
        here = s.app.player.transport.position()
        there = [block.text for block in s.app.player.story.blocks].index(sentence)
        assert here.place.block == there if paused else here.place.block >= there
        assert (here.state is State.PAUSED) == paused
        assert (s.app.player.transport.speed, s.app.played) == (0.5, [])
        assert "Next:" not in s.text


async def test_it_can_be_left_at_any_time(stories: HeldBack, book: Path) -> None:
    async with shown(stories, begun(stories, book)) as s:
        await s.until(lambda: "reading page 7 of 100" in s.text, "how far it is")
        await s.pilot.press("q")
        await s.until(lambda: not s.app.is_running, "the end")
