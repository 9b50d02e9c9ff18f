"""Which voice speaks a language: one rule for listings, for the player's own choice, and for engines."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from player.audio.clock import in_times
from player.errors import UsageError
from player.speech.choosing.registry import profile
from player.speech.choosing.voices import find_voice, for_region, speaks
from player.speech.engine import Voice
from player.speech.sample_sentences import sample_sentence
from player.story.language import detect
from player.story.language_tag import same_language
from player.story.model import Story
from player.who_speaks import voices_for
from tests.test_cli import listen


@pytest.mark.parametrize(
    ("own", "language", "expected"),
    [
        ("cmn", "zh", True),
        ("zh", "cmn", True),
        ("cmn", "zh-TW", True),
        ("cmn-Latn-pinyin", "zh-CN", False),
        ("yue", "zh", False),
        ("nb", "no", True),
        ("no-NO", "nb", True),
        ("nn", "nb", False),
        ("es", "es-MX", True),
        ("es-419", "es-MX", True),
        ("mul", "zh", True),
        ("", "de", True),
        ("en", "de", False),
    ],
)
def test_who_speaks_a_language(own: str, language: str, expected: bool) -> None:
    assert speaks(own, language) is expected


@pytest.mark.parametrize(
    ("tags", "language", "expected"),
    [
        ("en-US en-GB en-GB-scotland en mul de", "en-GB", "en-GB en-GB-scotland en mul"),
        ("es es-419 es-ES mul pt", "es-MX", "es es-419 es-ES mul"),
        ("cmn yue mul en", "zh-CN", "cmn mul"),
        ("fr-FR fr-BE en", "fr", "fr-FR fr-BE"),
        ("fr-FR fr-BE en", "de", ""),
    ],
)
def test_a_country_is_left_out_only_where_another_has_a_voice(tags: str, language: str, expected: str) -> None:
    assert for_region(tags.split(), language) == set(expected.split())


@pytest.mark.parametrize(
    ("tags", "language", "expected"),
    [
        ("en-US zh", "zh-CN", "zh"),
        ("en-US zh-TW zh-CN", "cmn-CN", "zh-CN"),
        ("en-US cmn", "zh", "cmn"),
        ("en-US nb-NO", "no", "nb-NO"),
        ("en-US mul", "fi", "mul"),
        ("en-US en-GB", "fi", "en-US"),
    ],
)
def test_an_engine_speaks_in_its_best_voice_for_a_language(tags: str, language: str, expected: str) -> None:
    voices = [Voice("server", tag, tag, 24_000) for tag in tags.split()]
    assert find_voice(voices, "", language).language == expected


@pytest.mark.parametrize(("language", "own"), [("zh", "cmn"), ("no", "nb"), ("zh-TW", "cmn")])
def test_voices_are_listed_under_the_names_that_stories_have_for_a_language(language: str, own: str) -> None:
    listed = listen("voices", "--language", language, "--engine", "pyttsx3").stdout.splitlines()
    assert any(f"pyttsx3:{own} " in line for line in listed)
    assert all(same_language(line.split()[1], own) for line in listed)


def test_a_voice_of_several_languages_is_listed_for_each_and_behind_those_of_one() -> None:
    options = {"command": {"template": "true {text} {out}", "voices": "anna, bert=de-DE"}}
    found = [voice.id for voice in voices_for(Story("", ()), "zh", options)]
    assert found[-1] == "command:anna" and "pyttsx3:cmn" in found and "command:bert" not in found


def test_an_engine_is_as_good_for_a_language_under_both_of_its_names() -> None:
    for one, other in (("zh", "cmn"), ("zh-CN", "cmn-CN")):
        assert profile("kokoro").rank(one) == profile("kokoro").rank(other) > 0


@pytest.mark.parametrize(("voice", "adds"), [("piper:thorsten", "piper:de_DE-thorsten-medium"), ("hibari:emma", "")])
def test_a_voice_that_is_not_there_but_can_be_added_is_named_with_the_command(
    voice: str, adds: str, tmp_path: Path
) -> None:
    (tmp_path / "story.txt").write_text("Eins.\n")
    run = listen("export", str(tmp_path / "story.txt"), "-o", str(tmp_path / "a.vtt"), "--voice", voice)
    assert run.returncode == 2 and f"listen voices add {adds or voice} fetches it (" in run.stderr


def test_voices_that_can_be_added_are_told_with_the_same_fields_as_those_that_are_there() -> None:
    listed = json.loads(listen("voices", "--json", "--engine", "piper").stdout)
    assert {voice["installed"] for voice in listed} == {True, False}
    assert len({tuple(sorted(voice)) for voice in listed}) == 1


def test_a_wrong_name_of_a_voice_is_told_with_those_of_all_engines() -> None:
    voices = [Voice("pyttsx3", name, "en", 24_000) for name in ("ht", "en-us")]
    with pytest.raises(UsageError) as wrong:
        find_voice(voices, "hart", "en")
    assert wrong.value.hint == "did you mean hibari:heart, ht?"
    with pytest.raises(UsageError) as wrong:
        find_voice(voices, "enus", "en")
    assert wrong.value.hint == "did you mean en-us?", "no less alike ones of other engines"


def test_slow_voices_are_told_apart_by_their_speed() -> None:
    assert list(map(in_times, (0.4, 1.26, 9.94, 9.96, 120.4))) == ["0.4×", "1.3×", "9.9×", "10×", "120×"]


@pytest.mark.parametrize(("voice", "says"), [("pyttsx3:de", "So klingt"), ("pyttsx3:ka", "Anna")])
def test_a_voice_is_heard_in_its_own_language(voice: str, says: str) -> None:
    assert says in listen("voices", "preview", voice, "--speed", "4").stdout
    assert "Hallo" in listen("voices", "preview", voice, "Hallo").stdout


def test_the_sentences_to_be_heard_are_in_the_languages_that_they_stand_for() -> None:
    known = tomllib.loads((files("player.speech") / "sample_sentences.toml").read_text("utf-8"))
    for tag, sentence in known.items():
        assert tag == "any" or same_language(detect(sentence), tag), tag
    assert sample_sentence("zh-TW") == known["cmn"] and sample_sentence("xh") == known["any"]
