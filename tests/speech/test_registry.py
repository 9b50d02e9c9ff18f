"""Which engine speaks, from what the user asked for, without importing any."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution

import pytest

from player.errors import UsageError
from player.speech import registry

pytestmark = pytest.mark.quick


def test_the_players_own_engines_are_those_of_its_entry_points() -> None:
    announced = {e.name: e.value for e in distribution("listen-to-story").entry_points if e.group == registry.GROUP}
    assert announced == registry.BUILT_IN


def test_plugins_are_listed_after_the_players_own(tone_engine: str) -> None:
    assert registry.names()[:2] == ("pyttsx3", "hibari")
    assert tone_engine in registry.names()


@pytest.mark.parametrize("language", ["", "en", "en-GB", "EN_us"])
def test_english_gets_the_neural_voice_when_it_is_there(language: str) -> None:
    expected = "hibari" if registry.neural_is_installed() else "pyttsx3"
    assert registry.choose(None, None, language) == (expected, "")


@pytest.mark.parametrize(
    ("engine", "voice", "language", "expected"),
    [
        (None, None, "de", ("pyttsx3", "")),
        (None, "de", "en", ("pyttsx3", "de")),
        (None, "heart", "de", ("hibari", "heart")),
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


def test_a_plugins_voice_is_chosen_by_its_full_name(tone_engine: str) -> None:
    assert registry.choose(None, "tone:octave", "de") == (tone_engine, "octave")


@pytest.mark.parametrize(("engine", "voice"), [("festival", None), (None, "festival:kal")])
def test_an_unknown_engine_is_wrong_use_and_the_hint_lists_what_is_there(engine: str | None, voice: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        registry.choose(engine, voice, "en")
    assert caught.value.hint.startswith("installed are pyttsx3, hibari")


def test_engine_and_voice_that_contradict_each_other_are_wrong_use() -> None:
    with pytest.raises(UsageError, match="not one of the engine hibari"):
        registry.choose("hibari", "pyttsx3:de", "de")


def test_choosing_imports_no_engine_and_reads_no_metadata() -> None:
    code = (
        "import sys; from player.speech.registry import choose;"
        "choose(None, None, 'en'); choose(None, 'de', '');"
        "print({'hibari', 'numpy', 'onnxruntime', 'pyttsx3', 'importlib.metadata'} & sys.modules.keys())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
