"""MP3: chunks of the story encoded on all cores, joined frame by frame, kept encoded for the next time.

Encoding is what takes the time: LAME does 330 times real time at quality 5, espeak-ng renders 1000. So chunks are
encoded side by side. A chunk ends in silence, and at a whole number of frames from the story's beginning: as blocks
last whole frames, only a block that is cut leaves a rest of silence for the next chunk to begin with. A chunk's
first frame refers to no other frame's data, and the encoder's delay lies over the silence before it, so the frames
of all chunks, one after the other, decode to what encoding in one piece would give.
"""

from __future__ import annotations

import json
import os
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from importlib.metadata import version
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from player.audio.cache import make_key
from player.audio.timeline import FRAME
from player.errors import CacheError, ExportError
from player.export import Cancelled, Job
from player.export.chapters import chapters
from player.export.chunks import Piece, chunks
from player.export.mp3_frames import Layout, frames, info_frame
from player.export.mp3_tags import tags
from player.speech.engine import Seconds

BITRATE = 64
"""kbit/s, constant: what spoken word is published in; a mono voice at 22 or 24 kHz needs no more."""
QUALITY = 7
"""Of LAME, 0 (best) to 9. 7 does without the psychoacoustic model, in half the time of 5: 680 times real time against
380. Measured on the two engines' voices (espeak-ng, hibari), its noise is lower (signal to noise 24.3 and 22.7 dB,
against 22.3 and 21.0) and its quiet high bands are less exact (log spectral distance 14.2 and 11.9 dB, against 12.3
and 10.7). 8 and 9 are the same as 7."""
_MOST_THREADS = 4
"""Two workers cannot render faster than four threads encode, and every chunk in the works takes memory."""
_STEP = 1 << 18
"""Bytes encoded in one call: lameenc wants them immutable, and a copy of a whole chunk takes memory for nothing."""
_SUFFIX = ".frames"
_FORMAT = 2


class _Chunk(NamedTuple):
    """A chunk as it is kept."""

    lengths: list[int]
    """Samples of each piece."""
    frames: bytes

    def to_bytes(self) -> bytes:
        return json.dumps({"lengths": self.lengths, "crc": self._crc()}).encode() + b"\n" + self.frames

    @classmethod
    def from_bytes(cls, data: bytes | None) -> _Chunk | None:
        """None when it is not what `to_bytes` wrote."""
        try:
            line, _, encoded = (data or b"").partition(b"\n")
            header = json.loads(line)
            chunk = cls([int(samples) for samples in header["lengths"]], encoded)
            return chunk if header["crc"] == chunk._crc() else None
        except (ValueError, KeyError, TypeError):
            return None

    def _crc(self) -> int:
        return zlib.crc32(self.frames, zlib.crc32(repr(self.lengths).encode()))


class _Work(NamedTuple):
    """A chunk, perhaps still being encoded."""

    pieces: tuple[Piece, ...]
    lengths: list[int]
    """Samples of each piece."""
    frames: Future[bytes]


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. The tag's size does not depend on its times, so it is written once more when they are known."""
    story, rate = job.timeline.script.story, job.timeline.rate
    try:
        layout = Layout.of(rate)
    except ValueError as error:
        raise ExportError(f"{error}, which is how this voice speaks", "choose another voice") from error
    encoder = f"lameenc {version('lameenc')}, {BITRATE} kbit/s, quality {QUALITY}"
    starts = chapters(story)
    front = tags(story, [(c.title, 0, 0) for c in starts], encoder)
    file.write(front + bytes(len(info_frame(layout, BITRATE, 3, 0, 0))))
    begins: dict[int, int] = {}
    total, length = 0, 0
    for work in _encoded(job, layout):
        for piece, samples in zip(work.pieces, work.lengths, strict=True):
            begins.setdefault(piece.block, total)
            total += samples
        length += file.write(work.frames.result())
    count = total // layout.samples
    # One more frame for the encoder's delay, and not two: ffprobe counts frames, and shall not be over by more than
    # one. What a decoder is late by (529 samples) then lacks at the end, of a pause that lasts 0.65 s.
    end = _silence(layout, 1)
    file.write(b"".join(end))
    times = [begins[c.block] * 1000 // rate for c in starts] + [total * 1000 // rate]
    front = tags(story, [(c.title, *span) for c, span in zip(starts, pairwise(times), strict=True)], encoder)
    file.seek(0)
    file.write(front + info_frame(layout, BITRATE, count + len(end), length + len(b"".join(end)), total))
    return Seconds(total / rate)


def _encoded(job: Job, layout: Layout) -> Iterator[_Work]:
    """All chunks in order, each encoded. A few are in the works at any time: memory does not grow with the story."""
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    works: deque[_Work] = deque()
    rest = 0
    pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
    try:
        for pieces in chunks(job.timeline.script):
            works.append(_begin(job, layout, pieces, rest, pool))
            rest = (rest + sum(works[-1].lengths)) % FRAME
            while works and (len(works) > threads + 1 or works[0].frames.done()):
                yield _finished(job, works.popleft())
        while works:
            yield _finished(job, works.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(job: Job, work: _Work) -> _Work:
    while not work.frames.done():
        job.check()
        wait([work.frames], timeout=0.1)
    return work


def _begin(job: Job, layout: Layout, pieces: tuple[Piece, ...], rest: int, pool: ThreadPoolExecutor) -> _Work:
    """One chunk: as it was kept, or else rendered here and encoded in the pool.

    It begins `rest` samples after a whole FRAME, and with what of them fills no frame of the layout.
    """
    job.check()
    key = _key(job, pieces, rest)
    kept = _Chunk.from_bytes(job.renderer.store.get(key, _SUFFIX))
    if kept is not None and len(kept.lengths) == len(pieces):
        future: Future[bytes] = Future()
        future.set_result(kept.frames)
        job.reached(pieces[-1].block, pieces[-1].last)
        return _Work(pieces, kept.lengths, future)
    pcm = bytearray(rest % layout.samples * 2)
    lengths, whole = _render(job, pieces, rest, pcm)
    encoding = pool.submit(_encode_and_keep, job, layout, _Chunk(lengths, b""), pcm, key if whole else "")
    return _Work(pieces, lengths, encoding)


def _key(job: Job, pieces: tuple[Piece, ...], rest: int) -> str:
    """All that changes how a chunk sounds: its segments, the pauses, the encoder."""
    said = [
        [[job.renderer.key(block, n), utterances[n].pause.seconds] for n in range(first, last)]
        + [last == len(utterances)]  # what ends a block is silent until the frame is full
        for block, first, last in pieces
        for utterances in [job.timeline.utterances(block)]
    ]
    return make_key(
        "mp3", _FORMAT, version("lameenc"), BITRATE, QUALITY, job.timeline.rate, job.timeline.speed, rest, said
    )


def _render(job: Job, pieces: tuple[Piece, ...], rest: int, pcm: bytearray) -> tuple[list[int], bool]:
    """Appends the pieces' PCM; answers (samples of each piece, whether every utterance could be said)."""
    lengths, whole = [], True
    at = rest
    for block, first, last in pieces:
        begin = len(pcm)
        for n in range(first, last):
            segment = job.renderer.segment(block, n, job.cancelled)
            if segment is None:  # cancelled, or the player was closed: a story with holes is never written
                raise Cancelled
            whole = whole and segment.samples > 0
            pcm += segment.pcm
            pcm += bytes((job.timeline.slot(block, n) - segment.samples) * 2)
            job.reached(block, n + 1)
        if last == len(job.timeline.utterances(block)):
            # The timeline does so too, but not while it does not know a part of the block that was kept encoded.
            pcm += bytes(-(at + (len(pcm) - begin) // 2) % FRAME * 2)
        lengths.append((len(pcm) - begin) // 2)
        at += lengths[-1]
    return lengths, whole


def _encode_and_keep(job: Job, layout: Layout, chunk: _Chunk, pcm: bytearray, key: str) -> bytes:
    count = len(pcm) // 2 // layout.samples
    chunk = chunk._replace(frames=b"".join(_encode(layout, pcm)[:count]))
    if key:
        try:
            job.renderer.store.put(key, _SUFFIX, chunk.to_bytes())
        except CacheError:
            return chunk.frames  # the renderer has told of it already; the export needs no cache
    return chunk.frames


def _encode(layout: Layout, pcm: bytes | bytearray) -> list[bytes]:
    """The frames of one encoding from its own beginning; silence behind it pushes the last ones out."""
    from lameenc import Encoder

    encoder = Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(layout.rate)
    encoder.set_out_sample_rate(layout.rate)
    encoder.set_bit_rate(BITRATE)
    encoder.set_quality(QUALITY)
    encoder.silence()
    encoded = bytearray()
    with memoryview(pcm) as samples:
        for at in range(0, len(pcm), _STEP):
            encoded += encoder.encode(bytes(samples[at : at + _STEP]))
    encoded += encoder.encode(bytes(4 * 2 * layout.samples))
    encoded += encoder.flush()
    return list(frames(bytes(encoded)))


def _silence(layout: Layout, count: int) -> list[bytes]:
    """Frames for the decoder's delay after the last sample."""
    return _encode(layout, bytes(count * 2 * layout.samples))[:count]
