"""The code for macOS and Windows, on the one pyttsx3 driver that works everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from player.speech.process.host import Worker
from tests.speech.checks import marked_words, seconds_of_near_silence

pytestmark = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="needs the bundled espeak-ng")

_DRIVER = {"driver": "espeak"}


@pytest.fixture
def driver() -> Iterator[Worker]:
    with Worker.start("pyttsx3", "", "en", _DRIVER) as worker:
        yield worker


def test_each_sentence_is_whole_and_its_own(driver: Worker) -> None:
    text = "The conversation, which was long, lasted almost 90 minutes."
    long = driver.render(text)
    short = driver.render("Yes.")
    assert long.samples / long.sample_rate > 3
    assert 0.1 < short.samples / short.sample_rate < 1
    # The same but for the tremor of the voice, which this way of using the library does not reset.
    assert driver.render(text).samples == pytest.approx(long.samples, rel=0.02)


def test_its_marks_cover_every_word(driver: Worker) -> None:
    text = "“Don’t go,” Zoë said—twice."
    speech = driver.render(text)
    assert marked_words(text, speech) == ["Don’t", "go", "Zoë", "said", "twice"]
    assert max(seconds_of_near_silence(speech)) <= 0.04


def test_the_chosen_voice_is_the_one_that_speaks() -> None:
    with (
        Worker.start("pyttsx3", "German", "", _DRIVER) as german,
        Worker.start("pyttsx3", "Italian", "", _DRIVER) as italian,
    ):
        text = "Euro 2016"
        assert abs(german.render(text).samples - italian.render(text).samples) > 1000
