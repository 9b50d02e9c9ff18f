"""The stories of the library as a list. Only visible lines are drawn, so that ten thousand open at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from player.library.shelf import Shelved
from player.story.searching import Folding
from player.tui.colours.styles import Styles
from player.tui.library.story_lines import line, searched


class ShelfList(ScrollView, can_focus=False):
    """The list, with a marked line. The arrow keys are those of the screen, because the filter has the focus."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "shelf--text",
        "shelf--quiet",
        "shelf--marked",
        "shelf--playing",
        "shelf--failed",
    }

    marked = reactive(0, repaint=False)
    """Index of the marked line among those that are shown."""

    class Chosen(Message):
        """A line was clicked twice."""

    class Marked(Message):
        """Another story may be marked."""

    def __init__(self, playing: str) -> None:
        """`playing` is the identity of the story that plays."""
        super().__init__()
        self.playing = playing
        self.stories: Sequence[Shelved] = ()
        """All stories."""
        self._texts: Sequence[str] = ()
        self._numbers: dict[str, int] = {}
        self.shown: Sequence[Shelved] = ()
        """The stories that the filter leaves."""
        self.wanted = ""
        """What it looks for."""
        self._looks = Styles(self, "shelf--")
        self._now = time.time()

    def notify_style_update(self) -> None:
        """Restyle after a change of theme."""
        self._looks.clear()
        super().notify_style_update()

    def fill(self, stories: Sequence[Shelved], texts: Sequence[str], wanted: str) -> None:
        """Show stories; `texts` are those in which the filter looks. The same story stays marked."""
        story = self.story
        self.stories, self._texts, self._now = stories, texts, time.time()
        queued = (one.story for one in stories if one.queued is not None)
        self._numbers = {identity: n for n, identity in enumerate(queued, 1)}
        self.filter(wanted)
        if story is not None:
            self.mark(story.story)
        self.post_message(self.Marked())

    def filter(self, wanted: str) -> None:
        """Show the stories with all words of `wanted` in their title, source or voice."""
        self.wanted = wanted
        words = Folding().fold(wanted).split()
        if words:
            self.shown = [
                story
                for story, text in zip(self.stories, self._texts, strict=True)
                if all(word in text for word in words)
            ]
        else:
            self.shown = self.stories
        self.virtual_size = Size(self.size.width, len(self.shown))
        self.marked = 0
        self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def story(self) -> Shelved | None:
        """The marked story."""
        return self.shown[self.marked] if self.marked < len(self.shown) else None

    def mark(self, story: str) -> None:
        """Mark a story, if it is shown."""
        self.marked = next((n for n, one in enumerate(self.shown) if one.story == story), self.marked)

    def walk(self, step: int) -> None:
        """Mark another line, `step` lines further."""
        self.marked = max(min(self.marked + step, len(self.shown) - 1), 0)

    def validate_marked(self, marked: int) -> int:
        """Keep the mark within the list."""
        return max(min(marked, len(self.shown) - 1), 0)

    def watch_marked(self, before: int, now: int) -> None:
        """Redraw the two lines, and scroll to the new one."""
        self.refresh_lines(before, 1)
        self.refresh_lines(now, 1)
        self.post_message(self.Marked())
        height = self.scrollable_content_region.height
        if now < self.scroll_offset.y:
            self.scroll_to(y=now, animate=False, force=True)
        elif height and now >= self.scroll_offset.y + height:
            self.scroll_to(y=now - height + 1, animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines."""
        self.virtual_size = Size(event.size.width, len(self.shown))
        self.watch_marked(self.marked, self.marked)

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= len(self.shown):
            return Strip.blank(width, self._looks["text"])
        story = self.shown[at]
        playing = story.story == self.playing
        text = line(story, self._numbers.get(story.story), width, self._now, playing=playing)
        look = "quiet" if story.finished else "playing" if playing else "failed" if story.problem else "text"
        return Strip([Segment(text, self._looks[f"{look} marked" if at == self.marked else look])], width)

    def on_click(self, event: events.Click) -> None:
        """Mark a line; a second click opens it."""
        at = event.y + self.scroll_offset.y
        if at < len(self.shown):
            self.marked = at
            if event.chain > 1:
                self.post_message(self.Chosen())


def texts(stories: Sequence[Shelved]) -> list[str]:
    """Return the texts in which the filter looks."""
    fold = Folding().fold
    return [fold(searched(story)) for story in stories]
