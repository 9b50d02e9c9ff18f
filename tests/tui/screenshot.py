"""The README's pictures: the player and its library, and an exported page in Chromium, all real.

    python -m tests.tui.screenshot tests/data

writes player.png, library.png and page.png there. Needs chromium, and the font they are set in (fonts-firacode).
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.export import LEAD_SECONDS, export_story
from player.library import Addition, Library
from player.library.shelf import Shelf
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.settings import Settings
from player.sources import SAMPLE
from player.stories import Stories
from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from player.tui.app import ListenApp
from player.utterance.script import Script
from tests.support.browser import browser, opened
from tests.tui.stage import Listened, text_of, until

_BLOCK, _WORD = 5, "football"
_DAY = 86_400
_COLOURS = 128
"""Of a picture: a quarter of the bytes that all would take."""

_HEARD = (
    ("The Keeper of the Lamp Room", str(SAMPLE), "hibari:heart", 0, 205.0, 0.26),
    ("Moby-Dick; or, The Whale", "/home/ann/books/moby-dick.epub", "hibari:emma", 0, 81_000.0, 0.41),
    ("Die Verwandlung", "https://www.gutenberg.org/ebooks/22367", "piper:thorsten-medium", 1, 7_300.0, 0.87),
    ("The harbour that moved", "https://coast.example.org/harbour", "hibari:heart", 3, 840.0, 1.0),
    ("On lenses (lecture notes)", "/home/ann/papers/lenses.pdf", "hibari:heart", 6, 5_400.0, 0.08),
)
"""(title, source, voice, days since it was heard, seconds, share that was heard)."""
_QUEUED = (("A storm took five boats", 7_900), ("What the fishermen of the north say", 12_400))


class _Named(SilentOutput):
    """Silent, and not said to be: on most machines there is a loudspeaker."""

    silent = False


def _player(cache: Path) -> Player:
    """Return a player of the bundled story, all of it rendered."""
    narrator = VoiceProcess.start("hibari", "heart", "en").voicing()
    player = Player.open(Script(load(str(SAMPLE))), narrator, _Named(narrator.rate), DiskCache(cache))
    for block in range(len(player.script)):
        for utterance in range(len(player.timeline.utterances(block))):
            player.renderer.segment(block, utterance)
    return player


def _at(player: Player) -> int:
    return player.story.blocks[_BLOCK].text.index(_WORD)


async def _reading(player: Player) -> str:
    """Return the player's screen at a word, as SVG."""
    app = ListenApp(Listened(player), theme="dark")
    player.navigation.start_at(_BLOCK, _at(player))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.transcript.spoken is not None, "the word")
        await pilot.pause()
        return app.export_screenshot(title="listen")


async def _library() -> str:
    """Return the library's screen, as SVG."""
    settings = Settings(silent=True)
    with closing(Library(settings.library)) as library:
        for title, source, voice, days, seconds, share in reversed(_HEARD):
            blocks = tuple(Block(BlockKind.PARAGRAPH, "x" * 100) for _ in range(100))
            story = Story(title, blocks, source=source, identity=title, language="en")
            library.remember(story, min(int(100 * share), 99), 0, heard=time.time() - days * _DAY)
            library.describe(story, voice, seconds, finished=share == 1.0)
    with closing(Shelf(settings.library)) as shelf:
        shelf.add([Addition(name, name, "https://coast.example.org", length) for name, length in _QUEUED])
    with closing(Stories(settings)) as stories:
        app = ListenApp(None, theme="light", stories=stories)
        async with app.run_test(size=(110, 14)) as pilot:
            await until(pilot, lambda: _HEARD[-1][0] in text_of(pilot), "the stories")
            return app.export_screenshot(title="listen")


def _drawn(picture: str) -> Callable[[Browser], bytes]:
    """Return what draws an SVG, at twice the pixels for sharp letters."""

    def draw(chromium: Browser) -> bytes:
        page = chromium.new_page(device_scale_factor=2)
        page.route("http*://**", lambda route: route.abort())  # the font is the machine's own
        page.set_content(f"<body style='margin: 0; width: 1000px'>{picture}")
        page.evaluate("document.fonts.ready")
        return page.locator("svg").screenshot(omit_background=True)

    return draw


def _page(player: Player, folder: Path) -> Callable[[Browser], bytes]:
    """Return what draws an exported page while it plays."""
    export_story(player.timeline, player.renderer, folder / "story.html")
    timeline = player.timeline.with_lead(LEAD_SECONDS)
    start = timeline.time(timeline.find(_BLOCK, _at(player)))

    def draw(chromium: Browser) -> bytes:
        size = {"width": 1000, "height": 560}
        with opened(chromium, folder / "story.html", viewport=size, device_scale_factor=2) as shown:
            shown.begin()
            shown.seek(start)
            return shown.page.screenshot()

    return draw


def _save(picture: bytes, target: Path) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(target, optimize=True)


def main(folder: Path) -> None:
    """Make the pictures."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_DATA_HOME": home}
        os.environ.pop("NO_COLOR", None)
        with closing(_player(Path(home) / "cache")) as player:
            pictures = {"player.png": _drawn(asyncio.run(_reading(player))), "page.png": _page(player, Path(home))}
            pictures["library.png"] = _drawn(asyncio.run(_library()))
            with browser() as chromium:
                for name, draw in pictures.items():
                    _save(draw(chromium), folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
