"""A story's sound as MP3: frames of chunks encoded in parallel, joined.

A chunk's first frame uses no data of other frames, and the encoder's delay falls into the silence before it, so the
joined frames decode to what encoding in one piece would give.
"""

from __future__ import annotations

import audioop  # from audioop-lts where Python no longer has it
from collections import Counter
from typing import BinaryIO, NamedTuple

from player.errors import ExportError, UsageError
from player.export import Job
from player.export.sound.encoding import encoded
from player.export.sound.mp3_frames import DECODER_DELAY, ENCODER_DELAY, Layout, frames, info_frame
from player.speech.engine import Samples
from player.speech.sound.loudness import integrated
from player.versions import version

BITRATE = 64
"""kbit/s, constant: usual for published speech; a mono voice at 22 or 24 kHz needs no more."""
QUALITY = 7
"""Of LAME, 0 (best) to 9. 7 does without the psychoacoustic model, in half the time of 5: 680 times real time against
380. Measured on a formant and a neural voice, its noise is lower (signal to noise 24.3 and 22.7 dB,
against 22.3 and 21.0) and its quiet high bands are less exact (log spectral distance 14.2 and 11.9 dB, against 12.3
and 10.7). 8 and 9 are the same as 7."""
_SCALE = 0.95
"""Factor by which LAME lowers every sample against clipping (its `scale`, which lameenc cannot set). It is undone:
after the limiter nothing clips, and MP3 would be half a decibel quieter than other files."""
DELAY = Samples(ENCODER_DELAY + DECODER_DELAY)
"""Delay of all sound in a file that is not gapless."""
_STEP = 1 << 18
"""Bytes encoded per call: lameenc wants immutable bytes, and copying a whole chunk would waste memory."""


class Mp3Sound(NamedTuple):
    """The sound that was written."""

    begins: dict[int, Samples]
    """{block: its first sample}, from the sound's beginning."""
    samples: Samples
    """Length, at the timeline's rate."""
    loudness: float | None
    """Loudness of the decoded sound in LUFS; None for silence."""
    peak: float
    """Largest sample before encoding, 0 to 1."""


class _Coding(NamedTuple):
    """LAME with its settings. A Codec (see encoding)."""

    layout: Layout
    bitrate: int
    quality: int

    @classmethod
    def of(cls, job: Job) -> _Coding:
        """Return it for a job. Raises ExportError for an unsupported sample rate, UsageError for an unsupported bit
        rate."""
        options = job.options
        try:
            layout = Layout.of(job.timeline.rate)
        except ValueError as error:
            raise ExportError(f"{error}, as this voice needs", "choose another voice") from error
        bitrate = BITRATE if options.bitrate is None else options.bitrate
        if bitrate not in layout.bitrates:
            raise UsageError(
                f"MP3 has no {bitrate} kbit/s for this voice", f"it has {', '.join(map(str, layout.bitrates))}"
            )
        return cls(layout, bitrate, QUALITY if options.quality is None else options.quality)

    @property
    def frame(self) -> int:
        """See Codec."""
        return self.layout.samples

    def encode(self, pcm: bytes | bytearray) -> list[bytes]:
        """See Codec."""
        return _encode(self, pcm)

    def __str__(self) -> str:
        return f"lameenc {version('lameenc')}, {self.bitrate} kbit/s, quality {self.quality}"


def encoder(job: Job) -> str:
    """Return the encoder's name and settings. Raises ExportError or UsageError when MP3 cannot be made with them."""
    return str(_Coding.of(job))


def write_sound(job: Job, file: BinaryIO, blocks: range | None = None, *, gapless: bool = True) -> Mp3Sound:
    """Write the frames of the story, or of some blocks, at the file's position; afterwards the timeline knows their
    times. The first frame tells players what to cut off at both ends.

    Without `gapless`, nothing is cut and all sounds DELAY later: for browsers, because Chromium forgets the cut after a
    jump, and then plays that much late.

    Raises ExportError, UsageError, EngineError, OSError, or Cancelled.
    """
    coding = _Coding.of(job)
    layout = coding.layout
    front = file.tell()
    file.write(bytes(len(info_frame(layout, coding.bitrate, 3, 0, 0, gapless=gapless))))
    begins: dict[int, Samples] = {}
    heard: Counter[int] = Counter()
    total, length, peak = 0, 0, 0
    for work in encoded(job, coding, blocks):
        total = work.enter(begins, total)
        chunk = work.chunk.result()
        length += file.write(chunk.data)
        heard += chunk.windows
        peak = max(peak, chunk.peak)
    count = total // layout.samples
    # One more frame for the encoder's delay, not two: ffprobe counts frames, and may be off by one at most. The
    # decoder's delay (529 samples) is then missing at the end, from a pause of 0.65 s.
    end = _silence(coding, 1)
    file.write(b"".join(end))
    behind = file.tell()
    file.seek(front)
    length += len(b"".join(end))
    file.write(info_frame(layout, coding.bitrate, count + len(end), length, total, gapless=gapless))
    file.seek(behind)
    return Mp3Sound(begins, Samples(total), integrated(heard), peak / 32768)


def _encode(coding: _Coding, pcm: bytes | bytearray) -> list[bytes]:
    """Return the frames of one encoding from its own beginning; trailing silence flushes the last ones."""
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
            encoded += encoder.encode(audioop.mul(samples[at : at + _STEP], 2, 1 / _SCALE))
    encoded += encoder.encode(bytes(4 * 2 * layout.samples))
    encoded += encoder.flush()
    return list(frames(bytes(encoded)))


def _silence(coding: _Coding, count: int) -> list[bytes]:
    """Return frames for the decoder's delay after the last sample."""
    return _encode(coding, bytes(count * 2 * coding.layout.samples))[:count]
