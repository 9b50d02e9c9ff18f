"""The line in a dialog that says what its keys do."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets import Static


class KeyHints(Static):
    """Keys, and what they do. A click on one does the same."""

    def __init__(self, *hints: tuple[str, str, str]) -> None:
        """(key, what it does, the action that it is bound to), …"""
        super().__init__(
            Content("   ").join(
                Content.assemble((key, "bold $primary"), f" {what}").stylize(Style.from_meta({"@click": action}))
                for key, what, action in hints
            )
        )
        self.auto_links = False  # they look like keys, not like links
