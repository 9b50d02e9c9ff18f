"""Spans and samples on one clock: what is rendered is exact, what is not is estimated, nothing contradicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.timeline import Place, Timeline
from player.audio.timeline.block_times import FRAME
from player.audio.timeline.prefix_sums import PrefixSums
from player.speech.choosing.registry import profile
from player.speech.engine import WordMark
from player.utterance import script
from player.utterance.script import Script
from tests.support.stories import story_of

pytestmark = pytest.mark.quick

RATE = 22050
PARAGRAPHS = (
    "# One",
    "The first sentence is here. The second one follows it! Does a third?",
    "* * *",
    "Another paragraph, rather short.",
    "And the last one. It ends.",
)


def make_timeline() -> Timeline:
    return Timeline(Script(story_of(*PARAGRAPHS), language="en").spoken_by(profile("pyttsx3").manner), RATE)


def all_utterances(timeline: Timeline) -> list[tuple[int, int]]:
    return [(b, u) for b in range(len(timeline.script)) for u in range(len(timeline.utterances(b)))]


def test_a_block_lasts_whole_frames_once_it_is_rendered() -> None:
    timeline = make_timeline()
    for where in all_utterances(timeline):
        timeline.put(*where, 12_345, ())
    assert timeline.exact
    assert [timeline.start(block) % FRAME for block in range(len(PARAGRAPHS) + 1)] == [0] * 6
    assert timeline.duration == timeline.start(len(PARAGRAPHS))


def test_a_block_that_says_nothing_takes_no_time() -> None:
    timeline = make_timeline()
    for where in all_utterances(timeline):
        timeline.put(*where, 10_000, ())
    assert timeline.utterances(2) == ()
    assert timeline.start(2) == timeline.start(3)
    assert timeline.following(1, 2) == (3, 0)
    assert timeline.next_block(1) == 3
    assert timeline.previous_block(3) == 1


def test_a_rendered_word_is_found_where_it_sounds() -> None:
    timeline = make_timeline()
    said = timeline.utterances(1)[1]
    first = said.spoken.index("one")
    timeline.put(1, 1, 50_000, (WordMark(0, 3, 100, 9_000), WordMark(first, first + 3, 9_000, 20_000)))
    word = timeline.word_at(Place(1, 1, 9_500))
    assert word is not None
    text = PARAGRAPHS[1]
    assert text[word.span.start : word.span.end] == "one"
    assert timeline.word_at(Place(1, 1, 50)) is None  # before the first word
    assert timeline.word_at(Place(1, 1, 50_000)) is None  # in the pause
    assert timeline.find(1, text.index("one") + 1) == Place(1, 1, 9_000)


def test_what_is_worked_out_while_the_story_grows_is_worked_out_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = story_of("The first one.", "The second one. It goes on. And on.")
    timeline = Timeline(Script(story_of("The first one.", "The second one.")).spoken_by(), RATE)
    timeline.utterances(0)
    split, grown = script.spans, []

    def growing(text: str, language: str) -> object:
        found = split(text, language)
        if not grown:  # as another thread does
            grown.append(timeline.grow(whole, 1, 0))
        return found

    monkeypatch.setattr(script, "spans", growing)
    count = len(timeline.utterances(1))
    assert grown == [True]
    assert count == 3 and timeline.following(1, 1) == (1, 2)


def test_the_pace_of_what_is_rendered_corrects_the_estimate_of_the_rest() -> None:
    timeline = make_timeline()
    before = timeline.duration
    said = timeline.utterances(1)[0]
    timeline.put(1, 0, len(said.spoken) * RATE, ())  # a character a second: much slower than assumed
    assert timeline.duration > before * 1.3
    assert not timeline.exact


def test_an_expected_length_is_that_of_the_whole_until_more_is_known() -> None:
    timeline = make_timeline()
    timeline.expect(20.0)
    assert timeline.duration / RATE == pytest.approx(20.0, rel=0.02)
    timeline.put(1, 0, 2 * RATE, ())
    assert timeline.start(1, 1) - timeline.start(1, 0) == 2 * RATE + int(
        timeline.pause(timeline.utterances(1)[0]) * RATE
    )
    assert timeline.duration / RATE == pytest.approx(20.0, rel=0.2)


def test_a_segment_counts_once() -> None:
    timeline = make_timeline()
    timeline.put(0, 0, 5_000, ())
    duration = timeline.duration
    timeline.put(0, 0, 99_000, ())
    assert timeline.duration == duration
    assert timeline.speech(0, 0) == 5_000


@given(st.data())
def test_time_and_place_are_inverse_and_monotonic_however_much_is_rendered(data: st.DataObject) -> None:
    timeline = make_timeline()
    utterances = all_utterances(timeline)
    rendered = data.draw(st.permutations(utterances))[: data.draw(st.integers(0, len(utterances)))]
    for where in rendered:
        timeline.put(*where, data.draw(st.integers(0, 200_000)), ())
    starts = [timeline.start(*where) for where in utterances]
    assert starts == sorted(starts)
    assert starts[0] == 0
    samples = sorted(data.draw(st.lists(st.integers(0, timeline.duration - 1), max_size=20)))
    places = [timeline.at(sample) for sample in samples]
    assert places == sorted(places)
    assert [timeline.time(place) for place in places] == samples


def test_a_story_that_says_nothing_has_one_place() -> None:
    timeline = Timeline(Script(story_of("* * *"), language="en").spoken_by(profile("pyttsx3").manner), RATE)
    assert timeline.at(0) == timeline.at(12_345) == Place(0, 0, 0)


@given(st.data())
def test_everything_stands_where_adding_up_says(data: st.DataObject) -> None:
    """However much is rendered, in whatever order: the sums in trees against lists added up anew."""
    timeline = make_timeline()
    speech: dict[tuple[int, int], int] = {}
    utterances = all_utterances(timeline)
    for where in data.draw(st.permutations(utterances))[: data.draw(st.integers(0, len(utterances)))]:
        speech[where] = data.draw(st.integers(0, 200_000))
        timeline.put(*where, speech[where], ())
    known = unknown = 0
    for block in range(len(PARAGRAPHS)):
        at: int = timeline.start(block)
        rendered = [(block, n) in speech for n in range(len(timeline.utterances(block)))]
        for n, said in enumerate(timeline.utterances(block)):
            assert timeline.start(block, n) == at
            slot = timeline.slot(block, n)
            at += slot
            if not rendered[n]:
                unknown += said.span.end - said.span.start
                continue
            known += slot
            padding = slot - speech[block, n] - int(timeline.pause(said) * RATE)
            assert 0 <= padding < (FRAME if all(rendered) and n == len(rendered) - 1 else 1)
        assert at == timeline.start(block + 1)
        assert not all(rendered) or (at - timeline.start(block)) % FRAME == 0
    assert timeline.exact == (unknown == 0)
    assert timeline.duration == pytest.approx(known + unknown * pace(timeline, speech), abs=1)


def pace(timeline: Timeline, speech: dict[tuple[int, int], int]) -> float:
    """Samples a character: as rendered so far, with 400 characters at 15 a second thrown in."""
    samples, characters = 400 * RATE / 15, 400
    for (block, n), sounds in speech.items():
        said = timeline.utterances(block)[n]
        samples += sounds + int(timeline.pause(said) * RATE)
        characters += said.span.end - said.span.start
    return samples / characters


@given(st.lists(st.integers(-1000, 1000), min_size=1), st.data())
def test_prefix_sums_are_sums(values: list[int], data: st.DataObject) -> None:
    sums = PrefixSums(values)
    for _ in range(data.draw(st.integers(0, 5))):
        index = data.draw(st.integers(0, len(values) - 1))
        values[index] = data.draw(st.integers(-1000, 1000))
        sums.set(index, values[index])
    assert [sums.before(i) for i in range(len(values) + 1)] == [sum(values[:i]) for i in range(len(values) + 1)]
    assert sums.total == sum(values)
