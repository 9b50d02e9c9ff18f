"""Timed text -> cues: what is shown of the story at a time, in one line or two.

The same cues are in every format with phrases in it. Where to break is chosen for a whole block at once, as the way
through its words that costs least: breaks that a reader minds, short and very uneven cues, and lines of unequal
length cost. The figures follow what broadcasters ask for (BBC Subtitle Guidelines; Netflix Timed Text Style Guide).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from player.audio.timeline import Timeline
from player.export.line_breaks import Unit, units
from player.export.timing import TimedSentence, TimedWord, timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.model import Span

LINE = 42
"""Cells of a line; a cue has at most two lines."""
LONGEST: Seconds = Seconds(7.0)
"""What a cue may last when it can be broken at all."""
SHORTEST: Seconds = Seconds(1.0)
"""What a cue lasts at least, if the next words leave it the time."""
CHARACTERS_PER_SECOND = 20
"""What can be read in a second: a cue stays longer for it, if the next words leave it the time."""
CLOSE: Seconds = Seconds(0.5)
"""A shorter gap between two cues would flicker: the first stays until the second comes."""
FRAMES: Seconds = Seconds(1 / 12)
"""Two frames of film: a gap is never shorter."""
LEAST: Seconds = Seconds(0.02)
"""Of a cue whatever its voice did, so that none is without length when its times are rounded to 0.01 s."""

_PER_CUE = 8.0
_UNFILLED = 20.0
"""What a cue costs at most for being short on paper: with the square of the room it leaves, so that two of 60
characters are better than one of 80 and one of 40."""
_TOO_SHORT = 80.0
"""Per second that a cue is shorter than SHORTEST."""
_BRIEF = 5.0
"""Per second that it is shorter than twice that."""
_SENTENCE_INSIDE = 25.0
"""For a sentence that ends inside a cue: only short ones share it."""
_SECOND_LINE = 2.0
_BREAK_OF_LINE = 0.5
"""How much a break between lines weighs against the same break between cues."""
_UNEVEN, _TOP_HEAVY = 0.15, 0.2
"""Per cell by which the second line is longer, or the first."""
_INSIDE_SPOKEN_WORD = 20
"""More for a break in what the voice says as one word: its time is an estimate."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `first` to `last`: one line or two of a block. No two overlap."""

    block: int
    lines: tuple[Span, ...]
    """One or two, in the block's text; nothing of a block that says something is left out but blanks."""
    first: Samples
    last: Samples
    """[first, last) from the story's beginning; `first` is when its first word sounds."""
    words: tuple[TimedWord, ...]
    """Those that begin in it."""

    @property
    def span(self) -> Span:
        """All of it, in the block's text."""
        return Span(self.lines[0].start, self.lines[-1].end)


def cues(timeline: Timeline) -> Iterator[Cue]:
    """The cues of a story, in order, block by block. The timeline must be exact (`Job.render`)."""
    return _apart(_of_blocks(timeline), timeline.rate, timeline.duration)


def _of_blocks(timeline: Timeline) -> Iterator[Cue]:
    """Cues that last as long as they sound."""
    script = timeline.script
    for block, group in groupby(timed_sentences(timeline), key=lambda sentence: sentence.block):
        text, sentences = script.story.blocks[block].text, list(group)
        clock = _Clock(sentences, timeline.start(block + 1))
        yield from _of_block(
            block, units(text, script.language, (s.span for s in sentences), LINE), clock, timeline.rate
        )


def _of_block(block: int, pieces: Sequence[Unit], clock: _Clock, rate: int) -> Iterator[Cue]:
    timed = [clock.timed(unit) for unit in pieces]
    plan = _Plan(timed, clock.until, rate)
    taken = 0
    for places in plan.best():
        begin, end = places[0], places[-1]
        lines = tuple(Span(pieces[a].start, pieces[b - 1].end) for a, b in pairwise(places))
        until = len(clock.words) if end == len(pieces) else bisect_left(clock.starts, pieces[end].start)
        first, last = timed[begin].first, timed[end - 1].last
        yield Cue(block, lines, Samples(first), Samples(last), clock.words[taken:until])
        taken = until


class _Timed(NamedTuple):
    """A unit, when it begins to sound, and when it has sounded; `cost` of a break after it."""

    cells: int
    blank: bool
    cost: int
    first: int
    last: int


class _Clock:
    """When the characters of one block sound: what no voice measured lies evenly between what was."""

    def __init__(self, sentences: Sequence[TimedSentence], until: int) -> None:
        """`until`: the sample at which the block is over, with its pause."""
        self.until = until
        self.words = tuple(word for sentence in sentences for word in sentence.words)
        self.starts = [word.span.start for word in self.words]
        begins = [*(sentence.first for sentence in sentences[1:]), until]
        self.known = [
            word for sentence, after in zip(sentences, begins, strict=True) for word in _known(sentence, after)
        ]
        """The words, and the sentences in which none is known."""
        self._starts = [word.span.start for word in self.known]
        self._ends = [word.span.end for word in self.known]
        self._characters = [at for word in self.known for at in word.span]
        self._samples = [sample for word in self.known for sample in (word.first, word.last)]

    def timed(self, unit: Unit) -> _Timed:
        """Begins with the first word that begins in it, and is over with the last that ends in it."""
        begins = bisect_left(self._starts, unit.start)
        over = bisect_right(self._ends, unit.end)
        first = self._between(unit.start)
        if begins < len(self._starts) and self._starts[begins] < unit.end:
            first = self.known[begins].first
        goes_on = over < len(self._starts) and self._starts[over] < unit.end
        last = self._between(unit.end)
        if not goes_on and over and self._ends[over - 1] > unit.start:
            last = self.known[over - 1].last
        return _Timed(unit.cells, unit.blank, unit.cost + _INSIDE_SPOKEN_WORD * goes_on, first, max(first, last))

    def _between(self, character: int) -> int:
        """The sample of a character before, between, in or after the known words."""
        at = bisect_right(self._characters, character)
        if at in (0, len(self._characters)):
            return self._samples[min(at, len(self._samples) - 1)]
        (a, b), (x, y) = self._characters[at - 1 : at + 1], self._samples[at - 1 : at + 1]
        return x + (y - x) * (character - a) // (b - a)


def _known(sentence: TimedSentence, after: int) -> Sequence[TimedWord]:
    """Its words; all of it if its voice told none from another, or failed to say it and left only the pause."""
    if sentence.last == sentence.first:
        return [TimedWord(sentence.span, sentence.first, Samples(after))]
    return sentence.words or [TimedWord(sentence.span, sentence.first, sentence.last)]


class _Plan:
    """The cheapest way to break one block.

    A row for each place between two units, and for both ends: place n is before unit n. Lists of numbers, since a
    book of Chinese asks for 30 million sums.
    """

    def __init__(self, timed: Sequence[_Timed], until: int, rate: int) -> None:
        self.rate = rate
        self.count = len(timed)
        self._at = list(accumulate((unit.cells + unit.blank for unit in timed), initial=0))
        """Cells before the place."""
        self._edge = [0, *(at - unit.blank for at, unit in zip(self._at[1:], timed, strict=True))]
        """The same, without a blank directly before it."""
        self._breaks = [0, *(unit.cost for unit in timed)]
        self._sentences = list(accumulate((unit.cost == 0 for unit in timed), initial=0))
        """How many have ended before the place, or there."""
        self._first = [*(unit.first for unit in timed), until]
        self._over = [0]
        """When a cue that ends there is over, if nothing but the next words end it."""
        for unit, following in zip(timed, self._first[1:], strict=True):
            self._over.append(following if following - unit.last < CLOSE * rate else unit.last)

    def best(self) -> list[tuple[int, ...]]:
        """The places where a cue begins, where its second line does, if it has one, and where it ends, in order."""
        total = [0.0] + [float("inf")] * self.count
        came: list[tuple[int, ...]] = [()] * (self.count + 1)
        for begin in range(self.count):
            widest = bisect_right(self._edge, self._at[begin] + LINE) - 1
            for end in range(begin + 1, self.count + 1):
                line, cost = self._lines(begin, end, widest)
                too_long = self._over[end] - self._first[begin] > LONGEST * self.rate
                if end > begin + 1 and (too_long or cost == float("inf")):
                    break
                cost += total[begin] + self._cost(begin, end)
                if cost < total[end]:
                    total[end], came[end] = cost, (begin, *line, end)
        found = []
        end = self.count
        while end:
            found.append(came[end])
            end = came[end][0]
        return found[::-1]

    def _cost(self, begin: int, end: int) -> float:
        """Of the cue and the break after it, lines apart."""
        left = 1 - (self._edge[end] - self._at[begin]) / (2 * LINE)
        cost = _PER_CUE + _UNFILLED * left * left + self._breaks[end]
        cost += _SENTENCE_INSIDE * (self._sentences[end - 1] - self._sentences[begin])
        seconds = (self._over[end] - self._first[begin]) / self.rate
        if seconds < 2 * SHORTEST:
            cost += _BRIEF * (2 * SHORTEST - seconds) + _TOO_SHORT * max(SHORTEST - seconds, 0)
        return cost

    def _lines(self, begin: int, end: int, widest: int) -> tuple[tuple[int, ...], float]:
        """Where the second line begins, if there is one, and what that costs: infinity when two lines are not enough.

        `widest` is the last place where the first line may end.
        """
        left, right = self._at[begin], self._edge[end]
        if right - left <= LINE:
            return (), 0.0
        best, least = 0, float("inf")
        for middle in range(min(end - 1, widest), begin, -1):
            second = right - self._at[middle]
            if second > LINE:
                break
            longer = second - self._edge[middle] + left
            cost = _BREAK_OF_LINE * self._breaks[middle] + (_UNEVEN * longer if longer > 0 else -_TOP_HEAVY * longer)
            if cost < least:
                best, least = middle, cost
        return (best,), least + _SECOND_LINE


def _apart(found: Iterator[Cue], rate: int, duration: int) -> Iterator[Cue]:
    """Cues that stay long enough to be read, that do not flicker and do not overlap."""
    least = int(LEAST * rate)
    held: Cue | None = None
    for cue in found:
        first = Samples(max(cue.first, held.first + least) if held else cue.first)
        if held is not None:
            yield _until(held, first, rate)
        held = replace(cue, first=first)
    if held is not None:
        yield _until(held, max(duration, held.first + least), rate)


def _until(cue: Cue, following: int, rate: int) -> Cue:
    """A cue that is over when the next one comes."""
    text = sum(line.end - line.start for line in cue.lines)
    read = max(SHORTEST, text / CHARACTERS_PER_SECOND)
    last = max(cue.last, cue.first + int(read * rate))
    close = CLOSE if following - cue.first <= LONGEST * rate else FRAMES
    return replace(cue, last=Samples(following if following - last < close * rate else last))
