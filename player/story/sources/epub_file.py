"""The zip that an EPUB is, opened with care: it comes from anywhere."""

from __future__ import annotations

import posixpath
import re
import zlib
from html.entities import html5
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from player.errors import SourceError
from player.story.sources.markup import readable
from player.story.sources.raw import RawSource

_MOST_BYTES = 60_000_000
"""Of all text in a book, unpacked: the longest novels have 10 MB. A small zip can hold any number of zeros."""
_ENTITY = re.compile(r"&(\w+);")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_EMPTY = re.compile(r"<(script|style|title|a|p|div|span|i|b|em|strong|section|td|li|h[1-6])\b([^<>]*)/>", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.S | re.I)


class EpubFile:
    """The files of a book by their paths."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises SourceError when it is no zip."""
        self.name = name
        self._left = _MOST_BYTES
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError) as error:
            raise self.damaged(str(error)) from error
        self._names = {entry.filename: entry for entry in self._zip.infolist()}

    def damaged(self, why: str) -> SourceError:
        """The error for a book that cannot be read."""
        return SourceError(f"{self.name} is damaged ({why})", "try to get it again")

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self._names

    def read(self, path: str) -> bytes | None:
        """A file's content; None when it is not there. Raises SourceError when it is damaged, or far too large."""
        entry = self._names.get(path)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as file:
                data = file.read(self._left + 1)
        except (BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise self.damaged(str(error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(f"{self.name} holds more than {_MOST_BYTES // 1_000_000} MB of text", "split it")
        return data

    def require(self, path: str) -> bytes:
        """A file's content. Raises SourceError when it is not there."""
        data = self.read(path)
        if data is None:
            raise self.damaged(f"there is no {path} in it")
        return data

    def package_path(self) -> str:
        """Where the package document is. Raises SourceError."""
        container = parse_xml(self.require("META-INF/container.xml"))
        paths = container.xpath("//*[local-name()='rootfile']/@full-path")
        found = next((path for path in paths if self.has(path)), None)
        if found is None:
            raise self.damaged("it does not say where its text is")
        return str(found)

    def encrypted(self) -> set[str]:
        """Paths of the files that are encrypted (Open Container Format, 3.5.2.2)."""
        data = self.read("META-INF/encryption.xml")
        return set() if data is None else {unquote(uri) for uri in parse_xml(data).xpath("//@URI")}

    @staticmethod
    def resolve(base: str, href: str) -> str:
        """The path of what `href` means in the file `base`."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))
        return path.lstrip("./")


def parse_xml(data: bytes) -> Any:
    """An XML document; an empty one in place of what cannot be parsed. Nothing is fetched, no entity grows."""
    from lxml import etree  # 0.02 s

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return etree.Element("empty") if root is None else root


def parse_page(data: bytes) -> Any:
    """An XHTML page as lxml.html has it, its names without namespace; None when nothing can be parsed.

    As XML if it is that, else as a browser would.
    """
    from lxml import etree
    from lxml import html as lxml_html

    text = RawSource(data, "page.xhtml").text
    text = readable(_DOCTYPE.sub("", text, count=1))
    text = _ENTITY.sub(lambda found: found[0] if found[1] in _XML_OWN else html5.get(f"{found[1]};", found[0]), text)
    parser = lxml_html.XHTMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(text, parser)
        lxml_html.xhtml_to_html(page)
        for element in page.xpath("//*[namespace-uri() != '']"):  # formulas and drawings
            element.tag = etree.QName(element).localname
    except (etree.XMLSyntaxError, ValueError):
        try:
            page = lxml_html.document_fromstring(_EMPTY.sub(r"<\1\2></\1>", text))
        except (etree.ParserError, ValueError):
            return None
    return page if page.find("body") is not None else None
