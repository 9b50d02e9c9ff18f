# ruff: noqa: E501 (markup reads better on one line)
"""The files of the trial `bombs`, each at most 1 MB, put together here from nothing."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

from tests.support.epub import CONTAINER
from tests.support.office import DATA

Make = Callable[[], bytes]
MB = 1_000_000


# -- PDF ---------------------------------------------------------------------------------------------------------


def pdf(content: bytes, filters: str = "/FlateDecode", kids: int = 1) -> bytes:
    """A PDF of so many pages, which all show this packed content."""
    listed = "3 0 R " * kids
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {kids} /Kids [ {listed}] >>".encode(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} /Filter [ {filters} ] >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def packed(unit: bytes, times: int) -> bytes:
    """This, so many times over, packed by zlib without holding it in memory."""
    packer = zlib.compressobj(9)
    piece = unit * 1000
    return b"".join(packer.compress(piece) for _ in range(times // 1000)) + packer.flush()


LINES = b"BT /F1 10 Tf 72 700 Td (The lamp was lit, and nobody saw it.) Tj ET\n"


def pdf_of_damage(seed: int) -> bytes:
    """A PDF with bytes changed, copied and cut out all over."""
    source = random.Random(seed)
    data = bytearray(pdf(packed(LINES, 3000), kids=40))
    for _ in range(60):
        at = source.randrange(len(data))
        match source.randrange(3):
            case 0:
                data[at] = source.randrange(256)
            case 1:
                data[at:at] = data[source.randrange(len(data)) :][: source.randrange(4000)]
            case _:
                del data[at : at + source.randrange(40)]
    return bytes(data[:MB])


def pdf_of_objects() -> bytes:
    """A PDF without a table, of so many objects that begin and never end."""
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj << /A [ " % n for n in range(50_000))


PDF: Mapping[str, Make] = {
    "flate-bomb": lambda: pdf(packed(b" ", 256 * MB)),
    "flate-bomb-of-text": lambda: pdf(packed(LINES, 2_000_000)),
    "flate-bomb-twice": lambda: pdf(zlib.compress(packed(b" ", 900 * MB), 9), "/FlateDecode /FlateDecode"),
    "many-pages": lambda: pdf(packed(LINES, 2000), kids=90_000),
    "deep": lambda: pdf(zlib.compress(b"[" * MB * 3)),
    "deep-states": lambda: pdf(packed(b"q ", 20 * MB)),
    "objects-without-end": pdf_of_objects,
    **{f"damaged-{seed}": (lambda seed=seed: pdf_of_damage(seed)) for seed in range(4)},  # type: ignore[misc]
}


# -- zips ----------------------------------------------------------------------------------------------------------


def zipped(files: Mapping[str, tuple[bytes, int]], method: int = ZIP_DEFLATED) -> bytes:
    """A zip of parts, each given as (unit, how many times)."""
    out = io.BytesIO()
    with ZipFile(out, "w", method) as package:
        for name, (unit, times) in files.items():
            if name == "mimetype":
                package.writestr(name, unit, ZIP_STORED)
                continue
            with package.open(name, "w", force_zip64=True) as part:
                for _ in range(max(times // 1000, 1)):
                    part.write(unit * min(times, 1000))
    return out.getvalue()


OPF = (
    b'<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
    b'<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    b'<spine><itemref idref="a"/></spine></package>'
)
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10))


def epub(unit: bytes, times: int = 1, method: int = ZIP_DEFLATED, before: bytes = b"") -> bytes:
    """A book whose only page is this."""
    files = {
        "mimetype": (b"application/epub+zip", 1),
        "META-INF/container.xml": (CONTAINER.encode(), 1),
        "OEBPS/content.opf": (OPF, 1),
        "OEBPS/a.xhtml": (before + unit if times == 1 else unit, times),
    }
    return zipped(files, method)


EPUB: Mapping[str, Make] = {
    "zip-bomb": lambda: epub(b" ", 900 * MB),
    "paragraphs": lambda: epub(b"<p>The lamp was lit.</p>\n", 2_400_000),
    "tags": lambda: epub(b"<b></b>", 3_000_000),
    "lzma-bomb": lambda: epub(b"<p>a</p>", 40_000_000, ZIP_LZMA),
    "deep": lambda: epub(b"<div>" * 1_000_000),
    "entities": lambda: epub(b"<!DOCTYPE html [" + LAUGHS + b"]><html><body><p>&l9;</p></body></html>"),
    "named-entities": lambda: epub(b"<p>" + b"&eacute;&nbsp;" * 2_000_000),
    "one-line": lambda: epub(b"<html><body><p>" + b"word " * 4_000_000 + b"</p></body></html>"),
}

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: bytes) -> bytes:
    """A Word document with this body."""
    document = b"<w:document " + W + b"><w:body>" + body + b"</w:body></w:document>"
    files = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document}
    return zipped({name: (part, 1) for name, part in files.items()})


def odt(body: bytes) -> bytes:
    """LibreOffice's document with this body."""
    parts = {
        f"{name}.xml": (DATA / "libreoffice" / f"{name}.xml").read_bytes() for name in ("content", "styles", "meta")
    }
    before, _, _ = parts["content.xml"].partition(b"<office:text>")
    parts["content.xml"] = before + b"<office:text>" + body + b"</office:text></office:body></office:document-content>"
    parts |= {"META-INF/manifest.xml": b"<manifest/>", "mimetype": b"application/vnd.oasis.opendocument.text"}
    return zipped({name: (part, 1) for name, part in sorted(parts.items(), key=lambda one: one[0] != "mimetype")})


SAID = b"<w:p><w:r><w:t>The lamp was lit.</w:t></w:r></w:p>"
DOCX: Mapping[str, Make] = {
    "zip-bomb": lambda: docx(b" " * 95 * MB),
    "paragraphs": lambda: docx(SAID * 200_000),
    "deep": lambda: docx(b"<w:tbl><w:tr><w:tc>" * 20_000 + SAID + b"</w:tc></w:tr></w:tbl>" * 20_000),
    "table": lambda: docx(
        b"<w:tbl>" + (b"<w:tr>" + (b"<w:tc>" + SAID + b"</w:tc>") * 5 + b"</w:tr>") * 20_000 + b"</w:tbl>"
    ),
    "one-line": lambda: docx(b"<w:p><w:r><w:t>" + b"word " * 4_000_000 + b"</w:t></w:r></w:p>"),
    "runs": lambda: docx(b"<w:p>" + b"<w:r><w:t>word </w:t></w:r>" * 300_000 + b"</w:p>"),
}
ODT: Mapping[str, Make] = {
    "zip-bomb": lambda: odt(b" " * 95 * MB),
    "paragraphs": lambda: odt(b"<text:p>The lamp was lit.</text:p>" * 200_000),
    "deep": lambda: odt(b"<text:list><text:list-item>" * 20_000 + b"</text:list-item></text:list>" * 20_000),
    "spans": lambda: odt(b"<text:p>" + b"<text:span>word </text:span>" * 300_000 + b"</text:p>"),
}
RTF: Mapping[str, Make] = {
    "deep": lambda: b"{\\rtf1 " + b"{" * 900_000,
    "table": lambda: b"{\\rtf1 " + b"\\trowd\\cellx1000\\cellx2000 one\\cell two\\cell\\row\n" * 20_000 + b"}",
    "paragraphs": lambda: b"{\\rtf1 " + b"word\\par\n" * 110_000 + b"}",
    "hexadecimal": lambda: b"{\\rtf1 " + b"\\'e9" * 240_000 + b"}",
    "one-line": lambda: b"{\\rtf1 " + b"word " * 199_000 + b"}",
}


# -- markup and text -----------------------------------------------------------------------------------------------

HEAD = b"<!doctype html><title>A title</title><body>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title>'
HTML: Mapping[str, Make] = {
    "paragraphs": lambda: HEAD + b"<p>a" * 200_000,
    "deep": lambda: HEAD + b"<div>" * 190_000 + b"The lamp was lit.",
    "deep-inline": lambda: HEAD + b"<b>" * 300_000 + b"The lamp was lit.",
    "tables": lambda: HEAD + b"<table><tr><td>" * 60_000,
    "one-line": lambda: HEAD + b"<p>" + b"word " * 190_000,
    "one-word": lambda: HEAD + b"<p>" + b"a" * 990_000,
    "attributes": lambda: HEAD + b"<p " + b"".join(b"a%d=1 " % n for n in range(90_000)) + b">The lamp was lit.",
    "links": lambda: HEAD + b"<a href=x>y</a> " * 55_000,
    "breaks": lambda: HEAD + b"<p>word<br>" * 90_000,
    "lists": lambda: HEAD + b"<ul><li>word" * 80_000,
    "open-brackets": lambda: HEAD + b"<" * 950_000,
    "dates": lambda: HEAD + b"<p>2020-01-01 12:00 " * 48_000,
    "quotations": lambda: HEAD + b"<blockquote>word" * 60_000,
}
FEED: Mapping[str, Make] = {
    "entities": lambda: (
        RSS.replace(b"<rss", b"<!DOCTYPE rss [" + LAUGHS + b"]><rss") + b"<item><title>&l9;</title></item>"
    ),
    "items": lambda: RSS + b"<item><title>a</title></item>" * 33_000 + b"</channel></rss>",
    "deep": lambda: RSS + b"<item>" * 150_000,
    "markup": lambda: (
        RSS + b"<item><description>" + b"&lt;p&gt;word" * 70_000 + b"</description></item></channel></rss>"
    ),
}
MARKDOWN: Mapping[str, Make] = {
    "brackets": lambda: b"# A title\n\n" + b"[" * 900_000,
    "deep": lambda: b"# A title\n\n" + b">" * 900_000,
    "stars": lambda: b"# A title\n\n" + b"*a _b " * 150_000,
    "ticks": lambda: b"# A title\n\n" + b"".join(b"`" * (n % 700) + b" " for n in range(2600)),
    "table": lambda: b"# A title\n\n|a|b|\n|-|-|\n" + b"|c|d|\n" * 150_000,
    "one-line": lambda: b"# A title\n\n" + b"word " * 190_000,
    "list": lambda: b"# A title\n\n" + b"".join(b" " * (n % 200) + b"- a\n" for n in range(9000)),
}
TEXT: Mapping[str, Make] = {
    "one-line": lambda: b"word " * 200_000,
    "one-word": lambda: b"a" * 990_000,
    "short-lines": lambda: b"a\n\n" * 330_000,
    "short-lines-together": lambda: b"a\n" * 490_000,
    "quotes": lambda: b'"' * 990_000,
    "capitals": lambda: b"CHAPTER I\n\n" * 90_000,
    "dots": lambda: b"a . . . . 1\n" * 80_000,
    "blanks": lambda: b"a" + b" " * 990_000 + b"b",
    "digits": lambda: b"1" * 990_000,
    "mixed": lambda: random.Random(1).randbytes(300_000).hex().encode(),
}

SHAPES: Mapping[str, Mapping[str, Make]] = {
    "pdf": PDF, "epub": EPUB, "docx": DOCX, "odt": ODT, "rtf": RTF, "html": HTML, "rss": FEED, "md": MARKDOWN, "txt": TEXT,
}  # fmt: skip
"""Suffix -> name -> what makes the file."""
