"""Encoding a story side by side on all cores: chunk by chunk, each kept encoded for the next time.

Encoding is what takes the time: LAME does 700 times real time, FFmpeg's AAC 50, while espeak-ng renders 1000. A chunk
ends in silence, and begins at a whole number of the codec's frames, with what silence of the one before fills no
frame. So the packets of all chunks, one after the other, decode to what encoding in one piece would give.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import json
import logging
import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from player.audio.cache import make_key
from player.audio.timeline import FRAME
from player.errors import CacheError
from player.export import Job
from player.export.sound.cache_chunks import Piece, chunks
from player.export.sound.loudness import windows
from player.speech.engine import WordMark

_logger = logging.getLogger(__name__)

_MOST_THREADS = 4
"""Two workers cannot render faster than four threads encode, and every chunk in the works takes memory."""
_SUFFIX = ".frames"
_FORMAT = 6


class Codec(Protocol):
    """How to encode. Its `str` names all that changes the sound."""

    @property
    def frame(self) -> int:
        """Samples of the timeline in a packet."""

    def encode(self, pcm: bytes | bytearray) -> list[bytes]:
        """The packets of 16-bit mono PCM, from its beginning: one for each whole frame, and any number behind them.

        What is behind the last whole frame is silent, as is all before the first. Called in a thread.
        """


class _Said(NamedTuple):
    """One utterance of a chunk, as the timeline wants it."""

    samples: int
    estimated: bool
    marks: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk as it is kept."""

    lengths: list[int]
    """Samples of each piece."""
    said: list[_Said]
    """Every utterance, in order: from it the timeline knows what was not rendered this time."""
    windows: Counter[int]
    """See loudness.windows."""
    peak: int
    """The largest sample, 0 to 32768."""
    sizes: list[int]
    """Bytes of each packet."""
    data: bytes
    """All packets, one after the other."""

    def to_bytes(self) -> bytes:
        header = json.dumps(
            [self.lengths, self.said, list(self.windows.items()), self.peak, self.sizes], separators=(",", ":")
        )
        return f"{header}\n".encode() + self.data

    @classmethod
    def from_bytes(cls, data: bytes) -> Chunk:
        """From what `to_bytes` wrote."""
        header, _, encoded = data.partition(b"\n")
        lengths, said, windows, peak, sizes = json.loads(header)
        return cls(lengths, [_Said(*one) for one in said], Counter(dict(windows)), peak, sizes, encoded)


class Work(NamedTuple):
    """A chunk, perhaps still being encoded."""

    pieces: tuple[Piece, ...]
    lengths: list[int]
    """Samples of each piece."""
    chunk: Future[Chunk]


def encoded(job: Job, codec: Codec, blocks: range | None = None) -> Iterator[Work]:
    """All chunks of the story, or of some of its blocks, in order, each encoded; afterwards their times are known to
    the timeline. A few are in the works at any time: memory does not grow with the story.

    Raises EngineError, Cancelled, or what the codec raises.
    """
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    works: deque[Work] = deque()
    at = 0
    pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
    try:
        for pieces in chunks(job.timeline.script, blocks):
            works.append(_begin(job, codec, pieces, at, pool))
            at += sum(works[-1].lengths)
            while works and (len(works) > threads + 1 or works[0].chunk.done()):
                yield _finished(job, works.popleft())
        while works:
            yield _finished(job, works.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(job: Job, work: Work) -> Work:
    while not work.chunk.done():
        job.check()
        wait([work.chunk], timeout=0.1)
    return work


def _begin(job: Job, codec: Codec, pieces: tuple[Piece, ...], at: int, pool: ThreadPoolExecutor) -> Work:
    """One chunk: as it was kept, or else rendered here and encoded in the pool.

    It begins at a sample of the sound, and with the silence before it that fills no frame of the codec's.
    """
    job.check()
    key = _key(job, codec, pieces, at)
    data = job.renderer.store.get(key, _SUFFIX)
    if data is not None:
        kept = Chunk.from_bytes(data)
        future: Future[Chunk] = Future()
        future.set_result(kept)
        _tell(job, pieces, kept.said)
        job.reached(pieces[-1].block, pieces[-1].last)
        return Work(pieces, kept.lengths, future)
    pcm = bytearray(at % codec.frame * 2)
    lengths, said = _render(job, pieces, at, pcm)
    encoding = pool.submit(_encoded_chunk, codec, job.timeline.rate, lengths, said, pcm)
    if all(one.samples for one in said):  # what could not be said today may be said tomorrow
        encoding.add_done_callback(lambda future: _keep(job, key, future))
    return Work(pieces, lengths, encoding)


def _tell(job: Job, pieces: tuple[Piece, ...], said: list[_Said]) -> None:
    """The timeline learns the times of a chunk that was kept."""
    places = [(block, n) for block, first, last in pieces for n in range(first, last)]
    for (block, n), one in zip(places, said, strict=True):
        job.timeline.put(block, n, one.samples, [WordMark(*mark) for mark in one.marks], one.estimated)


def _key(job: Job, codec: Codec, pieces: tuple[Piece, ...], at: int) -> str:
    """All that changes how a chunk sounds: its segments, the pauses, the encoder."""
    said = [
        [[job.renderer.key(block, n), utterances[n].pause.seconds] for n in range(first, last)]
        + [last == len(utterances)]  # what ends a block is silent until the frame is full
        for block, first, last in pieces
        for utterances in [job.timeline.utterances(block)]
    ]
    timeline = job.timeline
    return make_key("chunk", _FORMAT, str(codec), timeline.rate, timeline.speed, at % FRAME, at % codec.frame, said)


def _render(job: Job, pieces: tuple[Piece, ...], at: int, pcm: bytearray) -> tuple[list[int], list[_Said]]:
    """Appends the pieces' PCM; answers (samples of each piece, every utterance)."""
    lengths, said = [], []
    for block, first, last in pieces:
        begin = len(pcm)
        for n in range(first, last):
            segment = job.segment(block, n)
            said.append(_Said(segment.samples, segment.estimated, [tuple(mark) for mark in segment.marks]))  # type: ignore[misc]
            pcm += segment.pcm
            pcm += bytes((job.timeline.slot(block, n) - segment.samples) * 2)
            job.reached(block, n + 1)
        if last == len(job.timeline.utterances(block)):
            # The timeline does so too, but not while it does not know a part of the block that was kept encoded.
            pcm += bytes(-(at + (len(pcm) - begin) // 2) % FRAME * 2)
        lengths.append((len(pcm) - begin) // 2)
        at += lengths[-1]
    return lengths, said


def _encoded_chunk(codec: Codec, rate: int, lengths: list[int], said: list[_Said], pcm: bytearray) -> Chunk:
    packets = codec.encode(pcm)[: len(pcm) // 2 // codec.frame]
    sizes = [len(packet) for packet in packets]
    return Chunk(lengths, said, windows(pcm, rate), audioop.max(pcm, 2), sizes, b"".join(packets))


def _keep(job: Job, key: str, encoding: Future[Chunk]) -> None:
    """In the encoder's thread, when it has finished."""
    # The renderer has told already that nothing can be kept; the export needs no cache.
    try:
        if not encoding.cancelled() and encoding.exception() is None:
            job.renderer.store.put(key, _SUFFIX, encoding.result().to_bytes())
    except CacheError:
        _logger.info("an encoded chunk is not kept", exc_info=True)
