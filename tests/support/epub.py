# ruff: noqa: E501 (markup reads better on one line)
"""EPUB files for tests, assembled file by file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title><link rel="stylesheet" href="style.css"/></head><body{kind}>{body}</body></html>"""


@dataclass
class Book:
    """The content of a book, with pages in reading order."""

    pages: dict[str, str]
    """{name: content of <body>, or the whole file if it begins with "<?xml" or "<html"}."""
    contents: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = ()
    """Table of contents: (title, target, [(title, target), …])."""
    metadata: str = "<dc:title>A Book</dc:title><dc:language>en</dc:language>"
    version: int = 3
    kinds: Mapping[str, str] = field(default_factory=dict)
    """{page: epub:type of its body}."""
    guide: str = ""
    not_linear: Sequence[str] = ()
    cover: bytes = b""
    """Picture of the cover."""
    extra: Mapping[str, bytes] = field(default_factory=dict)
    """{path in the zip: content} of more files."""
    overlays: Mapping[str, str] = field(default_factory=dict)
    """{page: name of its media overlay}."""

    def write(self, path: Path) -> Path:
        """Write the file; return its path."""
        with ZipFile(path, "w", ZIP_DEFLATED) as book:
            book.writestr("mimetype", "application/epub+zip", ZIP_STORED)
            files: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": self._package()}
            files["OEBPS/nav.xhtml" if self.version == 3 else "OEBPS/toc.ncx"] = self._contents()
            for name, body in self.pages.items():
                kind = f' epub:type="{self.kinds[name]}"' if name in self.kinds else ""
                whole = body.startswith(("<?xml", "<html"))
                files[f"OEBPS/{name}"] = body if whole else PAGE.format(title=name, kind=kind, body=body)
            if self.cover:
                files["OEBPS/jacket.png"] = self.cover
            for name, data in {**files, **self.extra}.items():
                book.writestr(name, data)
        return path

    def _package(self) -> str:
        items = "".join(
            f'<item id="p{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"'
            + (
                f' media-overlay="o{n}"/><item id="o{n}" href="{overlay}" media-type="application/smil+xml"/>'
                if (overlay := self.overlays.get(name))
                else "/>"
            )
            for n, name in enumerate(self.pages)
        )
        spine = "".join(
            f'<itemref idref="p{n}"{" linear=" + chr(34) + "no" + chr(34) if name in self.not_linear else ""}/>'
            for n, name in enumerate(self.pages)
        )
        if self.version == 3:
            items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        else:
            items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        if self.cover:
            mark = ' properties="cover-image"' if self.version == 3 else ""
            items += f'<item id="jacket" href="jacket.png" media-type="image/png"{mark}/>'
        named = '<meta name="cover" content="jacket"/>' if self.cover and self.version == 2 else ""
        toc = ' toc="ncx"' if self.version == 2 else ""
        return (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" '
            f'xmlns:opf="http://www.idpf.org/2007/opf" version="{self.version}.0" unique-identifier="id">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{self.metadata}{named}</metadata>'
            f"<manifest>{items}</manifest><spine{toc}>{spine}</spine>{self.guide}</package>"
        )

    def _contents(self) -> str:
        if self.version == 3:
            entries = "".join(
                f'<li><a href="{target}">{escape(title)}</a>'
                + (
                    "<ol>" + "".join(f'<li><a href="{t}">{escape(n)}</a></li>' for n, t in inner) + "</ol>"
                    if inner
                    else ""
                )
                + "</li>"
                for title, target, inner in self.contents
            )
            return PAGE.format(title="Contents", kind="", body=f'<nav epub:type="toc"><ol>{entries}</ol></nav>')

        def point(title: str, target: str, inner: str = "") -> str:
            return (
                f"<navPoint><navLabel><text>{escape(title)}</text></navLabel>"
                f'<content src="{target}"/>{inner}</navPoint>'
            )

        points = "".join(
            point(title, target, "".join(point(n, t) for n, t in inner)) for title, target, inner in self.contents
        )
        return f'<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
