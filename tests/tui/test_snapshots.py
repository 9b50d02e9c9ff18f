"""What the main screens look like. After a wanted change: pytest tests/tui --snapshot-update, and look at them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from player.library import Remembered
from player.playback.player import Player
from tests.tui.stage import make_app, open_player, seek, until

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
    snap_compare: Compare, player: Player, size: tuple[int, int], *keys: str, theme: str = "dark", **changes: Any
) -> bool:
    async def before(pilot: Pilot[None]) -> None:
        # A jump before the text is laid out is shown in the middle of the view, a later one where it is in sight.
        shown = app.transcript
        await until(pilot, lambda: shown.spoken is not None and shown.size.height, "the first look at the transport")
        if "resume" in changes:
            await seek(pilot, player, 7, "winter")
        else:
            await seek(pilot, player, 1, "windows along")
        await pilot.press(*keys)
        await until(pilot, lambda: pilot.app.is_mounted, "the screen")

    app = make_app(player, theme=theme, **changes)
    return snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(60, 16), (100, 30), (200, 60)], ids="{0[0]}x{0[1]}".format)
def test_player(snap_compare: Compare, player: Player, size: tuple[int, int]) -> None:
    assert _compare(snap_compare, player, size)


def test_light_theme(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), theme="light")


def test_help(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), "question_mark")


def test_help_on_a_small_terminal(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), "question_mark")


def test_export_dialog(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (100, 30), "e")


def test_goes_on(snap_compare: Compare, player: Player) -> None:
    assert _compare(snap_compare, player, (60, 16), resume=Remembered(7, 20))
