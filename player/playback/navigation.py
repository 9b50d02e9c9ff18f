"""Skips and jumps: their targets, and the way back.

Targets are computed without the transport's lock, because finding sentences may have to split a block.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from player.audio.timeline import Place, Timeline
from player.playback.transport import Transport
from player.playback.transport.run import Target

_RESTART_SECONDS = 1.5
"""Seconds. Further into a sentence, paragraph or chapter, "previous" goes to its own beginning first."""

_LISTENED_SECONDS = 1.5
"""Seconds. A second skip of the same kind within this time counts as part of the first jump."""

_MOST_CLAUSES = 5
"""Most clauses of a sentence that is skipped as a whole; a clause has about 180 characters, 12 s of speech."""

_MOST_JUMPS = 50
"""Places kept for `back`."""

_NEAR_BLOCKS = 1
"""Most blocks that a jump passes without counting as a leap."""


class Navigation:
    """The jumps in one story, and the places they started from. For one thread; every method returns at once."""

    leaps = 0
    """Number of jumps that led more than a paragraph away."""
    returned = False
    """True if the last jump was made by `back`, so that `forth` undoes it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._left: deque[tuple[int, int]] = deque(maxlen=_MOST_JUMPS)
        self._undone: list[tuple[int, int]] = []
        self._last: tuple[str, tuple[int, int]] | None = None  # the last jump: its kind, and the word it led to

    # -- absolute ------------------------------------------------------------------------------------------

    def start_at(self, block: int, character: int) -> None:
        """Start the story at the word at a character of a block, and forget all jumps."""
        self._left.clear()
        self._undone.clear()
        self._last = None
        self.returned = False
        self.move_to(block, character)

    def move_to(self, block: int, character: int) -> None:
        """Go to the word at a character of a block without counting it as a jump."""
        self._move(lambda timeline, _: _at_word(timeline, block, character))

    def seek(self, block: int, character: int) -> None:
        """Go to the word at a character of a block."""
        self._go("", lambda timeline, _: _at_word(timeline, block, character))

    def seek_sample(self, sample: int) -> None:
        """Go to a sample of the timeline, clamped to the story."""
        self._go("", lambda timeline, _: Target(timeline.at(sample)))

    def seek_share(self, share: float) -> None:
        """Go to a share of the story's time, 0 to 1."""
        self._go("", lambda timeline, _: Target(timeline.at(int(share * timeline.duration))))

    def to_start(self) -> None:
        """Go to the story's beginning."""
        self.seek_sample(0)

    def to_end(self) -> None:
        """Go to the beginning of the last sentence."""
        self._go("", _last_sentence)

    def remember(self, block: int, character: int) -> None:
        """Let the next `back` return to the word at a character of a block."""
        self._left.append((block, character))
        self._undone.clear()
        self._last = None
        self.returned = False

    # -- relative ------------------------------------------------------------------------------------------

    def skip_seconds(self, seconds: float) -> None:
        """Go `seconds` of the story forward, or back when negative."""
        self._go("seconds", partial(_seconds_on, seconds=seconds))

    def skip_sentences(self, count: int) -> None:
        """Go `count` sentences forward. -1 goes to this one's beginning or, if already there, to the one before."""
        self._go("sentences", partial(_sentences_on, count=count))

    def say_again(self) -> None:
        """Play this sentence from its beginning, also when paused."""
        self.skip_sentences(0)
        self._transport.play()

    def skip_paragraphs(self, count: int) -> None:
        """Go `count` paragraphs forward. -1 goes to this one's beginning or, if already there, to the one before."""
        self._go("paragraphs", partial(_paragraphs_on, count=count))

    def skip_sections(self, count: int) -> None:
        """Go `count` chapters forward. -1 goes to this one's beginning or, if already there, to the one before."""
        self._go("sections", partial(_sections_on, count=count))

    # -- the way back --------------------------------------------------------------------------------------

    def back(self) -> bool:
        """Undo the last jump: return to the word where it was made. Skips in quick succession are undone together.

        Returns False when there is none to undo.
        """
        if not self._left:
            return False
        self._undone.append(self._return_to(*self._left.pop()))
        self.returned = True
        return True

    def forth(self) -> bool:
        """Undo the last `back`: return to the word where it was made. A new jump forgets what `back` undid.

        Returns False when there is none to undo.
        """
        if not self._undone:
            return False
        self._left.append(self._return_to(*self._undone.pop()))
        self.returned = False
        return True

    def _return_to(self, block: int, character: int) -> tuple[int, int]:
        """Go to a word, and return the (block, character) left."""
        self._last = None
        moved = self._move(lambda timeline, _: _at_word(timeline, block, character))
        assert moved is not None  # there is always a word to go to
        timeline, place, _ = moved
        left = timeline.written(place)
        self._count(left[0], block)
        return left

    def _count(self, left: int, target: int) -> None:
        if abs(target - left) > _NEAR_BLOCKS:
            self.leaps += 1

    def _go(self, kind: str, leads: Callable[[Timeline, Place], Target | None]) -> None:
        """Jump to the target that `leads` returns, and remember the place left. Skips of one `kind` in quick succession
        are remembered as one."""
        moved = self._move(leads)
        if moved is None:
            return
        timeline, place, target = moved
        if not (kind and self._last is not None and self._last[0] == kind and self._just_landed(timeline, place)):
            self._left.append(timeline.written(place))
        self._undone.clear()
        self.returned = False
        self._last = kind, _written(timeline, target)
        self._count(self._left[-1][0], target.place.block)

    def _just_landed(self, timeline: Timeline, place: Place) -> bool:
        assert self._last is not None
        since = timeline.time(place) - timeline.time(timeline.find(*self._last[1]))
        return abs(since) < _LISTENED_SECONDS * timeline.rate

    def _move(self, leads: Callable[[Timeline, Place], Target | None]) -> tuple[Timeline, Place, Target] | None:
        """Jump to the target that `leads` computes for the current place; again if the timeline was replaced meanwhile.
        Return the timeline, the place left and the target; None when there is no target."""
        while True:
            timeline, place = self._transport.here()
            target = leads(timeline, place)
            if target is None:
                return None
            if self._transport.jump(target, timeline):
                return timeline, place, target


# -- targets of skips: from a place of a timeline to a target, or None when there is nothing further ----------------


def _at_word(timeline: Timeline, block: int, character: int) -> Target:
    place = timeline.find(block, character)
    return Target(place, character if place.block == block else None)


def _written(timeline: Timeline, target: Target) -> tuple[int, int]:
    if target.character is not None:
        return target.place.block, target.character
    return timeline.written(target.place)


def _seconds_on(timeline: Timeline, place: Place, seconds: float) -> Target:
    return Target(timeline.at(timeline.time(place) + int(seconds * timeline.rate)))


def _last_sentence(timeline: Timeline, _: Place) -> Target | None:
    block = timeline.previous_block(len(timeline.script))
    return None if block is None else Target(Place(block, _stops(timeline, block)[-1], 0))


def _sentences_on(timeline: Timeline, place: Place, count: int) -> Target | None:
    stops = _stops(timeline, place.block)
    here = max(bisect_right(stops, place.utterance) - 1, 0)
    where = (place.block, stops[here] if stops else 0)
    if count < 0 and _well_into(timeline, place, timeline.start(*where)):
        count += 1
    for _ in range(abs(count)):
        step = _stop_after(timeline, *where) if count > 0 else _stop_before(timeline, *where)
        if step is None:
            if count > 0:
                return None  # the last sentence plays on
            break
        where = step
    return Target(Place(*where, 0))


def _paragraphs_on(timeline: Timeline, place: Place, count: int) -> Target | None:
    block = place.block
    if count < 0 and _well_into(timeline, place, timeline.start(block)):
        count += 1
    for _ in range(abs(count)):
        step = timeline.next_block(block) if count > 0 else timeline.previous_block(block)
        if step is None:
            if count > 0:
                return None
            break
        block = step
    return Target(Place(block, 0, 0))


def _sections_on(timeline: Timeline, place: Place, count: int) -> Target | None:
    story = timeline.script.story
    at = story.section_at(place.block)
    index = -1 if at is None else at
    if count < 0 and _well_into(timeline, place, timeline.start(0 if at is None else story.sections[at].block)):
        count += 1
    index += count
    if index >= len(story.sections):
        return None  # the last chapter plays on
    return _at_word(timeline, story.sections[index].block if index >= 0 else 0, 0)


def _well_into(timeline: Timeline, place: Place, start: int) -> bool:
    return timeline.time(place) - start > _RESTART_SECONDS * timeline.rate


def _stops(timeline: Timeline, block: int) -> list[int]:
    """Return the utterances at which skips by sentence stop: the first of each sentence, and every clause of a sentence
    longer than a minute, as in text without full stops."""
    utterances = timeline.utterances(block)
    clauses = Counter(  # each but a voice's first: where another voice takes over, no clause ends
        said.sentence
        for before, said in pairwise(utterances)
        if (before.sentence, before.role) == (said.sentence, said.role)
    )
    return [
        i
        for i, said in enumerate(utterances)
        if not i or said.sentence != utterances[i - 1].sentence or clauses[said.sentence] >= _MOST_CLAUSES
    ]


def _stop_after(timeline: Timeline, block: int, utterance: int) -> tuple[int, int] | None:
    further = [stop for stop in _stops(timeline, block) if stop > utterance]
    if further:
        return block, further[0]
    after = timeline.next_block(block)
    return None if after is None else (after, 0)


def _stop_before(timeline: Timeline, block: int, utterance: int) -> tuple[int, int] | None:
    earlier = [stop for stop in _stops(timeline, block) if stop < utterance]
    if earlier:
        return block, earlier[-1]
    before = timeline.previous_block(block)
    return None if before is None else (before, _stops(timeline, before)[-1])
