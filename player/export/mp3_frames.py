"""MPEG audio layer III, frame by frame: cutting a stream into frames, and the frame that tells its length.

Sources: ISO/IEC 11172-3 and 13818-3 for the header; Xing's header as described in "MP3 Info Tag revision 1" by
LAME for the frame that holds the number of frames, the encoder's delay and its padding.
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
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}

ENCODER_DELAY = 576
"""Samples that LAME puts before the first."""
DECODER_DELAY = 529
"""Samples that every decoder puts before those."""


class Layout(NamedTuple):
    """What all frames of a mono stream at a sample rate have in common."""

    version: int
    """3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5, as in a frame's header."""
    rate: int

    @classmethod
    def of(cls, rate: int) -> Layout:
        """Raises ValueError for a rate that MP3 does not have."""
        for version, rates in _RATES.items():
            if rate in rates:
                return cls(version, rate)
        raise ValueError(f"MP3 knows no {rate} Hz")

    @property
    def samples(self) -> int:
        """Samples in a frame."""
        return 1152 if self.version == 3 else 576

    @property
    def bitrates(self) -> tuple[int, ...]:
        """kbit/s of constant bit rate, in order."""
        return _BITRATES[self.version][1:]

    @property
    def side_info(self) -> int:
        """Bytes between a mono frame's header and its data."""
        return 17 if self.version == 3 else 9

    def frame_length(self, kbits: int, padded: int = 0) -> int:
        """Bytes of a frame."""
        return self.samples // 8 * kbits * 1000 // self.rate + padded


def frames(stream: bytes) -> Iterator[bytes]:
    """The frames of a stream. Raises ValueError where there is none."""
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
    """The frame before all others: how many there are, how long they are, what to cut off at both ends.

    `count` and `length` (bytes) are those of the frames that follow, `samples` what is to be heard of them. Unless
    `gapless`, nothing is to be cut off; and the length does not count this frame, as is the custom, but with which
    FFmpeg is wrong by a frame in the second half when it jumps.
    """
    size = next(k for k in _BITRATES[layout.version] if k >= kbits and layout.frame_length(k) >= 200)
    header = 0x7FF << 21 | layout.version << 19 | 1 << 17 | 1 << 16  # layer III, no CRC
    header |= _BITRATES[layout.version].index(size) << 12 | _RATES[layout.version].index(layout.rate) << 10
    header |= 3 << 6  # mono
    padding = count * layout.samples - ENCODER_DELAY - samples
    if not 0 <= padding < 4096:
        raise ValueError(f"{count} frames for {samples} samples")
    whole = layout.frame_length(size) + length if gapless else length
    xing = struct.pack(">4sIII", b"Info", 0b1111, count, whole)
    xing += bytes(n * 255 // 100 for n in range(100)) + struct.pack(">I", 0)
    if not gapless:
        return (struct.pack(">I", header) + bytes(layout.side_info) + xing).ljust(layout.frame_length(size), b"\0")
    lame = struct.pack(">9sBB", b"LAME3.100", 1, layout.rate // 200)  # tag 0, constant bit rate; low pass
    lame += bytes(8)  # no replay gain
    lame += struct.pack(">BB", 4, min(kbits, 255))
    lame += (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    lame += struct.pack(">BBHIH", 0, 0, 0, whole, 0)  # no checksum of the music: no player looks at it
    frame = struct.pack(">I", header) + bytes(layout.side_info) + xing + lame
    frame += struct.pack(">H", _crc16(frame))
    return frame.ljust(layout.frame_length(size), b"\0")


def _crc16(data: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, reflected, as LAME checks its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
