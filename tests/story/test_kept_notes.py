"""Notes are kept beside their marks, and languages of words in documents are known, whatever the format."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pypandoc
import pytest

from player.story.model import LanguageSpan, Story
from player.story.reading.feed import Feed
from tests.story.reading import load, load_any, load_entries

pytestmark = pytest.mark.quick

NOTE = [(8, "A note of it.")]
FB2 = (
    '<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"'
    ' xmlns:l="http://www.w3.org/1999/xlink"><body><section><p>It rose.<a l:href="#n1" type="note">[1]</a> And fell.'
    '</p></section></body><body name="notes"><section id="n1"><title><p>1</p></title><p>A note of it.</p></section>'
    "</body></FictionBook>"
)
PAGE = (
    '<p>It rose.<sup id="r1"><a href="#f1">1</a></sup> And fell in the night.</p>'
    '<ol><li id="f1">A note of it. <a href="#r1">↩</a></li></ol>'
)


def places(story: Story) -> list[tuple[int, str]]:
    return [(note.place, note.text) for note in story.notes]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.rst", "One\n===\n\nIt rose. [1]_ And fell.\n\n.. [1] A note of it.\n\nThe end came.\n"),
        ("a.org", "* One\nIt rose.[fn:1] And fell.\n\n* Two\nThe end.\n\n* Footnotes\n[fn:1] A note of it.\n"),
        (
            "a.tex",
            "\\documentclass{article}\\begin{document}It rose.\\footnote{A note of it.} And fell.\\end{document}",
        ),
        ("a.wiki", "= One =\nIt rose.<ref>A note of it.</ref> And fell.\n\n== Two ==\nMore.\n"),
        ("a.fb2", FB2),
    ],
)
def test_of_texts(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    story = load(str(path))
    assert places(story) == NOTE
    assert not [block.text for block in story.blocks if "note" in block.text.lower()]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "%s"}]}'),
        (
            "a.rss",
            '<rss version="2.0"><channel><item><description>%s</description></item></channel></rss>',
        ),
    ],
)
def test_of_feeds(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text % (escape(PAGE) if name == "a.rss" else PAGE.replace('"', "'")))
    feed = load_any(str(path))
    assert isinstance(feed, Feed)
    assert places(load_entries(feed, feed.entries)) == NOTE


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_languages_of_words_in_documents(tmp_path: Path, suffix: str) -> None:
    text = "---\nlang: en\n---\n\nHe said [bonjour mon ami]{lang=fr-CA} and left.\n\n[Il pleut encore.]{lang=fr-CA}\n\n"
    text += "The rain had not stopped since the morning, and it would not stop before the night.\n"
    path = tmp_path / f"a.{suffix}"
    pypandoc.convert_text(text, suffix, "markdown", outputfile=str(path))
    story = load(str(path))
    assert [block.text for block in story.blocks][:2] == ["He said bonjour mon ami and left.", "Il pleut encore."]
    assert story.blocks[0].languages == (LanguageSpan(8, 23, "fr-CA"),)
    assert story.blocks[1].language == "fr-CA"


@pytest.mark.parametrize("name", ["a.html", "a.json"])
def test_notes_in_the_line_of_their_marks(tmp_path: Path, name: str) -> None:
    marked = (
        "<label for='s' class='margin-toggle sidenote-number'></label><input type='checkbox' id='s'/>"
        "<span class='sidenote'>Of Tufte.</span>",
        "<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup><span class='ltx_note_outer'>"
        "<sup class='ltx_note_mark'>1</sup><span class='ltx_tag ltx_tag_note'>1</span>Of LaTeXML.</span></span>",
        "<sup><a class='footref' href='#fn.1'>3</a></sup> <span class='footpara'>Of Org.</span>",
        "<span class='inline-footnote'>2<span class='footnoteContent' style='display:none'>Of a plug-in.</span></span>",
        "<span><a role='button'><sup>[4]</sup></a><span class='footnote_tooltip'>Of another.</span></span>",
        "<a href='#one'><sup>5</sup></a>",
        "<a href='#two'><sup>6</sup></a>",
    )
    text = "It rose.{} And it fell in night {}, while they slept in the old house by the river."
    page = "".join(f"<p>{text.format(mark, n)}</p>" for n, mark in enumerate(marked))
    page += "<p><a name='one'><sup>5</sup></a> By name. <a href='#'>↩</a><br/><br/><a name='two'>6</a> Below it.</p>"
    page += "<div class='footnotes_reference_container'><table><tr><td>4</td><td>Of another.</td></tr></table></div>"
    path = tmp_path / name
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": page}]}
    path.write_text(json.dumps(feed) if name == "a.json" else f"<html><body><article>{page}</article></body></html>")
    found = load_any(str(path))
    story = load_entries(found, found.entries) if isinstance(found, Feed) else found
    told = ["Of Tufte.", "Of LaTeXML.", "Of Org.", "Of a plug-in.", "Of another.", "By name.", "Below it."]
    assert places(story) == [(8, each) for each in told]
    assert [block.text for block in story.blocks] == [text.format("", n) for n in range(7)]
