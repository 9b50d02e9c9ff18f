"""PDF files for tests, typeset by reportlab like books and papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A5, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, firstLineIndent=12, alignment=4)
FLUSH = ParagraphStyle("flush", parent=BODY, firstLineIndent=0)
SPACED = ParagraphStyle("spaced", parent=BODY, firstLineIndent=0, spaceAfter=8)
TITLE = ParagraphStyle("title", fontName="Times-Bold", fontSize=20, leading=24, spaceAfter=12)
HEADING = ParagraphStyle("heading", fontName="Times-Bold", fontSize=14, leading=17, spaceBefore=10, spaceAfter=6)
INNER = ParagraphStyle("inner", fontName="Times-Bold", fontSize=10, leading=12, spaceBefore=8, spaceAfter=4)
NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=7, leading=8.5)


class _Document(BaseDocTemplate):
    """Adds headings to the outline as they are set."""

    def afterFlowable(self, flowable: Any) -> None:
        level = getattr(flowable, "outline", None)
        if level is not None:
            key = f"h{self.page}-{flowable.getPlainText()}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level)


def outlined(text: str, style: ParagraphStyle, level: int) -> Paragraph:
    """Return a heading that is in the outline."""
    paragraph = Paragraph(text, style)
    paragraph.outline = level
    return paragraph


def write(
    path: Path,
    story: Sequence[Any],
    *,
    columns: int = 1,
    around: Callable[[Canvas, Any], None] = lambda canvas, document: None,
    **about: Any,
) -> Path:
    """Write a document with a number of columns; `around` draws headers and footers on each page."""
    size = A5 if columns == 1 else letter
    width, height = size
    inner, gap = width - 100, 20
    column = (inner - gap * (columns - 1)) / columns
    frames = [Frame(50 + n * (column + gap), 60, column, height - 120, 0, 0, 0, 0) for n in range(columns)]
    document = _Document(str(path), pagesize=size, invariant=1, **about)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=around))
    document.build(list(story))
    return path
