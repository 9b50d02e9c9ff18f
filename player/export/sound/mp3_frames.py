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
_MOST = {3: 320, 2: 160, 0: 64}
"""kbit/s that LAME makes, by version: it encodes with 64 what MPEG-2.5 is asked to have more of."""
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}

ENCODER_DELAY = 576
"""Samples that LAME puts before the first."""
DECODER_DELAY = 529
"""Samples that every decoder puts before those."""
_LAME = 36
"""Bytes that LAME adds to Xing's header."""
_TABLE = bytes(n * 256 // 100 for n in range(100))
"""Where each hundredth of the time begins, in 256ths of the bytes."""
_CONSTANT, _VARIABLE = 1, 3
"""LAME's numbers for how the bit rate varies."""


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
        """kbit/s of constant bit rate that can be chosen, in order."""
        return tuple(k for k in _BITRATES[self.version][1:] if k <= _MOST[self.version])

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

    It has the stream's own bit rate, because eyeD3 and MediaInfo take it for the bit rate of all. Where a frame has no
    room for the table of places (169 bytes at 24 kHz: at least 64 kbit/s), it is left out; at 8 or 16 kbit/s there may
    be no room for the rest (69 bytes): then the frame has a higher bit rate, and says that bit rates vary.
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
        frame += struct.pack(">9sBB", b"LAME3.100", _VARIABLE if varies else _CONSTANT, layout.rate // 200)  # low pass
        frame += bytes(8)  # no replay gain
        frame += struct.pack(">BB", 4, min(kbits, 255))
        frame += (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
        frame += struct.pack(">BBHIH", 0, 0, 0, whole, 0)  # no checksum of the music: no player looks at it
        frame += struct.pack(">H", _crc16(frame))
    return frame.ljust(layout.frame_length(size), b"\0")


def _header(layout: Layout, kbits: int) -> bytes:
    """The four bytes before a frame: layer III, mono, no checksum, not padded."""
    header = 0x7FF << 21 | layout.version << 19 | 1 << 17 | 1 << 16
    header |= _BITRATES[layout.version].index(kbits) << 12 | _RATES[layout.version].index(layout.rate) << 10
    return struct.pack(">I", header | 3 << 6)


def _crc16(data: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, reflected, as LAME checks its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
