"""An utterance in parts: each is said as in the whole, and points to the same written words."""

from __future__ import annotations

import pytest

from player.story.model import Span
from player.utterance.cutting import cuts, parted
from player.utterance.manner import ANY
from player.utterance.model import Utterance
from player.utterance.pauses import Pause
from player.utterance.script import Script
from tests.support.stories import story_of

pytestmark = pytest.mark.quick

TEXTS = (
    "The keeper climbed the tower every evening, with a can of oil; she counted the steps aloud.",
    "It cost $5.5 million in 1911 [3], Mr. Miller said — “too much” — and nobody paid (not even he).",
    "Anna",
    "In the years 1990–95, 12 km² were lost.",
)


def whole(text: str, language: str = "en") -> Utterance:
    (said,) = Script(story_of(text), language=language).spoken_by(ANY).utterances(0)
    return said


@pytest.mark.parametrize("text", TEXTS)
def test_all_parts_together_say_what_the_whole_says(text: str) -> None:
    said = whole(text)
    parts = list(parted((said,), {cut.character for cut in cuts(said)}))
    assert len(parts) == len(list(cuts(said))) + 1
    assert " ".join(part.spoken for part in parts) == said.spoken
    assert [part.pause for part in parts] == [Pause.CLAUSE] * (len(parts) - 1) + [said.pause]
    at = 0
    for part in parts:
        for n in range(len(part.spoken)):
            assert part.alignment.written(n, n + 1) == said.alignment.written(at + n, at + n + 1)
        at += len(part.spoken) + 1
        assert said.span.start <= part.span.start < part.span.end <= said.span.end
    assert [part.span.start for part in parts[1:]] == [cut.character for cut in cuts(said)]


def test_it_is_cut_where_it_is_asked_to_be_and_can_be() -> None:
    text = TEXTS[0]
    said = whole(text)
    comma, within = text.index("with"), text.index("owe")
    first, second = parted((said,), {comma, within})
    assert (first.spoken, second.spoken) == (text[: comma - 1], text[comma:])
    assert (first.span, second.span) == (Span(0, comma - 1), Span(comma, len(text)))
    assert list(parted((said,), ())) == [said]


def test_a_reading_is_never_cut() -> None:
    text = TEXTS[1]
    starts = {text[cut.character :].split()[0] for cut in cuts(whole(text))}
    assert {"$5.5", "in", "1911", "said", "“too", "(not"} <= starts
    assert "million" not in starts


def test_it_is_told_where_a_voice_pauses_anyway() -> None:
    text = TEXTS[0]
    behind = [text[cut.character :].split()[0] for cut in cuts(whole(text)) if cut.follows_mark]
    assert behind == ["with", "she"]


def test_chinese_is_cut_behind_punctuation() -> None:
    text = "他每天晚上爬上灯塔，手里拿着油灯，她大声数着台阶。"
    assert [text[cut.character] for cut in cuts(whole(text, "zh"))] == ["手", "她"]
