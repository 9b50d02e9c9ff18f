"""MPEG audio layer III frames: splitting a stream, and the info frame that tells its length.

Sources: ISO/IEC 11172-3 and 13818-3 for the header; Xing's header as described in "MP3 Info Tag revision 1" by LAME for
the frame that holds the number of frames, the encoder's delay and its padding.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_BITRATES = {  # kbit/s, by index
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG-1
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG-2
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG-2.5, which has no standard
}
_MOST = {3: 320, 2: 160, 0: 64}
"""{version: LAME's highest kbit/s}: it encodes MPEG-2.5 at 64 even when asked for more."""
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}

ENCODER_DELAY = 576
"""Samples that LAME puts before the first."""
DECODER_DELAY = 529
"""Samples of delay in every decoder, in addition."""
_LAME = 36
"""Length in bytes of LAME's extension of Xing's header."""
_STEREO = 190
"""Bytes before the checksum of that extension in a stereo file. eyeD3 looks for it there in every file, and so it is
there as well."""
_NAME = b"LAME3.100"
_OTHER_NAME = b"Lavc lame"
"""The encoder's name in frames too short for the second checksum: eyeD3 then looks for none, and FFmpeg still cuts off
both ends. mutagen does not, and tells up to 0.07 s more."""
_TABLE = bytes(n * 256 // 100 for n in range(100))
"""For each hundredth of the time, where it begins, in 256ths of the bytes."""
_CONSTANT, _VARIABLE = 1, 3
"""LAME's codes for a constant and a variable bit rate."""


class Layout(NamedTuple):
    """Properties of all frames of a mono stream at a sample rate."""

    version: int
    """3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5, as in a frame's header."""
    rate: int

    @classmethod
    def of(cls, rate: int) -> Layout:
        """Return the layout. Raises ValueError for a rate that MP3 does not have."""
        for version, rates in _RATES.items():
            if rate in rates:
                return cls(version, rate)
        raise ValueError(f"MP3 has no sample rate of {rate} Hz")

    @property
    def samples(self) -> int:
        """Samples in a frame."""
        return 1152 if self.version == 3 else 576

    @property
    def bitrates(self) -> tuple[int, ...]:
        """Available constant bit rates in kbit/s, in order."""
        return tuple(k for k in _BITRATES[self.version][1:] if k <= _MOST[self.version])

    @property
    def side_info(self) -> int:
        """Bytes between a mono frame's header and its data."""
        return 17 if self.version == 3 else 9

    def frame_length(self, kbits: int, padded: int = 0) -> int:
        """Bytes of a frame."""
        return self.samples // 8 * kbits * 1000 // self.rate + padded


def frames(stream: bytes) -> Iterator[bytes]:
    """Yield the frames of a stream. Raises ValueError where there is none."""
    at = 0
    while at + 4 <= len(stream):
        (header,) = struct.unpack_from(">I", stream, at)
        version, kbits, rate = header >> 19 & 3, header >> 12 & 15, header >> 10 & 3
        if header >> 21 != 0x7FF or version not in _RATES or not 0 < kbits < 15 or rate == 3:
            raise ValueError(f"no MP3 frame at byte {at}")
        layout = Layout(version, _RATES[version][rate])
        length = layout.frame_length(_BITRATES[version][kbits], header >> 9 & 1)
        yield stream[at : at + length]
        at += length


def info_frame(layout: Layout, kbits: int, count: int, length: int, samples: int, *, gapless: bool = True) -> bytes:
    """Return the info frame that precedes all others: their number, their length, and what to cut off at both ends.

    `count` and `length` (bytes) are those of the following frames, `samples` is the audible length. Unless `gapless`,
    nothing is cut off, and the length excludes this frame, as is customary; FFmpeg then seeks wrongly by a frame in the
    second half.

    Its bit rate is the stream's, because eyeD3 and MediaInfo report this frame's rate for all. If a frame is too small
    for the seek table (169 bytes at 24 kHz: at least 64 kbit/s), the table is left out; at 8 or 16 kbit/s the rest (69
    bytes) may not fit either: then the frame has a higher bit rate, and declares a variable one.
    """
    padding = count * layout.samples - ENCODER_DELAY - samples
    if not 0 <= padding < 4096:
        raise ValueError(f"{count} frames for {samples} samples")
    least = 4 + layout.side_info + 4 * 5 + (_LAME if gapless else 0)
    own = layout.frame_length(kbits)
    varies = own < least
    table = b"" if least <= own < least + len(_TABLE) else _TABLE
    size = next(k for k in layout.bitrates if k >= kbits and layout.frame_length(k) >= least + len(table))
    whole = layout.frame_length(size) + length if gapless else length
    frame = _header(layout, size) + bytes(layout.side_info)
    frame += struct.pack(">4sIII", b"Xing" if varies else b"Info", 0b1111 if table else 0b1011, count, whole)
    frame += table + struct.pack(">I", 0)
    if gapless:
        is_long = layout.frame_length(size) >= _STEREO + 2
        name, low_pass = _NAME if is_long else _OTHER_NAME, layout.rate // 200
        frame += struct.pack(">9sBB", name, _VARIABLE if varies else _CONSTANT, low_pass)
        frame += bytes(8)  # no replay gain
        frame += struct.pack(">BB", 4, min(kbits, 255))
        frame += (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
        frame += struct.pack(">BBHIH", 0, 0, 0, whole, 0)  # no checksum of the music, which no player reads
        frame += struct.pack(">H", _crc16(frame))
        if is_long:
            frame = frame.ljust(_STEREO, b"\0")
            frame += struct.pack(">H", _crc16(frame))
    return frame.ljust(layout.frame_length(size), b"\0")


def _header(layout: Layout, kbits: int) -> bytes:
    """Return a frame's four header bytes: layer III, mono, no checksum, not padded."""
    header = 0x7FF << 21 | layout.version << 19 | 1 << 17 | 1 << 16
    header |= _BITRATES[layout.version].index(kbits) << 12 | _RATES[layout.version].index(layout.rate) << 10
    return struct.pack(">I", header | 3 << 6)


def _crc16(data: bytes) -> int:
    """Return the CRC-16 (polynomial 0x8005, reflected) as LAME computes it for its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
