# ruff: noqa: E501 (a paragraph reads better on one line)
"""PDFs: paragraphs from broken lines, in reading order, without what pages have around their text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import FrameBreak, PageBreak, Paragraph

from player.errors import SourceError
from player.story.model import BlockKind, Story
from player.story.sources import load
from tests.support.pdf import BODY, FLUSH, HEADING, INNER, NOTE, SPACED, TITLE, outlined, write

LONG = (
    "The keeper of the lighthouse climbed one hundred and twenty steps every evening, and every evening the windows along the quay went dark one by one as soon as the light had turned for the first time.",
    "Nobody in the town had ever asked her why she did it on foot, for there had been a lift since the war. She would have said that a light has to be carried up, and that whoever carries it should feel its weight.",
    "In the winter of 1911 the boats came in late. She counted them from the gallery, and she counted them again, and when the last one had passed the mole she went down to put the kettle on.",
    "What she wrote into the book that night is not known. The page was cut out with a knife, long before anybody thought that it might matter, and the knife has not been found either.",
)


def texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def test_paragraphs_are_put_together_again(tmp_path: Path) -> None:
    made = write(tmp_path / "a.pdf", [Paragraph("A Light at Sea", TITLE), *(Paragraph(text, BODY) for text in LONG)])
    story = load(str(made))
    assert texts(story) == ["A Light at Sea", *LONG]
    spaced = write(
        tmp_path / "b.pdf", [Paragraph("A Light at Sea", TITLE), *(Paragraph(text, SPACED) for text in LONG)]
    )
    assert texts(load(str(spaced))) == ["A Light at Sea", *LONG]


def _running(canvas: Canvas, document: Any) -> None:
    canvas.setFont("Times-Italic", 9)
    if document.page % 2:
        canvas.drawRightString(370, 560, "A Light at Sea")
    else:
        canvas.drawString(50, 560, f"Chapter {document.page // 4}")
    canvas.drawCentredString(210, 30, f"– {document.page} –")


def _book() -> list[Any]:
    story: list[Any] = []
    for chapter in range(1, 5):
        story.append(outlined(f"Chapter {chapter}", HEADING, 0))
        story.append(outlined(f"The {chapter} lamps", INNER, 1))
        story += [Paragraph(text.replace("the", "the", 1), BODY) for text in LONG * 5]
        story.append(PageBreak())
    return story


def test_a_book_is_read_without_headers_and_page_numbers(tmp_path: Path) -> None:
    made = write(
        tmp_path / "book.pdf", _book(), around=_running, title="A Light at Sea", author="Ada Lind", creationDate=None
    )
    story = load(str(made))
    assert (story.title, story.byline) == ("A Light at Sea", "Ada Lind")
    paragraphs = [block.text for block in story.blocks if block.kind is BlockKind.PARAGRAPH]
    assert paragraphs == [*(LONG * 5)] * 4 or paragraphs == list(LONG * 5) * 4, "also those across two pages are whole"
    assert not any("–" in text for text in texts(story))
    sections = [(section.title, section.level, story.blocks[section.block].text) for section in story.sections]
    assert sections[:2] == [("Chapter 1", 1, "Chapter 1"), ("The 1 lamps", 2, "The 1 lamps")]
    assert len(sections) == 8
    assert story.chapter(2).blocks[0].text == "Chapter 2"


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    story = [Paragraph(text, BODY) for text in LONG * 4]
    made = write(tmp_path / "two.pdf", story, columns=2)
    assert texts(load(str(made)))[-16:] == list(LONG * 4)
    made = write(tmp_path / "three.pdf", story, columns=3)
    assert texts(load(str(made)))[-16:] == list(LONG * 4)


def test_a_paper_has_its_title_across_and_its_notes_left_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "paper.pdf"), pagesize=letter, invariant=1)
    canvas.setTitle("Microsoft Word - paper_final2.docx")
    canvas.setFont("Times-Bold", 18)
    canvas.drawCentredString(306, 740, "On the Habits of Lighthouse Keepers in Winter")

    def column(x: float, y: float, text: str, style: Any) -> float:
        paragraph = Paragraph(text, style)
        _, height = paragraph.wrap(240, 1000)
        paragraph.drawOn(canvas, x, y - height)
        return y - height - 6

    y = column(50, 700, "Introduction", HEADING)
    y = column(50, y, LONG[0][:-1] + ".<super size=6>1</super>", FLUSH)
    column(50, y, LONG[1], FLUSH)
    column(50, 90, "1 A note that nobody wants to hear read out, in small type.", NOTE)
    y = column(320, 700, LONG[2], FLUSH)
    y = column(320, y, "Method", HEADING)
    column(320, y, LONG[3], FLUSH)
    canvas.save()
    story = load(str(tmp_path / "paper.pdf"))
    assert texts(story) == [
        "On the Habits of Lighthouse Keepers in Winter", "Introduction", LONG[0], LONG[1], LONG[2], "Method", LONG[3],
    ]  # fmt: skip
    assert [section.title for section in story.sections] == ["Introduction", "Method"]


def test_hyphens_at_the_ends_of_lines_are_mended(tmp_path: Path) -> None:
    lines = [
        "The exami-",
        "nation of the well-",
        "known keeper was not a sur-",
        "prise. A well-known man",
        "met NATO-",
        "Russia experts, and a sec-",
        "ond time.",
    ]
    canvas = Canvas(str(tmp_path / "a.pdf"), invariant=1)
    canvas.setFont("Times-Roman", 10)
    for n, line in enumerate(lines):
        canvas.drawString(60, 600 - 12 * n, line)
    canvas.save()
    said = texts(load(str(tmp_path / "a.pdf")))[-1]
    assert said == (
        "The examination of the well-known keeper was not a surprise. A well-known man met NATO-Russia experts, and a second time."
    )


def test_lists_are_lists(tmp_path: Path) -> None:
    story = [
        Paragraph(LONG[0], SPACED),
        *(Paragraph(f"• {text}", FLUSH) for text in ("oil", "two old newspapers")),
        Paragraph("1. first", FLUSH),
        Paragraph("2. second", FLUSH),
    ]
    found = load(str(write(tmp_path / "a.pdf", story)))
    assert [(b.kind, b.text) for b in found.blocks][-4:] == [
        (BlockKind.LIST_ITEM, "oil"), (BlockKind.LIST_ITEM, "two old newspapers"),
        (BlockKind.LIST_ITEM, "1. first"), (BlockKind.LIST_ITEM, "2. second"),
    ]  # fmt: skip


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    entries = [Paragraph(f"Chapter {n} {'. ' * 30} {n * 7}", FLUSH) for n in range(1, 9)]
    found = load(str(write(tmp_path / "a.pdf", [*entries, PageBreak(), *(Paragraph(text, BODY) for text in LONG)])))
    assert texts(found) == list(LONG)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    locked = write(tmp_path / "locked.pdf", [Paragraph(LONG[0], BODY)], encrypt="secret")
    with pytest.raises(SourceError, match="needs a password"):
        load(str(locked))
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(50, 50, 300, 400, fill=1)
    canvas.save()
    with pytest.raises(SourceError, match=r"pictures of pages.*ocrmypdf") as raised:
        load(str(tmp_path / "scan.pdf"))
    assert raised.value.hint
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    with pytest.raises(SourceError, match="damaged"):
        load(str(tmp_path / "bad.pdf"))


def test_without_its_library_it_says_what_to_install(tmp_path: Path) -> None:
    made = write(tmp_path / "a.pdf", [Paragraph(LONG[0], BODY)])
    code = "import sys; sys.modules['pypdfium2'] = None; from player.__main__ import main; main()"
    run = subprocess.run([sys.executable, "-c", code, "script", str(made)], capture_output=True, text=True)
    assert run.returncode == 1
    assert 'pip install "listen-to-story[pdf]"' in run.stderr and run.stderr.count("\n") == 1


def test_it_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    made = write(tmp_path / "a.txt", [Paragraph(LONG[0], BODY), FrameBreak()])
    assert texts(load(str(made)))[-1] == LONG[0]


def test_exponents_stay_and_footnote_marks_go(tmp_path: Path) -> None:
    raised = '<super size="6">{}</super>'.format
    text = f"It falls as x{raised(2)} does, and 10{raised(6)} of them are seen.{raised(1)} It is so.{raised(2)}"
    story = load(str(write(tmp_path / "a.pdf", [Paragraph(text, FLUSH)])))
    assert story.blocks[0].text.startswith("It falls as x² does, and 10⁶ of them are seen.")
    assert "1" not in story.blocks[0].text.replace("10⁶", "")
