"""Keys and clicks that go to another place of the story."""

from __future__ import annotations

from player.tui.messages import BarClicked, WordClicked
from player.tui.playing_app import PlayingApp


class Navigating(PlayingApp):
    """Skips, jumps and the way back. What sounds is followed again after each."""

    def action_sentence(self, count: int) -> None:
        """Skip sentences."""
        self.transcript.following = True
        self.player.navigation.skip_sentences(count)

    def action_again(self) -> None:
        """Say the current sentence again."""
        self.transcript.following = True
        self.player.navigation.say_again()

    def action_paragraph(self, count: int) -> None:
        """Skip paragraphs."""
        self.transcript.following = True
        self.player.navigation.skip_paragraphs(count)

    def action_chapter(self, count: int) -> None:
        """Skip chapters."""
        if self.player.story.sections:
            self.transcript.following = True
            self.player.navigation.skip_sections(count)
        else:
            self._say_there_are_no_chapters()

    def action_chapters(self) -> None:
        """Choose a chapter, and play from there."""
        from player.tui.screens.chapters import ChaptersScreen

        def chosen(block: int | None) -> None:
            if block is not None:
                self.transcript.following = True
                self.player.navigation.seek(block, 0)

        if self.player.story.sections:
            here = self.player.place_to_keep(self.player.transport.position())[0]
            self.push_screen(ChaptersScreen(self.player, here), chosen)
        else:
            self._say_there_are_no_chapters()

    def _say_there_are_no_chapters(self) -> None:
        if self.being_read:
            self.answer("The story is still being read. Its chapters, if any, come with the rest.")
            return
        back, forth = self.key("paragraph.back"), self.key("paragraph.next")
        self.answer(f"This story has no chapters: {back} and {forth} skip paragraphs.")

    def action_seconds(self, seconds: float) -> None:
        """Skip seconds."""
        self.transcript.following = True
        self.player.navigation.skip_seconds(seconds)

    def action_to_start(self) -> None:
        """Go to the story's beginning."""
        self.transcript.following = True
        self.player.navigation.to_start()

    def action_to_end(self) -> None:
        """Go to the story's last sentence, of what has been read."""
        if self.being_read:
            self.answer("The story is still being read: this is how far it goes by now.")
        self.transcript.following = True
        self.player.navigation.to_end()

    def action_undo_jump(self) -> None:
        """Go back to where the last jump was made."""
        self.transcript.following = True
        if not self.player.navigation.back():
            self.answer("There is no jump to undo.")

    def action_redo_jump(self) -> None:
        """Undo the last undoing of a jump."""
        self.transcript.following = True
        if not self.player.navigation.forth():
            self.answer("There is no jump to redo.")

    def action_look(self, lines: int) -> None:
        """Scroll the text."""
        self.transcript.look(lines)

    def action_look_page(self, pages: int) -> None:
        """Scroll the text by pages; a line of the last stays in sight."""
        self.transcript.look(pages * max(self.transcript.size.height - 1, 1))

    def action_follow(self) -> None:
        """Scroll to what sounds, and follow it."""
        self.transcript.following = True

    def on_word_clicked(self, message: WordClicked) -> None:
        """Play from the word."""
        self.clicked = (message.block, message.character)
        self.transcript.following = True
        self.player.navigation.seek(message.block, message.character)
        self.player.transport.play()

    def on_bar_clicked(self, message: BarClicked) -> None:
        """Go to that part of the story."""
        self.transcript.following = True
        self.player.navigation.seek_share(message.share)
