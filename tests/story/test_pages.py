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
        ("teaser-wall", "behind a paywall"),
        ("mur-fr", "behind a paywall"),
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


BODY = (
    "<p>The council met on Tuesday and talked for three hours about the bridge over the river, said the mayor, who has"
    " been in office since 2011.</p><p>Nobody in the valley remembers a winter without the ferry, which sank on 5 May"
    " 2019, and few of the older people trust the new span of steel.</p>"
)


def page(body: str, head: str = "") -> str:
    return f"<html lang=en><head>{head}</head><body>{body}</body></html>"


def test_a_date_in_the_text_is_not_the_day_of_publication(tmp_path: Path) -> None:
    text = page(f"<article><h1>The bridge is here</h1>{BODY}</article>")
    assert read(tmp_path, text, "a.html").published == ""


def test_paragraphs_of_a_list_item_stay_apart(tmp_path: Path) -> None:
    items = "<ul><li><p>One</p><p>more of one</p></li><li><p>Two</p></li></ul>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{items}{BODY}</article>")
    assert ("list item", 1, "One more of one") in outline(read(tmp_path, text, "a.html"))


def test_the_name_of_the_site_is_not_the_title(tmp_path: Path) -> None:
    text = page(
        f"<header><h1>The Daily</h1></header><article><h2>The bridge is here</h2>{BODY}</article>",
        "<title>The bridge is here | The Daily</title>",
    )
    story = read(tmp_path, text, "a.html")
    assert story.title == "The bridge is here"
    assert [block.text for block in story.blocks].count(story.title) == 1


def test_powers_are_not_footnotes(tmp_path: Path) -> None:
    said = (
        "Some 10<sup>6</sup> people own 5 m<sup>2</sup> each,<sup>3</sup> or vitamin C<sup>4</sup> since"
        " 1998<sup>5</sup>."
    )
    text = page(f"<article><h1>The bridge is here</h1><p>{said}</p>{BODY}</article>")
    assert outline(read(tmp_path, text, "a.html"))[1][2] == "Some 10⁶ people own 5 m² each, or vitamin C since 1998."
