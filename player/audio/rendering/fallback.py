"""The voice that steps in for sentences on which another fails: the system's own, or espeak-ng, in their language.

A few such sentences are no reason to stop; when a voice fails on many in a row, also if none steps in, the listener is
asked.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from threading import Lock

from player.audio.segment import Segment
from player.errors import EngineBusy, EngineError, PlayerError, Unspeakable, VoiceFailing, WorkerDied
from player.speech.choosing.registry import best, choose
from player.speech.engine import Speech, Voice
from player.speech.process.host import Worker
from player.speech.process.workers import Hello, SpeechWorker, StartWorker
from player.speech.profile import EVERY_LANGUAGE
from player.speech.scripts import cannot_read
from player.story.model import Story
from player.utterance.model import Utterance
from player.utterance.recorded import said as words_of

_logger = logging.getLogger(__name__)

IN_A_ROW = 5
"""Sentences on which a voice may fail, one after the other, before the listener is asked."""
_ATTEMPTS = 2

Where = tuple[int, int]
"""(block, utterance)"""


class Fallback:
    """One worker of the voice for the language asked for last, started when it is first needed. Methods may be called
    from any thread."""

    def __init__(
        self, start_worker: StartWorker = Worker.start, find: Callable[[str], tuple[str, str]] | None = None
    ) -> None:
        """`find` returns the names of engine and voice for a language; by default those of `stand_in`."""
        self._start = start_worker
        self._find = find or _usual
        self._lock = Lock()
        self._language = ""
        self._worker: SpeechWorker | None = None
        self._closed = False

    def say(self, text: str, language: str) -> tuple[Speech, Voice]:
        """Return the speech of a text, and who speaks it. Raises EngineError, Unspeakable."""
        with self._lock:
            for attempt in range(_ATTEMPTS):
                try:
                    worker = self._ready(language)
                    voice = worker.hello().voice
                    if (unread := cannot_read(text, voice)) is not None:
                        raise unread
                    return worker.render(text), voice
                except Unspeakable:
                    raise
                except PlayerError as error:
                    self._dismiss()
                    if self._closed or attempt == _ATTEMPTS - 1 or not isinstance(error, WorkerDied):
                        raise EngineError(error.message, error.hint) from error
                    _logger.info("another worker of the fall-back voice is started", exc_info=True)
        raise AssertionError("each attempt returns or raises")

    def close(self) -> None:
        """End the worker."""
        self._closed = True
        self._dismiss()

    def _ready(self, language: str) -> SpeechWorker:
        if self._closed:
            raise EngineError("closed")
        worker = self._worker
        if worker is None or language != self._language:
            self._dismiss()
            self._worker = worker = self._start(*self._find(language), language)
            self._language = language
            if self._closed:  # meanwhile
                worker.kill()
        return worker

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()


class Substitutes:
    """What the fall-back voice says for one renderer. Methods may be called from any thread."""

    def __init__(self, fallback: Fallback | None, notify: Callable[[str], None]) -> None:
        """Without a `fallback` there are none."""
        self._fallback = fallback
        self._notify = notify
        self._lock = Lock()
        self._replaced: dict[Where, EngineError] = {}
        self._engines: dict[Where, str] = {}
        """Of the voice that said each of them."""
        self._told: set[str] = set()
        """Chapters of which a part is not in the book's recording."""
        self._in_a_row = Counter[int]()
        """{role: sentences on which its voice has failed since it last spoke}"""
        self._failing: tuple[int, VoiceFailing] | None = None
        """The role whose voice has failed too often, until the listener is asked."""
        self._accepted: set[int] = set()
        """Roles beside the narrator's of which the listener was asked, and went on."""

    def __contains__(self, where: object) -> bool:
        return where in self._replaced

    @property
    def asks(self) -> bool:
        """True once a voice has failed IN_A_ROW times, until `answered`."""
        return self._failing is not None

    def replaced(self) -> dict[Where, EngineError]:
        """Return the utterances that were said by another voice, in order, with what went wrong."""
        with self._lock:
            return dict(sorted(self._replaced.items()))

    def reason(self, where: Where) -> EngineError | None:
        """Return what went wrong with an utterance; None if nothing did."""
        return self._replaced.get(where)

    def engine(self, where: Where) -> str:
        """Return the engine that said an utterance in place of its voice's; empty if none did."""
        return self._engines.get(where, "")

    def voice_works(self, role: int) -> None:
        """Begin to count a role's failures anew."""
        with self._lock:
            del self._in_a_row[role]

    def answered(self) -> None:
        """Raises VoiceFailing, once, if the listener has to be asked."""
        with self._lock:
            failing, self._failing = self._failing, None
            if failing is not None:
                role, error = failing
                del self._in_a_row[role]
                if role:
                    self._accepted.add(role)
                raise error

    def say(self, where: Where, said: Utterance, role: int, hello: Hello, error: EngineError) -> Segment | None:
        """Return an utterance in the fall-back voice, with a notice; None if it cannot say it either. `hello` is of the
        role's voice, which failed with `error`."""
        if self._fallback is None:
            return None
        made = self._said(self._fallback, said, hello)
        with self._lock:
            again = where in self._replaced
            if made is not None:
                self._replaced[where], self._engines[where] = error, made[1].engine
            if not again and (made is not None or not isinstance(error, Unspeakable)):  # else no voice has a sound
                self._count(role, hello, error, "" if made is None else made[1].id)
        if made is None:
            return None
        speech, voice = made
        if not again:
            self._notify(f"“{short(words_of(said.spoken))}” is said by {voice.id}: {error.message}")
        return Segment.of(speech)

    def _said(self, fallback: Fallback, said: Utterance, hello: Hello) -> tuple[Speech, Voice] | None:
        """Return an utterance's speech in the fall-back voice, and who speaks it; None when it cannot, or has failed
        itself."""
        try:
            if hello.engine == stand_in():
                return None
            return fallback.say(words_of(said.spoken), said.language)
        except EngineError:
            _logger.warning("the fall-back voice cannot say it either", exc_info=True)
            return None

    def _count(self, role: int, hello: Hello, error: EngineError, instead: str) -> None:
        """Count a failure of a role's voice; `instead` is the voice that spoke, empty if none did. The lock is held."""
        self._in_a_row[role] += 1
        if self._in_a_row[role] < IN_A_ROW or role in self._accepted:
            return
        message = f"the voice {hello.voice.id} failed on {IN_A_ROW} sentences in a row ({error.message})"
        hint = f"go on with {instead}, or another voice" if instead else "choose another voice"
        self._failing = self._failing or (role, VoiceFailing(message, hint, narrates=not role))

    def unrecorded(
        self,
        where: Where,
        said: Utterance,
        error: EngineError,
        say: Callable[[str], Speech | None],
        engine: str,
        *,
        story: Story,
    ) -> Segment | None:
        """Return an utterance whose recording is damaged, in the usual voice, which is of `engine`, with a notice for
        each chapter; None if `say` cannot say it. Raises EngineBusy."""
        try:
            speech = say(words_of(said.spoken))
        except EngineBusy:
            raise
        except EngineError:
            _logger.warning("the usual voice cannot say what is damaged in the recording", exc_info=True)
            return None
        if speech is None:
            return None
        section = story.section_at(where[0])
        chapter = story.title if section is None else story.sections[section].title
        with self._lock:
            self._replaced[where], self._engines[where] = error, engine
            again = chapter in self._told
            self._told.add(chapter)
        if not again:
            self._notify(f"Parts of “{short(chapter)}” are read by the usual voice: {error.message}")
        return Segment.of(speech)

    def close(self) -> None:
        """End the fall-back voice."""
        if self._fallback is not None:
            self._fallback.close()


def short(text: str, limit: int = 40) -> str:
    """Return a sentence shortened for a notice, as in “The river rose slowly and …”."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def stand_in() -> str:
    """Return the engine of the fall-back voice: the one for every language. Raises EngineError when there is none."""
    return best(EVERY_LANGUAGE)


def _usual(language: str) -> tuple[str, str]:
    return choose(stand_in(), None, language)
