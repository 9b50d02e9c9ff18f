"""The key that reads a footnote."""

from __future__ import annotations

from player.playback.position import State
from player.tui.playing_app import PlayingApp


class Annotating(PlayingApp):
    """Footnotes, which are no part of the story's flow."""

    def action_footnote(self) -> None:
        """Show and say the notes of the sentence that sounds, or else the last one before it. The story waits, and goes
        on when they have been said."""
        player, marks = self.player, self.transcript.note_marks
        position = player.transport.position()
        found = player.sentence(position)
        block = position.place.block
        sentence = player.script.sentences(block)[found[1]].span if found is not None else None
        notes = marks.meant(block, sentence, sentence.end) if sentence is not None else []
        if not notes:
            self.answer("No footnote stands here, or before." if marks else "This story has no footnotes.")
            return
        from player.tui.screens.footnote import FootnoteScreen

        played = position.state in (State.PLAYING, State.WAITING)
        player.transport.pause()

        def answered(_: None) -> None:
            if played:
                player.transport.play()

        screen = FootnoteScreen(self.listening, notes, voice=player.voice.id, stays=not played)
        self.push_screen(screen, answered)
