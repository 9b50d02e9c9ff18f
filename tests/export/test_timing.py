"""Times of sentences and words, as every export writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.audio.timeline import Timeline
from player.export.timing import timed_sentences
from player.story.model import Story
from player.story.sources import load
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import studio


def _rendered(story: Story, cache: Path, engine: str = "pyttsx3") -> Timeline:
    with studio(story, cache, engine) as (timeline, renderer):
        for block in range(len(timeline.script)):
            for n in range(len(timeline.utterances(block))):
                renderer.segment(block, n)
    return timeline


@pytest.mark.parametrize("engine", ["pyttsx3", "hibari"])
def test_words_follow_one_another_on_paper_and_in_time(engine: str, tmp_path: Path) -> None:
    timeline = _rendered(load(str(ARTICLE)), tmp_path, engine)
    sentences = list(timed_sentences(timeline))
    assert [(s.block, s.index) for s in sentences] == sorted({(s.block, s.index) for s in sentences})
    end = 0
    for sentence in sentences:
        assert end <= sentence.first < sentence.last <= timeline.duration
        end, at = sentence.last, (sentence.span.start, sentence.first)
        assert sentence.words and not sentence.estimated
        for word in sentence.words:
            assert at[0] <= word.span.start < word.span.end <= sentence.span.end
            assert at[1] <= word.first <= word.last <= sentence.last
            at = (word.span.end, word.last)


def test_a_word_sounds_where_the_player_says(tmp_path: Path) -> None:
    timeline = _rendered(story_of("The fee rose to $3.5bn in May. Nobody paid it."), tmp_path)
    first, _ = timed_sentences(timeline)
    text = timeline.script.story.blocks[0].text
    said = {text[slice(*word.span)]: word for word in first.words}
    assert "$3.5bn" in said, "said as five words, written as one"
    for word in first.words:
        middle = (word.first + word.last) // 2
        heard = timeline.word_at(timeline.at(middle))
        assert heard is not None
        assert word.span.start <= heard.span.start < heard.span.end <= word.span.end


def test_what_says_nothing_has_no_time(tmp_path: Path) -> None:
    timeline = _rendered(story_of("One.", "* * *", "Two."), tmp_path)
    assert [s.block for s in timed_sentences(timeline)] == [0, 2]
