"""The times of one block on a timeline."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from player.audio.timeline.packed_words import pack, unpack
from player.audio.timeline.prefix_sums import PrefixSums
from player.story.model import Span
from player.utterance.model import Utterance

FRAME = 1152
"""A block lasts a multiple of these samples, the frame of MPEG-1 layer III (two frames of MPEG-2's), so that encoded
blocks can be joined, kept and reused without encoding their neighbours again."""


class Word(NamedTuple):
    """A written span of a block, and the samples [first, last) of its utterance during which it sounds."""

    span: Span
    first: int
    last: int


class Row:
    """One block: the length of each utterance's sound in samples (-1: not rendered), and its words.

    `exact` holds the samples of rendered utterances, with their pauses; `unknown` the characters of the others. Each
    utterance counts in one of the two, and as 0 in the other.
    """

    __slots__ = ("estimated", "exact", "missing", "speech", "unknown", "words")

    def __init__(self, utterances: Sequence[Utterance]) -> None:
        self.speech = array("q", [-1]) * len(utterances)
        self.words: list[bytes | None] = [None] * len(utterances)
        """The words of each utterance as `pack` returned them; None until it is rendered."""
        self.estimated = 0
        """Bit n: the times of the words of utterance n are estimated."""
        self.exact = PrefixSums([0] * len(utterances))
        self.unknown: PrefixSums | None = PrefixSums([characters(u) for u in utterances])
        """None once all are rendered: a book's worth of zeros is a megabyte."""
        self.missing = len(utterances)

    def put(self, utterance: int, samples: int, pause: int) -> None:
        """Enter a rendered utterance. The last one pads the block to a multiple of FRAME."""
        self.speech[utterance] = samples
        if self.unknown is not None:
            self.unknown.set(utterance, 0)
        self.exact.set(utterance, samples + pause)
        self.missing -= 1
        if not self.missing:
            self.unknown = None
            last, total = len(self.speech) - 1, self.exact.total
            self.exact.set(last, total - self.exact.before(last) + -total % FRAME)

    def take(self, utterance: int, other: Row, n: int, pause: int) -> None:
        """Enter what another row has as its utterance `n`."""
        self.put(utterance, other.speech[n], pause)
        self.words[utterance] = other.words[n]
        self.estimated |= (other.estimated >> n & 1) << utterance

    @property
    def unknown_characters(self) -> int:
        """Number of characters that are not rendered yet."""
        return 0 if self.unknown is None else self.unknown.total

    def words_of(self, utterance: int) -> Iterator[Word]:
        """Yield the words of an utterance, in order; none until it is rendered."""
        for start, end, first, last in unpack(self.words[utterance] or pack(())):
            yield Word(Span(start, end), first, last)


def characters(utterance: Utterance) -> int:
    return utterance.span.end - utterance.span.start
