"""What a command works with: settings and a source, turned into a story, its script, a voice and a store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from player.audio.cache import DiskCache, MemoryCache, Store
from player.audio.renderer import Renderer
from player.audio.timeline import Timeline
from player.errors import CacheError, PlayerError
from player.library import Library, Remembered
from player.settings import Settings
from player.speech.host import Worker
from player.speech.registry import choose
from player.story.model import Story
from player.story.sources import load
from player.utterance.script import Script

if TYPE_CHECKING:
    from player.export import Progress, Summary
    from player.playback.player import Player

SAMPLE = Path(__file__).parent / "samples" / "the-lamp-room.md"
"""The story that plays when none is named."""


@dataclass(frozen=True, slots=True)
class Session:
    """One story, opened, with a worker already starting to load its voice."""

    settings: Settings
    script: Script
    engine: str
    voice: str
    worker: Worker
    notices: deque[str] = field(default_factory=deque)

    @classmethod
    def open(cls, source: str, settings: Settings) -> Session:
        """Load a story and start the voice. Raises SourceError or UsageError."""
        story = load_story(source, settings)
        language = settings.language or story.language
        engine, voice = choose(settings.engine, settings.voice, language)
        worker = Worker.start(engine, voice, language)
        script = Script(story, language=language, engine=engine)
        return cls(settings, script, engine, voice, worker)

    @property
    def story(self) -> Story:
        """What is written."""
        return self.script.story

    def start_worker(self) -> Worker:
        """One more worker with the same voice."""
        return Worker.start(self.engine, self.voice, self.script.language)

    def store(self) -> Store:
        """The audio cache. Raises CacheError when it cannot be used."""
        return DiskCache(self.settings.audio_cache, self.settings.cache_bytes)

    def store_or_memory(self) -> Store:
        """The audio cache, or memory (and a notice) when it cannot be used: the player plays on."""
        try:
            return self.store()
        except CacheError as error:
            self.notices.append(f"Rendered speech is not kept: {error.message}")
            return MemoryCache()

    def player(self, start: tuple[int, int] | None = None) -> Player:
        """A player of the story, paused. Raises EngineError or UsageError."""
        # Not at the top: an export has nothing to do with loudspeakers.
        from player.playback.output import open_output, open_silent
        from player.playback.player import Player

        next(iter(self.script.utterances(0)), None)  # loads the splitter (0.25 s) while the voice loads
        return Player.open(
            self.script,
            self.worker,
            self.start_worker,
            self.store_or_memory(),
            open_output=open_silent if self.settings.silent else open_output,
            start=start,
            speed=self.settings.speed,
            volume=self.settings.volume / 100,
            notices=self.notices,
        )

    def export(
        self,
        path: Path,
        progress: Callable[[Progress], None],
        cancelled: Event,
        player: Player | None = None,
        chapter: int | None = None,
    ) -> Summary:
        """Write the story, or one of its chapters (an index), as a file.

        `player`, when it is open already, lends its renderer and timeline for the whole story; a chapter has its
        own. Raises ExportError, UsageError, EngineError or CacheError; `Cancelled` when cancelled.
        """
        from player.export import export_story

        if player is not None and chapter is None:
            return export_story(player.timeline, player.renderer, path, progress=progress, cancelled=cancelled)
        script = self.script if chapter is None else self.script.of(self.story.chapter(chapter))
        worker = self.worker if player is None else self.start_worker()
        with self._studio(script, worker) as (timeline, renderer):
            return export_story(timeline, renderer, path, progress=progress, cancelled=cancelled)

    @contextmanager
    def _studio(self, script: Script, worker: Worker) -> Iterator[tuple[Timeline, Renderer]]:
        hello = worker.hello()
        timeline = Timeline(script, hello.voice.sample_rate)
        renderer = Renderer(
            timeline, hello, self.store(), self.start_worker, first_worker=worker, notify=self.notices.append
        )
        try:
            yield timeline, renderer
        finally:
            renderer.close()

    # -- the place in the story ----------------------------------------------------------------------------

    def remembered(self) -> Remembered | None:
        """Where the listener was when this story was last open."""
        try:
            with closing(Library(self.settings.library)) as library:
                return library.place(self.story)
        except PlayerError as error:
            self.notices.append(f"Places in stories are not remembered: {error.message}")
            return None

    def remember(self, block: int, character: int) -> None:
        """Keep where the listener is. A library that cannot be written was a notice when it was opened."""
        with suppress(PlayerError), closing(Library(self.settings.library)) as library:
            library.remember(self.story, block, character)


def load_script(source: str, settings: Settings) -> Script:
    """What would be said of a source, without a voice. Raises SourceError or UsageError."""
    story = load_story(source, settings)
    language = settings.language or story.language
    engine, _ = choose(settings.engine, settings.voice, language)
    return Script(story, language=language, engine=engine)


def load_story(source: str, settings: Settings) -> Story:
    """The story of a source; the sample if it is empty. Raises SourceError or UsageError."""
    announced = settings.code == "announce"
    return load(source or str(SAMPLE), pages=settings.pages, refresh=settings.refresh, code=announced)
