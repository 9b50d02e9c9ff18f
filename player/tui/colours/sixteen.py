"""Colours where a terminal has 16: their exact values, so that nothing is rounded to another one. Every theme is dark
or light there.

The yellow and green of terminals differ too much for text on white, and for white text.
"""

from __future__ import annotations

from textual.theme import Theme

_BLACK, _RED, _GREEN, _BROWN, _BLUE, _SILVER = "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aaaaaa"
_GREY, _LIGHT_RED, _LIGHT_GREEN, _YELLOW, _CYAN, _WHITE = (
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#55ffff", "#ffffff"),
)

DARK = Theme(
    name="16-dark",
    dark=True,
    primary=_YELLOW,
    secondary=_CYAN,
    accent=_YELLOW,
    foreground=_WHITE,
    background=_BLACK,
    surface=_BLACK,
    panel=_BLACK,
    error=_LIGHT_RED,
    warning=_YELLOW,
    success=_LIGHT_GREEN,
    variables={
        "said": _SILVER,
        "heading": _WHITE,
        "quotation": _WHITE,
        "sentence": _WHITE,
        "sentence-background": _BLUE,
        "word": _BLACK,
        "word-background": _YELLOW,
        "track": _GREY,
        "rendered": _BLUE,
        "tick": _WHITE,
        "noted-background": _BLACK,
        "found": _BLACK,
        "found-background": _SILVER,
        "hit": _BLACK,
        "hit-background": _CYAN,
        "selected-background": _GREY,
    },
)

LIGHT = Theme(
    name="16-light",
    dark=False,
    primary=_BLUE,
    secondary=_BLUE,
    accent=_BLUE,
    foreground=_BLACK,
    background=_WHITE,
    surface=_WHITE,
    panel=_WHITE,
    error=_RED,
    warning=_BROWN,
    success=_GREEN,
    variables={
        "said": _GREY,
        "heading": _BLACK,
        "quotation": _BLACK,
        "sentence": _BLACK,
        "sentence-background": _YELLOW,
        "word": _WHITE,
        "word-background": _BLUE,
        "track": _SILVER,
        "rendered": _CYAN,
        "tick": _BLACK,
        "noted-background": _WHITE,
        "found": _BLACK,
        "found-background": _LIGHT_GREEN,
        "hit": _WHITE,
        "hit-background": _RED,
        "selected-background": _SILVER,
    },
)


def variables(*, dark: bool) -> dict[str, str]:
    """Return all variables of the stylesheet."""
    theme = DARK if dark else LIGHT
    return {**theme.to_color_system().generate(), **theme.variables}
