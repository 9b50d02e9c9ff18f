"""A story's sound as MP3: chunks encoded on all cores, joined frame by frame, kept encoded for the next time.

Encoding is what takes the time: LAME does 330 times real time at quality 5, espeak-ng renders 1000. So chunks are
encoded side by side. A chunk ends in silence, and at a whole number of frames from the story's beginning: as blocks
last whole frames, only a block that is cut leaves a rest of silence for the next chunk to begin with. A chunk's
first frame refers to no other frame's data, and the encoder's delay lies over the silence before it, so the frames
of all chunks, one after the other, decode to what encoding in one piece would give.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
import json
import math
import os
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import BinaryIO, NamedTuple

from player.audio.cache import make_key
from player.audio.timeline import FRAME
from player.errors import CacheError, ExportError, UsageError
from player.export import Job
from player.export.chunks import Piece, chunks
from player.export.loudness import integrated, windows
from player.export.mp3_frames import Layout, frames, info_frame
from player.speech.engine import Samples, WordMark

BITRATE = 64
"""kbit/s, constant: what spoken word is published in; a mono voice at 22 or 24 kHz needs no more."""
QUALITY = 7
"""Of LAME, 0 (best) to 9. 7 does without the psychoacoustic model, in half the time of 5: 680 times real time against
380. Measured on the two engines' voices (espeak-ng, hibari), its noise is lower (signal to noise 24.3 and 22.7 dB,
against 22.3 and 21.0) and its quiet high bands are less exact (log spectral distance 14.2 and 11.9 dB, against 12.3
and 10.7). 8 and 9 are the same as 7."""
_SCALE = 0.95
"""By which LAME multiplies every sample, against clipping (its `scale`, which lameenc leaves as it is)."""
_MOST_THREADS = 4
"""Two workers cannot render faster than four threads encode, and every chunk in the works takes memory."""
_STEP = 1 << 18
"""Bytes encoded in one call: lameenc wants them immutable, and a copy of a whole chunk takes memory for nothing."""
_SUFFIX = ".frames"
_FORMAT = 3


class Mp3Sound(NamedTuple):
    """What was written."""

    begins: dict[int, Samples]
    """Where each block begins, from the sound's own beginning."""
    samples: Samples
    """How long it sounds, at the timeline's rate."""
    loudness: float | None
    """Of the decoded sound, in LUFS; None for silence."""
    peak: float
    """Its largest sample, 0 to 1, but for what the codec adds."""


class _Said(NamedTuple):
    """One utterance of a chunk, as the timeline wants it."""

    samples: int
    estimated: bool
    marks: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A chunk as it is kept."""

    lengths: list[int]
    """Samples of each piece."""
    said: list[_Said]
    """Every utterance, in order: from it the timeline knows what was not rendered this time."""
    windows: Counter[int]
    """See loudness.windows."""
    peak: int
    frames: bytes

    def to_bytes(self) -> bytes:
        header = json.dumps([self.lengths, self.said, list(self.windows.items()), self.peak], separators=(",", ":"))
        crc = zlib.crc32(self.frames, zlib.crc32(header.encode()))
        return f"{crc} {header}\n".encode() + self.frames

    @classmethod
    def from_bytes(cls, data: bytes | None) -> _Chunk | None:
        """None when it is not what `to_bytes` wrote."""
        try:
            line, _, encoded = (data or b"").partition(b"\n")
            crc, _, header = line.partition(b" ")
            if int(crc) != zlib.crc32(encoded, zlib.crc32(header)):
                return None
            lengths, said, windows, peak = json.loads(header)
            return cls(lengths, [_Said(*one) for one in said], Counter(dict(windows)), peak, encoded)
        except (ValueError, TypeError):
            return None


class _Work(NamedTuple):
    """A chunk, perhaps still being encoded."""

    pieces: tuple[Piece, ...]
    lengths: list[int]
    """Samples of each piece."""
    chunk: Future[_Chunk]


class _Coding(NamedTuple):
    """How to encode."""

    layout: Layout
    bitrate: int
    quality: int

    @classmethod
    def of(cls, job: Job) -> _Coding:
        """Raises ExportError for a rate that MP3 does not have, UsageError for such a bit rate."""
        options = job.options
        try:
            layout = Layout.of(job.timeline.rate)
        except ValueError as error:
            raise ExportError(f"{error}, which is how this voice speaks", "choose another voice") from error
        bitrate = BITRATE if options.bitrate is None else options.bitrate
        if bitrate not in layout.bitrates:
            raise UsageError(
                f"MP3 has no {bitrate} kbit/s for this voice", f"it has {', '.join(map(str, layout.bitrates))}"
            )
        return cls(layout, bitrate, QUALITY if options.quality is None else options.quality)

    def __str__(self) -> str:
        return f"lameenc {version('lameenc')}, {self.bitrate} kbit/s, quality {self.quality}"


def encoder(job: Job) -> str:
    """The encoder's name and settings. Raises ExportError or UsageError when MP3 cannot be had so."""
    return str(_Coding.of(job))


def write_sound(job: Job, file: BinaryIO, blocks: range | None = None) -> Mp3Sound:
    """Write the frames of the story, or of some of its blocks, from where the file stands; afterwards their times are
    known to the timeline. The first frame tells players what to cut off at both ends.

    Raises ExportError, UsageError, EngineError, OSError, or Cancelled.
    """
    coding = _Coding.of(job)
    layout = coding.layout
    front = file.tell()
    file.write(bytes(len(info_frame(layout, coding.bitrate, 3, 0, 0))))
    begins: dict[int, Samples] = {}
    heard: Counter[int] = Counter()
    total, length, peak = 0, 0, 0
    for work in _encoded(job, coding, blocks):
        for piece, samples in zip(work.pieces, work.lengths, strict=True):
            begins.setdefault(piece.block, Samples(total))
            total += samples
        chunk = work.chunk.result()
        length += file.write(chunk.frames)
        heard += chunk.windows
        peak = max(peak, chunk.peak)
    count = total // layout.samples
    # One more frame for the encoder's delay, and not two: ffprobe counts frames, and shall not be over by more than
    # one. What a decoder is late by (529 samples) then lacks at the end, of a pause that lasts 0.65 s.
    end = _silence(coding, 1)
    file.write(b"".join(end))
    behind = file.tell()
    file.seek(front)
    file.write(info_frame(layout, coding.bitrate, count + len(end), length + len(b"".join(end)), total))
    file.seek(behind)
    loudness = integrated(heard)
    if loudness is not None:
        loudness += 20 * math.log10(_SCALE)
    return Mp3Sound(begins, Samples(total), loudness, _SCALE * peak / 32768)


def _encoded(job: Job, coding: _Coding, blocks: range | None) -> Iterator[_Work]:
    """All chunks in order, each encoded. A few are in the works at any time: memory does not grow with the story."""
    threads = min(os.cpu_count() or 1, _MOST_THREADS)
    works: deque[_Work] = deque()
    rest = 0
    pool = ThreadPoolExecutor(threads, thread_name_prefix="encode")
    try:
        for pieces in chunks(job.timeline.script, blocks):
            works.append(_begin(job, coding, pieces, rest, pool))
            rest = (rest + sum(works[-1].lengths)) % FRAME
            while works and (len(works) > threads + 1 or works[0].chunk.done()):
                yield _finished(job, works.popleft())
        while works:
            yield _finished(job, works.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(job: Job, work: _Work) -> _Work:
    while not work.chunk.done():
        job.check()
        wait([work.chunk], timeout=0.1)
    return work


def _begin(job: Job, coding: _Coding, pieces: tuple[Piece, ...], rest: int, pool: ThreadPoolExecutor) -> _Work:
    """One chunk: as it was kept, or else rendered here and encoded in the pool.

    It begins `rest` samples after a whole FRAME, and with what of them fills no frame of the layout.
    """
    job.check()
    key = _key(job, coding, pieces, rest)
    kept = _Chunk.from_bytes(job.renderer.store.get(key, _SUFFIX))
    if kept is not None and len(kept.lengths) == len(pieces):
        future: Future[_Chunk] = Future()
        future.set_result(kept)
        _tell(job, pieces, kept.said)
        job.reached(pieces[-1].block, pieces[-1].last)
        return _Work(pieces, kept.lengths, future)
    pcm = bytearray(rest % coding.layout.samples * 2)
    lengths, said = _render(job, pieces, rest, pcm)
    encoding = pool.submit(_encoded_chunk, coding, lengths, said, pcm)
    if all(one.samples for one in said):  # what could not be said today may be said tomorrow
        encoding.add_done_callback(lambda future: _keep(job, key, future))
    return _Work(pieces, lengths, encoding)


def _tell(job: Job, pieces: tuple[Piece, ...], said: list[_Said]) -> None:
    """The timeline learns the times of a chunk that was kept."""
    places = [(block, n) for block, first, last in pieces for n in range(first, last)]
    for (block, n), one in zip(places, said, strict=True):
        job.timeline.put(block, n, one.samples, [WordMark(*mark) for mark in one.marks], one.estimated)


def _key(job: Job, coding: _Coding, pieces: tuple[Piece, ...], rest: int) -> str:
    """All that changes how a chunk sounds: its segments, the pauses, the encoder."""
    said = [
        [[job.renderer.key(block, n), utterances[n].pause.seconds] for n in range(first, last)]
        + [last == len(utterances)]  # what ends a block is silent until the frame is full
        for block, first, last in pieces
        for utterances in [job.timeline.utterances(block)]
    ]
    return make_key("mp3", _FORMAT, str(coding), job.timeline.rate, job.timeline.speed, rest, said)


def _render(job: Job, pieces: tuple[Piece, ...], rest: int, pcm: bytearray) -> tuple[list[int], list[_Said]]:
    """Appends the pieces' PCM; answers (samples of each piece, every utterance)."""
    lengths, said = [], []
    at = rest
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


def _encoded_chunk(coding: _Coding, lengths: list[int], said: list[_Said], pcm: bytearray) -> _Chunk:
    count = len(pcm) // 2 // coding.layout.samples
    encoded = b"".join(_encode(coding, pcm)[:count])
    return _Chunk(lengths, said, windows(pcm, coding.layout.rate), audioop.max(pcm, 2), encoded)


def _keep(job: Job, key: str, encoding: Future[_Chunk]) -> None:
    """In the encoder's thread, when it has finished."""
    # The renderer has told already that nothing can be kept; the export needs no cache.
    with suppress(CacheError):
        if not encoding.cancelled() and encoding.exception() is None:
            job.renderer.store.put(key, _SUFFIX, encoding.result().to_bytes())


def _encode(coding: _Coding, pcm: bytes | bytearray) -> list[bytes]:
    """The frames of one encoding from its own beginning; silence behind it pushes the last ones out."""
    from lameenc import Encoder

    layout = coding.layout
    encoder = Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(layout.rate)
    encoder.set_out_sample_rate(layout.rate)
    encoder.set_bit_rate(coding.bitrate)
    encoder.set_quality(coding.quality)
    encoder.silence()
    encoded = bytearray()
    with memoryview(pcm) as samples:
        for at in range(0, len(pcm), _STEP):
            encoded += encoder.encode(bytes(samples[at : at + _STEP]))
    encoded += encoder.encode(bytes(4 * 2 * layout.samples))
    encoded += encoder.flush()
    return list(frames(bytes(encoded)))


def _silence(coding: _Coding, count: int) -> list[bytes]:
    """Frames for the decoder's delay after the last sample."""
    return _encode(coding, bytes(count * 2 * coding.layout.samples))[:count]
