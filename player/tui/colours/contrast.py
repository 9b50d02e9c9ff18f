"""Contrast of colours, as the Web Content Accessibility Guidelines define it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color

_STEPS = 20


def ratio(one: Color, other: Color) -> float:
    """Return the contrast of two colours: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: Color, towards: Color, backgrounds: Sequence[Color], least: float) -> Color:
    """Return a colour, changed towards another as little as gives it a contrast on every background."""
    changed = (color.blend(towards, step / _STEPS) for step in range(_STEPS + 1))
    return next((each for each in changed if all(ratio(each, behind) >= least for behind in backgrounds)), towards)


def _luminance(color: Color) -> float:
    parts = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
