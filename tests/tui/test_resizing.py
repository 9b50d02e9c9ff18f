from __future__ import annotations

from pathlib import Path

from player.story.model import Block, BlockKind, Story
from tests.tui.stage import long_story, stage

LONG = Story(
    "Long",
    tuple(
        Block(BlockKind.PARAGRAPH, " ".join(f"word{i} of block {b} goes on for a while." for i in range(120)))
        for b in range(3)
    ),
    language="en",
)
"""Paragraphs longer than a screen: the top of the view is somewhere inside one."""


async def test_dragging_the_terminal_through_many_widths_ends_where_it_began(tmp_path: Path) -> None:
    async with stage(tmp_path, (100, 20), LONG, rendered=False) as s:
        for _ in range(20):
            await s.pilot.press("shift+down")
        await s.until(lambda: s.transcript.scroll_offset.y == 60, "the view to be further down")
        before = s.transcript_lines()
        for width in [*range(99, 50, -4), *range(51, 101, 4), 100]:
            await s.pilot.resize_terminal(width, 20)
        await s.until(lambda: s.transcript_lines() == before, "the same lines to be in view")


async def test_a_wider_bar_has_room_for_more_ticks_also_while_paused(tmp_path: Path) -> None:
    async with stage(tmp_path, (60, 16), long_story(20)) as s:
        ticks = "▏"
        assert ticks not in s.lines()[-3]
        await s.pilot.resize_terminal(160, 16)
        await s.until(lambda: s.lines()[-3].count(ticks) == 19, "a tick for every paragraph but the first")


async def test_a_tiny_terminal_shows_what_is_said(tmp_path: Path) -> None:
    async with stage(tmp_path, (60, 16)) as s:
        for width, height in ((20, 5), (10, 3)):
            await s.pilot.resize_terminal(width, height)
            await s.until(lambda height=height: s.transcript.size.height == height - 2, "the text above the bar")
            await s.seek(3, "quite")
            await s.until(lambda: "quite" in s.text, "the word")
            assert s.app.screen.max_scroll_y == 0
        await s.pilot.resize_terminal(60, 16)
        await s.until(lambda: "Ada [x] Lind" in s.text and "q quit" in s.text, "all of it again")


async def test_the_field_that_is_typed_into_is_in_view_in_a_small_terminal(tmp_path: Path) -> None:
    async with stage(tmp_path, (20, 6)) as s:
        for key, typed in (("e", "sea.mp3"), ("l", "see")):
            await s.pilot.press(key)
            await s.until(lambda: len(s.app.screen_stack) == 2, "the dialog")
            await s.pilot.press(*typed)
            await s.until(lambda typed=typed: typed in s.text, "what was typed")
            await s.pilot.press("escape")
