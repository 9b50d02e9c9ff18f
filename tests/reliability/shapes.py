"""Making inputs of any size, in every format: a part again and again, within itself, or with a number in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from tests.support.epub import Book

Make = Callable[[int], bytes]
SENTENCE = "The river rose in the night, and nobody in the village saw it. "
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_STYLES = "<office:font-face-decls/><office:styles/><office:automatic-styles/><office:master-styles/>"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org"
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))


def filled(part: str, before: str = "", after: str = "") -> Make:
    """A part again and again."""
    return lambda size: (before + part * (size // len(part.encode())) + after).encode()


def nested(opening: str, closing: str, inner: str = "x") -> Make:
    """A part within itself again and again."""

    def make(size: int) -> bytes:
        depth = size // len((opening + closing).encode())
        return (opening * depth + inner + closing * depth).encode()

    return make


def counted(part: str, before: str = "", after: str = "") -> Make:
    """A part with a running number in it."""

    def make(size: int) -> bytes:
        return (before + "".join(part.format(n=n) for n in range(size // len(part))) + after).encode()

    return make


def html(make: Make, head: str = "<title>A page</title>") -> Make:
    """As the body of a web page."""
    return lambda size: f"<!doctype html><html><head>{head}</head><body>".encode() + make(size) + b"</body></html>"


def zipped(files: dict[str, str | Make]) -> Make:
    """A zip file, in which some files grow."""

    def make(size: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (name, part) in enumerate(files.items()):
                data = part if isinstance(part, str) else part(size)
                archive.writestr(name, data, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
        return out.getvalue()

    return make


def around(before: str, make: Make, after: str) -> Make:
    """With something before and after."""
    return lambda size: before.encode() + make(size) + after.encode()


def odt(make: Make, doctype: str = "") -> Make:
    """As the text of an OpenDocument."""
    before = f'<?xml version="1.0"?>{doctype}<office:document-content {_ODF}><office:body><office:text>'
    content = around(before, make, "</office:text></office:body></office:document-content>")
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_ODF}>{_STYLES}</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def docx(make: Make, doctype: str = "") -> Make:
    """As the body of a Word document."""
    types = (
        f'<?xml version="1.0"?><Types xmlns="{_RELATIONS}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    document = around(f'<?xml version="1.0"?>{doctype}<w:document {_W}><w:body>', make, "</w:body></w:document>")
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document})


def epub(make: Make, doctype: str = "<!DOCTYPE html>") -> Make:
    """As the one page of a book."""

    def book(size: int) -> bytes:
        page = (
            f'<?xml version="1.0"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
            f"<body>{make(size).decode()}</body></html>"
        )
        return _bytes(Book({"a.xhtml": page}, [("One", "a.xhtml", ())]))

    return book


def _bytes(book: Book) -> bytes:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        return book.write(Path(folder) / "a.epub").read_bytes()


def chapters(size: int) -> bytes:
    """A book of many small pages."""
    count = size // 400
    pages = {f"p{n}.xhtml": f"<h1>Chapter {n}</h1><p>{SENTENCE}</p>" for n in range(count)}
    return _bytes(Book(pages, [(f"Chapter {n}", f"p{n}.xhtml", ()) for n in range(count)]))


def anchors(size: int) -> bytes:
    """A book of one page with many chapters in it."""
    count = size // 100
    page = "".join(f'<h2 id="c{n}">Part {n}</h2><p>{SENTENCE}</p>' for n in range(count))
    return _bytes(Book({"a.xhtml": page}, [(f"Part {n}", f"a.xhtml#c{n}", ()) for n in range(count)]))


def rtf(make: Make) -> Make:
    """As a rich text document."""
    return around("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}\n", make, "}")


def pdf(size: int) -> bytes:
    """A document of pages full of text."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    for _ in range(max(1, size // 4000)):
        for line in range(45):
            canvas.drawString(60, 780 - 16 * line, SENTENCE)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rss(make: Make) -> Make:
    """As the entries of a feed."""
    return around('<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>', make, "</channel></rss>")
