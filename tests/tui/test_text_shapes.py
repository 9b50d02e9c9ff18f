"""Lists, quotations, code, tables and notes as the transcript shows them."""

from __future__ import annotations

from pathlib import Path

from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from tests.tui.stage import stage


def _loaded(folder: Path, text: str, name: str = "story.md") -> Story:
    file = folder / name
    file.write_text(text)
    return load(str(file))


async def test_a_list_has_one_mark_and_quotations_stand_in_each_other(tmp_path: Path) -> None:
    text = "1. Oil the lamp.\n2. Trim it.\n\n- A. Smith came.\n- Nobody else.\n\n> She wrote:\n>\n> > Stay awake.\n"
    story = _loaded(tmp_path, text)
    async with stage(tmp_path, story=story, rendered=False) as s:
        shown = [line.strip() for line in s.transcript_lines()]
        assert {"1. Oil the lamp.", "2. Trim it.", "• A. Smith came.", "▌ She wrote:", "▌ ▌ Stay awake."} <= set(shown)


async def test_letters_count_as_numbers_beside_each_other(tmp_path: Path) -> None:
    items = ("a) Oil.", "b) Wick.", "c) Glass.")
    story = Story("List", tuple(Block(BlockKind.LIST_ITEM, item, 1) for item in items), language="en")
    async with stage(tmp_path, story=story, rendered=False) as s:
        assert "•" not in "".join(s.transcript_lines())


def test_mail_and_html_keep_the_depth_of_quotations(tmp_path: Path) -> None:
    mail = _loaded(
        tmp_path, "On Friday she wrote:\n\n> You asked:\n>\n> > Will it burn all night?\n\nIt will.\n", "a.txt"
    )
    assert [b.level for b in mail.blocks if b.kind is BlockKind.QUOTATION] == [0, 1]
