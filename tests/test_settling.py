"""A pronunciation chosen while listening: heard where it was chosen, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.library.lexicons import Lexicons
from player.story.model import Story
from player.utterance.lexicon import toml_file
from player.utterance.lexicon.entry import Entry
from player.utterance.manner import PHONEMES, Manner, Reads
from player.utterance.spoken.speakable import speakable

HERE, ELSEWHERE = Story("Here", (), identity="here"), Story("Elsewhere", (), identity="elsewhere")
PLAIN, NEURAL = Manner(engine="pyttsx3"), Manner(frozenset({Reads.IPA}), engine="kokoro")
AS_IPA = "ˈnjuːtən".join(PHONEMES)


@pytest.fixture
def lexicons(tmp_path: Path) -> Lexicons:
    return Lexicons(tmp_path / "lexicon.toml", tmp_path / "lexicons")


def said(lexicons: Lexicons, text: str, story: Story = HERE, manner: Manner = PLAIN, language: str = "en") -> str:
    return speakable(text, language, manner, lexicons.of(story)).text


def settle(lexicons: Lexicons, entry: Entry, manner: Manner = PLAIN, *, only_here: bool = True) -> None:
    lexicons.settle(entry, HERE, only_here=only_here, language="en", manner=manner)


@pytest.mark.parametrize("common", [Entry("Nobody", "No body"), Entry("Nobody", "No body", language="en")])
def test_a_word_said_as_written_in_one_story_keeps_its_pronunciation_in_all_others(
    lexicons: Lexicons, common: Entry
) -> None:
    lexicons.keep(common)
    lexicons.keep(Entry("Nobody", "No buddy"), HERE)
    settle(lexicons, Entry("nobody"))
    assert said(lexicons, "Nobody came.") == "Nobody came."
    assert said(lexicons, "Nobody came.", ELSEWHERE) == "No body came."
    settle(lexicons, Entry("nobody"), only_here=False)
    assert said(lexicons, "Nobody came.", ELSEWHERE) == "Nobody came."
    assert lexicons.of(HERE, ELSEWHERE).sources[0][1] == [], "nothing is left that no longer matters"


def test_a_word_of_one_story_alone_leaves_nothing_behind(lexicons: Lexicons) -> None:
    lexicons.keep(Entry("Nobody", "No body"), HERE)
    settle(lexicons, Entry("Nobody"))
    assert toml_file.read(lexicons.file(HERE)) == []


@pytest.mark.parametrize("only_here", [True, False])
@pytest.mark.parametrize("say", [None, "New ton"])
def test_phonemes_stay_for_voices_that_take_them(lexicons: Lexicons, say: str | None, only_here: bool) -> None:
    lexicons.keep(Entry("Newton", say, "ˈnjuːtən"))
    settle(lexicons, Entry("Newton", "Noo ten"), only_here=only_here)
    assert said(lexicons, "Newton") == "Noo ten"
    assert said(lexicons, "Newton", manner=NEURAL) == AS_IPA
    settle(lexicons, Entry("Newton"), only_here=only_here)
    assert said(lexicons, "Newton") == "Newton"
    assert said(lexicons, "Newton", manner=NEURAL) == AS_IPA
    settle(lexicons, Entry("Newton"), NEURAL, only_here=only_here)
    assert said(lexicons, "Newton", manner=NEURAL) == "Newton"


def test_phonemes_of_a_narrower_entry_stay_as_well(lexicons: Lexicons) -> None:
    lexicons.keep(Entry("Newton", "New ton", "ˈnjuːtən", language="en"))
    settle(lexicons, Entry("Newton", "Noo ten"), only_here=False)
    assert said(lexicons, "Newton") == "Noo ten"
    assert said(lexicons, "Newton", manner=NEURAL) == AS_IPA


def test_a_word_and_the_same_with_capitals_are_two(lexicons: Lexicons) -> None:
    for story in (HERE, None):
        lexicons.keep(Entry("Polish", "pole ish", match_case=True), story)
    settle(lexicons, Entry("polish", "pollish"), only_here=False)
    assert said(lexicons, "Polish polish") == "pole ish pollish"
    settle(lexicons, Entry("polish"), only_here=False)
    assert said(lexicons, "Polish polish") == "pole ish polish"
    settle(lexicons, Entry("Polish", "pollish"), only_here=False)
    assert said(lexicons, "Polish polish") == "pollish pollish", "it was chosen for the word with a capital"
