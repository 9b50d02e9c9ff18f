"""Where a slow voice begins: soon, and never waited for afterwards."""

from __future__ import annotations

from itertools import islice

import pytest

from player.audio.timeline import Timeline
from player.playback.recasting.meeting import AROUND, Character, Meeting, Planner
from player.utterance.manner import ANY
from player.utterance.script import Script
from tests.support.stories import story_of

pytestmark = pytest.mark.quick

RATE = 24_000
PACE = 15.0
"""Characters per second, of the old voice."""
STORY = (
    "Peace talks",
    "The keeper climbed the tower every evening with a can of oil, counted the steps aloud, and lit the lamp that the "
    "boats came home by. In the winter of 1911 they came in late, and nobody went to sleep before it was lit.",
    "It was an old habit. Her mother had lit it for forty years before her and had climbed the same steps each evening "
    "with a can of oil that was as heavy as the one which she now carried herself.",
)


LOADED_IN = 1.2
"""Seconds until the workers beside the first are loaded."""
LONG = (STORY[0], *STORY[1:] * 3)


def timeline(characters_per_second: float, story: tuple[str, ...]) -> Timeline:
    script = Script(story_of(*story), language="en").spoken_by(ANY)
    return Timeline(script, RATE, characters_per_second=characters_per_second)


class Stage:
    """A new voice's timeline, and an old voice that has said so many seconds of a story."""

    def __init__(
        self,
        said: float,
        *,
        pace: float,
        stored: tuple[tuple[int, int], ...] = (),
        speed: float = 1.0,
        assumed: float = PACE,
        workers: int = 1,
        story: tuple[str, ...] = STORY,
    ) -> None:
        """`assumed` is the pace of the new voice that its timeline begins with."""
        self.workers = workers
        self.old, self.timeline = timeline(PACE, story), timeline(assumed, story)
        self.said = said
        self.pace = pace
        self.speed = speed
        self.stored = stored
        place = self.old.at(int(said * RATE))
        planner = Planner(
            self.timeline, self.until, lambda where: where in stored, speed, workers=workers, free_in=LOADED_IN
        )
        self.meeting = planner.find(place[:2], pace)

    def until(self, at: Character) -> float:
        block, character = at
        utterance = self.old.utterance_of(block, character)
        behind = (character - self.old.utterances(block)[utterance].span.start) / PACE
        return (self.old.start(block, utterance) / RATE + behind - self.said) / self.speed

    @property
    def begins(self) -> float:
        """Seconds until the new voice speaks."""
        assert self.meeting is not None
        return self.until((self.meeting.where[0], self.meeting.start))

    def late(self) -> float:
        """Return by how many seconds the worst of what follows would be late; below zero if nothing is."""
        assert self.meeting is not None
        block = self.meeting.where[0]
        for where, at in self.meeting.cuts:
            self.timeline.cut(where, [at])
        worst = -9.0
        free = [0.0] + [LOADED_IN] * (self.workers - 1)
        first = self.timeline.utterance_of(block, self.meeting.start)
        for where, n in islice(self.timeline.from_here(block, first), 6):
            said = self.timeline.utterances(where)[n]
            span = said.span
            free.sort()
            speech = (span.end - span.start) / PACE - self.timeline.pause(said)
            free[0] += 0 if (where, n) in self.stored else self.pace * (AROUND + speech)
            worst = max(worst, free[0] - self.until((where, span.start)))
        return worst


@pytest.mark.parametrize("speed", [0.7, 1.0, 1.6])
@pytest.mark.parametrize("pace", [0.2, 0.35, 0.5])
@pytest.mark.parametrize("said", [0.3, 2.0, 4.0, 9.0])
def test_it_begins_soon_and_all_that_follows_is_ready_in_time(said: float, pace: float, speed: float) -> None:
    stage = Stage(said, pace=pace, speed=speed)
    assert 0 < stage.begins < 8
    assert stage.late() < 0.25  # blanks and pauses at the cuts are not counted


@pytest.mark.parametrize("pace", [0.5, 0.6])
@pytest.mark.parametrize("said", [0.3, 2.0, 4.0, 9.0])
def test_with_a_second_worker_it_begins_sooner_when_played_fast(said: float, pace: float) -> None:
    alone, both = (Stage(said, pace=pace, speed=2.0, workers=workers, story=LONG) for workers in (1, 2))
    assert 0 < both.begins < alone.begins
    assert both.late() < 0.25


def test_a_faster_voice_begins_sooner() -> None:
    assert Stage(3.0, pace=0.1).begins < Stage(3.0, pace=0.6).begins


def test_lengths_are_the_old_voices_as_the_new_ones_are_not_known() -> None:
    stages = [Stage(3.0, pace=0.3, assumed=assumed) for assumed in (PACE, 5 * PACE)]
    assert stages[0].meeting is not None
    assert stages[0].meeting == stages[1].meeting


def test_cuts_are_behind_punctuation_where_that_is_soon_enough() -> None:
    stage = Stage(4.1, pace=0.3)
    assert stage.meeting is not None
    assert STORY[1][stage.meeting.start :].startswith("counted the steps")


def test_no_part_is_shorter_than_a_few_words() -> None:
    for said in range(20):
        stage = Stage(float(said), pace=0.45)
        if stage.meeting is None:
            continue
        stage.late()  # cuts it
        block, n = stage.meeting.where[0], stage.timeline.utterance_of(stage.meeting.where[0], stage.meeting.start)
        for where in islice(stage.timeline.from_here(block, n), 4):
            span = stage.timeline.utterances(where[0])[where[1]].span
            assert span.end - span.start >= 10


def test_a_voice_that_has_said_the_sentence_already_begins_at_once() -> None:
    stage = Stage(3.5, pace=0.3, stored=((1, 0), (1, 1)))
    assert stage.meeting == Meeting((1, 0), 0, (), 0.0)


def test_a_voice_slower_than_speech_begins_nowhere_or_near_the_end() -> None:
    meeting = Stage(0.5, pace=3.0).meeting
    assert meeting is None or meeting.where[0] == len(STORY) - 1
