"""A story as one voice says it, for as long as somebody listens to it or exports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from player.audio.cache import Store
from player.audio.renderer import Renderer
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.errors import EngineError
from player.speech.engine import Voice
from player.utterance.script import Script


class Narration:
    """What one voice says, and when: its timeline, and what renders it.

    The renderer works while somebody uses it. The timeline stays, so that a voice is at home when it comes back.
    """

    def __init__(
        self,
        script: Script,
        narrator: Voicing,
        store: Store,
        quoting: Voicing | None,
        notify: Callable[[str], None],
        *,
        make_renderer: Callable[..., Renderer] = Renderer,
    ) -> None:
        """`narrator`, `quoting` and `notify` as for the renderer, which `make_renderer` makes."""
        self.make_renderer = make_renderer
        self.narrator = narrator
        self.quoting = quoting
        spoken = script.spoken_by(narrator.manner, quoting.manner if quoting else None)
        self.timeline = Timeline(spoken, self.voice.sample_rate)
        self._store = store
        self._notify = notify
        self._lock = Lock()
        self._users = 0
        self._closed = False
        self._renderer: Renderer | None = None

    @property
    def voice(self) -> Voice:
        """Whose it is: the narrator's."""
        return self.narrator.hello.voice

    @property
    def renderer(self) -> Renderer:
        """Renders it. Only for who uses it."""
        assert self._renderer is not None, "a narration is used before it renders"
        return self._renderer

    def use(self) -> Renderer:
        """Begin to use it: the renderer works until `leave` was called as often. Raises EngineError once closed."""
        with self._lock:
            if self._closed:
                raise EngineError("the player was closed")
            self._users += 1
            if self._renderer is None:
                self._renderer = self.make_renderer(
                    self.timeline, self.narrator, self._store, quoting=self.quoting, notify=self._notify
                )
                self.narrator = self.narrator.fresh()  # the next renderer has workers of its own
                self.quoting = self.quoting and self.quoting.fresh()
            return self._renderer

    def leave(self) -> None:
        """Use it no longer. Whoever was the last ends its workers."""
        with self._lock:
            self._users -= 1
            unused = None
            if not self._users:
                unused, self._renderer = self._renderer, None
        if unused is not None:
            unused.close()

    @contextmanager
    def used(self) -> Iterator[Renderer]:
        """Use it for a while."""
        renderer = self.use()
        try:
            yield renderer
        finally:
            self.leave()

    def close(self) -> None:
        """Stop rendering at once, whoever uses it."""
        with self._lock:
            self._closed = True
            renderer = self._renderer
        if renderer is not None:
            renderer.close()
