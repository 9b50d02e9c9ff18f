"""Telling mails, saved pages, subtitles, books, lists of feeds and texts in markup by their first bytes."""

from __future__ import annotations

import re

from player.patterns import later

_HEAD = 8192
"""Bytes that are looked at."""
_XML = rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^<>\[]*>)\s*)*"
"""What may stand before the root of an XML file."""
_FIELDS = later(
    rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]*:.*\r?\n(?:[ \t].*\r?\n)*)+",
)
_MIME = later(rb"^(?:MIME-Version|Received|Message-ID|Content-Type|Return-Path|Delivered-To):", re.M | re.I)
_FROM = later(rb"^From:", re.M | re.I)
_SAVED = later(rb"^(?:Snapshot-Content-Location:|From: ?[<\"]?Saved by |X-MAF-Information-Version:)", re.M | re.I)
_SUBTITLES = later(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT[ \t\r\n]|\[Script Info\]\s"
    rb"|\s*(?:\d+[ \t]*\r?\n)?(?:\d{1,2}:)?\d\d:\d\d[,.]\d{3} --> \d"
    rb"|(?:\[(?:ti|ar|al|by|length|offset):[^\]\n]*\]\s*)*(?:\[\d\d:\d\d\.\d\d\d?\].*\r?\n){2})"
)
_FB2 = later(_XML + rb"<FictionBook[\s>]|PK\x03\x04.{26}[^\0]{1,200}\.fb2", re.S)
_OPML = later(_XML + rb"<opml[\s>]", re.S)
_JSON_FEED = later(rb"\s*\{.{0,4000}\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org", re.S)
_LATEX = later(rb"^[ \t]*\\(?:documentclass|documentstyle|begin\{document\})", re.M)
_ORG = later(rb"^#\+(?:title|author|options|startup|begin_src|begin_quote|property|filetags)[: \t_]", re.M | re.I)
_RST = (
    later(rb"^\.\. [\w-]+::", re.M),
    later(rb"^\S.*\r?\n([=~^\"'#*+-])\1{3,}[ \t]*$", re.M),
    later(rb":[a-z:]+:`[^`\n]+`|`[^`<\n]+<[^>\n]+>`_|^:[A-Z]\w+: ", re.M),
    later(rb"^\.\. _[\w -]+:|::[ \t]*\r?\n[ \t]*\r?\n[ \t]+\S", re.M),
)
_WIKI = (
    later(rb"^==+ ?[^=\n]+ ?==+[ \t]*$", re.M),
    later(rb"'''[^'\n]+'''"),
    later(rb"\[\[[^\[\]\n]+\]\]"),
    later(rb"^\{\{|<ref[ >/]|^\{\|", re.M),
)
_ASCIIDOC = (
    later(rb"\A(?:\s*//.*\n)*= \S", re.M),
    later(rb"^==+ \S", re.M),
    later(rb"^:[a-z][\w-]*:(?: .*)?$|^\[(?:source|NOTE|TIP|quote|abstract)\b.*\]$|^(?:image|include)::\S+\[", re.M),
    later(rb"^(?:-{4,}|={4,}|\.{4,}|_{4,})[ \t]*$", re.M),
)
_ASCIIDOC_PART = (
    later(rb"\A(?:\s*(?://.*|:[a-z][\w-]*:.*|\[\[[\w-]+\]\]|\[#[\w-]+\])\n)*\s*={1,5} \S[^\n]*[^=\s][ \t]*$", re.M),
    *_ASCIIDOC[2:],
)
"""A chapter of a book in several files, which begins with an anchor, attributes or a heading further down."""


def is_mail(data: bytes) -> bool:
    """Return True for a message as mail programs keep it: with a sender, and fields that nobody writes by hand."""
    head = _fields(data)
    return _FROM.search(head) is not None and _MIME.search(head) is not None


def is_saved_page(data: bytes) -> bool:
    """Return True for a browser's MHTML, and for Safari's webarchive."""
    if data[:8] == b"bplist00":
        return b"WebMainResource" in data
    if b"<key>WebMainResource</key>" in data[:_HEAD]:
        return True
    head = _fields(data)
    return _SAVED.search(head) is not None or (b"multipart/related" in head and not _FROM.search(head))


def _fields(data: bytes) -> bytes:
    found = _FIELDS.match(data[:_HEAD])
    return found[0] if found else b""


def is_subtitles(data: bytes) -> bool:
    """Return True for SRT, VTT, ASS and LRC."""
    return _SUBTITLES.match(data[:_HEAD]) is not None


def is_fb2(data: bytes) -> bool:
    """Return True for a FictionBook, also in a zip."""
    return _FB2.match(data[:_HEAD]) is not None


def is_opml(data: bytes) -> bool:
    """Return True for a list of feeds."""
    return _OPML.match(data[:_HEAD]) is not None


def is_json_feed(data: bytes) -> bool:
    """Return True for a JSON Feed."""
    return _JSON_FEED.match(data[:_HEAD]) is not None


def is_latex(data: bytes) -> bool:
    """Return True for a LaTeX document."""
    return _LATEX.search(data[:_HEAD]) is not None


def is_org(data: bytes) -> bool:
    """Return True for an Org outline that says something of itself."""
    return _ORG.search(data[:_HEAD]) is not None


def is_notebook(data: bytes) -> bool:
    """Return True for a Jupyter notebook."""
    return data[:200].lstrip()[:1] == b"{" and b'"nbformat"' in data and b'"cells"' in data


def may_be_rst(data: bytes) -> bool:
    """Return True for text with a directive, and another sign of reStructuredText."""
    return _has(data, _RST)


def may_be_mediawiki(data: bytes) -> bool:
    """Return True for text with headings as MediaWiki has them, and another of its signs."""
    return _has(data, _WIKI)


def may_be_asciidoc(data: bytes) -> bool:
    """Return True for text that begins with AsciiDoc's title or a heading, and has another of its signs."""
    return _has(data, _ASCIIDOC) or _has(data, _ASCIIDOC_PART)


def _has(data: bytes, signs: tuple[re.Pattern[bytes], ...]) -> bool:
    """Return True if the first sign, and at least one of the others, is there."""
    head = data[:_HEAD]
    return signs[0].search(head) is not None and any(sign.search(head) for sign in signs[1:])
