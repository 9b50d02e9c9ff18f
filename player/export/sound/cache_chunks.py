"""Chunks of a story: the pieces that are encoded, and kept encoded, as a whole.

Borders depend on the text, so that a change in the story changes one chunk and leaves the other borders in place
(content-defined chunking, as in LBFS, 2001). A chunk is a run of whole blocks. Only a block too long for memory (an
hour's transcript in one paragraph) is split, between sentences.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from player.utterance.pauses import Pause
from player.utterance.script import SpokenScript

_LEAST, _MOST = 300, 1200
"""Characters: about 17 and 70 seconds. Longer chunks waste more when a sentence changes, shorter ones encode more
silence twice."""
_LONG_BLOCK = 2 * _MOST
"""Characters; a longer block is split. A change in it also changes the parts after it."""


class Piece(NamedTuple):
    """Utterances [first, last) of a block."""

    block: int
    first: int
    last: int


def chunks(script: SpokenScript, blocks: range | None = None) -> Iterator[tuple[Piece, ...]]:
    """Yield the chunks of a story, or of some blocks, in order. Every block has at least one piece.

    Each chapter begins a chunk, so that it shares its chunks with an export of the chapter alone.
    """
    story = script.story
    beginnings = {section.block for section in story.sections}
    chunk: list[Piece] = []
    characters = 0
    for index in range(len(script)) if blocks is None else blocks:
        if index in beginnings and chunk:
            yield tuple(chunk)
            chunk, characters = [], 0
        ends_here = zlib.crc32(story.blocks[index].text.encode("utf-8", "surrogatepass")) % 2 == 0
        for piece, length in _pieces(script, index):
            chunk.append(piece)
            characters += length
            if characters >= _MOST or (characters >= _LEAST and ends_here):
                yield tuple(chunk)
                chunk, characters = [], 0
    if chunk:
        yield tuple(chunk)


def _pieces(script: SpokenScript, index: int) -> Iterator[tuple[Piece, int]]:
    """Yield (piece, its characters): the whole block, or parts of a long one, each long enough for a chunk."""
    length = len(script.story.blocks[index].text)
    utterances = script.utterances(index)
    first, begin = 0, 0
    if length > _LONG_BLOCK:
        for n, utterance in enumerate(utterances[:-1], 1):
            # A cut needs a pause that covers the encoder's and decoder's delay; a clause's is too short.
            if utterance.span.end - begin >= _MOST and utterance.pause is not Pause.CLAUSE:
                yield Piece(index, first, n), utterance.span.end - begin
                first, begin = n, utterance.span.end
    yield Piece(index, first, len(utterances)), length - begin
