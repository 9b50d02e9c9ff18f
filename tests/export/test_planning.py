"""Which files are made of which stories."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from player.errors import ExportError, UsageError
from player.export import Options
from player.export.planning import Folders, check_outputs, outputs_of, plan
from player.story.model import Block, BlockKind, Section, Story
from tests.support.stories import story_of


def book(title: str = "A Book") -> Story:
    story = story_of("Before.", "# One", "Text.", "# Two", "Text.", "# Three", "Text.", title=title)
    return replace(story, sections=(Section(1, "One"), Section(3, "Two"), Section(5, "Three")))


def made(*given: object, chapters: str = "") -> list[tuple[str, int | None, list[str]]]:
    stories = [one for one in given if isinstance(one, Story)]
    outputs = [one for one in given if isinstance(one, Path)]
    return [(t.story.title, t.chapter, [p.name for p in t.paths]) for t in plan(stories, outputs, chapters)]


def test_one_story_may_become_several_files(tmp_path: Path) -> None:
    assert made(book(), tmp_path / "a.mp3", tmp_path / "a.vtt") == [("A Book", None, ["a.mp3", "a.vtt"])]


def test_a_pattern_makes_a_file_for_each_story_and_replaces_none(tmp_path: Path) -> None:
    (tmp_path / "A Book.mp3").touch()
    pattern = tmp_path / "{title}.mp3"
    assert made(book(), book("Other"), book(), pattern) == [
        ("A Book", None, ["A Book (2).mp3"]),
        ("Other", None, ["Other.mp3"]),
        ("A Book", None, ["A Book (3).mp3"]),
    ]


def test_several_stories_are_the_chapters_of_one_file(tmp_path: Path) -> None:
    (task,) = plan([book("First"), book("Second")], [tmp_path / "my_summer-book.mp3"])
    story = task.story
    assert story.title == "my summer book"
    assert [(s.title, s.level) for s in story.sections if s.level == 1] == [("First", 1), ("Second", 1)]
    assert [(s.title, s.level, story.blocks[s.block].text) for s in story.sections][:3] == [
        ("First", 1, "First"),
        ("One", 2, "One"),
        ("Two", 2, "Two"),
    ]
    assert [b.text for b in story.chapter(4).blocks] == ["Second", "Before."]


def test_stories_may_be_joined_and_apart_at_once(tmp_path: Path) -> None:
    found = made(book("First"), book("Second"), tmp_path / "both.mp3", tmp_path / "{title}.mp3")
    assert found == [("First", None, ["First.mp3"]), ("Second", None, ["Second.mp3"]), ("both", None, ["both.mp3"])]


def test_names_that_differ_by_case_alone_are_numbered(tmp_path: Path) -> None:
    found = made(book("Same"), book("SAME"), book("same"), tmp_path / "{title}.mp3", tmp_path / "SAME (2).mp3")
    assert [names for _, _, names in found] == [["Same.mp3"], ["SAME (3).mp3"], ["same (4).mp3"], ["SAME (2).mp3"]]


def test_a_story_is_not_replaced_by_its_own_export(tmp_path: Path) -> None:
    page = tmp_path / "story.html"
    page.touch()
    (tmp_path / "link.html").symlink_to(page)
    read = replace(book(), source=str(page))
    for name in ("story.html", "link.html"):
        with pytest.raises(UsageError, match="is the story itself"):
            plan([book("Other"), read], [tmp_path / name])
    assert made(read, tmp_path / "{title}.html", tmp_path / "story.mp3")
    assert made(replace(read, source="https://example.org/a.html"), tmp_path / "a.html")


def test_folders_are_made_and_stay_only_with_something_in_them(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "b" / "one.mp3", tmp_path / "c" / "other.mp3"
    with pytest.raises(ZeroDivisionError), Folders() as folders:
        folders.make([one, other, tmp_path / "c" / "third.mp3"])
        other.touch()
        assert one.parent.is_dir()
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["c"]
    for name in (other / "in a file" / "a.mp3", tmp_path / ("x" * 300) / "a.mp3"):
        with pytest.raises(ExportError, match="cannot be made"):
            folders.make([name])


CHOSEN = [("all", [0, 1, 2]), ("2", [1]), ("2-3", [1, 2]), ("3,1", [2, 0]), ("2-", [1, 2]), ("1, 1-2", [0, 1])]


@pytest.mark.parametrize(("chapters", "chosen"), CHOSEN)
def test_chapters_can_be_chosen(tmp_path: Path, chapters: str, chosen: list[int]) -> None:
    found = made(book(), tmp_path / "{number} {title}.mp3", chapters=chapters)
    assert [chapter for _, chapter, _ in found] == chosen
    assert found[0][2] == [f"{chosen[0] + 1:02} {('One', 'Two', 'Three')[chosen[0]]}.mp3"]


def test_one_chapter_needs_no_pattern(tmp_path: Path) -> None:
    assert made(book(), tmp_path / "a.mp3", chapters="2") == [("A Book", 1, ["a.mp3"])]


@pytest.mark.parametrize("chapters", ["0", "4", "3-2", "2-9", "x", "1;2", "", "-3", "1-2-3"])
def test_chapters_that_are_not_there_are_said(tmp_path: Path, chapters: str) -> None:
    if chapters:
        with pytest.raises(UsageError):
            made(book(), tmp_path / "{number}.mp3", chapters=chapters)


def test_what_cannot_be_is_said_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be 3 chapters"):
        made(book(), tmp_path / "a.mp3", chapters="all")
    with pytest.raises(UsageError, match="no chapters"):
        made(story_of("One."), tmp_path / "a.mp3", chapters="1")
    for wrong in (tmp_path / "{titel}.mp3", tmp_path / "{title}.xyz", tmp_path, tmp_path / "no" / "a.mp3"):
        with pytest.raises(UsageError):
            check_outputs([wrong])
    for options in ({"bitrate": 1}, {"bitrate": 1000}, {"quality": 10}, {"quality": -1}):
        with pytest.raises(UsageError):
            Options(**options)


def test_a_file_of_stories_in_several_languages_is_announced_to_be_in_one_voice() -> None:
    blocks = (Block(BlockKind.PARAGRAPH, "Ja."),)
    english, british, german = (Story("A", blocks, language=code) for code in ("en", "en-GB", "de"))
    (task,) = plan([english, german], [Path("book.m4b")])
    assert "book.m4b is in en and de, but is all read in en" in task.notice
    assert not plan([english, british], [Path("book.m4b")])[0].notice
    assert not any(task.notice for task in plan([english, german], [Path("{title}.m4b")]))


def test_a_folder_stands_for_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out.mp3").mkdir()
    given = [f"{tmp_path}/new/", f"{tmp_path}/out", f"{tmp_path}/out.mp3", f"{tmp_path}/{{title}}.vtt", "", "x" * 300]
    names = [path.relative_to(tmp_path).as_posix() for path in outputs_of(given, Options(format=".m4b"))[:4]]
    assert names == ["new/{title}.m4b", "out/{title}.m4b", "out.mp3", "{title}.vtt"]
    assert outputs_of(given)[-2:] == [Path(), Path("x" * 300)]
