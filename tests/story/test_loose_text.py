"""Web pages: words beside boxes, sources of quotations, code with numbered lines, notes of encyclopedias, prices."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.story.furniture import is_furniture
from player.story.html.raised import raised
from player.story.model import Story
from tests.story.reading import outline, read

pytestmark = pytest.mark.quick

FIRST = (
    "It was a long grey morning in the harbour and the men on the quay were waiting for the first boats to come in "
    "from the sea, as they did on every morning of that year."
)
LAST = (
    "Nobody said anything about the storm, although everyone had heard it beating against the shutters in the night, "
    "and the oldest of them counted the masts under his breath."
)


def _page(folder: Path, inside: str) -> Story:
    article = f"<article><h1>The Quay</h1><p>{FIRST}</p>{inside}<p>{LAST}</p></article>"
    return read(
        folder, f'<!DOCTYPE html><html lang="en"><title>The Quay</title><body>{article}</body></html>', "a.html"
    )


def _said(story: Story) -> list[tuple[str, int, str]]:
    """Return what is between the first paragraph and the last."""
    return outline(story)[2:-1]


def test_all_lines_of_an_address_are_read(tmp_path: Path) -> None:
    story = _page(tmp_path, "<address>Harbour Office<br>Room 12<br>Tel. 020 7946 0958</address>")
    assert [text for *_, text in _said(story)] == ["Harbour Office", "Room 12", "Tel. 020 7946 0958"]


def test_words_before_a_box_are_not_glued_to_it(tmp_path: Path) -> None:
    inside = '<div>They waited for the tide.<br><br>How do I mend it?<div class="sign">I love boats</div></div>'
    texts = [text for *_, text in _said(_page(tmp_path, inside))]
    assert texts == ["They waited for the tide.", "How do I mend it?", "I love boats"]


def test_words_in_bold_before_a_box_are_not_glued_to_it(tmp_path: Path) -> None:
    chat = "<div><b>Ann</b> <time>10:02</time><div>Is the bridge open</div></div>"
    linked = "<div><a href='/ben'>Ben</a><div>not until Tuesday</div></div>"
    texts = [text for *_, text in _said(_page(tmp_path, chat + linked))]
    assert texts == ["Ann 10:02", "Is the bridge open", "Ben not until Tuesday"]


def test_lists_in_cells_are_read(tmp_path: Path) -> None:
    head = "<tr><th>Boat</th><th>Catch</th></tr>"
    table = f"<table>{head}<tr><td>Heron</td><td><ul><li>herring</li><li>cod</li></ul></td></tr></table>"
    sentences = "<ul><li>The gate is shut at night.</li><li>The mate has the key.</li></ul>"
    story = _page(tmp_path, f"{table}<table><tr><td>{sentences}</td><td>Rules</td></tr></table>")
    assert [text for *_, text in _said(story)] == [
        "Boat: Heron; Catch: herring, cod.",
        "The gate is shut at night.",
        "The mate has the key.",
        "Rules",
    ]


def test_long_paragraphs_of_an_item_stand_alone(tmp_path: Path) -> None:
    rule = "The gate is shut at night, and only the mate and the master have a key to it."
    items = f"<ul><li><p>The pier</p><p>{rule}</p><p>More of it</p></li><li><p>The mill</p><p>on the hill</p></li></ul>"
    assert [text for *_, text in _said(_page(tmp_path, items))] == [
        "The pier",
        rule,
        "More of it",
        "The mill on the hill",
    ]


def test_boxes_in_items_and_cells_are_not_glued(tmp_path: Path) -> None:
    items = "<ul><li><div>Ann</div><div>master</div></li><li>Ben<div>mate</div>of the Gull</li></ul>"
    row = "<tr><td><div>Heron</div><div>of Larn</div></td><td><div>12</div></td></tr>"
    table = f"<table>{row}<tr><td>Gull</td><td>7</td></tr></table>"
    texts = [text for *_, text in _said(_page(tmp_path, items + table))]
    assert texts == ["Ann master", "Ben mate of the Gull", "Heron of Larn; 12.", "Gull; 7."]


def test_who_said_it_is_kept_and_apart(tmp_path: Path) -> None:
    forum = "<blockquote><cite>ann wrote:</cite>How do I mend it?</blockquote>"
    press = "<blockquote><p>Nobody will come today.</p><footer>— <cite>The mate</cite></footer></blockquote>"
    assert _said(_page(tmp_path, f"{forum}<p>In a week it will be done.</p>{press}")) == [
        ("quotation", 0, "ann wrote:"),
        ("quotation", 0, "How do I mend it?"),
        ("paragraph", 0, "In a week it will be done."),
        ("quotation", 0, "Nobody will come today."),
        ("quotation", 0, "— The mate"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        '<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td>'
        '<td class="code"><pre>a = 1\nb = 2</pre></td></tr></table>',
        '<div class="highlight"><table><tr><td class="gutter"><pre>1<br>2<br></pre></td>'
        "<td><pre>a = 1<br>b = 2</pre></td></tr></table></div>",
        '<table class="js-code"><tr><td data-line-number="1"></td><td class="blob-code">a = 1</td></tr>'
        '<tr><td data-line-number="2"></td><td class="blob-code">b = 2</td></tr></table>',
    ],
)
def test_code_beside_the_numbers_of_its_lines_is_code(tmp_path: Path, table: str) -> None:
    story = _page(tmp_path, table)
    assert [(block.text, block.code) for block in story.blocks[2:-1]] == [("Code example.", "a = 1\nb = 2")]


def test_a_table_of_counted_rows_is_no_code(tmp_path: Path) -> None:
    table = "<table><tr><td>1</td><td>Finland</td></tr><tr><td>2</td><td>Norway</td></tr></table>"
    assert [text for *_, text in _said(_page(tmp_path, table))] == ["1; Finland.", "2; Norway."]


def test_a_note_is_read_in_its_order_without_the_way_back(tmp_path: Path) -> None:
    text = '<p>They came at noon.<sup class="reference"><a href="#n1">[1]</a></sup></p>'
    source = '<cite>Roe, Ann (2004). <a href="/b"><i>The Geometry of Boats</i></a>. <a href="/p">Quay Press</a>.</cite>'
    back = '<span>^ <a href="#r1">a</a> <a href="#r2">b</a></span>'
    note = f'<ol class="references"><li id="n1">{back} {source}</li></ol>'
    assert [one.text for one in _page(tmp_path, text + note).notes] == [
        "Roe, Ann (2004). The Geometry of Boats. Quay Press."
    ]


def test_a_row_that_ends_in_a_note_has_one_full_stop(tmp_path: Path) -> None:
    mark = '<sup class="reference"><a href="#n1">[1]</a></sup>'
    table = f"<table><tr><th>Boat</th><th>Fate</th></tr><tr><td>Heron</td><td>It sank in May.{mark}</td></tr></table>"
    note = '<ol class="references"><li id="n1"><a href="#r1">^</a> The log.</li></ol>'
    assert "Boat: Heron; Fate: It sank in May." in [text for *_, text in outline(_page(tmp_path, table + note))]


def test_cents_are_part_of_a_price() -> None:
    assert raised("Pay $4", "99", " now") == ".99"
    assert raised("They paid $400", "12", " and left") == ""
    assert raised("Yes", "a", ".") == ""


def test_words_in_other_letters_are_not_in_the_language_they_are_marked_with(tmp_path: Path) -> None:
    words = "Он сказал, что лодки уже в гавани и что никто их не ждал."
    story = _page(tmp_path, f'<p lang="en-US">{words}</p>')
    assert [block.language for block in story.blocks if block.text == words] == ["ru"]


def test_the_first_line_of_a_copyright_that_goes_on_is_read(tmp_path: Path) -> None:
    said = "Copyright (c) 2014 The Quay and the persons named as the\nauthors of this. Everybody may copy it by hand."
    assert outline(read(tmp_path, f"{FIRST}\n\n{said}\n"))[1:] == [("paragraph", 0, said.replace("\n", " "))]


@pytest.mark.parametrize(
    "line",
    ["Advertisement - Continue Reading Below", "Our mailing address is: 12 Mill Lane, Larn", "Fullscreen"],
)
def test_lines_of_sellers_and_slide_shows_are_furniture(line: str) -> None:
    assert is_furniture(line)


def test_code_within_a_sentence_of_a_box_is_part_of_it(tmp_path: Path) -> None:
    inside = "<span data-as='p'>The <code>mode</code> prop sets <code>width</code>.</span><pre><code>x = 1</code></pre>"
    assert _said(_page(tmp_path, inside)) == [
        ("paragraph", 0, "The mode prop sets width."),
        ("paragraph", 0, "Code example."),
    ]


def test_a_table_in_a_quotation_is_read_row_by_row(tmp_path: Path) -> None:
    table = "<table><tr><th>Boat</th><th>Day</th></tr><tr><td>Heron</td><td>Monday</td></tr></table>"
    story = _page(tmp_path, f"<blockquote>{table}</blockquote>")
    assert _said(story) == [("list item", 1, "Boat: Heron; Day: Monday.")]


def test_lists_and_quotations_are_read_where_no_name_tells_the_story(tmp_path: Path) -> None:
    inside = f"<p>{FIRST}</p><p>Bring:</p><ul><li>a rope</li></ul><blockquote>We wait.</blockquote><p>{LAST}</p>"
    page = f'<html lang="en"><body><nav>Home</nav><div class="c-x1"><div><h1>The Quay</h1>{inside}</div></div></body>'
    assert outline(read(tmp_path, page, "a.html"))[2:-1] == [
        ("paragraph", 0, "Bring:"),
        ("list item", 1, "a rope"),
        ("quotation", 0, "We wait."),
    ]


def test_a_button_within_a_sentence_is_a_word_of_it(tmp_path: Path) -> None:
    inside = "<p>Return <em>the longest</em> <span><button><em>special</em></button></span> line of words in it.</p>"
    story = _page(tmp_path, inside + "<p><span><button>Share</button></span> <span><button>Like</button></span></p>")
    assert [text for *_, text in _said(story)] == ["Return the longest special line of words in it."]


def test_boxes_that_stand_for_paragraphs_are_read(tmp_path: Path) -> None:
    long = "".join(f"<p>{n}. {LAST}</p>" for n in range(6))
    story = _page(tmp_path, f"{long}<div style='margin: 0'>A whole sentence <b>in</b> a box.</div><p>One after it.</p>")
    assert [text for *_, text in _said(story)][-2:] == ["A whole sentence in a box.", "One after it."]


def test_lines_of_a_mail_are_apart(tmp_path: Path) -> None:
    inside = "<div dir='ltr'>Hi Alex,<div><br></div><div>Well met.</div><div>Thanks,</div><div>Jane</div></div>"
    assert [text for *_, text in _said(_page(tmp_path, inside))] == ["Hi Alex,", "Well met.", "Thanks,", "Jane"]


def test_boxes_of_code_beside_paragraphs_are_code(tmp_path: Path) -> None:
    story = _page(tmp_path, f"<p>{LAST[:50]}</p><div><code>zmap -p 5</code></div><p>Then wait for it.</p>")
    assert [block.code for block in story.blocks][2:-1] == ["", "zmap -p 5", ""]


def test_a_page_whose_parts_come_later_is_read_in_its_order(tmp_path: Path) -> None:
    first, last = f"<p>{FIRST}</p>", f"<p>{LAST}</p>"
    page = (
        '<html lang="en"><body><main><h1>The Quay</h1><template id="B:0"></template></main>'
        f'<div hidden id="S:1">{last}</div><div hidden id="S:0">{first}<template id="P:1"></template>'
        "<p>The boats came.</p></div></body></html>"
    )
    assert [text for *_, text in outline(read(tmp_path, page, "a.html"))] == [
        "The Quay",
        FIRST,
        LAST,
        "The boats came.",
    ]


def test_a_story_that_bears_the_name_of_comments_is_read(tmp_path: Path) -> None:
    long = "".join(f"<p>{n}. {LAST}</p>" for n in range(9))
    page = f'<html lang="en"><body><h1>The Quay</h1><div class="commentOnSelection">{long}</div></body></html>'
    assert len(read(tmp_path, page, "a.html").blocks) == 10
    page = f'<html lang="en"><body><article><h1>The Quay</h1>{long}</article><div class="comments">{long}</div></body>'
    assert len(read(tmp_path, page, "a.html").blocks) == 10
