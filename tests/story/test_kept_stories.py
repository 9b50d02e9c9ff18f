"""Stories whose files take long to read open at once the next time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from player.settings import Settings, Source
from player.sources import open_source
from player.story.model import Story
from player.story.opening import load, story_store
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from tests.support.epub import Book
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def every_story_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_store, "LEAST_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where stories are kept."""
    return tmp_path / "stories"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return _book(tmp_path, "It rained.")


def _book(folder: Path, text: str) -> Path:
    pages = {"c1.xhtml": f'<h1>One</h1><p>{text} <i lang="fr">Il pleuvait toujours.</i></p>'}
    return Book(pages, [("One", "c1.xhtml", ())]).write(folder / "book.epub")


def _read(file: Path, folder: Path, count: int = 1, **options: bool) -> Story:
    """Read a file; return its story once so many are kept."""
    found = load(str(file), Options(stories=folder, **options))
    assert isinstance(found, Story)
    wait_until(lambda: folder.is_dir() and len(list(folder.glob("*.story"))) == count, "the story to be kept")
    return found


def _forbid_reading(patch: pytest.MonkeyPatch) -> None:
    """From here on a reader that is asked is a failure."""

    def read(*_: object, **__: object) -> Story:
        raise AssertionError("it was read again")

    patch.setattr(Readers, "read", read)


def test_it_is_the_same_story_without_being_read_again(
    book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _read(book, folder)
    assert first == load(str(book))
    _forbid_reading(monkeypatch)
    assert _read(book, folder) == first
    assert _read(book, folder, ask=True) == first, "only a page on the web can be asked for"


def test_another_text_or_another_choice_is_another_story(book: Path, folder: Path, tmp_path: Path) -> None:
    _read(book, folder)
    _book(tmp_path, "It was dry.")
    assert "dry" in _read(book, folder, 2).blocks[-1].text
    _read(book, folder, 3, announce=False)
    moved = book.rename(tmp_path / "other.epub")
    assert _read(moved, folder, 4).source == str(moved)


def test_other_readers_read_it_again(book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(book, folder)
    monkeypatch.setattr(story_store, "version", lambda package: "99.0")
    _read(book, folder, 2)


def test_refresh_reads_it_again(book: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(book, folder)
    _forbid_reading(monkeypatch)
    with pytest.raises(AssertionError):
        load(str(book), Options(stories=folder, refresh=True))


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"story": {}}'])
def test_what_is_damaged_is_read_again(book: Path, folder: Path, damage: bytes) -> None:
    first = _read(book, folder)
    (kept,) = folder.glob("*.story")
    kept.write_bytes(damage)
    assert _read(book, folder) == first
    wait_until(lambda: kept.stat().st_size > len(damage), "the story to be kept again")


def test_those_used_least_recently_are_deleted(book: Path, folder: Path) -> None:
    story = _read(book, folder)
    (first,) = folder.glob("*.story")
    os.utime(first, (0, 0))
    story_store.keep(folder, "b" * 32, story, most=first.stat().st_size)
    assert not first.exists()
    assert story_store.find(folder, "b" * 32) == story


def test_a_folder_that_cannot_be_written_keeps_nothing(book: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = load(str(book), Options(stories=tmp_path / "file" / "stories"))
    assert found == load(str(book))


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_nobody_else_can_read_them(book: Path, folder: Path) -> None:
    _read(book, folder)
    assert folder.stat().st_mode & 0o077 == 0


def test_small_texts_are_not_kept(tmp_path: Path, folder: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("It rained.")
    load(str(text), Options(stories=folder))
    assert not folder.exists()


def test_the_player_keeps_them(book: Path) -> None:
    settings = Settings()
    found = open_source(Source(story=str(book)), settings)
    wait_until(lambda: any(settings.stories.glob("*.story")), "the story to be kept")
    assert open_source(Source(story=str(book)), settings) == found
