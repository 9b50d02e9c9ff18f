"""Keys that change who speaks and how words are said, and the question when a voice does not work."""

from __future__ import annotations

from player.audio.rendering.fallback import stand_in
from player.errors import PlayerError, VoiceBroken, VoiceFailing
from player.playback.position import State
from player.tui.listening import Listening
from player.tui.playing_app import PlayingApp


class Voicing(PlayingApp):
    """Choosing voices, pronunciations, and the fall-back voice."""

    _asked_about: PlayerError | None = None  # the failure that the listener was asked about
    _plays_on_in = ""  # the engine whose voice plays on as soon as it is ready
    _chosen = ""  # the voice that was chosen and does not speak yet

    def begin(self, listening: Listening) -> None:
        """See PlayingApp."""
        super().begin(listening)
        self._asked_about, self._plays_on_in, self._chosen = None, "", ""

    def ask_about(self, failure: PlayerError | None) -> None:
        """Ask, once for each failure, whether to go on with the fall-back voice when the voice does not work."""
        if self._plays_on_in == self.player.voice.engine:  # the listener's answer: that voice is ready now
            self._plays_on_in = ""
            self.player.transport.play()
            return
        if failure is self._asked_about:
            return
        self._asked_about = failure
        if not isinstance(failure, VoiceBroken) or self.player.voice.engine == stand_in():
            return
        if isinstance(failure, VoiceFailing) and not failure.narrates:  # another narrator is no help
            return
        from player.tui.screens.failing import FailingScreen

        def answered(go_on: bool | None) -> None:
            if go_on:
                self._plays_on_in = stand_in()
                self.player.recast(f"{self._plays_on_in}:")

        self.push_screen(FailingScreen(failure), answered)

    def action_voices(self) -> None:
        """Choose a voice, and go on in it from the current word. Playing waits meanwhile, so that voices are heard."""
        from player.tui.screens.voices import VoicesScreen

        transport = self.player.transport
        position = transport.position()
        played = position.state in (State.PLAYING, State.WAITING)
        transport.pause()

        def chosen(voice: str | None) -> None:
            if played:  # first: a slow voice takes over at a place that depends on it
                transport.play()
            if voice is not None and voice != self.player.voice.id:
                self.player.recast(voice)
                self._chosen = voice
            self.player.prepare("")  # the voices that were heard and not chosen

        self.push_screen(VoicesScreen(self.listening, self.player.sentence_text(position)), chosen)

    def keep_chosen_voice(self) -> None:
        """Keep a voice that was chosen, for the language, once it speaks; forget it if it fails."""
        if self._chosen and self.player.wanted_voice is None:
            if self.player.voice.id == self._chosen:
                self.listening.keep_voice(self._chosen)
            self._chosen = ""

    def action_pronounce(self) -> None:
        """Ask how the current word is said."""
        from player.tui.actions.pronouncing import pronounce

        pronounce(self)
