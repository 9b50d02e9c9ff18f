"""Markdown: what is said of it, without its marks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.story.reading import load, outline, read

SAMPLE = Path(__file__).parents[2] / "player" / "samples" / "the-lamp-room.md"


def test_the_bundled_story() -> None:
    story = load(str(SAMPLE))
    assert story.title == "The Keeper of the Lamp Room"
    assert (story.byline, story.published, story.language) == ("Marta Lindqvist", "2026-03-14", "en")
    kinds = [kind for kind, _, _ in outline(story)]
    assert [kinds.count(kind) for kind in ("heading", "list item", "quotation")] == [4, 3, 1]
    assert [text for _, _, text in outline(story)].count(story.title) == 1


@pytest.mark.quick
def test_everything_markdown_has(tmp_path: Path) -> None:
    text = """---
title: "Notes: on light"
authors:
  - Ann Bell
  - Cy Dunn
date: March 3, 2024
---

# Notes: on light

<p align="center">Centred &amp; nice</p>

Text with [a link](http://x.y/z), ![a cat](c.png), `code` and a note[^1].
Second line.

[^1]: The note.

| Name | Age |
|------|-----|
| Ann  | 31  |
| Bo   |     |

```py
x = 1
```

    y = 2

1. one
2. two
   - deep **bold**
- [x] done

> quote me

Setext
------

<!-- gone -->
"""
    story = read(tmp_path, text, "notes.md")
    assert (story.title, story.byline, story.published) == ("Notes: on light", "Ann Bell, Cy Dunn", "2024-03-03")
    assert outline(story) == [
        ("heading", 1, "Notes: on light"),
        ("paragraph", 0, "Centred & nice"),
        ("paragraph", 0, "Text with a link, a cat, code and a note. Second line."),
        ("list item", 1, "Name: Ann; Age: 31."),
        ("list item", 1, "Name: Bo."),
        ("paragraph", 0, "Code example."),
        ("list item", 1, "1. one"),
        ("list item", 1, "2. two"),
        ("list item", 2, "deep bold"),
        ("list item", 1, "done"),
        ("quotation", 0, "quote me"),
        ("heading", 2, "Setext"),
    ]


def test_lines_drawn_above_and_below_are_no_front_matter(tmp_path: Path) -> None:
    assert [text for _, _, text in outline(read(tmp_path, "---\n\nHello\n\n---\n\nWorld\n", "a.md"))] == [
        "Hello",
        "World",
    ]


def test_markdown_is_known_without_its_suffix(tmp_path: Path) -> None:
    story = read(tmp_path, "# A title\n\nSome **bold** words.\n", "notes")
    assert outline(story) == [("heading", 1, "A title"), ("paragraph", 0, "Some bold words.")]


def test_square_brackets_are_text(tmp_path: Path) -> None:
    assert outline(read(tmp_path, "He wrote [bold]nothing[/bold] at all.\n", "a.md"))[0][2] == (
        "He wrote [bold]nothing[/bold] at all."
    )


def test_many_comments_above_the_text(tmp_path: Path) -> None:
    story = read(tmp_path, "<!-- note -->\n" * 200 + "\nIt rained.\n", "a.md")
    assert outline(story) == [("paragraph", 0, "It rained.")]


def test_deep_nesting(tmp_path: Path) -> None:
    assert "deep" in outline(read(tmp_path, "> - " * 8 + "deep\n", "a.md"))[-1][2]


@pytest.mark.parametrize(
    ("written", "read_out"),
    [
        ("# Title {#one .two}", "Title"),
        ("> [!NOTE]\n> Take care.", "Note: Take care."),
        ("It is ==very== good :smile: at 10:30:45.", "It is very good at 10:30:45."),
        ("H~2~O and x^2^ and x<sup>2</sup>", "H₂O and x² and x²"),
        ("It costs $5 and $10.", "It costs $5 and $10."),
        (
            "Since $E=mc^2$ is known, $\\int_0^1 x dx$ is too.",
            "Since E = m c² is known, the integral from 0 to 1 of x d x is too.",
        ),
        ("$$\n\\sqrt{2}\n$$", "the square root of 2."),
    ],
)
def test_what_programs_write_beyond_commonmark(tmp_path: Path, written: str, read_out: str) -> None:
    story = read(tmp_path, f"{written}\n\nAnd so on.", "a.md")
    assert story.blocks[0].text == read_out


def test_notes_at_the_foot_are_not_read(tmp_path: Path) -> None:
    text = """A bridge[^1] gives up the ground.[^2]

[^1]: From Old English.

    With a second paragraph.
[^2]: Another.

Text goes on."""
    assert [block[2] for block in outline(read(tmp_path, text, "a.md"))] == [
        "A bridge gives up the ground.",
        "Text goes on.",
    ]


@pytest.mark.parametrize(
    "above",
    [
        "---\ntitle: Salt\nauthor:\n  - name: Ann Lee\n    email: a@x.org\n  - name: Bo Chen\ndate: 2023-11-02\n---\n",
        '+++\ntitle = "Salt"\nauthor = ["Ann Lee", "Bo Chen"]\ndate = 2023-11-02\n+++\n',
        '{\n  "title": "Salt",\n  "authors": ["Ann Lee", "Bo Chen"],\n  "date": "2023-11-02"\n}\n',
        "Title: Salt\nAuthor: Ann Lee, Bo Chen\nDate: 2023-11-02\n",
        "% Salt\n% Ann Lee; Bo Chen\n% 2 November 2023\n",
        "---\ntitle: >\n  Salt\nauthors: [Ann Lee, Bo Chen]\ndate: 2023-11-02T10:00:00Z\n---\n",
    ],
)
def test_what_stands_above_the_text(tmp_path: Path, above: str) -> None:
    story = read(tmp_path, above + "\nIt is a verb.\n", "a.md")
    assert (story.title, story.byline, story.published) == ("Salt", "Ann Lee, Bo Chen", "2023-11-02")
    assert [block[2] for block in outline(story)] == ["Salt", "It is a verb."]


def test_what_programs_write_between_the_lines_is_not_read(tmp_path: Path) -> None:
    text = """{{< figure src="x.jpg" >}}

::: warning
Do not eat it raw.
:::

%% for me %%

See [[The Salt|the other page]] and [[Water]]. ^here

[Small]{.smallcaps} words [@lee2004, p. 3].

| Roses are red,
| and so it goes.

[![Build](https://img.shields.io/x.svg)](https://ci)

Salt
: A verb."""
    assert outline(read(tmp_path, text, "a.md")) == [
        ("paragraph", 0, "Warning: Do not eat it raw."),
        ("paragraph", 0, "See the other page and Water."),
        ("paragraph", 0, "Small words."),
        ("paragraph", 0, "Roses are red, and so it goes."),
        ("list item", 1, "Salt"),
        ("list item", 1, "A verb."),
    ]


def test_html_in_markdown_has_its_kinds(tmp_path: Path) -> None:
    text = "<h1 align=center>Loopy</h1>\n\n<blockquote>\n<p>It <b>waits</b>.</p>\n</blockquote>\n\nSo you need not.\n"
    story = read(tmp_path, text, "readme.md")
    assert outline(story) == [
        ("heading", 1, "Loopy"),
        ("quotation", 0, "It waits."),
        ("paragraph", 0, "So you need not."),
    ]


def test_brackets_that_never_close_are_read_in_time(tmp_path: Path) -> None:
    began = time.process_time()
    story = read(tmp_path, "# Salt\n\nThe boat is gone.\n\n" + "[[" * 100_000 + "\n", "a.md")
    assert time.process_time() - began < 10
    assert story.blocks[1].text == "The boat is gone."


def test_notes_are_kept_beside_their_marks(tmp_path: Path) -> None:
    text = (
        "# A title\n\nIt rained[^late] and^[In *brief*, it poured.] stopped.\n\n> Quoted.[^2]\n\n- An item[^late]\n\n"
        "[^2]: First.\n\n    And `more`.\n[^late]: Late, that is.\n[^unused]: Never.\n"
    )
    story = read(tmp_path, text, "a.md")
    assert [(story.blocks[note.block].text[: note.place], note.text) for note in story.notes] == [
        ("It rained", "Late, that is."),
        ("It rained and", "In brief, it poured."),
        ("Quoted.", "First. And more."),
        ("An item", "Late, that is."),
    ]


def test_badges_on_lines_of_a_paragraph(tmp_path: Path) -> None:
    badges = "![CI](https://img.shields.io/a.svg)\n[![B](https://img.shields.io/b.svg)](https://x.org)\n"
    assert (
        read(tmp_path, f"{badges}\nIt rained\n{badges}and burned.\n", "a.md").blocks[0].text == "It rained and burned."
    )


def test_a_table_of_names_alone_is_a_row(tmp_path: Path) -> None:
    story = read(tmp_path, "# The Quay\n\n| Monday | Closed all day |\n|---|---|\n\nCome on Tuesday.\n", "a.md")
    assert outline(story)[1:] == [("list item", 1, "Monday; Closed all day."), ("paragraph", 0, "Come on Tuesday.")]


def test_languages_of_spans_and_pictures_without_a_description(tmp_path: Path) -> None:
    text = (
        "Everybody on the quay was waiting for the boats that morning.\n\n![](quay.png)\n\n"
        "He said <i lang='fr'>bonjour à tous, mes amis</i>, then [auf Wiedersehen]{lang=de}.\n\n"
        "![](https://img.shields.io/x.svg)\n\n| a | b |\n|---|---|\n| ![](x.png) | 2 |\n"
    )
    story = read(tmp_path, text, "a.md")
    assert [block.text for block in story.blocks] == [
        "Everybody on the quay was waiting for the boats that morning.",
        "A picture.",
        "He said bonjour à tous, mes amis, then auf Wiedersehen.",
        "b: 2.",
    ]
    said = story.blocks[2]
    assert [(said.text[span.start : span.end], span.language) for span in said.languages] == [
        ("bonjour à tous, mes amis", "fr"),
        ("auf Wiedersehen", "de"),
    ]
