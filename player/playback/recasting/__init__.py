"""Changing the voice of a story that plays, or how its words are pronounced: prepared in a thread, and switched at the
word that is heard then.

The current voice speaks until the new one has rendered what is heard then, and for good if it never does. A voice that
comes back speaks at once: its timeline is known, and its speech is in the store.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Thread

from player.audio.rendering.unreadable import unread_by
from player.audio.store.cache import Store
from player.audio.voicing import Voicing
from player.audio.voicing.process import VoiceProcess
from player.errors import PlayerError
from player.playback.narration import Narration
from player.playback.recasting.taking_over import TakingOver
from player.playback.transport import Transport
from player.speech import speeds
from player.speech.choosing.registry import choose
from player.speech.process.workers import StartWorker
from player.story.model import Story
from player.utterance.lexicon.matching import Lexicon
from player.utterance.script import Script

_logger = logging.getLogger(__name__)

_CLOSING_SECONDS = 2.0
"""Seconds that `close` waits for a change under way."""


@dataclass(eq=False)
class _Request:
    """A request for a voice, and for a script with other pronunciations."""

    voice: str
    """The voice, as the listener named it."""
    script: Script
    is_for_voice: bool = True
    """False if only the script is to change."""
    process: VoiceProcess | None = None
    """The voice's first worker, until a narration uses it."""
    dropped: bool = False
    """True once the request was replaced or cancelled."""

    def drop(self) -> None:
        self.dropped = True
        self.end_process()

    def end_process(self) -> None:
        if self.process is not None:
            self.process.dismiss()


class Recasting:
    """The current voice of a transport, and those before it. Only `close` waits, and that briefly."""

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
        """Start with `narration`, which is in use. `notify` is called when a voice fails."""
        self._start_worker = start_worker
        self.narration = narration
        """The current voice's; during a switch, of the voice that the output is being opened for."""
        self.script = script
        """The current one's."""
        self._transport = transport
        self._store = store
        self._notify = notify
        self._known = {narration.voice.id: narration}
        self._replaced: list[Narration] = []
        """Those before a change of pronunciations. Exports may still use them."""
        self._changed = Condition()
        self._request: _Request | None = None
        self._prepared: tuple[str, VoiceProcess] | None = None
        self._thread: Thread | None = None
        self._closed = False

    @property
    def wanted(self) -> str | None:
        """The voice being prepared, as the listener named it; None when there is none."""
        request = self._request
        return request.voice if request is not None and request.is_for_voice else None

    def recast(self, voice: str) -> None:
        """See Player."""
        with self._changed:
            if self._request is not None and self._request.is_for_voice and self._request.voice == voice:
                return
            process = None
            if self._prepared is not None and self._prepared[0] == voice:
                (_, process), self._prepared = self._prepared, None
            script = self.script if self._request is None else self._request.script
            self._ask(_Request(voice, script, process=process))

    def prepare(self, voice: str) -> None:
        """See Player."""
        with self._changed:
            before, self._prepared = self._prepared, None
            if voice and not self._closed:
                language = self.script.language
                process = VoiceProcess.start(*choose(None, voice, language), language, self._start_worker)
                self._prepared = voice, process
        if before is not None:
            before[1].dismiss()

    def respell(self, lexicon: Lexicon) -> None:
        """See Player."""
        with self._changed:
            pending = self._request
            voice = self.narration.voice.id if pending is None else pending.voice
            is_for_voice = pending is not None and pending.is_for_voice
            self._ask(_Request(voice, self.script.with_lexicon(lexicon), is_for_voice))

    def grow(self, story: Story, same: int) -> bool:
        """See Player. What was known of other voices is forgotten, and one that is being prepared is prepared anew."""
        with self._changed:
            self._changed.wait_for(self._is_settled)
            timeline, place = self._transport.here()
            if not timeline.grow(story, same, place.block):
                return False
            self._known = {self.narration.voice.id: self.narration}
            if (pending := self._request) is not None:
                alike = pending.script.lexicon == self.script.lexicon
                script = self.script if alike else self.script.with_lexicon(pending.script.lexicon)
                self._ask(_Request(pending.voice, script, pending.is_for_voice))
            return True

    def _is_settled(self) -> bool:
        """Return True unless the transport is yet to go on with the current voice. The lock is held."""
        return self._closed or self._transport.here()[0] is self.narration.timeline

    def _ask(self, request: _Request) -> None:
        """Let the thread fulfil a request. The lock is held."""
        if self._closed:
            request.drop()
            return
        if self._request is not None:  # the earlier request is obsolete
            self._request.drop()
        self._request = request
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="recast", daemon=True)
            self._thread.start()

    @contextmanager
    def borrow(self, part: Script | None = None) -> Iterator[Narration]:
        """Context: the current narration, kept until the end whatever voice speaks meanwhile. With `part`, a narration
        of that part in the same voice, with its own timeline and renderer."""
        now = self.narration
        if part is None and now.timeline.script.is_cut:  # an export has whole sentences
            part = now.script
        narration = (
            now
            if part is None
            else Narration(part, now.narrator, self._store, now.casting, self._notify, make_renderer=now.make_renderer)
        )
        with narration.used():
            yield narration

    def close(self) -> None:
        """Cancel any change, and stop all rendering."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            if self._request is not None:
                self._request.drop()
            known, thread = [*self._known.values(), *self._replaced], self._thread
        self.prepare("")
        for narration in known:
            narration.close()
        if thread is not None:
            thread.join(_CLOSING_SECONDS)

    # -- the thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        """Fulfil requests until there is none."""
        while (request := self._next()) is not None:
            before = None
            try:
                with self.narration.renderer.holding_back():
                    before = self._fulfil(request)
            except PlayerError as error:
                _logger.warning("the voice %s cannot be had", request.voice, exc_info=True)
                self._refuse(request, str(error))
            except Exception:  # the thread's boundary: the story goes on
                _logger.exception("the voice was not changed")
                self._refuse(request, "the new voice cannot be prepared")
            with self._changed:
                self._changed.notify_all()
                if self._request is request:
                    self._request = None
            if before is not None:
                before.leave()  # last: its processes take 0.1 s to end
            if (told := self._transport.on_change) is not None:
                told()

    def _next(self) -> _Request | None:
        with self._changed:
            if self._request is None or self._closed:
                self._thread = None  # under the lock: whoever asks from now on starts another
                return None
            return self._request

    def _refuse(self, request: _Request, reason: str) -> None:
        if not request.dropped and not request.is_for_voice:
            self._notify(f"The pronunciation stays as it was: {reason}")
        elif not request.dropped:
            self._notify(f"The voice stays {self.narration.voice.id}: {reason}")

    def _fulfil(self, request: _Request) -> Narration | None:
        """Prepare the voice and switch to it. Return the narration that spoke before, still in use; None without a
        change. Raises PlayerError when the voice fails."""
        narration = self._narration(request)
        if narration is self.narration:
            return None
        renderer = narration.use()
        before = self.narration
        try:
            TakingOver(self._transport, narration, renderer, lambda: request.dropped).wait()
            taken = self._take(request, narration)
        except BaseException:
            narration.leave()
            raise
        if not taken:
            narration.leave()
            return None
        self._transport.switch(narration.timeline, renderer)
        return before

    def _narration(self, request: _Request) -> Narration:
        """Return the voice's narration: known, or new. Raises PlayerError."""
        language = request.script.language
        engine, name = choose(None, request.voice, language)
        known = self._again(f"{engine}:{name}", request.script)
        if known is not None and not (request.is_for_voice and self._is_late(known)):
            request.end_process()
            return known
        process = request.process or VoiceProcess.start(engine, name, language, self._start_worker)
        with self._changed:
            request.process = process
            if request.dropped:
                process.dismiss()
        voicing = process.voicing()
        known = known or self._again(voicing.hello.voice.id, request.script)  # known under another spelling of its name
        if known is None:
            return self._new(request.script, voicing, self.narration)
        if not self._is_late(known):
            process.dismiss()
            return known
        here = self._transport.here()[1].block
        made = self._new(request.script, voicing, known)
        made.timeline.adopt(known.timeline, lambda block: block != here)
        return made

    def _is_late(self, known: Narration) -> bool:
        """Return True for a slow voice, used before, that has yet to render what is heard now: it begins like a new
        one."""
        if known is self.narration or known.in_use or not speeds.is_slow(known.voice):
            return False
        here = self._transport.target_on(known.timeline).place
        return bool(known.timeline.utterances(here.block)) and known.timeline.speech(*here[:2]) is None

    def _again(self, voice: str, script: Script) -> Narration | None:
        """Return the narration of a known voice, a new one if its script is another; None for an unknown voice."""
        known = self._known.get(voice)
        if known is None or known.script is script:
            return known
        made = self._new(script, known.narrator.fresh(), known)
        roles = made.timeline.script.roles
        made.timeline.adopt(known.timeline, lambda block: script.pronounces_alike(known.script, block, roles))
        return made

    def _new(self, script: Script, voicing: Voicing, like: Narration) -> Narration:
        casting = like.casting.fresh()
        return Narration(script, voicing, self._store, casting, self._notify, make_renderer=like.make_renderer)

    def _take(self, request: _Request, narration: Narration) -> bool:
        """Switch to the voice, unless the request was dropped."""
        with self._changed:
            if request.dropped or self._closed:
                return False
            request.process = None  # now the narration's: `drop` must not end it
            spoke = narration.voice.id == self.narration.voice.id
            before = self._known.get(narration.voice.id)
            self._replaced = [one for one in self._replaced if one.in_use]
            if before is not None and before is not narration:
                self._replaced.append(before)
            self._known[narration.voice.id] = narration
            self.narration = narration
            self.script = narration.script
        if spoke:
            return True
        for notice in unread_by(narration.timeline.script, narration.voice):
            self._notify(notice)
        return True
