"""What the main screens look like. After a wanted change: pytest tests/tui --snapshot-update, and look at them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import constants
from textual.pilot import Pilot

from player.library import Library, Remembered
from player.library.notes import Note, Notes
from player.playback.player import Player
from player.story.model import Section, Span
from tests.tui.stage import STORY, make_app, open_player, seek, text_of, until

Compare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    """A paused player; and a working directory whose name is the same everywhere."""
    monkeypatch.chdir("/")
    player = open_player(tmp_path)
    yield player
    player.close()


def _compare(
    snap_compare: Compare,
    player: Player,
    size: tuple[int, int],
    *keys: str,
    theme: str = "dark",
    shows: str = "",
    **changes: Any,
) -> bool:
    """Compare the screen after some keys, once it shows a text; without notices."""

    async def before(pilot: Pilot[None]) -> None:
        # A jump before the text is laid out is shown in the middle of the view, a later one where it is in sight.
        shown = app.transcript
        await until(pilot, lambda: shown.spoken is not None and shown.size.height, "the first look at the transport")
        if "resume" in changes:
            await seek(pilot, player, 7, "winter")
        else:
            await seek(pilot, player, 1, "windows along")
        await until(pilot, lambda: len(app.notes) == (2 if "library" in changes else 0), "the notes")
        await pilot.press(*keys)
        await until(pilot, lambda: pilot.app.is_mounted and shows in text_of(pilot), f"the screen with {shows!r}")
        pilot.app.clear_notifications()
        await pilot.pause()

    app = make_app(player, theme=theme, **changes)
    return snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(60, 16), (100, 30), (200, 60)], ids="{0[0]}x{0[1]}".format)
def test_player(snap_compare: Compare, player: Player, size: tuple[int, int]) -> None:
    assert _compare(snap_compare, player, size)


def test_light_theme(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), theme="light")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(60, 16), (120, 40)], ids="{0[0]}x{0[1]}".format)
def test_16_colours(
    snap_compare: Compare, player: Player, monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")
    assert _compare(snap_compare, player, size, "slash", *"the w", theme=theme, shows="2 of 2")


def test_no_color(snap_compare: Compare, player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert _compare(snap_compare, player, (80, 24), "slash", *"the w", shows="2 of 2")


def test_light_theme_on_a_large_terminal(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (240, 70), theme="light")


def test_one_word(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (120, 40), *"wwwww", shows="one word")


def test_pronunciation(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), "l", shows="Written")


def test_help(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), "question_mark")


def test_help_on_a_small_terminal(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), "question_mark")


def test_export_dialog(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), "e")


def test_goes_on(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), resume=Remembered(7, 20))


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_find(snap_compare: Compare, player: Player, theme: str) -> None:
    assert _compare(snap_compare, player, (80, 24), "slash", *"THE W", theme=theme, shows="2 of 2")


@pytest.mark.parametrize("size", [(60, 16), (80, 24)], ids="{0[0]}x{0[1]}".format)
def test_notes(snap_compare: Compare, player: Player, tmp_path: Path, size: tuple[int, int]) -> None:
    with closing(Library(tmp_path / "library")) as library:
        for block, comment in ((1, ""), (4, "Which one?")):
            text = STORY.blocks[block].text
            Notes(library).put(STORY, Note(block, Span(0, text.find(".") + 1), text, 0.0, comment=comment))
    assert _compare(snap_compare, player, size, "B", shows="Which one?", library=tmp_path / "library")


def test_chapters(snap_compare: Compare, tmp_path: Path) -> None:
    with closing(open_player(tmp_path, replace(STORY, sections=(Section(2, "What she carried"),)))) as player:
        assert _compare(snap_compare, player, (80, 24), "c", shows="Beginning")


def test_what_cannot_be_gone_to(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (80, 24), "colon", *"9:99:99", "enter", shows="lasts")


def test_sleep_timer(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (80, 24), "z", "2", "5", shows="Enter: 25")


def test_settings_on_a_small_terminal(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), "s", shows="at once")


def test_settings(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (80, 24), "s", "down", "5", shows="must be within")
