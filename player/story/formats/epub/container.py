"""The zip and the XML of an EPUB, opened defensively: both are untrusted."""

from __future__ import annotations

import logging
import posixpath
import re
from html import escape
from html.entities import html5
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from player.errors import SourceError
from player.story.html.markup import readable
from player.story.html.tree import html_tree
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.zip_errors import UNPACK_ERRORS
from player.story.text import composed

_logger = logging.getLogger(__name__)

_MOST_BYTES = 60_000_000
"""Bytes of all unpacked text in a book: the longest novels have 10 MB. A small zip can expand to any size."""
_MOST_TAGS = 3_000_000
"""Tags in a book; study Bibles have a third of that. A parsed tag takes 30 times its room in the file."""
_OPS = "http://www.idpf.org/2007/ops"
_ENTITY = re.compile(r"&([^\s&;<>#]+);")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_EMPTY = re.compile(r"<(script|style|title|a|p|div|span|i|b|em|strong|section|td|li|h[1-6])\b([^<>]*)/>", re.I)
"""Elements that may be empty in XML (<a/>), but not in HTML."""
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.S | re.I)
_HEAD = 4096
"""Characters at the beginning that may hold a document type."""
_NAMESPACES = re.compile(r"""(<[^<>]*?)\sxmlns\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
_PREFIXES = re.compile(r"(</?)[A-Za-z][\w.-]*:(?=[A-Za-z])")
_PLACES = re.compile("[\U000f0000-\U0010ffff]")
"""Private characters of the last planes, which mark places in a text (see epub_pages)."""


class EpubFile:
    """The files of a book, by path."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the zip. Raises SourceError when it is none."""
        self.name = name
        self._bytes_left = _MOST_BYTES
        self._tags_left = _MOST_TAGS
        self.unreadable: set[str] = set()
        """Paths of files found damaged so far."""
        try:
            self._zip = ZipFile(BytesIO(data))
        except UNPACK_ERRORS as error:
            raise self.damaged(str(error)) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._alike = {_folded(name): name for name in self._entries}

    def damaged(self, why: str) -> SourceError:
        """Return the error for an unreadable book."""
        return SourceError(f"{self.name} is damaged ({why})", "try to get it again")

    def of_pictures(self) -> SourceError:
        """Return the error for a whole book without a word."""
        hint = "make its pages readable first, for example with OCR"
        return SourceError(f"{self.name} is a book of pictures, and has no text", hint)

    def find(self, path: str) -> str:
        """Return the zip's name for a file, even if case, normalisation of accents or slashes differ; "" if there is
        none."""
        return path if path in self._entries else self._alike.get(_folded(path), "")

    def read(self, path: str) -> bytes | None:
        """Return a file's content; None when it is missing, or damaged (see `unreadable`). Raises SourceError when the
        book is far too large."""
        entry = self._entries.get(self.find(path))
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as file:
                data = file.read(self._bytes_left + 1)
        except UNPACK_ERRORS:
            _logger.warning("%s: %s is damaged", self.name, entry.filename, exc_info=True)
            self.unreadable.add(entry.filename)
            return None
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise SourceError(f"{self.name} holds more than {_MOST_BYTES // 1_000_000} MB of text", "split it")
        return data

    def size(self, path: str) -> int:
        """Return the bytes of a file that exists, unpacked, as the zip tells."""
        return self._entries[path].file_size

    def fingerprint(self, path: str) -> str:
        """Return checksum and size of a file that exists, without reading it: "0a1b2c3d-12345"."""
        entry = self._entries[path]
        return f"{entry.CRC:08x}-{entry.file_size}"

    def xml(self, path: str) -> Any:
        """Return a file as XML without namespaces; an empty element when it is missing or malformed."""
        data = self.read(path)
        return _xml(self._text(data)) if data is not None else _xml("")

    def page(self, path: str) -> Any:
        """Return a page as an lxml.html tree; None when it is missing or unreadable (see `unreadable`). See `_page`."""
        data = self.read(path)
        if data is None:
            return None
        page = _page(self._text(data))
        if page is None and data.strip():
            self.unreadable.add(self.find(path))
        return page

    def _text(self, data: bytes) -> str:
        """Return decoded XML without document type and named entities; empty when it is no text. Raises SourceError."""
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise SourceError(f"{self.name} holds more than {_MOST_TAGS // 1_000_000} million tags", "split it")
        try:
            text = RawSource(data, "a.xml").text.lstrip("\ufeff \t\r\n")
        except SourceError:
            _logger.info("a page of %s is no text", self.name, exc_info=True)
            return ""
        start = text[:_HEAD].upper().find("<!DOCTYPE")
        if start >= 0 and (doctype := _DOCTYPE.match(text, start)):  # it may declare endlessly nested entities
            text = text[:start] + text[doctype.end() :]
        text = _ENTITY.sub(_character, _PLACES.sub("", readable(text)))
        return _PREFIXES.sub(r"\1", _NAMESPACES.sub(r"\1", text)).strip()

    def package_path(self) -> str:
        """Return the path of the package document: the first that exists. Raises SourceError."""
        if not self.find("META-INF/container.xml"):
            raise self.damaged("there is no META-INF/container.xml in it")
        paths = [unquote(path) for path in self.xml("META-INF/container.xml").xpath("//rootfile/@full-path")]
        found = next(filter(None, map(self.find, paths)), "")
        found = found or next((path for path in self._entries if path.lower().endswith(".opf")), "")
        if not found:
            raise self.damaged("it does not say where its text is")
        return found

    def encrypted(self) -> set[str]:
        """Return the paths of encrypted files (Open Container Format, 3.5.2.2)."""
        uris = self.xml("META-INF/encryption.xml").xpath("//CipherReference/@URI")
        return {self.find(unquote(uri)) for uri in uris}

    def resolve(self, base: str, href: str) -> tuple[str, str]:
        """Return (path, anchor) of a link in the file `base`; an empty path when the target is missing."""
        address, _, anchor = href.strip().partition("#")
        if not address:
            return base, unquote(anchor)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address)))
        return self.find(re.sub(r"^(?:\.\./|/)+", "", path)), unquote(anchor)


def _folded(path: str) -> str:
    return composed(path.replace("\\", "/")).casefold()


def _character(entity: re.Match[str]) -> str:
    """Return the character of a named HTML entity. Entities of a document type are not known."""
    if entity[1] in _XML_OWN:
        return entity[0]
    return escape(html5.get(f"{entity[1]};", entity[0]))


def _xml(text: str) -> Any:
    from lxml import etree  # 0.02 s

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        _logger.info("no XML", exc_info=True)
        root = None
    return etree.Element("empty") if root is None else root


def _page(text: str) -> Any:
    """Return a tree: parsed as XML if well-formed, else as a browser would. The attribute `kind` has the element's
    role, from EPUB 3 or ARIA.

    Nothing is fetched, and no entity is expanded.
    """
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.XHTMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        try:
            page = html_tree(_EMPTY.sub(r"<\1\2></\1>", text))
        except (etree.ParserError, ValueError):
            _logger.info("a page is neither XML nor HTML", exc_info=True)
            return None
    for said in page.xpath("//@o:type | //@*[name()='epub:type'] | //@role", namespaces={"o": _OPS}):
        element = said.getparent()
        element.set("kind", f"{element.get('kind', '')} {said.replace('doc-', '')}".strip().lower())
    return page if page.find("body") is not None else None
