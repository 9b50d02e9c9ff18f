"""Roman numerals are read as they are written."""

from __future__ import annotations

import pytest

from player.story.roman_numerals import roman, to_roman


def test_every_numeral_is_read_as_it_was_written() -> None:
    assert [roman(to_roman(number), most=3999) for number in range(1, 4000)] == list(range(1, 4000))


@pytest.mark.parametrize("written", ["", "IIX", "IIII", "VV", "MMMM", "iv", "XIVI", "A", "I" * 100])
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert roman(written, most=3999) is None


def test_what_is_above_the_most_has_no_value() -> None:
    assert (roman("XCIX"), roman("C"), roman("C", most=100)) == (99, None, 100)
