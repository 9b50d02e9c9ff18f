"""The README's picture, taken of the real player on the bundled story.

    python -m tests.tui.screenshot picture.svg && \
    sed -i "s/Fira Code/DejaVu Sans Mono/g" picture.svg && rsvg-convert -w 1200 picture.svg -o tests/data/screenshot.png
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from player.audio.cache import DiskCache
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.session import SAMPLE, Cast
from player.story.sources import load
from player.tui.app import ListenApp
from player.utterance.script import Script
from tests.tui.stage import seek

_BLOCK, _WORD = 5, "football"


class _Named(SilentOutput):
    """Silent, and not said to be: on most machines there is a loudspeaker."""

    name = "PulseAudio"


async def main(target: Path) -> None:
    """Open the story, go to a word, and save the screen."""
    with tempfile.TemporaryDirectory() as cache:
        player = Player.open(
            Script(load(str(SAMPLE)), engine="hibari"),
            Cast.start("hibari", "heart", "en").speaker(),
            DiskCache(Path(cache)),
            open_output=lambda rate, notify: _Named(rate),
        )
        for block in range(len(player.script)):
            for utterance in range(len(player.timeline.utterances(block))):
                player.renderer.segment(block, utterance)
        app = ListenApp(player, resume=None, remember=lambda *_: None, export=lambda *_: None, theme="dark")  # type: ignore[arg-type, return-value]
        async with app.run_test(size=(100, 30)) as pilot:
            await seek(pilot, player, _BLOCK, _WORD)
            target.write_text(app.export_screenshot(title="listen"))
        player.close()


asyncio.run(main(Path(sys.argv[1])))
