"""Sessions: a story and the settings, turned into a script, voices and a store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from player.audio.rendering.fallback import Fallback
from player.audio.rendering.renderer import Renderer
from player.audio.rendering.unreadable import unread_by
from player.audio.store import open_store
from player.audio.store.cache import Store
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.audio.voicing.casting import ALONE, Casting, OtherVoice
from player.audio.voicing.process import VoiceProcess
from player.background_work import in_background
from player.errors import EngineError, UsageError
from player.export import DEFAULTS, Encoders, Options, Progress, Summary, export_story
from player.library import PlaceKeeper, Remembered
from player.library.notebook import Notebook
from player.notices import Notices, ToldOnce
from player.session.playing import PlaceFound, Playing, unseen
from player.settings import Settings
from player.speech.choosing.registry import choose, manner
from player.speech.engine import Voice
from player.speech.process.host import Starts, starter
from player.story.model import Block, BlockKind, Story
from player.utterance.lexicon.matching import Lexicon
from player.utterance.recorded import with_clips
from player.utterance.script import Script, SpokenScript
from player.who_speaks import (
    casting_of,
    choose_voice,
    narrated,
    recorded_engine,
    usual_voice,
    voices_for,
    with_unrecorded,
)

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.playback.output import Output
    from player.playback.player import Player

__all__ = ["Playing", "Session"]

_KEEP_AFTER_SECONDS = 1.0
"""Seconds of playing until sound is stored: the first word comes first, then the screen."""


@dataclass(frozen=True, slots=True)
class Session:
    """One open story, with the voices that will speak it."""

    settings: Settings
    script: Script
    narrator: VoiceProcess
    casting: Casting = ALONE
    """Who speaks beside the narrator."""
    named: tuple[VoiceProcess | None, ...] = ()
    """Voices of the casting that the settings name, started early to check that they exist; None for the others."""
    notices: Notices = field(default_factory=Notices)
    make_renderer: Callable[..., Renderer] = Renderer
    """Called as Renderer is: pass a `partial` to set its number of workers or how far it reads ahead."""
    told: ToldOnce = field(default_factory=ToldOnce, compare=False)
    """What the listener knows already; shared by stories that follow one another."""
    encoders: Encoders | None = None
    """Encoders for exports; None: threads of this process."""
    starts: Starts = starter
    """Returns what starts workers, given the options of engines."""
    is_preview: bool = False
    """True if nobody may speak in the narrator's place."""
    shared: Store | None = None
    """A store shared by sessions, whose `close` does nothing; None: a store of its own, from the settings."""

    @classmethod
    def open(
        cls,
        story: Story,
        settings: Settings,
        early: EarlyVoice | None = None,
        *,
        parts: Sequence[Story] = (),
        starts: Starts = starter,
        told: ToldOnce | None = None,
    ) -> Session:
        """Start the voices for a story, or take the one started early. `parts` are the stories that it was joined from.
        Raises UsageError."""
        lexicon = settings.lexicons.of(*(parts or (story,)))
        language = settings.language or story.language
        who = (*choose_voice(settings, language), language)
        own = narrated(story, settings)
        settings = own or settings
        start = starts(settings.engines)
        script = Script(story, language=language, lexicon=lexicon, pauses=settings.pause_lengths)
        casting, notices = casting_of(script, settings, who[0], start)
        if own:
            usual = usual_voice(settings, language)
            casting = with_unrecorded(casting, OtherVoice(*who, start, is_chosen=usual != who[:2], usual=usual))
            who = (recorded_engine(), "", language)
        guessed = early.take(*who) if early and who[0] not in settings.engines else None
        narrator = VoiceProcess.start(*who, start, guessed)
        named = tuple(other.process() if other.voice else None for other in casting.others)
        return cls(settings, script, narrator, casting, named, Notices(notices), told=told or ToldOnce(), starts=starts)

    def told_by(self, voice: str) -> Session:
        """Return the session with another narrator, a voice's id; this one must not be used any more. Raises
        UsageError."""
        engine, name = choose(None, voice, self.script.language)
        if (engine, name) == (self.narrator.engine, self.narrator.voice):
            return self
        self.narrator.dismiss()
        start = self.starts(self.settings.engines)
        return replace(self, narrator=VoiceProcess.start(engine, name, self.script.language, start))

    @property
    def story(self) -> Story:
        """The open story."""
        return self.script.story

    @property
    def spoken(self) -> SpokenScript:
        """The script as the chosen voices speak it."""
        return self._spoken(self.script)

    def close(self) -> None:
        """End the workers started for it."""
        self.narrator.dismiss()
        for process in self.named:
            if process is not None:
                process.dismiss()

    def store(self) -> Store:
        """The audio cache. Speech that cannot be written there is kept in memory, with a notice. Raises UsageError."""
        return self.shared or open_store(self.settings.audio_cache, self.settings.cache_bytes)

    def voicings(self) -> tuple[Voicing, Casting]:
        """Return the narrator, and who speaks beside it. Adds a notice of what the narrator cannot read.

        Raises EngineError or UsageError, also for another voice that the settings name.
        """
        narrator = self._narrator()
        casting = self.casting.started(self.named, self.notices.append)
        spoken = self.script.spoken_by(narrator.manner, casting.roles)
        self.notices.extend(unread_by(spoken, narrator.hello.voice))
        if casting.quotations is not None:
            self.notices.extend(unread_by(spoken, casting.quotations.hello.voice, casting.roles.quotations))
        return narrator, casting

    def _narrator(self) -> Voicing:
        """Return the narrator; if it was chosen while listening and is gone, the usual voice, with a notice."""
        try:
            return self.narrator.voicing()
        except (EngineError, UsageError) as error:
            if self.is_preview:
                raise
            usual = usual_voice(self.settings, self.script.language)
            if usual == (self.narrator.engine, self.narrator.voice):
                raise
            self.notices.append(f"{self.narrator.engine}:{self.narrator.voice} cannot speak: {error.message}")
            self.narrator.become(*usual)
            return self.narrator.voicing()

    def preview(self, voice: str, text: str, lexicon: Lexicon | None = None, language: str = "") -> Player:
        """Return a player of one text in a voice ("engine:name"), paused; the caller closes it. `lexicon` and
        `language` in place of the story's. The book's recording speaks what it has of the text.

        Raises EngineError or UsageError.
        """
        language = language or self.script.language
        engine, name = choose(None, voice, language)
        block = Block(BlockKind.PARAGRAPH, text)
        block = with_clips(block, self.story.blocks) if manner(engine).recorded else block
        story = Story("", (block,), language=language)
        process = VoiceProcess.start(engine, name, language, starter(self.settings.engines))
        script = Script(story, language=language, lexicon=self.script.lexicon if lexicon is None else lexicon)
        alone = replace(self, script=script, narrator=process, casting=ALONE, named=(), notices=Notices())
        return replace(alone, is_preview=True).player()

    def voices(self) -> list[Voice]:
        """Return the book's own recording if it has one, and the installed voices for the story's language, the best
        engine's first."""
        return voices_for(self.story, self.script.language or "en", self.settings.engines)

    @contextmanager
    def listen(
        self, *, from_start: bool = False, begun: Playing | None = None, place_found: PlaceFound = unseen
    ) -> Iterator[Playing]:
        """Context: the story ready to play, paused at the listener's place; after a long break a little before it.
        `from_start` ignores that place. A story that has `begun` (its beginning was played while it was read) goes on
        where it is, if no place is kept. `place_found` is called before the voice is waited for.

        Raises EngineError or UsageError.
        """
        kept = (self.settings.library, self.story, self.notices.append)
        with (
            closing(PlaceKeeper(*kept, synced=self.settings.sync)) as places,
            closing(begun.notes if begun else self.notebook()) as notes,
        ):
            resume = None if from_start else places.remembered
            if resume is not None:
                there = self.settings.step_back.place(self.script, resume.block, resume.character, resume.away)
                resume = Remembered(*there, resume.away)
            place_found(*((0, 0) if resume is None else (resume.block, resume.character)))
            with closing(begun.player if begun else self.player()) as player:
                voice, seconds = places.lasted
                if begun is None and seconds and voice == player.voice.id:
                    player.timeline.expect(seconds)
                if resume is not None:
                    player.navigation.start_at(resume.block, resume.character)
                playing = Playing(player, resume, notes, places, self)
                playing.describe()
                yield playing
                playing.describe()  # its length is known better now

    def notebook(self) -> Notebook:
        """Return the story's notes; the caller closes them."""
        return Notebook(self.settings.library, self.story, self.notices.append, synced=self.settings.sync)

    def player(self) -> Player:
        """Return a player of the story, paused at its beginning; the caller closes it. Raises EngineError or
        UsageError."""
        # Imported here, because an export needs no loudspeaker.
        from player.audio.segment.flac import library
        from player.playback.output import SilentOutput
        from player.playback.output.supervised import SupervisedOutput
        from player.playback.player import Player

        if not self.settings.silent:
            library()  # 0.02 s, for the device
        store = self.store()

        def voices_and_output() -> tuple[Voicing, Casting, Output]:
            narrator, casting = self.voicings()
            if self.settings.silent:
                return narrator, casting, SilentOutput(narrator.rate)
            silent = self.told.sound_is_gone and not self.is_preview and self.settings.when_sound_is_lost == "silent"
            device = self.settings.device
            output = SupervisedOutput(narrator.rate, self.notices.append, device=device, silent=silent)
            return narrator, casting, output

        # In a thread, so that the device opens (up to 0.1 s) while the splitter is loaded and the first sentence found.
        voices = in_background(voices_and_output, "voice")
        next(iter(self._spoken(self.script).utterances(0)), None)
        narrator, casting, output = voices.result()
        return Player.open(
            self.script,
            narrator,
            output,
            store,
            casting=casting,
            speed=self.settings.speed,
            volume=self.settings.volume / 100,
            notices=self.notices,
            pause_without_sound=self.settings.when_sound_is_lost == "pause",
            start_worker=starter(self.settings.engines),
            make_renderer=partial(self._renderer, keep_after=_KEEP_AFTER_SECONDS),
        )

    def export(
        self,
        paths: Sequence[Path],
        progress: Callable[[Progress], None],
        cancelled: Event,
        *,
        chapter: int | None = None,
        options: Options = DEFAULTS,
        new: Collection[Path] = (),
    ) -> Iterator[Summary]:
        """Write the story, or one of its chapters (an index), to files, and report each when it is made. All share one
        rendering. Files in `new` must not exist yet.

        Raises ExportError, UsageError or EngineError; `Cancelled` when cancelled. Files finished before stay.
        """
        script = self.script if chapter is None else self.script.of(self.story.chapter(chapter))
        with self._studio(script, speed=self.settings.speed) as (timeline, renderer):
            for n, path in enumerate(paths):
                yield export_story(
                    timeline,
                    renderer,
                    path,
                    options,
                    new=path in new,
                    encoders=self.encoders,
                    beside=paths,
                    progress=lambda one, n=n: progress(Progress(n * one.total + one.done, len(paths) * one.total)),  # type: ignore[misc]
                    cancelled=cancelled,
                )

    def _spoken(self, script: Script) -> SpokenScript:
        """Return a script as the chosen voices speak it."""
        return script.spoken_by(self.narrator.manner, self.casting.roles)

    @property
    def _renderer(self) -> Callable[..., Renderer]:
        start = self.starts(self.settings.engines)
        return partial(
            self.make_renderer,
            loudness=self.settings.loudness,
            fallback=lambda: Fallback(start),
            engines=self.settings.engines,
            told=self.told,
        )

    @contextmanager
    def _studio(self, script: Script, *, speed: float = 1.0) -> Iterator[tuple[Timeline, Renderer]]:
        """Context: a timeline, and the renderer that fills it."""
        self._spoken(script).utterances(
            0
        )  # while the voice loads: the first block takes 0.04 s, the others as much in all
        with closing(self.store()) as store:
            narrator, casting = self.voicings()
            spoken = script.spoken_by(narrator.manner, casting.roles)  # others may speak than those that were chosen
            timeline = Timeline(spoken, narrator.rate, speed=speed)
            notify = self.notices.append
            with closing(self._renderer(timeline, narrator, store, casting=casting, notify=notify)) as renderer:
                yield timeline, renderer
