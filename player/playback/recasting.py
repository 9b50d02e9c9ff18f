"""Another voice for a story that plays: made ready in a thread, and taken at the word that is heard then.

Until the other voice has its sound for that word ready, the first goes on; and if it never has, for good. A voice that
comes back is known already, and what it said is in the store: it speaks at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Thread

from player.audio.cache import Store
from player.audio.reading import unread_by
from player.audio.renderer import Renderer
from player.audio.voice_process import VoiceProcess
from player.errors import PlayerError
from player.playback.narration import Narration
from player.playback.transport import Transport
from player.speech.registry import choose
from player.speech.workers import StartWorker
from player.utterance.script import Script

_logger = logging.getLogger(__name__)

_MOST_LOOKS = 20
"""Times that the story may have gone on to another utterance while one was rendered: a voice so slow has to begin
some time."""
_CLOSING_SECONDS = 2.0
"""How long the end waits for a change that is under way."""


@dataclass(eq=False)
class _Request:
    """A voice that is wanted."""

    voice: str
    """As it was asked for."""
    process: VoiceProcess | None = None
    """Who is to speak with it, until somebody does."""
    dropped: bool = False
    """Whether it is not wanted any more."""

    def drop(self) -> None:
        self.dropped = True
        if self.process is not None:
            self.process.dismiss()


class Recasting:
    """Who speaks in a transport, and who spoke before. No method waits, but `close` for a moment."""

    def __init__(
        self,
        script: Script,
        narration: Narration,
        transport: Transport,
        store: Store,
        notify: Callable[[str], None],
        *,
        start_worker: StartWorker,
    ) -> None:
        """`narration` speaks now, and is in use. `notify` is told when a voice cannot be had."""
        self._start_worker = start_worker
        self.narration = narration
        """Who speaks, or does as soon as the output is open."""
        self._script = script
        self._transport = transport
        self._store = store
        self._notify = notify
        self._known = {narration.voice.id: narration}
        self._changed = Condition()
        self._request: _Request | None = None
        self._thread: Thread | None = None
        self._closed = False

    @property
    def wanted(self) -> str | None:
        """The voice that is made ready, as it was asked for; None while there is none."""
        request = self._request
        return None if request is None else request.voice

    def recast(self, voice: str) -> None:
        """See Player."""
        with self._changed:
            if self._closed:
                return
            if self._request is not None:  # nobody waits for a voice that is not wanted any more
                self._request.drop()
            self._request = _Request(voice)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="recast", daemon=True)
                self._thread.start()

    @contextmanager
    def lent(self, part: Script | None = None) -> Iterator[Narration]:
        """Who speaks now, for somebody who needs them longer: they stay, whoever speaks meanwhile. For a part of the
        story with a timeline and a renderer of their own."""
        now = self.narration
        narration = (
            now
            if part is None
            else Narration(part, now.narrator, self._store, now.quoting, self._notify, make_renderer=now.make_renderer)
        )
        with narration.used():
            yield narration

    def close(self) -> None:
        """Change no voice any more, and stop all that is rendered."""
        with self._changed:
            self._closed = True
            if self._request is not None:
                self._request.drop()
            known, thread = list(self._known.values()), self._thread
        for narration in known:
            narration.close()
        if thread is not None:
            thread.join(_CLOSING_SECONDS)

    # -- the thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        """Fulfil requests until there is none."""
        while (request := self._next()) is not None:
            try:
                self._fulfil(request)
            except PlayerError as error:
                _logger.warning("the voice %s cannot be had", request.voice, exc_info=True)
                self._refuse(request, str(error))
            except Exception:  # the thread's boundary: the story goes on
                _logger.exception("the voice was not changed")
                self._refuse(request, "the other cannot be made ready")
            with self._changed:
                if self._request is request:
                    self._request = None

    def _next(self) -> _Request | None:
        with self._changed:
            if self._request is None or self._closed:
                self._thread = None  # under the lock: whoever asks from now on starts another
                return None
            return self._request

    def _refuse(self, request: _Request, reason: str) -> None:
        if not request.dropped:
            self._notify(f"The voice stays {self.narration.voice.id}: {reason}")

    def _fulfil(self, request: _Request) -> None:
        """Raises PlayerError when the voice cannot be had."""
        narration = self._narration(request)
        if narration is self.narration:
            return
        renderer = narration.use()
        before = self.narration
        try:
            self._render_here(request, narration, renderer)
            taken = self._take(request, narration)
        except BaseException:
            narration.leave()
            raise
        if not taken:
            narration.leave()
            return
        self._transport.switch(narration.timeline, renderer)
        before.leave()

    def _narration(self, request: _Request) -> Narration:
        """The voice's: known, or new. Raises PlayerError."""
        language = self._script.language
        engine, name = choose(None, request.voice, language)
        known = self._known.get(f"{engine}:{name}")
        if known is not None:
            return known
        process = VoiceProcess.start(engine, name, language, self._start_worker)
        with self._changed:
            request.process = process
            if request.dropped:
                process.dismiss()
        voicing = process.voicing()
        known = self._known.get(voicing.hello.voice.id)  # by another name
        if known is not None:
            process.dismiss()
            return known
        now = self.narration
        return Narration(self._script, voicing, self._store, now.quoting, self._notify, make_renderer=now.make_renderer)

    def _render_here(self, request: _Request, narration: Narration, renderer: Renderer) -> None:
        """Have the sound ready that the story is at, which meanwhile goes on. Raises EngineError."""
        ready = None
        for _ in range(_MOST_LOOKS):
            _, here = self._transport.here()
            if not narration.timeline.utterances(here.block):  # (which splits the block, before the transport waits)
                return
            place = self._transport.elsewhere(narration.timeline).place
            if place[:2] == ready or request.dropped:
                return
            ready = place[:2]
            renderer.segment(*ready, lambda: request.dropped)

    def _take(self, request: _Request, narration: Narration) -> bool:
        """Let it speak from now on, unless it is not wanted any more."""
        with self._changed:
            if request.dropped or self._closed:
                return False
            request.process = None  # whoever speaks is not dismissed
            self._known[narration.voice.id] = narration
            self.narration = narration
        for notice in unread_by(self._script.story, narration.voice, quotations=False if narration.quoting else None):
            self._notify(notice)
        return True
