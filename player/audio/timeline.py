"""Every utterance and pause of a story at its place on one clock, counted in samples.

What is not rendered yet has an estimated length (characters times the pace measured so far). Lengths
become exact as segments arrive, in any order, so absolute times shift while a story is being rendered:
whoever needs to remember where it is keeps a `Place`, never a time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from threading import RLock
from typing import NamedTuple

from player.audio.prefix import PrefixSums
from player.speech.engine import Samples, WordMark
from player.story.model import Span
from player.utterance.model import Utterance
from player.utterance.script import Script

FRAME = 1152
"""A block lasts a whole number of these samples: the frame of MPEG-1 layer III (two of MPEG-2's), so that
encoded blocks can be joined, kept and reused without encoding their neighbours again."""

_PRIOR_CHARACTERS = 400
"""How many characters the assumed pace weighs against the measured one."""


class Place(NamedTuple):
    """Where in the story: a sample in an utterance. Samples past its speech lie in the pause after it."""

    block: int
    utterance: int
    sample: int


class Word(NamedTuple):
    """A written span of a block, and the samples [first, last) of its utterance in which it sounds."""

    span: Span
    first: int
    last: int


class _Row:
    """One block's utterances: how long each sounds (-1: not rendered), and its words."""

    __slots__ = ("estimated", "speech", "utterances", "words")

    def __init__(self, utterances: Sequence[Utterance]) -> None:
        self.utterances = utterances
        self.speech = array("q", [-1]) * len(utterances)
        self.words: list[array[int] | None] = [None] * len(utterances)
        self.estimated = bytearray(len(utterances))


class Timeline:
    """The clock of one story in one voice. All methods may be called from any thread."""

    def __init__(self, script: Script, rate: int, characters_per_second: float = 15.0) -> None:
        """`rate` in samples per second; `characters_per_second` is the pace assumed before any is measured."""
        self.script = script
        self.rate = rate
        self._lock = RLock()
        self._rows: dict[int, _Row] = {}
        texts = [len(block.text) for block in script.story.blocks]
        self._exact = PrefixSums([0] * len(texts))
        self._unknown = PrefixSums(texts)
        self._known_characters = _PRIOR_CHARACTERS
        self._known_samples = _PRIOR_CHARACTERS * rate / characters_per_second

    # -- what is where -------------------------------------------------------------------------------------

    @property
    def duration(self) -> Samples:
        """How long the whole story is."""
        with self._lock:
            return self._before(len(self.script))

    @property
    def exact(self) -> bool:
        """True once nothing is estimated any more."""
        return self._unknown.total == 0

    def start(self, block: int, utterance: int = 0) -> Samples:
        """The sample on the timeline at which an utterance begins; `block` may be one past the last."""
        with self._lock:
            inside = sum(self._slots(block)[:utterance]) if utterance else 0
            return Samples(self._before(block) + inside)

    def time(self, place: Place) -> Samples:
        """The sample on the timeline of a place."""
        return Samples(self.start(place.block, place.utterance) + place.sample)

    def at(self, sample: int) -> Place:
        """The place that sounds at a sample of the timeline; clamped to the story."""
        with self._lock:
            sample = max(0, min(sample, self.duration - 1))
            low, high = 0, len(self.script) - 1
            while low < high:
                middle = (low + high + 1) // 2
                if self._before(middle) <= sample:
                    low = middle
                else:
                    high = middle - 1
            block = self._spoken_block(low)
            rest = max(sample - self._before(block), 0)
            for utterance, slot in enumerate(slots := self._slots(block)):
                if rest < slot or utterance == len(slots) - 1:
                    return Place(block, utterance, min(rest, max(slot - 1, 0)))
                rest -= slot
            return Place(block, 0, 0)

    def slot(self, block: int, utterance: int) -> Samples:
        """How long an utterance and the pause after it last."""
        with self._lock:
            return Samples(self._slots(block)[utterance])

    def speech(self, block: int, utterance: int) -> Samples | None:
        """How long an utterance sounds, without its pause; None until it is rendered."""
        with self._lock:
            samples = self._row(block).speech[utterance]
            return None if samples < 0 else Samples(samples)

    def words(self, block: int, utterance: int) -> list[Word]:
        """The words of an utterance, in order; empty until it is rendered."""
        with self._lock:
            flat = self._row(block).words[utterance]
            if flat is None:
                return []
            return [Word(Span(*flat[i : i + 2]), *flat[i + 2 : i + 4]) for i in range(0, len(flat), 4)]

    def word_at(self, place: Place) -> Word | None:
        """The word that sounds at a place: the last one begun, until the utterance has ended."""
        with self._lock:
            row = self._row(place.block)
            flat = row.words[place.utterance] if place.utterance < len(row.words) else None
            if not flat or place.sample >= row.speech[place.utterance]:
                return None
            found = None
            for i in range(0, len(flat), 4):
                if flat[i + 2] > place.sample:
                    break
                found = i
            if found is None:
                return None
            return Word(Span(*flat[found : found + 2]), *flat[found + 2 : found + 4])

    def utterance_of(self, block: int, character: int) -> int:
        """The index of the utterance that says a character of a block (or the nearest one)."""
        utterances = self.utterances(block)
        for index, utterance in enumerate(utterances):
            if character < utterance.span.end:
                return index
        return max(len(utterances) - 1, 0)

    def find(self, block: int, character: int) -> Place:
        """Where a character of a block begins to sound: its word's first sample.

        An utterance not rendered yet is answered with its first sample.
        """
        block = self._spoken_block(block)
        utterance = self.utterance_of(block, character)
        sample = 0
        for word in self.words(block, utterance):
            if word.span.start > character:
                break
            sample = word.first
        return Place(block, utterance, sample)

    def is_estimated(self, block: int, utterance: int) -> bool:
        """True when an utterance's word times were estimated, not measured."""
        with self._lock:
            return bool(self._row(block).estimated[utterance])

    # -- neighbours ----------------------------------------------------------------------------------------

    def utterances(self, block: int) -> Sequence[Utterance]:
        """The utterances of a block; empty for one with nothing to say."""
        return self._row(block).utterances

    def following(self, block: int, utterance: int) -> tuple[int, int] | None:
        """(block, utterance) of what is said next, or None at the story's end."""
        if utterance + 1 < len(self.utterances(block)):
            return block, utterance + 1
        after = self.next_block(block)
        return None if after is None else (after, 0)

    def from_here(self, block: int, utterance: int) -> Iterator[tuple[int, int]]:
        """(block, utterance) of an utterance and all that follow it."""
        here: tuple[int, int] | None = (block, utterance)
        if utterance >= len(self.utterances(block)):
            here = self.following(block, utterance)
        while here is not None:
            yield here
            here = self.following(*here)

    def next_block(self, block: int) -> int | None:
        """The next block with something to say."""
        return next((b for b in range(block + 1, len(self.script)) if self.utterances(b)), None)

    def previous_block(self, block: int) -> int | None:
        """The block before it with something to say."""
        return next((b for b in range(block - 1, -1, -1) if self.utterances(b)), None)

    # -- filling -------------------------------------------------------------------------------------------

    def put(self, block: int, utterance: int, samples: int, marks: Sequence[WordMark], estimated: bool = False) -> None:
        """An utterance is rendered: it sounds for so many samples, its words as marked (spoken spans)."""
        with self._lock:
            row = self._row(block)
            if row.speech[utterance] >= 0:
                return
            row.speech[utterance] = samples
            row.estimated[utterance] = estimated
            said = row.utterances[utterance]
            flat = array("q")
            for mark in marks:
                span = said.alignment.written(mark.start, mark.end)
                if span is not None:
                    flat.extend((*span, mark.first, mark.last))
            row.words[utterance] = flat
            slots = self._slots(block)
            exact = sum(s for s, n in zip(slots, row.speech, strict=True) if n >= 0)
            unknown = sum(u.span.end - u.span.start for u, n in zip(row.utterances, row.speech, strict=True) if n < 0)
            self._known_characters += said.span.end - said.span.start
            self._known_samples += slots[utterance]
            self._exact.set(block, exact)
            self._unknown.set(block, unknown)

    # -- inside (the lock is held) -------------------------------------------------------------------------

    def _row(self, block: int) -> _Row:
        row = self._rows.get(block)
        if row is None:
            with self._lock:
                row = self._rows.setdefault(block, _Row(self.script.utterances(block)))
                if not row.utterances:
                    self._unknown.set(block, 0)
        return row

    def _before(self, block: int) -> Samples:
        pace = self._known_samples / self._known_characters
        return Samples(self._exact.before(block) + int(self._unknown.before(block) * pace))

    def _slots(self, block: int) -> list[int]:
        if block >= len(self.script):
            return []
        row = self._row(block)
        pace = self._known_samples / self._known_characters
        slots = [
            samples + int(u.pause.seconds * self.rate) if samples >= 0 else int((u.span.end - u.span.start) * pace)
            for u, samples in zip(row.utterances, row.speech, strict=True)
        ]
        if slots and min(row.speech) >= 0:
            slots[-1] += -sum(slots) % FRAME
        return slots

    def _spoken_block(self, block: int) -> int:
        """The block itself if it says something, else the next that does, else the one before."""
        block = max(0, min(block, len(self.script) - 1))
        if self._row(block).utterances:
            return block
        after = self.next_block(block)
        before = self.previous_block(block) if after is None else after
        return block if before is None else before
