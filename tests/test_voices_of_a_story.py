"""Who speaks what in a story, from the command line to the exported file."""

from __future__ import annotations

import json
import os
import wave
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from player.errors import UsageError
from player.session import Session
from player.settings import Settings
from player.speech.choosing.chosen import keep_voice
from player.stories import Stories
from tests.support.stories import story_of
from tests.test_cli import complaint, listen

PAGE = """<html lang="en"><head><title>Tongues</title></head><body><article><h1>Tongues</h1>
<p>The keeper of the light had never been to France, and he did not intend to go there at all.</p>
<p>She said “<i lang="fr">je ne sais pas quoi dire</i>” to the keeper of the light, and left.</p>
<p>In the evening the rain came late, and nobody went to sleep before the lamp of the tower was lit.</p>
</article></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    file = tmp_path / "tongues.html"
    file.write_text(PAGE)
    return str(file)


def _settings(text: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_the_script_shows_who_says_what(page: str) -> None:
    lines = listen("script", page, "--voice", "pyttsx3:en-us").stdout.splitlines()
    assert [line for line in lines if " by " in line] == ["  by pyttsx3 (fr): “je ne sais pas quoi dire”"]
    blocks = json.loads(listen("script", page, "--engine", "pyttsx3", "--json").stdout)["blocks"]
    (sentence,) = blocks[2]["sentences"]
    assert [(p["language"], p["voice"]) for p in sentence["parts"]] == [("en", None), ("fr", "pyttsx3"), ("en", None)]
    assert "parts" not in blocks[1]["sentences"][0]
    assert " by " not in listen("script", page, "--engine", "pyttsx3", "--one-voice").stdout


def test_the_settings_file_names_voices_by_language(page: str, tmp_path: Path) -> None:
    _settings('[voices]\nfr = "pyttsx3:fr-fr"\nen-GB = "pyttsx3:en-gb-x-rp"\n')
    assert "  by pyttsx3:fr-fr (fr): “je" in listen("script", page, "--engine", "pyttsx3").stdout
    target = tmp_path / "out.json"
    run = listen("export", page, "-o", str(target), "--engine", "pyttsx3")
    assert not run.returncode, run.stderr
    said = json.loads(target.read_text())
    words = [
        block["text"][word["start"] : word["end"]]
        for block in said["blocks"]
        for sentence in block["sentences"]
        for word in sentence["words"]
    ]
    assert words[words.index("je") :][:7] == ["je", "ne", "sais", "pas", "quoi", "dire", "to"]


@pytest.mark.parametrize(("set_for", "language"), [("cmn", "zh"), ("zh", "cmn-CN"), ("no", "nb"), ("iw", "he")])
def test_a_voice_of_the_settings_speaks_a_language_under_all_of_its_names(
    set_for: str, language: str, tmp_path: Path
) -> None:
    _settings(f'[voices]\n{set_for} = "pyttsx3:fr-fr"\n')
    story, target = tmp_path / "story.txt", tmp_path / "out.json"
    story.write_text("Anna, Anna, Anna.\n")
    assert not listen("export", str(story), "--language", language, "-o", str(target)).returncode
    assert json.loads(target.read_text())["voice"] == "fr-fr"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[voices]\nde = "nobody:x"', "settings.toml, line 2: no speech engine 'nobody'"),
        ("[voices]\nde = 3", "settings.toml, line 2: the voice for de must be a text"),
        ('[voices]\n"the german" = "pyttsx3:de"', "settings.toml, line 2: 'the german' is no language"),
        ('voices = "pyttsx3:de"', "settings.toml, line 1: voices must be a table"),
    ],
)
def test_a_mistake_in_the_table_of_voices_is_named(page: str, content: str, says: str) -> None:
    _settings(content)
    assert says in complaint(listen("script", page))


def test_a_voice_of_the_settings_that_does_not_exist_is_one_clear_error(page: str, tmp_path: Path) -> None:
    _settings('[voices]\nfr = "pyttsx3:nobody"\n')
    run = listen("export", page, "-o", str(tmp_path / "out.vtt"), "--engine", "pyttsx3")
    assert run.returncode == 2 and "no voice 'nobody' in pyttsx3" in complaint(run)


def test_stories_joined_in_one_file_are_each_said_in_their_own_language(tmp_path: Path) -> None:
    english, german = tmp_path / "one.txt", tmp_path / "two.txt"
    english.write_text("The rain came late, and nobody went to sleep before the lamp was lit.\n")
    german.write_text("Der Regen kam spät, und niemand ging schlafen, bevor die Lampe brannte.\n")
    target = tmp_path / "both.vtt"
    run = listen("export", str(english), str(german), "-o", str(target), "--log", str(tmp_path / "log"))
    assert not run.returncode and not [line for line in run.stderr.splitlines() if "all read in" in line], run.stderr
    assert "Lampe" in target.read_text()


def test_stories_joined_are_each_said_in_the_voice_of_their_language(tmp_path: Path) -> None:
    _settings('[voices]\nen = "pyttsx3:en-gb"\nde = "pyttsx3:de"\n')
    texts = {
        "en": "The rain came late, and nobody went to sleep before the lamp was lit.",
        "de": "Der Regen kam spät, und niemand ging schlafen, bevor die Lampe brannte.",
    }
    heard = {}
    for name, written in (*((name, [name]) for name in texts), ("both", list(texts))):
        for one in written:
            (tmp_path / f"{one}.txt").write_text(f"{texts[one]}\n")
        target = tmp_path / f"{name}.wav"
        run = listen("export", *(str(tmp_path / f"{one}.txt") for one in written), "-o", str(target))
        assert not run.returncode, run.stderr
        with wave.open(str(target)) as file:
            heard[name] = file.readframes(file.getnframes()).strip(b"\0")
    middle = {name: heard[name][8000:-8000] for name in texts}
    assert all(sound in heard["both"] for sound in middle.values())


DIALOGUE = "“Come here,” said Anna. He came in from the rain.\n\nTom asked: “Is it late?” “No,” he was told.\n"


def _cast(tmp_path: Path, content: str) -> list[str]:
    (tmp_path / "dialogue.txt").write_text(DIALOGUE)
    (tmp_path / "cast.toml").write_text(content)
    return [str(tmp_path / "dialogue.txt"), "--cast", str(tmp_path / "cast.toml"), "--engine", "pyttsx3"]


def test_people_have_the_voices_of_a_cast_where_the_text_says_who_speaks(tmp_path: Path) -> None:
    arguments = _cast(tmp_path, 'Anna = "pyttsx3:en-gb-x-rp"\nTom = "pyttsx3:en-029"\nRick = "pyttsx3:de"\n')
    run = listen("script", *arguments)
    assert [line for line in run.stdout.splitlines() if " by " in line] == [
        "  by pyttsx3:en-gb-x-rp (Anna): “Come here,”",
        "  by pyttsx3:en-029 (Tom): “Is it late?”",
    ]
    assert "the text never says that Rick speaks" in run.stderr
    target = tmp_path / "out.vtt"
    run = listen("export", *arguments, "-o", str(target))
    assert not run.returncode and "Is it late" in target.read_text(), run.stderr
    assert "the text never says that Rick speaks" in run.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('Anna = "nobody:x"', "cast.toml: Anna: no speech engine 'nobody'"),
        ("Anna = 3", "cast.toml: the voice of 'Anna' must be a text"),
        ("Anna", "cast.toml cannot be read ("),
        ('Zoë = "pyttsx3:en-us"', 'names with accents, blanks or dots in quotes: "Mr. Zoë" ='),
        ('Mr.Tom = "pyttsx3:en-us"', 'names with accents, blanks or dots in quotes: "Mr. Zoë" ='),
        ('Anna = "pyttsx3:nobody"', "cast.toml: Anna: no voice 'nobody' in pyttsx3"),
    ],
)
def test_a_mistake_in_a_cast_is_one_clear_error(tmp_path: Path, content: str, says: str) -> None:
    run = listen("export", *_cast(tmp_path, content), "-o", str(tmp_path / "out.vtt"))
    assert run.returncode == 2 and says in complaint(run)


def _chosen(**voices: str) -> None:
    """Keep voices as if they had been chosen while listening, by language."""
    for language, voice in voices.items():
        keep_voice(Settings().chosen_voices, language, voice)


@pytest.mark.parametrize("gone", ["pyttsx3:nobody", "piper:de_DE-thorsten-medium", "nobody:x"])
def test_a_voice_chosen_while_listening_that_is_gone_leaves_its_part_to_the_usual_voice(
    page: str, tmp_path: Path, gone: str
) -> None:
    usual, other = tmp_path / "usual.json", tmp_path / "other.json"
    assert not listen("export", page, "-o", str(usual)).returncode
    _chosen(fr=gone)
    run = listen("export", page, "-o", str(other))
    assert not run.returncode, run.stderr
    assert json.loads(other.read_text())["blocks"] == json.loads(usual.read_text())["blocks"]
    assert gone.startswith("nobody") or f"{gone} cannot speak fr" in run.stderr, run.stderr


def test_a_voice_that_cannot_be_tried_says_why_whatever_is_set_for_its_language(tone_engine: str) -> None:
    session = Session.open(story_of("It rained."), Settings(silent=True, engine="tone", voices={"de": "nobody:x"}))
    try:
        with pytest.raises(UsageError, match="no voice 'nobody' in tone"):
            replace(session, settings=replace(session.settings, engine=None)).preview(
                "tone:nobody", "Es regnete.", language="de"
            )
    finally:
        session.close()


def test_the_engine_that_would_keep_up_is_found_as_it_is_set(tone_engine: str, tmp_path: Path) -> None:
    engines = {"tone": {"shape": "square"}}
    settings = Settings(silent=True, engine="slow", language="de", engines=engines, cache_dir=str(tmp_path))
    session = Session.open(story_of("Es regnete."), settings)
    try:
        with closing(session.player()) as player:
            assert player.renderer.segment(0, 0) is not None
            player.renderer.fell_behind()
            assert player.notices[-1].endswith("; --engine tone keeps up (in the player: v)")
    finally:
        session.close()


def test_a_slow_voice_is_told_of_once_while_stories_follow_one_another(tone_engine: str, tmp_path: Path) -> None:
    told: list[str] = []
    with closing(Stories(Settings(silent=True, engine="slow", cache_dir=str(tmp_path)))) as stories:
        for text in ("It rained.", "It snowed."):
            player = stories.begin(story_of(text)).player
            assert player.renderer.segment(0, 0) is not None
            player.renderer.fell_behind()
            told += player.notices
    (notice,) = told
    assert notice.startswith("The voice slow:sine is rendered more slowly than it plays")


def test_a_gone_voice_of_the_narrator_leaves_no_trace_in_what_is_said(tmp_path: Path) -> None:
    """Each engine is given the text in its own manner: sounds in IPA, where it reads them."""
    story, usual, other = (tmp_path / name for name in ("story.txt", "usual.json", "other.json"))
    story.write_text("Am Abend kam Xyrla um 10:30 Uhr zu spät, und niemand ging schlafen, bevor die Lampe brannte.\n")
    added = listen("lexicon", "add", "Xyrla", "Xirla", "--ipa", "ˈbaːdən ˈbaːdən ˈbaːdən", "--for-language", "de")
    assert not added.returncode, added.stderr
    assert not listen("export", str(story), "-o", str(usual), "--language", "de").returncode
    _chosen(de="kokoro:nobody")
    run = listen("export", str(story), "-o", str(other), "--language", "de")
    assert not run.returncode and "kokoro:nobody cannot speak" in run.stderr, run.stderr
    assert json.loads(other.read_text())["blocks"] == json.loads(usual.read_text())["blocks"]
