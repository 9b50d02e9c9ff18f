"""What many stories are made with at the same time: voices, store and encoders that all of them share."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from player.audio.rendering.renderer import AHEAD, Renderer
from player.audio.store import open_store
from player.audio.store.cache import Store, Usage
from player.audio.voicing.process import VoiceProcess
from player.errors import ExportError, PlayerError
from player.export import Cancelled, Encoders
from player.publish.voices import SharedVoices
from player.session import Session
from player.settings import Settings
from player.speech.options import Options
from player.speech.process.host import Starts, starter
from player.speech.process.workers import SpeechWorker, StartWorker
from player.story.model import Story
from player.who_speaks import set_for_all

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")

_LIBRARIES = ("mutagen.id3", "mutagen.oggopus", "av", "lameenc", "PIL.Image", "PIL.ImageFont", "lxml.etree")
_CHARACTERS_PER_WORKER = 5_000
"""A story of so many characters is rendered by one process, a longer one by more."""
_LONG = 20_000
"""Characters, about twenty minutes of speech, above which a story is spoken by a whole cluster."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Shared by all stories that one process makes."""

    settings: Settings
    voices: SharedVoices
    store: Store
    """Its `close` does nothing, because the next story uses it as well."""
    encoders: Executor
    at_once: int
    """Processes and threads at work."""
    spread: Callable[[], tuple[Starts, int]] | None = None
    """Returns who speaks a long story on a cluster, and how many utterances at a time."""

    def session(self, story: Story, *, parts: Sequence[Story] = ()) -> Session:
        """Return a session with the shared voices, store and encoders; the caller closes it. `parts` as Session.open
        takes them. Raises UsageError."""
        starts: Starts = self.voices.starts
        at_once = self.at_once
        if self.spread is not None and story.characters > _LONG:
            starts, at_once = self.spread()
        workers = min(at_once, 2 + story.characters // _CHARACTERS_PER_WORKER)
        return replace(
            Session.open(story, self.settings, parts=parts, starts=starts),
            make_renderer=partial(Renderer, workers=workers, ahead=max(AHEAD, 2 * workers)),
            encoders=Encoders(self.encoders, 2),
            shared=self.store,
        )


@contextmanager
def workshop(
    settings: Settings, *, cores: int | None = None, store: Store | None = None, early: EarlyVoice | None = None
) -> Iterator[Workshop]:
    """Context: a workshop on so many cores (all by default). At the end all its processes are gone. `store` in place of
    the one that is set; `early` is a voice that may have been started before."""
    at_once = cores or os.cpu_count() or 1
    voices = SharedVoices(at_once, partial(_starter, early))
    kept = _Unclosed(store or open_store(settings.audio_cache, settings.cache_bytes))
    encoders = ThreadPoolExecutor(at_once, thread_name_prefix="encode")
    try:
        yield Workshop(settings, voices, kept, encoders, at_once)
    finally:
        voices.close()
        encoders.shutdown(wait=False, cancel_futures=True)
        kept.done()


def check_voices(settings: Settings, start: StartWorker, language: str = "") -> None:
    """Raises UsageError or EngineError for a voice or a cast that is set for all stories and cannot be had: each of
    them would fail with the same. `language` is that of the first, if it is known."""
    language = settings.language or language or "en"
    for engine, voice in set_for_all(settings, language):
        process = VoiceProcess.start(engine, voice, language, start)
        try:
            process.voicing()
        finally:
            process.dismiss()


def import_libraries() -> None:
    """Import what exports use, before threads do: some libraries break when two threads import them at once
    (mutagen.id3 goes through its own names meanwhile)."""
    for name in _LIBRARIES:
        import_module(name)


def attempted(make: Callable[[], _T], name: str, cancelled: Event) -> _T | PlayerError:
    """Return what `make` returns, or why there is nothing: its PlayerError, or what a fault of ours becomes, which
    stops no other story either. `name` is for the log. Raises Cancelled, also for what fails once `cancelled` is
    set."""
    try:
        return make()
    except Cancelled:
        raise
    except PlayerError as error:
        failed = error
    except Exception as error:  # the thread's boundary
        _logger.exception("%s was not made", name)
        failed = fault(error)
    if cancelled.is_set():
        raise Cancelled
    return failed


def fault(error: Exception) -> ExportError:
    """Return the error that a fault of this program or a library becomes: the failure of one story."""
    reason = f"the program failed ({type(error).__name__}: {error})"
    return ExportError(reason, "--log FILE writes down the details")


def _starter(early: EarlyVoice | None, options: Mapping[str, Options]) -> StartWorker:
    """Return what starts workers: the first is the one that was started early, if it would speak the same."""
    start = starter(options)

    def begin(engine: str, voice: str, language: str) -> SpeechWorker:
        guessed = early.take(engine, voice, language) if early is not None and engine not in options else None
        return guessed or start(engine, voice, language)

    return begin


class _Unclosed:
    """A Store whose `close` does nothing: its user is one of many."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.get = store.get
        self.put = store.put

    def usage(self) -> Usage:
        """See Store."""
        return self._store.usage()

    def clear(self) -> Usage:
        """See Store."""
        return self._store.clear()

    def close(self) -> None:
        """Keep it open."""

    def done(self) -> None:
        """Close it."""
        self._store.close()
