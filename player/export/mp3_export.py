"""MP3: chunks of the story encoded on all cores, joined frame by frame, kept encoded for the next time.

Encoding is what takes the time: LAME does 330 times real time at quality 5, espeak-ng renders 1000. So chunks are
encoded side by side. A chunk consists of whole blocks, each a whole number of frames long and ending in silence.
Its first frame refers to no other frame's data, and the encoder's delay lies over the silence before it, so the
frames of all chunks, one after the other, decode to what encoding in one piece would give.
"""

from __future__ import annotations

import json
import os
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from player.audio.cache import make_key
from player.errors import CacheError
from player.export import Job, Progress
from player.export.chapters import chapters
from player.export.chunks import chunks
from player.export.mp3_frames import DECODER_DELAY, ENCODER_DELAY, Layout, frames, info_frame
from player.export.mp3_tags import tags
from player.speech.engine import Seconds

BITRATE = 64
"""kbit/s, constant: what spoken word is published in; a mono voice at 22 or 24 kHz needs no more."""
QUALITY = 7
"""Of LAME, 0 (best) to 9. At this bit rate 7 costs half the time of 5."""
_SUFFIX = ".frames"
_FORMAT = 1


class _Chunk(NamedTuple):
    """Some blocks, encoded."""

    lengths: list[int]
    """Samples of each block."""
    frames: bytes

    def to_bytes(self) -> bytes:
        header = {"lengths": self.lengths, "crc": zlib.crc32(self.frames)}
        return json.dumps(header).encode() + b"\n" + self.frames

    @classmethod
    def from_bytes(cls, data: bytes | None) -> _Chunk | None:
        """None when it is not what `to_bytes` wrote."""
        try:
            line, _, encoded = (data or b"").partition(b"\n")
            header = json.loads(line)
            return cls(header["lengths"], encoded) if header["crc"] == zlib.crc32(encoded) else None
        except (ValueError, KeyError, TypeError):
            return None


def write(job: Job, file: BinaryIO) -> Seconds:
    """See Exporter. The tag's size does not depend on its times, so it is written once more when they are known."""
    story, rate = job.timeline.script.story, job.timeline.rate
    layout = Layout.of(rate)
    starts = chapters(story)
    kbits = BITRATE
    front = tags(story, [(c.title, 0, 0) for c in starts])
    file.write(front + bytes(len(info_frame(layout, kbits, 3, 0, 0))))
    begins, total, length = [0], 0, 0
    for chunk in _encoded(job, layout):
        for samples in chunk.lengths:
            total += samples
            begins.append(total)
        file.write(chunk.frames)
        length += len(chunk.frames)
    count = total // layout.samples
    end = _silence(layout, -(-(ENCODER_DELAY + DECODER_DELAY) // layout.samples))
    file.write(b"".join(end))
    times = [begins[c.block] * 1000 // rate for c in starts] + [total * 1000 // rate]
    front = tags(story, [(c.title, *span) for c, span in zip(starts, pairwise(times), strict=True)])
    file.seek(0)
    file.write(front + info_frame(layout, kbits, count + len(end), length + len(b"".join(end)), total))
    return Seconds(total / rate)


def _encoded(job: Job, layout: Layout) -> Iterator[_Chunk]:
    """All chunks in order. A few are in the works at any time: memory does not grow with the story."""
    story = job.timeline.script.story
    done, total = 0, story.characters
    cores = os.cpu_count() or 1
    works: deque[Future[_Chunk]] = deque()
    pool = ThreadPoolExecutor(cores, thread_name_prefix="encode")
    try:
        for blocks in chunks(story.blocks):
            works.append(_begin(job, layout, blocks, pool))
            done += sum(len(story.blocks[b].text) for b in blocks)
            job.show(Progress(done, total))
            while works and (len(works) > cores + 1 or works[0].done()):
                yield _finished(job, works.popleft())
        while works:
            yield _finished(job, works.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _finished(job: Job, work: Future[_Chunk]) -> _Chunk:
    while not work.done():
        job.check()
        wait([work], timeout=0.1)
    return work.result()


def _begin(job: Job, layout: Layout, blocks: range, pool: ThreadPoolExecutor) -> Future[_Chunk]:
    """One chunk: as it was kept, or else rendered here and encoded in the pool."""
    job.check()
    key = _key(job, blocks)
    kept = _Chunk.from_bytes(job.renderer.store.get(key, _SUFFIX))
    if kept is not None:
        future: Future[_Chunk] = Future()
        future.set_result(kept)
        return future
    lengths, pcm, whole = _render(job, blocks)
    return pool.submit(_encode_and_keep, job, layout, lengths, pcm, key if whole else "")


def _key(job: Job, blocks: range) -> str:
    """All that changes how a chunk sounds: its segments, the pauses, the encoder."""
    from importlib.metadata import version

    said = [
        [job.renderer.key(block, n), utterance.pause.seconds]
        for block in blocks
        for n, utterance in enumerate(job.timeline.utterances(block))
    ]
    counts = [len(job.timeline.utterances(block)) for block in blocks]
    return make_key("mp3", _FORMAT, version("lameenc"), BITRATE, QUALITY, job.timeline.rate, counts, said)


def _render(job: Job, blocks: range) -> tuple[list[int], bytes, bool]:
    """(samples of each block, their PCM, whether every utterance could be said)."""
    lengths, pcm, whole = [], bytearray(), True
    for block in blocks:
        begin = len(pcm)
        for n in range(len(job.timeline.utterances(block))):
            segment = job.renderer.segment(block, n, job.cancelled)
            job.check()
            if segment is None:
                continue
            whole = whole and segment.samples > 0
            pcm += segment.pcm
            pcm += bytes((job.timeline.slot(block, n) - segment.samples) * 2)
        lengths.append((len(pcm) - begin) // 2)
    return lengths, bytes(pcm), whole


def _encode_and_keep(job: Job, layout: Layout, lengths: list[int], pcm: bytes, key: str) -> _Chunk:
    count = len(pcm) // 2 // layout.samples
    chunk = _Chunk(lengths, b"".join(_encode(layout, pcm)[:count]))
    if key:
        try:
            job.renderer.store.put(key, _SUFFIX, chunk.to_bytes())
        except CacheError:
            return chunk  # the renderer has told of it already; the export needs no cache
    return chunk


def _encode(layout: Layout, pcm: bytes) -> list[bytes]:
    """The frames of one encoding from its own beginning; silence behind it pushes the last ones out."""
    from lameenc import Encoder

    encoder = Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(layout.rate)
    encoder.set_out_sample_rate(layout.rate)
    encoder.set_bit_rate(BITRATE)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return list(frames(bytes(encoder.encode(pcm + bytes(4 * 2 * layout.samples))) + bytes(encoder.flush())))


def _silence(layout: Layout, count: int) -> list[bytes]:
    """Frames for the decoder's delay after the last sample."""
    return _encode(layout, bytes(count * 2 * layout.samples))[:count]
