"""Every utterance and pause of a story on one clock, counted in samples.

An utterance not rendered yet has an estimated length: its characters times the pace measured so far. Lengths become
exact as segments arrive, in any order, so absolute times shift while a story is rendered: to remember where it is, keep
a `Place`, never a time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy, deepcopy
from functools import partial
from itertools import takewhile
from threading import RLock
from typing import NamedTuple

from player.audio.timeline.block_times import FRAME, Row, Word, characters
from player.audio.timeline.packed_words import Numbers, pack
from player.audio.timeline.prefix_sums import PrefixSums
from player.speech.engine import Samples, WordMark
from player.story.model import Story
from player.utterance.model import Utterance
from player.utterance.script import SpokenScript

_PRIOR_CHARACTERS = 400
"""Weight of the assumed pace against the measured one, in characters."""


class Place(NamedTuple):
    """A place in the story: a sample of an utterance. Samples beyond its speech lie in the pause after it."""

    block: int
    utterance: int
    sample: int


class Timeline:
    """The clock of one story in one voice. Methods may be called from any thread."""

    def __init__(
        self, script: SpokenScript, rate: int, *, speed: float = 1.0, characters_per_second: float = 15.0
    ) -> None:
        """`rate` in samples per second; `characters_per_second` is the pace assumed before any is measured.

        At a `speed` other than 1, `put` expects stretched segments, and pauses are stretched here: for exports.
        (Playing stretches on the way to the loudspeaker, from a timeline at speed 1.)
        """
        self.script = script
        self.rate = rate
        self.speed = speed
        self.lead = Samples(0)
        """Silence before the first word: a whole number of FRAMEs."""
        self.on_change: Callable[[], None] | None = None
        """Called when a length has become known, in the thread that called `put`. Must return at once."""
        self._lock = RLock()
        self._rows: dict[int, Row] = {}
        texts = [len(block.text) for block in script.story.blocks]
        self._exact = PrefixSums([0] * len(texts))
        self._unknown = PrefixSums(texts)
        self._assumed = (_PRIOR_CHARACTERS, _PRIOR_CHARACTERS * rate / (characters_per_second * speed))
        self._known_characters, self._known_samples = self._assumed

    def with_lead(self, seconds: float) -> Timeline:
        """Return the timeline, filled as this one is, with silence before the first word: for exports."""
        after = copy(self)
        after.lead = Samples(-(-int(seconds * self.rate) // FRAME) * FRAME)
        after.on_change = None
        return after

    @property
    def first(self) -> int:
        """The first block that says something; 0 if none does."""
        return self._spoken_block(0)

    # -- places and times ------------------------------------------------------------------------------------

    @property
    def duration(self) -> Samples:
        """Length of the whole story."""
        with self._lock:
            return self._before(len(self.script))

    @property
    def exact(self) -> bool:
        """True once no length is estimated."""
        return self._unknown.total == 0

    @property
    def missing(self) -> int:
        """Number of characters that are not rendered yet."""
        return self._unknown.total

    def rendered(self, parts: int) -> bytes:
        """Return a byte for each of so many equal parts of the story: 1 if all its blocks are rendered, else 0. (120
        parts of a book of 20,000 blocks: 3 ms.)"""
        with self._lock:
            found, duration, first = bytearray(parts), self.duration, 0
            for part in range(parts):
                after = bisect_left(range(len(self.script)), (part + 1) * duration / parts, first, key=self._before)
                found[part] = self._unknown.before(after) == self._unknown.before(first)
                first = max(after - 1, 0)  # the block that goes on in the next part
            return bytes(found)

    def start(self, block: int, utterance: int = 0) -> Samples:
        """Return the sample on the timeline at which an utterance begins; `block` may be one past the last."""
        with self._lock:
            return self._before(block, utterance)

    def time(self, place: Place) -> Samples:
        """Return a place's sample on the timeline."""
        return Samples(self.start(place.block, place.utterance) + place.sample)

    def at(self, sample: int) -> Place:
        """Return the place at a sample of the timeline, clamped to the story."""
        with self._lock:
            sample = max(0, min(sample, self.duration - 1))
            block = bisect_right(range(1, len(self.script)), sample, key=self._before)
            block = self._spoken_block(block)
            count = len(self._row(block).speech)
            if not count:  # a story without words
                return Place(block, 0, 0)
            utterance = bisect_right(range(1, count), sample, key=partial(self._before, block))
            rest = max(sample - self._before(block, utterance), 0)
            return Place(block, utterance, min(rest, max(self._slot(block, utterance) - 1, 0)))

    def slot(self, block: int, utterance: int) -> Samples:
        """Return the length of an utterance and the pause after it."""
        with self._lock:
            return self._slot(block, utterance)

    def speech(self, block: int, utterance: int) -> Samples | None:
        """Return the length of an utterance's sound, without its pause; None until it is rendered."""
        with self._lock:
            samples = self._row(block).speech[utterance]
            return None if samples < 0 else Samples(samples)

    def words(self, block: int, utterance: int) -> list[Word]:
        """Return the words of an utterance, in order; none until it is rendered."""
        with self._lock:
            return list(self._row(block).words_of(utterance))

    def word_at(self, place: Place) -> Word | None:
        """Return the word that sounds at a place: the last one begun, until the utterance ends."""
        with self._lock:
            row = self._row(place.block)
            if place.utterance >= len(row.words) or place.sample >= row.speech[place.utterance]:
                return None
            begun = takewhile(lambda word: word.first <= place.sample, row.words_of(place.utterance))
            return next(iter(deque(begun, maxlen=1)), None)

    def utterance_of(self, block: int, character: int) -> int:
        """Return the index of the utterance with a character of a block, or of the nearest one."""
        utterances = self.utterances(block)
        index = bisect_right(utterances, character, key=lambda utterance: utterance.span.end)
        return max(min(index, len(utterances) - 1), 0)

    def find(self, block: int, character: int) -> Place:
        """Return the place where a character of a block begins to sound: its word's first sample.

        In an utterance not rendered yet, the utterance's first sample.
        """
        block = self._spoken_block(block)
        utterance = self.utterance_of(block, character)
        sample = 0
        for word in self.words(block, utterance):
            if word.span.start > character:
                break
            sample = word.first
        return Place(block, utterance, sample)

    def written(self, place: Place) -> tuple[int, int]:
        """Return (block, character) of the word at a place; in a pause, of the utterance's last word. Before the first
        word, and while it is not rendered, of the utterance's beginning."""
        block, index, sample = place
        begun = [word for word in self.words(block, index) if word.first <= sample] if self.utterances(block) else []
        if begun:
            return block, begun[-1].span.start
        utterances = self.utterances(block)
        return block, utterances[index].span.start if utterances else 0

    def is_estimated(self, block: int, utterance: int) -> bool:
        """True when an utterance's word times are estimated, not measured."""
        with self._lock:
            return bool(self._row(block).estimated >> utterance & 1)

    def pause(self, said: Utterance) -> float:
        """Return the length of the pause after an utterance in seconds, without what fills up a block."""
        return self.script.pauses.seconds(said.pause, self.speed)

    # -- neighbours ----------------------------------------------------------------------------------------

    def utterances(self, block: int) -> Sequence[Utterance]:
        """Return the utterances of a block; none if it says nothing."""
        self._row(block)
        return self.script.utterances(block)

    def following(self, block: int, utterance: int) -> tuple[int, int] | None:
        """Return (block, utterance) of the next utterance, or None at the story's end."""
        if utterance + 1 < len(self._row(block).speech):
            return block, utterance + 1
        after = self.next_block(block)
        return None if after is None else (after, 0)

    def from_here(self, block: int, utterance: int) -> Iterator[tuple[int, int]]:
        """Yield (block, utterance) for an utterance and all that follow it."""
        here: tuple[int, int] | None = (block, utterance)
        if utterance >= len(self._row(block).speech):
            here = self.following(block, utterance)
        while here is not None:
            yield here
            here = self.following(*here)

    def next_block(self, block: int) -> int | None:
        """Return the next block with something to say, or None."""
        return next((b for b in range(block + 1, len(self.script)) if self._row(b).speech), None)

    def previous_block(self, block: int) -> int | None:
        """Return the block before this one with something to say, or None."""
        return next((b for b in range(block - 1, -1, -1) if self._row(b).speech), None)

    # -- filling -------------------------------------------------------------------------------------------

    def expect(self, seconds: float) -> None:
        """Estimate lengths from a duration of the whole story that was measured earlier, instead of from the usual
        pace."""
        characters, samples = sum(len(block.text) for block in self.script.story.blocks), seconds * self.rate
        with self._lock:
            self._known_characters += characters - self._assumed[0]
            self._known_samples += samples - self._assumed[1]
            self._assumed = characters, samples

    def put(self, block: int, utterance: int, samples: int, marks: Sequence[WordMark], estimated: bool = False) -> None:
        """Enter a rendered utterance: `samples` of sound, with its words as `marks` (spoken spans)."""
        with self._lock:
            row = self._row(block)
            if row.speech[utterance] >= 0:
                return
            said = self.script.utterances(block)[utterance]
            pause = int(self.pause(said) * self.rate)
            row.put(utterance, samples, pause)
            row.estimated |= estimated << utterance
            words: list[Numbers] = []
            for mark in marks:
                span = said.alignment.written(mark.start, mark.end)
                if span is not None:
                    words.append((*span, mark.first, mark.last))
            row.words[utterance] = pack(words)
            self._known_characters += characters(said)
            self._known_samples += samples + pause
            self._enter(block, row)
        if (told := self.on_change) is not None:
            told()

    def adopt(self, other: Timeline, is_alike: Callable[[int], bool]) -> None:
        """Copy lengths and word times from another timeline of the same story and voice, for blocks with the same
        spoken text and number of utterances."""
        with other._lock:
            rows = dict(other._rows)
            pace = other._known_characters, other._known_samples
        found = {}
        for block, row in rows.items():
            if is_alike(block) and len(row.speech) == len(self.script.utterances(block)):
                with other._lock:  # what is in it may be rendered at this moment
                    found[block] = deepcopy(row)
        with self._lock:
            self._known_characters, self._known_samples = pace
            for block, row in found.items():
                self._rows[block] = row
                self._enter(block, row)

    def cut(self, block: int, at: Iterable[int]) -> None:
        """Split a block into more utterances, one beginning at each of these written characters, so that a slow voice
        sounds sooner. Known lengths of other blocks stay. Nobody else may use the timeline yet."""
        with self._lock:
            before, known = self.script.utterances(block), self._row(block)
            self.script.cut(block, at)
            after = self.script.utterances(block)
            row = self._rows[block] = Row(after)
            for n, said in enumerate(before):
                if known.speech[n] >= 0 and said in after:
                    row.take(after.index(said), known, n, int(self.pause(said) * self.rate))
            self._enter(block, row)

    def grow(self, story: Story, same: int, here: int) -> bool:
        """Replace the story by a longer one whose first `same` blocks are equal. Known lengths are kept for block
        `here`, which sounds, and for all blocks with the same spoken text. Returns False, and changes nothing, if more
        was asked for."""
        with self._lock:
            if max(self._rows, default=0) >= same:
                return False
            before = {block: self.script.utterances(block) for block in self._rows}
            self.script.written.grow(story)
            self._rows = {
                block: row
                for block, row in self._rows.items()
                if block == here or self.script.utterances(block) == before[block]
            }
            self._exact = PrefixSums([0] * len(story.blocks))
            self._unknown = PrefixSums([len(block.text) for block in story.blocks])
            for block, row in self._rows.items():
                self._enter(block, row)
            return True

    # -- internals (the lock is held) ------------------------------------------------------------------------

    def _enter(self, block: int, row: Row) -> None:
        self._exact.set(block, row.exact.total)
        self._unknown.set(block, row.unknown_characters)

    def _row(self, block: int) -> Row:
        rows = self._rows
        row = rows.get(block)
        if row is None:
            made = Row(self.script.utterances(block))  # without the lock: it may take 0.1 s
            with self._lock:
                if rows is not self._rows:  # the story has grown meanwhile
                    return self._row(block)
                row = rows.setdefault(block, made)
                self._unknown.set(block, row.unknown_characters)  # excludes the blanks between sentences
        return row

    def _before(self, block: int, utterance: int = 0) -> Samples:
        """Return the length of everything before an utterance. Estimates are summed, then rounded once, so that sums
        over utterances and over blocks agree to the sample."""
        exact, unknown = self._exact.before(block), self._unknown.before(block)
        if utterance:
            row = self._row(block)
            exact += row.exact.before(utterance)
            unknown += row.unknown.before(utterance) if row.unknown is not None else 0
        return Samples(self.lead + exact + int(unknown * self._known_samples / self._known_characters))

    def _slot(self, block: int, utterance: int) -> Samples:
        return Samples(self._before(block, utterance + 1) - self._before(block, utterance))

    def _spoken_block(self, block: int) -> int:
        """Return the block itself if it says something, else the next that does, else the one before."""
        block = max(0, min(block, len(self.script) - 1))
        if self._row(block).speech:
            return block
        after = self.next_block(block)
        before = self.previous_block(block) if after is None else after
        return block if before is None else before
