"""From a key typed into find to the drawn screen, in a book of 3 MB that plays: by the clock, and of the processor."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from pathlib import Path

from textual.widgets import Input

from player.story.model import Block, BlockKind, Story
from tests.tui.stage import Stage, stage

_WORDS = (
    "the keeper climbed every evening and “every” window — along the quay went dark Größe naïve it’s one by one as soon"
)
_TYPED = ("every window", "grosse", "the keeper", "one by one", "it's one")
_CHARACTERS = 3_000_000
_IN_A_BLOCK = 90


def run(folder: Path) -> None:
    """Print the figures."""
    asyncio.run(_run(folder))


async def _run(folder: Path) -> None:
    chance = random.Random(1)
    words = _WORDS.split()
    texts: list[str] = []
    while sum(map(len, texts)) < _CHARACTERS:
        texts += [" ".join(chance.choice(words) for _ in range(_IN_A_BLOCK)) + "." for _ in range(100)]
    story = Story("Book", tuple(Block(BlockKind.PARAGRAPH, text) for text in texts), language="en")
    async with stage(folder / "cache", (120, 36), story, rendered=False) as s:
        s.player.transport.play()
        await s.pilot.press("slash")
        first = await _typed(s, "z")
        keys = [await _typed(s, text[:end]) for text in _TYPED for end in range(1, len(text) + 1)]
    clock, processor = (sorted(1000 * key[which] for key in keys) for which in (0, 1))
    print(f"first key, which folds the book: {1000 * first[0]:.0f} ms, of the processor {1000 * first[1]:.0f}")
    for name, times in (("by the clock", clock), ("of the processor, with what plays", processor)):
        print(f"a key, {name}: {statistics.median(times):.0f} ms, 95th percentile {times[len(times) * 95 // 100]:.0f}")


async def _typed(s: Stage, text: str) -> tuple[float, float]:
    """Return the seconds by the clock and of the processor until the screen shows what a text finds."""
    before, field = s.transcript.marks.hits, s.app.query_one(Input)
    began = time.perf_counter(), time.process_time()
    field.value = text
    while s.transcript.marks.hits is before:
        await asyncio.sleep(0.0005)
    drawn = asyncio.Event()
    s.app.call_after_refresh(drawn.set)
    await drawn.wait()
    return time.perf_counter() - began[0], time.process_time() - began[1]
