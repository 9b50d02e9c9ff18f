"""Messages, letters and sums in plain text; formulas, counted items and titles in Markdown, LaTeX and notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player.story.model import BlockKind, Story
from player.story.reading.feed import Feed
from tests.story.reading import load_any, load_entries, read

pytestmark = pytest.mark.quick


def _texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def test_a_line_above_a_sum_is_no_head_of_a_table(tmp_path: Path) -> None:
    text = (
        "We bought this:\n\nButter    250 g      1.99\nEggs       12        3.20\n                   ------\nTotal    "
    )
    read_ = _texts(read(tmp_path, text + "            7.59\n"))
    assert read_ == ["We bought this:", "Butter 250 g 1.99", "Eggs 12 3.20", "Total 7.59"]


def test_who_sent_a_message_is_apart_from_it(tmp_path: Path) -> None:
    text = "Ann Roe  9:41 AM\nthe build is red again\nsomeone look please\n\nBen Hale  9:43 AM\nthanks\n"
    assert _texts(read(tmp_path, text)) == [
        "Ann Roe 9:41 AM",
        "the build is red again",
        "someone look please",
        "Ben Hale 9:43 AM",
        "thanks",
    ]


def test_the_end_of_a_letter_is_apart_from_its_last_sentence(tmp_path: Path) -> None:
    letter = "Dear Tom,\n\nI am back from the harbour, and I\nsee you on Monday at the gate.\nBest wishes,\nBen\n"
    assert _texts(read(tmp_path, letter))[1:] == [
        "I am back from the harbour, and I see you on Monday at the gate.",
        "Best wishes,",
        "Ben",
    ]
    prose = "They went to the office of the\nold master. It was in St.\nAugustine. They stayed there.\nNobody moved.\n"
    assert _texts(read(tmp_path, prose)) == [" ".join(prose.split())]


def test_a_date_of_a_letter_is_no_chapter(tmp_path: Path) -> None:
    story = read(tmp_path, "12 Mill Lane\n\n3 May 1987\n\nDear Mr Hale,\n\nThank you for your letter of the 1st.\n")
    assert not story.sections


def test_a_section_right_below_its_chapter_is_a_heading(tmp_path: Path) -> None:
    text = (
        "The boats are in the harbour now.\n\n2. THE BOATS\n\n2.1 Names\n\nEvery boat has a name, which is painted.\n"
    )
    assert [section.title for section in read(tmp_path, text).sections] == ["2. THE BOATS", "2.1 Names"]


@pytest.mark.parametrize("before", ["Here it is:\n\n", "Here it is:\n"])
def test_formulas_of_latex_in_markdown_are_said(tmp_path: Path, before: str) -> None:
    text = f"# Sums\n\n{before}\\begin{{align*}}\na &\\le b \\\\\nc &= d\n\\end{{align*}}\nAnd so on.\n"
    assert _texts(read(tmp_path, text, "a.md")) == ["Sums", "Here it is:", "a ≤ b; c = d.", "And so on."]
    assert _texts(read(tmp_path, "# Sums\n\n```math\n\\sqrt{3}\n```\n", "b.md")) == ["Sums", "the square root of 3."]


def test_a_notebook_says_its_formulas(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Sums\n\\begin{equation}\na \\le b\n\\end{equation}\n"}
    ]
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    assert _texts(read(tmp_path, notebook, "a.ipynb")) == ["Sums", "a ≤ b."]


def test_signs_of_pandoc_mkdocs_and_hugo_are_not_read(tmp_path: Path) -> None:
    text = (
        "# Morning {-}\n\nIt was ^^very^^ grey.\n\n(@one) A boat.\n\n(@) A quay.\n\n#. A wall.\n\n"
        '{{< figure src="a.png" title="The quay in snow" >}}\n\n```\n^^code^^\n#. code\n```\n'
    )
    story = read(tmp_path, text, "a.md")
    assert _texts(story) == [
        "Morning",
        "It was very grey.",
        "1. A boat.",
        "2. A quay.",
        "3. A wall.",
        "The quay in snow",
        "Code example.",
    ]
    assert story.blocks[-1].code == "^^code^^\n#. code"


def test_a_formula_of_its_own_is_apart_from_the_next_sentence(tmp_path: Path) -> None:
    text = (
        "\\documentclass{article}\\begin{document}We look at this.\\begin{equation}E = mc^2\\end{equation}"
        "Then we go on.\n\nIt holds that \\[a \\le b\\] where \\(a\\) is small.\\end{document}"
    )
    assert _texts(read(tmp_path, text, "a.tex")) == [
        "We look at this.",
        "E = m c²",
        "Then we go on.",
        "It holds that a ≤ b where a is small.",
    ]


def test_songs_and_sounds_of_subtitles(tmp_path: Path) -> None:
    cues = [
        "We wait here.",
        "♪ The boats come in ♪",
        "(sighs) Nobody said\nanything.",
        "Ann (the old one) knows.",
        "So.",
    ]
    cues += ["Done by the Quay Team\nwww.quay.example"]
    text = "\n\n".join(f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{cue}" for n, cue in enumerate(cues))
    assert _texts(read(tmp_path, text, "a.srt")) == [
        "We wait here.",
        "The boats come in",
        "Nobody said anything. Ann (the old one) knows. So.",
    ]


def test_an_entry_without_a_title_is_not_said_twice(tmp_path: Path) -> None:
    items = [
        {"id": "1", "content_text": "Just words.\n\nMore words."},
        {"id": "2", "title": "Two", "content_text": "It."},
    ]
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items}))
    feed = load_any(str(path))
    assert isinstance(feed, Feed)
    story = load_entries(feed, feed.entries)
    assert _texts(story) == ["News", "Just words.", "More words.", "Two", "It."]
    assert [section.title for section in story.sections] == ["Just words. More words.", "Two"]
    assert [block.text for block in story.blocks if block.kind is BlockKind.HEADING] == ["News", "Two"]
