"""The way back to the voice, shown over the text while it is scrolled away."""

from __future__ import annotations

from textual.widgets import Input, Static

from player.tui.transcript.view import Transcript


class Pill(Static):
    """A few words at the bottom of the text, which can be clicked."""

    def __init__(self, transcript: Transcript, key: str) -> None:
        """`key` is the one that goes back, as shown."""
        super().__init__(id="pill", markup=False)
        self._transcript = transcript
        self._key = key
        self._words = ""

    def on_mount(self) -> None:
        """Watch what the text shows."""
        for name in ("following", "scroll_y", "size"):
            self.watch(self._transcript, name, self.place)
        self.watch(self.screen, "focused", self.place)

    def place(self) -> None:
        """Show, hide or turn the pill, as the text and what sounds stand to each other now."""
        text = self._transcript
        self.display = text.display and not text.following and text.spoken is not None
        if not self.display or text.spoken is None:
            return
        y = text.cell_of(text.spoken.block, (text.spoken.word or text.spoken.sentence).start).y
        way = "↑ back to" if y < 0 else "↓ back to" if y >= text.size.height else "follow"
        key = "" if isinstance(self.app.focused, Input) else f" ({self._key})"  # typed there
        words = f"{way} the voice{key}"
        if words != self._words:
            self._words = words
            self.update(words)
        area = text.region
        self.styles.offset = (max((area.width - len(words) - 4) // 2, 0), max(area.bottom - 1, 0))

    def on_click(self) -> None:
        """Go back."""
        self._transcript.following = True
