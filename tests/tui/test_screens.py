"""What every screen looks like: each at four sizes, and in both themes, with all colours and with 16.

After a wanted change: pytest tests/tui --snapshot-update, and look at them.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import constants
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from player import kept_values
from player.errors import EngineError, Unsaid
from player.library import Addition, Library, Remembered
from player.library.notes import Note, Notes
from player.library.shelf import Shelf
from player.playback.player import Player
from player.settings import Settings
from player.speech import speeds
from player.speech.engine import Voice
from player.stories import Stories
from player.story.model import Block, BlockKind, Section, Span, Story
from player.tui.app import ListenApp
from player.tui.choosing import Chooser
from player.tui.library.adding import AddScreen
from player.tui.screens.entries import EntriesScreen
from player.tui.screens.failing import FailingScreen
from player.tui.screens.quit import QuitScreen
from player.tui.screens.unsaid import UnsaidScreen
from tests.story.reading import load
from tests.tui.shown_things import FEED, HTML, VOICES
from tests.tui.stage import STORY, Listened, open_player, seek, text_of, until

Compare = Callable[..., bool]

_SIZES = ((60, 16), (80, 24), (120, 40), (240, 70))
_LOOKS = ("dark", "light", "dark16", "light16")


class _Listened(Listened):
    """With a few voices, whatever is installed."""

    def voices(self) -> tuple[Voice, ...]:
        return VOICES

    def preview(self, voice: str, text: str, entry: object = None, language: str = "") -> Player:
        return self.aside(text)


@pytest.fixture(params=_SIZES, ids="{0[0]}x{0[1]}".format)
def compare(request: pytest.FixtureRequest, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Compare an app's screen at a size, in a look: over all screens each size has each look several times."""
    size = _SIZES.index(request.param)
    look = _LOOKS[(size + sum(map(ord, request.function.__name__))) % len(_LOOKS)]
    if look.endswith("16"):
        monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")

    def compared(app: App[None], arrange: Callable[[Pilot[None]], Awaitable[object]]) -> bool:
        monkeypatch.chdir("/")  # the same everywhere

        async def before(pilot: Pilot[None]) -> None:
            await arrange(pilot)
            app.clear_notifications()
            await pilot.pause()

        app.theme = look.removesuffix("16")
        app.animation_level = "none"
        return snap_compare(app, terminal_size=request.param, run_before=before)

    return compared


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was said for an earlier picture is not said again."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def player(cache: Path) -> Iterator[Player]:
    """A paused player of a story with chapters."""
    with closing(open_player(cache, replace(STORY, sections=(Section(2, "What she carried"),)))) as player:
        yield player


def _looks(
    compare: Compare,
    player: Player,
    *keys: str,
    shows: str = "",
    over: Screen[Any] | None = None,
    resume: Remembered | None = None,
) -> bool:
    """Compare the player after some keys, or with a screen over it, once it shows a text."""

    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.transcript.spoken is not None and app.transcript.size.height, "the story")
        await seek(pilot, player, *((7, "winter") if resume else (1, "windows along")))
        await pilot.press(*keys)
        if over is not None:
            await app.push_screen(over)
        await until(pilot, lambda: shows in text_of(pilot), f"the screen with {shows!r}")

    app = ListenApp(_Listened(player, resume=resume), theme="dark")
    return compare(app, arrange)


def test_the_player(compare: Compare, player: Player) -> None:
    assert _looks(compare, player)


def test_a_terminal_without_colours(compare: Compare, player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert _looks(compare, player, "slash", *"the w", shows="2 of 2")


def test_a_story_that_goes_on(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, resume=Remembered(7, 20))


def test_scrolled_away(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "pagedown", "pagedown")


def test_only_the_paragraph(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, *"wwww")


def test_one_word_in_large_letters(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, *"wwwww", shows="one word")


def test_help(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "question_mark")


def test_export(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "e", shows=".mp3")


def test_pronunciation(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "l", shows="Written")


def test_chapters(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "c", shows="Beginning")


def test_sleep_timer(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "z", "2", "5", shows="Enter: 25")


def test_settings(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "s", shows="at once")


def test_a_wrong_setting(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "s", "down", "5", shows="must be within")


def test_voices(compare: Compare, player: Player) -> None:
    # How fast this machine is must not show, nor whether anything had to be said for this test.
    kept_values.add(speeds._file(), {"hibari:heart": 61.2, VOICES[2].id: 8.3, "pyttsx3:en-us": 412.0})
    assert _looks(compare, player, "v", shows="heart")


def test_finding(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "slash", *"the w", shows="2 of 2")


def test_going_to(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, "colon", *"9:99:99", "enter", shows="lasts")


def test_quitting_during_an_export(compare: Compare, player: Player) -> None:
    path = Path("/home/ann/Music/Stories of the sea/The Harbour at Night, read by the keeper of the lamp room.mp3")
    assert _looks(compare, player, over=QuitScreen(path), shows="background")


def test_what_cannot_be_said(compare: Compare, player: Player) -> None:
    message = "2 of 9 sentences cannot be said by en-us, the first being “夜の港 is what visitors wrote in the book”"
    over = UnsaidScreen(Unsaid(message, "--voice pyttsx3:cmn reads Chinese"), "The Harbour at Night.mp3")
    assert _looks(compare, player, over=over, shows="no export")


def test_a_voice_that_fails(compare: Compare, player: Player) -> None:
    failure = EngineError("the voice en_GB-northern_english_male-medium said nothing at all, three times in a row")
    assert _looks(compare, player, over=FailingScreen(failure), shows="Go on")


def test_entries_of_a_feed(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, over=EntriesScreen(FEED), shows="follow")


def test_adding(compare: Compare, player: Player) -> None:
    assert _looks(compare, player, over=AddScreen("/nowhere/the-lamp-room.html"), shows="Add a story")


def test_notes(compare: Compare, player: Player, tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library")) as library:
        for block, comment in ((1, ""), (4, "Which one?")):
            text = STORY.blocks[block].text
            Notes(library).put(STORY, Note(block, Span(0, text.find(".") + 1), text, 0.0, comment=comment))

    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.transcript.spoken is not None and len(app.notes) == 2, "the notes")
        await seek(pilot, player, 1, "windows along")
        await pilot.press("B")
        await until(pilot, lambda: "Which one?" in text_of(pilot), "the list")

    app = ListenApp(_Listened(player, library=tmp_path / "library"), theme="dark")
    assert compare(app, arrange)


def test_the_end(compare: Compare, cache: Path) -> None:
    player = open_player(cache, pace=50.0)

    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: app.transcript.spoken is not None and app.transcript.size.height, "the story")
        player.navigation.start_at(7, STORY.blocks[7].text.index("kettle"))
        await pilot.press("space")
        await until(pilot, lambda: "The end." in text_of(pilot), "the end")

    app = ListenApp(_Listened(player), theme="dark")
    with closing(player):
        assert compare(app, arrange)


def _article(folder: Path) -> Story:
    (folder / "a.html").write_text(HTML)
    return replace(load(str(folder / "a.html")), source="test")


def test_all_kinds_of_blocks(compare: Compare, cache: Path, tmp_path: Path) -> None:
    with closing(open_player(cache, _article(tmp_path))) as player:

        async def arrange(pilot: Pilot[None]) -> None:
            await until(pilot, lambda: app.transcript.spoken is not None and app.transcript.size.height, "the story")
            await seek(pilot, player, 1, "weighed")

        app = ListenApp(_Listened(player), theme="dark")
        assert compare(app, arrange)


def test_a_footnote(compare: Compare, cache: Path, tmp_path: Path) -> None:
    with closing(open_player(cache, _article(tmp_path))) as player:

        async def arrange(pilot: Pilot[None]) -> None:
            await until(pilot, lambda: app.transcript.spoken is not None and app.transcript.size.height, "the story")
            await seek(pilot, player, 1, "weighed")
            await pilot.press("i")
            await until(pilot, lambda: "say it again" in text_of(pilot), "the note")

        app = ListenApp(_Listened(player), theme="dark")
        assert compare(app, arrange)


@pytest.fixture
def stories() -> Iterator[Stories]:
    with closing(Stories(Settings(engine="pyttsx3", silent=True))) as stories:
        yield stories


def test_welcome(compare: Compare, stories: Stories) -> None:
    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Welcome." in text_of(pilot) and "The Keeper" in text_of(pilot), "the welcome")

    assert compare(ListenApp(None, theme="dark", stories=stories), arrange)


def test_library(compare: Compare, stories: Stories) -> None:
    day, now = 86_400, time.time()
    with closing(Library(stories.settings.library)) as library:
        for n, (title, source, voice, days) in enumerate((
            ("The Harbour at Night", "/home/ann/stories/harbour.epub", "hibari:heart", 0),
            ("Why the lens of the northern light turns, and what it weighs", "https://l.example/1", "hibari:emma", 3),
            ("夜の港 in paint and in words", "/home/ann/港.txt", "piper:en_GB-northern_english_male-medium", 1),
            ("Oil", "https://lamps.example/3", "pyttsx3:en-us", 5),
        )):  # fmt: skip
            blocks = tuple(Block(BlockKind.PARAGRAPH, f"{title} {m}. " * 40) for m in range(20))
            story = Story(title, blocks, source=source, identity=f"{n}", language="en")
            library.remember(story, 4 * n + 1, 0, heard=now - days * day)
            library.describe(story, voice, 3000.0 * (n + 1), finished=n == 3)
    with closing(Shelf(stories.settings.library)) as shelf:
        shelf.add([Addition("q1", "The last keeper goes ashore", "https://lamps.example/0", 9000)])
        shelf.add([Addition("q2", "gone.html", "/home/ann/gone.html")])
        shelf.fail("q2", "there is no file /home/ann/gone.html")

    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Oil" in text_of(pilot), "the stories")

    assert compare(ListenApp(None, theme="dark", stories=stories), arrange)


def test_choosing_from_a_feed(compare: Compare) -> None:
    async def arrange(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Oil" in text_of(pilot) or pilot.app.size.height < 20, "the entries")

    assert compare(Chooser(FEED, lambda entry: STORY, lambda: None, "dark"), arrange)
