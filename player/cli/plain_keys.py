"""Keys where there is no screen: those of the player, as far as they need none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from player.playback.going_on import Breaks
from player.playback.player import Player
from player.playback.position import State


class PlainKey(NamedTuple):
    """A key."""

    sent: tuple[str, ...]
    """What terminals send for it."""
    help: str
    act: Callable[[Player, Breaks], str]
    """Acts, and returns what to tell the listener: a few words, or nothing."""


def _skip(sent: str, also: str, help: str, skip: Callable[[Player], object]) -> PlainKey:
    def act(player: Player, breaks: Breaks) -> str:
        skip(player)
        return ""

    return PlainKey((f"\x1b[{sent}", f"\x1bO{sent}", also) if sent else (also,), help, act)


def _toggle(player: Player, breaks: Breaks) -> str:
    breaks.toggle()
    return "" if player.transport.position().state in (State.PLAYING, State.WAITING) else "paused: space plays on"


def _speed(change: float) -> Callable[[Player, Breaks], str]:
    def act(player: Player, breaks: Breaks) -> str:
        player.transport.speed = round(player.transport.speed + change, 1) if change else 1.0
        return f"{player.transport.speed:g}×"

    return act


def _volume(change: float) -> Callable[[Player, Breaks], str]:
    def act(player: Player, breaks: Breaks) -> str:
        player.transport.volume += change
        return f"volume {player.transport.volume:.0%}"

    return act


KEYS = (
    PlainKey((" ",), "space: play, pause", _toggle),
    _skip("D", "h", "← →: sentence", lambda player: player.navigation.skip_sentences(-1)),
    _skip("C", "l", "", lambda player: player.navigation.skip_sentences(1)),
    _skip("A", "k", "↑ ↓: paragraph", lambda player: player.navigation.skip_paragraphs(-1)),
    _skip("B", "j", "", lambda player: player.navigation.skip_paragraphs(1)),
    _skip("", "p", "p n: chapter", lambda player: player.navigation.skip_sections(-1)),
    _skip("", "n", "", lambda player: player.navigation.skip_sections(1)),
    _skip("", ",", ", .: 10 seconds", lambda player: player.navigation.skip_seconds(-10)),
    _skip("", ".", "", lambda player: player.navigation.skip_seconds(10)),
    _skip("", "r", "r: again", lambda player: player.navigation.skip_sentences(0)),
    _skip("", "u", "u: undo a jump", lambda player: player.navigation.back()),
    PlainKey(("[",), "[ ]: speed", _speed(-0.1)),
    PlainKey(("]",), "", _speed(0.1)),
    PlainKey(("=",), "", _speed(0)),
    PlainKey(("-",), "- +: volume", _volume(-0.05)),
    PlainKey(("+",), "", _volume(0.05)),
)

QUIT = ("q", "\x04")
"""Keys that leave; the second is Ctrl-D."""


def help_line() -> str:
    """Return all keys in a line."""
    return " · ".join([*(key.help for key in KEYS if key.help), "q: quit"])


def press(pressed: str, player: Player, breaks: Breaks) -> str:
    """Do what a key does; return what to tell the listener. Unknown keys tell the known ones."""
    key = next((key for key in KEYS if pressed in key.sent), None)
    if key is None:
        return help_line() if pressed == "?" else ""
    return key.act(player, breaks)


@contextmanager
def keys_of_terminal() -> Iterator[Callable[[], str]]:
    """Context: a function that returns the key pressed since it was called last, or nothing; it never waits. Keys are
    neither shown nor collected into lines meanwhile; Ctrl-C and Ctrl-Z do what they always do."""
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        yield lambda: ""
    elif sys.platform == "win32":
        yield _pressed_on_windows
    else:
        with _cbreak(sys.__stdin__.fileno()) as pressed:
            yield pressed


@contextmanager
def _cbreak(terminal: int) -> Iterator[Callable[[], str]]:
    import select
    import termios
    import tty

    before = termios.tcgetattr(terminal)

    def pressed() -> str:
        with suppress(OSError):  # the terminal is gone
            if _has_turn(terminal) and select.select([terminal], [], [], 0)[0]:
                return os.read(terminal, 16).decode(errors="replace")
        return ""

    try:
        tty.setcbreak(terminal)
        yield pressed
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _has_turn(terminal: int) -> bool:
    """Return False while the keys belong to another program, such as the shell that put this one in the background."""
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:  # it controls no session: nobody else has a claim
        return True


def _pressed_on_windows() -> str:
    import msvcrt

    if not msvcrt.kbhit():  # type: ignore[attr-defined]
        return ""
    first = msvcrt.getwch()  # type: ignore[attr-defined]
    if first not in "\x00\xe0":
        return str(first)
    return {"K": "\x1b[D", "M": "\x1b[C", "H": "\x1b[A", "P": "\x1b[B"}.get(msvcrt.getwch(), "")  # type: ignore[attr-defined]
