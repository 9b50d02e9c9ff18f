"""The silence between what is said, as it is heard in an export."""

from __future__ import annotations

import json
import wave
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from player.export import export_story
from player.story.model import Section, Story
from player.utterance.pauses import USUAL, Pauses
from tests.support.stories import story_of
from tests.support.studio import studio

FRAME_SECONDS = 1152 / 16_000
"""A block is filled up to this, with the tone engine."""
MARGIN = 0.08
"""Seconds: the near-silence at both ends of a voice's sound, and that of its first and last letters."""


def silences(file: Path) -> list[float]:
    """The seconds of every silence of at least 0.1 s, in order; the first is before the first sound."""
    with wave.open(str(file)) as sound:
        rate, samples = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
    found, begin = [], 0
    for at, sample in enumerate([*samples, 32767]):
        if abs(sample) > 200:
            if at - begin > rate // 10:
                found.append((at - begin) / rate)
            begin = at
    return found


def chapters() -> Story:
    blocks = ("# Chapter one here", "First here. Second here.", "Third here.", "# Chapter two here", "Fourth here.")
    return replace(story_of(*blocks), sections=(Section(0, "One"), Section(3, "Two")))


def exported(story: Story, folder: Path, engine: str, *, speed: float = 1.0, pauses: Pauses = USUAL) -> list[float]:
    with studio(story, folder / "cache", engine, speed=speed, pauses=pauses) as (timeline, renderer):
        export_story(timeline, renderer, folder / "a.wav")
        export_story(timeline, renderer, folder / "a.json")
    return silences(folder / "a.wav")


def test_pauses_are_the_timelines_alone(tmp_path: Path, tone_engine: str) -> None:
    lead, after_heading, sentence, paragraph, chapter, heading, _ = exported(chapters(), tmp_path, tone_engine)
    assert 0.3 <= lead < 0.3 + FRAME_SECONDS
    assert sentence == pytest.approx(0.30, abs=0.01)
    for heard, meant in ((after_heading, 0.95), (paragraph, 0.80), (chapter, 1.60), (heading, 0.95)):
        assert meant - 0.01 < heard < meant + FRAME_SECONDS + 0.01


@pytest.mark.parametrize("engine", ["pyttsx3", "hibari"])
def test_a_voice_adds_no_silence_of_its_own(engine: str, tmp_path: Path) -> None:
    if engine == "hibari":
        pytest.importorskip("hibari")
    story = story_of("The river rose. Nobody was there. He went home.", "The end.")
    lead, first, second, paragraph, _ = exported(story, tmp_path, engine)
    assert 0.3 <= lead < 0.3 + FRAME_SECONDS + MARGIN
    assert first == pytest.approx(0.30 + MARGIN / 2, abs=MARGIN / 2 + 0.03)
    assert second == pytest.approx(0.30 + MARGIN / 2, abs=MARGIN / 2 + 0.03)
    assert 0.8 < paragraph < 0.8 + FRAME_SECONDS + MARGIN


@pytest.mark.parametrize("speed", [1.5, 3.0])
def test_pauses_are_shorter_in_measure_but_never_gone(speed: float, tmp_path: Path, tone_engine: str) -> None:
    _, _, sentence, paragraph, chapter, _, _ = exported(chapters(), tmp_path, tone_engine, speed=speed)
    assert sentence >= 0.14
    assert sentence < paragraph < chapter
    assert chapter == pytest.approx(1.6 / speed, abs=FRAME_SECONDS + 0.03)


def test_pauses_can_be_set(tmp_path: Path, tone_engine: str) -> None:
    pauses = USUAL.changed({"sentence": 0.7, "chapter": 2})
    _, _, sentence, _, chapter, _, _ = exported(chapters(), tmp_path, tone_engine, pauses=pauses)
    assert sentence == pytest.approx(0.7, abs=0.01)
    assert 1.99 < chapter < 2.01 + FRAME_SECONDS


def test_words_are_where_they_sound_behind_the_first_silence(tmp_path: Path, tone_engine: str) -> None:
    lead, *_ = exported(chapters(), tmp_path, tone_engine)
    told = json.loads((tmp_path / "a.json").read_text())
    words = [word for block in told["blocks"] for sentence in block["sentences"] for word in sentence["words"]]
    assert words[0]["first"] == pytest.approx(lead, abs=0.002)
