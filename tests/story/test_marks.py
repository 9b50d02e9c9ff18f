"""Marks of notes and languages in a draft, and what the story makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from player.story.joining import joined
from player.story.model import BlockKind, LanguageSpan, Note, Story
from player.story.opening.confined.plain import from_plain, to_plain
from player.story.reading.blocks.long_blocks import LONGEST
from player.story.reading.blocks.marks import clip_mark, in_language, note_mark, unmarked
from player.story.reading.building import build
from player.story.reading.draft import Draft
from player.story.reading.naming import Naming

_NAMING = Naming("here", "here", "id", "Here")
_EN = in_language("")


def _story(draft: Draft) -> Story:
    return build(draft, _NAMING)


def _draft(*texts: str, language: str = "en") -> Draft:
    return Draft([(BlockKind.PARAGRAPH, text, 0) for text in texts], title="A title", language=language)


def test_notes_stand_at_the_place_of_their_marks() -> None:
    draft = Draft(title="A title", language="en")
    draft.add(BlockKind.PARAGRAPH, f"He rose{draft.add_note(' Early. ')} and{draft.add_note('And ate.')} left.")
    draft.add(BlockKind.PARAGRAPH, f"The end.{note_mark(0)}")
    story = _story(draft)
    assert [block.text for block in story.blocks] == ["A title", "He rose and left.", "The end."]
    assert story.notes == (Note(1, 7, "Early."), Note(1, 11, "And ate."), Note(2, 8, "Early."))


@pytest.mark.parametrize("mark", [clip_mark(2) + clip_mark(None), note_mark(0), in_language("de")])
def test_a_paragraph_of_marks_alone_is_left_out(mark: str) -> None:
    assert [block.text for block in _story(_draft("He rose.", mark)).blocks] == ["A title", "He rose."]


@pytest.mark.parametrize("mark", [note_mark(7), "\U0010fd01", "\U0010fd01\U0010fe41", in_language("no language!")])
def test_marks_that_lead_nowhere_leave_nothing(mark: str) -> None:
    story = _story(_draft(f"It {mark} rose{mark}."))
    assert story.blocks[1].text == "It rose."
    assert (story.notes, story.blocks[1].languages) == ((), ())


def test_no_blank_before_a_mark_is_left_before_a_full_stop() -> None:
    found = unmarked(f"He rose {note_mark(0)}, and {in_language('fr')}partit{_EN} {note_mark(1)}{note_mark(2)}. Then")
    assert (found.text, found.notes) == ("He rose, and partit. Then", ((7, 0), (19, 1), (19, 2)))
    assert found.languages == (LanguageSpan(13, 19, "fr"),)


def test_words_in_another_language_are_spans() -> None:
    block = _story(_draft(f"He said {in_language('fr-CA')}bonjour {_EN}twice.")).blocks[1]
    assert (block.text, block.language) == ("He said bonjour twice.", None)
    assert block.languages == (LanguageSpan(8, 15, "fr-CA"),)


def test_a_block_wholly_in_another_language_has_that_language() -> None:
    block = _story(
        _draft(f"“{in_language('fr')}Bonjour, {in_language('de')}Herr{in_language('fr')} Dupont{_EN}.”")
    ).blocks[1]
    assert (block.language, block.languages) == (
        None,
        (LanguageSpan(1, 9, "fr"), LanguageSpan(10, 14, "de"), LanguageSpan(15, 21, "fr")),
    )
    block = _story(_draft(f"“{in_language('fr')}Bonjour, Monsieur{_EN}.”")).blocks[1]
    assert (block.language, block.languages) == ("fr", ())


def test_a_country_makes_no_other_language() -> None:
    block = _story(_draft(f"{in_language('en-GB')}Colour {in_language('EN')}is{_EN} fine.")).blocks[1]
    assert (block.language, block.languages) == (None, ())


def test_blanks_and_accents_around_marks() -> None:
    assert unmarked(f" a {in_language('fr')} b{_EN}  c ").text == "a b c"
    assert unmarked(f"cafe{note_mark(0)}\u0301").text == "café"


def test_a_long_block_keeps_what_belongs_to_each_part() -> None:
    draft = _draft("It rose. " * (LONGEST // 9) + f"{in_language('fr')}Il monte.{note_mark(0)}")
    draft.notes.append("A note.")
    story = _story(draft)
    assert len(story.blocks) == 3
    [note] = story.notes
    last = story.blocks[note.block]
    assert last.text[: note.place].endswith("Il monte.")
    assert (last.text, last.language) == ("Il monte.", "fr")
    assert story.blocks[1].language is None


def test_chapters_and_joined_stories_keep_their_notes() -> None:
    draft = Draft(title="A title", language="en")
    draft.add(BlockKind.HEADING, "One", 2)
    draft.add(BlockKind.PARAGRAPH, f"First.{draft.add_note('of one')}")
    draft.add(BlockKind.HEADING, "Two", 2)
    draft.add(BlockKind.PARAGRAPH, f"Second.{draft.add_note('of two')}")
    story = _story(draft)
    assert story.chapter(1).notes == (Note(1, 7, "of two"),)
    both = joined("Both", [("A", story), ("B", replace(story, language="de"))])
    assert [both.blocks[note.block].text[: note.place] for note in both.notes] == ["First.", "Second."] * 2
    assert [block.language for block in both.blocks[-2:]] == ["de", "de"]


def test_what_a_reader_process_hands_over_is_the_same_story() -> None:
    draft = _draft(f"He said {in_language('fr')}bonjour{_EN}{note_mark(0)}.", f"{in_language('de')}Guten Tag.")
    draft.notes.append("A note.")
    story = _story(draft)
    assert from_plain(to_plain(story)) == story
