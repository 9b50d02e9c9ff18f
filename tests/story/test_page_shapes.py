"""What pages do with their text: around it, over it, within its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import load, outline, read

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
        '<p style="font-size: 0">{}</p>',
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


_PARAGRAPHS = [f"On day {n} the boats came in late, and {STORM[:1].lower()}{STORM[1:]}" for n in range(1, 7)]
_STORY = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)


@pytest.mark.parametrize(
    "around",
    [
        '<div class="js-truncate-related-to-my-size"><h3><a href="/tides">Tides</a></h3>{}</div>',
        '<div class="tab-content infobox">{}</div>',
    ],
)
def test_a_name_does_not_make_a_box_of_a_story(tmp_path: Path, around: str) -> None:
    html = f"<html><body><h1>The Quay</h1>{around.format(_STORY)}<p>{GREY}</p></body></html>"
    texts = [block.text for block in read(tmp_path, html, "a.html").blocks]
    assert [text for text in texts if text in _PARAGRAPHS] == _PARAGRAPHS


def test_a_story_that_is_leafed_through_is_read(tmp_path: Path) -> None:
    leaves = "".join(f'<div class="leaf" style="display: none"><p>{text}</p></div>' for text in _PARAGRAPHS)
    html = f"<html><body><article><h1>The Quay</h1><div class=leaf><p>{GREY}</p></div>{leaves}</article></body></html>"
    texts = [block.text for block in read(tmp_path, html, "a.html").blocks]
    assert texts[-7:] == [GREY, *_PARAGRAPHS]


def test_what_amp_opens_at_a_touch_is_not_read(tmp_path: Path) -> None:
    html = page(f"<amp-lightbox id=gallery>{_STORY * 3}</amp-lightbox>")
    texts = [block.text for block in read(tmp_path, html, "a.html").blocks]
    assert texts == ["The Quay", GREY, STORM]


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


def test_words_alone_in_a_figure_are_read(tmp_path: Path) -> None:
    html = "<figure><blockquote><p>A mast is a mast.</p></blockquote><figcaption>Ann Roe, captain</figcaption></figure>"
    assert between(tmp_path, html) == ["A mast is a mast.", "Ann Roe, captain"]


def test_code_within_lists_is_announced(tmp_path: Path) -> None:
    html = (
        "<ol><li>Take the rope:<pre><code>tar x\ncd rope</code></pre>Then <code>go</code> on.</li>"
        "<li>Say:<pre>ahoy</pre></li></ol>"
        "<dl><dt>A knot</dt><dd><p>It holds.</p><pre>tie $a\nuntie $b</pre></dd></dl>"
    )
    assert between(tmp_path, html) == [
        *("1. Take the rope:", "Code example.", "Then go on.", "2. Say: ahoy", "A knot", "It holds.", "Code example."),
    ]


def test_raised_and_lowered_numbers_and_letters(tmp_path: Path) -> None:
    html = '<p>They have <picture><source srcset=a><img alt="three" src=h.png></picture> boats of 5 kg<sup>9</sup>.</p>'
    assert between(tmp_path, html) == ["They have three boats of 5 kg."]
    html = (
        "<p>It is 1<sup>1</sup>/<sub>2</sub> miles, or <sup>3</sup>&frasl;<sub>4</sub> of one, he said<sup>b</sup> to"
        ' all<sup>(c)</sup> of Acme<sup>TM</sup> there<span style="vertical-align: super">7</span>.</p>'
    )
    assert between(tmp_path, html) == ["It is 1 1/2 miles, or 3/4 of one, he said to all of Acme there."]


def test_a_table_of_names_alone_is_a_row(tmp_path: Path) -> None:
    head, foot = (f"<{tag}><tr><th>Day</th><th>Boats</th></tr></{tag}>" for tag in ("thead", "tfoot"))
    assert between(tmp_path, f"<table>{head}</table>") == ["Day; Boats."]
    table = f"<table>{head}<tbody><tr><td>Monday</td><td>3</td></tr></tbody>{foot}</table>"
    assert between(tmp_path, table) == ["Day: Monday; Boats: 3."]


def test_line_breaks_in_cells_part_words(tmp_path: Path) -> None:
    html = "<table><tr><th>Thing<th>Price<tr><td>coat<br>and hat<td>3</table>"
    assert between(tmp_path, html) == ["Thing: coat and hat; Price: 3."]
    html = "<table><tr><th>A<th>B<tr><td>It was so cold.<td>No.<tr><th>A<th>B<tr><td>1<td>2</table>"
    assert between(tmp_path, html) == ["A: It was so cold; B: No.", "A: 1; B: 2."]
    html = "<table><tr><td>coat<br>and hat<td>3<tr><td>shoe<td>4</table>"
    assert between(tmp_path, html) == ["coat and hat; 3.", "shoe; 4."]


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


def test_a_plain_text_without_a_title_of_its_own_has_the_window_s(tmp_path: Path) -> None:
    text = "\n\n".join(["The lamp is lit at dusk by the keeper, who climbs the stairs and trims the wick."] * 3)
    story = read(tmp_path, f"<title>RFC 9876: The Signalling\nof Lamps</title><pre>\n{text}\n</pre>", "a.html")
    assert story.title == "RFC 9876: The Signalling of Lamps"


def test_prose_in_pre_is_told_from_code(tmp_path: Path) -> None:
    html = (
        "<pre>\nThe tide comes in, the tide goes out,\nand all the bells are ringing.\n\nHe does not know what lies"
        " ahead,\nnor what he left behind him.\n</pre>"
        "<p>Here is a program that nobody can follow by ear, as an example.</p>"
        "<pre>Roses are red\nViolets are blue</pre><pre>+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+</pre>"
        "<pre>\nfor (i = 0; i &lt; n; i++) {\n  print(i);\n}\n</pre><pre>$ git clone https://example.org/x.git</pre>"
    )
    assert between(tmp_path, html) == [
        "The tide comes in, the tide goes out, and all the bells are ringing.",
        "He does not know what lies ahead, nor what he left behind him.",
        "Here is a program that nobody can follow by ear, as an example.",
        *("Roses are red", "Violets are blue", "a: 1; b: 2."),
        "Code example.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_page_that_says_utf_16_in_ascii_is_not(tmp_path: Path, encoding: str) -> None:
    text = page("<p>The café was naïve.</p>").replace("<head>", '<head><meta charset="utf-16">')
    assert "The café was naïve." in [block.text for block in read(tmp_path, text.encode(encoding), "a.html").blocks]


CONSENT = (
    '<div id="onetrust-consent-sdk" class="modal-dialog"><div class="gdpr-text"><h2>We value your privacy</h2><p>We and'
    " our partners store and read information on a device, such as cookies, and process personal data for advertising,"
    " measurement and audience research.</p><p>With your permission we and our partners may use precise location data,"
    " and you may click to consent, or refuse it.</p><button>Accept all</button></div></div>"
)


def test_a_request_for_consent_over_a_short_story_is_not_read(tmp_path: Path) -> None:
    main = "<main><h1>Bridge closed</h1><p>The bridge over the Larn is closed.</p><p>Use the mill road.</p></main>"
    google = f'<div class="fc-dialog-container"><h1>example.org asks for your consent</h1><p>To store: {GREY}</p></div>'
    scripts = "<div>JavaScript is disabled. Please enable JavaScript to use this site.</div>"
    age = '<div class="age-gate"><p>You must be of legal drinking age to enter.</p></div>'
    for box in (google, age, scripts):
        text = f"<html lang=en><title>Bridge closed</title><body>{box}{main}</body></html>"
        assert len(read(tmp_path, text, "a.html").blocks) == 3
    story = read(tmp_path, f"<html lang=en><title>Bridge closed</title><body>{CONSENT}{main}</body></html>", "a.html")
    assert [block.text for block in story.blocks] == [
        *("Bridge closed", "The bridge over the Larn is closed.", "Use the mill road."),
    ]


def test_the_same_for_wide_and_narrow_windows_is_read_once(tmp_path: Path) -> None:
    html = (
        '<div class="lg:hidden"><p>The ferry sank.</p></div><div class="hidden lg:block"><p>The ferry sank.</p></div>'
    )
    assert between(tmp_path, html) == ["The ferry sank."]


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=js-vote-count>12</div>",
        '<div class="votes"><span>▲</span><span>31</span><span>▼</span></div><span itemprop="upvoteCount">31</span>',
        "<p>To view this video please enable JavaScript</p><p>Rate this article</p>",
        '<div class="post-likes"><span>1.2k</span></div>',
        "<p>1 of 12</p>",
        "<p>Slide 3 / 7</p>",
        "<p>Your browser does not support the audio element.</p>",
        "<p>0:00 / 3:12</p>",
        "<p>Listen To Story Above</p>",
        "<p>Like · Share · Reply</p>",
        "<p>Was this article helpful? Yes No</p>",
        "<p>https://example.org/a/picture.jpg</p>",
        "<p><a href=/x><b>THE MILL ROAD IS CLOSED AS WELL</b></a></p>",
        "<figure><video src=a.mp4></video><figcaption>What the council said today</figcaption></figure>",
        "<figure><img src=a.jpg><figcaption>Getty</figcaption></figure>",
    ],
)
def test_what_is_for_those_who_press_and_count_is_not_read(tmp_path: Path, furniture: str) -> None:
    assert between(tmp_path, furniture) == []


def test_the_same_for_two_screens_is_read_once(tmp_path: Path) -> None:
    said = ["The ferry sank on Monday, with all its mail.", "Nobody was on board but the cat."]
    text = "".join(f"<p>{one}</p>" for one in said)
    html = f'<div class="desktop-only">{text}</div><div class="mobile-only">{text}</div>'
    assert between(tmp_path, html) == [
        "The ferry sank on Monday, with all its mail.",
        "Nobody was on board but the cat.",
    ]


def test_teasers_of_other_stories_are_not_read(tmp_path: Path) -> None:
    below = "".join(
        f"<article><h3><a href=/{n}>Story {n}</a></h3><p>It is told {n} times. {STORM}</p></article>" for n in "12"
    )
    html = (
        f'<main><div class="story"><h1>The Quay</h1><p>{GREY}</p><p>{STORM}</p></div><div class="related">{below}</div>'
    )
    story = read(tmp_path, f"<html lang=en><title>The Quay</title><body>{html}</main></body></html>", "a.html")
    assert [block.text for block in story.blocks] == ["The Quay", GREY, STORM]


def test_the_next_story_below_is_not_read(tmp_path: Path) -> None:
    below = f"<article><h1>The Mill</h1><p>Another story is here. {GREY}</p><p>Its end is here. {STORM}</p></article>"
    texts = [block.text for block in read(tmp_path, page("", after=below), "a.html").blocks]
    assert texts == ["The Quay", GREY, STORM]


def test_a_short_next_story_in_an_article_of_its_own_is_not_read(tmp_path: Path) -> None:
    mill = "The mill opens its doors on Sunday, after the miller's daughter had mended its wheel over the whole winter."
    below = f"<article data-url=/mill><h1>The Mill</h1><p>{mill}</p></article>"
    texts = [block.text for block in read(tmp_path, page("", after=below), "a.html").blocks]
    assert texts == ["The Quay", GREY, STORM]


def test_lists_by_letters_and_values(tmp_path: Path) -> None:
    lists = "<ol type=a><li>wait<li>go</ol><ol><li value=7>seven<li>eight</ol><ol reversed><li>two<li>one</ol>"
    assert between(tmp_path, lists) == ["a. wait", "b. go", "7. seven", "8. eight", "2. two", "1. one"]


def test_old_pages_in_a_table_with_rules(tmp_path: Path) -> None:
    menu = "<td width=150><a href=a.html>Home</a><br><a href=b.html>Boats</a></td>"
    html = f"<table><tr>{menu}<td><h1>The Quay</h1>{GREY}<hr>{STORM}<br><br>The end came soon.</td></tr></table>"
    texts = [block.text for block in read(tmp_path, f"<html><title>The Quay</title><body>{html}", "a.html").blocks]
    assert texts == ["The Quay", GREY, STORM, "The end came soon."]


def test_commands_between_dollars_are_formulas_without_a_script(tmp_path: Path) -> None:
    html = "<p>Let $f(x) = \\frac{1}{x}$ be given. It cost $5 then, and $7 now.</p>"
    assert between(tmp_path, html) == ["Let f(x) = 1 over x be given. It cost $5 then, and $7 now."]


CAPTIONED = (
    '<figure><img src=a.jpg alt=""><figcaption>The third arch, before it fell. <span class=credit>Ann Roe</span>'
    "</figcaption></figure><p>It took six weeks to mend it, and then the rain came.</p>"
    '<div class="wp-caption"><img src=b.jpg><p class="wp-caption-text">The mill road in spring. (Photo by Ben)</p>'
    "</div>"
    "<table><caption>Catch of the year</caption><tr><th>Fish<th>Tons<tr><td>Cod<td>3</table>"
)


def test_captions_are_read_in_their_place(tmp_path: Path) -> None:
    assert between(tmp_path, CAPTIONED) == [
        "The third arch, before it fell.",
        "It took six weeks to mend it, and then the rain came.",
        "The mill road in spring.",
        "Catch of the year",
        "Fish: Cod; Tons: 3.",
    ]


def test_slide_shows_streams_and_skins_of_players_are_not_read(tmp_path: Path) -> None:
    slides = "".join(f"<li>{n}/5 A slide. It says what another picture shows.</li>" for n in range(1, 6))
    skin = '<div class="vjs-menu"><ul><li>Chapters</li><li>subtitles off, selected</li></ul></div>'
    stories = "".join(
        f"<li><h3><a href=/{n}>The mill {n}</a></h3><p>It opens on Sunday {n}.</p></li>" for n in range(6)
    )
    html = f"<h2>The year in pictures</h2><ul class=legends>{slides}</ul>{skin}<p>{GREY} {STORM} {GREY} {STORM}</p>"
    assert between(tmp_path, html, after=f"<ul>{stories}</ul>") == [f"{GREY} {STORM} {GREY} {STORM}"]


def test_buttons_of_players_are_not_read(tmp_path: Path) -> None:
    buttons = "<button>Play</button><span>0:00</span>/<span>2:31</span><span>1x</span><span>HD</span>"
    best = "The best player of the match was Ann Roe, who scored 2 goals and was carried home."
    html = (
        f'<div class="audio-player">{buttons}</div><div class="player"><p>{best}</p></div>'
        f'<div class="video-player"><div class="controls">{buttons}</div></div>'
    )
    assert between(tmp_path, html) == [best]


def test_formulas_set_as_text_have_exponents_and_blanks(tmp_path: Path) -> None:
    html = (
        '<p>That is <span class="texhtml">AA<sup>H</sup> = A<sup>2</sup></span>, and <math><mi>k</mi></math>heads.</p>'
    )
    assert between(tmp_path, html) == ["That is AA to the power of H = A², and k heads."]


def test_a_page_of_a_few_lines_is_read_block_by_block(tmp_path: Path) -> None:
    lines = "<h2>Boats</h2><p>It was long before the tide came in.</p><ul><li>one<li>two</ul><p>Nobody spoke.</p>"
    around = f"<div class=nav><a href=/>Home</a></div><div id=content>{lines}</div><div id=footer><p>Imprint</p></div>"
    texts = ["Boats", "It was long before the tide came in.", "one", "two", "Nobody spoke."]
    for html in (lines, f"<html><head><title>The Quay</title></head><body>{around}</body></html>"):
        blocks = read(tmp_path, html, "a.html").blocks
        assert [block.text for block in blocks if block.text != "The Quay"] == texts


def test_captions_keep_their_words_together(tmp_path: Path) -> None:
    caption = "<figcaption>The arch in <b>January</b>, by H<sub>2</sub>O.</figcaption>"
    assert between(tmp_path, f'<figure><img src=a.jpg alt="">{caption}</figure>') == ["The arch in January, by H₂O."]


def test_captions_within_boxes_of_a_picture_are_read(tmp_path: Path) -> None:
    box = "<div class=thumb><div class=inner><a><img src=a.jpg></a><div class=thumbcaption>{}</div></div></div>"
    captions = ("The mill in winter.", '<a href="/b">Another story of it</a>', "Ann Roe, ASSOCIATED PRESS")
    inside = "<p>Between them.</p>".join(map(box.format, captions))
    assert between(tmp_path, inside) == ["The mill in winter.", "Between them.", "Between them."]


def test_remarks_of_manuals_are_read(tmp_path: Path) -> None:
    inside = (
        "<aside class='callout callout-tip'><p>Tie it twice.</p></aside><aside><p>Read more of our work.</p></aside>"
    )
    assert between(tmp_path, inside) == ["Tie it twice."]


def test_verse_in_pre_may_have_small_letters(tmp_path: Path) -> None:
    verse = ["The tide comes in", "over the sand", "and nobody speaks"]
    assert between(tmp_path, "<pre>{}\n   {}\n{}</pre>".format(*verse)) == verse


def test_captions_can_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(CAPTIONED))
    texts = [block.text for block in load(str(path), captions=False).blocks]
    assert texts[2:-1] == ["It took six weeks to mend it, and then the rain came.", "Fish: Cod; Tons: 3."]


@pytest.mark.parametrize(
    ("box", "read_out"),
    [
        ('<div class="hidden"><p>{}</p></div>', False),
        ('<div class="d-none"><p>{}</p></div>', False),
        ('<div class="hidden md:block"><p>{}</p></div>', True),
        ("<details><summary>How it began</summary><p>{}</p></details>", True),
        ("<noindex><p>{}</p></noindex>", True),
    ],
)
def test_classes_and_elements_that_hide_or_do_not(tmp_path: Path, box: str, read_out: bool) -> None:
    said = "The ferry had come at noon with all its mail on board."
    assert (said in between(tmp_path, box.format(said))) == read_out


def test_a_quotation_in_another_language_keeps_it_and_has_the_marks_of_the_language_around(tmp_path: Path) -> None:
    text = "<html lang=en><body><article><h1>A letter</h1><p>Marie wrote to us in the spring, and her words were few. "
    text += (
        "<q lang=fr>Je ne reviendrai pas,</q> she said, and all of us believed her then.</p></article></body></html>"
    )
    block = read(tmp_path, text, "letter.html").blocks[1]
    assert "“Je ne reviendrai pas,” she said" in block.text
    spans = [(block.text[span.start : span.end], span.language) for span in block.languages]
    assert spans == [("“Je ne reviendrai pas,”", "fr")]


def test_words_that_are_hidden_from_screen_readers_alone_are_read(tmp_path: Path) -> None:
    price = '<p>It is <span aria-hidden="true">£5</span><span class="sr-only">five pounds</span> a fish.</p>'
    assert between(tmp_path, price) == ["It is £5 a fish."]


SHORT = ["Bridge closed", "The bridge over the Larn is closed. Use the mill road.", "It opens again in six weeks."]


@pytest.mark.parametrize(
    "box",
    [
        '<div style="position:fixed"><p>We use cookies to improve your experience. By going on you agree to our use of'
        " cookies.</p><button>Accept</button></div>",
        '<section aria-label="Cookie banner"><h2>Cookies on this site</h2><p>We’d like to set additional cookies to'
        " understand how you use the site, remember your settings and improve it.</p><button>Accept</button></section>",
        '<div class="cmp-layer" role="dialog"><h2>Ihre Privatsphäre</h2><p>Wir und unsere Partner verwenden Cookies und'
        " vergleichbare Technologien, um Inhalte zu personalisieren und die Nutzung zu messen.</p></div>",
        '<div class="modal show" id="rgpd"><h3>Votre vie privée</h3><p>Avec votre accord, nous utilisons des cookies ou'
        " technologies similaires pour accéder à des informations comme votre visite sur ce site.</p></div>",
        '<div class="adblock-modal"><h2>Ad blocker detected</h2><p>Please turn off your ad blocker to go on.</p></div>',
        '<div class="smart-banner"><p>Read this in our app</p><a>Open</a></div>',
        '<div class="modal newsletter-popup"><h2>Don’t miss out</h2><p>Get our best stories in your inbox.</p>'
        "<form><input type=email><button>Sign up</button></form></div>",
    ],
)
def test_what_lies_over_a_short_story_is_left_out(tmp_path: Path, box: str) -> None:
    title, *said = SHORT
    story = f"<main><h1>{title}</h1>{''.join(f'<p>{one}</p>' for one in said)}</main>"
    html = f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>{box}{story}</body></html>'
    assert [block.text for block in read(tmp_path, html, "a.html").blocks] == SHORT


def test_a_story_that_is_there_twice_is_read_once(tmp_path: Path) -> None:
    story = f"<h1>The Quay</h1><p>{GREY}</p><p>{STORM}</p>"
    html = f"<html><head><title>The Quay</title></head><body><main><article id=print>{story}</article>"
    html += f"<article id=screen>{story}</article></main></body></html>"
    assert [block.text for block in read(tmp_path, html, "a.html").blocks] == ["The Quay", GREY, STORM]


def test_pictures_that_are_all_a_cell_holds(tmp_path: Path) -> None:
    yes, sea = '<img src="y.png" alt="Yes">', '<img src="a.png" alt="A red boat on the sea, with a man">'
    rows = f"<tr><th>Name</th><th>Sails</th></tr><tr><td>Ann</td><td>{yes}</td></tr><tr><td>Bob</td><td>{sea}</td></tr>"
    said = between(tmp_path, f"<table>{rows}</table>")
    assert said == ["Name: Ann; Sails: Yes.", "Name: Bob; Sails: A red boat on the sea, with a man."]
    file = '<img src="y.png" alt="Red boat.svg">'
    assert between(tmp_path, f"<table>{rows.replace(yes, file)}</table>")[0] == "Name: Ann."


def test_a_formula_in_a_box_is_apart_from_the_words_around(tmp_path: Path) -> None:
    html = f'<div>The area is<div class="math">\\(\\pi r^2\\)</div>where r is the radius of the harbour. {STORM}</div>'
    assert "The area is π r² where r is" in " ".join(between(tmp_path, html))
