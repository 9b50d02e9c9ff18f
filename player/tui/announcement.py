"""The announcement of the next story in a queue: rendered ahead, and said in that story's voice before it begins."""

from __future__ import annotations

import logging
from threading import Thread

from player.errors import PlayerError
from player.playback.player import Player
from player.playback.position import State
from player.story.reading.blocks.announcements import next_words
from player.story.text import printable
from player.tui.listening import Listening

_logger = logging.getLogger(__name__)


class Announcement:
    """One text, ready to be said."""

    def __init__(self, player: Player) -> None:
        """Take over a paused player of the text."""
        self._player = player

    def say(self, like: Player) -> None:
        """Say it, as fast and as loud as another player."""
        self._player.sound_like(like)
        self._player.transport.play()

    @property
    def ended(self) -> bool:
        """True when it was said, or cannot be."""
        transport = self._player.transport
        return transport.failure is not None or transport.position().state is State.ENDED

    def close(self) -> None:
        """Be silent. Returns at once: closing a device takes a moment, which a thread waits for."""
        Thread(target=self._player.close, name="announcement-end").start()


def announcement_of(listening: Listening) -> Announcement | None:
    """Return the announcement of a story that is ready to play; None if there is nothing to say, or its voice cannot.
    Call it in a thread: a voice process is started."""
    player, story = listening.player, listening.player.story
    begins_with_title = listening.resume is None and story.blocks[0].text.strip() == story.title.strip()
    text = next_words(printable(story.title), player.script.language, alone=begins_with_title)
    if not text:
        return None
    try:
        return Announcement(listening.preview(player.voice.id, text))
    except PlayerError:
        _logger.warning("%s is not announced", story.title, exc_info=True)
        return None
