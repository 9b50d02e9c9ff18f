"""Which engine speaks, from what the user asked for, without importing any."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

from player.errors import UsageError
from player.speech.choosing import registry
from player.speech.choosing.announced import GROUP, announced

pytestmark = pytest.mark.quick


def test_engines_are_those_of_all_entry_points(tone_engine: str) -> None:
    assert announced() == {e.name: e.value for e in entry_points(group=GROUP)}
    assert {"hibari", "pyttsx3", tone_engine} <= set(registry.names())


def test_a_checkout_that_is_not_installed_has_the_players_own_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {e.name: e.value for e in distribution("listen-to-story").entry_points if e.group == GROUP}
    monkeypatch.setattr(sys, "path", [])
    assert announced() == own


def test_an_engine_of_the_players_own_name_does_not_replace_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, "hibari = other:Engine\nother = other:Engine [extra]")
    monkeypatch.syspath_prepend(tmp_path)
    assert announced()["hibari"].startswith("player.")
    assert announced()["other"] == "other:Engine"


def test_an_engine_that_cannot_be_imported_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, "broken = broken_engine:Engine")
    (tmp_path / "broken_engine.py").write_text("raise RuntimeError('no licence')")
    monkeypatch.syspath_prepend(tmp_path)
    assert registry.choose(None, None, "de") == ("pyttsx3", "")


def test_the_best_engine_for_a_language_speaks_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, "zarvox = zarvox_engine:Engine")
    (tmp_path / "zarvox_engine.py").write_text(
        "from player.speech.profile import Profile\n"
        "class Engine:\n    profile = Profile(languages={'de': 60, 'de-AT': 5, '*': 1}, voices=('Trinoids',))"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert registry.choose(None, None, "DE_de") == ("zarvox", "")
    assert registry.choose(None, None, "de-AT") == ("pyttsx3", "")
    assert registry.choose(None, None, "nl") == ("pyttsx3", "")
    assert registry.choose(None, "trinoids", "fr") == ("zarvox", "trinoids")


def _install(folder: Path, engines: str) -> None:
    """Announce engines in a folder as an installed package does."""
    (folder / "listen_more-1.0.dist-info").mkdir()
    announcement = f"[console_scripts]\nmore = more:main\n\n[listen_to_story.engines]\n{engines}\n\n[other]\nx = y:z\n"
    (folder / "listen_more-1.0.dist-info" / "entry_points.txt").write_text(announcement)


@pytest.mark.parametrize("language", ["", "en", "en-GB", "EN_us"])
def test_english_gets_the_neural_voice_when_it_is_there(language: str) -> None:
    expected = "pyttsx3" if registry.profile("hibari").missing else "hibari"
    assert registry.choose(None, None, language) == (expected, "")


@pytest.mark.parametrize(
    ("engine", "voice", "language", "expected"),
    [
        (None, None, "de", ("pyttsx3", "")),
        (None, "de", "en", ("pyttsx3", "de")),
        (None, "heart", "de", ("hibari", "heart")),
        (None, "bf_emma", "de", ("kokoro", "bf_emma")),
        (None, "pyttsx3:en-gb", "en", ("pyttsx3", "en-gb")),
        ("pyttsx3", None, "en", ("pyttsx3", "")),
        ("pyttsx3", "en-us", "en", ("pyttsx3", "en-us")),
        ("pyttsx3", "pyttsx3:en-us", "en", ("pyttsx3", "en-us")),
    ],
)
def test_what_was_asked_for_is_chosen(
    engine: str | None, voice: str | None, language: str, expected: tuple[str, str]
) -> None:
    assert registry.choose(engine, voice, language) == expected


def test_voices_of_the_catalogues_are_chosen_by_their_short_names() -> None:
    for engine in ("hibari", "piper"):
        for voice in registry.profile(engine).addable():
            short = voice.name.split("-")[1] if engine == "piper" else voice.name
            assert registry.choose(None, short, "en") == (engine, short)


def test_a_plugins_voice_is_chosen_by_its_full_name(tone_engine: str) -> None:
    assert registry.choose(None, "tone:octave", "de") == (tone_engine, "octave")


@pytest.mark.parametrize(("engine", "voice"), [("festival", None), (None, "festival:kal")])
def test_an_unknown_engine_is_wrong_use_and_the_hint_lists_what_is_there(engine: str | None, voice: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        registry.choose(engine, voice, "en")
    assert {"hibari", "kokoro", "piper", "pyttsx3"} <= set(caught.value.hint.removeprefix("installed are ").split(", "))


def test_engine_and_voice_that_contradict_each_other_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="not one of the engine hibari"):
        registry.choose("hibari", "pyttsx3:de", "de")


def test_choosing_imports_no_engine_and_reads_no_metadata() -> None:
    code = (
        "import sys; from player.speech.choosing.registry import choose;"
        "choose(None, None, 'en'); choose(None, 'de', '');"
        "print({'hibari', 'numpy', 'onnxruntime', 'pyttsx3', 'importlib.metadata'} & sys.modules.keys())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
