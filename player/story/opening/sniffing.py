"""Recognising web pages, feeds and Markdown by their beginning, other formats by their signatures."""

from __future__ import annotations

import re

from player.patterns import later

_HEAD = 8192
"""Bytes examined."""

_HTML = later(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_FEED = later(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE\s[^<>\[]*(?:\[.*?\]\s*)?>)\s*)*"
    rb"<(?:rss|(?:\w+:)?feed|(?:\w+:)?RDF(?=[^>]*(?:purl\.org/rss|netscape\.com/rdf)))[\s>]",
    re.S,
)
_HTML_PART = later(
    rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:article|main|section|div|p|h[1-6]|meta|title|table|ul|ol)\b[^>]*>",
    re.I | re.S,
)
_FRONT_MATTER = later(
    rb"(?:\xef\xbb\xbf)?(?:\+\+\+[ \t]*\r?\n[\w-]+ *=.*?\n\+\+\+[ \t]*\r?\n"
    rb"|\{\s*\"[\w-]+\"\s*:.{1,4000}?\n\}[ \t]*\r?\n[ \t]*\r?\n"
    rb"|---[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[\w-]+[ \t]*:.*?\n(?:---|\.\.\.)[ \t]*\r?\n)",
    re.S,
)
_MARKDOWN_SIGNS = (
    later(rb"^#{1,6} \S", re.M),
    later(rb"^```", re.M),
    later(rb"\[[^\]\n]+\]\((?:https?:|/|#|\.)[^)\s]*\)"),
    later(rb"\*\*[^*\s][^*\n]*\*\*"),
    later(rb"^\|.*\|\s*\n\|[ :|-]+\|", re.M),
)


def is_html(data: bytes) -> bool:
    """Return True for a complete web page."""
    return _HTML.match(data[:_HEAD]) is not None


def is_feed(data: bytes) -> bool:
    """Return True for RSS or Atom."""
    return _FEED.match(data[:_HEAD].replace(b"\0", b"")) is not None  # drops the zeros of Latin letters in UTF-16


def may_be_html(data: bytes) -> bool:
    """Return True for what begins like part of a web page."""
    return _HTML_PART.match(data[:_HEAD]) is not None


def is_markdown(data: bytes) -> bool:
    """Return True for text with front matter."""
    return _FRONT_MATTER.match(data[:_HEAD]) is not None


def may_be_markdown(data: bytes) -> bool:
    """Return True for text with two or more marks typical of Markdown."""
    return sum(sign.search(data[:_HEAD]) is not None for sign in _MARKDOWN_SIGNS) >= 2


def is_epub(data: bytes) -> bool:
    """Return True for a zip with the EPUB mimetype or META-INF/container.xml."""
    return data[:2] == b"PK" and (b"mimetypeapplication/epub+zip" in data[:100] or b"META-INF/container.xml" in data)


_OFFICE = later(
    rb"\{\\rtf"
    rb"|PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text"
    rb"|PK\x03\x04(?=.{0,8000}word/(?:document|_rels|styles|numbering|theme|media)\b)",
    re.S,
)
_PACKED_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""Of an ODT that was packed again, in another order."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""Stream name of an encrypted DOCX inside an OLE file."""


def is_office(data: bytes) -> bool:
    """Return True for RTF, ODT or DOCX; also for a DOCX encrypted with a password."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return _LOCKED in data
    if _OFFICE.match(data) is not None:
        return True
    return data[:2] == b"PK" and (b"word/document" in data[-65_536:] or _PACKED_ODT in data)


def is_pdf(data: bytes) -> bool:
    """Return True for PDF, also with a line before its signature."""
    return b"%PDF-" in data[:1024]
