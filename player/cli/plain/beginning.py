"""Playing the beginning of a long story without a screen, while the rest is read."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from player.cli.output.printing import complain, wrapped
from player.cli.plain.playing import Begun
from player.cli.playing import Opened
from player.errors import SourceError
from player.notices import ToldOnce
from player.playback.spoken_sentences import SpokenSentences
from player.session import Session
from player.session.prelude import Prelude
from player.settings import Settings

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice

_logger = logging.getLogger(__name__)


def play_beginning(
    opened: Opened, settings: Settings, voice: EarlyVoice | None, told: ToldOnce
) -> tuple[Session, Begun]:
    """Play a beginning, and print its sentences, until all is read; return the session of the whole story, going on.
    If the rest cannot be read, that is the beginning. Raises EngineError or UsageError."""
    assert opened.rest is not None, "a whole story has no beginning"
    prelude = Prelude.open(opened.story, opened.rest, settings, voice, told=told)
    spoken = SpokenSentences(prelude.player)

    def look(_: str) -> None:
        for sentence in spoken.new():
            print(wrapped(sentence, sys.stdout), flush=True)

    try:
        prelude.player.transport.play()
        try:
            whole = prelude.rest.whole(look)
        except SourceError as error:
            _logger.warning("the rest of %s cannot be read", opened.story.source, exc_info=True)
            complain(f"only the beginning can be heard: {error}")
            whole = opened.story
        if prelude.grow(whole):
            return prelude.session, Begun(prelude, spoken.said)
        place = prelude.place_in(whole)
    except BaseException:
        prelude.close()
        raise
    prelude.close()
    return Session.open(whole, settings, told=told), Begun(place=place)
