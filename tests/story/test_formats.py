"""Mails, saved pages, subtitles, FictionBooks, lists of feeds, and markup that pandoc reads."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.errors import SourceError
from player.story import opening as sources
from player.story.model import BlockKind, Story
from player.story.opening.confined.host import Readers
from player.story.opening.registry import format_of
from player.story.reading.feed import Feed
from player.story.reading.raw_source import RawSource
from tests.story.reading import load, load_any, load_entries, outline, read
from tests.support import formats
from tests.support.formats import FORMATS, PARAGRAPHS
from tests.support.missing import without
from tests.support.web import Web, serving


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        yield web


MORNING = [("heading", 2, "Morning"), ("paragraph", 0, "It was long and grey, see the wall.")]
CODE = ("paragraph", 0, "Code example.")
STORIES: dict[str, list[tuple[str, int, str]]] = {
    "mhtml": [("paragraph", 0, text) for text in PARAGRAPHS],
    "webarchive": [("paragraph", 0, text) for text in PARAGRAPHS],
    "rst": [
        ("heading", 2, "Morning"),
        ("paragraph", 0, "It was long and grey, see the wall and tide."),
        ("paragraph", 0, "Note"),
        ("paragraph", 0, "Nobody said anything."),
        CODE,
        ("paragraph", 0, "Roses are red"),
        ("paragraph", 0, "Violets are blue"),
    ],
    "org": [*MORNING, CODE, ("list item", 1, "one")],
    "tex": [("heading", 2, "Morning"), ("paragraph", 0, "It was long and grey."), CODE],
    "adoc": [("heading", 2, "Morning"), ("paragraph", 0, "It was long and grey."), CODE, ("list item", 1, "one")],
    "ipynb": [("paragraph", 0, "It was grey."), CODE],
    "fb2": [
        ("quotation", 0, "Salt & rope."),
        ("heading", 2, "One. Morning"),
        ("paragraph", 0, "It was grey."),
        ("paragraph", 0, "The night was long, the road was bare."),
        ("heading", 3, "Noon"),
        ("paragraph", 0, "It was warm."),
    ],
    "vtt": [("paragraph", 0, "The tide & the boats came in")],
    "lrc": [("paragraph", 0, "Roses are red"), ("paragraph", 0, "Violets are blue")],
}
AUTHORS = ("rst", "org", "tex", "adoc", "fb2", "lrc")


@pytest.mark.parametrize(("suffix", "number"), [(suffix, n) for suffix in STORIES for n in range(len(FORMATS[suffix]))])
def test_a_story_in_each_format(tmp_path: Path, suffix: str, number: int) -> None:
    data = FORMATS[suffix][number]
    story = read(tmp_path, data, f"a.{suffix}")
    assert outline(story) == [("heading", 1, "The Quay"), *STORIES[suffix]]
    assert story.byline == ("Ann Roe" if suffix in AUTHORS else "")
    assert story.published in ("", "2024-03-05")


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS if suffix != "wiki"])
def test_each_is_known_by_its_content(suffix: str) -> None:
    for data in FORMATS[suffix]:
        raw = RawSource(data.encode() if isinstance(data, str) else data, "standard input")
        assert format_of(raw, raw.name) is format_of(RawSource(raw.data, f"a.{suffix}"), raw.name)


def test_a_mail_is_read_in_one_of_its_alternatives(tmp_path: Path) -> None:
    story = read(tmp_path, formats.MAIL, "a.eml")
    assert (story.title, story.byline, story.published) == ("The quay – news", "Ann Roe", "2024-03-05")
    assert outline(story)[1:] == [
        ("paragraph", 0, "Dear Ben,"),
        ("paragraph", 0, "It was “grey” in the harbour, and nobody on the quay was awake."),
        ("quotation", 0, "you wrote"),
    ]


def test_heads_of_forwarded_mails_are_not_read(tmp_path: Path) -> None:
    head = "From: Ann <ann@example.org>\nSubject: Fwd: Quay\nDate: Tue, 5 Mar 2024 10:11:12 +0000\n\nSee below.\n\n"
    inner = (
        "---------- Forwarded message ---------\nFrom: Ben <ben@example.org>\nSubject: Quay\n\nThe quay is closed.\n"
    )
    story = read(tmp_path, head + inner, "a.eml")
    assert [block.text for block in story.blocks] == ["Quay", "See below.", "The quay is closed."]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "It rained.\n\n.. include:: b.rst\n\n.. csv-table:: T\n   :file: a.csv\n\nIt :ref:`fell <f>`.\n"),
        ("a.adoc", "= Part\n\nIt rained.\n\ninclude::b.adoc[]\n\n////\nno\n////\n\nifdef::x[]\nIt fell.\nendif::[]\n"),
        ("a.org", "It rained.\n#+INCLUDE: b.org\n\nIt {{{x}}}fell.\n"),
        ("a.wiki", "It ({{x}}) rained.\n\nIt {{lang|en|fell}}.~~~~\n\n== References ==\n{{reflist}}\n[[de:Kai]]\n"),
    ],
)
def test_what_other_files_hold_is_left_out(tmp_path: Path, name: str, text: str) -> None:
    said = [block.text for block in read(tmp_path, text, name).blocks if block.kind is BlockKind.PARAGRAPH]
    assert said == ["It rained.", "It fell."]


def test_a_line_that_pandoc_does_not_understand_is_read_as_text(tmp_path: Path) -> None:
    story = read(tmp_path, "* One\nIt rained, and [[*\\[\\[x\\]\\]]] the boats lay still.\n\nIt *burned*.\n", "a.org")
    assert [block.text for block in story.blocks] == ["One", "It rained, and x the boats lay still.", "It burned."]
    assert story.notices == ("Not understood, and read as plain text: line 2",)


def test_an_outline_is_no_list_of_feeds(tmp_path: Path) -> None:
    outline = (
        '<outline text="Boats"><outline text="&lt;b&gt;Gull&lt;/b&gt;" _note="Red."/><outline text="Tern"/></outline>'
    )
    text = f'<?xml version="1.0"?><opml version="2.0"><head><title>Quay</title></head><body>{outline}</body></opml>'
    story = read(tmp_path, text, "a.opml")
    assert [(block.kind.value, block.text) for block in story.blocks] == [
        *(
            ("heading", "Quay"),
            ("heading", "Boats"),
            ("list item", "Gull"),
            ("paragraph", "Red."),
            ("list item", "Tern"),
        ),
    ]


def test_a_proposal_is_read_without_its_fields(tmp_path: Path) -> None:
    head = (
        "PEP: 8\nTitle: Style\nAuthor: Ann Roe <ann@example.org>,\n        Ben\nStatus: Final\nCreated: 05-Jul-2001\n"
    )
    story = read(tmp_path, f"{head}\nAbstract\n========\n\nIt rained.\n\nWhy\n===\n\nIt fell.\n", "a.rst")
    assert (story.title, story.byline, story.published) == ("Style", "Ann Roe, Ben", "2001-07-05")
    assert [block.text for block in story.blocks] == ["Style", "Abstract", "It rained.", "Why", "It fell."]


def test_what_latex_has_for_pages_and_as_measures_is_left_out(tmp_path: Path) -> None:
    text = (
        "\\documentclass{book}\n\\begin{document}\n\\begin{spacing}{3}\nIt rained.\n\\end{spacing}\n"
        "\\begin{htmlonly}\nNo.\n\\end{htmlonly}\nIt \\define{fell}.\n\\end{document}\n"
    )
    assert [block.text for block in read(tmp_path, text, "a.tex").blocks] == ["It rained.", "It fell."]


BROKEN = {
    "a list that never ends": (
        "\\section{One}\nIt rained.\n\\begin{itemize}\n\\item A boat.\n\n\\section{Two}\nIt burned.",
        ["One", "It rained.", "A boat.", "Two", "It burned."],
        (),
    ),
    "a formula that never ends": (
        "It rained.\n\\begin{equation} a = b\n\nIt burned.",
        ["It rained.", "a = b", "It burned."],
        (),
    ),
    "an end without a beginning": ("It rained.\\end{center}\n\nIt burned.", ["It rained.", "It burned."], ()),
    "a bracket that never closes": (
        "\\section{One}\nIt \\textbf{rained \\cite{a}all day.\n\nIt burned.",
        ["One", "It rained all day.", "It burned."],
        ("Not understood, and read as plain text: 1 paragraph",),
    ),
    "a bracket within a box": (
        "\\begin{quote}\nIt } rained.\n\nIt burned.\n\\end{quote}",
        ["It rained.", "It burned."],
        ("Not understood, and read as plain text: 1 paragraph",),
    ),
}


@pytest.mark.parametrize("end", ["\n\\end{document}\n", ""])
@pytest.mark.parametrize("name", BROKEN)
def test_latex_with_a_fault_is_read_around_it(tmp_path: Path, name: str, end: str) -> None:
    written, read_out, notices = BROKEN[name]
    head = "\\documentclass{article}\n\\title{The Quay}\n\\author{Ann Roe\\\\ Quay House \\and Bo}\n\\begin{document}\n"
    story = read(tmp_path, head + written + end, "a.tex")
    assert [block.text for block in story.blocks] == ["The Quay", *read_out]
    assert (story.byline, story.notices) == ("Ann Roe, Bo", notices)


def test_chapters_of_latex_keep_their_level_around_a_fault(tmp_path: Path) -> None:
    text = "\\chapter{The Quay}\n\n\\section{One}\nIt } rained.\n\n\\section{Two}\n\nIt burned.\n"
    assert outline(read(tmp_path, text, "a.tex")) == [
        ("heading", 1, "The Quay"),
        ("heading", 3, "One"),
        ("paragraph", 0, "It rained."),
        ("heading", 3, "Two"),
        ("paragraph", 0, "It burned."),
    ]


def test_lists_within_lists_that_never_end_are_read_in_time(tmp_path: Path) -> None:
    blocks = read(tmp_path, "It rained.\n\n" + "\\begin{itemize}\\item A boat.\n\n" * 30, "a.tex").blocks
    assert [block.text for block in blocks] == ["It rained.", *["A boat."] * 30]


def test_what_is_in_no_way_latex_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is damaged"):
        read(tmp_path, "\\begin{document}\n" + "It } rained.\n\n" * 400, "a.tex")


MANUAL = """\
.. _feed:

.. meta::
   :description: About bees

:orphan:

The Quay
========

:Author: Ann Roe
:Date: 2024-03-05

Read :rfc:`9110`, :doc:`/tide/ebb/index` -- and |version|.

.. image:: quay.png
   :alt: The quay at dawn

.. versionadded:: 1.2
   The tide.

.. deprecated:: 1.3

Wait for it ::

    wait(3)

>>> wait(2)
2

.. moduleauthor:: Ann Roe
"""


def test_a_manual_in_restructuredtext(tmp_path: Path) -> None:
    story = read(tmp_path, MANUAL, "a.rst")
    assert [block.text for block in story.blocks] == [
        "The Quay",
        "Read RFC 9110, ebb – and version.",
        "A picture: The quay at dawn.",
        "Added in version 1.2: The tide.",
        "Deprecated since version 1.3.",
        "Wait for it",
        "Code example.",
    ]
    assert (story.byline, story.published) == ("Ann Roe", "2024-03-05")
    assert [block.code for block in story.blocks if block.code] == ["wait(3)\n\n>>> wait(2)\n2"]


def test_asciidoc_of_a_site(tmp_path: Path) -> None:
    text = """\
= The Quay
Ann Roe <ann@example.org>

// not for readers
See https://x.org[the page^].

Skep:: A hive.

image::ball.png[The ball of bees]

.A hive
image::hive.png[A hive]

See <<ch02-the_end>> at https://x.org/a[^].

ifdef::env-github[]
No.
endif::[]
"""
    story = read(tmp_path, text, "a.adoc")
    read_out = ["The Quay", "See the page.", "Skep", "A hive.", "A picture: The ball of bees."]
    read_out += ["A hive", "See the end at https://x.org/a."]
    assert [block.text for block in story.blocks] == read_out
    assert story.byline == "Ann Roe"


def test_links_of_org_without_words_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "* One\nSee [[id:3a][Smoke]] and [[id:5c]] it.\n", "a.org").blocks[1].text == (
        "See Smoke and it."
    )


def test_a_notebook_is_markdown_and_code(tmp_path: Path) -> None:
    cells = (
        '{"cell_type": "markdown", "source": ["# The Quay\\n", "\\n", "> [!note] Bees\\n", "> They sleep.\\n"]},'
        '{"cell_type": "markdown", "source": "<div class=\\"alert\\">Mind the <b>mice</b>.</div>"},'
        '{"cell_type": "code", "source": ["x = 1\\n", "y = 2"], "outputs": [{"text": "35"}]},'
        '{"cell_type": "raw", "source": "no"}'
    )
    story = read(tmp_path, f'{{"nbformat": 4, "cells": [{cells}]}}', "a.ipynb")
    read_out = ["The Quay", "Note: Bees", "They sleep.", "Mind the mice.", "Code example."]
    assert [block.text for block in story.blocks] == read_out
    assert story.blocks[-1].code == "x = 1\ny = 2"


def test_a_title_above_a_book_is_said_once_and_its_cover_may_be_damaged(tmp_path: Path) -> None:
    book = (
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'
        '<description><title-info><coverpage><image l:href="#c"/></coverpage><author>'
        "<first-name>Ann</first-name><last-name>Roe</last-name></author><book-title>The Quay</book-title></title-info>"
        "</description><body><title><p>Ann Roe</p><p>The Quay</p></title><section><p>It rained.</p></section></body>"
        '<binary id="c">é</binary></FictionBook>'
    )
    assert [block.text for block in read(tmp_path, book, "a.fb2").blocks] == ["The Quay", "It rained."]


def test_a_chapter_of_an_asciidoc_book_is_known_by_its_signs(tmp_path: Path) -> None:
    text = (
        "[[_quay]]\n=== The Quay\n\nIt rained, as in <<_the_lamp>> and\n<<ch07-sea#_the_storm>>.\n\n[NOTE]\n====\n"
        "It fell.\n====\n"
        "\n[[_the_lamp]]\n==== A Lamp\n\nIt burned.\n"
    )
    for name in ("a.asc", "a.txt"):
        story = read(tmp_path, text, name)
        assert [block.text for block in story.blocks] == [
            *("The Quay", "It rained, as in A Lamp and the storm.", "Note", "It fell.", "A Lamp", "It burned."),
        ]
    with pytest.raises(SourceError, match="OpenPGP"):
        read(tmp_path, "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBF\n", "key.asc")


def test_a_newsletter_is_read_from_its_html(tmp_path: Path) -> None:
    story = read(tmp_path, formats.NEWSLETTER, "a.eml")
    assert (story.title, story.byline) == ("News", "André")
    assert [block.text for block in story.blocks] == ["News", "A café", "It opened.", "It closed."]


def test_a_mail_without_text(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="without text"):
        read(tmp_path, "From: a@b.c\nMIME-Version: 1.0\nContent-Type: image/png\n\nabc\n", "a.eml")


def test_subtitles_are_sentences_and_paragraphs(tmp_path: Path) -> None:
    story = read(tmp_path, formats.SRT, "a.srt")
    assert [block.text for block in story.blocks] == [
        "The tide came in before the boats. Nobody on the quay had noticed it.",
        "Who is there?",
        "Ann.",
    ]


def test_subtitles_of_substation_alpha(tmp_path: Path) -> None:
    dialogue = "Dialogue: 0,0:00:0{}.00,0:00:0{}.50,Default,,0,0,0,,{}\n"
    text = (
        "[Script Info]\nTitle: The Quay\n\n[Events]\nFormat: Layer, Start, End\n"
        + dialogue.format(1, 2, r"{\i1}It was long,{\i0}\Nand grey, before")
        + dialogue.format(3, 4, "the tide came in.")
    )
    story = read(tmp_path, text, "a.ass")
    assert [block.text for block in story.blocks] == ["The Quay", "It was long, and grey, before the tide came in."]


def test_heads_of_answered_mails_without_a_line_above_are_not_read(tmp_path: Path) -> None:
    text = (
        "From: Ann Roe <ann@example.org>\nSubject: RE: The Quay\n\nWe go by the mill.\n\nAnn\n\n"
        "From: Tom Lund <tom@example.org>\nSent: Monday, March 4, 2024 9:00 AM\nTo: Roe, Ann\nSubject: The Quay\n\n"
        "It is closed.\n\n________________________________\nThis mail is confidential.\n"
    )
    read_out = ["The Quay", "We go by the mill.", "Ann", "It is closed.", "This mail is confidential."]
    assert [block.text for block in read(tmp_path, text, "a.eml").blocks] == read_out


def test_a_wiki_page(tmp_path: Path) -> None:
    story = read(tmp_path, formats.WIKI, "The Quay.wiki")
    assert [block.text for block in story.blocks] == [
        "The Quay is a place.", "Morning", "It was grey.", "Item: Rye; Price: 3.50.",
    ]  # fmt: skip


def test_a_json_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(formats.JSON_FEED)
    feed = load_any(str(path))
    assert isinstance(feed, Feed)
    assert [(entry.name, entry.byline, entry.published, entry.text) for entry in feed.entries] == [
        ("Two", "Ann Roe", "2024-03-05", "It rose."),
        ("It rose. It fell.", "", "2024-03-04", "It rose. It fell."),
    ]


def test_a_list_of_feeds_opens_the_feed_that_is_chosen(web: Web) -> None:
    text = "The river rose in the night, and nobody in the village saw it. " * 25
    item = f"<item><title>It rose</title><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    feed = f'<rss version="2.0"><channel><title>The Quay</title>{item}</channel></rss>'
    address = web.page("/feed.xml", feed.encode(), "application/rss+xml")
    listed = formats.OPML.replace("https://example.org/feed.xml", address)
    feeds = load_any(web.page("/feeds.opml", listed.encode(), "text/x-opml"))
    assert isinstance(feeds, Feed)
    assert (feeds.title, [entry.name for entry in feeds.entries]) == ("My feeds", ["The Quay"])
    assert load_entries(feeds, feeds.entries).title == "It rose"


def test_what_pandoc_reads_needs_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", without("pypandoc", tmp_path)["PYTHONPATH"])
    path = tmp_path / "a.rst"
    path.write_text(formats.RST)
    with Readers() as readers, pytest.raises(SourceError) as caught:
        sources.load(str(path), readers=readers)
    assert "listen-to-story[office]" in caught.value.hint


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"Book".ljust(60, b"\0") + b"BOOKMOBI", "EPUB"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "DOCX"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, data: bytes, hint: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data, "a.txt")
    assert f"save it as {hint}" in caught.value.hint


def test_a_mail_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(formats.MAIL.replace("\n", "\r\n").encode())))
    story = load("-")
    assert isinstance(story, Story)
    assert story.title == "The quay – news"


def test_a_mail_that_is_forwarded_below_a_signature_is_read(tmp_path: Path) -> None:
    mail = (
        "From: Ann Roe <ann@example.org>\nSubject: Fwd: The bridge\nMIME-Version: 1.0\nContent-Type: text/plain\n\n"
        "Look at this.\n\n-- \nAnn Roe\nHarbour Office\n\n---------- Forwarded message ---------\n"
        "From: Tom <tom@example.org>\nSubject: The bridge\n\nThe bridge is closed.\n\n-- \nTom\n"
    )
    story = read(tmp_path, mail, "a.eml")
    assert [block.text for block in story.blocks] == ["The bridge", "Look at this.", "The bridge is closed."]


def test_what_latex_has_for_pages_is_left_out_unless_it_never_ends(tmp_path: Path) -> None:
    text = (
        "\\documentclass{article}\n\\begin{document}\nIt rained.\n\\begin{htmlonly}\nIt hailed.\n\\end{htmlonly}\n"
        "\n\\newcommand{\\term}[1]{\\emph{#1}}A \\term{quay} and a \\defn{berth}.\n\\end{document}\n"
    )
    assert [block.text for block in read(tmp_path, text, "a.tex").blocks] == ["It rained.", "A quay and a berth."]
    assert "It rained." in [block.text for block in read(tmp_path, text.replace("\\end{htmlonly}", ""), "b.tex").blocks]


def test_who_speaks_in_subtitles_begins_a_paragraph(tmp_path: Path) -> None:
    cues = ("<v Ann>It rose.</v>", "<v Ann>And fell.</v>", "<v Ben>Did it?</v>", "ANN ROE: It did.", "BEN: No.")
    text = "WEBVTT\n\n" + "".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n, cue in enumerate(cues))
    assert [block.text for block in read(tmp_path, text, "a.vtt").blocks] == [
        *("It rose. And fell.", "Did it?", "ANN ROE: It did.", "BEN: No."),
    ]


def test_fields_of_mails_that_are_not_ascii(tmp_path: Path) -> None:
    for charset in ("utf-8", "iso-8859-1"):
        head = (
            f'From: "Jöhn Doe" <j@quay.example>\nSubject: Säying Hello\nContent-Type: text/plain; charset={charset}\n'
        )
        mail = (head + "Message-ID: <1@quay.example>\n\nThe boats left before dawn.\n").encode(charset)
        story = read(tmp_path, mail, "a.eml")
        assert (story.title, story.byline) == ("Säying Hello", "Jöhn Doe")


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_a_file_is_what_its_name_says_whatever_markup_it_quotes(tmp_path: Path, name: str) -> None:
    text = "# The Quay\n\nAn outline begins like this:\n\n```\n#+title: The Boats\n```\n\nThe boats left before dawn.\n"
    said = " ".join(block.text for block in read(tmp_path, text, name).blocks)
    assert "The Quay" in said
    assert said.endswith("The boats left before dawn.")
    assert read(tmp_path, text, "a.txt").title  # is read, too


def test_hard_blanks_of_subtitles_are_blanks(tmp_path: Path) -> None:
    srt = "1\n00:00:01,000 --> 00:00:03,000\nThe\\hboats left\\Nbefore dawn.\n"
    assert [block.text for block in read(tmp_path, srt, "a.srt").blocks] == ["The boats left before dawn."]
