"""Long sentences are cut where a reader would breathe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.story.model import Span
from player.utterance.sentences.clauses import LIMIT, clauses, with_short_start

pytestmark = pytest.mark.quick

LONG = (
    "Key European powers, including Germany, France, Poland, and Britain, released a joint statement asserting "
    "that both Ukraine and Europe must participate in any negotiations, while British Defense Secretary Healey "
    "insisted that the voice of Ukraine must be central to any talks about its future; nobody disagreed."
)


def test_a_sentence_of_usual_length_stays_whole() -> None:
    text = LONG[:LIMIT]
    assert clauses(text, (0, len(text))) == [(0, len(text))]


def test_a_long_sentence_is_cut_after_a_comma_and_not_in_a_series() -> None:
    parts = [LONG[start:end] for start, end in clauses(LONG, (0, len(LONG)))]
    assert len(parts) == 2
    assert parts[0].endswith((",", ";")) or parts[1].startswith(("that ", "while "))
    assert not parts[0].endswith(("Germany,", "France,", "Poland,"))


def test_text_without_blanks_is_cut_hard() -> None:
    parts = clauses("x" * 5000, (0, 5000))
    assert max(end - start for start, end in parts) <= 400


@given(text=st.text(alphabet="ab, ;.—\n", min_size=1, max_size=1500).map(str.strip).filter(bool))
def test_clauses_tile_the_sentence_but_for_blanks(text: str) -> None:
    at = 0
    for start, end in clauses(text, (0, len(text))):
        assert start < end <= start + 400
        assert not text[at:start].strip()
        at = end
    assert at == len(text)


def test_what_stands_in_brackets_is_not_cut_in_two() -> None:
    text = (
        "The delegates, who had come from eleven countries (among them Germany, which had drawn up the first draft, "
        "Poland, and the United Kingdom, whose ministers had stayed at home that week), agreed after two long nights "
        "that the text was ready, and that it would be signed in the spring of next year."
    )
    assert all(part.count("(") == part.count(")") for part in (text[s:e] for s, e in clauses(text, (0, len(text)))))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("When the rain had stopped, the children ran down to the river to look for flat stones.", None),
        ("When the rain had stopped, the children ran" + " and looked" * 8, "When the rain had stopped,"),
        ("Germany, France, and Britain (an island) we" + " and you" * 9, "Germany, France, and Britain (an island)"),
        ("In Germany, France, Poland, and Britain people talked" + " and talked" * 6, None),
        ("雨停了以后，孩子们跑到河边去找石头，" + "他们每年夏天都这样做，" * 3, "雨停了以后，孩子们跑到河边去找石头，"),
    ],
)  # fmt: skip
def test_a_slow_voice_is_given_the_beginning_of_a_long_clause_by_itself(text: str, start: str | None) -> None:
    parts = [text[a:b] for a, b in with_short_start(text.strip(), Span(0, len(text.strip())))]
    assert parts == [text] if start is None else parts[0] == start
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
