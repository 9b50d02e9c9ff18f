"""Keys where there is no screen: those of the player's table (player/tui/keys/table.py) that need none."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from player.playback.position import State
from player.tui.keys.table import Key, textual_name

if TYPE_CHECKING:
    from player.cli.plain.playing import Plain

Act = Callable[["Plain"], str | None]
"""Does what a key does; returns what to tell the listener, a few words, or nothing."""

_SLEEP_MINUTES = (15, 30, 60)
"""What z goes through; then off."""

_LETTERS = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "P": "f1"}
_NUMBERS = {"1": "home", "3": "delete", "4": "end", "5": "pageup", "6": "pagedown", "7": "home", "8": "end", "11": "f1"}
_HELD = {"2": "shift+", "5": "ctrl+"}
_ALONE = {
    " ": "space",
    "\x7f": "backspace",
    "\b": "backspace",
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x1b": "escape",
}
_SEQUENCE = re.compile(r"\x1b(?:\[|O)(?:\d*;(?P<held>\d))?(?P<letter>[A-DHFP])|\x1b\[(?P<number>\d+)~")
_ONE_KEY = re.compile(r"\x1b(?:\[[\d;]*[A-Za-z~]|O[A-Za-z])?|.", re.DOTALL)


def _toggle(plain: Plain) -> str:
    plain.breaks.toggle()
    playing = plain.player.transport.position().state in (State.PLAYING, State.WAITING)
    return "" if playing else f"paused: {plain.key('play')} plays on"


def _speed(change: float) -> Act:
    def act(plain: Plain) -> str:
        transport = plain.player.transport
        transport.speed = round(transport.speed + change, 1) if change else 1.0
        return f"{transport.speed:g}×"

    return act


def _volume(change: float) -> Act:
    def act(plain: Plain) -> str:
        plain.player.transport.volume += change
        return f"volume {plain.player.transport.volume:.0%}"

    return act


def _mute(plain: Plain) -> str:
    plain.sleep_timer.muted = not plain.sleep_timer.muted
    return "muted" if plain.sleep_timer.muted else f"volume {plain.player.transport.volume:.0%}"


def _repeat(plain: Plain) -> str:
    plain.repeating.cycle()
    return plain.repeating.mode.value or "no repeating"


def _sleep(plain: Plain) -> str:
    before = plain.sleep_minutes if plain.sleep_timer.running else 0
    plain.sleep_minutes = minutes = next((one for one in _SLEEP_MINUTES if one > before), 0)
    if not minutes:
        plain.sleep_timer.clear()
        return "no sleep timer"
    plain.sleep_timer.set(minutes)
    return f"stops in {minutes} min"


def _skip(skip: Callable[[Plain], object]) -> Act:
    def act(plain: Plain) -> None:
        skip(plain)

    return act


ACTIONS: Mapping[str, Act] = {
    "play": _toggle,
    "sentence.back": _skip(lambda plain: plain.player.navigation.skip_sentences(-1)),
    "sentence.next": _skip(lambda plain: plain.player.navigation.skip_sentences(1)),
    "paragraph.back": _skip(lambda plain: plain.player.navigation.skip_paragraphs(-1)),
    "paragraph.next": _skip(lambda plain: plain.player.navigation.skip_paragraphs(1)),
    "chapter.back": _skip(lambda plain: plain.player.navigation.skip_sections(-1)),
    "chapter.next": _skip(lambda plain: plain.player.navigation.skip_sections(1)),
    "seconds.back": _skip(lambda plain: plain.player.navigation.skip_seconds(-10)),
    "seconds.next": _skip(lambda plain: plain.player.navigation.skip_seconds(10)),
    "story.start": _skip(lambda plain: plain.player.navigation.to_start()),
    "story.end": _skip(lambda plain: plain.player.navigation.to_end()),
    "jump.undo": _skip(lambda plain: plain.player.navigation.back()),
    "jump.redo": _skip(lambda plain: plain.player.navigation.forth()),
    "speed.down": _speed(-0.1),
    "speed.up": _speed(0.1),
    "speed.normal": _speed(0),
    "volume.down": _volume(-0.05),
    "volume.up": _volume(0.05),
    "mute": _mute,
    "sentence.again": _skip(lambda plain: plain.player.navigation.say_again()),
    "sentence.slowly": _skip(lambda plain: plain.slowly.say()),
    "repeat": _repeat,
    "sleep": _sleep,
    "story.next": lambda plain: plain.go_on(1),
    "story.back": lambda plain: plain.go_on(-1),
    "help": lambda plain: help_line(plain.keys),
    "quit": _skip(lambda plain: plain.leave()),
}
"""What keys do here, by their ids. All others need a screen."""


def help_line(keys: Sequence[Key]) -> str:
    """Return all keys in a line."""
    return " · ".join(f"{key.shown.split()[0]} {key.title.lower()}" for key in keys if key.id in ACTIONS and key.shown)


def press(name: str, plain: Plain) -> str:
    """Do what a key does, by Textual's name; return what to tell the listener."""
    key = next((key for key in plain.keys if name in key.keys.split(",")), None)
    if name == "ctrl+d":
        plain.leave()
    if key is None:
        return ""
    act = ACTIONS.get(key.id)
    return f"{key.title}: only on the screen" if act is None else act(plain) or ""


def names_of(sent: str) -> list[str]:
    """Return Textual's names of the keys that a terminal has sent."""
    return [_name(one) for one in _ONE_KEY.findall(sent)]


def _name(sent: str) -> str:
    """Return the name of one key."""
    if found := _SEQUENCE.fullmatch(sent):
        held, letter, number = found.groups()
        return _HELD.get(held or "", "") + (_LETTERS[letter] if letter else _NUMBERS.get(number, ""))
    if sent in _ALONE:
        return _ALONE[sent]
    return f"ctrl+{chr(ord(sent) + 96)}" if len(sent) == 1 and ord(sent) < 27 else textual_name(sent)


def has_keyboard() -> bool:
    """Return True if keys can be typed."""
    return sys.__stdin__ is not None and sys.__stdin__.isatty()


@contextmanager
def keys_of_terminal() -> Iterator[Callable[[], str]]:
    """Context: a function that returns what was typed since it was called last, as sent; it never waits. Keys are
    neither shown nor collected into lines meanwhile; Ctrl-C and Ctrl-Z do what they always do."""
    if sys.__stdin__ is None or not has_keyboard():
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
