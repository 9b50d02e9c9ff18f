"""Subtitle cues: the text shown at a time, in one or two lines.

All formats with phrases share these cues. Breaks are chosen for a whole block at once, as the cheapest path through its
words: awkward breaks, short and very uneven cues, and lines of unequal length cost. The figures follow broadcasters'
rules (BBC Subtitle Guidelines; Netflix Timed Text Style Guide).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from player.audio.timeline import Timeline
from player.export.text.line_breaks import Unit, needs_hyphen, units
from player.export.text.timing import TimedSentence, TimedWord, timed_sentences
from player.speech.engine import Samples, Seconds
from player.story.model import Span

LINE = 42
"""Cells per line; a cue has at most two lines."""
LONGEST: Seconds = Seconds(7.0)
"""Longest cue, if it can be broken at all."""
SHORTEST: Seconds = Seconds(1.0)
"""Shortest cue, if the next words leave time."""
CHARACTERS_PER_SECOND = 20
"""Reading speed: a cue stays long enough for it, if the next words leave time."""
CLOSE: Seconds = Seconds(0.5)
"""A shorter gap between two cues would flicker: the first cue stays until the second."""
FRAMES: Seconds = Seconds(1 / 12)
"""Smallest gap between cues: two frames of film."""
LEAST: Seconds = Seconds(0.02)
"""Least length of any cue, so that none has zero length when times are rounded to 0.01 s."""

_PER_CUE = 8.0
_UNFILLED = 20.0
"""Highest cost of a cue with little text. Grows with the square of the unused characters: two cues of 60 are better
than one of 80 and one of 40."""
_TOO_SHORT = 80.0
"""Cost per second below SHORTEST."""
_BRIEF = 5.0
"""Cost per second below twice SHORTEST."""
_SENTENCE_INSIDE = 25.0
"""Cost of a sentence end inside a cue: only short sentences share one."""
_SECOND_LINE = 2.0
_BREAK_OF_LINE = 0.5
"""Cost of a break between lines, as a share of the same break between cues."""
_UNEVEN, _TOP_HEAVY = 0.15, 0.2
"""Cost per cell by which the second line is longer, and by which the first is."""
_HURRIED = 30.0
"""Cost per second that the time until the next cue is too short to read it."""
_INSIDE_SPOKEN_WORD = 20
"""Extra cost of a break between words that the voice says as one, because the time of that break is estimated."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Text shown from `first` to `last`: one or two lines of a block. Cues do not overlap."""

    block: int
    lines: tuple[Span, ...]
    """One or two, in the block's text. Together the cues cover all of a spoken block but blanks."""
    first: Samples
    last: Samples
    """[first, last) from the story's beginning; `first` is when the first word sounds."""
    words: tuple[TimedWord, ...]
    """Words that begin in the cue."""

    @property
    def span(self) -> Span:
        """Return the cue's whole span in the block's text."""
        return Span(self.lines[0].start, self.lines[-1].end)


def shown(text: str, line: Span) -> str:
    """Return a line of a block's text as it is shown: with a hyphen where it ends inside a word."""
    return text[slice(*line)] + ("-" if needs_hyphen(text, line.end) else "")


def cues(timeline: Timeline) -> Iterator[Cue]:
    """Yield the cues of a story, in order, block by block. The timeline must be exact (`Job.render`)."""
    return _apart(_of_blocks(timeline), timeline.rate, timeline.duration)


def _of_blocks(timeline: Timeline) -> Iterator[Cue]:
    """Yield cues as long as their sound."""
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
    """A unit with the samples [first, last) of its sound, and the `cost` of a break after it."""

    cells: int
    blank: bool
    hyphen: bool
    cost: int
    first: int
    last: int


class _Clock:
    """The times of one block's characters. Between measured words they are interpolated."""

    def __init__(self, sentences: Sequence[TimedSentence], until: int) -> None:
        """`until`: the sample at which the block ends, with its pause."""
        self.until = until
        self.words = tuple(word for sentence in sentences for word in sentence.words)
        self.starts = [word.span.start for word in self.words]
        begins = [*(sentence.first for sentence in sentences[1:]), until]
        self.known = [
            word for sentence, after in zip(sentences, begins, strict=True) for word in _known(sentence, after)
        ]
        """The words; a sentence without word times counts as one."""
        self._starts = [word.span.start for word in self.known]
        self._ends = [word.span.end for word in self.known]
        self._characters = [at for word in self.known for at in word.span]
        self._samples = [sample for word in self.known for sample in (word.first, word.last)]

    def timed(self, unit: Unit) -> _Timed:
        """Return a unit's time: from the first word that begins in it to the end of the last that ends in it."""
        begins = bisect_left(self._starts, unit.start)
        over = bisect_right(self._ends, unit.end)
        first = self._between(unit.start)
        if begins < len(self._starts) and self._starts[begins] < unit.end:
            first = self.known[begins].first
        goes_on = over < len(self._starts) and self._starts[over] < unit.end
        last = self._between(unit.end)
        if not goes_on and over and self._ends[over - 1] > unit.start:
            last = self.known[over - 1].last
        return _Timed(
            unit.cells, unit.blank, unit.hyphen, unit.cost + _INSIDE_SPOKEN_WORD * goes_on, first, max(first, last)
        )

    def _between(self, character: int) -> int:
        """Return the sample of a character, interpolated between, before or after the known words."""
        at = bisect_right(self._characters, character)
        if at in (0, len(self._characters)):
            return self._samples[min(at, len(self._samples) - 1)]
        (a, b), (x, y) = self._characters[at - 1 : at + 1], self._samples[at - 1 : at + 1]
        return x + (y - x) * (character - a) // (b - a)


def _known(sentence: TimedSentence, after: int) -> Sequence[TimedWord]:
    """Return a sentence's words; the whole sentence as one if it has none, for example because only its pause is
    left."""
    if sentence.last == sentence.first:
        return [TimedWord(sentence.span, sentence.first, Samples(after))]
    return sentence.words or [TimedWord(sentence.span, sentence.first, sentence.last)]


class _Plan:
    """The cheapest way to break one block into cues.

    Position n is before unit n; each list has an entry per position, both ends included. Plain lists of numbers,
    because a book of Chinese asks for 30 million sums.
    """

    def __init__(self, timed: Sequence[_Timed], until: int, rate: int) -> None:
        self.rate = rate
        self.count = len(timed)
        self._at = list(accumulate((unit.cells + unit.blank for unit in timed), initial=0))
        """Cells before the position."""
        self._edge = [0, *(at - unit.blank + unit.hyphen for at, unit in zip(self._at[1:], timed, strict=True))]
        """The same, without a blank directly before the position, and with a hyphen there."""
        self._breaks = [0, *(unit.cost for unit in timed)]
        self._sentences = list(accumulate((unit.cost == 0 for unit in timed), initial=0))
        """Number of sentences that end before or at the position."""
        self._first = [*(unit.first for unit in timed), until]
        self._over = [0]
        """End of a cue that ends at the position, unless the next words cut it short."""
        for unit, following in zip(timed, self._first[1:], strict=True):
            self._over.append(following if following - unit.last < CLOSE * rate else unit.last)

    def best(self) -> list[tuple[int, ...]]:
        """Return (begin, begin of the second line if any, end) of every cue, as positions in order."""
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
        """Return the cost of a cue and the break after it, without its lines."""
        left = 1 - (self._edge[end] - self._at[begin]) / (2 * LINE)
        cost = _PER_CUE + _UNFILLED * left * left + self._breaks[end]
        cost += _SENTENCE_INSIDE * (self._sentences[end - 1] - self._sentences[begin])
        seconds = (self._over[end] - self._first[begin]) / self.rate
        if seconds < 2 * SHORTEST:
            cost += _BRIEF * (2 * SHORTEST - seconds) + _TOO_SHORT * max(SHORTEST - seconds, 0)
        available = (self._first[end] - self._first[begin]) / self.rate
        lacking = (self._edge[end] - self._at[begin]) / CHARACTERS_PER_SECOND - available
        return cost + _HURRIED * lacking if lacking > 0 else cost

    def _lines(self, begin: int, end: int, widest: int) -> tuple[tuple[int, ...], float]:
        """Return where the second line begins, if any, and the cost of the lines: infinity when two do not suffice.

        `widest` is the last position where the first line may end.
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
    """Yield the cues, lengthened for reading, without flicker or overlap."""
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
    """Return the cue, ended when the next begins."""
    text = sum(line.end - line.start for line in cue.lines)
    read = max(SHORTEST, text / CHARACTERS_PER_SECOND)
    last = max(cue.last, cue.first + int(read * rate))
    close = CLOSE if following - cue.first <= LONGEST * rate else FRAMES
    return replace(cue, last=Samples(following if following - last < close * rate else last))
