"""Office documents for tests: by pandoc from Markdown, by python-docx as people write in Word, or assembled by hand."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypandoc

DATA = Path(__file__).parents[1] / "data" / "office"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415478da6360606000000004000127349e2d0000000049454e44ae426082"
)


def by_pandoc(markdown: str, path: Path) -> Path:
    """Write Markdown as a document in the format of the path's suffix; return the path."""
    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    subprocess.run([program, "--standalone", "--output", path], input=markdown.encode(), check=True)
    return path


def package(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip of these parts, the first of them uncompressed; return the path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, part) in enumerate(parts.items()):
            archive.writestr(name, part, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return path


def libreoffice(path: Path, **changed: str | bytes) -> Path:
    """Write the document of tests/data/office/libreoffice with some parts replaced; return the path."""
    parts: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.text"}
    for name in ("content", "styles", "meta"):
        parts[f"{name}.xml"] = changed.get(name) or (DATA / "libreoffice" / f"{name}.xml").read_bytes()
    parts["META-INF/manifest.xml"] = changed.get("manifest", "<manifest/>")
    parts["Pictures/1.png"] = _PIXEL
    return package(path, parts)


class Word:
    """A Word document being made. `document` is python-docx's."""

    def __init__(self) -> None:
        import docx

        self.document = docx.Document()
        self.document.core_properties.author = "Jane Doe"

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path

    def paragraph(self, text: str, style: str | None = None) -> Any:
        return self.document.add_paragraph(text, style=style)

    def xml(self, markup: str, into: Any = None) -> None:
        """Add markup that python-docx does not offer, to a paragraph or at the end of the document."""
        from docx.oxml import parse_xml

        element = parse_xml(markup)
        if into is None:
            self.document.element.body.insert(-1, element)
        else:
            into._p.append(element)

    def contents(self, *lines: str) -> None:
        """Add a table of contents as Word inserts it."""
        entries = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>{line}</w:t></w:r><w:r><w:tab/></w:r>'
            "<w:r><w:t>2</w:t></w:r></w:p>"
            for line in lines
        )
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        self.xml(f"<w:sdt {W}><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{entries}</w:sdtContent></w:sdt>")

    def tracked(self, paragraph: Any, inserted: str, deleted: str) -> None:
        about = f'{W} w:author="Ed" w:date="2024-01-01T00:00:00Z"'
        text = f'<w:t xml:space="preserve">{inserted}</w:t>'
        self.xml(f'<w:ins {about} w:id="90"><w:r>{text}</w:r></w:ins>', paragraph)
        text = f'<w:delText xml:space="preserve">{deleted}</w:delText>'
        self.xml(f'<w:del {about} w:id="91"><w:r>{text}</w:r></w:del>', paragraph)

    def footnote(self, paragraph: Any, text: str) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        run = f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        self.xml(run, paragraph)
        note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {W}>{note}</w:footnotes>'.encode()
        part = Part(PackURI("/word/footnotes.xml"), _NOTES, blob, self.document.part.package)
        self.document.part.relate_to(part, _RELATION)

    def text_box(self, paragraph: Any, *texts: str) -> None:
        """Add a text box to a paragraph, written twice as in Word: for itself and for old programs."""
        inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
        box = f"<w:txbxContent>{inner}</w:txbxContent>"
        self.xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="3" name="Text Box 3"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            paragraph,
        )

    def picture(self, description: str) -> None:
        self.document.add_picture(io.BytesIO(_PIXEL))
        self.document.inline_shapes[-1]._inline.docPr.set("descr", description)

    def table(self, *rows: tuple[str, ...]) -> Any:
        table = self.document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        return table
