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
from textual.widgets import Checkbox, Input, Static

from player.errors import PlayerError
from player.export.files.naming import safe_name
from player.story.model import Story
from player.story.text import printable
from player.tui.dialog import Dialog
from player.tui.export_job import ExportJob
from player.tui.keys.hints import KeyHints
from player.tui.path_completion import Paths, complete
from player.tui.text import shortened
from player.tui.widgets import Box

_FORMATS = {
    ".mp3": "sound with chapters and text, for every player",
    ".m4b": "audiobook, for book players and iPhones",
    ".opus": "smallest sound",
    ".flac": "sound without loss (.wav too)",
    ".mp4": "video of the text, with the word that sounds lit",
    ".epub": "book that reads itself, for e-readers",
    ".html": "page that plays, for browsers",
    ".srt": "subtitles (.vtt, .ass, .lrc too)",
    ".json": "the time of every word, for programs",
}
"""What the dialog lists: a suffix, and what it is for."""

_TITLE_WIDTH = 32
"""Characters of a chapter's title that fit beside the check box."""


class Choice(NamedTuple):
    """A choice of what to write, and where."""

    path: Path
    chapter: int | None
    """Index of the section to write; None: the whole story."""
    skip_unspeakable: bool = False
    """True: leave out sentences that cannot be said."""


class ExportScreen(Dialog[Choice | None]):
    """Asks what to write and where; returns a Choice, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", "Export"),
        Binding("escape", "dismiss(None)", "Close"),
        Binding("tab", "complete", "Complete"),
        Binding("up", "format(-1)", "Previous format"),
        Binding("down", "format(1)", "Next format"),
    ]

    def __init__(self, story: Story, chapter: int | None) -> None:
        """`chapter` is the index of the one that sounds, if any."""
        super().__init__()
        self._story = story
        self._chapter = chapter

    def compose(self) -> ComposeResult:
        """Yield an input line, and a check box where there are chapters."""
        with Vertical(classes="dialog form") as dialog:
            dialog.border_title = "Export"
            yield Static(Content(f"File, in {printable(str(Path.cwd()))}; its suffix selects the format:"))
            path = Input(self._suggested(None), id="path", suggester=Paths(), compact=True)
            path.cursor_blink = False
            yield path
            yield Static(id="formats", markup=False)
            if self._chapter is not None:
                title = shortened(printable(self._story.sections[self._chapter].title), _TITLE_WIDTH)
                yield Box(Content(f"Only this chapter: {title}"), id="only", compact=True)
            yield Static(id="problem", classes="problem", markup=False)
            hints = [
                ("Enter", "export", "screen.accept"),
                ("↑↓", "format", "screen.format(1)"),
                ("Tab", "complete", "screen.complete"),
                ("Esc", "close", "screen.dismiss(None)"),
            ]
            if self._chapter is not None:
                hints.insert(3, ("Tab Space", "this chapter", "screen.toggle_chapter"))
            yield KeyHints(*hints)

    def on_mount(self) -> None:
        """Mark the suggested format."""
        self._show_formats()

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
        self._show_formats()
        path, exists = self.path, False
        with suppress(OSError):  # too long a name, or a forbidden folder: reported on Enter
            exists = path.is_file()
        self._say(f"{printable(path.name)} exists and will be replaced." if exists else "")

    def _show_formats(self) -> None:
        chosen = self.path.suffix.lower()
        lines = [
            Content.styled(f"▸ {suffix:6} {what}", "bold $primary") if suffix == chosen else f"  {suffix:6} {what}"
            for suffix, what in _FORMATS.items()
        ]
        self.query_one("#formats", Static).update(Content("\n").join(lines))

    def action_format(self, step: int) -> None:
        """Go to the next format of the list, by changing the name's suffix."""
        path, suffixes = self.query_one("#path", Input), list(_FORMATS)
        name, dot, suffix = path.value.rpartition(".")
        if f".{suffix.lower()}" in suffixes:
            path.value = name + suffixes[(suffixes.index(f".{suffix.lower()}") + step) % len(suffixes)]
        else:
            known = f".{suffix.lower()}" in (".wav", ".vtt", ".ass", ".lrc", ".m4a", ".ogg", ".cue")
            path.value = (name if dot and known else path.value) + suffixes[0]
        path.action_end()

    async def action_complete(self) -> None:
        """Complete the name; where nothing fits, go to the check box, or back."""
        path = self.query_one("#path", Input)
        if not (path.has_focus and await complete(path)):
            self.focus_next()

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


class ExportProgress(Dialog[bool]):
    """Progress of an export. Returns True to cancel it, False to close the dialog and let it run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "dismiss(True)", "Cancel"),
        Binding("escape,enter,e", "dismiss(False)", "Hide"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, job: ExportJob) -> None:
        super().__init__()
        self._job = job

    def compose(self) -> ComposeResult:
        """Yield a bar and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Exporting"
            yield Static(Content(printable(str(self._job.path))))
            yield Static(id="progress", markup=False)
            yield Static(id="left", markup=False)
            yield KeyHints(("c", "cancel", "screen.dismiss(True)"), ("Esc", "hide, and go on", "screen.dismiss(False)"))

    def on_mount(self) -> None:
        """Show the progress so far."""
        self.show()

    def on_resize(self) -> None:
        """Make the bar fit the width."""
        self.show()

    def show(self) -> None:
        """Show the progress, and the time left."""
        share, left = self._job.share, self._job.left
        progress = self.query_one("#progress", Static)
        width = max(progress.size.width - 6, 1)
        full = int(share * width)
        bar = Content.assemble(
            ("█" * full, "$primary"), (" " * (width - full), "on $track"), (f" {share:>4.0%}", "bold")
        )
        progress.update(bar)
        self.query_one("#left", Static).update("" if left is None else f"{_roughly(left)} left")


def _roughly(seconds: float) -> str:
    """Return a time to wait in words."""
    if seconds < 10:
        return "a few seconds"
    if seconds < 90:
        return f"about {round(seconds, -1):.0f} s"
    return f"about {seconds / 60:.0f} min"
