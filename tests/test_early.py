"""The voice that is started before the command line is read: taken by whom it suits, and never left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from player.cli import app
from player.early import early_process, early_survey, early_voice
from player.early.voice import EarlyVoice
from player.settings import Settings
from player.speech.choosing.registry import names, not_set_up
from player.speech.process.host import Worker
from player.stories import Stories
from tests.support.stories import story_of
from tests.support.waiting import wait_until


def test_it_is_handed_over_once_to_whom_it_suits(tone_engine: str) -> None:
    early = EarlyVoice(tone_engine, "", "en")
    worker = early.take(tone_engine, "", "en")
    assert worker is not None
    with worker:
        assert worker.hello().voice.id == "tone:sine"
        assert early.take(tone_engine, "", "en") is None


@pytest.mark.parametrize(
    ("wanted", "suits"),
    [
        (("pyttsx3", "", "en-US"), True),  # the same voice that "en" has
        (("pyttsx3", "", "en-GB"), False),
        (("pyttsx3", "", "de"), False),
        (("pyttsx3", "en-us", "en"), False),
        (("tone", "", "en"), False),
    ],
)
def test_it_is_ended_when_somebody_else_speaks(tone_engine: str, wanted: tuple[str, str, str], suits: bool) -> None:
    early = EarlyVoice("pyttsx3", "", "en")
    kept = early._worker
    assert isinstance(kept, Worker)
    try:
        assert (early.take(*wanted) is kept) == suits
        assert kept.alive == suits
    finally:
        kept.kill()


def test_engines_are_asked_for_their_voices_early_only_when_all_of_them_are() -> None:
    started = early_survey(["voices", "--json"])
    assert started is not None
    started.close()
    assert set(started.names) == set(names()) - not_set_up({}).keys()
    for arguments in (["voices", "--engine", "pyttsx3"], ["voices", "--help"], ["recent"], []):
        assert not early_survey(arguments)


def test_every_command_either_speaks_or_is_known_not_to() -> None:
    commands = {name for name in app if not name.startswith("-")}
    started = {name for name in commands if _starts([name])}
    assert started == {"export"}


@pytest.mark.usefixtures("tone_engine")
@pytest.mark.parametrize(
    ("file", "variable", "arguments", "voice"),
    [
        ('engine = "tone"', "", [], ""),  # the library opens
        ('engine = "tone"', "", ["story.txt"], "tone:sine"),
        ('engine = "tone"', "pyttsx3", ["story.txt"], "pyttsx3:en-us"),
        ('engine = "tone"', "pyttsx3", ["story.txt", "--engine=tone"], "tone:sine"),
        ('language = "de"', "pyttsx3", ["story.txt"], "pyttsx3:de"),
        ("", "", ["export", "story.txt", "-o", "x.mp3", "--voice", "tone:octave"], "tone:octave"),
        ("", "", ["--voice", "nobody:none"], ""),
        ("", "", ["story.txt", "--help"], ""),
        ('[voices]\nen = "tone:octave"', "", ["story.txt"], "tone:octave"),
        ("[engines.tone]", "tone", ["story.txt"], ""),
        ("[engines.command]", "tone", ["story.txt"], "tone:sine"),
        ("engines = 3", "tone", ["story.txt"], ""),
    ],
)
def test_the_guess_follows_flags_before_the_environment_before_the_settings(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, *, file: str, variable: str, arguments: list[str], voice: str
) -> None:
    settings = own_home / "xdg_config_home" / "listen-to-story" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(file)
    monkeypatch.setenv("LISTEN_ENGINE", variable)
    early = early_voice(arguments, early_process(arguments))
    assert (early is not None) == bool(voice)
    if early is not None:
        worker = early._worker
        assert worker is not None
        with worker:
            assert worker.hello().voice.id == voice


def test_the_library_has_a_voice_ready_for_the_story_that_is_chosen(tone_engine: str) -> None:
    others = _workers()
    with closing(Stories(Settings(engine=tone_engine, silent=True))) as stories:
        stories.prepare()
        stories.prepare()
        (prepared,) = _workers() - others
        stories.begin(story_of("It rains."))
        assert prepared in _workers()
    with closing(Stories(Settings(engine="nobody"))) as stories:
        stories.prepare()
    wait_until(lambda: not _workers() - others, "the workers to end")


def _workers() -> set[int]:
    """The processes of this one."""
    return {child.pid for child in psutil.Process().children()}


def test_a_story_played_before_begins_without_its_voice(
    own_home: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = own_home / "story.txt"
    story.write_text("Hi there.")
    monkeypatch.setenv("LISTEN_CACHE_DIR", str(own_home / "speech"))
    monkeypatch.setenv("LISTEN_SILENT", "1")
    monkeypatch.setenv("LISTEN_TONE_ALONE", "1")
    loaded = Path(os.environ["LISTEN_TONE_STATE"], "loaded")
    for needs_the_voice in (True, False):
        command = [sys.executable, "-m", "player", str(story), "--engine", tone_engine, "--plain"]
        played = subprocess.run(command, capture_output=True, text=True)
        assert (played.returncode, played.stdout) == (0, "Hi there.\n"), played.stderr
        assert loaded.exists() == needs_the_voice
        loaded.unlink(missing_ok=True)


def test_nothing_of_it_is_left_when_the_command_line_is_wrong(own_home: Path) -> None:
    command = [sys.executable, "-m", "player", "--engine", "pyttsx3", "nowhere.txt"]
    ended = subprocess.run(command, capture_output=True, text=True, start_new_session=True)
    assert ended.returncode
    assert "nowhere.txt" in ended.stderr
    wait_until(lambda: not _mention(str(own_home)), "what was started to end")


def _starts(arguments: list[str]) -> bool:
    early = early_voice(arguments, early_process(arguments))
    if early is not None:
        early.close()
    return early is not None


def _mention(text: str) -> list[str]:
    """Processes whose environment holds a text, but this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        try:
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        if text.encode() in environment and int(process.name) != os.getpid():
            found.append(process.name)
    return found
