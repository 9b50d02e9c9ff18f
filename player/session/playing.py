"""A story being listened to, as the screen and plain playing see it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from player.errors import PlayerError
from player.export import Options, Progress, Summary, export_story
from player.library import PlaceKeeper, Remembered, habits
from player.library.habits import Habits
from player.library.lexicons import with_entry
from player.library.notebook import Notebook
from player.library.step_back import StepBack
from player.speech.choosing.chosen import keep_voice
from player.speech.choosing.registry import manner
from player.speech.engine import Voice
from player.story.language_tag import same_language
from player.utterance.lexicon.entry import Entry as Pronunciation
from player.who_speaks import choose_voice, usual_voice

if TYPE_CHECKING:
    from subprocess import Popen

    from player.playback.player import Player
    from player.session import Session
    from player.utterance.manner import Manner

_logger = logging.getLogger(__name__)

PlaceFound = Callable[[int, int], None]
"""Called with the (block, character) at which a story will go on."""


def unseen(block: int, character: int) -> None:
    """See PlaceFound: nobody asks."""


@dataclass(frozen=True, slots=True)
class Playing:
    """A story being listened to: its player, and the keeper of the listener's place."""

    player: Player
    resume: Remembered | None
    """The place that it goes on from; None from the beginning."""
    notes: Notebook
    """The story's notes."""
    _places: PlaceKeeper | None
    """None for a beginning."""
    _session: Session

    @property
    def is_whole(self) -> bool:
        """True for a whole story; False for its beginning, while the rest is read."""
        return True

    @property
    def step_back(self) -> StepBack:
        """The breaks after which the story goes on from an earlier place."""
        return self._session.settings.step_back

    def voices(self) -> list[Voice]:
        """Return the installed voices for the story's language, the best engine's first."""
        return self._session.voices()

    def preview(self, voice: str, text: str, entry: Pronunciation | None = None, language: str = "") -> Player:
        """Return a player of one text in a voice, as fast and as loud as the story, with a pronunciation to try. See
        `Session.preview`."""
        lexicon = self.player.script.lexicon
        tried = lexicon if entry is None else with_entry(lexicon, entry)
        preview = self._session.preview(voice, text, tried, language)
        preview.sound_like(self.player)
        return preview

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, as fast and as loud as the story: in the voice that speaks, or for
        another language in that one's.

        Raises EngineError or UsageError.
        """
        from player.story.language import detect  # 0.05 s

        own = self._session.script.language
        language = detect(text)
        if not language or same_language(language, own):
            return self.preview(self.player.voice.id, text)
        wanted, usual = (find(self._session.settings, language) for find in (choose_voice, usual_voice))
        try:
            return self.preview(":".join(wanted), text, language=language)
        except PlayerError:
            if wanted == usual:
                raise
            _logger.info("the chosen voice %s is gone", wanted, exc_info=True)
            return self.preview(":".join(usual), text, language=language)

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. Raises UsageError or CacheError."""
        from player.export.pictures.cover import cover  # imports Pillow

        with closing(self._session.store()) as store:
            return cover(self._session.story, store)

    def pronounce(self, entry: Pronunciation, *, only_here: bool, language: str, manner: Manner) -> None:
        """Keep a pronunciation, for this story or for all, and say the word so from now on; without `say` and `ipa`,
        as it is written. `language` is the word's, `manner` that of the engine that says it. Returns at once; a notice
        tells of failures."""
        session, player = self._session, self.player
        lexicons, story = session.settings.lexicons, session.story

        def settle() -> None:
            try:
                lexicons.settle(entry, story, only_here=only_here, language=language, manner=manner)
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
        """True if the text shall scroll with what sounds: the listener had not scrolled away in the last story."""
        return habits.read(self._session.settings.habits).following is not False

    @property
    def reading(self) -> str | None:
        """What was marked in the text when leaving the last story (see ReadingMode); None: the usual."""
        return habits.read(self._session.settings.habits).reading

    @property
    def other_theme(self) -> str | None:
        """The theme that a switch between dark and light leads to; None: the usual."""
        return habits.read(self._session.settings.habits).other_theme

    def keep_habits(self, changed: Habits) -> None:
        """Listen so from now on, wherever the settings say nothing else."""
        try:
            habits.keep(self._session.settings.habits, changed)
        except OSError:
            _logger.warning("speed, volume and theme are not kept", exc_info=True)

    def remember(self, block: int, character: int, heard: float | None = None) -> None:
        """Keep the listener's place; see `PlaceKeeper.keep`. Returns at once."""
        if self._places is not None:
            self._places.keep(block, character, heard)

    def describe(self, *, finished: bool = False) -> None:
        """Keep what the library shows of the story; `finished` when it was heard to its end. Returns at once."""
        if self._places is None:
            return
        timeline = self.player.timeline
        self._places.describe(self.player.voice.id, timeline.duration / timeline.rate, finished=finished)

    def export(
        self,
        path: Path,
        progress: Callable[[Progress], None],
        cancelled: Event,
        chapter: int | None,
        *,
        skip_unspeakable: bool = False,
    ) -> Summary:
        """Write a file, of the story or one of its chapters (an index), while the story plays: at speed 1, in the voice
        that speaks now, even if the voice changes meanwhile. Raises as `Session.export`."""
        options = Options(skip_unspeakable=skip_unspeakable)
        with self.player.borrow(chapter) as part:
            return export_story(part.timeline, part.renderer, path, options, progress=progress, cancelled=cancelled)

    def leave_export(self, path: Path, chapter: int | None, *, skip_unspeakable: bool = False) -> Popen[bytes]:
        """Make the same file in a process that goes on when this one ends, and return that. Raises ExportError."""
        from player.session.left_export import Order, start

        voice = self.player.voice.id
        return start(Order(self._session.settings, self.player.story, voice, path, chapter, skip_unspeakable))
