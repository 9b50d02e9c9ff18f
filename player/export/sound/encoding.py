"""Parallel encoding of a story: chunk by chunk on all cores, each chunk kept for the next export.

Encoding is the slow part: LAME runs at 700 times real time and FFmpeg's AAC at 50, while espeak-ng renders at 1000. A
chunk ends in silence and begins at a whole number of the codec's frames; silence that fills no frame moves to the next
chunk. So the joined packets of all chunks decode to what encoding in one piece would give.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import json
import logging
import os
from collections import Counter, deque
from collections.abc import Hashable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol

from player.audio.store.cache import make_key
from player.audio.timeline.block_times import FRAME
from player.errors import CacheError
from player.export import Encoders, Job
from player.export.sound.cache_chunks import Piece, chunks
from player.speech.engine import Samples, WordMark

_logger = logging.getLogger(__name__)

_MOST_THREADS = 4
"""Two workers cannot render faster than four threads encode, and every chunk in progress takes memory."""
_SUFFIX = ".frames"
_FORMAT = 8


class Codec(Hashable, Protocol):
    """An encoder. Its `str` includes everything that changes the sound."""

    @property
    def frame(self) -> int:
        """Samples of the timeline per packet."""

    def encode(self, pcm: bytes | bytearray) -> list[bytes]:
        """Return the packets of 16-bit mono PCM: one for each whole frame, and maybe more after them.

        Everything after the last whole frame is silence, and so is everything before the first. Called in a thread, or
        pickled and called in another process.
        """


class _Said(NamedTuple):
    """One utterance of a chunk, with its time on the timeline."""

    samples: int
    estimated: bool
    marks: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A kept chunk."""

    lengths: list[int]
    """Samples of each piece."""
    said: list[_Said]
    """Every utterance, in order, to give the timeline its times without rendering."""
    windows: Counter[int]
    """See loudness.windows."""
    peak: int
    """Largest sample, 0 to 32768."""
    sizes: list[int]
    """Bytes of each packet."""
    data: bytes
    """All packets, joined."""

    def to_bytes(self) -> bytes:
        header = json.dumps(
            [self.lengths, self.said, list(self.windows.items()), self.peak, self.sizes], separators=(",", ":")
        )
        return f"{header}\n".encode() + self.data

    @classmethod
    def from_bytes(cls, data: bytes) -> Chunk:
        """Return the chunk that `to_bytes` wrote."""
        header, _, encoded = data.partition(b"\n")
        lengths, said, windows, peak, sizes = json.loads(header)
        return cls(lengths, [_Said(*one) for one in said], Counter(dict(windows)), peak, sizes, encoded)


class Work(NamedTuple):
    """A chunk that may still be encoding."""

    pieces: tuple[Piece, ...]
    lengths: list[int]
    """Samples of each piece."""
    chunk: Future[Chunk]

    def enter(self, begins: dict[int, Samples], at: int) -> int:
        """Note in `begins` at which sample each block begins that is new there, the chunk being at sample `at`; return
        the sample behind it."""
        for piece, samples in zip(self.pieces, self.lengths, strict=True):
            begins.setdefault(piece.block, Samples(at))
            at += samples
        return at


def encoded(job: Job, codec: Codec, blocks: range | None = None) -> Iterator[Work]:
    """Yield all encoded chunks of the story, or of some blocks, in order; afterwards the timeline knows their times.
    Only a few are in progress at a time, so memory does not grow with the story.

    Raises EngineError, Cancelled, or what the codec raises.
    """
    works: deque[Work] = deque()
    at = 0
    with _encoders(job) as (pool, at_once):
        try:
            if blocks is None or job.timeline.first in blocks:
                works.append(_lead(job, codec, 0 if blocks is None else blocks.start))
                at = job.timeline.lead
            for pieces in chunks(job.timeline.script, blocks):
                works.append(_begin(job, codec, pieces, at, pool))
                at += sum(works[-1].lengths)
                while works and (len(works) > at_once + 1 or works[0].chunk.done()):
                    yield _finished(job, works.popleft())
            while works:
                yield _finished(job, works.popleft())
        finally:
            for work in works:
                work.chunk.cancel()


@contextmanager
def _encoders(job: Job) -> Iterator[Encoders]:
    """Context: the encoders of the job, or threads for this export."""
    if job.encoders is not None:
        yield job.encoders
        return
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
    try:
        yield Encoders(pool, threads)
    finally:
        pool.shutdown(cancel_futures=True)


def _lead(job: Job, codec: Codec, block: int) -> Work:
    """Return the silence before the first word, as a piece of its block without utterances."""
    lead = job.timeline.lead
    chunk: Future[Chunk] = Future()
    chunk.set_result(_silence(codec, lead))
    return Work((Piece(block, 0, 0),), [lead], chunk)


@lru_cache(8)
def _silence(codec: Codec, samples: int) -> Chunk:
    """Return silence as a chunk, which is the same for every story of a voice."""
    return _encoded_chunk(codec, [samples], [], Counter(), bytearray(samples * 2))


def _finished(job: Job, work: Work) -> Work:
    while not work.chunk.done():
        job.check()
        wait([work.chunk], timeout=0.1)
    return work


def _begin(job: Job, codec: Codec, pieces: tuple[Piece, ...], at: int, pool: Executor) -> Work:
    """Return one chunk: kept before, or rendered here and encoded in the pool.

    It begins at sample `at`, with the silence before it that fills no frame.
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
    lengths, said, heard = _render(job, pieces, at, pcm)
    encoding = pool.submit(_encoded_chunk, codec, lengths, said, heard, pcm)
    replaced = {(block, n) for block, n in job.renderer.replaced() if any(_holds(piece, block, n) for piece in pieces)}
    if all(one.samples for one in said) and not replaced:  # what failed may succeed another day
        encoding.add_done_callback(lambda future: _keep(job, key, future))
    return Work(pieces, lengths, encoding)


def _holds(piece: Piece, block: int, utterance: int) -> bool:
    return piece.block == block and piece.first <= utterance < piece.last


def _tell(job: Job, pieces: tuple[Piece, ...], said: list[_Said]) -> None:
    """Enter the times of a kept chunk into the timeline."""
    places = [(block, n) for block, first, last in pieces for n in range(first, last)]
    for (block, n), one in zip(places, said, strict=True):
        job.timeline.put(block, n, one.samples, [WordMark(*mark) for mark in one.marks], one.estimated)


def _key(job: Job, codec: Codec, pieces: tuple[Piece, ...], at: int) -> str:
    """Return the cache key: everything that changes the chunk's sound (segments, pauses, encoder)."""
    said = [
        [[job.key(block, n), job.timeline.pause(utterances[n])] for n in range(first, last)]
        + [last == len(utterances)]  # the end of a block is padded to a frame
        for block, first, last in pieces
        for utterances in [job.timeline.utterances(block)]
    ]
    timeline, levels = job.timeline, job.renderer.segments.levels
    return make_key(
        "chunk", _FORMAT, str(codec), timeline.rate, timeline.speed, at % FRAME, at % codec.frame, said, levels
    )


def _render(
    job: Job, pieces: tuple[Piece, ...], at: int, pcm: bytearray
) -> tuple[list[int], list[_Said], Counter[int]]:
    """Append the pieces' PCM to `pcm`; return (samples of each piece, every utterance, its windows by loudness)."""
    lengths, said = [], []
    heard: Counter[int] = Counter()
    for block, first, last in pieces:
        begin = len(pcm)
        for n in range(first, last):
            segment = job.segment(block, n)
            said.append(_Said(segment.samples, segment.estimated, [tuple(mark) for mark in segment.marks]))  # type: ignore[misc]
            heard.update(segment.loudness.windows)
            pcm += segment.pcm
            pcm += bytes((job.timeline.slot(block, n) - segment.samples) * 2)
            job.reached(block, n + 1)
        if last == len(job.timeline.utterances(block)):
            # The timeline pads, too, but only when it knows all of the block.
            pcm += bytes(-(at + (len(pcm) - begin) // 2) % FRAME * 2)
        lengths.append((len(pcm) - begin) // 2)
        at += lengths[-1]
    return lengths, said, heard


def _encoded_chunk(codec: Codec, lengths: list[int], said: list[_Said], heard: Counter[int], pcm: bytearray) -> Chunk:
    packets = codec.encode(pcm)[: len(pcm) // 2 // codec.frame]
    sizes = [len(packet) for packet in packets]
    return Chunk(lengths, said, heard, audioop.max(pcm, 2), sizes, b"".join(packets))


def _keep(job: Job, key: str, encoding: Future[Chunk]) -> None:
    """Store a finished chunk, in the encoder's thread."""
    # The renderer has already announced that nothing can be kept; the export needs no cache.
    try:
        if not encoding.cancelled() and encoding.exception() is None:
            job.renderer.store.put(key, _SUFFIX, encoding.result().to_bytes())
    except CacheError:
        _logger.info("an encoded chunk is not kept", exc_info=True)
