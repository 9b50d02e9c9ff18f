"""Word times by alignment with espeak-ng, against the exact ones of voices that have them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from player.speech.aligner import estimate
from player.speech.alignment import Aligner
from player.speech.engine import Speech
from player.speech.process.host import Worker
from tests.speech.checks import marked_words

pytest.importorskip("numpy", reason="the extra `neural` is not installed")

SENTENCES = [
    "When the talks ended, Putin said nothing, but Trump spoke; later, people in Kyiv waited for hours.",
    "However, the President, tired of waiting, left the room.",
    "Defense Secretary Hegseth told NATO allies that the U.S. would not be sending troops to Ukraine.",
    "She opened the window, looked down at the empty street, and closed it again without a word.",
    "“We will see,” he said, “what tomorrow brings.”",
    "The conversation with Putin reportedly lasted almost 90 minutes, the Kremlin said.",
]


@pytest.fixture(scope="module")
def aligner() -> Iterator[Aligner]:
    aligner = Aligner("en-US")
    yield aligner
    aligner.close()


def without_times(text: str, speech: Speech) -> Speech:
    return replace(speech, marks=estimate(text, speech.pcm, speech.sample_rate), estimated=True)


def errors(exact: Speech, aligned: Speech) -> list[float]:
    """How far the words' beginnings are off, in seconds."""
    found = {mark.start: mark.first for mark in aligned.marks}
    return [abs(found[mark.start] - mark.first) / exact.sample_rate for mark in exact.marks if mark.start in found]


def test_words_of_a_neural_voice_are_found_within_40_ms(neural: Worker, aligner: Aligner) -> None:
    off = []
    for text in SENTENCES:
        exact = neural.render(text)
        aligned = aligner.improved(text, without_times(text, exact))
        assert not aligned.estimated
        assert marked_words(text, aligned) == marked_words(text, exact)
        heard = next(i for i, sample in enumerate(array("h", exact.pcm)) if abs(sample) > 300)
        assert aligned.marks[0].first == pytest.approx(heard, abs=0.05 * exact.sample_rate)
        off += errors(exact, aligned)
    off.sort()
    assert off[len(off) // 2] <= 0.04
    assert off[len(off) * 95 // 100] <= 0.12


@pytest.mark.parametrize("rate", [110, 175, 320])
def test_a_voice_may_be_slow_or_fast(aligner: Aligner, rate: int) -> None:
    text = SENTENCES[0]
    with Worker.start("pyttsx3", "en-gb-x-rp", "en", {"rate": rate}) as worker:
        exact = worker.render(text)
    aligned = aligner.improved(text, without_times(text, exact))
    assert not aligned.estimated
    assert sorted(errors(exact, aligned))[len(exact.marks) // 2] <= 0.04


def test_another_sentence_is_not_believed(neural: Worker, aligner: Aligner) -> None:
    for text, other in pairwise(SENTENCES):
        speech = without_times(text, neural.render(other))
        assert aligner.improved(text, speech) == speech


def test_the_same_sound_has_the_same_times_whatever_came_before(neural: Worker, aligner: Aligner) -> None:
    text = SENTENCES[1]
    speech = without_times(text, neural.render(text))
    found = [aligner.improved(text, speech) for _ in range(2)]
    other = Aligner("en-US")
    assert [other.improved(text, speech)] * 2 == found
    other.close()


@pytest.mark.parametrize(
    "pcm",
    [b"", b"\0\0" * 20_000, b"\1\0" * 5, bytes(range(256)) * 200],
    ids=["empty", "silence", "five samples", "a buzz"],
)
def test_what_is_no_speech_stays_as_it_is(aligner: Aligner, pcm: bytes) -> None:
    speech = without_times("Hello there.", Speech(pcm, 22_050, ()))
    assert aligner.improved("Hello there.", speech) == speech


def test_a_language_that_espeak_lacks_keeps_the_estimate(neural: Worker) -> None:
    lost = Aligner("tlh-Latn")
    text = SENTENCES[2]
    speech = without_times(text, neural.render(text))
    assert lost.improved(text, speech) == speech
    lost.close()


@pytest.mark.parametrize("text", ["—", "…", "\N{GRINNING FACE}", "\ud800", "a\0b"])
def test_any_text_gives_marks_in_order(neural: Worker, aligner: Aligner, text: str) -> None:
    marked_words(text, aligner.improved(text, without_times(text, neural.render(SENTENCES[1]))))


def test_an_engine_without_times_has_them_from_its_worker(tmp_path: Path) -> None:
    with Worker.start("pyttsx3", "", "en", {"driver": "espeak"}) as worker:
        speech = worker.render(SENTENCES[1])
    assert not speech.estimated
    assert len(marked_words(SENTENCES[1], speech)) == 9
