"""Notes are kept beside their marks, and languages of words in documents are known, whatever the format."""

from __future__ import annotations

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
