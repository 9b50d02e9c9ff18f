"""The place in a story is found again, also when the story has changed, and never in the wrong text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from player.errors import PlayerError
from player.library import Library, Remembered
from tests.support.stories import story_of

STORY = story_of("The first.", "The second one.", "The third.")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "data" / "library.sqlite")) as library:
        yield library


def test_a_place_is_found_again_by_another_process(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as library:
        library.remember(STORY, 1, 4)
    with closing(Library(tmp_path / "l")) as library:
        assert library.place(STORY) == Remembered(1, 4)


def test_the_last_place_counts(library: Library) -> None:
    library.remember(STORY, 1, 4)
    library.remember(STORY, 2, 0)
    assert library.place(STORY) == Remembered(2, 0)


def test_at_the_beginning_there_is_nothing_to_go_on_from(library: Library) -> None:
    assert library.place(STORY) is None
    library.remember(STORY, 0, 0)
    assert library.place(STORY) is None


def test_the_text_is_followed_when_paragraphs_were_added_before_it(library: Library) -> None:
    library.remember(STORY, 1, 4)
    assert library.place(story_of("New.", "Newer.", "The first.", "The second one.")) == Remembered(3, 4)


def test_of_equal_paragraphs_the_nearest_is_meant(library: Library) -> None:
    library.remember(story_of("A.", "Same.", "B.", "Same."), 3, 0)
    assert library.place(story_of("Same.", "A.", "B.", "Same.", "C.")) == Remembered(3, 0)


def test_text_that_is_gone_is_not_guessed(library: Library) -> None:
    library.remember(STORY, 1, 4)
    assert library.place(story_of("Other.", "Words.")) is None


def test_two_libraries_share_a_file(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "l")) as one, closing(Library(tmp_path / "l")) as other:
        one.remember(STORY, 1, 4)
        other.remember(STORY, 2, 1)
        assert one.place(STORY) == Remembered(2, 1)


@pytest.mark.parametrize("content", [b"not a database at all, but longer than its header" * 40])
def test_a_damaged_file_is_an_error_with_a_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(PlayerError, match="delete it"):
        Library(tmp_path / "l")


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "l")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(PlayerError, match="newer"):
        Library(tmp_path / "l")
