"""Hearing a sentence in another voice, before it is chosen."""

from __future__ import annotations

import logging
from threading import Lock, Thread

from player.errors import PlayerError
from player.playback.player import Player
from player.tui.listening import Listening
from player.utterance.lexicon.entry import Entry

_logger = logging.getLogger(__name__)


class VoicePreview:
    """Says one text after another, each in its voice; a new one ends the one before. Nothing here waits."""

    def __init__(self, listening: Listening, text: str, language: str = "") -> None:
        """`text` is the sentence to hear, in `language` (BCP 47), or in the story's."""
        self._language = language
        self._listening = listening
        self._text = text
        self._lock = Lock()
        self._asked = 0
        self._speaking: Player | None = None

    def say(self, voice: str, entry: Entry | None = None) -> None:
        """Say the text in a voice ("engine:name"), trying a pronunciation."""
        self._end(Thread(target=self._say, args=(self._next(), voice, entry), name="preview", daemon=True))

    def stop(self) -> None:
        """Be silent."""
        self._next()
        self._end()

    def _next(self) -> int:
        with self._lock:
            self._asked += 1
            return self._asked

    def _end(self, after: Thread | None = None) -> None:
        """End what speaks, in a thread, for closing a device takes a moment; then start another thread."""
        with self._lock:
            speaking, self._speaking = self._speaking, None

        def end() -> None:
            if speaking is not None:
                speaking.close()

        Thread(target=end, name="preview-end", daemon=True).start()
        if after is not None:
            after.start()

    def _say(self, asked: int, voice: str, entry: Entry | None) -> None:
        try:
            player = self._listening.preview(voice, self._text, entry, self._language)
        except PlayerError:
            _logger.warning("the voice %s cannot be heard", voice, exc_info=True)
            return
        with self._lock:
            wanted = asked == self._asked
            if wanted:
                self._speaking = player
        if wanted:
            player.transport.play()
        else:
            player.close()
