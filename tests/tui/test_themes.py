"""Colours: readable in our themes, complete in Textual's, and not needed where a terminal has few."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual import constants
from textual.color import Color
from textual.theme import Theme
from textual.widgets import OptionList

from player.library.habits import THEMES
from player.settings import Settings
from player.tui.colours.contrast import ratio
from player.tui.colours.derived import derived
from player.tui.colours.sixteen import DARK as SIXTEEN_DARK
from player.tui.colours.sixteen import LIGHT as SIXTEEN_LIGHT
from player.tui.colours.themes import DARK, OURS
from tests.support.waiting import wait_until
from tests.tui.stage import Stage, seek, stage, text_of

OF_SIXTEEN = (SIXTEEN_DARK, SIXTEEN_LIGHT)
_TEXT = {
    "said": ("background", "surface", "panel", "noted-background", "sentence-background"),
    "foreground": ("background", "surface", "panel", "noted-background", "selected-background"),
    "primary": ("background", "surface", "panel"),
    "error": ("background", "surface", "panel"),
    "heading": ("background",),
    "quotation": ("background", "surface", "panel"),
    "sentence": ("sentence-background",),
    "word": ("word-background",),
    "found": ("found-background",),
    "hit": ("hit-background",),
}
_SIGNS = {"tick": ("track", "rendered"), "primary": ("track", "rendered"), "surface": ("primary",)}


def _contrasts(theme: Theme, pairs: dict[str, tuple[str, ...]]) -> dict[tuple[str, str], float]:
    colours = theme.to_color_system().generate() | theme.variables
    return {
        (front, back): ratio(Color.parse(colours[front]), Color.parse(colours[back]))
        for front, backs in pairs.items()
        for back in backs
    }


@pytest.mark.parametrize("theme", [*OURS, *OF_SIXTEEN], ids=lambda theme: theme.name)
def test_text_and_ticks_can_be_told_from_what_is_behind_them(theme: Theme) -> None:
    assert {pair: found for pair, found in _contrasts(theme, _TEXT).items() if found < 4.5} == {}
    assert {pair: found for pair, found in _contrasts(theme, _SIGNS).items() if found < 3} == {}


@pytest.mark.parametrize("theme", OF_SIXTEEN, ids=lambda theme: theme.name)
def test_a_terminal_with_16_colours_has_each_of_them(theme: Theme) -> None:
    named = (theme.primary, theme.foreground, theme.background, theme.error, *theme.variables.values())
    for colour in map(RichColor.parse, filter(None, named)):
        number = colour.downgrade(ColorSystem.STANDARD).number
        assert number is not None and colour.triplet == STANDARD_PALETTE[number]
    assert theme.variables.keys() == DARK.variables.keys()


def test_contrast_is_that_of_the_guidelines() -> None:
    assert ratio(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert ratio(Color.parse("#777777"), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_every_colour_of_ours_is_derived_for_other_themes() -> None:
    assert all(derived(theme).keys() == theme.variables.keys() for theme in OURS)


async def test_every_theme_that_can_be_set_can_be_shown(tmp_path: Path) -> None:
    async with stage(tmp_path, theme="nord") as s:
        assert s.app.theme == "nord"
        assert set(THEMES) <= s.app.available_themes.keys()
        for name in ("dracula", "high-contrast", "solarized-light"):
            Settings(theme=name)
            s.app.theme = name
            await s.pilot.pause()
            looks = s.transcript._looks
            assert looks["sentence"].bgcolor != looks["text"].bgcolor, name
            assert looks["text noted"].color == looks["text"].color, "a background alone leaves the text as it is"
        await s.pilot.press("t")
        assert s.app.theme == "dark", "the last one is light"


async def test_a_theme_that_textual_no_longer_has_is_dark(tmp_path: Path) -> None:
    async with stage(tmp_path, theme="gone") as s:
        assert s.app.theme == DARK.name


def test_a_terminal_without_colours_is_sent_none_and_shows_the_word_in_reverse(tmp_path: Path) -> None:
    pty_terminal = pytest.importorskip("tests.support.pty_terminal", reason="needs a Unix terminal")
    story = tmp_path / "story.md"
    story.write_text("# A long heading at night\n\nAnd its text.\n")
    environment = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "NO_COLOR")}
    command = [sys.executable, "-m", "player", str(story), "--engine", "pyttsx3", "--speed", "0.5"]
    with pty_terminal.PtyTerminal(command, {**environment, "LISTEN_SILENT": "1"}, kind="vt220") as terminal:
        wait_until(lambda: re.search(rb"\x1b\[1;7mheading", terminal.output), "the word of a heading in reverse")
        terminal.type("q")
        assert terminal.wait() == 0
        sent = b";".join(re.findall(rb"\x1b\[([\d;]*)m", terminal.output)).split(b";")
        assert set(sent) <= set(b" 0 1 3 4 7".split(b" ")), "no colour"


def _attributes(style: Style) -> tuple[bool | None, ...]:
    return style.bold, style.underline, style.reverse, style.italic


_STATES = ("text", "text sentence", "text sentence word", "text found", "text hit")


@pytest.mark.parametrize("colours", ["standard", "NO_COLOR", "none"])
@pytest.mark.parametrize("theme", ["dark", "light", "nord"])
async def test_few_colours_leave_every_state_visible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str, colours: str
) -> None:
    if colours == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setattr(constants, "COLOR_SYSTEM", None if colours == "none" else colours)
    async with stage(tmp_path, theme=theme) as s:
        looks = s.transcript._looks
        for kind in ("text", "heading", "quotation", "text +bold", "text +italic", "text +underline"):
            states = [looks[state.replace("text", kind)] for state in _STATES[1:]]
            assert len(set(map(_attributes, states))) == len(states), kind
            assert kind == "text +underline" or _attributes(looks[kind]) not in map(_attributes, states)
        assert bool(looks["text sentence word"].reverse) == (colours == "none")
        await s.pilot.press("z")
        style = s.app.screen.query_one(OptionList).get_component_rich_style("option-list--option-highlighted")
        assert bool(style.reverse) == (colours != "standard")


@pytest.mark.parametrize("theme", ["dark", "light", "nord", "solarized-light"])
async def test_16_colours_tell_every_state_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")
    async with stage(tmp_path, theme=theme) as s:
        looks = s.transcript._looks
        backgrounds = [
            background.downgrade(ColorSystem.STANDARD) for background in map(_behind, map(looks.__getitem__, _STATES))
        ]
        assert len(set(backgrounds)) == len(_STATES)


def _behind(style: Style) -> RichColor:
    assert style.bgcolor is not None
    return style.bgcolor


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_in_16_colours_text_differs_from_its_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "standard")
    async with stage(tmp_path, theme=theme) as s:
        await seek(s.pilot, s.player, 5, "promise")
        assert _unreadable(s) == []


def _unreadable(s: Stage) -> list[str]:
    """The pieces of text on the screen that have the colour of their background, once there are 16 colours."""
    assert text_of(s.pilot)
    found = []
    for strip in s.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if text.strip(" ▏█▎▌") and style and style.color and style.bgcolor:
                colours = [colour.downgrade(ColorSystem.STANDARD) for colour in (style.color, style.bgcolor)]
                if colours[0] == colours[1]:
                    found.append(text)
    return found


@pytest.mark.parametrize("theme", ["nord", "high-contrast", "solarized-light"])
async def test_switching_twice_leads_back_to_the_theme_one_came_from(tmp_path: Path, theme: str) -> None:
    async with stage(tmp_path, theme=theme) as s:
        was_dark = s.app.current_theme.dark
        await s.pilot.press("t")
        assert s.app.current_theme.dark != was_dark
        await s.pilot.press("t")
        assert s.app.theme == theme
