"""Sessions: a source and the settings, turned into a story, its script, voices and a store."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from player.audio.cache import Store
from player.audio.casting import ALONE, Casting, OtherVoice
from player.audio.fallback import Fallback
from player.audio.reading import unread_by
from player.audio.renderer import Renderer
from player.audio.stores import open_store
from player.audio.timeline import Timeline
from player.audio.voice_process import VoiceProcess
from player.audio.voicing import Voicing
from player.errors import EngineError, PlayerError, UsageError
from player.export import DEFAULTS, Encoders, Options, Progress, Summary, export_story
from player.library import PlaceKeeper, Remembered, habits
from player.library.habits import Habits
from player.library.lexicons import with_entry
from player.library.notebook import Notebook
from player.library.step_back import StepBack
from player.notices import Notices
from player.settings import Settings, Source
from player.speech.chosen import keep_voice
from player.speech.engine import Voice
from player.speech.host import Starts, starter
from player.speech.registry import choose, manner
from player.story.language_tag import same_language
from player.story.model import Block, BlockKind, Story
from player.story.opening import load, load_entries
from player.story.opening.confined.host import Readers
from player.story.opening.locate import CLIPBOARD
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.feed import Entry, Feed, undecided
from player.story.reading.options import Options as Opening
from player.story.reading.options import PageRange
from player.utterance.lexicon.entry import Entry as Pronunciation
from player.utterance.lexicon.matching import Lexicon
from player.utterance.recorded import with_clips
from player.utterance.script import Script, SpokenScript
from player.who_speaks import (
    casting_of,
    choose_voice,
    narrated,
    recorded_engine,
    voice_set,
    voices_for,
    with_unrecorded,
)

if TYPE_CHECKING:
    from player.early import EarlyVoice
    from player.playback.player import Player

_logger = logging.getLogger(__name__)

_AT_HAND = 100
"""Blocks prepared (sentences, spoken forms) while a voice loads: both take 0.1 s."""
SAMPLE = Path(__file__).parent / "samples" / "the-lamp-room.md"
"""The story that plays when no other is named."""


@dataclass(frozen=True, slots=True)
class Session:
    """One open story, with the voices that will speak it."""

    settings: Settings
    script: Script
    narrator: VoiceProcess
    casting: Casting = ALONE
    """Who speaks beside the narrator."""
    named: tuple[VoiceProcess | None, ...] = ()
    """The voices of the casting that the settings name, started to see whether they exist; None for the others."""
    notices: Notices = field(default_factory=Notices)
    make_renderer: Callable[..., Renderer] = Renderer
    """Called as Renderer is: pass a `partial` to set its number of workers or how far it reads ahead."""
    encoders: Encoders | None = None
    """Encoders for exports; None: threads of this process."""
    starts: Starts = starter
    """Returns what starts workers, given the options of engines."""
    shared: Store | None = None
    """A store that many sessions use, whose `close` does nothing; None: one of its own, as set."""

    @classmethod
    def open(
        cls,
        story: Story,
        settings: Settings,
        early: EarlyVoice | None = None,
        *,
        parts: Sequence[Story] = (),
        starts: Starts = starter,
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
            casting = with_unrecorded(casting, OtherVoice(*who, start))
            who = (recorded_engine(), "", language)
        guessed = early.take(*who) if early and who[0] not in settings.engines else None
        narrator = VoiceProcess.start(*who, start, guessed)
        named = tuple(other.process() if other.voice else None for other in casting.others)
        return cls(settings, script, narrator, casting, named, Notices(notices), starts=starts)

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
        """The audio cache. What cannot be written there is kept in memory, with a notice. Raises UsageError."""
        return self.shared or open_store(self.settings.audio_cache, self.settings.cache_bytes)

    def voicings(self) -> tuple[Voicing, Casting]:
        """Return the narrator, and who speaks beside it. Adds a notice of what the narrator cannot read.

        Raises EngineError or UsageError, also for another voice that the settings name.
        """
        narrator = self._narrator()
        casting = self.casting.started(self.named)
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
            usual = choose(self.settings.engine, voice_set(self.settings, self.script.language), self.script.language)
            if usual == (self.narrator.engine, self.narrator.voice):
                raise
            self.notices.append(f"{self.narrator.engine}:{self.narrator.voice} cannot speak: {error.message}")
            return VoiceProcess.start(*usual, self.script.language, self.starts(self.settings.engines)).voicing()

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
        return replace(self, script=script, narrator=process, casting=ALONE, named=(), notices=Notices())._player()

    def voices(self) -> list[Voice]:
        """Return the book's own recording if it has one, and the installed voices for the story's language, the best
        engine's first."""
        return voices_for(self.story, self.script.language or "en", self.settings.engines)

    @contextmanager
    def listen(self, *, from_start: bool = False) -> Iterator[Playing]:
        """Context: the story ready to play, paused at the listener's place; after a long break a little before it. With
        `from_start`, it is ignored. Raises EngineError or UsageError."""
        kept = (self.settings.library, self.story, self.notices.append)
        with (
            closing(PlaceKeeper(*kept, synced=self.settings.sync)) as places,
            closing(Notebook(*kept, synced=self.settings.sync)) as notes,
        ):
            resume = None if from_start else places.remembered
            with closing(self._player()) as player:
                if resume is not None:
                    there = self.settings.step_back.place(self.script, resume.block, resume.character, resume.away)
                    player.navigation.start_at(*there)
                    resume = Remembered(*there, resume.away)
                playing = Playing(player, resume, notes, places, self)
                playing.describe()
                yield playing
                playing.describe()  # its length is known better now

    def _player(self) -> Player:
        # Imported here, because an export needs no loudspeaker.
        from player.audio.flac import library
        from player.playback.output import open_silent
        from player.playback.player import Player
        from player.playback.supervised import open_output

        next(iter(self._spoken(self.script).utterances(0)), None)  # loads the splitter (0.25 s) while the voice loads
        if not self.settings.silent:
            library()  # 0.05 s, likewise: the device can open while the first sentence is rendered
        store = self.store()
        narrator, casting = self.voicings()
        return Player.open(
            self.script,
            narrator,
            store,
            casting=casting,
            open_output=open_silent if self.settings.silent else open_output,
            speed=self.settings.speed,
            volume=self.settings.volume / 100,
            notices=self.notices,
            pause_without_sound=self.settings.when_sound_is_lost == "pause",
            start_worker=starter(self.settings.engines),
            make_renderer=self._renderer,
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
        return partial(self.make_renderer, loudness=self.settings.loudness, fallback=lambda: Fallback(start))

    @contextmanager
    def _studio(self, script: Script, *, speed: float = 1.0) -> Iterator[tuple[Timeline, Renderer]]:
        """Context: a timeline, and the renderer that fills it."""
        spoken = self._spoken(script)
        for block in range(min(len(script), _AT_HAND)):
            spoken.utterances(block)  # while the voice loads
        with closing(self.store()) as store:
            narrator, casting = self.voicings()
            timeline = Timeline(spoken, narrator.hello.voice.sample_rate, speed=speed)
            notify = self.notices.append
            with closing(self._renderer(timeline, narrator, store, casting=casting, notify=notify)) as renderer:
                yield timeline, renderer


@dataclass(frozen=True, slots=True)
class Playing:
    """A story being listened to: its player, and the keeper of the listener's place."""

    player: Player
    resume: Remembered | None
    """The place that it goes on from; None from the beginning."""
    notes: Notebook
    """The story's notes."""
    _places: PlaceKeeper
    _session: Session

    @property
    def step_back(self) -> StepBack:
        """The breaks after which the story goes on from an earlier place."""
        return self._session.settings.step_back

    def voices(self) -> list[Voice]:
        """Return the installed voices for the story's language, the best engine's first."""
        return self._session.voices()

    def preview(self, voice: str, text: str, entry: Pronunciation | None = None, language: str = "") -> Player:
        """Return a player of one text in a voice, with a pronunciation to try. See `Session.preview`."""
        lexicon = self.player.script.lexicon
        tried = lexicon if entry is None else with_entry(lexicon, entry)
        return self._session.preview(voice, text, tried, language)

    def aside(self, text: str) -> Player:
        """Return a paused player of any text: in the voice that speaks, or for another language in that one's.

        Raises EngineError or UsageError.
        """
        from player.story.language import detect  # 0.05 s

        own = self._session.script.language
        language = detect(text)
        if not language or same_language(language, own):
            return self._session.preview(self.player.voice.id, text)
        return self._session.preview(":".join(choose_voice(self._session.settings, language)), text, language=language)

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. Raises UsageError or CacheError."""
        from player.export.cover import cover  # imports Pillow

        with closing(self._session.store()) as store:
            return cover(self._session.story, store)

    def pronounce(self, entry: Pronunciation, *, only_here: bool, language: str, engine: str) -> None:
        """Keep a pronunciation, for this story or for all, and say the word so from now on; without `say` and `ipa`,
        as it is written. `language` and `engine` are those that say the word. Returns at once; a notice tells of
        failures."""
        session, player = self._session, self.player
        lexicons, story = session.settings.lexicons, session.story

        def settle() -> None:
            try:
                lexicons.settle(entry, story, only_here=only_here, language=language, engine=engine)
                player.respell(lexicons.of(story))
            except PlayerError as error:
                _logger.warning("the pronunciation of %s is not kept", entry.written, exc_info=True)
                session.notices.append(f"The pronunciation is not kept: {error}")

        Thread(target=settle, name="pronounce").start()

    def keep_voice(self, voice: str) -> None:
        """Speak the story's language in a voice from now on, wherever the settings name none. Returns at once."""
        session = self._session
        if manner(voice.partition(":")[0]).recorded:  # it reads no other story
            return

        def keep() -> None:
            try:
                keep_voice(session.settings.chosen_voices, session.script.language, voice)
            except OSError:
                _logger.warning("the voice %s is not kept", voice, exc_info=True)
                session.notices.append("The voice is not kept for the next time: its file cannot be written")

        Thread(target=keep, name="keep-voice").start()

    @property
    def reachable(self) -> bool:
        """True if other programs may steer the player."""
        return self._session.settings.remote == "on"

    @property
    def following(self) -> bool:
        """False if the listener had scrolled away from what sounds when leaving the last story."""
        return habits.read(self._session.settings.habits).following is not False

    @property
    def reading(self) -> str | None:
        """What was marked in the text when leaving the last story (see ReadingMode); None: the usual."""
        return habits.read(self._session.settings.habits).reading

    def keep_habits(self, changed: Habits) -> None:
        """Listen so from now on, wherever the settings say nothing else."""
        try:
            habits.keep(self._session.settings.habits, changed)
        except OSError:
            _logger.warning("speed, volume and theme are not kept", exc_info=True)

    def remember(self, block: int, character: int) -> None:
        """Keep the listener's place. Returns at once."""
        self._places.keep(block, character)

    def describe(self, *, finished: bool = False) -> None:
        """Keep what the library shows of the story; `finished` when it was heard to its end. Returns at once."""
        timeline = self.player.timeline
        self._places.describe(self.player.voice.id, timeline.duration / timeline.rate, finished=finished)

    def export(
        self, path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None
    ) -> Summary:
        """Write a file, of the story or one of its chapters (an index), while the story plays: at speed 1, in the voice
        that speaks now, even if the voice changes meanwhile. Raises as `Session.export`."""
        with self.player.borrow(chapter) as narration:
            return export_story(narration.timeline, narration.renderer, path, progress=progress, cancelled=cancelled)


def load_script(
    source: Source, settings: Settings, readers: Readers | None = None, watch: Watch = unwatched
) -> SpokenScript:
    """Return the script of a source, without starting a voice. Raises as `load_story`."""
    story = load_story(source, settings, readers, watch)
    language = settings.language or story.language
    engine, _ = choose_voice(settings, language)
    script = Script(story, language=language, lexicon=settings.lexicons.of(story))
    casting, notices = casting_of(script, settings, engine)
    script.story = replace(story, notices=(*story.notices, *notices))
    return script.spoken_by(manner(engine), casting.roles)


def open_source(
    source: Source, settings: Settings, readers: Readers | None = None, watch: Watch = unwatched
) -> Story | Feed:
    """Return the story of a source, or its feed; `readers` and `watch` as for `load`.

    Raises SourceError or UsageError.
    """
    return load(_name(source), _options(source, settings), readers=readers, watch=watch)


def load_story(source: Source, settings: Settings, readers: Readers | None = None, watch: Watch = unwatched) -> Story:
    """Return the story of a source. A feed is a UsageError here, because nobody can be asked which story to take. Else
    as `open_source`."""
    opened = open_source(source, settings, readers, watch)
    if isinstance(opened, Feed):
        raise undecided(opened, _name(source))
    return opened


def load_entry(feed: Feed, entry: Entry, source: Source, settings: Settings, readers: Readers | None = None) -> Story:
    """Return one story of a feed. Raises SourceError."""
    return load_entries(feed, [entry], _options(source, settings), readers=readers)


def _name(source: Source) -> str:
    return CLIPBOARD if source.clipboard else source.story or str(SAMPLE)


def _options(source: Source, settings: Settings) -> Opening:
    return Opening(
        code=settings.code == "announce",
        announce=settings.announce == "on",
        captions=settings.captions == "read",
        latest=source.latest,
        only_pages=PageRange(*source.page_range) if source.pages else None,
        pages=settings.pages,
        refresh=source.refresh,
    )
