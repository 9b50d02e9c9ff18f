"""`listen lexicon`, and what its entries change in scripts and exports."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from player.library.lexicons import Lexicons
from player.story.model import Story
from player.utterance.lexicon.entry import Entry
from player.utterance.spoken.speakable import speakable
from tests.test_cli import complaint, listen


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text("Mr. Nguyen came home.\n\nIt rained on the house.")
    return file


def test_an_entry_is_added_listed_used_and_removed(story: Path, own_home: Path) -> None:
    added = listen("lexicon", "add", "Nguyen", "Win", "--match-case")
    file = own_home / "xdg_config_home" / "listen-to-story" / "lexicon.toml"
    assert added.stdout == f"Nguyen  Win  (capitals as written): all stories, in {file}\n"
    (listed,) = json.loads(listen("lexicon", "--json").stdout)
    assert list(listed) == ["written", "say", "ipa", "match_case", "language", "engine", "file"]
    assert (listed["written"], listed["say"], listed["file"]) == ("Nguyen", "Win", str(file))
    assert "→ Mister Win came home.  (abbreviation .90, lexicon: Nguyen 1.00)" in listen("script", str(story)).stdout
    assert "removed: Nguyen  Win" in listen("lexicon", "remove", "nguyen").stdout
    assert "there is no 'nguyen'" in complaint(listen("lexicon", "remove", "nguyen"))


def test_a_hyphen_is_a_word_like_others() -> None:
    assert listen("lexicon", "add", "-", "dash").stdout.startswith("-  dash: all stories")
    assert "removed: -  dash" in listen("lexicon", "remove", "-").stdout


def test_an_entry_of_a_story_is_for_that_story_alone(story: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(story.read_text())
    listen("lexicon", "add", "Nguyen", "Nwin")
    assert "story, in " in listen("lexicon", "add", "Nguyen", "Win", "--story", str(story)).stdout
    assert "Win came home.  (abbreviation .90, lexicon: Nguyen, this story 1.00)" in listen("script", str(story)).stdout
    assert "Nwin came home" in listen("script", str(other)).stdout
    assert "Nguyen  Win" in listen("lexicon", "--story", str(story)).stdout


def test_only_the_sentences_with_the_word_are_rendered_again_in_an_export(story: Path, tmp_path: Path) -> None:
    def keys() -> set[str]:
        usage = tmp_path / "cache"
        return {path.name for path in usage.rglob("*.flac")}

    export = ["export", str(story), "-o", str(tmp_path / "a.vtt"), "-o", str(tmp_path / "a.wav"), "--engine", "pyttsx3"]
    export += ["--cache-dir", str(tmp_path / "cache")]
    assert listen(*export).returncode == 0
    before, sound = keys(), (tmp_path / "a.wav").read_bytes()
    listen("lexicon", "add", "Nguyen", "Winwinwin")
    assert listen(*export).returncode == 0
    assert len(keys() - before) == 1
    assert (tmp_path / "a.wav").read_bytes() != sound
    assert "Nguyen" in (tmp_path / "a.vtt").read_text()


def test_several_stories_in_one_file_keep_their_own_entries(tmp_path: Path) -> None:
    stories = [Story(name, (), identity=name) for name in ("one", "two")]
    lexicons = Lexicons(tmp_path / "lexicon.toml", tmp_path / "stories")
    lexicons.keep(Entry("Nguyen", "Win"), stories[0])
    lexicons.keep(Entry("Siobhan", "Shivawn"), stories[1])
    said = speakable("Nguyen and Siobhan", lexicon=lexicons.of(*stories))
    assert said.text == "Win and Shivawn"
    assert lexicons.file(replace(stories[0], identity="one#3")) == lexicons.file(stories[0])  # a chapter


def test_a_sentence_is_said_with_the_entries_that_fired() -> None:
    listen("lexicon", "add", "Nguyen", "Win")
    run = listen("lexicon", "test", "Here is Nguyen.", "--engine", "pyttsx3")
    assert run.stdout == "    Here is Nguyen.\n  → Here is Win.  (lexicon: Nguyen 1.00)\n"
    assert run.returncode == 0
    assert json.loads(listen("recent", "--json").stdout) == []


def test_pls_goes_out_and_comes_in(tmp_path: Path) -> None:
    listen("lexicon", "add", "Nguyen", "Win", "--ipa", "wɪn", "--for-language", "en")
    listen("lexicon", "add", "read", "red", "--match-case", "--for-engine", "pyttsx3")
    before = listen("lexicon", "--json").stdout
    assert "2 entries" in listen("lexicon", "export", str(tmp_path / "a.pls")).stdout
    listen("lexicon", "remove", "Nguyen")
    listen("lexicon", "remove", "read")
    assert (
        "2 added for all stories (1 only in en), 0 left out"
        in listen("lexicon", "import", str(tmp_path / "a.pls")).stdout
    )
    assert listen("lexicon", "--json").stdout == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add"], "needs WORD"),
        (["add", "Nguyen", "--ipa", "w1n"], "'1' is no sign of the IPA"),
        (["add", "word"], "it is not said how word is pronounced: say how"),
        (["add", "word", "say", "--for-language", "?"], "'?' is no language"),
        (["import", "nowhere.pls"], "nowhere.pls cannot be read"),
        (["nonsense"], "has no use for 'nonsense'"),
    ],
)
def test_an_error_is_one_line(arguments: list[str], says: str) -> None:
    run = listen("lexicon", *arguments)
    assert says in complaint(run)
    assert run.returncode == 2


def test_a_broken_lexicon_is_named_with_its_line(story: Path, own_home: Path) -> None:
    folder = own_home / "xdg_config_home" / "listen-to-story"
    folder.mkdir(parents=True)
    (folder / "lexicon.toml").write_text("[[entry]]\nwritten = 'a'\nsay = 1\n")
    run = listen("script", str(story))
    assert f"{folder / 'lexicon.toml'}, line 3: say must be a text in quotes" in complaint(run)
    assert run.returncode == 2
