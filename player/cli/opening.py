"""Opening a slow story: a line shows its progress, and a key cancels it."""

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

from player.cli.output.printing import shorten_for_line
from player.cli.process.streams import has_cursor, print_error, rewrite_line
from player.story.text import printable

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.settings import Source
    from player.speech.survey import Survey
    from player.story.opening.confined.host import Readers

_SOON = 0.5
"""Seconds. Faster stories show nothing."""
_STOPPING = frozenset((b"\x1b", b"q", b"Q"))
"""Esc alone (other keys send sequences that begin with it), and q."""


class Opening:
    """Everything that commands open stories with."""

    def __init__(
        self,
        readers: Readers | None = None,
        voice: EarlyVoice | None = None,
        survey: Survey | None = None,
    ) -> None:
        """Readers, voice and a survey of all engines may have been started before the command line was imported."""
        self.readers = readers
        self.voice = voice
        self.survey = survey

    @contextmanager
    def of(self, name: str, *, keys: bool = False) -> Iterator[OpeningLine]:
        """Context: show that `name` is being opened. With `keys`, Esc and q cancel it like Ctrl-C
        (KeyboardInterrupt)."""
        line = OpeningLine(name, keys)
        try:
            yield line
        finally:
            line.close()

    def done(self) -> None:
        """End the reader processes: no more stories will be opened."""
        if self.readers is not None:
            self.readers.close()


class OpeningLine:
    """A progress line on stderr, shown after half a second if that is a terminal: once, if it has no cursor."""

    def __init__(self, name: str, keys: bool) -> None:
        self._name = printable(name)
        self._terminal = sys.stderr.isatty()
        self._rewritten = has_cursor(sys.stderr)
        self._began = time.monotonic()
        self._wants_keys = keys
        self._keys: _Keys | None = None
        self._shown = ""

    def watch(self, told: str) -> None:
        """Show progress while the story is read. Raises KeyboardInterrupt when a key cancels it."""
        if time.monotonic() - self._began < _SOON:
            return
        if self._wants_keys and self._keys is None:
            self._keys = _Keys().__enter__()
        if self._keys is not None and self._keys.pressed() & _STOPPING:
            raise KeyboardInterrupt
        text = f"Opening {self._name}" + (f": {told}" if told else " …")
        if self._terminal and text != self._shown and (self._rewritten or not self._shown):
            self._shown = text
            tail = "  (Esc stops)" if self._keys is not None and self._keys.there else "  (Ctrl-C stops)"
            line = shorten_for_line(text, tail)
            if self._rewritten:
                rewrite_line(line + tail)
            else:
                print_error(line + tail)

    def close(self) -> None:
        """Clear the line and restore the terminal. May be repeated."""
        if self._shown and self._rewritten:
            rewrite_line()
        keys, self._keys, self._shown = self._keys, None, ""
        if keys is not None:
            keys.__exit__()


class _Keys:
    """Keys as they are pressed, without Enter or echo; restores the terminal at the end."""

    def __init__(self) -> None:
        self.there = sys.stdin is not None and sys.stdin.isatty()
        self._mode: list[object] | None = None
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> Self:
        if self.there and os.name == "posix":
            import termios
            import tty

            self._mode = termios.tcgetattr(sys.stdin)
            for name in ("SIGTERM", "SIGHUP"):  # else they would leave a terminal without echo
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
        """Return what was pressed since the last call: one key's whole sequence, or several letters typed together."""
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
    """Return a source's name for the progress line."""
    if source.clipboard:
        return "the clipboard"
    return "standard input" if source.story == "-" else source.story.rstrip("/").rpartition("/")[2] or "the sample"
