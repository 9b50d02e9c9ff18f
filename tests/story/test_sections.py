"""Chapters: where they begin, and each as a story of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import SourceError
from player.story.model import BlockKind, Section, Story
from player.story.reading.building import build
from player.story.reading.draft import Draft
from player.story.reading.naming import Naming
from tests.story.reading import read


def _built(draft: Draft) -> Story:
    return build(draft, Naming("a book", source="book", identity="book", stem="a book"))


def test_headings_are_sections_but_for_the_title(tmp_path: Path) -> None:
    text = "# The Book\n\nBefore.\n\n## One\n\nText.\n\n### Inner\n\nMore.\n\n## Two\n\nEnd.\n"
    story = read(tmp_path, text, "book.md")
    assert [(s.title, s.level) for s in story.sections] == [("One", 1), ("Inner", 2), ("Two", 1)]
    assert [story.blocks[s.block].text for s in story.sections] == ["One", "Inner", "Two"]
    assert [story.section_at(n) for n in range(len(story.blocks))] == [None, None, 0, 0, 1, 1, 2, 2]


def test_the_chapters_of_a_source_come_before_its_headings() -> None:
    draft = Draft(title="The Book")
    draft.add(BlockKind.PARAGRAPH, "Before all chapters.")
    draft.begin_section("One")
    draft.add(BlockKind.HEADING, "A heading", 2)
    draft.add(BlockKind.PARAGRAPH, "Text.")
    draft.begin_section("Empty")
    draft.begin_section("Two", 2)
    draft.add(BlockKind.PARAGRAPH, " ")  # nothing: left out
    draft.add(BlockKind.PARAGRAPH, "The end.")
    draft.begin_section("Nothing comes after this")
    story = _built(draft)
    assert story.sections == (Section(2, "One"), Section(4, "Two", 2))
    assert story.blocks[4].text == "The end."


def test_a_chapter_is_a_story_of_its_own(tmp_path: Path) -> None:
    story = read(tmp_path, "# The Book\n\nBefore.\n\n## One\n\nText.\n\n## Two\n\nEnd.\n", "book.md")
    one, two = story.chapter(0), story.chapter(1)
    assert (one.title, [b.text for b in one.blocks]) == ("One", ["One", "Text."])
    assert (two.title, [b.text for b in two.blocks]) == ("Two", ["Two", "End."])
    assert two.part_of == ("The Book", 2, 2)
    assert len({story.identity, one.identity, two.identity}) == 3
    with pytest.raises(IndexError):
        story.chapter(2)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(BlockKind), st.sampled_from(["Words here.", "", "Advertisement", "Two words"])),
            st.tuples(st.none(), st.sampled_from(["Chapter", "", " x "])),
        ),
        max_size=12,
    )
)
def test_chapters_follow_one_another_and_are_never_empty(parts: list[tuple[BlockKind | None, str]]) -> None:
    draft = Draft(title="T")
    for kind, text in parts:
        if kind is None:
            draft.begin_section(text)
        else:
            draft.add(kind, text, 2 if kind is BlockKind.HEADING else 0)
    try:
        story = _built(draft)
    except SourceError:
        return
    starts = [section.block for section in story.sections]
    assert starts == sorted(set(starts)) and all(0 < start < len(story.blocks) for start in starts)
    assert all(section.title for section in story.sections)
    said = [block for n in range(len(story.sections)) for block in story.chapter(n).blocks]
    assert said == list(story.blocks[starts[0] :] if starts else [])
