"""The bottom line of a dialog: its keys."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widgets import Static

_BETWEEN = 3
"""Cells between two keys."""


class KeyHints(Static):
    """Keys and their actions, which can be clicked, too; on a narrow screen in several lines."""

    def __init__(self, *hints: tuple[str, str, str], id: str | None = None) -> None:
        """Each hint is (key, label, action bound to the key)."""
        super().__init__(id=id)
        self._hints = [
            Content.assemble((key, "bold $primary"), f" {what}").stylize(Style.from_meta({"@click": action}))
            for key, what, action in hints
        ]
        self.auto_links = False  # shown as keys, not as links

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """Return lines of at most `width` cells; no key is parted from its label."""
        lines = self._hints[:1]
        for hint in self._hints[1:]:
            if lines[-1].cell_length + _BETWEEN + hint.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], " " * _BETWEEN, hint)
            else:
                lines.append(hint)
        return lines
