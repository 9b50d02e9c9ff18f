"""The header: the story's title, and below it the byline and the current chapter."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from player.story.model import Story
from player.story.text import printable
from player.tui.terminal.app import TerminalApp


class Title(Static):
    """One line, or two if there is a byline or chapter. Its height does not change while a story plays."""

    def __init__(self, story: Story, *, is_whole: bool = True) -> None:
        """A story that is not whole yet has two lines: chapters may come with the rest."""
        super().__init__(id="title")
        self._story = story
        self._block = 0
        self._told = ""
        self._two = not is_whole or bool(story.byline or story.published or story.sections)
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
        story, index = self._story, self._story.section_at(self._block)
        chapter = "" if index is None else story.sections[index].title
        below = " · ".join(printable(part) for part in (story.byline, story.published, chapter, self._told) if part)
        text = Content.assemble((printable(story.title), "bold"), (f"\n{below}" if self._two else "", "$said"))
        self.update(text, layout=False)  # the height stays
