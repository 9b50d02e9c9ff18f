"""The sound files inside books: found by checksum and size, decoded from any place on.

A file that is stored as it is in the zip is read in place; a compressed one is unpacked, into a temporary file. One
file is open at a time, and goes on where the last clip ended, so that a long one is not searched for every sentence.
"""

from __future__ import annotations

import io
import logging
import shutil
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from lzma import LZMAError
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from player.errors import EngineError
from player.speech.sound.pcm import FORMATS, pcm_of, resampler

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import InputContainer

_logger = logging.getLogger(__name__)

_SUFFIXES = (".mp3", ".m4a", ".mp4", ".aac", ".m4b", ".opus", ".ogg", ".oga", ".wav", ".flac")
_USUAL_RATE = 44_100
_MARGIN = 0.03
"""Seconds before and behind a clip that are looked at for its edges."""
_EDGE = 0.015
"""Seconds at the end of a clip in which the next one may already be heard, if it is quiet before."""
_QUIET = 150
"""Amplitude of 32768."""
_RUN_UP = Fraction(1)
"""Seconds decoded before a clip: an MP3 frame needs those before it."""
_NEAR = Fraction(20)
"""Seconds up to which it is quicker to decode on than to search."""
_LARGEST = 4 * 2**30
"""Bytes of a sound file that is unpacked."""
_HEADER = 30
"""Bytes of a file's own header in a zip, without name and extra field (APPNOTE 4.3.7)."""


class Sounds:
    """The sound files of some books."""

    def __init__(self, books: Sequence[str]) -> None:
        """`books` are paths of EPUB files; what cannot be opened holds no sound."""
        self._entries: dict[str, tuple[str, ZipInfo]] = {}
        self._first = ""
        for book in books:
            try:
                with ZipFile(book) as opened:
                    for entry in opened.infolist():
                        key = f"{entry.CRC:08x}-{entry.file_size}"
                        self._entries.setdefault(key, (book, entry))
                        if not self._first and entry.filename.lower().endswith(_SUFFIXES):
                            self._first = key
            except (OSError, BadZipFile, NotImplementedError, ValueError):
                _logger.warning("the book cannot be opened", exc_info=True)
        self._open: _Opened | None = None

    @property
    def rate(self) -> int:
        """Samples a second of the first sound file."""
        try:
            return self._opened(self._first).rate
        except EngineError:
            _logger.info("the first sound file cannot be read", exc_info=True)
            return _USUAL_RATE

    def cut(self, sound: str, first: int, last: int, *, exact: bool) -> tuple[bytes, int, int]:
        """Return (16-bit mono PCM, rate, samples before the clip) of a file from `first` to `last`, in microseconds.

        Unless `exact`, up to 30 ms before the clip are included if they are quiet. Raises EngineError.
        """
        opened = self._opened(sound)
        rate = opened.rate
        begin, end = round(first * rate / 1_000_000), round(last * rate / 1_000_000)
        early = begin if exact else max(begin - int(_MARGIN * rate), 0)
        try:
            pcm = opened.read(early, end)
        except _failures() as error:
            self._close()
            raise EngineError(f"the book's recording cannot be decoded ({error})") from error
        before = begin - early
        if len(pcm) <= 2 * before:
            raise EngineError("the book's recording ends before this sentence")
        if exact:
            return pcm, rate, 0
        if _loudest(pcm[: 2 * before]) > _QUIET:
            pcm, before = pcm[2 * before :], 0
        edge, margin = int(_EDGE * rate), int(_MARGIN * rate)
        if _loudest(pcm[-2 * (edge + margin) : -2 * edge]) <= _QUIET:
            pcm = pcm[: -2 * edge]
        return pcm, rate, before

    def _opened(self, sound: str) -> _Opened:
        if self._open is None or self._open.sound != sound:
            self._close()
            book, entry = self._entries.get(sound, ("", None))
            if entry is None:
                raise EngineError("the book's recording is missing", "the file was moved or changed: open it again")
            try:
                self._open = _Opened(sound, _file(book, entry))
            except _failures() as error:
                raise EngineError(f"the book's recording cannot be opened ({error})") from error
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None


class _Opened:
    """One sound file, being decoded."""

    def __init__(self, sound: str, file: BinaryIO) -> None:
        import av  # 0.06 s

        self.sound = sound
        self._file = file
        self._container: InputContainer = av.open(file, "r", options={"format_whitelist": FORMATS})
        self._stream = self._container.streams.audio[0]
        self.rate = int(self._stream.rate)
        self._frames: Iterator[AudioFrame] = self._container.decode(self._stream)
        self._held = b""
        self._at = 0
        """The sample at which `_held` begins."""

    def read(self, begin: int, end: int) -> bytes:
        """Return the samples [begin, end), or fewer at the end of the file."""
        behind = self._at + len(self._held) // 2
        if not self._at <= begin <= behind + _NEAR * self.rate:
            self._seek(begin)
        parts = [self._held]
        first, at = self._at, self._at + len(self._held) // 2
        while at < end and (pcm := self._next()):
            parts.append(pcm)
            at += len(pcm) // 2
            if at <= begin:  # before the clip: not kept
                parts, first = [], at
        whole = b"".join(parts)
        found = whole[2 * max(begin - first, 0) : 2 * (end - first)]
        kept = max(end - self.rate - first, 0)  # the next clip may begin a little earlier
        self._held, self._at = whole[2 * kept :], first + min(kept, len(whole) // 2)
        return found

    def close(self) -> None:
        """Close the file."""
        self._container.close()
        self._file.close()

    def _seek(self, begin: int) -> None:
        base = Fraction(self._stream.time_base or Fraction(1, self.rate))
        start = self._stream.start_time or 0
        target = max(Fraction(begin, self.rate) - _RUN_UP, Fraction(0))
        self._container.seek(int(target / base) + start, stream=self._stream)
        self._frames = self._container.decode(self._stream)
        frame = next(self._frames, None)
        if frame is None:
            self._held, self._at = b"", begin
            return
        seconds = (Fraction(frame.pts or 0) - start) * Fraction(frame.time_base or base)
        self._at = round(seconds * self.rate)
        self._held = self._mono(frame)

    def _next(self) -> bytes:
        frame = next(self._frames, None)
        return b"" if frame is None else self._mono(frame)

    def _mono(self, frame: AudioFrame) -> bytes:
        frame.pts = None
        return pcm_of(resampler(self.rate).resample(frame))


def _file(book: str, entry: ZipInfo) -> BinaryIO:
    """Return a sound file, open: within the zip if it is stored there as it is, else unpacked."""
    if entry.compress_type == ZIP_STORED and not entry.flag_bits & 1:
        file = Path(book).open("rb")  # noqa: SIM115  closed by the caller
        file.seek(entry.header_offset)
        header = file.read(_HEADER)
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return cast(BinaryIO, _Window(file, entry.header_offset + _HEADER + names, entry.file_size))
    if entry.file_size > _LARGEST:
        raise EngineError("a sound file of the book is far too large")
    unpacked = tempfile.TemporaryFile()  # noqa: SIM115  closed by the caller
    with ZipFile(book) as opened, opened.open(entry) as packed:
        shutil.copyfileobj(packed, unpacked, 1 << 20)
    unpacked.seek(0)
    return cast(BinaryIO, unpacked)


class _Window(io.RawIOBase):
    """A range of an open file, as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _loudest(pcm: bytes) -> int:
    samples = array("h", pcm)
    return max(map(abs, samples), default=0)


def _failures() -> tuple[type[Exception], ...]:
    import av

    unpacking = (BadZipFile, zlib.error, LZMAError, EOFError)
    return (av.FFmpegError, OSError, IndexError, ValueError, ZeroDivisionError, RuntimeError, *unpacking)
