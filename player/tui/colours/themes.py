"""Colours of the player: a lamp at night, paper by day, and high contrast. The stylesheet assigns them.

Text has a contrast of 4.5 at least, ticks have 3.
"""

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
        "said": "#979eab",
        "heading": "#f2ead8",
        "quotation": "#c3cbd8",
        "sentence": "#ffffff",
        "sentence-background": "#293241",
        "word": "#15120b",
        "word-background": "#e5b567",
        "track": "#2b3038",
        "rendered": "#3c434f",
        "tick": "#929aa8",
        "noted-background": "#2a2618",
        "found": "#e2f3ec",
        "found-background": "#24483e",
        "hit": "#0d1512",
        "hit-background": "#74d3b1",
        "selected-background": "#3a4f75",
    },
)

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#8f5400",
    secondary="#2f5d8c",
    accent="#8f5400",
    foreground="#2a2823",
    background="#fbf8f1",
    surface="#f3eee2",
    panel="#e9e2d2",
    error="#b3261e",
    warning="#8f5400",
    success="#3d7a35",
    variables={
        "said": "#666157",
        "heading": "#14120e",
        "quotation": "#4a4638",
        "sentence": "#14120e",
        "sentence-background": "#f1dfb6",
        "word": "#ffffff",
        "word-background": "#8f5400",
        "track": "#e0d8c6",
        "rendered": "#cdc2a8",
        "tick": "#6d6550",
        "noted-background": "#f7efcf",
        "found": "#14120e",
        "found-background": "#c9e4d6",
        "hit": "#ffffff",
        "hit-background": "#23694f",
        "selected-background": "#cdd9ee",
    },
)

HIGH_CONTRAST = Theme(
    name="high-contrast",
    dark=True,
    primary="#ffd800",
    secondary="#7fd4ff",
    accent="#ffd800",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    error="#ff8080",
    warning="#ffd800",
    success="#6dff8b",
    variables={
        "said": "#a8a8a8",
        "heading": "#ffffff",
        "quotation": "#ffffff",
        "sentence": "#ffffff",
        "sentence-background": "#00308f",
        "word": "#000000",
        "word-background": "#ffd800",
        "track": "#333333",
        "rendered": "#555555",
        "tick": "#ffffff",
        "noted-background": "#2b2600",
        "found": "#ffffff",
        "found-background": "#00602b",
        "hit": "#000000",
        "hit-background": "#6dff8b",
        "selected-background": "#0050c8",
    },
)

OURS = (DARK, LIGHT, HIGH_CONTRAST)
