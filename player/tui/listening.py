"""The interface between the screen and the story that was opened for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Protocol

from player.library.step_back import StepBack
from player.playback.player import Player

if TYPE_CHECKING:
    from subprocess import Popen

    from player.export import Progress, Summary
    from player.library import Remembered
    from player.library.habits import Habits
    from player.library.notebook import Notebook
    from player.speech.engine import Voice
    from player.utterance.lexicon.entry import Entry
    from player.utterance.manner import Manner


class Listening(Protocol):
    """One story being listened to."""

    @property
    def player(self) -> Player:
        """The story's player."""

    @property
    def is_whole(self) -> bool:
        """True for a whole story; False for its beginning, while the rest is read."""

    @property
    def resume(self) -> Remembered | None:
        """The place that the story goes on from, for a notice; None from the beginning."""

    @property
    def step_back(self) -> StepBack:
        """The breaks after which the story goes on from an earlier place."""

    @property
    def notes(self) -> Notebook:
        """The story's notes."""

    def remember(self, block: int, character: int, heard: float | None = None) -> None:
        """Keep the listener's place, `heard` in seconds since 1970: now, or 0 for a story that was only opened. Returns
        at once."""

    def describe(self, *, finished: bool = False) -> None:
        """Keep what the library shows of the story; `finished` when it was heard to its end. Returns at once."""

    def voices(self) -> Sequence[Voice]:
        """Return the voices for the story's language, the best first. Called in a thread.

        Raises PlayerError.
        """

    def preview(self, voice: str, text: str, entry: Entry | None = None, language: str = "") -> Player:
        """Return a player of one text in a voice ("engine:name"), paused; `entry` is a pronunciation to try. The text
        is in `language` (BCP 47), or in the story's. Called in a thread; the caller closes the player.

        Raises PlayerError.
        """

    def aside(self, text: str) -> Player:
        """Return a paused player of any text, in the voice for its language. Called in a thread; the caller closes the
        player.

        Raises PlayerError.
        """

    def cover(self) -> bytes:
        """Return the story's cover, a JPEG. Called in a thread. Raises PlayerError."""

    def pronounce(self, entry: Entry, *, only_here: bool, language: str, manner: Manner) -> None:
        """Keep a pronunciation, for this story or for all, and say the word so from now on; without `say` and `ipa`,
        as it is written. `language` is the word's, `manner` that of the engine that says it. Returns at once; a notice
        tells of failures."""

    @property
    def reachable(self) -> bool:
        """True if other programs may steer the player."""

    @property
    def following(self) -> bool:
        """True if the text shall scroll with what sounds: the listener had not scrolled away in the last story."""

    @property
    def reading(self) -> str | None:
        """What was marked in the text when leaving the last story (see ReadingMode); None: the usual."""

    @property
    def other_theme(self) -> str | None:
        """The theme that a switch between dark and light leads to; None: the usual."""

    def keep_habits(self, changed: Habits) -> None:
        """Listen so from now on, wherever the settings say nothing else."""

    def keep_voice(self, voice: str) -> None:
        """Speak this language in a voice from now on, wherever the settings name none. Returns at once."""

    def export(
        self,
        path: Path,
        progress: Callable[[Progress], None],
        cancelled: Event,
        chapter: int | None,
        *,
        skip_unspeakable: bool = False,
    ) -> Summary:
        """Write a file while the story plays: the whole story, or one chapter (an index). Sentences that cannot be said
        are an Unsaid, or left out if `skip_unspeakable`. Called in a thread.

        Raises PlayerError.
        """

    def leave_export(self, path: Path, chapter: int | None, *, skip_unspeakable: bool = False) -> Popen[bytes]:
        """Make the same file in a process that goes on when this one ends, and return that. Called in a thread.

        Raises PlayerError.
        """
