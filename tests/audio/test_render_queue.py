"""What is rendered first."""

from __future__ import annotations

from itertools import takewhile

import pytest

from player.audio.rendering.queue import RenderQueue
from player.audio.timeline import Timeline
from player.utterance.manner import ANY
from player.utterance.script import Script
from tests.support.stories import story_of

pytestmark = pytest.mark.quick

LONG = "The keeper climbed the tower every evening with a can of oil, and counted the steps aloud as she went."


def ahead(*paragraphs: str, first: int = 1) -> tuple[list[tuple[int, int]], Timeline]:
    """What is wanted when a paragraph begins, and its timeline."""
    timeline = Timeline(Script(story_of(*paragraphs), language="en").spoken_by(ANY), 8000)
    queue = RenderQueue(timeline, 24)
    queue.focus = first, 0
    return list(queue), timeline


def test_targets_of_skips_come_after_what_sounds_in_the_next_seconds() -> None:
    order, timeline = ahead(LONG, "She went up again. " * 20, LONG)
    soon = list(takewhile(lambda where: where[0] == 1, order))
    assert 8 < len(soon) < 20
    assert 12 <= (timeline.start(1, len(soon)) - timeline.start(1)) / timeline.rate < 14
    assert order[len(soon) :][:2] == [(2, 0), (0, 0)]
    assert set(order) >= {(1, n) for n in range(20)}


def test_of_long_sentences_three_come_before_them() -> None:
    order, _ = ahead(LONG, " ".join([LONG] * 8), LONG)
    assert order[:5] == [(1, 0), (1, 1), (1, 2), (2, 0), (0, 0)]


def test_soon_are_those_before_the_targets_of_skips() -> None:
    timeline = Timeline(Script(story_of(LONG, "She went up again. " * 20), language="en").spoken_by(ANY), 8000)
    queue = RenderQueue(timeline, 24)
    assert not list(queue.soon())
    queue.awaited.append((0, 0))
    queue.focus = 1, 0
    soon = list(queue.soon())
    assert soon[0] == (0, 0)
    assert list(queue)[: len(soon) + 1] == [*soon, (0, 0)]
    assert (1, 19) in list(queue) and (1, 19) not in soon
