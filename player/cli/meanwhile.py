"""Imports for the first page, the first sound and the screen, in steps, while a story is read."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from player.importing import importing
from player.settings import Settings

_FIRST = (
    "player.stories",
    "player.session.prelude",
    "player.playback.player",
    "player.playback.output.supervised",
    "player.tui.first_page",
    *(
        f"player.utterance.spoken.recognisers.{group}"
        for group in ("calendar", "marks", "mathematics.formula", "names", "numbers.fraction", "quantities.measure")
    ),
    "player.utterance.spoken.speakable",
)
"""Modules between a story and its first sound, those of its first page before others. Those that take long are imported
in parts."""
_SCREEN = ("rich.console", "textual", "textual.widget", "textual.app", "player.tui.showing", "player.tui.app")
"""Modules of the screen, each with some of those that the last one imports: 20 to 60 ms."""

_PAUSE = 0.25
"""Seconds for the story before the screen is imported: its reader and the voice need the cores, and so come first."""


def imports(settings: Settings) -> Iterator[float]:
    """Yield after each step, so that a story is taken as soon as it is read: the seconds until the next step."""
    for module in _FIRST:
        _import(module)
        yield 0
    if not settings.silent:
        _import_device()
        yield 0
    _read_tables(settings.language)
    yield _PAUSE
    for module in _SCREEN:
        _import(module)
        yield 0


def _import(module: str) -> None:
    with importing():
        import_module(module)


def _import_device() -> None:
    from player.audio.segment.flac import library

    with importing():
        library()


def _read_tables(language: str | None) -> None:
    """Read what the first sentence of a language is spoken by: 0.02 s."""
    from player.early.voice import USUAL
    from player.story.model import Block, BlockKind, Story
    from player.utterance.script import Script

    script = Script(Story("", (Block(BlockKind.PARAGRAPH, "It rained."),)), language=language or USUAL)
    with importing():
        script.spoken(0)
