"""The loudness of exports, measured by FFmpeg's meter as broadcasters use it."""

from __future__ import annotations

import base64
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from mutagen.oggopus import OggOpus

from player.export import export_story
from player.speech.choosing.registry import profile
from player.story.model import Block, BlockKind
from tests.speech.checks import shared_cache
from tests.support.programs import require
from tests.support.stories import story_of
from tests.support.studio import export, studio

ENGLISH = (
    "The river rose slowly, and by the evening it had reached the lower steps of the mill.",
    "“Who goes there?” he said. Nobody answered. No! It was only the wind, which had torn the shutter from its hinge.",
    "The lamp had been lit since four o'clock, and the old woman who kept it was asleep in her chair. Yes, of course.",
)
GERMAN = (
    "Der Fluss stieg langsam, und am Abend hatte er die unteren Stufen der Mühle erreicht. Nein!",
    "Die Lampe brannte seit vier Uhr, und die alte Frau, die sie hütete, schlief mit gefalteten Händen in ihrem Stuhl.",
)
SPANISH = (
    "El río subía despacio, y por la tarde ya había alcanzado los escalones más bajos del molino. ¡No!",
    "La lámpara estaba encendida desde las cuatro, y la anciana que la cuidaba dormía en su silla.",
)
RUSSIAN = ("Река медленно поднималась, и к вечеру она достигла нижних ступеней мельницы. Никто не ответил.",)
HINDI = ("नदी धीरे धीरे बढ़ी और शाम तक वह चक्की की निचली सीढ़ियों तक पहुँच गई। किसी ने उत्तर नहीं दिया।",)
CODERS = (".wav", ".mp3", ".opus", ".m4a")
VOICES = [
    ("hibari", "en", ENGLISH, CODERS),
    ("piper", "en", ENGLISH, CODERS[:2]),
    ("pyttsx3", "en", ENGLISH, CODERS),
    ("pyttsx3", "en-GB", ENGLISH, CODERS[:2]),
    ("pyttsx3", "de", GERMAN, CODERS[:2]),
    ("pyttsx3", "es", SPANISH, CODERS[:2]),
    ("pyttsx3", "ru", RUSSIAN, CODERS[:2]),
    ("pyttsx3", "hi", HINDI, CODERS[:2]),
]


SHORT = {
    "en": ("Who goes there? Nobody answered.", "It was only the wind, which had torn the shutter from its hinge."),
    "fr": ("La lampe brûlait depuis quatre heures.", "Non ! Ce n’était que le vent, qui avait arraché le volet."),
    "hi": ("नदी धीरे धीरे बढ़ी।", "किसी ने उत्तर नहीं दिया।"),
    "zh": ("河水慢慢地上涨。", "不！那只是风，把百叶窗吹掉了。"),
}
KOKORO = [("am_michael", "en"), ("ff_siwis", "fr"), ("hf_alpha", "hi"), ("zf_xiaoyi", "zh")]
"""Of the ten that were compared (a voice of each language, one that whispers, men), those furthest apart."""


class Measured(NamedTuple):
    lufs: float
    peak: float
    """dBTP."""


def measured(file: Path) -> Measured:
    require("ffmpeg")
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(file), "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return Measured(
        float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1])
    )


@pytest.mark.parametrize(("engine", "language", "text", "suffixes"), VOICES)
def test_every_voice_is_as_loud(
    engine: str, language: str, text: tuple[str, ...], suffixes: tuple[str, ...], tmp_path: Path
) -> None:
    if engine == "hibari":
        pytest.importorskip("hibari")
    with studio(story_of(*text), tmp_path / "cache", engine, language=language) as (timeline, renderer):
        for suffix in suffixes:
            export_story(timeline, renderer, tmp_path / f"a{suffix}")
    for suffix in suffixes:
        found = measured(tmp_path / f"a{suffix}")
        assert found.lufs == pytest.approx(-19, abs=1), suffix
        assert found.peak <= -1.5, suffix


CRIES = {
    "en": "No! Yes. Why? He ran. Stop! I see. Go on. Well? So be it. It rained. Who? Nobody.",
    "de": "Nein! Ja. Warum? Er lief. Halt! Ich sehe. Nur zu. Nun? So sei es. Es regnete. Wer? Niemand.",
    "fr": "La lampe brûlait encore. Personne ne répondit. C’était le vent. Elle dormait. Qui va là ? Entrez donc.",
}


@pytest.mark.parametrize(
    ("engine", "language"), [("pyttsx3", "en"), ("pyttsx3", "de"), ("pyttsx3", "fr"), ("hibari", "en"), ("piper", "en")]
)
def test_a_story_of_very_short_sentences_is_as_loud(engine: str, language: str, tmp_path: Path) -> None:
    if engine == "hibari":
        pytest.importorskip("hibari")
    with studio(story_of(CRIES[language]), tmp_path / "cache", engine, language=language) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.wav")
        export_story(timeline, renderer, tmp_path / "a.mp3")
    assert measured(tmp_path / "a.wav").lufs == pytest.approx(-19, abs=1)
    assert measured(tmp_path / "a.mp3").lufs == pytest.approx(-19, abs=1)


def test_mp3_is_as_loud_as_wave(tmp_path: Path) -> None:
    with studio(story_of(*ENGLISH), tmp_path / "cache") as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.wav")
        export_story(timeline, renderer, tmp_path / "a.mp3")
    assert measured(tmp_path / "a.mp3").lufs == pytest.approx(measured(tmp_path / "a.wav").lufs, abs=0.15)


@pytest.mark.parametrize(("voice", "language"), KOKORO)
def test_stories_in_voices_of_kokoro_are_as_loud(
    voice: str,
    language: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if profile("kokoro").missing:
        pytest.skip("the extra `kokoro` is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared_cache(tmp_path_factory)))
    story = story_of(*SHORT[language])
    with studio(story, tmp_path / "cache", "kokoro", voice=voice, language=language) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.mp3")
    found = measured(tmp_path / "a.mp3")
    assert found.lufs == pytest.approx(-19, abs=1)
    assert found.peak < -1


def test_the_sound_in_pages_and_books_is_as_loud(tmp_path: Path) -> None:
    with studio(story_of(*ENGLISH), tmp_path / "cache") as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.html")
        export_story(timeline, renderer, tmp_path / "a.epub")
    page = (tmp_path / "a.html").read_text("utf-8")
    (tmp_path / "page").write_bytes(base64.b64decode(re.findall(r"data:audio/[\w.;=+-]+?;base64,([\w+/=]+)", page)[0]))
    with ZipFile(tmp_path / "a.epub") as book:
        (name,) = (name for name in book.namelist() if name.endswith((".mp3", ".m4a", ".opus")))
        (tmp_path / "book").write_bytes(book.read(name))
    for sound in ("page", "book"):
        found = measured(tmp_path / sound)
        assert found.lufs == pytest.approx(-19, abs=1), sound
        assert found.peak <= -1.5, sound


@pytest.mark.parametrize("engine", ["pyttsx3", "tone"])
def test_another_loudness_needs_no_new_rendering(engine: str, tmp_path: Path, tone_engine: str) -> None:
    cache = tmp_path / "cache"
    export(story_of(*GERMAN), tmp_path / "a.wav", cache, engine, language="de")
    rendered = {file: file.read_bytes() for file in cache.rglob("*.flac")}
    for loudness in (-16.0, -24.0):
        export(story_of(*GERMAN), tmp_path / "b.wav", cache, engine, language="de", loudness=loudness)
        found = measured(tmp_path / "b.wav")
        assert found.lufs == pytest.approx(loudness, abs=1)
        assert found.peak < -1
    assert {file: file.read_bytes() for file in cache.rglob("*.flac")} == rendered, "kept as it was rendered"


def test_the_sound_is_the_same_whatever_is_in_the_cache(tmp_path: Path) -> None:
    for n in range(3):
        export(story_of(*ENGLISH), tmp_path / f"{n}.wav", tmp_path / ("a" if n < 2 else "b"))
    made = {(tmp_path / f"{n}.wav").read_bytes() for n in range(3)}
    assert len(made) == 1


def test_opus_tells_its_distance_from_minus_23(tmp_path: Path) -> None:
    export(story_of(*ENGLISH), tmp_path / "a.opus", tmp_path / "cache")
    told = int(OggOpus(tmp_path / "a.opus").tags["R128_TRACK_GAIN"][0]) / 256
    assert told == pytest.approx(-23 - measured(tmp_path / "a.opus").lufs, abs=0.4)


def test_a_quotation_is_as_loud_as_its_story(tmp_path: Path) -> None:
    pytest.importorskip("hibari")
    story = story_of(*ENGLISH)
    quoted = replace(story, blocks=tuple(Block(BlockKind.QUOTATION, block.text) for block in story.blocks))
    found = []
    for number, one in enumerate((story, quoted)):
        export(one, tmp_path / f"{number}.wav", tmp_path / "cache", "hibari", quoting="pyttsx3")
        found.append(measured(tmp_path / f"{number}.wav").lufs)
    assert found[0] == pytest.approx(found[1], abs=0.7)
