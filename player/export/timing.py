"""When each sentence and each word sounds: what every format with times in it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from player.audio.timeline import Timeline, Word
from player.speech.engine import Samples
from player.story.model import Span


def rounded(samples: int, rate: int, per_second: int) -> int:
    """A time in whole parts of a second, to the nearest. The same sample is the same time in every format, as far as
    the format can tell, and no time is before an earlier one."""
    return (2 * samples * per_second + rate) // (2 * rate)


class TimedWord(NamedTuple):
    """A written word (or what is said as one: "the end" by some voices, "$3.5bn" as four), and when it sounds."""

    span: Span
    """In the block."""
    first: Samples
    last: Samples
    """[first, last) from the story's beginning."""


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A written sentence, and when it sounds.

    Its words are in order and do not overlap, neither on paper nor in time.
    """

    block: int
    index: int
    """Of the sentence in its block."""
    span: Span
    first: Samples
    last: Samples
    """[first, last) from the story's beginning, without the silence after it."""
    words: tuple[TimedWord, ...]
    """Empty when the voice said something in which no word was told from another."""
    estimated: bool
    """Whether any of its words' times were estimated, not measured."""


def timed_sentences(timeline: Timeline, blocks: range | None = None) -> Iterator[TimedSentence]:
    """All sentences that say something, of the story or of some blocks, in order. They must be rendered."""
    for block in range(len(timeline.script)) if blocks is None else blocks:
        utterances = list(enumerate(timeline.utterances(block)))
        for index, group in groupby(utterances, key=lambda numbered: numbered[1].sentence):
            numbers = [number for number, _ in group]
            starts = {number: timeline.start(block, number) for number in numbers}
            words = _apart(
                Word(word.span, starts[number] + word.first, starts[number] + word.last)
                for number in numbers
                for word in timeline.words(block, number)
            )
            yield TimedSentence(
                block=block,
                index=index,
                span=timeline.script.sentences(block)[index].span,
                first=starts[numbers[0]],
                last=Samples(starts[numbers[-1]] + (timeline.speech(block, numbers[-1]) or 0)),
                words=tuple(words),
                estimated=any(timeline.is_estimated(block, number) for number in numbers),
            )


def _apart(words: Iterable[Word]) -> Iterator[TimedWord]:
    """Words that share letters become one; one that is not over when the next begins ends there."""
    held: TimedWord | None = None
    for span, first, last in words:
        if held is None:
            held = TimedWord(span, Samples(first), Samples(last))
        elif span.start < held.span.end:
            whole = Span(held.span.start, max(held.span.end, span.end))
            held = TimedWord(whole, held.first, Samples(max(held.last, last)))
        else:
            begin = Samples(max(first, held.first))
            yield held._replace(last=Samples(min(held.last, begin)))
            held = TimedWord(span, begin, Samples(max(last, begin)))
    if held is not None:
        yield held
