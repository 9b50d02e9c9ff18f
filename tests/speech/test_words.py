"""Words as spans, and the cutting of silence."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.speech.engine import WordMark
from player.speech.sound.trimming import trimmed
from player.speech.words import words

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Don’t!” he said…", ["Don’t", "he", "said"]),
        ("said—twice, 2019–20", ["said", "twice", "2019", "20"]),
        ("the U.S., at 5 p.m.", ["the", "U.S.", "at", "5", "p.m."]),
        ("$3.50 (50%) & more", ["$3.50", "50%", "&", "more"]),
        ("well-known AT&T", ["well-known", "AT&T"]),
        ("Cafe\u0301 😀", ["Cafe\u0301", "😀"]),
        ("他说：你好。", ["他", "说", "你", "好"]),
        (" … — ", []),
        ("", []),
    ],
)
def test_words_are_without_the_punctuation_around_them(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in words(text)] == expected


@given(st.text())
def test_every_letter_and_digit_is_in_exactly_one_word(text: str) -> None:
    covered = [i for span in words(text) for i in range(span.start, span.end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if c.isalnum()} <= set(covered)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 5000))
def test_silence_is_cut_and_marks_move_with_their_sound(before: int, loud: int, after: int) -> None:
    rate = 22_050
    pcm = array("h", [0] * before + [9000] * loud + [0] * after).tobytes()
    speech = trimmed(pcm, rate, [WordMark(0, 1, before, before + loud)])
    (mark,) = speech.marks
    assert array("h", speech.pcm)[mark.first : mark.last] == array("h", [9000] * loud)
    assert mark.first <= 0.04 * rate
    assert speech.samples - mark.last <= 0.04 * rate


def test_silence_alone_is_no_speech() -> None:
    speech = trimmed(bytes(4000), 22_050, [WordMark(0, 1, 0, 2000)])
    assert (speech.pcm, speech.marks) == (b"", ())
