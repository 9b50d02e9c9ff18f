"""Having utterances said: by their own voice, else by the fall-back voice, else as silence in their place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from threading import Lock
from time import monotonic

from player.audio.rendering.fallback import Fallback, Substitutes, Where, short
from player.audio.rendering.slow_voices import SlowVoices
from player.audio.rendering.unreadable import unreadable
from player.audio.rendering.workers import Workers
from player.audio.segment import Segment
from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.errors import EngineBusy, EngineError, Unspeakable, VoiceBroken
from player.speech.engine import Speech
from player.speech.words import every_word
from player.utterance.recorded import recording
from player.utterance.recorded import said as words_of

_logger = logging.getLogger(__name__)


class Saying:
    """Says the utterances of one story. Methods may be called from any thread."""

    def __init__(
        self,
        timeline: Timeline,
        voicings: Voicings,
        fallback: Fallback | None,
        notify: Callable[[str], None],
        slow_voices: SlowVoices,
    ) -> None:
        """`notify` receives notices of what another voice says, and of what is skipped; `slow_voices` are told how long
        each utterance took."""
        self.workers = Workers(voicings)
        self.substitutes = Substitutes(fallback, notify)
        self._slow_voices = slow_voices
        self._timeline = timeline
        self._voicings = voicings
        self._notify = notify
        self._lock = Lock()
        self._unsaid: dict[Where, EngineError] = {}
        self._told: set[str] = set()

    def say(self, slot: int, where: Where) -> Segment | None:
        """Return the segment of an utterance, said by a slot's worker; empty if it cannot be spoken. None when closed.

        Raises VoiceBroken when the narrator's voice does not work; for another voice that does not, the narrator takes
        over. Raises EngineBusy while the engine asks to wait.
        """
        said = self._timeline.utterances(where[0])[where[1]]
        role = self._voicings.role(said.role)
        if (known := self._unsaid.get(where) or unreadable(said, self._voicings)) is not None:
            return self._skipped(where, known, told=True)
        if (failed := self.substitutes.reason(where)) is not None:
            return self._said_by_another(slot, where, failed)
        try:
            began = monotonic()
            speech = self.workers.say(slot, role, said.spoken)
            self.substitutes.voice_works(role)
            self._slow_voices.took(role, monotonic() - began, speech)
            return None if speech is None else Segment.of(speech)
        except EngineBusy:
            raise
        except VoiceBroken as error:
            if not role:
                raise
            self._voicings.take_over(said.role, error)
            return self.say(slot, where)
        except EngineError as error:
            _logger.warning("utterance %d of block %d cannot be said", where[1], where[0], exc_info=True)
            return self._said_by_another(slot, where, error)
        except Exception:  # the thread's boundary: its death would leave others waiting
            _logger.exception("an utterance was not rendered")
            return self._skipped(where, EngineError("rendering it failed"))

    def unsaid(self) -> dict[Where, EngineError]:
        """Return the utterances that could not be spoken, in order, with the reason."""
        with self._lock:
            return dict(sorted(self._unsaid.items()))

    def close(self) -> None:
        """End all voices."""
        self.workers.close()
        self.substitutes.close()

    def _said_by_another(self, slot: int, where: Where, error: EngineError) -> Segment:
        """Return the segment of what its voice cannot say (or a recording lacks), in another; empty without one.

        Raises EngineBusy.
        """
        said, usual = self._timeline.utterances(where[0])[where[1]], self._timeline.script.roles.unrecorded
        if usual and recording(said.spoken):
            say, engine = partial(self.workers.say, slot, usual), self._voicings[usual].hello.engine
            story = self._timeline.script.story
            if segment := self.substitutes.unrecorded(where, said, error, say, engine, story=story):
                return segment
        role = self._voicings.role(said.role)
        segment = self.substitutes.say(where, said, role, self._voicings[role].hello, error)
        return self._skipped(where, error) if segment is None else segment

    def _skipped(self, where: Where, error: EngineError, *, told: bool = False) -> Segment:
        """Return silence in its place for the life of this renderer, so that its length on the timeline is known.

        Sends a notice unless `told` already; for utterances without a readable letter only once.
        """
        said = self._timeline.utterances(where[0])[where[1]]
        with self._lock:
            told = told or (isinstance(error, Unspeakable) and error.message in self._told)
            self._unsaid[where] = error
            self._told.add(error.message)
        if not told:
            self._notify(f"Skipped “{short(words_of(said.spoken))}”: {error.message}")
        return Segment.of(Speech(b"", self._timeline.rate, every_word(said.spoken, (), 0)))
