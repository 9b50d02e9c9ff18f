"""A story spoken by one voice, for as long as somebody plays or exports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import Store
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.audio.voicing.casting import Casting
from player.errors import EngineError
from player.speech.engine import Voice
from player.utterance.script import Script


class Narration:
    """One voice's timeline of a story, and the renderer that fills it.

    The renderer exists between `use` and the last `leave`. The timeline is kept, so a voice that is chosen again goes
    on with all the times measured before.
    """

    def __init__(
        self,
        script: Script,
        narrator: Voicing,
        store: Store,
        casting: Casting,
        notify: Callable[[str], None],
        *,
        make_renderer: Callable[..., Renderer] = Renderer,
    ) -> None:
        """Prepare the timeline. The arguments are those of the renderer, made by `make_renderer` on first use."""
        self.script = script
        self.make_renderer = make_renderer
        self.narrator = narrator
        self.casting = casting
        spoken = script.spoken_by(narrator.manner, casting.roles)
        self.timeline = Timeline(spoken, self.voice.sample_rate)
        self._store = store
        self._notify = notify
        self._lock = Lock()
        self._users = 0
        self._closed = False
        self._renderer: Renderer | None = None

    @property
    def voice(self) -> Voice:
        """The narrator's voice."""
        return self.narrator.hello.voice

    @property
    def in_use(self) -> bool:
        """True while somebody plays or exports it."""
        return self._users > 0

    @property
    def renderer(self) -> Renderer:
        """The renderer. Only between `use` and `leave`."""
        assert self._renderer is not None, "a narration is used before it renders"
        return self._renderer

    def use(self) -> Renderer:
        """Return the renderer, running until `leave` is called as often as this. Raises EngineError after `close`."""
        with self._lock:
            if self._closed:
                raise EngineError("the player was closed")
            self._users += 1
            if self._renderer is None:
                self._renderer = self.make_renderer(
                    self.timeline, self.narrator, self._store, casting=self.casting, notify=self._notify
                )
                self.narrator = self.narrator.fresh()  # for the next renderer: workers of its own
                self.casting = self.casting.fresh()
            return self._renderer

    def leave(self) -> None:
        """End one use. The last one ends the renderer and its workers."""
        with self._lock:
            self._users -= 1
            unused = None
            if not self._users:
                unused, self._renderer = self._renderer, None
        if unused is not None:
            unused.close()

    @contextmanager
    def used(self) -> Iterator[Renderer]:
        """Context: `use` at its beginning, `leave` at its end."""
        renderer = self.use()
        try:
            yield renderer
        finally:
            self.leave()

    def close(self) -> None:
        """Stop rendering at once, for all users."""
        with self._lock:
            self._closed = True
            renderer = self._renderer
        if renderer is not None:
            renderer.close()
