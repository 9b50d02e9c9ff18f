"""Choosing a voice while listening: heard first, then spoken in from the current word, and kept for the language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import NoReturn

import psutil
import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from player.playback.position import State
from player.session import Session
from player.settings import Settings
from player.speech.choosing.chosen import chosen_voice, keep_voice
from player.speech.engine import Voice
from player.story.model import Story
from player.story.searching import Searchable
from player.tui.app import ListenApp
from player.tui.screens.voices import VoicesScreen, _cells, _line
from player.tui.voice_preview import VoicePreview
from tests.tui.stage import STORY, seek, until


@asynccontextmanager
async def opened(
    settings: Settings, size: tuple[int, int] = (100, 30), story: Story = STORY
) -> AsyncIterator[tuple[ListenApp, Pilot[None]]]:
    """A real session on the screen, playing."""
    session = Session.open(story, settings)
    try:
        with session.listen(from_start=True) as listening:
            app = ListenApp(listening, theme="dark")
            async with app.run_test(size=size, notifications=True) as pilot:
                yield app, pilot
    finally:
        session.close()


def listed(app: ListenApp) -> list[str]:
    options = app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


def workers() -> set[psutil.Process]:
    """The processes that speak, or load a voice; not those that they fork for a sentence."""
    found = set()
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if any("player.speech.process.worker" in word for word in process.cmdline()):
                found.add(process)
    return found


def test_regions_genders_and_descriptions_stand_in_columns() -> None:
    voices = [
        Voice("hibari", "heart", "en-US", 24_000, gender="female", description="neural"),
        Voice("kokoro", "am_puck", "en", 24_000, gender="male", description="neural"),
        Voice("command", "a", "en-GB-scotland", 24_000, description="neural"),
    ]
    cells = [_cells(voice, speed) for voice, speed in zip(voices, (1.26, 120.0, None), strict=True)]
    columns = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(voice, each, columns, 60, False).plain for voice, each in zip(voices, cells, strict=True)]
    assert {line.index("neural") for line in lines} == {
        2 + len("kokoro:am_puck") + 2 + len("en-GB…") + 2 + len("female") + 2 + len(" 1.3×") + 2
    }
    assert [" 1.3×  " in lines[0], " 120×  " in lines[1], "×" in lines[2]] == [True, True, False]
    narrow = (_line(voice, each, columns, 30, True).plain for voice, each in zip(voices, cells, strict=True))
    assert all(len(line) <= 30 for line in narrow)


async def test_a_voice_is_heard_and_chosen_at_the_current_word_and_comes_back_next_time(tmp_path: Path) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path), voice="pyttsx3:en-gb")
    others = workers()
    async with opened(settings) as (app, pilot):
        player = app.player
        await seek(pilot, player, 1, "keeper")
        player.transport.play()
        await until(pilot, lambda: player.transport.position().state is State.PLAYING, "playing")
        await pilot.press("v")
        await until(pilot, lambda: app.screen.query(OptionList) and listed(app), "the voices")
        assert player.transport.position().state is State.PAUSED, "voices are heard in silence"
        lines = listed(app)
        assert all(" en" in line for line in lines), "only voices for the story's language"
        assert next(line for line in lines if line.startswith("▸ ")).split()[1] == "pyttsx3:en-gb"
        marked = app.screen.query_one(OptionList)
        other = next(n for n, line in enumerate(lines) if "pyttsx3:en-us " in line)
        before = player._store.usage().entries
        marked.highlighted = other
        await until(pilot, lambda: player._store.usage().entries > before, "the sentence in that voice")
        assert player.voice.id == "pyttsx3:en-gb", "hearing a voice chooses none"
        await until(pilot, lambda: len(workers() - others) == 3, "it to be loaded while it is heard")
        await pilot.press("enter")
        await until(pilot, lambda: player.voice.id == "pyttsx3:en-us", "the other voice")
        position = player.transport.position()
        assert player.sentence_text(position).startswith("The keeper climbed"), "it goes on where it was"
        await until(
            pilot,
            lambda: len(workers() - others) == 1,
            "the processes of the preview and of the voice before to be gone",
        )
        file = settings.chosen_voices
        await until(pilot, lambda: chosen_voice(file, "en") == "pyttsx3:en-us", "the voice to be kept")
    again = Session.open(STORY, Settings(silent=True, cache_dir=str(tmp_path)))
    try:
        assert again.narrator.voicing().hello.voice.id == "pyttsx3:en-us"
    finally:
        again.close()


async def test_a_chosen_voice_that_cannot_speak_is_not_kept(tmp_path: Path) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path), voice="pyttsx3:en-gb")
    async with opened(settings) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, VoicesScreen), "the voices")
        app.screen.dismiss("pyttsx3:nobody")
        told = app.player.notices
        await until(pilot, lambda: told or app._notifications or app._last_notice, "the reason")
        await until(pilot, lambda: app.player.wanted_voice is None, "the end of it")
        assert app.player.voice.id == "pyttsx3:en-gb"
        assert chosen_voice(settings.chosen_voices, "en") == ""


async def test_escape_leaves_the_voice_and_goes_on(tmp_path: Path) -> None:
    others = workers()
    async with opened(Settings(silent=True, cache_dir=str(tmp_path), voice="pyttsx3:en-gb")) as (app, pilot):
        app.player.transport.play()
        await pilot.press("v")
        await until(pilot, lambda: app.screen.query(OptionList) and listed(app), "the voices")
        other = next(n for n, line in enumerate(listed(app)) if "pyttsx3:en-us " in line)
        app.screen.query_one(OptionList).highlighted = other
        await until(pilot, lambda: len(workers() - others) == 3, "it to be loaded while it is heard")
        await pilot.press("escape")
        await until(pilot, lambda: app.player.transport.position().state is not State.PAUSED, "playing")
        assert app.player.voice.id == "pyttsx3:en-gb"
        await until(pilot, lambda: len(workers() - others) == 1, "no process of the voice that was heard")


def test_a_voice_is_chosen_for_a_language_in_every_country_until_another_is_there(tmp_path: Path) -> None:
    file = tmp_path / "voices.json"
    keep_voice(file, "en-US", "a")
    assert [chosen_voice(file, tag) for tag in ("en-US", "en", "en-AU", "", "de")] == ["a", "a", "a", "a", ""]
    keep_voice(file, "en-GB", "b")
    assert [chosen_voice(file, tag) for tag in ("en-US", "en-GB", "en-gb-x-rp")] == ["a", "b", "b"]


def test_a_chosen_voice_speaks_stories_that_name_its_language_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "voices.json"
    for kept, others in (("zh", ("cmn", "zh-TW", "zho")), ("nb", ("no", "no-NO")), ("iw", ("he",)), ("tl", ("fil",))):
        keep_voice(file, kept, f"a:{kept}")
        assert {chosen_voice(file, tag) for tag in (kept, *others)} == {f"a:{kept}"}
        for tag in others:
            keep_voice(file, tag, f"b:{tag}")
            assert chosen_voice(file, kept) == f"b:{tag}"


def test_settings_win_over_a_chosen_voice_and_one_that_is_gone_is_left_out(tmp_path: Path) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path))
    keep_voice(settings.chosen_voices, "en", "pyttsx3:en-gb")
    keep_voice(settings.chosen_voices, "de", "gone:anna")
    for given, expected in (
        (settings, "en-gb"),
        (Settings(silent=True, cache_dir=str(tmp_path), voice="pyttsx3:en-us"), "en-us"),
    ):
        session = Session.open(STORY, given)
        assert session.narrator.voice == expected
        session.close()
    session = Session.open(STORY, Settings(silent=True, cache_dir=str(tmp_path), language="de"))
    assert session.narrator.engine != "gone"
    session.close()
    keep_voice(settings.chosen_voices, "en", "pyttsx3:nobody")
    session = Session.open(STORY, settings)
    try:
        session.voicings()
        assert any("pyttsx3:nobody" in notice for notice in session.notices)
    finally:
        session.close()
    settings.chosen_voices.write_text("[]")
    assert chosen_voice(settings.chosen_voices, "en") == ""


async def test_why_a_voice_cannot_be_heard_is_told_until_another_is_marked(tmp_path: Path, tone_engine: str) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path), voice="pyttsx3:en-gb")
    async with opened(settings) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: app.screen.query(OptionList) and listed(app), "the voices")
        (tmp_path / "tone-state" / "broken").touch()
        marked, state = app.screen.query_one(OptionList), app.screen.query_one("#state", Static)
        marked.highlighted = next(n for n, line in enumerate(listed(app)) if "tone:sine " in line)
        await until(pilot, lambda: "tone:sine does not work" in str(state.content), "the reason")
        assert state.display
        marked.highlighted = next(n for n, line in enumerate(listed(app)) if "pyttsx3:en-gb " in line)
        await until(pilot, lambda: not state.display, "it to go")


async def test_a_second_enter_on_its_way_closes_nothing_else(tmp_path: Path) -> None:
    async with opened(Settings(silent=True, cache_dir=str(tmp_path))) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: app.screen.query(OptionList) and listed(app), "the voices")
        marked = app.screen.query_one(OptionList)
        marked.action_select()
        marked.action_select()
        await until(pilot, lambda: len(app.screen_stack) == 1, "the story")
        await pilot.pause()
        assert app.is_running and not app.failure


async def test_an_unexpected_error_is_told_where_it_is_waited_for_and_logged_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_: object) -> NoReturn:
        raise RuntimeError("nobody expects this")

    async with opened(Settings(silent=True, cache_dir=str(tmp_path))) as (app, pilot):
        await until(pilot, lambda: app._follows, "the story")
        monkeypatch.setattr(Session, "voices", failing)
        await pilot.press("v")
        await until(pilot, lambda: "nobody expects" in str(app.screen.query_one("#state", Static).content), "it")
        await pilot.press("escape")
        monkeypatch.setattr(Searchable, "find", failing)
        await pilot.press("slash", "a")
        await until(pilot, lambda: "a thread beside the screen failed" in caplog.text, "the log")
        assert app.is_running and not app.failure


async def test_a_voice_that_is_gone_by_then_is_told_and_no_other_is_heard_in_its_place(tmp_path: Path) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path))
    async with opened(settings) as (app, pilot):
        told: list[str] = []
        heard: list[str] = []
        preview = VoicePreview(app.listening, "It rained.", on_sound=heard.append, on_failure=told.append)
        preview.say("pyttsx3:nobody")
        await until(pilot, lambda: told, "the reason")
        assert told[0].startswith("no voice 'nobody' in pyttsx3") and not heard


def test_a_text_between_stories_is_said_by_the_usual_voice_if_the_chosen_one_is_gone(tmp_path: Path) -> None:
    settings = Settings(silent=True, cache_dir=str(tmp_path))
    keep_voice(settings.chosen_voices, "de", "pyttsx3:nobody")
    session = Session.open(STORY, settings)
    try:
        with session.listen() as listening, closing(listening.aside("Als Nächstes kommt die Lampe am Turm.")) as player:
            assert player.voice.language == "de"
    finally:
        session.close()
