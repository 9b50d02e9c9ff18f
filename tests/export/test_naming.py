"""Names of files made from what stories say of themselves."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import UsageError
from player.export.files.naming import check_template, filled, folded, free_names, is_template, safe_name
from player.story.model import Block, BlockKind, PartOf, Story

BLOCKS = (Block(BlockKind.PARAGRAPH, "Text."),)


def story(title: str = "Peace talks: what's next?", byline: str = "Ada Lind", published: str = "2025-02-14") -> Story:
    return Story(title, BLOCKS, byline, published, "en")


def test_a_pattern_is_filled_with_what_the_story_says_of_itself() -> None:
    assert filled(Path("out/{date}-{title}.mp3"), story()) == Path("out/2025-02-14-Peace talks what's next.mp3")
    assert filled(Path("{author}/{title}.mp3"), story(byline="")) == Path("unknown/Peace talks what's next.mp3")
    assert filled(Path("{date} {language}.opus"), story(published="")) == Path("undated en.opus")


def test_a_chapter_has_its_number_and_its_book() -> None:
    chapter = Story("The Sea", BLOCKS, part_of=PartOf("A Book", 7, 120))
    assert filled(Path("{book}/{number} {title}.mp3"), chapter) == Path("A Book/007 The Sea.mp3")
    assert filled(Path("{number}.mp3"), story()) == Path("01.mp3")


@pytest.mark.parametrize(
    "pattern",
    [
        "{tite}.mp3",
        "{0}.mp3",
        "{}.mp3",
        "{title.mp3",
        "a}.mp3",
        "{title.real}.mp3",
        "{title!z}",
        "{title!r}.mp3",
        "{title:>300}.mp3",
    ],
)
def test_other_things_in_braces_are_said_to_be_wrong(pattern: str) -> None:
    assert is_template(Path(pattern))
    with pytest.raises(UsageError):
        filled(Path(pattern), story())


def test_doubled_braces_are_braces() -> None:
    assert filled(Path("{{{title}}}.mp3"), story("A")) == Path("{A}.mp3")
    check_template(Path("{{a}}.mp3"))


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=40))
def test_nothing_a_story_says_leads_out_of_the_folder(title: str, byline: str, published: str) -> None:
    path = filled(Path("out/{date}-{title}-{author}.mp3"), story(title, byline, published))
    assert len(path.name.encode()) <= 255
    assert path.parent == Path("out") and path.name.isprintable() and path.suffix == ".mp3"
    assert not set(path.name) & set('/\\:*?"<>|')
    assert not PureWindowsPath(safe_name(title)).is_reserved()


@pytest.mark.parametrize("title", ["हिन्दी की कहानी", "ภาษาไทยง่าย", "שָׁלוֹם", "Việt Nam"])
def test_the_marks_of_letters_stay(title: str) -> None:
    assert safe_name(title) == title
    assert safe_name(f"\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16} {title}") == title, "those of an emoji go with it"


@pytest.mark.parametrize("word", ["Ätherisch ", "日本語の題名"])
def test_names_of_many_parts_still_fit(word: str) -> None:
    path = filled(Path("out/{date}-{author}-{book}-{title}.mp3"), story(word * 60, word * 60))
    assert 150 < len(path.name.encode()) <= 248
    assert path.name.count(word.strip()) > 8, "each part has its share"


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    path, other = tmp_path / "a.b.mp3", tmp_path / "a.b.vtt"
    assert free_names([path, other]) == [path, other]
    other.touch()
    second = [tmp_path / "a.b (2).mp3", tmp_path / "a.b (2).vtt"]
    assert free_names([path, other]) == second, "they stay together"
    second[0].touch()
    assert free_names([path]) == [path]
    assert free_names([path, other], {folded(tmp_path / "a.b (3).vtt")}) == [
        tmp_path / "a.b (4).mp3",
        tmp_path / "a.b (4).vtt",
    ]
    assert free_names([]) == []


def test_names_that_are_one_on_some_systems_are_kept_apart(tmp_path: Path) -> None:
    taken = {folded(tmp_path / "Straße.mp3")}
    for name in ("Straße.mp3", "STRASSE.mp3", "straße.MP3"):
        path = tmp_path / name
        assert free_names([path], taken) == [path.with_name(f"{path.stem} (2){path.suffix}")]


def test_what_only_seems_to_be_free_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").symlink_to(tmp_path / "gone")
    assert free_names([tmp_path / "a.mp3"]) == [tmp_path / "a (2).mp3"]
