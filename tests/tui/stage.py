"""The player's screen for tests: a real player over real espeak-ng speech, without a sound device."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from threading import Event
from time import monotonic
from typing import Any

from textual.pilot import Pilot

from player.audio.store.cache import DiskCache, MemoryCache
from player.audio.voicing.process import VoiceProcess
from player.export import Options, Progress, Summary, export_story
from player.export.pictures.cover import drawn_cover
from player.library import Remembered
from player.library.habits import Habits
from player.library.notebook import Notebook
from player.library.step_back import USUAL, StepBack
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.session.left_export import Order, start
from player.settings import Settings
from player.story.model import Block, BlockKind, Story
from player.tui.app import ListenApp
from player.tui.export_job import Export
from player.tui.keys.table import KEYS, Key
from player.tui.transcript.view import Transcript
from player.utterance.pauses import USUAL as PAUSES
from player.utterance.pauses import Pauses
from player.utterance.script import Script

STORY = Story(
    "The [bold]Harbour[/bold] at Night",
    (
        Block(BlockKind.HEADING, "The [bold]Harbour[/bold] at Night", 1),
        Block(
            BlockKind.PARAGRAPH,
            "Nobody in the town went to sleep before the lamp was lit. It was an old habit. The keeper climbed "
            "one hundred and twenty steps every evening, and every evening the windows along the quay went "
            "dark one by one as soon as the light had turned for the first time.",
        ),
        Block(BlockKind.HEADING, "What she carried", 2),
        Block(BlockKind.LIST_ITEM, "A can of oil, never quite full.", 1),
        Block(BlockKind.LIST_ITEM, "Two newspapers [one of them old] and a pencil.", 1),
        Block(BlockKind.QUOTATION, "“A light is a promise,” she used to say. “You keep it by staying awake.”"),
        Block(BlockKind.PARAGRAPH, "Visitors from 東京 wrote 夜の港 in the book. She kept the book dry."),
        Block(
            BlockKind.PARAGRAPH,
            "In the winter of 1911 the boats came in late. She counted them from the gallery, and she counted "
            "them again, and when the last one had passed the mole she went down to put the kettle on.",
        ),
    ),
    byline="Ada [x] Lind",
    published="2026-03-14",
    language="en",
    source="test",
    identity="harbour",
)


SLOWLY = 0.001
"""A pace at which a word lasts minutes."""


def long_story(blocks: int) -> Story:
    """So many paragraphs of about 120 characters, no two alike."""
    sentence = "This is paragraph number {}, and it goes on for about as long as a line and a half of a book does. Yes."
    return Story("Long", tuple(Block(BlockKind.PARAGRAPH, sentence.format(i)) for i in range(blocks)), language="en")


@dataclass
class Stage:
    """One open screen."""

    app: ListenApp
    player: Player
    pilot: Pilot[None]
    remembered: list[tuple[int, int]]

    @property
    def transcript(self) -> Transcript:
        return self.app.transcript

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Let the app go on until the condition holds."""
        await until(self.pilot, condition, what)

    async def seek(self, block: int, words: str) -> None:
        """Go to where some words of a block begin, and wait until the screen shows it."""
        await seek(self.pilot, self.player, block, words)

    @property
    def sentence(self) -> str:
        """The sentence that is lit."""
        spoken = self.transcript.spoken
        assert spoken is not None
        return self.player.story.blocks[spoken.block].text[slice(*spoken.sentence)]

    def lines(self) -> list[str]:
        """The whole screen, as text."""
        return text_of(self.pilot).split("\n")

    def transcript_lines(self) -> list[str]:
        """The lines of the transcript's view, as text."""
        view = self.transcript
        return ["".join(part.text for part in view.render_line(y)).rstrip() for y in range(view.size.height)]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())

    def drawn(self, style: str) -> str:
        """The text of the transcript that has a look, line by line."""
        background = self.transcript._looks[style].bgcolor
        found = []
        for y in range(self.transcript.size.height):
            strip = self.transcript.render_line(y)
            part = "".join(s.text for s in strip if s.style is not None and s.style.bgcolor == background)
            if part:
                found.append(part.rstrip())
        return "\n".join(found)


def text_of(pilot: Pilot[None]) -> str:
    """The whole screen, as text."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[None], condition: Callable[[], object], what: str) -> None:
    """Let the app go on until the condition holds; fail after a while that only a hang takes."""
    end = monotonic() + 60
    while True:
        await pilot.pause()
        if condition():
            return
        assert monotonic() < end, f"waited in vain for {what}:\n{text_of(pilot)}"
        await pilot.pause(0.02)


async def seek(pilot: Pilot[None], player: Player, block: int, words: str) -> None:
    """Go to where some words of a block begin, and wait until the screen shows it."""
    at = player.story.blocks[block].text.index(words)
    player.navigation.seek(block, at)
    transcript = pilot.app.query_one(Transcript)

    def shown() -> bool:
        spoken = transcript.spoken
        return bool(spoken and spoken.block == block and spoken.word and spoken.word.start <= at < spoken.word.end)

    await until(pilot, shown, f"{words!r} to be lit")


def open_player(
    cache: Path, story: Story = STORY, *, rendered: bool = True, pauses: Pauses = PAUSES, pace: float = 1.0
) -> Player:
    """A paused player; everything rendered, so that all its times are exact. Its clock goes at a pace: at `SLOWLY` the
    same word sounds for as long as any test takes."""
    narrator = VoiceProcess.start("pyttsx3", "", "en").voicing()
    script = Script(story, language="en", pauses=pauses)
    player = Player.open(script, narrator, SilentOutput(narrator.rate, pace=pace), DiskCache(cache))
    if rendered:
        for block in range(len(player.script)):
            for utterance in range(len(player.timeline.utterances(block))):
                player.renderer.segment(block, utterance)
    return player


class Listened:
    """What the app is given: nothing remembered, and the player's own export unless another is given."""

    is_whole = True

    def __init__(
        self,
        player: Player,
        *,
        resume: Remembered | None = None,
        step_back: StepBack = USUAL,
        following: bool = True,
        reading: str | None = None,
        other_theme: str | None = None,
        reachable: bool = False,
        export: Export | None = None,
        remembered: list[tuple[int, int]] | None = None,
        library: Path = Path(":memory:"),
    ) -> None:
        self.player = player
        self.notes = Notebook(library, player.story, player.notices.append)
        self.resume = resume
        self.step_back = step_back
        self.following = following
        self.reading = reading
        self.other_theme = other_theme
        self.reachable = reachable
        self.kept: list[Habits] = []
        self.finished = False
        self.remembered = [] if remembered is None else remembered
        self._export = export

    def aside(self, text: str) -> Player:
        story = Story("", (Block(BlockKind.PARAGRAPH, text),), language="en")
        narrator = VoiceProcess.start("pyttsx3", "", "en").voicing()
        return Player.open(Script(story, language="en"), narrator, SilentOutput(narrator.rate), MemoryCache())

    def cover(self) -> bytes:
        return drawn_cover(self.player.story, MemoryCache())

    def keep_habits(self, changed: Habits) -> None:
        self.kept.append(changed)

    def describe(self, *, finished: bool = False) -> None:
        self.finished |= finished

    def remember(self, block: int, character: int, heard: float | None = None) -> None:
        self.remembered.append((block, character))

    def export(
        self,
        path: Path,
        progress: Callable[[Progress], None],
        cancelled: Event,
        chapter: int | None,
        *,
        skip_unspeakable: bool = False,
    ) -> Summary:
        if self._export is not None:
            return self._export(path, progress, cancelled, chapter)
        options = Options(skip_unspeakable=skip_unspeakable)
        with self.player.borrow(chapter) as part:
            return export_story(part.timeline, part.renderer, path, options, progress=progress, cancelled=cancelled)

    def leave_export(self, path: Path, chapter: int | None, *, skip_unspeakable: bool = False) -> Popen[bytes]:
        return start(Order(Settings(), self.player.story, self.player.voice.id, path, chapter, skip_unspeakable))


def make_app(player: Player, *, theme: str = "dark", keys: tuple[Key, ...] = KEYS, **given: Any) -> ListenApp:
    """The app over what a Listened is given. Nothing moves by itself."""
    app = ListenApp(Listened(player, **given), theme=theme, keys=keys)
    app.animation_level = "none"
    return app


@asynccontextmanager
async def stage(
    cache: Path,
    size: tuple[int, int] = (100, 30),
    story: Story = STORY,
    *,
    rendered: bool = True,
    player: Player | None = None,
    **changes: Any,
) -> AsyncIterator[Stage]:
    """The screen, open and shown once; by default with a player that speaks as usual."""
    player = player or open_player(cache, story, rendered=rendered)
    remembered: list[tuple[int, int]] = []
    app = make_app(player, remembered=remembered, **changes)
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            stage = Stage(app, player, pilot, remembered)
            await stage.until(lambda: app.transcript.spoken is not None, "the first look at the transport")
            yield stage
    finally:
        app.listening.notes.close()
        player.close()
