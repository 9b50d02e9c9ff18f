"""Small stories in the formats that people have: what `tests/story` reads, and `tests/reliability` breaks."""

from __future__ import annotations

import io
import json
import plistlib
import quopri
import zipfile

PARAGRAPHS = [
    "It was a long grey morning in the harbour, and the men on the quay waited for the first boats to come in.",
    "Nobody had seen the tide, and nobody spoke of it, although the water stood as high as the doors of the inn.",
    "When the boats came at last, there were two of them, and the third had been seen by nobody since the night.",
]
_BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PAGE = f"<html><head><title>The Quay</title></head><body><article><h1>The Quay</h1>{_BODY}</article></body></html>"

MAIL = """\
From: Ann Roe <ann@example.org>
To: Ben <ben@example.org>
Subject: =?utf-8?Q?The_quay_=E2=80=93_news?=
Date: Tue, 5 Mar 2024 10:11:12 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Dear Ben,=20

It was =E2=80=9Cgrey=E2=80=9D in the harbour, and nobody on the quay was a=
wake.

> you wrote

--=20
Ann
--b1
Content-Type: text/html; charset=utf-8

<p>Dear Ben,</p><p>It was grey in the harbour, and nobody on the quay was awake.</p>
--b1--
"""
NEWSLETTER = """\
From: =?iso-8859-1?Q?Andr=E9?= <andre@example.org>
Subject: News
Date: Tue, 5 Mar 2024 10:11:12 +0000
Message-ID: <1@example.org>
Content-Type: multipart/mixed; boundary=x

This is a multi-part message.
--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain

View this mail in your browser: https://example.org/1
--y
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<style>p {}</style><div style=3D"display: none">In the list only</div>
<table><tr><td><h1>A caf=E9</h1><p>It opened.</p></td></tr><tr><td><p>It closed.</p></td></tr></table>
--y--
--x
Content-Type: text/plain
Content-Disposition: attachment; filename=a.txt

Attached.
--x--
"""
SAVED = f"""\
From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/quay
Subject: The Quay
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----Boundary----"


------Boundary----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/quay

{quopri.encodestring(PAGE.encode()).decode()}
------Boundary----
Content-Type: text/css

p {{ color: red }}
------Boundary------
"""
_ARCHIVE = {"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceTextEncodingName": "UTF-8"}}
SRT = """\
1
00:00:01,000 --> 00:00:03,500
The tide came in before the boats.

2
00:00:03,600 --> 00:00:07,000
<i>Nobody</i> on the quay
had noticed it.

3
00:00:12,000 --> 00:00:13,000
- Who is there?
- [coughs] Ann.
"""
VTT = """\
WEBVTT - The Quay

NOTE Not to be read

STYLE
::cue { color: red }

one
00:00.000 --> 00:02.000 align:start position:0%
<v Ann>The tide &amp; the

00:02.000 --> 00:03.000
The tide &amp; the
boats<00:00:02.500><c> came</c> in ♪
"""
LRC = "[ti:The Quay]\n[ar:Ann Roe]\n[00:03.00]Violets are blue\n[00:01.00]Roses are red\n"
FB2 = """\
<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Ann</first-name><last-name>Roe</last-name></author>
<book-title>The Quay</book-title><date value="2024-03-05">2024</date><lang>en</lang>
<coverpage><image l:href="#c.jpg"/></coverpage></title-info></description>
<body><title><p>The Quay</p></title><epigraph><p>Salt &amp; rope.</p></epigraph>
<section><title><p>One</p><p>Morning</p></title>
<p>It was <emphasis>grey</emphasis>.<a l:href="#n1" type="note">1</a></p>
<poem><stanza><v>The night was long,</v><v>the road was bare.</v></stanza></poem>
<subtitle>* * *</subtitle><section><title><p>Noon</p></title><p>It was warm.</p><image l:href="#c.jpg"/></section>
</section></body>
<body name="notes"><section id="n1"><p>A note.</p></section></body>
<binary id="c.jpg" content-type="image/jpeg">aGVsbG8=</binary></FictionBook>
"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Quay",
        "language": "en",
        "items": [
            {"id": 1, "content_text": "It rose.\n\nIt fell.", "date_published": "2024-03-04T10:00:00Z"},
            {"id": "2", "title": "Two", "content_html": "<p>It <b>rose</b>.</p>", "url": "https://example.org/2",
             "authors": [{"name": "Ann Roe"}], "date_published": "2024-03-05T10:00:00Z"},
        ],
    },
    indent=1,
)  # fmt: skip
OPML = """\
<?xml version="1.0"?>
<opml version="2.0"><head><title>My feeds</title></head><body><outline text="News">
<outline type="rss" text="The Quay" xmlUrl="https://example.org/feed.xml"/></outline></body></opml>
"""
RST = """\
========
The Quay
========

:Author: Ann Roe

.. contents::

Morning
-------

It was *long* and |grey|, see `the wall <https://example.org>`_ and :ref:`tide <t>` [1]_.

.. |grey| replace:: grey
.. [1] A note.
.. note:: Nobody said anything.
.. code-block:: python

   x = 1

| Roses are red
| Violets are blue
"""
ORG = """\
#+TITLE: The Quay
#+AUTHOR: Ann Roe

* TODO [#A] Morning :work:
  SCHEDULED: <2024-03-05 Tue>
  :PROPERTIES:
  :ID: abc
  :END:
It was *long* and /grey/, see [[https://example.org][the wall]].[fn:1]
#+BEGIN_SRC python
x = 1
#+END_SRC
- [X] one

[fn:1] A note.
"""
LATEX = r"""\documentclass{article}
\newcommand{\grey}{grey}
\title{The Quay}
\author{Ann Roe}
\date{\today}
\begin{document}
\maketitle
\section{Morning}\label{sec:m}
It was \emph{long} and \grey~\cite{roe}. % nobody
\begin{verbatim}
x = 1
\end{verbatim}
\begin{thebibliography}{9}\bibitem{roe} Roe, A. A book.\end{thebibliography}
\end{document}
"""
WIKI = """\
'''The Quay''' is a [[harbour|place]].<ref>Roe</ref> {{Infobox|a=b}}

== Morning ==
It was ''grey''.

{| class="wikitable"
! Item !! Price
|-
| Rye || 3.50
|}
[[Category:Quays]]
"""
ASCIIDOC = """\
= The Quay
Ann Roe
:toc:

== Morning

It was *long* and _grey_.footnote:[A note.]

[source,python]
----
x = 1
----

* one
"""
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"language_info": {"name": "python"}},
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# The Quay\n", "\n", "It was *grey*."]},
            {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": ["x = 1"],
             "outputs": [{"output_type": "stream", "name": "stdout", "text": ["printed\n"]}]},
        ],
    }
)  # fmt: skip


def zipped(text: str, name: str) -> bytes:
    """Return a zip of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


FORMATS: dict[str, tuple[str | bytes, ...]] = {
    "eml": (MAIL, NEWSLETTER, MAIL.replace("\n", "\r\n")),
    "mhtml": (
        SAVED,
        SAVED.replace("<Saved by Blink>", '"Saved by Windows Internet Explorer 11"').replace(
            "Snapshot-Content-Location: https://example.org/quay\n", ""
        ),
    ),
    "webarchive": (plistlib.dumps(_ARCHIVE, fmt=plistlib.FMT_BINARY), plistlib.dumps(_ARCHIVE)),
    "srt": (SRT,),
    "vtt": (VTT,),
    "lrc": (LRC,),
    "fb2": (FB2, zipped(FB2, "quay.fb2")),
    "json": (JSON_FEED,),
    "opml": (OPML,),
    "rst": (RST,),
    "org": (ORG,),
    "tex": (LATEX,),
    "wiki": (WIKI,),
    "adoc": (ASCIIDOC,),
    "ipynb": (NOTEBOOK,),
}
"""Files by suffix."""
