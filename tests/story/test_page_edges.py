"""Where a story begins and ends on its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import read
from tests.story.test_page_shapes import GREY, STORM, between, page

NAMES = ("Why nobody bought the lighthouse", "What the fishermen of the north will say", "How a storm took five boats")
OTHERS = "".join(f'<p><a href="/{n}.html">{name}</a></p>' for n, name in enumerate(NAMES))


def texts(folder: Path, inside: str, head: str = "") -> list[str]:
    """The texts of the blocks of a page, without its title, which ends with what is given."""
    long = f"<p>{GREY} {STORM}</p><p>{STORM} {GREY}</p><p>{GREY}</p>"
    html = (
        f'<!DOCTYPE html><html lang="en"><head><title>The Quay</title>{head}</head><body><article><h1>The Quay</h1>'
        f"{long}{inside}</article></body></html>"
    )
    return [block.text for block in read(folder, html, "a.html").blocks[4:]]


def test_a_page_without_a_body_tag_is_read(tmp_path: Path) -> None:
    note = '<p id="n">1. Of oak.</p>'
    html = (
        f'<!DOCTYPE html><meta charset="utf-8"><title>The Quay</title><main><article><h1>The Quay</h1><p>{GREY} {STORM}'
        f'<p>{STORM}<sup><a href="#n">1</a></sup></p>{note}</article></main><footer>Imprint</footer>'
    )
    story = read(tmp_path, html, "a.html")
    assert [block.text for block in story.blocks[-2:]] == [f"{GREY} {STORM}", STORM]
    assert [note.text for note in story.notes] == ["Of oak."]


@pytest.mark.parametrize(
    "below",
    [
        f"<h3>From the archive</h3>{OTHERS}",
        f"<p>These could be of interest, too:</p>{OTHERS}",
        f"<h3>From the archive</h3>{OTHERS}<p>By Ann Roe March 3, 2024</p>",
        f"<ul>{OTHERS.replace('<p>', '<li>').replace('</p>', '</li>')}</ul>",
        "<p>Read this as well:</p>",
    ],
)
def test_other_stories_below_are_left_out(tmp_path: Path, below: str) -> None:
    assert texts(tmp_path, below) == []


def test_what_is_no_other_story_stays(tmp_path: Path) -> None:
    said = texts(tmp_path, '<p>The <a href="/a.html">whole of a long text</a> is no link, and so it stays here.</p>')
    assert said == ["The whole of a long text is no link, and so it stays here."]
    own = '<link rel="canonical" href="https://quay.example/a.html">'
    sources = "".join(f'<li>Roe: <a href="https://other.example/">{name}</a>, of 1931</li>' for name in NAMES)
    said = texts(tmp_path, f"<h3>Sources</h3><ul>{sources}</ul>", own)
    assert said == ["Sources", *(f"Roe: {name}, of 1931" for name in NAMES)]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ann Roe", "Ann Roe"),
        ("Von Ann Roe und Jan van der Meer", "Ann Roe und Jan van der Meer"),
        ("Por Agencia EFE", "Agencia EFE"),
    ],
)
def test_a_line_of_names_is_the_byline(tmp_path: Path, line: str, byline: str) -> None:
    html = page("").replace("</h1>", f"</h1><p>{line}</p>")
    story = read(tmp_path, html, "a.html")
    assert story.byline == byline
    assert [block.text for block in story.blocks] == ["The Quay", GREY, STORM]


def test_a_sentence_with_by_stays(tmp_path: Path) -> None:
    html = page("").replace("</h1>", "</h1><p>By then the men had gone.</p>")
    assert "By then the men had gone." in [block.text for block in read(tmp_path, html, "a.html").blocks]


@pytest.mark.parametrize("line", ["04.05.2022", "Di, 31.10.2023, 19.18 Uhr", "19/10/2019 17:41", "Feb. 13, 2025"])
def test_a_line_of_a_day_is_not_read(tmp_path: Path, line: str) -> None:
    assert between(tmp_path, f"<p>{line}</p>") == []


def test_days_that_head_parts_of_a_story_are_read(tmp_path: Path) -> None:
    days = f"<h2>March 3, 2024</h2><p>{STORM} {GREY}</p><h2>March 4, 2024</h2><p>{GREY} {STORM}</p>"
    assert [line for line in between(tmp_path, days) if "2024" in line] == ["March 3, 2024", "March 4, 2024"]
    assert between(tmp_path, "<p>23.10.2015 - 25.10.2015</p>") == ["23.10.2015 - 25.10.2015"]


def test_a_caption_with_and_without_its_credit_is_read_once(tmp_path: Path) -> None:
    caption = "The harbour after the storm, with the boats of all four families who lived from fishing, and the mole"
    said = between(tmp_path, f"<p>{caption}. (Ann Roe/The Quay)</p><p>{caption}. (</p>")
    assert said == [f"{caption}. (Ann Roe/The Quay)"]


def test_a_line_that_is_a_link_beside_lines_that_are_not(tmp_path: Path) -> None:
    address = '<a href="https://quay.example/">The Old Harbour</a>'
    lines = f"<p>{address}<br>3 minutes from the station</p><p>{address}<br>2 minutes from the square</p>"
    said = " ".join(between(tmp_path, lines))
    assert said.count("The Old Harbour") == 2


def test_what_is_said_of_terms_is_read_whatever_its_class(tmp_path: Path) -> None:
    terms = '<dl><dt class="label">Place:</dt><dd class="event-meta">The old harbour of the town</dd></dl>'
    assert "The old harbour of the town" in " ".join(between(tmp_path, terms))


def test_the_title_is_the_one_that_the_page_shows(tmp_path: Path) -> None:
    said = '{"@type": "Article", "name": "THE QUAY", "headline": "place where boats are"}'
    html = page("").replace("<title>", f'<script type="application/ld+json">{said}</script><title>')
    assert read(tmp_path, html, "a.html").title.casefold() == "the quay"
