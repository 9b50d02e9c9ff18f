"""What was changed while listening counts the next time; what is set wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.cli.app import app
from player.library import habits
from player.library.habits import Habits
from player.settings import Settings
from tests.tui.stage import Listened, stage


def _settings(*arguments: str) -> Settings:
    _, bound, _ = app.parse_args(["story.txt", *arguments])
    settings = bound.arguments.get("settings", Settings())
    assert isinstance(settings, Settings)
    return settings


async def test_what_was_changed_is_kept_and_nothing_else(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("right_square_bracket", "minus", "t")
        listening = s.app.listening
    assert isinstance(listening, Listened)
    assert listening.kept == [Habits(speed=1.1, volume=95, theme="light", other_theme="dark")]


async def test_a_switch_of_themes_leads_back_also_after_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path, theme="nord") as s:
        await s.pilot.press("t")
        listening = s.app.listening
    assert isinstance(listening, Listened)
    (kept,) = listening.kept
    habits.keep(Settings().habits, kept)
    again = habits.read(Settings().habits)
    assert again.theme
    async with stage(tmp_path, theme=again.theme, other_theme=again.other_theme) as s:
        assert s.app.theme == "light"
        await s.pilot.press("t")
        assert s.app.theme == "nord"
        await s.pilot.press("t")
        assert s.app.theme == "light"


async def test_scrolled_away_it_stays_so(tmp_path: Path) -> None:
    async with stage(tmp_path, following=False) as s:
        await s.until(lambda: not s.app.transcript.following, "the text to stand still")
        listening = s.app.listening
        await s.pilot.press("f")
    assert isinstance(listening, Listened)
    assert listening.kept == [Habits(following=True)]


def test_kept_habits_count_where_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    habits.keep(Settings().habits, Habits(speed=3.5, volume=60))
    habits.keep(Settings().habits, Habits(theme="light"))
    found = _settings()
    assert (found.speed, found.volume, found.theme) == (3.5, 60, "light")
    monkeypatch.setenv("LISTEN_VOLUME", "80")
    found = _settings("--speed", "2")
    assert (found.speed, found.volume, found.theme) == (2.0, 80, "light")


def test_exports_do_not_take_them() -> None:
    habits.keep(Settings().habits, Habits(speed=1.4))
    _, bound, _ = app.parse_args(["export", "story.txt", "-o", "story.mp3"])
    assert bound.arguments.get("settings", Settings()).speed == 1.0


@pytest.mark.parametrize("text", ["", "[1]", "null", '{"speed": 99, "volume": true, "theme": 3}', "\\x00"])
def test_a_damaged_file_is_as_none(text: str) -> None:
    file = Settings().habits
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert habits.read(file) == Habits()
    assert _settings().speed == 1.0


def test_the_settings_file_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.settings_file.SETTINGS_FILE", tmp_path / "settings.toml")
    (tmp_path / "settings.toml").write_text("speed = 1.7\n")
    habits.keep(Settings().habits, Habits(speed=1.4, theme="light"))
    assert (_settings().speed, _settings().theme) == (1.7, "light")
