"""Feeds: their entries, in order; what is read of each; several as one story."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import SourceError, UsageError
from player.settings import Settings, Source
from player.sources import load_story
from player.story.formats.feed import read as read_feed
from player.story.model import Section, Story
from player.story.opening import load as load_afresh
from player.story.reading.feed import Feed
from player.story.reading.raw_source import RawSource
from tests.story.reading import PAGES, load, load_any, load_entries, outline
from tests.support.missing import without
from tests.support.web import Web, serving

pytestmark = pytest.mark.quick

WIRE = (PAGES / "wire.html").read_bytes()
WIRE_TITLE = "Ferry workers reach deal after 11-day strike"
PARAGRAPHS = [f"Paragraph {n} says one thing or another about the harbour and its boats at night." for n in range(8)]
WHOLE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        yield web


def rss(*items: str, about: str = "<title>The Harbour Post</title><language>en-gb</language>") -> bytes:
    """An RSS 2.0 feed."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f'<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?><!-- made by hand -->\n<rss version="2.0" {spaces}>'
        f"<channel>{about}{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    ).encode()


def whole(title: str, text: str = WHOLE, more: str = "") -> str:
    """An item that holds all of its story."""
    return f"<title>{title}</title>{more}<content:encoded><![CDATA[{text}]]></content:encoded>"


def feed_of(source: str | bytes, folder: Path | None = None, **how: object) -> Feed:
    """The feed at an address, or of these bytes."""
    if isinstance(source, bytes):
        assert folder is not None
        (folder / "feed").write_bytes(source)
        source = str(folder / "feed")
    feed = load_any(source, **how)  # type: ignore[arg-type]
    assert isinstance(feed, Feed)
    return feed


def story_of(feed: Feed, index: int = 0) -> Story:
    return load_entries(feed, [feed.entries[index]])


def texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


# -- formats ---------------------------------------------------------------------------------------------------


def test_rss_that_holds_whole_stories(web: Web) -> None:
    item = whole(
        "Ferries &amp;amp; &lt;i&gt;fog&lt;/i&gt;",
        WHOLE + '<p>The post <a href="x">Ferries</a> appeared first on <a href="y">The Harbour Post</a>.</p>',
        f"<link>{web.address}/ferries</link><dc:creator>Ada Lind</dc:creator><description>Short.</description>"
        "<pubDate>Thu, 13 Feb 2025 23:30:00 -0800</pubDate>",
    )
    url = web.page("/feed", rss(item), "application/rss+xml")
    feed = feed_of(url)
    assert (feed.title, [entry.name for entry in feed.entries]) == ("The Harbour Post", ["Ferries & fog"])
    story = story_of(feed)
    assert texts(story) == ["Ferries & fog", *PARAGRAPHS]
    assert (story.byline, story.published, story.language) == ("Ada Lind", "2025-02-13", "en-gb")
    assert web.asked == ["/feed"], "the page holds no more than the feed"


def test_atom_with_xhtml_and_plain_text(tmp_path: Path) -> None:
    feed = feed_of(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Der &lt;b>Hafen&lt;/b></title>
        <entry><title>Nachts</title><id>urn:1</id><updated>2024-05-31T10:00:00Z</updated>
        <author><name>Ada Lind</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>Es <b>reg</b>nete.</p><ul><li>\xc3\x96l</li></ul><blockquote>Ein Licht.</blockquote></div></content></entry>
        <entry><title>Notiz</title><id>urn:2</id><content type="text">Eins &lt; zwei.\n\nUnd &lt;b> ist fett.</content>
        </entry></feed>""",
        tmp_path,
    )
    assert (feed.title, feed.language) == ("Der Hafen", "de")
    assert outline(story_of(feed)) == [
        ("heading", 1, "Nachts"),
        ("paragraph", 0, "Es regnete."),
        ("list item", 1, "Öl"),
        ("quotation", 0, "Ein Licht."),
    ]
    assert texts(story_of(feed, 1)) == ["Notiz", "Eins < zwei.", "Und <b> ist fett."]


def test_rss_of_long_ago(tmp_path: Path) -> None:
    one = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">
        <title>Old</title><link>http://o.invalid/</link></channel><item rdf:about="y"><title>An old one</title>
        <dc:date>2003-01-02</dc:date><description>It rained.</description></item></rdf:RDF>"""
    entry = feed_of(one, tmp_path).entries[0]
    assert (entry.name, entry.published, entry.text) == ("An old one", "2003-01-02", "It rained.")
    nought = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
        "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Older</title>
        <item><title>Caf&eacute;</title><description>It snowed.</description></item></channel></rss>"""
    assert feed_of(nought, tmp_path).entries[0].name == "Café"


@pytest.mark.parametrize("media", ["application/atom+xml", "text/xml", "application/xml", "text/html", "text/plain"])
def test_a_feed_is_known_whatever_it_is_called(web: Web, media: str) -> None:
    assert feed_of(web.page("/index", rss(whole("A")), media)).title == "The Harbour Post"


def test_other_xml_is_no_feed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">Some words.</rdf:RDF>')
    assert load(str(path)).blocks
    path.write_text("<feedback>Some words.</feedback>")
    assert load(str(path)).blocks


def test_a_page_that_links_a_feed_is_a_page(web: Web) -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert load(web.page("/ferry", WIRE.replace(b"</head>", link + b"</head>"))).title == WIRE_TITLE
    assert web.asked == ["/ferry"]


# -- entries ---------------------------------------------------------------------------------------------------


def test_the_newest_comes_first_and_what_has_no_date_keeps_its_place(tmp_path: Path) -> None:
    def dated(title: str, date: str) -> str:
        return f"<title>{title}</title><description>x</description>" + (f"<pubDate>{date}</pubDate>" if date else "")

    mixed = rss(
        dated("old", "Mon, 06 Jan 2025 10:00:00 GMT"),
        dated("below old", ""),
        dated("new", "Tue, 07 Jan 2025 00:30:00 +0200"),
        dated("newest", "Tue, 07 Jan 2025 00:30:00 GMT"),
    )
    assert [entry.name for entry in feed_of(mixed, tmp_path).entries] == ["newest", "new", "old", "below old"]
    undated = rss(*(dated(title, "") for title in "cab"))
    assert [entry.name for entry in feed_of(undated, tmp_path).entries] == ["c", "a", "b"]


def test_a_summary_leads_to_the_page(web: Web, tmp_path: Path) -> None:
    web.page("/news/ferry", WIRE)
    item = "<title>Ferry deal</title><link>ferry</link><description>Workers reached a deal.</description>"
    feed = feed_of(web.page("/news/feed", rss(item)))
    assert feed.entries[0].link == f"{web.address}/news/ferry", "seen from the feed's address"
    story = load_entries(feed, feed.entries, pages=tmp_path)
    assert story == load(f"{web.address}/news/ferry")
    before = len(web.asked)
    assert load_entries(feed, feed.entries, pages=tmp_path) == story
    assert len(web.asked) == before, "the page was kept"
    load_entries(feed, feed.entries, pages=tmp_path, refresh=True)
    assert web.asked[before:] == ["/news/ferry"]


@pytest.mark.parametrize("end", ["[&#8230;]", "…", "… <a href='x'>Continue reading</a>", "<a href='x'>Read more »</a>"])
def test_the_beginning_of_a_story_leads_to_the_page(web: Web, end: str) -> None:
    web.page("/ferry", WIRE)
    item = whole("Ferry deal", f"<p>{'Workers reached a deal. ' * 25}{end}</p>", f"<link>{web.address}/ferry</link>")
    assert story_of(feed_of(web.page("/feed", rss(item)))).title == WIRE_TITLE


@pytest.mark.parametrize("page", [None, b"<html><body><p>Accept all cookies</p></body></html>", rss(whole("A"))])
def test_a_page_that_cannot_be_had_leaves_the_summary(web: Web, page: bytes | None) -> None:
    if page is not None:
        web.page("/ferry", page)
    item = (
        f"<title>Ferry deal</title><link>{web.address}/ferry</link><description>Workers reached a deal.</description>"
    )
    story = story_of(feed_of(web.page("/feed", rss(item))))
    assert texts(story) == ["Ferry deal", "Workers reached a deal."]
    assert story.source == f"{web.address}/ferry"


def test_a_page_with_less_than_the_feed_is_not_taken(web: Web) -> None:
    web.page("/ferry", b"<html><body><article><p>Subscribe to our paper. It is a good one.</p></article></body></html>")
    item = (
        f"<title>Ferry</title><link>{web.address}/ferry</link><description>{'It rained all day. ' * 20}</description>"
    )
    assert "It rained" in story_of(feed_of(web.page("/feed", rss(item)))).blocks[1].text


def test_a_title_alone_says_why_there_is_no_story(web: Web) -> None:
    feed = feed_of(web.page("/feed", rss(f"<title>Ferry</title><link>{web.address}/gone</link>")))
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 answers 404"):
        story_of(feed)


@pytest.mark.parametrize("link", ["file:///etc/hostname", "ftp://h.invalid/a", "javascript:alert(1)", "http://[", ""])
def test_links_lead_to_the_web_only(tmp_path: Path, link: str) -> None:
    item = f"<title>A</title><link>{link}</link><description>Words.</description>"
    feed = feed_of(rss(item), tmp_path)
    assert feed.entries[0].link == ""
    assert texts(story_of(feed)) == ["A", "Words."]


def test_the_place_is_remembered_with_the_page(web: Web, tmp_path: Path) -> None:
    web.page("/ferry", WIRE)
    linked = whole("Ferry", more=f"<link>{web.address}/ferry</link>")
    story = story_of(feed_of(web.page("/feed", rss(linked))))
    page = load(f"{web.address}/ferry")
    assert (story.identity, story.source) == (page.identity, page.source)

    def identity(*items: str) -> str:
        return story_of(feed_of(rss(*items), tmp_path)).identity

    first, second = whole("A", more="<guid isPermaLink='false'>1</guid>"), whole("B")
    assert identity(first) == identity(first, second) != identity(second)


def test_names_without_mail_addresses(tmp_path: Path) -> None:
    authors = ["ada@h.invalid (Ada Lind)", "Ada Lind &lt;ada@h.invalid&gt;", "Ada Lind", "ada@h.invalid"]
    items = [f"<title>A</title><author>{author}</author><description>x</description>" for author in authors]
    feed = feed_of(rss(*items), tmp_path)
    assert [entry.byline for entry in feed.entries] == ["Ada Lind", "Ada Lind", "Ada Lind", ""]


def test_a_note_without_a_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    feed = feed_of(rss("<description>It rained for nine days, and then it snowed for one.</description>"), tmp_path)
    assert feed.entries[0].name == "It rained for nine days, and then it…"
    assert texts(story_of(feed)) == ["It rained for nine days, and then it snowed for one."]


# -- several ---------------------------------------------------------------------------------------------------


def test_the_latest_are_chapters_of_one_story(web: Web) -> None:
    web.page("/ferry", WIRE)
    url = web.page(
        "/feed",
        rss(
            whole("One", "<h2>Part</h2>" + WHOLE, "<pubDate>Tue, 07 Jan 2025 10:00:00 GMT</pubDate>"),
            f"<title>Two</title><link>{web.address}/ferry</link><pubDate>Mon, 06 Jan 2025 10:00:00 GMT</pubDate>",
            f"<title>Three</title><link>{web.address}/gone</link><pubDate>Sun, 05 Jan 2025 10:00:00 GMT</pubDate>",
            whole("Four", more="<pubDate>Sat, 04 Jan 2025 10:00:00 GMT</pubDate>"),
        ),
    )
    story = load(url, latest=3)
    assert (story.title, story.published, story.source) == ("The Harbour Post", "2025-01-07", url)
    shown = outline(story)
    assert shown[:4] == [
        ("heading", 1, "The Harbour Post"),
        ("heading", 2, "One"),
        ("heading", 3, "Part"),
        ("paragraph", 0, PARAGRAPHS[0]),
    ]
    chapters = [section for section in story.sections if section.level == 1]
    assert [chapter.title for chapter in chapters] == ["One", "Two", "Three"]
    assert [shown[chapter.block] for chapter in chapters] == [("heading", 2, chapter.title) for chapter in chapters]
    assert "strike" in " ".join(texts(story)[chapters[1].block : chapters[2].block])
    assert shown[-1] == ("heading", 2, "Three"), "what cannot be had is named"
    assert "/gone" in web.asked
    assert story.identity == load(url, latest=2).identity


def test_the_latest_alone_is_that_story(web: Web) -> None:
    url = web.page("/feed", rss(whole("One", "<h2>Part</h2>" + WHOLE), whole("Two")))
    story = load(url, latest=1)
    assert (story.title, story.sections) == ("One", (Section(1, "Part"),))
    assert story == story_of(feed_of(url))


def test_more_than_there_are(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_bytes(rss(whole("One"), whole("Two")))
    assert len(load(str(path), latest=50).sections) == 2


def test_without_a_choice_the_feed_says_how_many_there_are(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_bytes(rss(whole("One"), whole("Two")))
    with pytest.raises(UsageError, match=r"feed\.rss is a feed of 2 stories") as caught:
        load_story(Source(str(path)), Settings())
    assert "--latest 1" in caught.value.hint


def test_nothing_that_can_be_had(web: Web) -> None:
    items = [f"<title>{n}</title><link>{web.address}/{n}</link>" for n in range(2)]
    with pytest.raises(SourceError, match="answers 404"):
        load(web.page("/feed", rss(*items)), latest=2)


# -- keeping ---------------------------------------------------------------------------------------------------


def test_a_feed_is_asked_for_every_time_and_opens_as_kept_without_the_network(tmp_path: Path) -> None:
    with serving() as web:
        url = web.page("/feed", rss(whole("One")), ETag='"1"')
        first = feed_of(url, pages=tmp_path)
        assert feed_of(url, pages=tmp_path) == first
        web.page("/feed", rss(whole("Two"), whole("One")), ETag='"2"')
        assert [entry.name for entry in feed_of(url, pages=tmp_path).entries] == ["Two", "One"]
        assert len(web.asked) == 3
    assert [entry.name for entry in feed_of(url, pages=tmp_path).entries] == ["Two", "One"]
    with pytest.raises(SourceError, match="cannot be reached"):
        load(url, pages=tmp_path, refresh=True)


def test_a_json_feed_is_asked_for_every_time_and_its_stories_need_no_page(tmp_path: Path) -> None:
    def feed(*names: str) -> bytes:
        items = [{"id": name, "title": name, "content_text": f"All about {name}. " * 9} for name in names]
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": items}).encode()

    with serving() as web:
        url = web.page("/feed.json", feed("One"))
        assert [entry.link for entry in feed_of(url, pages=tmp_path).entries] == [""]
        web.page("/feed.json", feed("Two", "One"))
        assert [entry.name for entry in feed_of(url, pages=tmp_path).entries] == ["Two", "One"]


# -- hostile and damaged ---------------------------------------------------------------------------------------


def test_hostile_titles_are_text(tmp_path: Path) -> None:
    feed = feed_of(
        rss(
            whole("Red \x1b[31mfog &amp;#27;[2J [bold]x[/bold]", "<p>\x1b[2JWords\x07.</p><script>x()</script>"),
            whole("&lt;script&gt;alert(1)&lt;/script&gt;\u202e ../../etc/passwd"),
            about="<title>A &#27;[31m feed\u200f</title>",
        ),
        tmp_path,
    )
    names = [feed.title, *(entry.name for entry in feed.entries)]
    assert names == ["A feed", "Red fog [bold]x[/bold]", "<script>alert(1)</script> ../../etc/passwd"]
    assert texts(story_of(feed))[1:] == ["Words."]


def test_a_podcast_without_text_says_so(tmp_path: Path) -> None:
    item = "<title>A</title><link>http://p.invalid/a</link><enclosure url='http://p.invalid/a.mp3' type='audio/mpeg'/>"
    with pytest.raises(SourceError, match="have no text"):
        feed_of(rss(item), tmp_path)
    noted = item + "<description>What was said about the harbour.</description>"
    assert len(feed_of(rss(item, noted), tmp_path).entries) == 1


@pytest.mark.parametrize("data", [b"<rss></rss>", b"<rss", b"<feed>", b"<rss><channel><title>A</title>", rss()])
def test_a_feed_without_stories(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "feed.rss"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="feed"):
        load(str(path))


def test_what_is_broken_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    feed = feed_of(
        b"<rss><channel><title>Fog & rain</title><item><title>A < b</title><description>&nbsp;One<p>two &eacute;"
        b"</description></item><item><title>B</title><description>&lt;p>Three</description></item></channel>",
        tmp_path,
    )
    assert feed.title == "Fog & rain"
    assert [(entry.name, entry.text) for entry in feed.entries] == [("A < b", "One two é"), ("B", "Three")]


def test_entities_of_a_feeds_own_are_not_expanded(web: Web, tmp_path: Path) -> None:
    bomb = (
        f"<!DOCTYPE rss SYSTEM '{web.address}/rss.dtd' [<!ENTITY a '{'x' * 1000}'><!ENTITY file SYSTEM '/etc/hostname'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]><rss><channel><title>A</title><item><title>B</title><description>&i; &file; words</description></item>"
        "</channel></rss>"
    )
    feed = feed_of(bomb.encode(), tmp_path)
    assert len(feed.entries[0].text) < 100
    assert web.asked == []


def test_a_very_large_feed_says_so(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_bytes(rss(whole("One", "x" * 10_000_000)))
    with pytest.raises(SourceError, match="larger than 10 MB"):
        load(str(path))


def test_hundreds_of_entries_are_enough(tmp_path: Path) -> None:
    feed = feed_of(rss(*(f"<title>{n}</title><description>x</description>" for n in range(600))), tmp_path)
    assert len(feed.entries) == 500


def test_without_feedparser_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", without("feedparser", tmp_path)["PYTHONPATH"])
    path = tmp_path / "feed.rss"
    path.write_bytes(rss(whole("One")))
    with pytest.raises(SourceError, match="feedparser") as caught:
        load_afresh(str(path))
    assert 'pip install "listen-to-story[feeds]"' in caught.value.hint


PIECES = st.sampled_from(
    [
        *("<item>", "</item>", "<title>", "</title>", "<description>", "<link>", "<entry>", "<content type='xhtml'>"),
        *(
            "<![CDATA[",
            "]]>",
            "&",
            "&#x110000;",
            "&#99999999999;",
            "<",
            "http://[",
            "\0",
            "<georss:point>1</georss:point>",
        ),
        *("<pubDate>Fri, 31 Dec 9999 99:99 -1400</pubDate>", "<updated>2004-02-30T25:61Z</updated>", "<enclosure/>"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=20))
def test_any_feed_is_read_or_refused(pieces: list[str]) -> None:
    data = ("<rss><channel>" + "".join(pieces)).encode("utf-8", "surrogatepass")
    try:
        feed = read_feed(RawSource(data, "http://e.invalid/feed"))
    except SourceError:
        return
    assert all(entry.name == " ".join(entry.name.split()) for entry in feed.entries)
