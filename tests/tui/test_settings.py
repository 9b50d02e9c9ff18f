"""The settings screen: what it shows, tries, refuses and keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from player import settings_file
from player.errors import UsageError
from player.settings import Settings
from player.tui.screens.setting_fields import TYPED_OR_CHOSEN, VOICE, explained, shown, value_of, variables
from tests.tui.stage import Stage, stage

_FILE = """\
# how I listen
speed = 1.5   # on weekdays

[pauses]
list-item = 0.5  # short
paragraph = 1.0

[engines.pyttsx3]
rate = 160
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file, for this test alone."""
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setattr(settings_file, "SETTINGS_FILE", path)
    return path


def _typed(s: Stage, name: str, text: str) -> None:
    s.app.screen.query_one(f"#{name}", Input).value = text


async def test_a_value_is_refused_with_a_reason_or_tried_and_kept(tmp_path: Path, file: Path) -> None:
    file.parent.mkdir()
    file.write_text(_FILE)
    async with stage(tmp_path / "cache", size=(100, 34)) as s:
        await s.pilot.press("s")
        await s.pilot.press("down")
        _typed(s, "speed", "9")
        await s.until(lambda: "the speed must be within 0.5 and 4" in s.text, "the reason")
        await s.pilot.press("enter")
        assert len(s.app.screen_stack) == 2 and file.read_text() == _FILE, "nothing is kept"
        _typed(s, "speed", "1.3")
        _typed(s, "pauses", "paragraph=2")
        await s.until(lambda: s.player.transport.speed == 1.3, "the speed to be heard")
        s.app.screen.query_one("#code").focus()
        await s.pilot.press("right", "enter")
        await s.until(lambda: "At the next start: pauses, code" in s.text.replace("\n", " "), "the notice")
    kept = _FILE.replace("1.5", "1.3").replace("paragraph = 1.0", "paragraph = 2.0")
    assert file.read_text() == kept.replace("weekdays\n", 'weekdays\ncode = "skip"\n')


async def test_a_theme_is_shown_while_it_is_looked_at(tmp_path: Path, file: Path) -> None:
    async with stage(tmp_path / "cache") as s:
        await s.pilot.press("s", "down", "down", "down", "right", "right")
        assert s.app.theme == "high-contrast"
        assert "Colours of the player" in s.text
        await s.pilot.press("escape")
        assert s.app.theme == "dark"
        await s.pilot.press("s", "down", "down", "down", "right", "enter")
        await s.until(file.exists, "the file")
        assert (s.app.theme, file.read_text()) == ("light", 'theme = "light"\n')


@pytest.mark.parametrize(
    ("downs", "typed", "reason"),
    [(1, "9", "the speed must be within 0.5 and 4"), (2, "paragraph=long", "as in paragraph=1.2")],
)
async def test_what_is_wrong_is_told_in_full_on_a_small_terminal(
    tmp_path: Path, file: Path, downs: int, typed: str, reason: str
) -> None:
    async with stage(tmp_path / "cache", (60, 16)) as s:
        await s.pilot.press("s", *["down"] * downs, "ctrl+u", *typed)
        await s.until(lambda: reason in " ".join(s.text.replace("│", " ").split()), "the reason")
        await s.pilot.press("down")
        assert reason not in s.text and "✗" in s.text
        await s.pilot.press("enter")
        await s.until(lambda: reason in " ".join(s.text.replace("│", " ").split()), "the reason again")
    assert not file.exists()


async def test_a_preset_of_keys_is_chosen_unless_it_takes_a_key_twice(tmp_path: Path, file: Path) -> None:
    async with stage(tmp_path / "cache") as s:
        s.app.settings = Settings(keys={"note": "h"})
        await s.pilot.press("s")
        s.app.screen.query_one("#keys").focus()
        await s.pilot.press("right")
        await s.until(lambda: "[keys] gives 'h' to sentence.back and to note" in s.text, "the reason")
        await s.pilot.press("enter", "escape")
        assert not file.exists()
        s.app.settings = Settings(keys={"note": "ctrl+n"})
        await s.pilot.press("s")
        s.app.screen.query_one("#keys").focus()
        await s.pilot.press("right", "enter")
        await s.until(lambda: "Kept. At the next start: keys" in s.text, "the notice")
    assert file.read_text() == '[keys]\npreset = "vim"\n'


def test_a_value_without_an_entry_stands_before_the_tables(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[voices]\nde = 'pyttsx3:de'\n")
    settings_file.change({("when-sound-is-lost",): "pause", ("pauses", "clause"): 0.1})
    assert settings_file.pauses().clause == 0.1
    assert settings_file.voices() == {"de": "pyttsx3:de"}
    assert file.read_text().startswith('when-sound-is-lost = "pause"\n')


def test_a_file_that_is_no_toml_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("speed 1")
    with pytest.raises(UsageError, match="cannot be read"):
        settings_file.change({("speed",): 2.0})
    assert file.read_text() == "speed 1"


def test_what_is_shown_is_what_can_be_typed() -> None:
    usual = Settings()
    for setting in TYPED_OR_CHOSEN:
        text = shown(setting, usual)
        assert shown(setting, Settings(**{setting.name: value_of(setting, text)})) == text  # type: ignore[arg-type]
        assert value_of(setting, "") == getattr(usual, setting.name)
    assert all(explained()[setting.name] for setting in (VOICE, *TYPED_OR_CHOSEN))


def test_what_is_no_value_is_refused() -> None:
    for name, text in (("speed", "fast"), ("loudness", "3"), ("pauses", "long=2"), ("pauses", "2")):
        setting = next(one for one in TYPED_OR_CHOSEN if one.name == name)
        with pytest.raises(UsageError):
            value_of(setting, text)


async def test_the_hint_names_the_variable_that_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN_PAUSE", "paragraph=2")
    async with stage(tmp_path) as s:
        await s.pilot.press("s")
        s.app.screen.query_one("#pauses").focus()
        await s.until(lambda: "LISTEN_PAUSE in the environment wins." in " ".join(s.text.split()), "the hint")
        s.app.screen.query_one("#speed").focus()
        await s.until(lambda: "LISTEN_" not in s.text, "no hint")


def test_each_setting_but_the_keys_has_a_variable() -> None:
    without = [setting.name for setting in (VOICE, *TYPED_OR_CHOSEN) if not variables(setting)]
    assert without == ["keys"]
