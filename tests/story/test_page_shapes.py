"""What pages do with their text: around it, over it, within its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import outline, read

GREY = (
    "It was a long grey morning in the harbour and the men on the quay were waiting for the first boats to come in from"
    " the sea, as they did on every morning of that year."
)
STORM = (
    "Nobody said anything about the storm, although everyone had heard it beating against the shutters in the night,"
    " and the oldest of them counted the masts under his breath."
)


def page(inside: str, before: str = "", after: str = "") -> str:
    """A page whose story has something between its two paragraphs, or around them."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>The Quay</title></head><body>{before}<article><h1>The Quay</h1>'
        f"<p>{GREY}</p>{inside}<p>{STORM}</p></article>{after}</body></html>"
    )


def between(folder: Path, html: str, **around: str) -> list[str]:
    """The texts of the blocks between the two paragraphs."""
    texts = [block.text for block in read(folder, page(html, **around), "a.html").blocks]
    assert texts[:2] == ["The Quay", GREY]
    assert STORM in texts, texts
    return texts[2 : texts.index(STORM)]


@pytest.mark.parametrize(
    "box",
    [
        "<div hidden><p>{}</p></div>",
        '<div style="visibility: hidden;"><p>{}</p></div>',
        '<div style="display:none"><p>{}</p></div>',
        '<p class="visually-hidden">{}</p>',
        '<div aria-hidden="true"><p>{}</p></div>',
        "<template><p>{}</p></template>",
        "<dialog><p>{}</p></dialog>",
        '<div role="dialog" aria-modal="true"><p>{}</p></div>',
        '<p style="position: absolute; left: -9999px">{}</p>',
        "<amp-ad><div placeholder>{}</div></amp-ad>",
        "<amp-list><div fallback>{}</div></amp-list>",
        "<form action=/search><label>{}</label><input name=q><button>Go</button></form>",
    ],
)
def test_what_nobody_sees_is_not_read(tmp_path: Path, box: str) -> None:
    assert between(tmp_path, box.format("A paragraph of a box that nobody sees on the page.")) == []


@pytest.mark.parametrize(
    "around",
    ["<form id=f><input type=hidden>{}</form>", "<div aria-hidden=true>{}</div>", '<div style="display:none">{}</div>'],
)
def test_what_lies_around_the_whole_story_hides_none_of_it(tmp_path: Path, around: str) -> None:
    html = around.format(f"<nav><a href=/>Home</a></nav><div><h1>The Quay</h1><p>{GREY}</p><p>{STORM}</p></div>")
    dialog = '<div role="dialog"><p>Would you like our letter?</p><button>No</button></div>'
    story = read(tmp_path, f"<html lang=en><body>{html}{dialog}</body></html>", "a.html")
    assert [block.text for block in story.blocks] == ["The Quay", GREY, STORM]


def test_buttons_that_are_headings_or_words_are_read(tmp_path: Path) -> None:
    html = (
        "<h2><button>How long?</button></h2><p>The <button>neap tide</button> lasts an hour, and no more than that.</p>"
        "<div><button>Up</button></div>"
    )
    assert between(tmp_path, html) == ["How long?", "The neap tide lasts an hour, and no more than that."]


def test_line_breaks_part_what_was_meant_as_lines(tmp_path: Path) -> None:
    html = (
        "<p>Dear neighbours<br><br>The bridge is <b>closed<br>&nbsp;<br>Please</b> use the mill road</p>"
        "<p>Ann Roe<br>12 Mill Road<br>Ely</p><p>This line of prose was broken by hand<br>in its middle.</p>"
    )
    assert between(tmp_path, html) == [
        *("Dear neighbours", "The bridge is closed", "Please use the mill road"),
        *("Ann Roe", "12 Mill Road", "Ely"),
        "This line of prose was broken by hand in its middle.",
    ]


def test_line_breaks_in_cells_part_words(tmp_path: Path) -> None:
    html = "<table><tr><th>Thing<th>Price<tr><td>coat<br>and hat<td>3</table>"
    assert between(tmp_path, html) == ["Thing: coat and hat; Price: 3."]


RFC = """
<pre><span class="h1">The Quay Protocol</span>

<a class="selflink" href="#section-1">1</a>.  Introduction

   It was a long grey morning in the harbour and the men on the quay
   were waiting for the first boats to come in from the sea, as they did
   on every morning of that year.

</pre><hr class='noprint'/><pre class='newpage'><span id="page-2"></span>
<span class="grey">Roe                          Informational                      [Page 1]</span>
<span class="grey">Internet-Draft               The Quay Protocol             January 2024</span>

<a class="selflink" href="#section-2">2</a>.  Messages

   A boat sends a message, which looks like this:

     { "boat": "Heron", "mast": 2, "crew": ["Ann", "Ben"] }

   The quay MUST answer before the tide turns.
</pre>"""


def test_a_page_that_is_a_plain_text_is_read_as_one(tmp_path: Path) -> None:
    story = read(tmp_path, f"<html lang=en><head><title>RFC 9999: The Quay Protocol</title></head>{RFC}", "a.html")
    assert outline(story)[1:] == [
        ("heading", 2, "1. Introduction"),
        ("paragraph", 0, GREY),
        ("heading", 2, "2. Messages"),
        ("paragraph", 0, "A boat sends a message, which looks like this:"),
        ("paragraph", 0, "Code example."),
        ("paragraph", 0, "The quay MUST answer before the tide turns."),
    ]


def test_prose_in_pre_is_told_from_code(tmp_path: Path) -> None:
    html = (
        "<pre>\nThe tide comes in, the tide goes out,\nand all the bells are ringing.\n\nHe does not know what lies"
        " ahead,\nnor what he left behind him.\n</pre>"
        "<p>Here is a program that nobody can follow by ear, as an example.</p>"
        "<pre>\nfor (i = 0; i &lt; n; i++) {\n  print(i);\n}\n</pre><pre>$ git clone https://example.org/x.git</pre>"
    )
    assert between(tmp_path, html) == [
        "The tide comes in, the tide goes out, and all the bells are ringing.",
        "He does not know what lies ahead, nor what he left behind him.",
        "Here is a program that nobody can follow by ear, as an example.",
        "Code example.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_page_that_says_utf_16_in_ascii_is_not(tmp_path: Path, encoding: str) -> None:
    text = page("<p>The café was naïve.</p>").replace("<head>", '<head><meta charset="utf-16">')
    assert "The café was naïve." in [block.text for block in read(tmp_path, text.encode(encoding), "a.html").blocks]
