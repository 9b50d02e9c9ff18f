"""The library and the queue on the screen: stories one after the other, without leaving the player."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from reportlab.platypus import PageBreak, Paragraph
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from player import following
from player.library import Addition
from player.playback.player import Player
from player.playback.position import State
from player.playback.sleep_timer import End
from player.session import Playing
from player.session.prelude import Prelude
from player.settings import Settings
from player.stories import Stories, unopened
from player.story.model import Story
from player.story.opening.locate import identity
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Feed
from player.tui.announcement import Announcement
from player.tui.app import ListenApp
from player.tui.keys.table import changed
from player.tui.library.screen import LibraryScreen
from player.tui.library.story_list import ShelfList
from player.tui.terminal.app import notification
from tests.support.pdf import BODY, write
from tests.tui.stage import until


@pytest.fixture
def stories() -> Iterator[Stories]:
    """Stories spoken by espeak-ng, without a sound device."""
    with closing(Stories(Settings(engine="pyttsx3", silent=True))) as stories:
        yield stories


@dataclass
class Shown:
    app: ListenApp
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def title(self) -> str:
        """The title of the story that plays; empty in the library."""
        return self.app.player.story.title if self.app._follows else ""

    async def until(self, condition: Callable[[], object], what: str) -> None:
        await until(self.pilot, condition, what)


@asynccontextmanager
async def shown(
    stories: Stories, playing: Path | None = None, size: tuple[int, int] = (100, 24)
) -> AsyncIterator[Shown]:
    listening = None if playing is None else stories.begin(stories.open_story(str(playing)))
    app = ListenApp(listening, theme="dark", stories=stories)
    app.animation_level = "none"
    app.NOTIFICATION_TIMEOUT = 60  # as long as a test waits for something
    async with app.run_test(size=size, notifications=True) as pilot:
        yield Shown(app, pilot)


def told(folder: Path, *names: str) -> list[Path]:
    """Write short stories; those of birds are long."""
    for name in names:
        text = f"This is the story of the {name}, and of nobody else.\n\n" * (1 if name == "fox" else 40)
        (folder / f"{name}.txt").write_text(f"The {name}\n\n{text}")
    return [folder / f"{name}.txt" for name in names]


def queue(stories: Stories) -> list[str]:
    with closing(stories.shelf()) as shelf:
        return [story.title for story in shelf.stories() if story.queued is not None]


async def test_a_new_listener_is_welcomed_and_plays_the_sample(stories: Stories) -> None:
    async with shown(stories) as s:
        await s.until(lambda: "Welcome." in s.text, "the welcome")
        assert "The Keeper of the Lamp Room" in s.text
        await s.pilot.press("enter")
        await s.until(lambda: s.title == "The Keeper of the Lamp Room", "the story")
        assert not isinstance(s.app.screen, LibraryScreen)
        await s.until(lambda: s.app.player.transport.position().state is State.PLAYING, "its voice")


async def test_the_welcome_names_the_keys_that_were_chosen(stories: Stories) -> None:
    keys = changed({"library": "f2", "speed.down": "", "sentence.back": "ctrl+left", "quit": "ctrl+q"})
    app = ListenApp(None, theme="dark", stories=stories, keys=keys)
    async with app.run_test(size=(100, 24)) as pilot:
        s = Shown(app, pilot)
        await s.until(lambda: "Welcome." in s.text, "the welcome")
        assert "f2  comes back here" in s.text and "^q keeps your place" in s.text
        assert "^← →  sentence back and forth;  ↑ ↓ paragraphs" in s.text
        assert "slower" not in s.text
        await pilot.press("q")
        assert app.is_running and not app._exit
        await pilot.press("ctrl+q")
        await s.until(lambda: app._exit, "the end")


async def test_the_welcome_leaves_room_for_the_story_on_a_small_screen(stories: Stories) -> None:
    async with shown(stories, size=(40, 12)) as s:
        await s.until(lambda: "Welcome." in s.text and "The Keeper of" in s.text, "the story")
        assert "Enter listen" in s.text


async def test_stories_are_found_marked_removed_and_put_back(stories: Stories) -> None:
    with closing(stories.shelf()) as shelf:
        shelf.add([Addition(name, f"The {name} [b]", f"/{name}.txt", 9000) for name in ("fox", "crow", "café")])
        shelf.add([Addition("bread", "The Smørrebrød", "/bread.txt", 9000)])
        shelf.take_out("crow")
        shelf.take_out("bread")
    async with shown(stories) as s:
        await s.until(lambda: "The fox [b]" in s.text, "the stories")
        await s.pilot.press(*"cafe")
        await s.until(lambda: "fox" not in s.text, "the filter")
        assert "The café [b]" in s.text
        await s.pilot.press("escape", *"smorre")
        await s.until(lambda: "The Smørrebrød" in s.text and "café" not in s.text, "what a keyboard without ø finds")
        await s.pilot.press("escape")
        await s.until(lambda: "1. The fox [b]" in s.text, "all of them")
        await s.pilot.press("shift+down")
        await s.until(lambda: "2. The fox" in s.text, "another order")
        assert queue(stories) == ["The café [b]", "The fox [b]"]
        await s.pilot.press("ctrl+t")
        await s.until(lambda: "✓ The fox" in s.text, "the mark")
        await s.pilot.press("ctrl+x")
        await s.until(lambda: "Removed The fox" in s.text and "✓ The fox" not in s.text, "the removal")
        await s.pilot.press("ctrl+r")
        await s.until(lambda: "✓ The fox" in s.text, "its return")
        await s.pilot.press("ctrl+t")
        await s.until(lambda: "To be heard again: The fox [b]" in s.text, "the mark on it")
        await s.pilot.press("ctrl+l")
        await s.until(lambda: "2. The fox" in s.text and "At the end of the queue: The fox" in s.text, "the queue")


def _typed(s: Shown, *keys: str) -> None:
    """Type faster than the screen can follow."""
    for key in keys:
        s.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_keys_count_in_their_order_however_fast_they_come(stories: Stories, tmp_path: Path) -> None:
    fox, crow, owl = told(tmp_path, "fox", "crow", "owl")
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, crow, owl)])
    async with shown(stories) as s:
        await s.until(lambda: "3. owl.txt" in s.text, "the stories")
        _typed(s, *"txt", "down", "down", "enter")
        await s.until(lambda: s.title == "The owl", "the third of three")
        _typed(s, *"ocr")
        await s.until(lambda: s.app.screen.query(Input) and s.app.screen.query_one(Input).value == "cr", "the filter")
        await s.until(lambda: s.app.screen.query_one(ShelfList).stories, "the stories")
        await s.pilot.press("enter")
        await s.until(lambda: s.title == "The crow", "the one that was typed")


async def test_tab_completes_what_was_just_typed(
    stories: Stories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fox, _ = told(tmp_path, "fox", "crow")
    monkeypatch.chdir(tmp_path)
    async with shown(stories, fox) as s:
        await s.pilot.press("o")
        await s.until(lambda: "▸ The fox" in s.text, "the library")
        await s.pilot.press("ctrl+o")
        _typed(s, *"cr", "tab", "enter")
        await s.until(lambda: "1. The crow" in s.text, "the story in the queue")


async def test_what_is_not_there_is_added_by_its_path_and_opened(
    stories: Stories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fox, _ = told(tmp_path, "fox", "crow")
    monkeypatch.chdir(tmp_path)
    async with shown(stories, fox) as s:
        await s.pilot.press("o")
        await s.until(lambda: "▸ The fox" in s.text, "the library")
        await s.pilot.press("ctrl+o", "c", "r")
        await s.until(lambda: "crow.txt" in s.text, "the suggestion")
        await s.pilot.press("tab", "enter")
        await s.until(lambda: "1. The crow" in s.text, "the story in the queue")
        await s.pilot.press("ctrl+o", *"none", "enter")
        await s.until(lambda: "there is no file none" in s.text, "the complaint")
        await s.pilot.press("ctrl+u", "/", "enter")
        await s.until(lambda: "/ is a folder: Tab completes" in s.text, "another")
        await s.pilot.press("escape", "home", "up", "up", "enter")
        await s.until(lambda: s.title == "The crow", "the other story")
    with closing(stories.shelf()) as shelf:
        assert {story.title for story in shelf.stories()} == {"The fox", "The crow"}


async def test_what_is_typed_into_the_filter_is_added_marked_and_played(stories: Stories, tmp_path: Path) -> None:
    fox, crow = told(tmp_path, "fox", "crow")
    async with shown(stories, fox) as s:
        await s.pilot.press("o")
        await s.until(lambda: "▸ The fox" in s.text, "the library")
        s.app.screen.query_one(Input).value = str(crow)
        await s.until(lambda: "Not in the library: Enter adds it" in s.text, "what Enter does")
        await s.pilot.press("enter")
        await s.until(lambda: "1. The crow" in s.text and "▸ The fox" in s.text, "all stories again")
        assert "Added to the queue: The crow" in s.text
        await s.pilot.press("enter")
        await s.until(lambda: s.title == "The crow", "the marked story")


async def test_a_name_that_cannot_be_added_is_told_in_full_and_mended(stories: Stories, tmp_path: Path) -> None:
    [fox] = told(tmp_path, "fox")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)))
    async with shown(stories, fox) as s:
        await s.pilot.press("o")
        await s.until(lambda: "▸ The fox" in s.text, "the library")
        await s.pilot.press("ctrl+o")
        s.app.screen.query_one(Input).value = str(tmp_path / "noise.txt")
        await s.pilot.press("enter")
        await s.until(lambda: "give a text, a Markdown file or a web page" in " ".join(s.text.split()), "the reason")
        await s.pilot.resize_terminal(30, 16)
        await s.until(lambda: "a web page" not in s.text, "less of it")
        await s.pilot.resize_terminal(100, 24)
        await s.until(lambda: "give a text, a Markdown file or a web page" in " ".join(s.text.split()), "all again")
        await s.pilot.press("ctrl+o")
        await s.until(lambda: "Add a story" in s.text, "the dialog")
        assert s.app.screen.query_one(Input).value == str(tmp_path / "noise.txt")


async def test_stories_follow_one_another_and_what_cannot_be_opened_is_named(
    stories: Stories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = []

    def say(announcement: Announcement, player: Player) -> None:
        announced.append((player.story.title, player.transport.position().state))
        said(announcement, player)

    said = Announcement.say
    monkeypatch.setattr(Announcement, "say", say)
    fox, crow, owl = told(tmp_path, "fox", "crow", "owl")
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, crow, tmp_path / "gone.txt", owl)])
    async with shown(stories, fox) as s:
        s.app.player.transport.speed = 1.4
        s.app.player.transport.play()
        await s.pilot.press("z", "9", "enter")
        await s.until(lambda: "z 8:5" in s.text, "the sleep timer")
        await s.until(lambda: s.title == "The crow", "the next story")
        assert s.app.sleep_timer.running
        assert s.app.player.transport.speed == 1.4
        assert s.app.screen_stack[0].query("Transcript").last() is s.app.transcript
        await s.until(lambda: "Next: The crow" in s.text, "the announcement")
        await s.until(lambda: s.app.player.transport.position().state is State.PLAYING, "the story after it was said")
        assert announced == [("The crow", State.PAUSED)]
        assert s.app._announcement is None
        await s.pilot.press("N")
        await s.until(lambda: s.title == "The owl", "the story after the missing one")
        await s.until(lambda: "Skipped gone.txt" in s.text, "its name")
        await s.pilot.press("P")
        await s.until(lambda: s.title == "The crow", "the story before")
        await s.pilot.press("N")
        await s.until(lambda: s.title == "The owl", "the next one again")
        await s.pilot.press("end")
        await s.until(
            lambda: "The end.   space again  o library" in s.text, "the end of the queue, and what can be done"
        )
        assert not s.app.sleep_timer.running
        await s.pilot.press("space")
        await s.until(lambda: "The end." not in s.text and "space play" in s.text, "the story again")
        assert s.app.player.transport.position().place.block == 0
    assert queue(stories) == ["The crow"], "what was heard has left the queue"


async def test_that_letters_may_stand_in_the_wrong_order_is_told_once(
    stories: Stories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    with closing(stories.shelf()) as shelf:
        for name in ("one", "two"):
            (tmp_path / f"{name}.md").write_text(f"# {name}\n\nשלום עולם, זה משפט בעברית.\n")
            shelf.add([unopened(str(tmp_path / f"{name}.md"))])
    async with shown(stories, tmp_path / "one.md") as s:
        await s.until(lambda: "the wrong order" in s.text, "the notice")
        s.app.clear_notifications()
        await s.pilot.press("N")
        await s.until(lambda: "Next: two" in s.text, "the next story")
        assert "the wrong order" not in s.text


class Windy(Stories):
    """Stories that each begin with a notice."""

    def begin(self, story: Story, *, from_start: bool = False, after: Prelude | None = None) -> Playing:
        playing = super().begin(story, from_start=from_start, after=after)
        playing.player.notices.append("The wind rose.")
        return playing


async def test_what_a_story_is_announced_with_is_shown_once_also_with_a_notice(tmp_path: Path) -> None:
    fox, crow = told(tmp_path, "fox", "crow")
    with closing(Windy(Settings(engine="pyttsx3", silent=True))) as stories:
        with closing(stories.shelf()) as shelf:
            shelf.add([unopened(str(path)) for path in (fox, crow)])
        async with shown(stories, fox) as s:
            s.app.clear_notifications()
            await s.pilot.press("o")
            await s.until(lambda: "▸ The fox" in s.text, "the library")
            await s.pilot.press("home", "down", "enter")
            await s.until(lambda: "The wind rose." in s.text and s.title == "The crow", "the notice")
            assert s.text.count("Next: The crow") == 1


class SlowPages(Stories):
    """Stories of which the rest is there when a test lets it."""

    let = Event()

    def go_on(self, prelude: Prelude, watch: Watch) -> Playing:
        while not self.let.wait(0.02):
            watch("page 7 of 100")
        return super().go_on(prelude, watch)


@pytest.mark.parametrize("left", [False, True], ids=["heard", "left"])
async def test_a_long_pdf_is_shown_and_heard_while_it_is_read(tmp_path: Path, *, left: bool) -> None:
    (owl,) = told(tmp_path, "owl")
    pages = [part for n in range(100) for part in (Paragraph(f"Page {n} is short.", BODY), PageBreak())]
    book = write(tmp_path / "book.pdf", pages)
    with closing(SlowPages(Settings(engine="pyttsx3", silent=True))) as stories:
        stories.let.clear()
        with closing(stories.shelf()) as shelf:
            shelf.add([unopened(str(book))])
        async with shown(stories, owl) as s:
            s.app.player.transport.speed = 0.7
            s.app.player.transport.play()
            await s.pilot.press("o")
            await s.until(lambda: "book.pdf" in s.text, "the library")
            await s.pilot.press(*"book", "enter")
            await s.until(lambda: s.title == "book" and "reading page 7 of 100" in s.text, "the beginning")
            assert s.app.player.transport.speed == 0.7
            await s.until(lambda: s.app.player.transport.position().state is State.PLAYING, "its sound")
            if left:
                await s.pilot.press("P")
                await s.until(lambda: s.title == "The owl" and "page 7" not in s.text, "the story before")
                assert not s.app.being_read
                return
            stories.let.set()
            await s.until(lambda: "page 7" not in s.text and s.app.listening.is_whole, "all of it")
            assert len(s.app.player.story.blocks) == 100
            assert s.app.player.transport.position().state is not State.PAUSED


def test_a_notification_at_the_end_is_written_as_the_terminal_understands_it() -> None:
    assert notification("The end", {"TERM": "xterm-256color"}) == "\x1b]9;The end\x07"
    assert notification("a; b", {"TERM": "foot"}) == "\x1b]777;notify;Listen to Story;a, b\x07"
    within_tmux = notification("The end", {"TERM": "screen", "TMUX": "/tmp/tmux"})
    assert within_tmux == "\x1bPtmux;\x1b\x1b]9;The end\x07\x1b\\\x07"


async def test_the_sleep_timer_goes_on_in_the_next_story_unless_it_ends_with_this_one(
    stories: Stories, tmp_path: Path
) -> None:
    fox, crow = told(tmp_path, "fox", "crow")
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, crow)])
    async with shown(stories, fox) as s:
        s.app.sleep_timer.set(30)
        await s.pilot.press("N")
        await s.until(lambda: s.title == "The crow", "the next story")
        assert s.app.sleep_timer.running


@pytest.mark.parametrize("end", End)
async def test_a_timer_for_an_end_lets_no_other_story_begin(stories: Stories, tmp_path: Path, end: End) -> None:
    fox, crow = told(tmp_path, "fox", "crow")
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, crow)])
    async with shown(stories, fox) as s:
        s.app.player.navigation.to_end()
        s.app.sleep_timer.set(end)
        s.app.player.transport.play()
        await s.until(lambda: s.title != "The fox" or "The end." in s.text, "the end")
        assert s.title == "The fox" and not s.app.sleep_timer.running


def test_what_is_said_between_is_as_fast_and_as_loud_as_the_story(stories: Stories, tmp_path: Path) -> None:
    (fox,) = told(tmp_path, "fox")
    playing = stories.begin(stories.open_story(str(fox)))
    transport = playing.player.transport
    transport.speed, transport.volume, transport.gain = 2.0, 0.1, 0.0
    texts = ("It is about the fox.", "Das ist die Geschichte vom Fuchs, und von sonst niemandem.")
    for said in (*map(playing.aside, texts), playing.preview(playing.player.voice.id, texts[0])):
        with closing(said):
            assert (said.transport.speed, said.transport.volume, said.transport.gain) == (2.0, 0.1, 0.0)


class SlowFiles(Stories):
    """Stories that are held back while a test wants it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.let = Event()
        self.let.set()

    def open(self, source: str, watch: Watch = unwatched, *, anew: bool = False) -> Story | Feed:
        while not self.let.wait(0.02):
            watch("")
        return super().open(source, watch, anew=anew)


async def test_what_waits_is_not_forgotten_when_a_later_story_is_chosen_first(stories: Stories, tmp_path: Path) -> None:
    fox, crow, owl = told(tmp_path, "fox", "crow", "owl")
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, crow, owl)])
    async with shown(stories, owl) as s:
        for title in ("The fox", "The crow"):
            await s.pilot.press("N")
            await s.until(lambda title=title: s.title == title, title)


async def test_what_cannot_be_opened_is_shown_with_the_reason_and_enter_tries_again(
    stories: Stories, tmp_path: Path
) -> None:
    fox, crow = told(tmp_path, "fox", "crow")
    gone = tmp_path / "gone.txt"
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(path)) for path in (fox, gone, crow)])
    async with shown(stories, fox) as s:
        await s.pilot.press("N")
        await s.until(lambda: s.title == "The crow", "the story after the missing one")
        await s.pilot.press("o")
        await s.until(lambda: "! gone.txt" in s.text and "failed" in s.text, "the mark on it")
        s.app.screen.query_one(ShelfList).mark(identity(str(gone)))
        s.app.clear_notifications()  # one says that it was skipped, for a minute, above the line that is looked at
        reason = f"there is no file {gone}"
        await s.until(lambda: f"{reason} · Enter tries again" in " ".join(s.text.split()), "the reason")
        await s.pilot.press("up")
        await s.until(lambda: "tries again" not in s.text, "another line's state")
        await s.pilot.press("down", "enter")
        await s.until(lambda: f"{reason}: give a file" in " ".join(s.text.split()), "the reason, and what to do")
        told(tmp_path, "gone")
        await s.pilot.press("enter")
        await s.until(lambda: s.title == "The gone", "the story that is there again")
        await s.pilot.press("o")
        await s.until(lambda: "▸ The gone" in s.text and "failed" not in s.text, "no mark on it")


async def test_the_reason_is_seen_beside_a_long_path_on_a_small_screen(stories: Stories, tmp_path: Path) -> None:
    gone = tmp_path / "a folder of books" / "one-that-was-put-much-deeper-than-others" / "gone.pdf"
    with closing(stories.shelf()) as shelf:
        shelf.add([unopened(str(gone))])
        shelf.fail(identity(str(gone)), f"{gone} cannot be read (Permission denied)")
    async with shown(stories, size=(40, 10)) as s:
        reason = "read (Permission denied) · Enter tries again"
        await s.until(lambda: reason in " ".join(s.text.split()), "the reason")


@pytest.mark.parametrize("first", ["crow", "noise"])
async def test_stories_that_are_added_while_another_is_opened_wait_their_turn(tmp_path: Path, first: str) -> None:
    told(tmp_path, "fox", "owl", "crow")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)))
    with closing(SlowFiles(Settings(engine="pyttsx3", silent=True))) as stories:
        async with shown(stories, tmp_path / "fox.txt") as s:
            stories.let.clear()
            await s.pilot.press("o")
            await s.until(lambda: "▸ The fox" in s.text, "the library")
            for name in (first, "owl"):
                await s.pilot.press("ctrl+o")
                await s.until(lambda: "Add a story" in s.text, "the dialog")
                s.app.screen.query_one(Input).value = str(tmp_path / f"{name}.txt")
                await s.pilot.press("enter")
                await s.until(lambda: "Add a story" not in s.text, "the library again")
            await s.until(lambda: "owl.txt is next" in s.text, "what waits")
            stories.let.set()
            await s.until(lambda: "The owl" in s.text, "the second story")
            assert ("The crow" in s.text) == (first == "crow")
            assert first == "crow" or "noise.txt" in s.text


async def test_of_a_feed_some_stories_are_chosen_and_the_feed_is_followed(
    stories: Stories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def feed(*names: str) -> str:
        items = [{"id": name, "title": name, "content_text": f"All about {name}. " * 9} for name in names]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Weather", "items": items})

    (tmp_path / "f").write_text(feed("Fog", "Ice", "Rain"))
    told(tmp_path, "fox")
    async with shown(stories, tmp_path / "fox.txt") as s:
        await s.pilot.press("o")
        await s.until(lambda: "▸ The fox" in s.text, "the library")
        await s.pilot.press("ctrl+o", "f", "enter")
        await s.until(lambda: "[x] Fog" in s.text and "[ ] Ice" in s.text, "the entries, the newest chosen")
        _typed(s, "down", "down", "space")
        await s.until(lambda: "[x] Rain" in s.text, "another choice")
        await s.pilot.press("f")
        await s.until(lambda: "1. Rain" in s.text and "2. Fog" in s.text, "both, the older one first")
        assert "Added to the queue: 2 stories. Following Weather: ^F looks for new stories" in s.text
        with closing(stories.shelf()) as shelf:
            assert [feed.title for feed in shelf.feeds()] == ["Weather"]
            assert following.due(shelf, 1e-9) and not following.due(shelf, 1)
        (tmp_path / "f").write_text(feed("Hail", "Fog", "Ice", "Rain"))
        await s.pilot.press("ctrl+f")
        await s.until(lambda: "New in the queue: Weather 1" in s.text and "3. Hail" in s.text, "the new one")
        (tmp_path / "f").unlink()
        await s.pilot.press("ctrl+f")
        await s.until(lambda: "Nothing new · Weather: there is no file" in s.text, "what is wrong")
