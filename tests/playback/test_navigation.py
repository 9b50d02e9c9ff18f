"""The way back from jumps, on real speech."""

from __future__ import annotations

from pathlib import Path

from player.audio.timeline import Place, Timeline
from player.playback.transport.run import Target
from tests.support.deck import Deck


def _listen(deck: Deck, seconds: float) -> None:
    deck.transport.play()
    deck.play(int(deck.timeline.rate * seconds))


def test_a_jump_is_undone_to_the_word_where_it_was_made(deck: Deck) -> None:
    _listen(deck, 2.0)
    word = deck.transport.position().word
    assert word is not None
    block = deck.transport.position().place.block
    deck.navigation.to_end()
    assert deck.navigation.back()
    position = deck.transport.position()
    assert position.place.block == block
    assert position.word is not None and position.word.span == word.span
    assert not deck.navigation.back()


def test_skips_one_right_after_the_other_are_one_jump(deck: Deck) -> None:
    _listen(deck, 0.5)
    for _ in range(4):
        deck.navigation.skip_sentences(1)
        deck.play(200)
    assert deck.transport.position().place.block == 3
    assert deck.navigation.back()
    assert deck.transport.position().place.block == 0
    assert not deck.navigation.back()


def test_each_place_that_was_listened_to_is_gone_back_to(deck: Deck) -> None:
    _listen(deck, 0.5)
    deck.navigation.skip_paragraphs(1)
    _listen(deck, 2.0)
    deck.navigation.skip_paragraphs(1)
    assert deck.navigation.back()
    assert deck.transport.position().place.block == 1
    assert deck.navigation.back()
    assert deck.transport.position().place.block == 0


def test_a_seek_is_a_jump_of_its_own(deck: Deck) -> None:
    deck.navigation.seek(3, 0)
    deck.navigation.seek(4, 0)
    deck.navigation.to_start()
    assert [deck.navigation.back() and deck.transport.position().place.block for _ in range(3)] == [4, 3, 0]


def test_where_the_story_begins_is_no_jump(deck: Deck) -> None:
    deck.navigation.start_at(3, 0)
    assert not deck.navigation.back()
    deck.navigation.to_start()
    assert deck.navigation.back()
    assert deck.transport.position().place[:2] == (3, 0)


def test_a_skip_that_leads_nowhere_is_no_jump(deck: Deck) -> None:
    deck.navigation.start_at(4, 20)
    deck.navigation.skip_sentences(1)
    deck.navigation.skip_paragraphs(1)
    assert not deck.navigation.back()


def test_a_jump_worked_out_on_another_timeline_is_not_made(deck: Deck) -> None:
    other = Timeline(deck.timeline.script, deck.timeline.rate)
    assert not deck.transport.jump(Target(Place(3, 0, 0)), other)
    assert deck.transport.position().place == Place(0, 0, 0)


def test_a_sentence_that_never_ends_is_skipped_clause_by_clause(tmp_path: Path) -> None:
    endless = "and then the boats went out again, " * 60
    with Deck.open(tmp_path, "Before it all began.", endless.strip(" ,") + ".", "At last.") as deck:
        places = []
        for _ in range(6):
            deck.navigation.skip_sentences(1)
            places.append(deck.transport.position().place)
        assert [(place.block, place.utterance) for place in places] == [(1, n) for n in range(6)]
        deck.navigation.skip_sentences(-1)
        assert deck.transport.position().place.utterance == 4
        deck.navigation.to_end()
        deck.navigation.skip_sentences(-1)
        last = len(deck.timeline.utterances(1)) - 1
        assert deck.transport.position().place[:2] == (1, last)


def test_a_jump_undone_is_redone_until_there_is_a_new_one(deck: Deck) -> None:
    deck.navigation.seek(3, 0)
    assert not deck.navigation.forth()
    assert deck.navigation.back() and deck.transport.position().place.block == 0
    assert deck.navigation.forth() and deck.transport.position().place.block == 3
    assert deck.navigation.back()
    deck.navigation.seek(4, 0)
    assert not deck.navigation.forth()
    assert deck.navigation.back() and deck.transport.position().place.block == 0


def test_skips_add_up_to_a_jump_of_more_than_a_paragraph(deck: Deck) -> None:
    deck.navigation.skip_paragraphs(1)
    assert deck.navigation.leaps == 0
    deck.navigation.skip_paragraphs(1)
    assert deck.navigation.leaps == 1
    deck.navigation.back()
    assert deck.navigation.leaps == 2
