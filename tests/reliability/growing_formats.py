"""Inputs for `growth` in mails, saved pages, subtitles, FictionBooks, lists of feeds and markup that pandoc reads.

On marks that are never closed pandoc takes for ever; there the bounds of its process end it.
"""

from __future__ import annotations

import base64

from tests.reliability.shapes import BOMB, SENTENCE, Make, counted, filled, nested

_MAIL = "From: a@b.c\nSubject: A\nMIME-Version: 1.0\n"
_MIXED = f'{_MAIL}Content-Type: multipart/mixed; boundary="x"\n\n'
_TYPED = f"{_MAIL}Content-Type: text/plain;"
_FB2 = '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body>'
_END = "</body></FictionBook>"
_CUE = "{n}\n00:00:01,000 --> 00:00:02,000\nIt rose in the night.\n\n"
_TIMES = "1\n00:00:01,000 --> 00:00:02,000\n"
_VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\na"
_ENTRY = '{{"id": "{n}", "content_html": "<p>It rose.</p>", "url": "https://a.b/{n}"}},'
_FEED = '{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": ['
_CELL = '{{"cell_type": "markdown", "metadata": {{}}, "source": ["It rose {n}."]}},'
_CELLS = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": ['
_LAST_CELL = '{"cell_type": "raw", "metadata": {}, "source": []}]}'
_LATEX = "\\documentclass{article}\n\\begin{document}\n"


def _parts_in_parts(size: int) -> bytes:
    """Parts within parts, each with a boundary of its own."""
    depth = int((size / 3) ** 0.5) // 4
    parts = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return (_MAIL + "".join(parts) + f"Content-Type: text/plain\n\n{SENTENCE * (size // 100)}\n").encode()


def _encoded(size: int) -> bytes:
    text = base64.encodebytes((SENTENCE * (size // 90)).encode()).decode()
    return f"{_MAIL}Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{text}".encode()


ALL: dict[str, tuple[str, Make]] = {
    # -- mails and pages ---------------------------------------------------------------------------------------
    "mail": (".eml", filled(f"{SENTENCE}\n\n", f"{_MAIL}Content-Type: text/plain\n\n")),
    "mail of HTML": (".eml", filled(f"<p>{SENTENCE}</p>\n", f"{_MAIL}Content-Type: text/html\n\n")),
    "mail in base64": (".eml", _encoded),
    "mail, quoted signs": (".eml", filled("=C3=A9", f"{_MAIL}Content-Transfer-Encoding: quoted-printable\n\n")),
    "mail, parts": (".eml", filled("--x\nContent-Type: text/plain\n\nIt rose.\n", _MIXED)),
    "mail, parts in parts": (".eml", _parts_in_parts),
    "mail, boundaries": (".eml", filled("--x\n", _MIXED)),
    "mail, fields": (".eml", counted("X-{n}: b\n", _MAIL, "\nIt rose.\n")),
    "mail, a long field": (".eml", filled(" =?utf-8?Q?a?=\n", f"{_MAIL}Subject:", "\nIt rose.\n")),
    "mail, brackets": (".eml", filled("(", "From: ", "\nMIME-Version: 1.0\n\nIt rose.\n")),
    "mail, parameters": (".eml", counted(" a{n}=b;", _TYPED, "\n\nIt rose.\n")),
    "mail, pieces of a parameter": (".eml", counted(" a*{n}=b;", _TYPED, "\n\nIt rose.\n")),
    "saved page": (
        ".mhtml",
        filled(
            f"<p>{SENTENCE}</p>\n",
            "From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
            "--x\nContent-Type: text/html\n\n<html><body><article>",
        ),
    ),
    "webarchive": (
        ".webarchive",
        filled("<array>", '<plist version="1.0"><dict><key>WebMainResource</key>', "</dict></plist>"),
    ),
    # -- subtitles and lyrics ----------------------------------------------------------------------------------
    "cues": (".srt", counted(_CUE)),
    "cues without words": (".srt", filled("00:00:01,000 --> 00:00:02,000\n\n", "", _TIMES + "a\n")),
    "one cue": (".srt", filled("it rose\n", _TIMES)),
    "tags in cues": (".vtt", filled("<c>", _VTT)),
    "open tags in cues": (".vtt", filled("<a", _VTT)),
    "sounds": (".srt", filled("[a ", _TIMES + "a")),
    "digits of times": (".srt", filled("1", _TIMES, ":a")),
    "lyrics": (".lrc", filled("[00:01.00]It rose\n")),
    "one line of stamps": (".lrc", filled("[00:01.00]", "", "It rose\n")),
    # -- books and lists of feeds ------------------------------------------------------------------------------
    "FB2": (".fb2", filled(f"<section><title><p>A</p></title><p>{SENTENCE}</p></section>", _FB2, _END)),
    "FB2, deep": (
        ".fb2",
        lambda size: f"{_FB2}{nested('<section>', '</section>', '<p>a</p>')(size).decode()}{_END}".encode(),
    ),
    "FB2, verse": (".fb2", filled("<v>It rose</v>", f"{_FB2}<section><poem><stanza>", f"</stanza></poem>{_END}")),
    "FB2, notes": (".fb2", filled('<a type="note">1</a>', f"{_FB2}<section><p>a", f"</p></section>{_END}")),
    "FB2, bomb": (".fb2", filled("&e9;", f"<!DOCTYPE a [{BOMB}]>{_FB2}<section><p>", f"</p></section>{_END}")),
    "OPML": (".opml", counted('<outline text="{n}" xmlUrl="https://a.b/{n}"/>', "<opml><body>", "</body></opml>")),
    "OPML, deep": (".opml", nested("<outline>", "</outline>", '<outline xmlUrl="https://a.b/"/>')),
    "JSON Feed": (".json", counted(_ENTRY, _FEED, "{}]}")),
    "JSON Feed, deep": (".json", filled("[", _FEED)),
    # -- pandoc ------------------------------------------------------------------------------------------------
    "RST": (".rst", filled(f"The quay\n========\n\n{SENTENCE * 9} *a* `b <c>`_\n\n.. note:: d\n\n")),
    "Org": (".org", filled(f"* The quay\n\n{SENTENCE * 9} /a/ [[b][c]]\n\n", "#+TITLE: A\n\n")),
    "LaTeX": (".tex", filled(f"\\section{{A}}\n{SENTENCE * 9} \\emph{{b}} $c$\n\n", _LATEX, "\\end{document}\n")),
    "LaTeX, comments": (".tex", filled("\\begin{comment}\na\n", _LATEX, "\\end{document}\n")),
    "LaTeX, terms": (".tex", filled(f"\\term{{a}} {SENTENCE}", _LATEX, "\\end{document}\n")),
    "LaTeX, lists": (".tex", filled(f"\\begin{{itemize}}\n\\item {SENTENCE}\n", _LATEX, "\\end{document}\n")),
    "RST, blanks in code": (".rst", filled(" ", "The quay\n========\n\na ``x", "y`` b\n")),
    "Org, blanks": (".org", filled(" ", "#+TITLE: A\n\n* Boats", "b\n\nIt rose.\n")),
    "AsciiDoc, conditions": (".adoc", filled("ifdef::env-a[]\na\n", "= The quay\n\nIt rose.\n\n")),
    "MediaWiki, galleries": (".wiki", filled("<gallery>\na\n", "== A ==\n\nIt rose.\n")),
    "MediaWiki, links": (".wiki", filled("[[File:", "== A ==\n\nIt rose.\n", "\n")),
    "MediaWiki": (".wiki", filled(f"== A ==\n{SENTENCE * 9} '''b''' [[c]] {{{{d}}}}\n\n")),
    "AsciiDoc": (".adoc", filled(f"== A\n\n{SENTENCE * 9} *b* _c_\n\n", "= The quay\n\n")),
    "notebook": (".ipynb", counted(_CELL, _CELLS, _LAST_CELL)),
}
