"""The list of a feed's stories: what it shows, how one is chosen, and what happens while it opens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from player.errors import SourceError
from player.library.shelf import Shelf
from player.settings import Settings
from player.stories import Stories
from player.story.model import Block, BlockKind, Story
from player.story.reading.feed import Entry, Feed
from player.tui.choosing import Chooser
from tests.tui.stage import until

P = BlockKind.PARAGRAPH
FEED = Feed(
    "The [bold]Harbour[/bold] Post",
    (
        Entry("1", "Fog [red]tonight", ((P, "A whole story. " * 100, 0),), whole=True, published="2026-03-14"),
        Entry("2", "", ((P, "Only a summary [b]here[/b], without a title of its own.", 0),), link="http://h.invalid/2"),
        Entry("3", "東京の夜" * 30, (), link="http://h.invalid/3", byline="Ada Lind", published="2026-03-12"),
        *(Entry(str(n), f"Story number {n}", ((P, "Words.", 0),)) for n in range(4, 60)),
    ),
)


def opened(entry: Entry) -> Story:
    return Story(entry.name, (Block(P, "Words."),))


@dataclass
class Shown:
    app: Chooser
    pilot: Pilot[Story | None]

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    async def until(self, condition: Callable[[], object], what: str) -> None:
        await until(self.pilot, condition, what)  # type: ignore[arg-type]

    async def answer(self) -> Story | None:
        """What it answers; waits until it closes."""
        await self.until(lambda: self.app._exit, "the end")
        return self.app.return_value


@asynccontextmanager
async def shown(
    load: Callable[[Entry], Story] = opened,
    size: tuple[int, int] = (80, 24),
    feed: Feed = FEED,
    follow: Callable[[], object] = lambda: None,
) -> AsyncIterator[Shown]:
    app = Chooser(feed, load, follow, "dark")
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Shown(app, pilot)


async def test_it_shows_titles_dates_and_lengths_or_summaries() -> None:
    async with shown() as s:
        lines = s.text.splitlines()
        assert lines[0].strip() == "The [bold]Harbour[/bold] Post"
        assert lines[1].strip() == "59 stories"
        assert [line.strip() for line in lines[3:5]] == ["Fog [red]tonight", "2026-03-14 · about 2 min"]
        assert lines[5].strip() == "Only a summary [b]here[/b], without a title of…"
        assert "Only a summary [b]here[/b], without a title of its own." in lines[6]
        assert lines[7].rstrip().endswith("…"), "what is too long for the line is cut"
        assert lines[8].strip() == "2026-03-12 · Ada Lind"


async def test_a_note_of_a_few_words_is_not_shown_twice() -> None:
    async with shown(
        feed=Feed("Notes", (Entry("1", "", ((P, "It rained all day.", 0),), published="2026-03-14"),))
    ) as s:
        assert [line.strip() for line in s.text.splitlines()[3:5]] == ["It rained all day.", "2026-03-14"]


@pytest.mark.parametrize("size", [(20, 8), (40, 10), (200, 60)])
async def test_any_size_will_do(size: tuple[int, int]) -> None:
    async with shown(size=size) as s:
        assert "The [bold]H" in s.text and "Fog" in s.text and "Enter" in s.text


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["enter"], "Fog [red]tonight"),
        (["down", "down", "down", "up", "space"], FEED.entries[2].name),
        (["j", "j", "j", "k", "k", "enter"], FEED.entries[1].name),
        (["end", "enter"], "Story number 59"),
    ],
)
async def test_keys_choose(keys: list[str], chosen: str) -> None:
    async with shown() as s:
        await s.pilot.press(*keys)
        story = await s.answer()
    assert story is not None and story.title == chosen


async def test_the_mouse_chooses() -> None:
    async with shown() as s:
        await s.pilot.click(OptionList, offset=(5, 4))
        story = await s.answer()
    assert story is not None and story.title == FEED.entries[1].name


async def test_a_click_on_the_line_of_keys_does_what_it_says() -> None:
    async with shown() as s:
        await s.pilot.click("KeyHints", offset=(2, 0))
        story = await s.answer()
    assert story is not None and story.title == "Fog [red]tonight"


async def test_the_feed_is_followed_from_its_list() -> None:
    settings = Settings()
    async with shown(size=(40, 10), follow=lambda: Stories(settings).add_entries(FEED, (), True)) as s:
        assert "f follow" in s.text
        await s.pilot.press("f")
        await s.until(lambda: "Followed" in s.text, "word of it")
        with closing(Shelf(settings.library)) as shelf:
            assert [feed.title for feed in shelf.feeds()] == [FEED.title]
        await s.pilot.press("enter")
        assert await s.answer() is not None


async def test_a_feed_that_cannot_be_followed_says_why() -> None:
    def follow() -> None:
        raise SourceError("the disk is full")

    async with shown(follow=follow) as s:
        await s.pilot.press("f")
        await s.until(lambda: "the disk is full" in s.text, "the reason")


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_nothing_need_be_chosen(key: str) -> None:
    async with shown() as s:
        await s.pilot.press(key)
        assert await s.answer() is None


async def test_while_a_page_is_slow_it_says_so_and_can_be_left() -> None:
    begun, never = Event(), Event()

    def load(entry: Entry) -> Story:
        begun.set()
        never.wait()
        return opened(entry)

    async with shown(load) as s:
        await s.pilot.press("enter")
        await s.until(begun.is_set, "the page to be asked for")
        await s.until(lambda: "Opening Fog [red]tonight" in s.text, "word of it")
        await s.pilot.press("down", "enter", "escape")
        assert await s.answer() is None
    never.set()


async def test_a_story_that_cannot_be_had_is_told_and_another_can_be_chosen() -> None:
    def load(entry: Entry) -> Story:
        if entry.key == "1":
            raise SourceError("h.invalid answers [red]404\x1b[2J", "check the address")
        return opened(entry)

    async with shown(load) as s:
        await s.pilot.press("enter")
        await s.until(lambda: "answers [red]404" in s.text, "the reason")
        assert "check the address" in s.text
        await s.pilot.press("down", "enter")
        story = await s.answer()
    assert story is not None and story.title == FEED.entries[1].name
