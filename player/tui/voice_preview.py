"""Hearing a sentence in another voice, before it is chosen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread

from player.errors import PlayerError
from player.playback.player import Player
from player.playback.position import State
from player.tui.listening import Listening
from player.utterance.lexicon.entry import Entry

_logger = logging.getLogger(__name__)


class VoicePreview:
    """Says one text after another, each in its voice; a new one ends the one before. Nothing here waits."""

    def __init__(
        self,
        listening: Listening,
        text: str,
        language: str = "",
        *,
        on_sound: Callable[[str], None] = lambda voice: None,
        on_failure: Callable[[str], object] = lambda reason: None,
    ) -> None:
        """`text` is the sentence to hear, in `language` (BCP 47), or in the story's. `on_sound` is called with the
        voice, in a thread, when it begins to be heard, `on_failure` with the reason when it cannot be; neither after
        `stop`."""
        self._on_sound = on_sound
        self._on_failure = on_failure
        self._language = language
        self._listening = listening
        self._text = text
        self._lock = Lock()
        self._asked = 0
        self._speaking: Player | None = None

    def say(self, voice: str, entry: Entry | None = None) -> None:
        """Say the text in a voice ("engine:name"), trying a pronunciation."""
        Thread(target=self._say, args=(self._silenced(), voice, entry), name="preview", daemon=True).start()

    def stop(self) -> None:
        """Be silent."""
        self._silenced()

    @property
    def has_ended(self) -> bool:
        """True when the text has been said to its end."""
        with self._lock:
            speaking = self._speaking
        return speaking is not None and speaking.transport.position().state is State.ENDED

    def _silenced(self) -> int:
        """End what speaks, and return the number of this request. Closing a device takes a moment: a thread does it."""
        with self._lock:
            self._asked += 1
            asked, speaking, self._speaking = self._asked, self._speaking, None
        if speaking is not None:
            Thread(target=speaking.close, name="preview-end", daemon=True).start()
        return asked

    def _say(self, asked: int, voice: str, entry: Entry | None) -> None:
        try:
            player = self._listening.preview(voice, self._text, entry, self._language)
            with self._lock:
                wanted = asked == self._asked
                if wanted:
                    self._speaking = player
            if not wanted:
                player.close()
                return
            player.transport.play()
            player.renderer.segment(0, 0, lambda: asked != self._asked)
            failed = {**player.renderer.replaced(), **player.renderer.unsaid()}.get((0, 0))
            if failed is not None:  # another voice speaks in its place, or none
                self._failed(asked, str(failed))
                return
            with self._lock:
                if asked == self._asked:
                    self._on_sound(voice)
        except PlayerError as error:
            _logger.warning("the voice %s cannot be heard", voice, exc_info=True)
            self._failed(asked, str(error))

    def _failed(self, asked: int, reason: str) -> None:
        with self._lock:
            if asked == self._asked:
                self._on_failure(reason)
