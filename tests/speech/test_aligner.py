"""Estimated word times, against the true ones of espeak-ng."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.speech.aligner import estimate
from player.speech.process.host import Worker
from tests.speech.checks import marked_words

SENTENCES = [
    "When the talks ended, Putin said nothing, but Trump spoke; later, people in Kyiv waited for hours.",
    "However, the President, tired of waiting, left the room.",
    "The conversation with Putin reportedly lasted almost 90 minutes, the Kremlin said.",
    "Defense Secretary Hegseth told NATO allies that the U.S. would not be sending troops to Ukraine.",
    "She opened the window, looked down at the empty street, and closed it again without a word.",
    "“We will see,” he said, “what tomorrow brings.”",
]


def test_most_words_are_found_within_a_fifth_of_a_second(espeak: Worker) -> None:
    errors = []
    for text in SENTENCES:
        speech = espeak.render(text)
        guessed = {m.start: m.first for m in estimate(text, speech.pcm, speech.sample_rate)}
        errors += [abs(guessed[m.start] - m.first) / speech.sample_rate for m in speech.marks]
    errors.sort()
    assert errors[len(errors) // 2] <= 0.08
    assert errors[len(errors) * 8 // 10] <= 0.2
    assert errors[-1] <= 0.6


def test_words_after_a_comma_start_after_the_pause(espeak: Worker) -> None:
    text = "Yes, of course, he said."
    speech = espeak.render(text)
    exact = {m.start: m.first for m in speech.marks}
    for mark in estimate(text, speech.pcm, speech.sample_rate):
        if text[mark.start : mark.end] in {"of", "he"}:
            assert mark.first / speech.sample_rate == pytest.approx(exact[mark.start] / speech.sample_rate, abs=0.06)


@given(st.text(max_size=80), st.lists(st.integers(-32768, 32767), max_size=4000), st.sampled_from([8000, 22050]))
def test_any_text_and_any_sound_give_marks_in_order(text: str, samples: list[int], rate: int) -> None:
    from array import array

    from player.speech.engine import Speech

    pcm = array("h", samples).tobytes()
    marked_words(text, Speech(pcm, rate, estimate(text, pcm, rate), estimated=True))
