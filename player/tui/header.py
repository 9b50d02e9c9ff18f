"""The header: the story's title, and below it the byline and the current chapter."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from player.story.model import Story
from player.story.text import printable
from player.tui.terminal_app import TerminalApp


class Title(Static):
    """One line, or two if there is a byline or chapter. Its height does not change while a story plays."""

    def __init__(self, story: Story) -> None:
        super().__init__(id="title")
        self._story = story
        self._block = -1
        self.show(0)

    def on_mount(self) -> None:
        """Name the terminal's window after the story."""
        if isinstance(self.app, TerminalApp):
            self.app.name_window(f"{self._story.title} · {self.app.TITLE}")

    def show(self, block: int) -> None:
        """Show the chapter of this block."""
        if block == self._block:
            return
        self._block = block
        story = self._story
        index = story.section_at(block)
        chapter = "" if index is None else story.sections[index].title
        below = " · ".join(printable(part) for part in (story.byline, story.published, chapter) if part)
        two = bool(story.byline or story.published or story.sections)
        self.update(Content.assemble((printable(story.title), "bold"), (f"\n{below}" if two else "", "$said")))
