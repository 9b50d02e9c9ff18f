"""Times of sentences and words, from which all formats with times are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from player.audio.timeline import Timeline
from player.audio.timeline.block_times import Word
from player.speech.engine import Samples
from player.story.model import Span


def rounded(samples: int, rate: int, per_second: int) -> int:
    """Return a time in units of 1/`per_second` s, rounded to the nearest. All formats round alike, and order is
    kept."""
    return (2 * samples * per_second + rate) // (2 * rate)


class TimedWord(NamedTuple):
    """A written word with its time. Words spoken as one count as one: "the end" in some voices, "$3.5bn" (four spoken
    words)."""

    span: Span
    """Span in the block."""
    first: Samples
    last: Samples
    """[first, last) from the story's beginning."""


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """A written sentence with its time.

    Its words are in order, and overlap neither in the text nor in time.
    """

    block: int
    index: int
    """Index of the sentence in its block."""
    span: Span
    first: Samples
    last: Samples
    """[first, last) from the story's beginning, without the silence after it."""
    words: tuple[TimedWord, ...]
    """Empty when the voice gave no times of words."""
    estimated: bool
    """True if any word's time is estimated, not measured."""


def timed_sentences(timeline: Timeline, blocks: range | None = None) -> Iterator[TimedSentence]:
    """Yield all sentences that say something, of the story or of some blocks, in order. They must be rendered."""
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
            whole = TimedSentence(
                block=block,
                index=index,
                span=timeline.script.sentences(block)[index].span,
                first=starts[numbers[0]],
                last=Samples(starts[numbers[-1]] + (timeline.speech(block, numbers[-1]) or 0)),
                words=tuple(words),
                estimated=any(timeline.is_estimated(block, number) for number in numbers),
            )
            yield from _by_sentence(whole, timeline, utterances[numbers[-1]][1].span.end)


def _by_sentence(whole: TimedSentence, timeline: Timeline, end: int) -> Iterator[TimedSentence]:
    """Yield a timed sentence; of a recording that goes on to the character `end`, all its sentences, each from its
    first word to the next one's."""
    spans = [sentence.span for sentence in timeline.script.sentences(whole.block)[whole.index :]]
    spans = [span for span in spans if span.start < end]
    rest, first = whole.words, whole.first
    for index, (span, after) in enumerate(pairwise([*spans, Span(end, end)]), whole.index):
        words = tuple(word for word in rest if word.span.start < after.start)
        rest = rest[len(words) :]
        last = rest[0].first if rest else whole.last
        if words or len(spans) == 1:
            told = words[-1].last if words and rest else last
            yield replace(whole, index=index, span=span, first=first, last=told, words=words)
        first = last


def _apart(words: Iterable[Word]) -> Iterator[TimedWord]:
    """Yield words without overlaps: words that share letters are joined, and a word ends when the next begins."""
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
