"""What reaches the terminal is clean, whatever came in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.story.text import clean, printable

pytestmark = pytest.mark.quick

ODD = st.sampled_from(
    [*"\x1b\x9b\x9d\x07\x00\x7f\x85\u200b\u200d\u202e\u2066\ufeff\u00ad\ufffc\ue000[];mH\u0301e\u2028 \n", "👩", "🚀"]
)
ANY = st.text() | st.text(ODD) | st.text(st.characters())


@given(ANY)
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\ufeff")


@given(ANY)
def test_clean_text_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("\x1b[1;31mRed\x1b[0m alert", "Red alert"),
        ("\x1b]0;owned\x07Hello", "Hello"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x9b2Jb", "ab"),
        ("pay \u202elive\u202c now", "pay live now"),
        ("zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("👩\u200d🚀 and 👨\u200d👩\u200d👧", "👩\u200d🚀 and 👨\u200d👩\u200d👧"),
        ("no\u200djoin", "nojoin"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301te\u0301", "été"),
        ("non\u00a0breaking\u2003blanks\tand\r\nlines", "non breaking blanks and lines"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("", ""),
    ],
)
def test_clean_examples(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_marks_without_end_are_left_out() -> None:
    zalgo = "e" + "\u0301\u0323" * 20_000 + " x"
    assert len(clean(zalgo)) <= 33
    assert clean("o\u0302\u0301") == "ố"


@given(st.text())
def test_what_is_shown_acts_on_nothing_and_hides_nothing(text: str) -> None:
    line = printable(text)
    assert len(line) == len(" ".join(text.split())) and not set(line) & set("\n\r\x1b\x9b\u202e")
    assert printable(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),  # Persian: two words written as one
        ("a\u200db", "a\ufffdb"),
        ("user\u202egpj.exe", "user\ufffdgpj.exe"),
    ],
)
def test_joiners_are_shown_where_they_join(raw: str, line: str) -> None:
    assert printable(raw) == line
