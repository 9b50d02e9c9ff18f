"""The README's picture, taken of the real player on the bundled story, and drawn by Chromium.

    python -m tests.tui.screenshot tests/data/screenshot.png

Needs chromium, and the font it is set in (fonts-firacode).
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.session import SAMPLE
from player.story.opening import load
from player.tui.app import ListenApp
from player.utterance.script import Script
from tests.support.browser import browser
from tests.tui.stage import Listened, seek

_BLOCK, _WORD = 5, "football"


class _Named(SilentOutput):
    """Silent, and not said to be: on most machines there is a loudspeaker."""

    silent = False


async def taken() -> str:
    """Open the story, go to a word, and take the screen as SVG."""
    with tempfile.TemporaryDirectory() as cache:
        narrator = VoiceProcess.start("hibari", "heart", "en").voicing()
        player = Player.open(Script(load(str(SAMPLE))), narrator, _Named(narrator.rate), DiskCache(Path(cache)))
        for block in range(len(player.script)):
            for utterance in range(len(player.timeline.utterances(block))):
                player.renderer.segment(block, utterance)
        app = ListenApp(Listened(player), theme="dark")
        async with app.run_test(size=(100, 30)) as pilot:
            await seek(pilot, player, _BLOCK, _WORD)
            picture = app.export_screenshot(title="listen")
        player.close()
    return picture


def draw(picture: str, target: Path) -> None:
    """Save an SVG as PNG, at twice the pixels for sharp letters."""
    with browser() as chromium:
        page = chromium.new_page(device_scale_factor=2)
        page.route("http*://**", lambda route: route.abort())  # the font is the machine's own
        page.set_content(f"<body style='margin: 0; width: 1000px'>{picture}")
        page.evaluate("document.fonts.ready")
        page.locator("svg").screenshot(path=target, omit_background=True)


os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}  # whatever the terminal that it is made in
os.environ.pop("NO_COLOR", None)
draw(asyncio.run(taken()), Path(sys.argv[1]))
