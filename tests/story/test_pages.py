"""Web pages in the manners of different publishers, with what is to be read of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player.errors import SourceError
from player.story.sources import load
from tests.story.reading import PAGES, outline, read

STORIES = sorted(path.stem for path in PAGES.glob("*.json"))


@pytest.mark.parametrize("name", STORIES)
def test_page(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    story = load(str(PAGES / f"{name}.html"))
    assert {key: getattr(story, key) for key in ("title", "byline", "published", "language")} == {
        key: expected[key] for key in ("title", "byline", "published", "language")
    }
    assert [list(block) for block in outline(story)] == expected["blocks"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("app-shell", "needs a browser"),
        ("scripts-only", "needs a browser"),
        ("paywall", "behind a paywall"),
        ("consent", "consent form"),
        ("robot-check", "does not let programs read"),
        ("empty", "no article was found"),
    ],
)
def test_pages_without_a_story_say_why(name: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        load(str(PAGES / f"{name}.html"))
    assert caught.value.hint


def test_html_is_known_by_its_content(tmp_path: Path) -> None:
    page = (PAGES / "wire.html").read_bytes()
    assert read(tmp_path, page, "saved-page.txt").blocks == load(str(PAGES / "wire.html")).blocks


def test_escape_sequences_in_entities_do_not_get_through(tmp_path: Path) -> None:
    page = (
        "<html><body><article><h1>Title&#27;[2J here</h1><p>"
        + "Some words&#27;[31m in red, and more. " * 9
        + "</p></article>"
    )
    story = read(tmp_path, page, "a.html")
    assert "\x1b" not in story.title + "".join(block.text for block in story.blocks)
