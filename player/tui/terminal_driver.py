"""The terminal, as it was found so it is left: the driver of Unix terminals, with what Textual's leaves undone.

It resets every mode it may have set, mouse reports in pixels (1016) among them, survives a terminal that goes away,
a SIGCONT without a SIGTSTP before, and input that is no UTF-8; and it never stops where no shell could go on with it.
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

from player.tui.key_parser import KeyParser

if TYPE_CHECKING:
    from player.tui.terminal_app import TerminalApp

_POLL_SECONDS = 0.1
"""How often the parser is asked whether an Esc that came alone was the key."""

_RESET = "".join(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1015, 1006, 1016, 2004, 2026, 2048))
"""No mouse (clicks, drags, moves; their encodings), no bracketed paste, synchronised output, or reports of sizes."""
_LEAVE = "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Wrap lines, give back the keyboard's protocol and the other screen, show the cursor, no reports of focus."""

_logger = logging.getLogger(__name__)


class TerminalDriver(LinuxDriver):
    """Of a TerminalApp."""

    _app: TerminalApp[Any]
    modes_on = False
    """Whether the terminal is ours at the moment."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file: IO[str] = _Surviving(self._file)  # type: ignore[assignment]

    def start_application_mode(self) -> None:
        """Take the terminal. Does nothing in the background, where it is another's."""
        before = self._writer_thread
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.modes_on = self._writer_thread is not before

    def stop_application_mode(self) -> None:
        """Give it back."""
        if self.modes_on:
            super().stop_application_mode()
            self.write(_RESET)
            self.modes_on = False

    def reset_at_once(self) -> None:
        """Give the terminal back without the help of threads that may be stuck. Does nothing if it was given back."""
        if not self.modes_on:
            return
        self.modes_on = False
        with suppress(OSError, termios.error, ValueError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            output = self._file.fileno()
            if select.select([], [output], [], _POLL_SECONDS)[1]:  # not if nobody reads: that would wait for ever
                os.write(output, (_RESET + _LEAVE).encode())

    # -- going to the shell, and coming back -----------------------------------------------------------------

    @property
    def can_suspend(self) -> bool:
        """Whether a shell is there that can go on with us: not in a window that was opened for us alone."""
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
        if was_ours:  # stopped by a SIGSTOP: nothing was given back, but the shell may have set what it likes
            self._must_signal_resume = True
            self.suspend_application_mode()
        super()._sigcont_application()
        if was_ours:
            self.attrs_before = before

    # -- input (a thread) ------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - the thread's boundary: without keys the player has to end
            self._app.call_later(self._app.fail, error)

    def run_input_thread(self) -> None:
        """Read keys until the driver stops, or the terminal is gone."""
        parser = KeyParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], _POLL_SECONDS)[0]:
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
    """A terminal's output that swallows what is written once the terminal is gone.

    Textual's writing thread would end on the error, and everybody who writes then wait for it for ever.
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
