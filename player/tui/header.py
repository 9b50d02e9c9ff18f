"""The header: the story's title, and below it the byline and the current chapter."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from player.story.model import Story
from player.tui.terminal.app import TerminalApp
from player.tui.title_lines import title_lines


class Title(Static):
    """One line, or two if there is a byline or chapter. Its height does not change while a story plays."""

    def __init__(self, story: Story, *, is_whole: bool = True) -> None:
        """See `title_lines`."""
        super().__init__(id="title")
        self._story = story
        self._block = 0
        self._told = ""
        self._two = len(title_lines(story, 0, is_whole=is_whole)) > 1
        self._draw()

    def on_mount(self) -> None:
        """Name the terminal's window."""
        self._name_window()

    def _name_window(self) -> None:
        """Name it after the story."""
        if isinstance(self.app, TerminalApp):
            self.app.name_window(f"{self._story.title} · {self.app.TITLE}")

    def show(self, block: int) -> None:
        """Show the chapter of this block."""
        if block != self._block:
            self._block = block
            self._draw()

    def tell(self, told: str) -> None:
        """Show how far the story is read; nothing when it is."""
        if told != self._told:
            self._told = told
            self._draw()

    def grow(self, story: Story) -> None:
        """Show the whole story, of which the one so far is the beginning."""
        self._story = story
        self._draw()
        self._name_window()

    def _draw(self) -> None:
        title, *below = title_lines(self._story, self._block, self._told, is_whole=not self._two)
        text = Content.assemble((title, "bold"), ("".join(f"\n{line}" for line in below), "$said"))
        self.update(text, layout=False)  # the height stays
