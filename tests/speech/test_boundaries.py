"""Word boundaries as Windows and macOS give them, in UTF-16 units, become marks of the written words."""

from __future__ import annotations

import pytest

from player.speech.engine import Speech
from player.speech.engines.pyttsx3_engine.boundaries import Boundary, marks_of
from tests.speech.checks import marked_words


def boundaries(text: str, *said: str) -> list[Boundary]:
    """One for each said part, 100 samples apart, at its place in UTF-16."""
    found, place = [], 0
    for i, part in enumerate(said):
        place = text.index(part, place)
        start, length = (len(t.encode("utf-16-le")) // 2 for t in (text[:place], part))
        found.append(Boundary(start, length, 100 * i + 10))
        place += len(part)
    return found


CASES = [
    ("Hello there, Zoë.", ["Hello", "there", "Zoë"], {"Hello": 10, "there": 110, "Zoë": 210}),
    ("Peace 😀 at 𝔩ast", ["Peace", "😀", "at", "𝔩ast"], {"Peace": 10, "😀": 110, "at": 210, "𝔩ast": 310}),
    ("In the U.S. today", ["In", "the", "U", "S", "today"], {"In": 10, "the": 110, "U.S.": 210, "today": 410}),
    ("“Don’t go”", ["“Don’t", "go”"], {"Don’t": 10, "go": 110}),
    ("It is 10:30 now", ["It", "is", "10", "30", "now"], {"It": 10, "is": 110, "10:30": 210, "now": 410}),
]


@pytest.mark.parametrize(("text", "said", "firsts"), CASES)
def test_each_written_word_begins_where_it_is_said(text: str, said: list[str], firsts: dict[str, int]) -> None:
    marks = marks_of(text, boundaries(text, *said), 600)
    assert marks is not None
    speech = Speech(bytes(1200), 8000, marks)
    assert dict(zip(marked_words(text, speech), (m.first for m in marks), strict=True)) == firsts
    assert marks[-1].last == 600


def test_words_said_in_one_breath_share_its_time() -> None:
    text = "one of the men"
    marks = marks_of(text, [Boundary(0, 3, 0), Boundary(4, 6, 100), Boundary(11, 3, 200)], 300)
    assert marks is not None
    assert marked_words(text, Speech(bytes(600), 8000, marks)) == ["one", "of", "the", "men"]
    assert [m.first for m in marks] == [0, 100, 140, 200]


def test_the_order_and_the_length_given_do_not_matter() -> None:
    text = "Hello there, Zoë."
    told = boundaries(text, "Hello", "there", "Zoë")
    assert marks_of(text, [b._replace(length=0) for b in reversed(told)], 600) == marks_of(text, told, 600)


@pytest.mark.parametrize(
    "told",
    [
        [],
        [Boundary(0, 5, 0)],
        [Boundary(-1, 5, 0), Boundary(900, 5, 0), Boundary(2**40, 1, 5)],
        [Boundary(n, 1, 10**9) for n in range(4)],
    ],
)
def test_too_few_boundaries_or_those_of_another_text_are_none(told: list[Boundary]) -> None:
    assert marks_of("Hello there, dear Zoë.", told, 600) is None
