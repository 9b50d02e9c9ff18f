"""The beginning of a long story, which is shown while the rest is read: what is shown may not change later."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pypandoc
import pytest
from markdown_it import MarkdownIt

from player.story.model import Story
from player.story.opening.registry import format_of, read_story
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS
from player.story.reading.raw_source import RawSource

SENTENCES = (
    "The keeper lit lamp {n} when the boats came in, and counted {n} of them before the tide turned.",
    "Nobody on the quay had seen the *{n}th* boat, nor **asked** for it, since the wind had gone round to the north.",
    "It was raining as it had rained in 18{n}, and the road to the harbour was under water again.",
)
PIECES = (
    "## Part {n}",
    "Part {n} of it\n--------------",
    "- one oar\n- two oars\n  1. of ash\n  2. of oak\n- and [a rope](https://example.org/{n})",
    "1. First\n1. Second\n\n   It went on.\n1. Third",
    "> It was *said* that lamp {n} had burned.\n>\n> > It had not.",
    "| Lamp | Lit |\n|---|---|\n| {n} | yes |\n| two | [no][rope{n}] |",
    "+------+-----+\n| Boat | Oar |\n+======+=====+\n| {n}  | two |\n+------+-----+",
    "```python\nprint('[rope{n}]: none')\n```",
    "    an indented line {n}",
    "The oil[^n{n}] was [dear][rope{n}], and [rope{n}] as well; [no name] had it.[^n{n}b]",
    "[^n{n}]: Of whales, {n} of them.\n\n    Or of seals.",
    "Oil\n: What burns in lamp {n}.",
    '!!! note "Mind it"\n    Lamp {n} is hot.',
    "::: warning\nLamp {n} smokes.\n:::",
    "<div><p>A piece of <b>HTML</b>, the {n}th.</p></div>",
    "<!-- not read, {n} -->",
    "$$E = m c^{n}$$",
    "- [Part {n}](#part-{n})\n- [Another](#another)",
    "***",
    "%%only a remark, {n}%% It was dark.",
)

PASSAGES = (
    f"<p>{' '.join(SENTENCES)}</p>",
    "<p>The <emphasis>{n}th</emphasis> boat<a l:href='#n{n}' type='note'>[{n}]</a> was gone &amp; lost.</p>",
    "<poem><stanza><v>Where is lamp {n}?</v><v>It has gone out.</v></stanza><text-author>Ada</text-author></poem>",
    "<subtitle>* * *</subtitle>",
    "<cite><p>It was <strong>said</strong> that {n} &lt; 4000.</p><p>It had not been.</p></cite>",
    "<table><tr><th>Lamp</th><th>Lit</th></tr><tr><td>{n}</td><td>yes</td></tr></table>",
)


def written(seed: int, paragraphs: int = 3600) -> str:
    """A long Markdown text of all kinds of blocks, with some of its names defined at the end."""
    dice = Random(seed)
    prose = [dice.choice((1, 2, 3)) * f"{dice.choice(SENTENCES)} " for _ in range(paragraphs)]
    every = dice.choice((4, 15, 60))
    parts = [
        (dice.choice(PIECES) if dice.randrange(every) == 0 else prose[n]).replace("{n}", str(n))
        for n in range(paragraphs)
    ]
    names = dice.sample(range(paragraphs), paragraphs // 2)
    head = dice.choice(("", "# The Quay\n\n", "---\ntitle: The Quay\nauthor: Ada Lind\nlang: en\n---\n\n"))
    links = "\n".join(f"[rope{n}]: https://example.org/{n}" for n in names)
    notes = "\n\n".join(f"[^n{n}{'b' * (n % 2)}]: So it is said of {n}." for n in names)
    return head + "\n\n".join((*parts, notes, links))


def begun(file: Path) -> tuple[Story, Story]:
    """(the beginning, the whole) of a file."""
    told: list[Story] = []
    whole = read(file, told)
    (beginning,) = told
    return beginning, whole


def read(file: Path, told: list[Story]) -> Story:
    """The whole of a file; its beginning is told before."""
    raw = RawSource(file.read_bytes(), str(file))
    naming = Naming(file.name, str(file), "quay", file.stem)
    whole = read_story(format_of(raw, file.name), raw, naming, DEFAULTS, told.append)
    assert isinstance(whole, Story)
    return whole


def assert_nothing_changes(beginning: Story, whole: Story) -> None:
    """Assert that what the beginning shows is the same in the whole."""
    count = len(beginning.blocks)
    assert 100 < count < len(whole.blocks) / 4
    assert beginning.blocks == whole.blocks[:count]
    assert beginning.notes == tuple(note for note in whole.notes if note.block < count)
    assert beginning.sections == tuple(one for one in whole.sections if one.block < count)
    assert (beginning.title, beginning.byline, beginning.published) == (whole.title, whole.byline, whole.published)
    assert (beginning.language, beginning.identity, beginning.source) == (whole.language, whole.identity, whole.source)


@pytest.mark.parametrize("seed", range(5))
def test_the_first_blocks_of_markdown_stay_as_they_are(tmp_path: Path, seed: int) -> None:
    (tmp_path / "quay.md").write_text(written(seed))
    assert_nothing_changes(*begun(tmp_path / "quay.md"))


@pytest.mark.parametrize("seed", range(3))
def test_the_first_blocks_of_a_long_page_stay_as_they_are(tmp_path: Path, seed: int) -> None:
    assert_nothing_changes(*begun(_page(tmp_path, seed)))


def _page(folder: Path, seed: int) -> Path:
    body = MarkdownIt().enable("table").render(written(seed))
    (folder / "quay.html").write_text(f"<html lang='en'><title>The Quay</title><body>{body}</body></html>")
    return folder / "quay.html"


def test_the_first_blocks_of_a_page_with_its_notes_at_the_end_stay_as_they_are(tmp_path: Path) -> None:
    said = [f"<p>{' '.join(SENTENCES)}<a id='m{{n}}' href='#n{{n}}'><sup>{{n}}</sup></a></p>"] * 1800
    notes = ["<p id='n{n}'><a href='#m{n}'>{n}</a> So it is said of {n}.</p>"] * 1800
    body = "".join(one.replace("{n}", str(n % 1800 + 1)) for n, one in enumerate((*said, *notes)))
    (tmp_path / "quay.html").write_text(f"<html lang='en'><title>The Quay</title><body>{body}</body></html>")
    beginning, whole = begun(tmp_path / "quay.html")
    assert_nothing_changes(beginning, whole)
    assert len(beginning.notes) > 100


def test_a_long_page_that_is_no_book_comes_as_a_whole(tmp_path: Path) -> None:
    said = "".join(f"<p>{' '.join(SENTENCES)}</p>".replace("{n}", str(n)) for n in range(40))
    others = "".join(f"<li><a href='/{n}'>{SENTENCES[0]}</a></li>".replace("{n}", str(n)) for n in range(6000))
    (tmp_path / "quay.html").write_text(f"<html><body><article>{said}</article><ul>{others}</ul></body></html>")
    told: list[Story] = []
    whole = read(tmp_path / "quay.html", told)
    assert not told
    assert len(whole.blocks) == 40


def _notebook(folder: Path) -> Path:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": part} for part in written(3).split("\n\n")]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "quay.ipynb").write_text(json.dumps(book))
    return folder / "quay.ipynb"


def test_the_first_blocks_of_a_notebook_stay_as_they_are(tmp_path: Path) -> None:
    assert_nothing_changes(*begun(_notebook(tmp_path)))


def test_the_first_blocks_of_a_word_document_stay_as_they_are(tmp_path: Path) -> None:
    pypandoc.convert_text(written(2), "docx", "markdown", outputfile=str(tmp_path / "quay.docx"))
    assert_nothing_changes(*begun(tmp_path / "quay.docx"))


@pytest.mark.parametrize("seed", range(2))
def test_the_first_blocks_of_a_fictionbook_stay_as_they_are(tmp_path: Path, seed: int) -> None:
    (tmp_path / "quay.fb2").write_text(_fictionbook(seed))
    assert_nothing_changes(*begun(tmp_path / "quay.fb2"))


def _fictionbook(seed: int) -> str:
    dice = Random(seed)
    said = [dice.choice((PASSAGES[0], PASSAGES[0], *PASSAGES)).replace("{n}", str(n)) for n in range(3600)]
    chapters = [said[n : n + 200] for n in range(0, len(said), 200)]
    text = "".join(f"<section><title><p>Part {n}</p></title>{''.join(one)}</section>" for n, one in enumerate(chapters))
    notes = "".join(f"<section id='n{n}'><p>So it is said of {n}.</p></section>" for n in range(3600))
    return (
        "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0' xmlns:l='http://www.w3.org/1999/xlink'>"
        "<description><title-info><author><nickname>Ada</nickname></author><book-title>The Quay</book-title>"
        "<lang>en</lang></title-info></description>"
        f"<body><title><p>The Quay</p></title><section>{text}</section></body><body name='notes'>{notes}</body>"
        "</FictionBook>"
    )


def test_what_is_defined_within_a_paragraph_further_on_is_known_by_the_whole(tmp_path: Path) -> None:
    text = "It was [dear][rope] to him.\n\n" + written(1) + "\n\n> [rope]: https://example.org\n"
    (tmp_path / "quay.md").write_text(text)
    assert_nothing_changes(*begun(tmp_path / "quay.md"))


def test_a_short_story_comes_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "quay.md").write_text(written(1, 500))
    told: list[Story] = []
    read(tmp_path / "quay.md", told)
    assert not told
