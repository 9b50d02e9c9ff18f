"""The player's own colours in a theme that knows none of them, such as Textual's: made from its basic colours."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from player.tui.colours.contrast import ratio, readable

BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)

TEXT = 4.5
"""Least contrast of text."""
SIGN = 3.0
"""Least contrast of ticks and the like."""


def derived(theme: Theme) -> dict[str, str]:
    """Return a value for each of the variables in player/tui/colours/themes.py."""
    basic = theme.to_color_system().generate()
    back, front, primary, surface = (Color.parse(basic[n]) for n in ("background", "foreground", "primary", "surface"))
    second, good, warning = (Color.parse(basic[name]) for name in ("secondary", "success", "warning"))
    strong = WHITE if theme.dark else BLACK
    track, rendered = back.blend(front, 0.14), back.blend(front, 0.24)
    colours = {
        "said": readable(front.blend(back, 0.45), strong, (back, surface), TEXT),
        "heading": front.blend(strong, 0.6),
        "quotation": readable(front.blend(back, 0.1), strong, (back, surface), TEXT),
        "sentence": strong,
        "sentence-background": back.blend(primary, 0.25),
        "word": _on(primary),
        "word-background": primary,
        "track": track,
        "rendered": rendered,
        "tick": readable(front.blend(back, 0.5), strong, (track, rendered), SIGN),
        "noted-background": back.blend(warning, 0.12),
        "found": strong,
        "found-background": back.blend(good, 0.25),
        "hit": _on(good),
        "hit-background": good,
        "selected-background": back.blend(second, 0.4),
    }
    return {name: colour.hex for name, colour in colours.items()}


def _on(background: Color) -> Color:
    return max(BLACK, WHITE, key=lambda text: ratio(text, background))
