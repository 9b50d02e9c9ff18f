"""Colours of the player: a lamp at night, and paper by day. The stylesheet assigns them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#e5b567",
    secondary="#7aa2c9",
    accent="#e5b567",
    foreground="#d5d8de",
    background="#14161a",
    surface="#1a1d22",
    panel="#22262d",
    error="#e06c75",
    warning="#e5b567",
    success="#8fbf7f",
    variables={
        "said": "#747b87",
        "heading": "#f2ead8",
        "quotation": "#c3cbd8",
        "sentence": "#ffffff",
        "sentence-background": "#293241",
        "word": "#15120b",
        "word-background": "#e5b567",
        "track": "#2b3038",
        "rendered": "#3c434f",
        "tick": "#59606d",
    },
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#9a5b00",
    secondary="#2f5d8c",
    accent="#9a5b00",
    foreground="#2a2823",
    background="#fbf8f1",
    surface="#f3eee2",
    panel="#e9e2d2",
    error="#b3261e",
    warning="#9a5b00",
    success="#3d7a35",
    variables={
        "said": "#857f72",
        "heading": "#14120e",
        "quotation": "#4a4638",
        "sentence": "#14120e",
        "sentence-background": "#f1dfb6",
        "word": "#ffffff",
        "word-background": "#9a5b00",
        "track": "#e0d8c6",
        "rendered": "#cdc2a8",
        "tick": "#a79d87",
    },
)
