"""The export dialogs: one asks for the file, one shows progress."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, Static

from player.errors import PlayerError
from player.export.naming import safe_name
from player.story.model import Story
from player.story.text import printable
from player.tui.key_hints import KeyHints
from player.tui.text import shortened
from player.tui.widgets import Box

_TITLE_WIDTH = 32
"""Characters of a chapter's title that fit beside the check box."""


class Choice(NamedTuple):
    """A choice of what to write, and where."""

    path: Path
    chapter: int | None
    """Index of the section to write; None: the whole story."""


class ExportScreen(ModalScreen[Choice | None]):
    """Asks what to write and where; returns a Choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Export"),
        Binding("escape", "dismiss(None)", "Close"),
    ]

    def __init__(self, story: Story, chapter: int | None) -> None:
        """`chapter` is the index of the one that sounds, if any."""
        super().__init__()
        self._story = story
        self._chapter = chapter

    def compose(self) -> ComposeResult:
        """Yield an input line, and a check box where there are chapters."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Export"
            yield Static(Content(f"File, in {printable(str(Path.cwd()))}; its suffix selects the format:"))
            path = Input(self._suggested(None), id="path")
            path.cursor_blink = False
            yield path
            if self._chapter is not None:
                title = shortened(printable(self._story.sections[self._chapter].title), _TITLE_WIDTH)
                yield Box(Content(f"Only this chapter: {title}"), id="only", compact=True)
            yield Static(id="problem", classes="problem", markup=False)
            hints = [("Enter", "export", "screen.accept"), ("Esc", "close", "screen.dismiss(None)")]
            if self._chapter is not None:
                hints.insert(1, ("Tab Space", "this chapter", "screen.toggle_chapter"))
            yield KeyHints(*hints)

    @property
    def path(self) -> Path:
        """The typed path, made absolute. "~ada" counts as a plain name if there is no user ada."""
        typed = Path(self.query_one("#path", Input).value.strip())
        with suppress(RuntimeError):
            typed = typed.expanduser()
        return typed.absolute()

    def _suggested(self, chapter: int | None) -> str:
        story = self._story if chapter is None else self._story.chapter(chapter)
        number = "" if story.part_of is None else f"{story.part_of.number:02} "
        return safe_name(number + story.title, ".mp3")

    @property
    def chapter(self) -> int | None:
        """The chapter to write; None: the whole story."""
        return self._chapter if any(box.value for box in self.query(Checkbox)) else None

    @on(Checkbox.Changed)
    def suggest_another_name(self) -> None:
        """Change the suggested name, unless the listener has typed one."""
        path = self.query_one("#path", Input)
        if path.value in (self._suggested(None), self._suggested(self._chapter)):
            path.value = self._suggested(self.chapter)

    @on(Input.Changed)
    def say_what_is_wrong(self) -> None:
        """Show problems with the name; warn when a file would be replaced."""
        path, exists = self.path, False
        with suppress(OSError):  # too long a name, or a forbidden folder: reported on Enter
            exists = path.is_file()
        self._say(f"{printable(path.name)} exists and will be replaced." if exists else "")

    def action_toggle_chapter(self) -> None:
        """Toggle the check box, like a click."""
        self.query_one(Box).toggle()

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Return the choice, unless the file cannot be written."""
        from player.export import check_target  # loads the encoder, so only when needed

        try:
            check_target(self.path)
        except PlayerError as error:
            self._say(printable(str(error)))
        except OSError as error:
            self._say(printable(error.strerror or str(error)))
        else:
            self.dismiss(Choice(self.path, self.chapter))

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(problem))


class ExportProgress(ModalScreen[bool]):
    """Progress of an export. Returns True to cancel it, False to close the dialog and let it run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "dismiss(True)", "Cancel"),
        Binding("escape,enter,e", "dismiss(False)", "Hide"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, path: Path, share: float) -> None:
        super().__init__()
        self._path = path
        self._share = share

    def compose(self) -> ComposeResult:
        """Yield a bar and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Exporting"
            yield Static(Content(printable(str(self._path))))
            yield Static(id="progress", markup=False)
            yield KeyHints(("c", "cancel", "screen.dismiss(True)"), ("Esc", "hide, and go on", "screen.dismiss(False)"))

    def on_mount(self) -> None:
        """Show the progress so far."""
        self.show(self._share)

    def on_resize(self) -> None:
        """Make the bar fit the width."""
        self.show(self._share)

    def show(self, share: float) -> None:
        """Show progress; `share` is 0 to 1."""
        self._share = share
        progress = self.query_one("#progress", Static)
        width = max(progress.size.width - 6, 1)
        full = int(share * width)
        bar = Content.assemble(("█" * full, "$primary"), ("█" * (width - full), "$track"), (f" {share:>4.0%}", "bold"))
        progress.update(bar)
