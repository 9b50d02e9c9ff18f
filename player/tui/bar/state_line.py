"""The transport bar's second line: each part at its place, with what a click on it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from player.playback.position import State
from player.speech.choosing.registry import manner
from player.tui.bar.contents import Condition

_STATES = {
    State.PLAYING: ("▶", "playing"),
    State.PAUSED: ("‖", "paused"),
    State.WAITING: ("◌", "rendering"),
    State.ENDED: ("■", "the end"),
}
_TURNING = "◐◓◑◒"
"""The sign while the voice is waited for, a quarter of a second each."""
_BEGINNING = 15
"""Cells of the state, so that what follows stands still: "◌ rendering 5 s"."""


class Part(NamedTuple):
    """A part of the line."""

    text: str
    look: str
    """Component class of the bar, without its prefix."""
    action: str = ""
    """What a click does: an action of the app."""


def parts(shown: Condition, voice: str, width: int, *, moving: bool = True) -> list[Part]:
    """Return the line's parts, `width` cells in all, blanks between them included. On a narrow terminal the sound's
    parts go first, the voice before all; last that there is no sound. `voice` is an id."""
    left = [Part(_state(shown, moving), "strong", "toggle_play")]
    if shown.exporting is not None:
        left += [Part("  ", "text"), Part(f"exporting {shown.exporting}%", "text", "export")]
    for hint in shown.hints:
        left += [Part("  ", "text"), Part(hint.text, "text", hint.action)]
    right = [
        Part("silent  " if shown.silent else "", "quiet"),
        Part(f"{_named(voice)}{_coming(shown.coming, voice)}  ", "quiet", "voices"),
        Part(f"{shown.speed:.4g}×".rjust(5), "text" if shown.speed == 1 else "strong", "next_speed"),
        Part(_volume(shown), "strong" if shown.muted else "text", "mute"),
    ]
    while right and _cells(left) + _cells(right) + 2 > width:
        right.pop(min(1, len(right) - 1))
    return [*left, Part(" " * max(width - _cells(left) - _cells(right), 0), "text"), *right]


def _state(shown: Condition, moving: bool) -> str:
    sign, word = _STATES[shown.state]
    if shown.state is State.WAITING and shown.waited:
        sign = _TURNING[shown.waited % len(_TURNING)] if moving else sign
        word += f" {shown.waited // 4} s" if shown.waited >= 4 else ""
    return set_cell_size(f"{sign} {word}", _BEGINNING) if len(word) + 2 < _BEGINNING else f"{sign} {word}"


def _volume(shown: Condition) -> str:
    return ("muted" if shown.muted else f"vol {shown.volume:.0%}").rjust(10)


def _named(voice: str) -> str:
    """Return what is shown for a voice's id: for a recorded book, its narrator."""
    engine, _, name = voice.partition(":")
    return f"narrated by {name}" if manner(engine).recorded else voice


def _coming(coming: str, voice: str) -> str:
    """Return what is shown of the voice that is being prepared."""
    return f" → {_named(coming.removesuffix(':'))} …" if coming and coming != voice else ""


def _cells(line: Sequence[Part]) -> int:
    return sum(cell_len(part.text) for part in line)
