"""Web pages in the manners of different publishers, with what is to be read of each."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from player.errors import SourceError
from tests.story.reading import PAGES, load, outline, read

pytestmark = pytest.mark.quick

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


def test_a_box_that_asks_for_an_address_is_not_read(tmp_path: Path) -> None:
    box = (
        "<div><h4>Down by the river</h4><p>The week in water, every Friday, with pictures.</p>"
        "<form><input type=email><button>Go</button></form><p>We never sell your address.</p></div>"
    )
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{box}{BODY.replace('Tuesday', 'Monday')}</article>")
    said = " ".join(block.text for block in read(tmp_path, text, "a.html").blocks)
    assert "Tuesday" in said and "Monday" in said
    assert "Friday" not in said and "address" not in said


def test_what_a_link_leads_past_is_not_read(tmp_path: Path) -> None:
    skipped = "<div><a href='#end1'>Skip advertisement</a><p>Sleep on our beds.</p><p id=end1>after it</p></div>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{skipped}{BODY.replace('Tuesday', 'Monday')}</article>")
    assert "beds" not in " ".join(block.text for block in read(tmp_path, text, "a.html").blocks)


def test_lines_of_links_are_not_read(tmp_path: Path) -> None:
    menu = "<p><a href=/>Home</a> | <a href=/map>Map of the site</a></p>"
    kept = "<p>See <a href=/a>the plan</a> | <a href=/b>the bill</a>, said the mayor, before you ask again.</p>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{kept}{menu}</article>")
    said = [block.text for block in read(tmp_path, text, "a.html").blocks]
    assert said[-1] == "See the plan | the bill, said the mayor, before you ask again."


def test_a_list_goes_on_at_its_number(tmp_path: Path) -> None:
    items = "<ol start=4><li>Count the stones of the bridge.</li><li><p>Count the boats.</p></li></ol>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{items}{BODY}</article>")
    found = outline(read(tmp_path, text, "a.html"))
    assert [b[2] for b in found if b[0] == "list item"] == ["4. Count the stones of the bridge.", "5. Count the boats."]


def test_a_short_paragraph_with_a_linked_note_stays(tmp_path: Path) -> None:
    said = "<p>The ferry sank<a href='#n1'><sup>1</sup></a> at noon.</p>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{said}{BODY.replace('Tuesday', 'Monday')}</article>")
    assert "The ferry sank at noon." in [block.text for block in read(tmp_path, text, "a.html").blocks]


def test_a_line_of_authors_and_a_date(tmp_path: Path) -> None:
    by = "<p class=byline>By Ada Osei and Tom Fell | Updated Jan. 5, 2025 at 9:31 a.m. EST</p>"
    story = read(tmp_path, page(f"<article><h1>The bridge is here</h1>{by}{BODY}{BODY}</article>"), "a.html")
    assert (story.byline, story.published) == ("Ada Osei, Tom Fell", "2025-01-05")


def test_lines_in_bold_are_headings(tmp_path: Path) -> None:
    bold = "<p><strong>A ferry and its end</strong></p>"
    said = f"<p><b>They did not wait.</b></p>{BODY}<p><strong>What now?</strong></p>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{bold}{BODY.replace('5 May', '6 May')}{said}</article>")
    found = outline(read(tmp_path, text, "a.html"))
    assert [block[2] for block in found if block[0] == "heading"] == ["The bridge is here", "A ferry and its end"]
    assert ("paragraph", 0, "What now?") in found


def test_formulas_are_said_where_they_read_like_text(tmp_path: Path) -> None:
    shown = "<math alttext='{\\displaystyle r^2}'><mi>r</mi></math>"
    hard = "<math><annotation encoding='application/x-tex'>\\frac{1}{2}</annotation></math>"
    said = f"<p>Of its radius <span><span style='display: none'>{shown}</span></span> is said, and {hard} of it.</p>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{said}</article>")
    assert "Of its radius r² is said, and 1/2 of it." in [b.text for b in read(tmp_path, text, "a.html").blocks]


def test_all_bodies_of_an_article_are_read(tmp_path: Path) -> None:
    parts = "".join(f"<div class=article-body>{BODY.replace('Tuesday', day)}</div>" for day in ("Monday", "Friday"))
    said = " ".join(b.text for b in read(tmp_path, page(f"<h1>The bridge is here</h1>{parts}"), "a.html").blocks)
    assert "Monday" in said and "Friday" in said


def test_a_list_under_a_heading_that_leads_elsewhere_goes_with_it(tmp_path: Path) -> None:
    lists = "<h3>More from The Daily</h3><ul><li>A cat is lost again in the old town</li><li>Bread is dear</li></ul>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{lists}{BODY.replace('Tuesday', 'Monday')}</article>")
    story = read(tmp_path, text, "a.html")
    assert all(block.kind.value != "list item" for block in story.blocks)
    assert "Monday" in story.blocks[-2].text


def test_the_line_below_the_title_is_read(tmp_path: Path) -> None:
    lead = "Three hours, and nobody spoke of the money"
    text = page(
        f"<header><h1>The bridge is here</h1><p class=lead>{lead}</p></header><article>{BODY}{BODY}</article>",
        f"<meta property=og:description content='{lead}'>",
    )
    assert outline(read(tmp_path, text, "a.html"))[1] == ("paragraph", 0, lead)


def test_another_story_for_subscribers_is_no_wall(tmp_path: Path) -> None:
    other = "<p>This article is for subscribers: the ferry</p>"
    text = page(f"<article><h1>The bridge is here</h1>{BODY}{other}{BODY.replace('Tuesday', 'Monday')}</article>")
    assert "Monday" in " ".join(block.text for block in read(tmp_path, text, "a.html").blocks)


def test_a_book_on_one_page_is_read_whole(tmp_path: Path) -> None:
    verse = "<div class=poem><span>The boat is gone,<br></span><span>the night is long.<br></span></div>"
    chapters = "".join(
        f"<h2>CHAPTER {n}.<br>The Boat</h2>{verse}" + f"<p>Of the boat nobody spoke in year {n}.</p>" * 1000
        for n in range(1, 10)
    )
    story = read(tmp_path, page(f"<h1>Salt</h1>{chapters}", "<meta name=dc.creator content='Berg, Anna, 1850-1901'>"))
    assert (story.title, story.byline) == ("Salt", "Anna Berg")
    assert [section.title for section in story.sections] == [f"CHAPTER {n}. The Boat" for n in range(1, 10)]
    assert outline(story)[2] == ("paragraph", 0, "The boat is gone, the night is long.")


def test_headings_that_share_words_with_the_title_are_read(tmp_path: Path) -> None:
    title = "What is machine learning and why does it matter?"
    headings = ["What is machine learning?", "Why does machine learning matter?"]
    parts = "".join(
        f"<h2>{one}</h2>{BODY.replace('Tuesday', day)}" for one, day in zip(headings, ("Monday", "Friday"), strict=True)
    )
    story = read(tmp_path, page(f"<article><h1>{title}</h1>{parts}</article>", f"<title>{title}</title>"), "a.html")
    assert [block.text for block in story.blocks if block.kind.value == "heading"] == [title, *headings]


def test_a_paragraph_that_a_page_has_twice_is_read_once(tmp_path: Path) -> None:
    first = BODY.partition("</p>")[0] + "</p>"
    story = read(tmp_path, page(f"<article><h1>The bridge is here</h1>{first}{BODY}</article>"), "a.html")
    assert [block.text.startswith("The council") for block in story.blocks].count(True) == 1


def test_a_register_of_thousands_of_links_is_read_at_once(tmp_path: Path) -> None:
    names = [f"Name{number}" for number in range(20_000)]
    links = " ".join(f"<a href='/{name}'>{name}</a>" for name in names)
    text = page(f"<article><h1>The bridge is here</h1>{BODY}<p>{links}</p>{BODY}</article>")
    began = time.process_time()
    story = read(tmp_path, text, "a.html")
    assert time.process_time() - began < 10  # it was forty seconds
    assert " ".join(names) in " ".join(block.text for block in story.blocks)


def test_a_page_of_nothing_but_links_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no article was found in the page"):
        read(tmp_path, page("<nav><a href=/>Home</a></nav><a href=/news>News</a><p>All rights reserved</p>"), "a.html")


def test_a_page_to_sign_in_is_named_and_a_story_beside_such_a_field_is_read(tmp_path: Path) -> None:
    form = "<form><label>Name <input name=n></label><input type=password name=p><button>Go</button></form>"
    with pytest.raises(SourceError, match="the page asks to sign in") as caught:
        read(tmp_path, page(f"<h1>Sign in</h1>{form}", "<title>Sign in</title>"), "a.html")
    assert "where you are signed in" in caught.value.hint
    story = read(tmp_path, page(f"{form}<article><h1>The bridge is here</h1>{BODY}</article>"), "b.html")
    assert story.blocks[-1].text in BODY


_FILLER = "".join(
    f"<p>This is part {n} of the story, in which it rains, and the river rises a little.</p>" for n in range(9)
)


def test_notes_of_a_page_are_kept_beside_their_marks(tmp_path: Path) -> None:
    page = f"""<html lang="en"><body><article><h1>The River Rose</h1>
      <p>It rained for a week<sup id="r1"><a href="#fn1">1</a></sup> and
      nobody<a href="#fn2" class="footnote-ref">[2]</a> went out to see what the river did.</p>{_FILLER}
      <ol class="footnotes"><li id="fn1">Or nine days. <a href="#r1">↩</a></li><li id="fn2"><p>But for <i>one</i>.</p>
      </li></ol></article></body></html>"""
    story = read(tmp_path, page)
    assert [(story.blocks[note.block].text[: note.place], note.text) for note in story.notes] == [
        ("It rained for a week", "Or nine days."),
        ("It rained for a week and nobody", "But for one."),
    ]
    assert not any("nine days" in block.text or "But for" in block.text for block in story.blocks)


def test_words_of_a_page_in_another_language_are_known(tmp_path: Path) -> None:
    page = f"""<html lang="en"><body><article><h1>The River Rose</h1>{_FILLER}
      <p>They said <i lang="fr">après moi le déluge</i> and <em lang="en">laughed</em> about it for a while.</p>
      <blockquote lang="de"><p>Es regnet, es regnet, die Erde wird nass.</p><p>Bunt werden die Blumen.</p>
      </blockquote>{_FILLER}</article></body></html>"""
    blocks = read(tmp_path, page).blocks
    said = next(block for block in blocks if block.text.startswith("They said"))
    assert [(said.text[start:end], language) for start, end, language in said.languages] == [
        ("après moi le déluge", "fr")
    ]
    assert [block.language for block in blocks if "regnet" in block.text or "Blumen" in block.text] == ["de", "de"]
    assert sum(block.language is not None for block in blocks) == 2
