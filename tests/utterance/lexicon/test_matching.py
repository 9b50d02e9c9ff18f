"""Pronunciations replace whole words and phrases, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import UsageError
from player.utterance.lexicon.entry import Entry, checked
from player.utterance.lexicon.matching import Lexicon
from player.utterance.manner import PHONEMES, Manner, Reads
from player.utterance.model import Alignment
from player.utterance.spoken.speakable import speakable, understood
from tests.support.work import lines_run

TABLE = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()[1:]
ROWS = [(line.split("\t") + [""] * 2)[:6] for line in TABLE]
WORDS = st.sampled_from(
    ["Nguyen", "nguyen's", "the", "New", "York", "Nguyens", "5", "kg", "$5", "Dr.", "a-b", "x@y.com"]
)


def lexicon(*entries: Entry) -> Lexicon:
    return Lexicon(("", [checked(entry) for entry in entries]))


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_whole_words_and_phrases_are_said_as_the_listener_wants(row: list[str]) -> None:
    language, written, said, entry, instead, flag = row
    one = Entry(entry, instead, match_case=flag == "case", language="" if flag == "case" else flag)
    assert speakable(written.replace("\\u00a0", "\u00a0"), language, lexicon=lexicon(one)).text == said


def test_the_longest_phrase_counts_and_then_the_most_special_entry() -> None:
    known = lexicon(
        Entry("York", "Yawk"), Entry("New York", "Noo Yawk"), Entry("New York Times", "N Y T", language="de"),
        Entry("read", "reed"), Entry("read", "red", language="en"), Entry("read", "rood", language="en", engine="tone"),
    )  # fmt: skip
    assert speakable("New York Times, York", "en", lexicon=known).text == "Noo Yawk Times, Yawk"
    assert speakable("read", "fr", lexicon=known).text == "reed"
    assert speakable("read", "en-US", lexicon=known).text == "red"
    assert speakable("read", "en-US", Manner(engine="tone"), known).text == "rood"


def test_an_entry_of_one_country_is_also_for_texts_of_none_where_there_is_no_other() -> None:
    known = lexicon(
        Entry("route", "root", language="en-GB"), Entry("route", "rowt", language="en-US"),
        Entry("leisure", "leezher", language="en-US"), Entry("leisure", "lezher", language="en"),
    )  # fmt: skip
    assert speakable("route", "en-US", lexicon=known).text == "rowt"
    assert speakable("route", "en", lexicon=lexicon(Entry("route", "rowt", language="en-US"))).text == "rowt"
    assert speakable("route", "en-AU", lexicon=known).text == "route"
    assert speakable("route", "de", lexicon=known).text == "route"
    assert speakable("leisure", "en", lexicon=known).text == "lezher"


def test_a_story_s_own_entry_counts_before_those_of_all_stories() -> None:
    known = Lexicon(("this story", [Entry("read", "reed")]), ("", [Entry("read", "red", language="en")]))
    spoken = speakable("I read it.", "en", lexicon=known)
    assert spoken.text == "I reed it."
    assert spoken.fired == ("lexicon: read, this story",)


def test_phonemes_are_for_engines_that_take_them() -> None:
    both, sound = lexicon(Entry("Nguyen", "Win", ipa="/wɪn/")), lexicon(Entry("Nguyen", ipa="wɪn"))
    takes = Manner(frozenset({Reads.IPA}))
    opening, closing = PHONEMES
    assert speakable("Nguyen", "en", lexicon=both).text == "Win"
    assert speakable("Nguyen", "en", lexicon=sound).text == "Nguyen"
    assert speakable("Nguyen", "en", takes, both).text == f"{opening}wɪn{closing}"
    assert speakable("Nguyen", "en", takes, sound).text == f"{opening}wɪn{closing}"


def test_what_overlaps_an_entry_is_listed_as_lost() -> None:
    found = understood("Dr. Smith", "en", lexicon=lexicon(Entry("Dr.", "Drive")))
    assert [(reading.id, reading.confidence) for reading in found.chosen] == [("lexicon: Dr.", 1.0)]
    assert "Dr." in ["Dr. Smith"[reading.start : reading.end] for reading in found.lost]


@given(st.lists(WORDS, max_size=12), st.sampled_from(["Nguyen", "New York", "kg", "Dr.", "the"]))
def test_an_entry_never_changes_other_words_and_the_map_stays_exact(words: list[str], entry: str) -> None:
    text = " ".join(words)
    plain = speakable(text, "en")
    spoken = speakable(text, "en", lexicon=lexicon(Entry(entry, "zzz")))
    ends = 0
    for piece in spoken.pieces:
        assert piece.spoken_start == ends
        ends = piece.spoken_end
    assert ends == len(spoken.text)
    starts = [piece.start for piece in spoken.pieces]
    assert starts == sorted(starts)
    if "zzz" not in spoken.text:
        assert spoken.text == plain.text
    at = spoken.text.find("zzz")
    if at >= 0:
        span = Alignment(spoken.pieces).written(at, at + 3)
        assert span is not None
        assert text[span.start : span.end].casefold() == entry.casefold()
    assert spoken.text.count("zzz") <= text.casefold().count(entry.casefold())


@given(st.text(max_size=60), st.text(min_size=1, max_size=8), st.text(max_size=8))
def test_any_entry_leaves_any_text_speakable(text: str, written: str, say: str) -> None:
    try:
        known = lexicon(Entry(written, say))
    except UsageError:
        return
    spoken = speakable(text, "en", lexicon=known)
    assert spoken.text == spoken.text.strip(" ")
    assert all(0 <= p.start <= p.end <= len(text) for p in spoken.pieces)


def test_time_grows_with_the_text_not_with_the_lexicon() -> None:
    def work(entries: int, words: int) -> int:
        known = lexicon(*(Entry(f"the word {n}", "x") for n in range(entries)), Entry("the " * 40 + "end", "y"))
        known.readings("the " * words, "en")  # tables are built once
        return lines_run(known.readings, "the " * words, "en")

    assert work(3000, 400) < 5 * work(3000, 100)
    assert work(3000, 100) == work(30, 100)
