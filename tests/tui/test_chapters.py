"""Chapters in the player: the list, the keys, the title, and an export of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from rich.cells import cell_len
from textual.widgets import Checkbox, Input, OptionList

from player.export import Progress, Summary
from player.speech.engine import Seconds
from player.story.model import Block, BlockKind, Section, Story
from tests.tui.stage import Stage, stage

BOOK = Story(
    "A Small Book",
    (
        Block(BlockKind.HEADING, "A Small Book", 1),
        Block(BlockKind.PARAGRAPH, "For nobody in particular."),
        Block(BlockKind.HEADING, "One", 2),
        Block(BlockKind.PARAGRAPH, "The first chapter is short. It has two sentences."),
        Block(BlockKind.HEADING, "Two [of three]", 2),
        Block(BlockKind.PARAGRAPH, "The second chapter is no longer than the first."),
        Block(BlockKind.HEADING, "An inner part", 3),
        Block(BlockKind.PARAGRAPH, "And this is the end."),
    ),
    language="en",
    identity="book",
    sections=(Section(2, "One"), Section(4, "Two [of three]"), Section(6, "An inner part", 2)),
)


async def _at(s: Stage, sentence: str) -> None:
    await s.until(lambda: s.sentence == sentence, sentence)


async def test_keys_skip_chapters(tmp_path: Path) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.pilot.press("n")
        await _at(s, "One")
        assert "One" in s.lines()[1], "the chapter stands below the title"
        await s.pilot.press("n")
        await _at(s, "Two [of three]")
        await s.seek(5, "no longer")
        await s.pilot.press("p")
        await _at(s, "Two [of three]")
        await s.pilot.press("p", "p")
        await _at(s, BOOK.title)
        await s.pilot.press("p")
        await _at(s, BOOK.title)
        await s.pilot.press("n", "n", "n", "n")
        await _at(s, "An inner part")


async def test_the_list_shows_all_chapters_and_goes_to_the_chosen(tmp_path: Path) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.seek(3, "It has")
        await s.pilot.press("c")
        await s.until(lambda: "Chapters" in s.text, "the list")
        lines = [line for line in s.lines() if "0:0" in line and "≈" not in line]
        assert "Beginning" in lines[0], "what comes before the first chapter"
        assert any("▸ 1  One" in line for line in lines), "the one that sounds is marked"
        assert any("  3    An inner part" in line for line in lines), "what lies within another is indented"
        await s.pilot.press("down", "enter")
        await _at(s, "Two [of three]")
        assert len(s.app.screen_stack) == 1


@pytest.mark.parametrize("size", [(100, 30), (60, 16)])
async def test_many_long_chapters_have_a_line_each(tmp_path: Path, size: tuple[int, int]) -> None:
    titles = [f"{title} {n}" for n in range(20) for title in ("A title longer than any list is wide, by far", "題名")]
    blocks = tuple(Block(BlockKind.HEADING, title, 2) for title in titles)
    book = replace(BOOK, blocks=blocks, sections=tuple(Section(n, title) for n, title in enumerate(titles)))
    async with stage(tmp_path, size, book, rendered=False) as s:
        await s.pilot.press("c")
        await s.until(lambda: "Esc close" in s.text, "the list, and what to do with it")
        inside = [line.split("│")[1].rstrip(" ▁▂▃▄▅▆▇█") for line in s.lines() if line.count("│") == 2]
        inside = [line for line in inside if "A title" in line or "題名" in line]
        assert len(inside) > 6
        assert all(re.search(r"≈ \d:\d\d +≈ \d:\d\d +\d+%$", line) for line in inside)
        assert len({cell_len(line) for line in inside}) == 1, "the lengths stand below one another"


async def test_on_a_narrow_screen_titles_come_before_times(tmp_path: Path) -> None:
    async with stage(tmp_path, (40, 12), BOOK) as s:
        await s.pilot.press("c")
        await s.until(lambda: "Two [of three]" in s.text, "a whole title")
        assert "begins" in s.text and "lasts" not in s.text and "0:0" in s.text


async def test_chapters_are_filtered_by_what_is_typed(tmp_path: Path) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.pilot.press("c", *"ÍNNER")
        await s.until(lambda: s.text.count("An inner part") == 1 and "Beginning" not in s.text, "the one chapter")
        await s.pilot.press("enter")
        await _at(s, "An inner part")
        await s.pilot.press("c", *"one")
        await s.until(lambda: "Two [of" not in s.text, "that one")
        await s.pilot.press(*"xx")
        await s.until(lambda: "No chapter's title has this" in s.text, "that there is none")
        await s.pilot.press(*["backspace"] * 5, "pageup", "enter")
        await _at(s, BOOK.title)


async def test_a_number_means_the_same_chapter_in_the_list_and_where_it_is_typed(tmp_path: Path) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        for number, title in ((3, "An inner part"), (0, BOOK.title), (2, "Two [of three]"), (1, "One")):
            await s.pilot.press("colon", *f"c{number}", "enter")
            await _at(s, title)
            await s.seek(3, "It has")
            await s.pilot.press("c", str(number))
            await s.until(lambda wanted=number: f"  {wanted}  " in s.text, "the line")
            await s.pilot.press("enter")
            await _at(s, title)


async def test_the_chapter_in_view_stays_at_the_top(tmp_path: Path) -> None:
    blocks = tuple(
        block for n in range(3) for block in (Block(BlockKind.HEADING, f"Part {n}", 2), *BOOK.blocks[3:4] * 20)
    )
    book = replace(BOOK, blocks=blocks, sections=tuple(Section(n, f"Part {n // 21}") for n in (0, 21, 42)))
    async with stage(tmp_path, story=book, rendered=False) as s:
        await s.until(lambda: "Part 0" in s.lines()[1], "the chapter that sounds")
        s.transcript.look(60)
        await s.until(lambda: "Part 1" in s.lines()[1], "the chapter in view")
        await s.pilot.press("f")
        await s.until(lambda: "Part 0" in s.lines()[1], "the chapter that sounds again")


async def test_a_chapter_can_be_clicked(tmp_path: Path) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.pilot.press("c")
        await s.until(lambda: "Chapters" in s.text, "the list")
        await s.pilot.click(s.app.screen.query_one(OptionList), offset=(6, 3))
        await _at(s, "An inner part")


async def test_a_story_without_chapters_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("c")
        await s.until(lambda: "no chapters" in s.text, "the notice")
        await s.pilot.press("n")
        assert s.player.transport.position().elapsed == 0


async def test_one_chapter_can_be_exported(tmp_path: Path) -> None:
    asked: list[tuple[Path, int | None]] = []

    def export(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
        asked.append((path, chapter))
        return Summary(path, Seconds(1.0), 1)

    async with stage(tmp_path, story=BOOK, export=export) as s:
        await s.seek(5, "The second")
        await s.pilot.press("e")
        path = s.app.screen.query_one(Input)
        assert path.value == "A Small Book.mp3"
        await s.pilot.click(s.app.screen.query_one(Checkbox))
        await s.until(lambda: path.value == "02 Two of three.mp3", "the chapter's name")
        path.focus()
        await s.pilot.press("enter")
        await s.until(lambda: "Exported" in s.text, "the notice")
    assert [(path.name, chapter) for path, chapter in asked] == [("02 Two of three.mp3", 1)]


async def test_the_box_for_a_chapter_is_filled_when_it_is_checked_and_enter_exports(tmp_path: Path) -> None:
    asked: list[int | None] = []

    def export(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
        asked.append(chapter)
        return Summary(path, Seconds(1.0), 1)

    async with stage(tmp_path, story=BOOK, export=export) as s:
        await s.seek(5, "The second")
        await s.pilot.press("e")
        await s.until(lambda: "▐ ▌ Only this chapter" in s.text, "an empty box")
        await s.pilot.press("tab", "space")
        await s.until(lambda: "▐X▌ Only this chapter" in s.text, "a checked one")
        await s.pilot.press("enter")
        await s.until(lambda: "Exported" in s.text, "the notice")
    assert asked == [1]
