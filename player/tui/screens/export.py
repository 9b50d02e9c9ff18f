"""Writing the story as a file: asking for its name, and showing how far it is."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from player.errors import PlayerError
from player.tui.key_hints import KeyHints
from player.tui.text import one_line

_LONGEST_NAME = 80
"""Characters of a title in a file name: with any script's letters, file systems take that."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows does not take as a name, whatever the suffix."""


def safe_name(title: str, suffix: str = ".mp3") -> str:
    """A file name that every system takes, made from a title: letters, digits, blanks and - _ ' , ( )."""
    name = "".join(c if c.isalnum() or c in " -_',()" else " " for c in title)
    name = " ".join(name.split())[:_LONGEST_NAME].strip(" -_',")
    if not name or _RESERVED.fullmatch(name):
        name = f"{name} story".strip()
    return name + suffix


class ExportScreen(ModalScreen[Path | None]):
    """Asks where to; answers the path, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._name = safe_name(title)

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Export as MP3"
            yield Static(Content(f"File, in {one_line(str(Path.cwd()))}:"))
            path = Input(self._name, id="path")
            path.cursor_blink = False
            yield path
            yield Static(id="problem", classes="problem", markup=False)
            yield KeyHints(("Enter", "export", "screen.accept"), ("Esc", "close", "screen.dismiss(None)"))

    @property
    def path(self) -> Path:
        """What is typed in, as an absolute path; "~ada" is a name like others where nobody is called ada."""
        typed = Path(self.query_one("#path", Input).value.strip())
        with suppress(RuntimeError):
            typed = typed.expanduser()
        return typed.absolute()

    @on(Input.Changed)
    def say_what_is_wrong(self) -> None:
        """A file that exists is replaced: say so before."""
        path, exists = self.path, False
        with suppress(OSError):  # too long a name, a folder nobody may look into: said when it is accepted
            exists = path.is_file()
        self._say(f"{one_line(path.name)} exists and will be replaced." if exists else "")

    @on(Input.Submitted)
    def action_accept(self) -> None:
        """Answer, unless such a file cannot be written."""
        from player.export import check_target  # loads the encoder: only when it is needed

        try:
            check_target(self.path)
        except PlayerError as error:
            self._say(one_line(str(error)))
        except OSError as error:
            self._say(one_line(error.strerror or str(error)))
        else:
            self.dismiss(self.path)

    def _say(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(problem))


class ExportProgress(ModalScreen[bool]):
    """How far an export is. Answers True to cancel it, False to let it go on unseen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "dismiss(True)", "Cancel"),
        Binding("escape,enter,e", "dismiss(False)", "Hide"),
        Binding("space", "app.toggle_play", "Play"),
        Binding("q,ctrl+c", "app.quit", "Quit"),
    ]

    def __init__(self, path: Path, share: float) -> None:
        super().__init__()
        self._path = path
        self._share = share

    def compose(self) -> ComposeResult:
        """A bar, and what one can do."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Exporting"
            yield Static(Content(one_line(str(self._path))))
            yield Static(id="progress", markup=False)
            yield KeyHints(("c", "cancel", "screen.dismiss(True)"), ("Esc", "hide, and go on", "screen.dismiss(False)"))

    def on_mount(self) -> None:
        """Show what is known."""
        self.show(self._share)

    def on_resize(self) -> None:
        """As wide as there is room for."""
        self.show(self._share)

    def show(self, share: float) -> None:
        """`share` of the work is done, 0 to 1."""
        self._share = share
        progress = self.query_one("#progress", Static)
        width = max(progress.size.width - 6, 1)
        full = int(share * width)
        bar = Content.assemble(("█" * full, "$primary"), ("█" * (width - full), "$track"), (f" {share:>4.0%}", "bold"))
        progress.update(bar)
