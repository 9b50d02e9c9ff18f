"""The bottom line of a dialog: its keys."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets import Static


class KeyHints(Static):
    """Keys and their actions, which can be clicked, too."""

    def __init__(self, *hints: tuple[str, str, str]) -> None:
        """Each hint is (key, label, action bound to the key)."""
        super().__init__(
            Content("   ").join(
                Content.assemble((key, "bold $primary"), f" {what}").stylize(Style.from_meta({"@click": action}))
                for key, what, action in hints
            )
        )
        self.auto_links = False  # shown as keys, not as links
