"""The base of the player's apps: restores the terminal and reports errors in one line, whatever happens."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from textual import constants
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import Notification, Notify
from textual.screen import ModalScreen
from textual.widgets._toast import ToastRack
from textual.worker import WorkerFailed

from player.errors import PlayerError
from player.story.text import printable
from player.tui.colours.derived import derived
from player.tui.colours.sixteen import variables
from player.tui.colours.themes import DARK, OURS
from player.tui.terminal.colours import WithoutColours, has_colours
from player.tui.terminal.signals import obeyed
from player.tui.terminal.type_ahead import TypeAhead

_T = TypeVar("_T")

_logger = logging.getLogger(__name__)

_TOGETHER = 3
"""Notices that are shown at once, at most; the newest count."""

_GRAVITY = ("information", "warning", "error")
"""Severities, the least first."""


def notification(text: str, environment: Mapping[str, str]) -> str:
    """Return what a terminal is sent for a desktop notification: OSC 777 for rxvt and foot, OSC 9 for all others,
    handed through by tmux where that is allowed, with a bell for where it is not."""
    if environment.get("TERM", "").startswith(("rxvt", "foot")):
        told = f"\x1b]777;notify;Listen to Story;{text.replace(';', ',')}\x07"
    else:
        told = f"\x1b]9;{text}\x07"
    if environment.get("TMUX"):
        return f"\x1bPtmux;{told.replace(chr(27), chr(27) * 2)}\x1b\\\x07"
    return told


class TerminalApp(TypeAhead[_T]):
    """An app that takes the whole terminal. Run it with `show`."""

    failure = ""
    """The error that ended it, in words."""
    told_to_leave = False
    """True when a signal ended it."""
    _has_sixteen = False
    """True in a terminal with 16 colours."""
    _running_loop: asyncio.AbstractEventLoop | None = None
    when_shown: Callable[[], None] | None = None
    """Called when it takes the terminal."""

    def __init__(self) -> None:
        super().__init__()
        for one in OURS:
            self.register_theme(one)
        self._answers: list[Notification] = []
        self._last_notice: Notification | None = None
        """The last that is no answer to a key."""
        self._notice_texts: list[str] = []
        """The texts in it."""
        system = None if self._without_colours() else self.console.color_system
        self._colour_filters = [WithoutColours()] if system is None else []
        self._has_sixteen = system in ("standard", "windows")
        # Where colours are few, states are told apart by underlining and the like. NO_COLOR leaves shades of grey.
        self.set_class(self.no_color or self._has_sixteen or system is None, "-few-colours")
        self.set_class(self.no_color or system is None, "-no-colours")
        self.set_class(system is None, "-no-shades")

    def _without_colours(self) -> bool:
        """Return True for a terminal without colours, such as a VT220, for which Textual guesses 16."""
        guessed = constants.COLOR_SYSTEM == "auto" and self.console.color_system == "standard"
        return guessed and not has_colours(os.environ.get("TERM", ""))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters of what is drawn, and one that takes away colours where there are none."""
        return [*super().get_line_filters(), *self._colour_filters]

    def look_like(self, theme: str, *, reduced_motion: bool = False) -> None:
        """Take on a theme: one of ours or of Textual's; dark, if there is no such theme. With `reduced_motion` nothing
        glides or turns."""
        self.theme = theme if theme in self.available_themes else DARK.name
        if reduced_motion:
            self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours, for themes that are not ours."""
        return derived(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours, or those of a terminal with 16."""
        found = super().get_css_variables()
        if self._has_sixteen:
            self.theme_variables = found = {**found, **variables(dark=self.current_theme.dark)}
        return found

    def refresh_css(self, animate: bool = True) -> None:
        """Take on the theme's colours. Before anything is shown the stylesheet is not parsed: that is done once, when
        all widgets are known (0.01 s)."""
        if self._is_mounted:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def show(self) -> _T | None:
        """Run until the user leaves; return the answer. The terminal is then restored.

        Raises KeyboardInterrupt when a signal ended it, and PlayerError when it failed.
        """
        try:
            with obeyed(self.leave, self._give_terminal_back):
                answer = self.run()
        except Exception as error:  # noqa: BLE001 - the boundary of the interface: logged, and told in one line
            self._note(error)
        finally:
            self._give_terminal_back()
        if self.told_to_leave:
            raise KeyboardInterrupt
        if self.failure:
            raise PlayerError(f"the player's screen failed ({self.failure})", "--log FILE writes down the details")
        return answer

    def leave(self) -> None:
        """Quit, as if by a key. From any thread or signal handler."""
        self.told_to_leave = True
        if self._running_loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._running_loop.call_soon_threadsafe(self.exit)

    def name_window(self, title: str) -> None:
        """Show a title on the terminal's window, or tab, while the app has the terminal."""
        name = getattr(self._driver, "name_window", None)
        if name is not None:
            name(printable(title))

    def tell_desktop(self, text: str) -> None:
        """Ask the terminal for a notification on the desktop; those that know none ignore it."""
        if self._driver is not None:
            self._driver.write(notification(printable(text), os.environ))

    def answer(self, text: str) -> None:
        """Show for a moment what a key has done, in place of what the key before it did."""
        self.forget_answers()
        new = Notification(text, timeout=self.NOTIFICATION_TIMEOUT, markup=False)
        self._answers.append(new)
        self.post_message(Notify(new))

    def forget_answers(self) -> None:
        """Hide the messages about what keys did."""
        shown = [one for one in self._answers if one in self._notifications]
        self._answers = [one for one in self._answers if one not in shown and not one.has_expired]
        for one in shown:
            self._unnotify(one)

    def on_notify(self, event: Notify) -> None:
        """Merge a notice with those still shown, so that they cover as little of the text as possible. What keys have
        done stays apart."""
        new = event.notification
        if any(new is one for one in self._answers):
            return
        before, told = self._last_notice, f"{new.title}: {new.message}" if new.title else new.message
        earlier = [text for text in self._notice_texts if text != told]
        self._last_notice, self._notice_texts = new, [told]
        if before is None or before.has_expired or before not in self._notifications or before.markup or new.markup:
            return
        self._unnotify(before, refresh=False)
        self._hide(before)
        if earlier:
            self._notice_texts = [*earlier[1 - _TOGETHER :], told]
            new.title, new.message = "", "\n".join(self._notice_texts)
            new.severity = max(before.severity, new.severity, key=_GRAVITY.index)

    def _hide(self, notice: Notification) -> None:
        """Hide a notice; Textual leaves one that is just about to be shown, until it expires."""
        for rack in self.screen.query(ToastRack):
            with suppress(NoMatches):
                rack.get_child_by_id(f"--textual-toast-{notice.identity}").remove()

    def pause_for_shell(self) -> None:
        """Prepare for handing the terminal to the shell."""

    def on_load(self) -> None:
        """Quit at once if a signal came before."""
        if self.told_to_leave:
            self.exit()

    def on_ready(self) -> None:
        """From now on a signal may quit; a signal that came before does so now. Textual fails when quit during its
        start."""
        self._running_loop = asyncio.get_running_loop()
        if self.told_to_leave:
            self.exit()

    def get_driver_class(self) -> type[Driver]:
        """Return our driver on Unix, Textual's elsewhere."""
        found = super().get_driver_class()
        if sys.platform == "win32":
            return found
        from textual.drivers.linux_driver import LinuxDriver  # missing on Windows

        from player.tui.terminal.driver import TerminalDriver

        return TerminalDriver if found is LinuxDriver else found

    def action_suspend(self) -> None:
        """Hand the terminal to the shell. Does nothing where there is no job control (Windows)."""
        if self._driver is not None and not self._driver.can_suspend:
            self.notify("There is no shell to go to.", markup=False)
        else:
            self.action_suspend_process()

    def action_command_palette(self) -> None:
        """Open the palette, unless a dialog is open: its commands are meant for the main screen."""
        if not isinstance(self.screen, ModalScreen):
            super().action_command_palette()

    # -- failures: Textual prints a traceback of a hundred lines, and exits with 0 for some --------------------

    def fail(self, error: BaseException) -> None:
        """Quit because of an unexpected error."""
        self._note(error)
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """Handle Textual's own errors like `fail`."""
        self.fail(sys.exc_info()[1] or RuntimeError(" ".join(map(str, renderables))))

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed):  # in a thread: the screen goes on
            _logger.warning("a thread beside the screen failed", exc_info=error.error)
            return
        if self._exception is None:  # tests raise this
            self._exception = error
            self._exception_event.set()
        self.fail(error)

    def _note(self, error: BaseException) -> None:
        _logger.error("the screen failed", exc_info=error)
        self.failure = self.failure or printable(f"{type(error).__name__}: {error}")
        self._return_code = 1

    def _give_terminal_back(self) -> None:
        reset = getattr(self._driver, "reset_at_once", None)
        if reset is not None:
            reset()
