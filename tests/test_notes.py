"""Notes belong to a story's text: renamed, edited, on another machine they are found again; printed, they are text."""

from __future__ import annotations

import concurrent.futures
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from player.background_work import in_background
from player.cli.output.notes_markdown import markdown
from player.library import Library
from player.library.notebook import Notebook
from player.library.notes import Note, Noted, Notes
from player.story.model import Span, Story
from player.story.searching import Searchable
from tests.support.stories import story_of

STORY = story_of("The first paragraph.", "The second one. It is longer.", "The third.", "The fourth.")


def note_of(story: Story, block: int, quote: str, comment: str = "") -> Note:
    start = story.blocks[block].text.index(quote)
    return Note(block, Span(start, start + len(quote)), quote, 65.0, comment=comment, made=1.0)


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (replace(STORY, identity="renamed", source="/elsewhere"), (1, Span(16, 29))),
        (story_of("New.", *(block.text for block in STORY.blocks)), (2, Span(16, 29))),
        (story_of("The first paragraph.", "Edited. It is longer.", "The third.", "The fourth."), (1, Span(8, 21))),
        (story_of("The first paragraph.", "It is gone.", "The third.", "The fourth."), (0, Span(0, 0))),
    ],
    ids=["renamed", "moved down", "edited", "gone"],
)
def test_a_note_is_found_in_a_changed_story(tmp_path: Path, changed: Story, place: tuple[int, Span]) -> None:
    with closing(Library(tmp_path / "l")) as library:
        Notes(library).put(STORY, note_of(STORY, 1, "It is longer."))
        (found,) = Notes(library).of(changed)
    assert (found.block, found.span) == place
    assert found.quote == "It is longer."


def test_a_note_is_found_in_every_copy_of_a_story_whichever_was_heard_last(tmp_path: Path) -> None:
    copy = replace(STORY, identity="copy", source="/copy")
    other = replace(story_of("Nothing of this.", "Nor that."), identity="other")
    with closing(Library(tmp_path / "l")) as library:
        for story in (STORY, copy, other):
            library.remember(story, 1, 0)
        Notes(library).put(STORY, note_of(STORY, 1, "It is longer."))
        assert [[note.quote for note in Notes(library).of(one)] for one in (STORY, copy, other)] == [
            ["It is longer."],
            ["It is longer."],
            [],
        ]


def test_two_machines_share_notes_and_the_newest_change_counts(tmp_path: Path) -> None:
    told: list[str] = []

    def machine(name: str, story: Story = STORY) -> Notebook:
        return Notebook(tmp_path / name / "l", story, told.append, synced=tmp_path / "shared")

    first, second = note_of(STORY, 0, "The first paragraph."), note_of(STORY, 2, "The third.")
    with closing(machine("one")) as one:
        one.put(first)
        one.put(second)
    with closing(machine("two", replace(STORY, identity="there"))) as two:
        assert [note.quote for note in two.read()] == ["The first paragraph.", "The third."]
        two.put(first.gone())
        two.put(second.commented("Why?\n[x]"))
    (file,) = (tmp_path / "shared").glob("notes-*.json")
    file.with_name(f"{file.stem} (conflict).json").write_text('{"notes": [{"id": 1}, null, 7]}')
    with closing(machine("one")) as one:
        assert [(note.quote, note.comment) for note in one.read()] == [("The third.", "Why? [x]")]
    assert not told


def test_a_note_may_be_kept_while_notes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(12):
            monkeypatch.delitem(sys.modules, "concurrent.futures.thread", raising=False)  # imported when first needed
            monkeypatch.delattr(concurrent.futures, "ThreadPoolExecutor", raising=False)
            together = Barrier(2)
            with closing(Notebook(tmp_path / "l", STORY, told.append)) as notebook:
                reading = in_background(lambda: (together.wait(), notebook.read()), "read")  # noqa: B023
                together.wait()
                notebook.put(note_of(STORY, 0, "The first paragraph."))
                reading.result(60)
    finally:
        sys.setswitchinterval(usual)
    assert not told


def test_notes_reach_another_edition_on_another_machine(tmp_path: Path) -> None:
    edited = story_of("The first paragraph.", "The second one. It is longer.", "The third, edited.", "The fourth.")

    def machine(name: str, story: Story) -> Notebook:
        return Notebook(tmp_path / name / "l", story, print, synced=tmp_path / "shared")

    with closing(machine("one", STORY)) as one:
        one.put(note_of(STORY, 1, "It is longer."))
    with closing(machine("two", edited)) as two:
        (note,) = two.read()
        assert (note.block, note.span) == (1, Span(16, 29))
        two.put(note.gone())
    with closing(machine("one", STORY)) as one:
        assert one.read() == []
    with closing(machine("three", story_of("The first paragraph.", "All else", "is", "different."))) as three:
        assert three.read() == []


def test_a_notebook_that_cannot_be_used_tells_once(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "l").write_bytes(b"not a database at all" * 100)
    with closing(Notebook(tmp_path / "l", STORY, told.append)) as notebook:
        assert notebook.read() == []
        notebook.put(note_of(STORY, 0, "The"))
    assert len(told) == 1 and "delete it" not in told[0]


def test_markdown_shows_what_is_written() -> None:
    notes = [
        note_of(STORY, 0, "The first"),
        replace(note_of(STORY, 1, "The"), quote="1. *A* <b>\x1b[31m", comment="- no"),
    ]
    lines = list(markdown([Noted("A # title", "https://example.org/a_b", notes)]))
    assert lines[:3] == [r"# A \# title", "", "<https://example.org/a_b>"]
    assert r"> 1\. \*A\* \<b\>�\[31m" in lines
    assert r"\- no  " in lines
    assert sum(line.startswith("1:05 · ") for line in lines) == 2


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("The ﬁrst café’s “menu”", 'first cafe\'s "menu"', ["ﬁrst café’s “menu”"]),
        ("Ærø, Łódź, İzmir", "izmir", ["İzmir"]),
        ("Ærø, Łódź, İzmir", "aero, lodz", ["Ærø, Łódź"]),
        ("が か", "か", ["か"]),
        ("the there", "the ", ["the "]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing", "  ", []),
    ],
)
def test_what_is_typed_is_found_however_it_is_written(text: str, query: str, found: list[str]) -> None:
    story = story_of("Before it.", text)
    hits = Searchable(story.blocks).find(query)
    assert [text[slice(*span)] for span in hits.in_block(1)] == found
    assert len(hits) == len(found)
    hit = hits.after(0, 0)
    for number in (*range(1, len(found) + 1), 1):
        assert found == [] or (hit is not None and hit.number == number)
        hit = hit and hits.next(hit)
    assert found == [] or (hit and hits.previous(hit))
