"""The driver of Unix terminals, based on Textual's: it leaves the terminal as it found it.

It resets every mode it may have set (also mouse reports in pixels, 1016), survives a terminal that disappears, a
SIGCONT without a SIGTSTP before, and input that is not UTF-8; and it never suspends where no shell could resume it.
"""

from __future__ import annotations

import logging
import os
import select
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from player.tui.terminal.key_parser import KeyParser

if TYPE_CHECKING:
    from player.tui.terminal.app import TerminalApp

_POLL_SECONDS = 0.1
"""Interval at which the parser checks whether a lone Esc was the key."""

_RESET = "".join(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1015, 1006, 1016, 2004, 2026, 2048))
"""Disables mouse reports (clicks, drags, moves; their encodings), bracketed paste, synchronised output, size
reports."""
_LEAVE = "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Restores line wrapping, the keyboard protocol, the main screen and the cursor; disables focus reports."""

_KEEP_TITLE, _RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"
"""Put the window's title aside, and back (XTWINOPS)."""

_logger = logging.getLogger(__name__)


class TerminalDriver(LinuxDriver):
    """The driver of a TerminalApp."""

    _app: TerminalApp[Any]
    modes_on = False
    """True while the terminal is in our modes."""
    _title = ""
    _named = False  # True while the window has our title

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: IO[str] = _Surviving(self._file)  # type: ignore[assignment]
        self._wake: int | None = None  # a pipe: a byte in it ends the wait for keys

    def start_application_mode(self) -> None:
        """Take over the terminal. Does nothing in the background, where it belongs to another program."""
        before = self._writer_thread
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.modes_on = self._writer_thread is not before
        if self.modes_on and self._app.when_shown is not None:
            self._app.when_shown()
        if self._title:  # back from the shell
            self.name_window(self._title)

    def name_window(self, title: str) -> None:
        """Show a title on the window, or tab, until the terminal is restored. `title` is printable."""
        self._title = title
        if self.modes_on and os.environ.get("TERM") != "linux":  # the console has no windows
            self.write(f"{'' if self._named else _KEEP_TITLE}\x1b]2;{title}\x07")
            self._named = True

    def stop_application_mode(self) -> None:
        """Restore the terminal."""
        if self.modes_on:
            super().stop_application_mode()
            self.write(_RESET + (_RESTORE_TITLE if self._named else ""))
            self._named = False
            self.modes_on = False

    def reset_at_once(self) -> None:
        """Restore the terminal without the help of threads that may be stuck. Does nothing if it is restored."""
        if not self.modes_on:
            return
        self.modes_on = False
        with suppress(OSError, termios.error, ValueError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            output = self._file.fileno()
            if select.select([], [output], [], _POLL_SECONDS)[1]:  # writing without a reader would block for ever
                os.write(output, (_RESET + _LEAVE + (_RESTORE_TITLE if self._named else "")).encode())

    # -- suspending and resuming ------------------------------------------------------------------------------

    @property
    def can_suspend(self) -> bool:
        """True if a shell can resume us: not in a window opened for us alone."""
        return os.getpgrp() != os.getsid(0)

    def _sigtstp_application(self, *_: object) -> None:
        if self.can_suspend:
            self._app.pause_for_shell()
            super()._sigtstp_application()

    def _sigcont_application(self, *_: object) -> None:
        if not self._auto_restart:
            return
        before = self.attrs_before
        was_ours = self.modes_on
        if was_ours:  # after SIGSTOP: nothing was restored, but the shell may have changed modes
            self._must_signal_resume = True
            self.suspend_application_mode()
        super()._sigcont_application()
        if was_ours:
            self.attrs_before = before

    def disable_input(self) -> None:
        """End the thread that reads keys, at once: leaving waits for it."""
        if self._wake is not None:
            with suppress(OSError):  # the thread has just ended by itself
                os.write(self._wake, b"\0")
        super().disable_input()

    # -- input (a thread) ------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - the thread's boundary: without keys the player has to end
            self._app.call_later(self._app.fail, error)

    def run_input_thread(self) -> None:
        """Read keys until the driver stops, or the terminal disappears."""
        woken, self._wake = os.pipe()
        try:
            self._read_keys(woken)
        finally:
            wake, self._wake = self._wake, None
            os.close(wake)
            os.close(woken)

    def _read_keys(self, woken: int) -> None:
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if self.fileno in select.select([self.fileno, woken], [], [], _POLL_SECONDS)[0]:
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    _logger.info("the terminal cannot be read", exc_info=True)
                    data = b""
                if not data:
                    self._app.leave()
                    return
                for message in parser.feed(decode(data)):
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)


class _Surviving:
    """A terminal's output that ignores writes once the terminal is gone.

    Otherwise Textual's writer thread would end with the error, and every other writer wait for ever.
    """

    def __init__(self, file: IO[str]) -> None:
        self._output = file
        self._gone = False

    def write(self, text: str) -> int:
        if not self._gone:
            self._try(lambda: self._output.write(text))
        return len(text)

    def flush(self) -> None:
        if not self._gone:
            self._try(self._output.flush)

    def fileno(self) -> int:
        return self._output.fileno()

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except (OSError, ValueError):
            self._gone = True
            _logger.info("the terminal cannot be written", exc_info=True)
