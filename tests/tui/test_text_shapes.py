"""Lists, quotations, code, tables and notes as the transcript shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.playback.player import Player
from player.playback.position import State
from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from player.story.reading.blocks.styled import address_of
from player.tui.transcript.right_to_left import note_for
from tests.tui.stage import open_player, stage


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


CODE = """
The keeper wrote this:

```python
def lamp(lit):
    if lit:
        burn("\\x1b[31m")
```

    and = this

Then she slept.
"""


async def test_code_is_shown_below_its_announcement(tmp_path: Path) -> None:
    story = _loaded(tmp_path, CODE)
    assert [block.text for block in story.blocks[-2:]] == ["Code example.", "Then she slept."]
    async with stage(tmp_path, (80, 30), story, rendered=False) as s:
        lines = [line.strip() for line in s.transcript_lines()]
        at = lines.index("Code example.")
        assert lines[at + 1 : at + 6] == ["def lamp(lit):", "if lit:", 'burn("\\x1b[31m")', "", "and = this"]
        assert lines[at + 7] == "Then she slept."
        x, y = s.transcript.cell_of(len(story.blocks) - 1, 5)
        assert s.transcript.character_at(x, y) == (len(story.blocks) - 1, 5)
        assert s.transcript.character_at(x, y - 3) is None


def test_code_of_web_pages_is_kept_as_written(tmp_path: Path) -> None:
    words = "The keeper wrote a little program for the lamp, and it ran all night without a fault. " * 6
    page = f"<html><body><article><h1>Lamp</h1><p>{words}</p><pre><code>if lit:\n    burn()</code></pre><p>{words}!</p>"
    code = [block.code for block in _loaded(tmp_path, page, "a.html").blocks if block.code]
    assert code == ["if lit:\n    burn()"]


def test_code_has_no_control_characters(tmp_path: Path) -> None:
    story = _loaded(tmp_path, "Look:\n\n```\na\x1b]0;title\x07b\u202ec\n\td\n```\n")
    assert story.blocks[-1].code == "a]0;titlebc\n    d"


NOTED = """
The lamp was lit at nine.[^1] Nobody slept[^b] before.

Then she went home.

[^1]: Nine in the evening.
[^b]: So they said.
"""


async def test_the_note_of_a_sentence_is_shown_and_said_and_the_story_goes_on(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24), _loaded(tmp_path, NOTED)) as s:
        line = next(line for line in s.transcript_lines() if "Nobody slept" in line)
        assert line.endswith(("¹ ²", "¹…")), "the marks are in the margin"
        underlined = [part.text for part in s.transcript.render_line(1) if part.style and part.style.underline]
        assert underlined == ["nine.", "slept"]
        said: list[str] = []

        def preview(voice: str, text: str, entry: object = None, language: str = "") -> Player:
            said.append(text)
            return open_player(tmp_path, Story("", (Block(BlockKind.PARAGRAPH, text),), language="en"))

        s.app.listening.preview = preview  # type: ignore[attr-defined]
        await s.seek(0, "Nobody")
        await s.pilot.press("space", "i")
        await s.until(lambda: "So they said." in s.text, "the note")
        assert said == ["So they said."] and s.player.transport.position().state is State.PAUSED
        await s.until(lambda: "So they said." not in s.text, "the note to end")
        await s.until(lambda: s.player.transport.position().state is not State.PAUSED, "the story to go on")
        await s.pilot.press("space")
        await s.seek(1, "home")
        await s.pilot.press("i")
        await s.until(lambda: "So they said." in s.text, "the last note before")
        await s.pilot.press("escape")
        assert s.player.transport.position().state is State.PAUSED


STYLED = """
The *lamp* burned **all night** in [the tower](https://example.org/a?b=c&d=1), and `oil` was [dear](chapter.md).

3. The **third** keeper.
"""


async def test_bold_emphasis_and_links_are_shown(tmp_path: Path) -> None:
    story = _loaded(tmp_path, STYLED)
    text = story.blocks[0].text
    shown = [(text[one.start : one.end], one.look, one.address) for one in story.blocks[0].styled]
    assert shown == [
        ("lamp", "emphasis", ""),
        ("all night", "strong", ""),
        ("the tower", "link", "https://example.org/a?b=c&d=1"),
        ("oil", "code", ""),
    ]
    async with stage(tmp_path, (100, 24), story, rendered=False) as s:
        parts = [part for y in range(4) for part in s.transcript.render_line(y) if part.style]
        assert "lamp" in "".join(part.text for part in parts if part.style and part.style.italic)
        assert "third" in "".join(part.text for part in parts if part.style and part.style.bold)
        link = next(part for part in parts if part.style and part.style.link)
        assert link.style is not None and (link.text, link.style.link) == ("the tower", "https://example.org/a?b=c&d=1")


def test_styles_of_web_pages_are_found_and_change_no_text(tmp_path: Path) -> None:
    words = "The keeper of the lamp went up the stairs every evening, whatever the weather was like. " * 4
    plain = f"<html><body><article><h1>Lamp</h1><p>Who {words}</p><p>She {words} and came down late.</p></article>"
    marked = plain.replace("She The", "<b>She</b> The").replace("down late", '<a href="/late">down</a> <i>late</i>')
    before, after = (_loaded(tmp_path, page, f"{n}.html") for n, page in enumerate((plain, marked)))
    assert [block.text for block in before.blocks] == [block.text for block in after.blocks]
    last = after.blocks[-1]
    shown = [(last.text[one.start : one.end], one.look) for one in last.styled]
    assert shown == [("She", "strong"), ("late", "emphasis")]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "https://b.org/a"),
        ("https://b.org/\x1b]8;;x\x07 y", "https://b.org/%1B]8;;x%07%20y"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://[", ""),
    ],
)
def test_addresses_are_fit_for_a_terminal(link: str, address: str) -> None:
    assert address_of(link, "https://b.org/story") == address


async def test_right_to_left_text_stands_on_the_right(tmp_path: Path) -> None:
    text = "לא ישן איש בעיר לפני שנדלקה המנורה."
    blocks = (
        Block(BlockKind.PARAGRAPH, text),
        Block(BlockKind.LIST_ITEM, "שמן", 1),
        Block(BlockKind.PARAGRAPH, "End."),
    )
    async with stage(tmp_path, (60, 16), Story("Lamp", blocks, language="he"), rendered=False) as s:
        lines = [line for line in s.transcript_lines() if line]
        edge = s.transcript.left + s.transcript.layout_of_text.width
        assert [len(line) for line in lines[:2]] == [edge, edge] and lines[1].endswith("שמן •")
        assert lines[2] == "  End."
        at = text.index("בעיר")
        assert s.transcript.character_at(*s.transcript.cell_of(0, at)) == (0, at)


def test_a_terminal_that_cannot_order_letters_is_told_of() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, "… لم ينم أحد"),)
    assert "wrong order" in note_for(blocks, {"TERM": "xterm"})
    assert note_for(blocks, {"VTE_VERSION": "7600"}) == ""
    assert "wrong order" in note_for(blocks, {"VTE_VERSION": "7600", "TMUX": "/tmp/tmux"})
    assert note_for((Block(BlockKind.PARAGRAPH, "Nobody: أحد"),), {}) == ""


TABLE = """
Who kept it:

| Name | Born in | Years |
|---|---|---|
| Ines Lind | 1911 | forty |
| 東京 Ann | | two |

Nobody else did.
"""


async def test_a_table_is_shown_in_columns(tmp_path: Path) -> None:
    story = _loaded(tmp_path, TABLE)
    async with stage(tmp_path, (70, 20), story) as s:
        lines = [line.strip() for line in s.transcript_lines() if line.strip()]
        assert lines[1:4] == ["Name       Born in  Years", "Ines Lind  1911     forty", "東京 Ann            two"]
        await s.seek(1, "1911")
        assert s.drawn("text sentence word") == "1911"
        for words, block in (("Lind", 1), ("forty", 1), ("two", 2)):
            at = story.blocks[block].text.index(words)
            assert s.transcript.character_at(*s.transcript.cell_of(block, at)) == (block, at)
    async with stage(tmp_path, (22, 20), story, rendered=False) as s:
        assert any("Name: Ines" in line for line in s.transcript_lines()), "without room it is read as a list"
