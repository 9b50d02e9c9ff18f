"""Opening a story that takes its time: a line says how far it is, and a key stops it."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, Self

from player.cli.printing import printable, shorten_for_line

if TYPE_CHECKING:
    from player.early import EarlyVoice
    from player.settings import Source
    from player.story.opening.confined.host import Readers

_SOON = 0.5
"""Seconds: what opens sooner shows nothing."""
_STOPPING = frozenset((b"\x1b", b"q", b"Q"))
"""Esc by itself (the keys that send more begin with it), and q."""


class Opening:
    """What commands open stories with."""

    def __init__(self, readers: Readers | None = None, voice: EarlyVoice | None = None) -> None:
        """Both may have been started while the command line was still imported."""
        self.readers = readers
        self.voice = voice

    @contextmanager
    def of(self, name: str, *, keys: bool = False) -> Iterator[OpeningLine]:
        """Show that this is being opened; with `keys`, Esc and q stop it as Ctrl-C does (KeyboardInterrupt)."""
        line = OpeningLine(name, keys)
        try:
            yield line
        finally:
            line.close()

    def done(self) -> None:
        """Nothing more is opened: the processes that read can go."""
        if self.readers is not None:
            self.readers.close()


class OpeningLine:
    """A line on stderr, if that is a terminal, after half a second."""

    def __init__(self, name: str, keys: bool) -> None:
        self._name = printable(name)
        self._terminal = sys.stderr.isatty()
        self._began = time.monotonic()
        self._wants_keys = keys
        self._keys: _Keys | None = None
        self._shown = ""

    def watch(self, told: str) -> None:
        """Called while the story is read, with how far it is. Raises KeyboardInterrupt when a key says so."""
        if time.monotonic() - self._began < _SOON:
            return
        if self._wants_keys and self._keys is None:
            self._keys = _Keys().__enter__()
        if self._keys is not None and self._keys.pressed() & _STOPPING:
            raise KeyboardInterrupt
        stop = "Esc" if self._keys is not None and self._keys.there else "Ctrl-C"
        text = f"Opening {self._name}" + (f": {told}" if told else " …")
        if self._terminal and text != self._shown:
            self._shown = text
            tail = f"  ({stop} stops)"
            line = shorten_for_line(text, tail)
            print(f"\r\x1b[K{line}{tail}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line empty, and the terminal as it was."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        if self._keys is not None:
            self._keys.__exit__()


class _Keys:
    """Keys as they are pressed, without Enter and without an echo; and the terminal as it was when that ends."""

    def __init__(self) -> None:
        self.there = sys.stdin is not None and sys.stdin.isatty()
        self._mode: list[object] | None = None
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        if self.there and os.name == "posix":
            import termios
            import tty

            self._mode = termios.tcgetattr(sys.stdin)
            for name in ("SIGTERM", "SIGHUP"):  # they would leave a terminal without an echo
                number = getattr(signal, name)
                self._handlers[number] = signal.signal(number, _leave)
            tty.setcbreak(sys.stdin, termios.TCSADRAIN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._mode is not None:
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._mode)  # type: ignore[arg-type]
            for number, handler in self._handlers.items():
                signal.signal(number, handler)  # type: ignore[arg-type]

    def pressed(self) -> frozenset[bytes]:
        """What was pressed since: one key with all that it sends, or several letters typed at once."""
        if self._mode is not None:
            if not select.select([sys.stdin], [], [], 0)[0]:
                return frozenset()
            sent = os.read(sys.stdin.fileno(), 1024)
            return frozenset((sent,)) if sent.startswith(b"\x1b") else frozenset(bytes((one,)) for one in sent)
        if self.there and sys.platform == "win32":
            import msvcrt

            return frozenset(msvcrt.getwch().encode() for _ in range(1000) if msvcrt.kbhit())
        return frozenset()


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def called(source: Source) -> str:
    """What a source is called while it is opened."""
    if source.clipboard:
        return "the clipboard"
    return "standard input" if source.story == "-" else source.story.rstrip("/").rpartition("/")[2] or "the sample"
