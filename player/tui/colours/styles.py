"""Styles for hand-drawn widgets, taken from the stylesheet."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


class Styles:
    """The component classes of one widget as rich styles, computed once per theme."""

    def __init__(self, widget: Widget, prefix: str) -> None:
        """`prefix` of the component classes, such as "transcript--"."""
        self._widget = widget
        self._prefix = prefix
        self._made: dict[str, Style] = {}

    def clear(self) -> None:
        """Forget styles after a change of theme."""
        self._made.clear()

    def __getitem__(self, names: str) -> Style:
        """Return the style of one or more names, separated by blanks; a later name's background covers an earlier
        one's. "+underline" adds that, or any other attribute, and no colour: beneath all names but the first, which may
        take it away."""
        made = self._made.get(names)
        if made is None:
            made = self._made[names] = self._make(names.split())
        return made

    def _make(self, names: list[str]) -> Style:
        behind = front = self._widget.background_colors[1]
        style = Style()
        for name in sorted(names, key=lambda name: name != names[0] and not name.startswith("+")):
            if name.startswith("+"):
                style += Style.parse(name[1:])
                continue
            styles = self._widget.get_component_styles(self._prefix + name)
            behind += styles.background
            if styles.has_rule("color"):  # else it would be white, whatever is behind
                front = styles.color
            style += styles.text_style
        return style + Style(color=(behind + front).rich_color, bgcolor=behind.rich_color)
