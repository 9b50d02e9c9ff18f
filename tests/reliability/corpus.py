"""Whole, sound files of every format, from which `mutations` makes broken ones."""

from __future__ import annotations

import io
import math
import re
import tempfile
import wave
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.platypus import PageBreak, Paragraph

from tests.support.epub import Book
from tests.support.formats import FORMATS
from tests.support.office import DATA as OFFICE
from tests.support.office import Word, by_pandoc, libreoffice
from tests.support.pdf import BODY, HEADING, outlined, write

_PAGES = Path(__file__).parents[1] / "data" / "pages"
_STORIES = Path(__file__).parents[1] / "data" / "stories"
_TEXT = """\
---
title: The River
author: [Jane Doe, José Álvarez]
date: 2024-05-03
tags: {a: [b, "c"], d: &x e, f: *x}
---

# The first day

The river rose “slowly” — nobody *saw* it.[^1] E = $mc^2$, and `10` litres of H~2~O. ![A boat](boat.jpg)

[^1]: A note at the foot.

> We saw nothing. [Nobody](https://example.com/ "did") did.

3. three
4. four
    - [ ] deeper

| Name | Age |
|------|-----|
| Ann  | 31  |

Term
: What it means

<div><p>Some <b>HTML</b> &amp; more&#8217;s.</p></div>

```python
print(1)
```
"""
_DIALECTS = """\
{
  "title": "The River"
}

[TOC]

{: .lead }
It rose<br>in the night. [due:: today] {++so++}{--no--}

!!! warning "Mind it"
    It is high.

    ??? tip
        Go up.

> [!note]- A title
> It fell. [[Page#Head|shown]] ^here

:::tip[Go]
Ann Roe<br>
12 Harbour Street\\
Quay
:::

+-------+-------+
| Item  | Price |
+-------+-------+
| Rye   | 3.50  |
+-------+-------+

```{note} A title
Item     Price
-----    -----
Rye      3.50
```

*[RPM]: Rounds
"""
_DRAWN = """\
The prices

+-------+-------+
| Item  | Price |
+=======+=======+
| Rye   | 3.50  |
|       | more  |
+-------+-------+

Item     Price
-----    -----
Rye      3.50

 name | age
------+-----
 ann  |  31

Item\tPrice
Rye\t3.50

[09:41] ann: the bridge is closed
[09:42] ben: _since_ when

Ann Roe
12 Harbour Street

--\x20
Ann Roe
"""
_BOOK = """\
The Project Gutenberg eBook of The River, by Jane Doe

Title: The River
Author: Jane Doe
Release date: May 3, 2004
Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE RIVER ***

THE RIVER

by Jane Doe

Contents

 CHAPTER I. The first day
 CHAPTER II. The second day

CHAPTER I. The first day

The river rose in the night, and no-
body saw it. “Dr. Smith,” she said, “it is 3.5 km wide!”

    It rains, it rains,
    and nobody complains.

CHAPTER II. The second day

It fell again.[1]

* * *

[1] So they say.

*** END OF THE PROJECT GUTENBERG EBOOK THE RIVER ***
"""
_MAIL = """\
From: Jane Doe <jane@example.com>
To: all@example.com
Date: Fri, 3 May 2024 10:00:00 +0200
Subject: Re: The river

Dear all,

> It rose.
>> Did it?

- one
- two

Yours
--\x20
Jane
"""
_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Rivers</title><link>https://example.com/</link><language>en-gb</language>
<item><title>It rose &amp; fell</title><link>https://example.com/1</link><dc:creator>Jane Doe</dc:creator>
<pubDate>Fri, 03 May 2024 10:00:00 +0200</pubDate><guid isPermaLink="false">1</guid>
<description>&lt;p&gt;It rose.&lt;/p&gt;</description>
<content:encoded><![CDATA[
<h2>One</h2><p>The river <b>rose</b> in the night.</p><ol><li>a</li></ol>]]></content:encoded></item>
<item><title>Again</title><enclosure url="https://example.com/a.mp3" length="1" type="audio/mpeg"/></item>
</channel></rss>
"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Fl&amp;uuml;sse</title>
<link href="https://example.com/"/><updated>2024-05-03T10:00:00Z</updated>
<entry><title>Er stieg</title><link href="/1"/><id>urn:1</id><updated>2024-05-03T10:00:00Z</updated>
<author><name>Jane Doe</name></author><summary>Er stieg …</summary>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Der Fluss stieg in der Nacht.</p></div></content></entry>
</feed>
"""
_HOUR = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")
_PAGE = (
    '<h1 id="c{n}">Chapter {n}</h1><p>The river rose<a href="notes.xhtml#n{n}" id="r{n}" epub:type="noteref">{n}</a>'
    ' in the night.</p><blockquote><p>We saw it.</p></blockquote><p><img src="a.png" alt="A boat"/></p>'
    "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td>31</td></tr></table><ol><li>one</li></ol>"
)


def _made(suffix: str, make: Callable[[Path], object]) -> bytes:
    """The bytes of a file that `make` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        make(path)
        data = path.read_bytes()
    return _repacked(data) if data[:2] == b"PK" else data


def _repacked(data: bytes) -> bytes:
    """A zip without the hour in which it was made, so that it is always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as packed:
        for entry in archive.infolist():
            part = _HOUR.sub(b"2024-05-03T10:00:00", archive.read(entry))
            packed.writestr(zipfile.ZipInfo(entry.filename), part, entry.compress_type)
    return out.getvalue()


def _epub(version: int) -> bytes:
    pages = {f"p{n}.xhtml": _PAGE.format(n=n) for n in (1, 2, 3)}
    pages["notes.xhtml"] = "".join(
        f'<aside id="n{n}" epub:type="footnote"><p><a href="p{n}.xhtml#r{n}">{n}</a> A note.</p></aside>'
        for n in (1, 2, 3)
    )
    contents = [(f"Chapter {n}", f"p{n}.xhtml#c{n}", [("Part", f"p{n}.xhtml")]) for n in (1, 2, 3)]
    about = "<dc:title>The River</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>en</dc:language>"
    return _made(".epub", Book(pages, contents, about, version=version, cover=b"\x89PNG\r\n\x1a\n" + bytes(40)).write)


def _narrated() -> bytes:
    """A book with a recording of two seconds, and one clip for each paragraph."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setparams((1, 2, 8000, 0, "NONE", ""))
        written.writeframes(
            b"".join(round(9000 * math.sin(n / 5)).to_bytes(2, "little", signed=True) for n in range(16000))
        )
    pages = {
        f"p{n}.xhtml": f'<h1 id="h">Chapter {n}</h1><p id="a">The river rose.</p><p id="b"><i>We</i> saw it.</p>'
        for n in (1, 2)
    }
    clips = "".join(
        f'<par><text src="p{{n}}.xhtml#{name}"/><audio src="s.wav" clipBegin="{at}s" clipEnd="0:00:0{at + 0.5}"/></par>'
        for name, at in (("h", 0.0), ("a", 0.5), ("b", 1.5))
    )
    smil = f'<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body><seq>{clips}</seq></body></smil>'
    extra = {f"OEBPS/s{n}.smil": smil.format(n=n).encode() for n in (1, 2)} | {"OEBPS/s.wav": sound.getvalue()}
    about = "<dc:title>The River</dc:title><dc:language>en</dc:language>"
    contents = [(f"Chapter {n}", f"p{n}.xhtml", []) for n in (1, 2)]
    overlays = {f"p{n}.xhtml": f"s{n}.smil" for n in (1, 2)}
    return _made(".epub", Book(pages, contents, about, extra=extra, overlays=overlays).write)


def _docx() -> bytes:
    word = Word()
    word.paragraph("The Flood", "Title")
    word.contents("The first day", "The second day")
    word.document.add_heading("The first day", 1)
    paragraph = word.paragraph("It rained and ")
    word.tracked(paragraph, "poured", "drizzled")
    word.footnote(paragraph, "A note at the foot.")
    word.text_box(paragraph, "In a box")
    word.picture("A boat on the river")
    word.paragraph("one", "List Bullet")
    word.table(("Name", "Age"), ("Ann", "31"))
    return _made(".docx", word.save)


def _pdf(compressed: bool) -> bytes:
    def number(canvas: Any, document: Any) -> None:
        canvas.drawString(300, 30, str(document.page))

    story: list[Any] = []
    for page in range(3):
        story.append(outlined(f"Part {page}", HEADING, 0))
        story += [Paragraph("The river rose in the night, and nobody in the village saw it.", BODY)] * 12
        story.append(PageBreak())
    return _made(
        ".pdf", lambda path: write(path, story, around=number, title="The River", pageCompression=int(compressed))
    )


def _texts(suffix: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() if isinstance(text, str) else text for text in FORMATS[suffix]]


def _data(folder: Path, *names: str) -> list[bytes]:
    return [(folder / name).read_bytes() for name in names]


@cache
def files(reader: str) -> tuple[bytes, ...]:
    """The sound files of a reader in `SUFFIXES`."""
    article = _TEXT.partition("---\n\n")[2]
    made: dict[str, Callable[[], list[bytes]]] = {
        "plain": lambda: [*_data(_STORIES, "peace-talks.txt"), _MAIL.encode(), _MAIL.encode("utf-16"), _DRAWN.encode()],
        "gutenberg": lambda: [_BOOK.encode(), _BOOK.replace("\n", "\r\n").encode("latin-1", "replace")],
        "markdown": lambda: [article.encode(), (article * 3).encode(), _DIALECTS.encode()],
        "front matter": lambda: [
            _TEXT.encode(),
            b'+++\ntitle = "The River"\nauthors = ["A", "B"]\ndate = 2024-05-03\n[a.b]\nc = 1\n+++\n\nIt rose.\n',
        ],
        "html": lambda: _data(
            _PAGES, "essay-table.html", "fiction.html", "gutenberg.html", "live-posts.html", "recipe.html", "blog.html"
        ),
        "epub": lambda: [_epub(2), _epub(3)],
        "narrated": lambda: [_narrated()],
        "pdf": lambda: [_pdf(False), _pdf(True)],
        "docx": lambda: [_docx(), _made(".docx", lambda path: by_pandoc(article, path))],
        "odt": lambda: [_made(".odt", libreoffice), _made(".odt", lambda path: by_pandoc(article, path))],
        "rtf": lambda: _data(OFFICE, "word.rtf", "wordpad.rtf", "textedit.rtf", "tokyo.rtf", "moscow.rtf"),
        **{suffix: _texts(suffix) for suffix in FORMATS},
        "rss": lambda: [_RSS.encode()],
        "atom": lambda: [_ATOM.encode()],
    }
    return tuple(made[reader]())


SUFFIXES = {
    "plain": ".txt", "gutenberg": ".txt", "markdown": ".md", "front matter": ".md", "html": ".html", "epub": ".epub",
    "narrated": ".epub",
    **{suffix: f".{suffix}" for suffix in FORMATS},
    "pdf": ".pdf", "docx": ".docx", "odt": ".odt", "rtf": ".rtf", "rss": ".rss", "atom": ".atom",
}  # fmt: skip
"""What is mutated: a reader, or a way of one, and how its files are called."""
