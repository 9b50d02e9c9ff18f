# ruff: noqa: E501 (a paragraph reads better on one line)
"""PDFs: paragraphs from broken lines, in reading order, without what pages have around their text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import FrameBreak, PageBreak, Paragraph

from player.errors import SourceError
from player.story.model import BlockKind, Story
from tests.story.reading import load
from tests.support.missing import without
from tests.support.pdf import BODY, FLUSH, HEADING, INNER, NOTE, SPACED, TITLE, outlined, write

pytestmark = pytest.mark.quick

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


def test_a_table_of_contents_may_be_in_pieces(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = _set(canvas, (72, 650), ["Contents"], size=16, step=24)
    for number, name in enumerate(("The lamp", "The stairs", "The sea", "The book"), 1):
        for left, piece in ((72, str(number)), (130, name), (250, ". . . . . . . . . . ."), (400, str(number * 7))):
            _set(canvas, (left, down), [piece])
        down -= 14
    canvas.showPage()
    _set(canvas, (72, 600), WRAPPED)
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == [LONG[0]]


def test_words_in_another_font_stay_in_their_line(tmp_path: Path) -> None:
    """Fonts of one size have letters of different heights."""
    text = (
        LONG[0]
        .replace("lighthouse", '<font face="Courier">lighthouse</font>')
        .replace("windows along the quay", '<font face="Helvetica">windows along the quay</font>')
    )
    made = write(tmp_path / "a.pdf", [Paragraph("A Light at Sea", TITLE), *[Paragraph(text, BODY)] * 3])
    assert set(texts(load(str(made)))[1:]) == {LONG[0]}


def test_accents_that_stand_apart_are_put_on_their_letters(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _set(canvas, (72, 600), ["Niels M¨oller and Franc¸ois Ren´e sat in a caf´e, and were not na¨ive at all."])
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == [
        "Niels Möller and François René sat in a café, and were not naïve at all."
    ]


def test_a_title_that_is_the_running_head_too_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page in range(4):
        _set(canvas, (72, 740), ["A Light at Sea"], size=18 if page == 0 else 9)
        _set(canvas, (72, 600), WRAPPED)
        canvas.showPage()
    canvas.save()
    assert load(str(tmp_path / "a.pdf")).title == "A Light at Sea"


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


def _with_a_damaged_page(folder: Path, *, damaged: Sequence[int], count: int) -> Path:
    """A PDF in which the objects of these pages (from 0) are no pages."""
    pages = [part for n in range(count) for part in (Paragraph(f"Page {n + 1} is short. {LONG[0]}", BODY), PageBreak())]
    path = write(folder / "damaged.pdf", pages)
    data = path.read_bytes()
    listed = re.search(rb"/Kids \[(.*?)\]", data, re.DOTALL)
    assert listed is not None
    numbers = re.findall(rb"(\d+) 0 R", listed[1])
    for index in damaged:
        data = data.replace(b"\n%s 0 obj\n<<" % numbers[index], b"\n%s 0 obj\n42" % numbers[index])
    path.write_bytes(data)
    return path


def test_a_damaged_page_is_left_out_with_a_notice(tmp_path: Path) -> None:
    made = _with_a_damaged_page(tmp_path, damaged=[1], count=3)
    story = load(str(made))
    assert [text[:6] for text in texts(story)] == ["Page 1", "Page 3"]
    assert story.notices == ("Page 2 of 3 is damaged, and left out",)
    run = subprocess.run([sys.executable, "-m", "player", "script", str(made)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "listen: Page 2 of 3 is damaged, and left out\n")
    assert "Page 3 is short." in run.stdout
    several = load(str(_with_a_damaged_page(tmp_path, damaged=range(1, 15), count=16)))
    assert several.notices == ("14 of 16 pages are damaged, and left out: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …",)


def test_a_document_of_damaged_pages_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is damaged"):
        load(str(_with_a_damaged_page(tmp_path, damaged=[0, 1], count=2)))


def test_numbers_within_numbers_stay_with_their_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "statute.pdf"), pagesize=letter)
    y = 700.0
    for line in (*LONG, *LONG):
        for part in re.findall(r".{1,80}(?: |$)", line):
            canvas.drawString(72, y, part)
            y -= 14
        y -= 8
    for numbers, text in (
        (("1.", "(a)"), "The master shall keep the gate."),
        (("(b)",), "The mate shall keep the key."),
    ):
        for n, number in enumerate(numbers):
            canvas.drawString(72 + 24 * (n + 2 - len(numbers)), y, number)
        canvas.drawString(124, y, text)
        y -= 16
    canvas.save()
    story = load(str(tmp_path / "statute.pdf"))
    assert texts(story)[-2:] == ["1. (a) The master shall keep the gate.", "(b) The mate shall keep the key."]


def test_without_its_library_it_says_what_to_install(tmp_path: Path) -> None:
    made = write(tmp_path / "a.pdf", [Paragraph(LONG[0], BODY)])
    command = [sys.executable, "-m", "player", "script", str(made)]
    run = subprocess.run(command, capture_output=True, text=True, env=without("pypdfium2", tmp_path))
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


def _set(canvas: Canvas, at: tuple[float, float], lines: Sequence[str], *, size: float = 10, step: float = 12) -> float:
    """Lines one below the other. Returns where the next would be."""
    left, down = at
    canvas.setFont("Times-Roman", size)
    for line in lines:
        canvas.drawString(left, down, line)
        down -= step
    return down


WRAPPED = (
    "The keeper of the lighthouse climbed one hundred and twenty steps every",
    "evening, and every evening the windows along the quay went dark one by",
    "one as soon as the light had turned for the first time.",
)


@pytest.mark.parametrize("turned", ["by the page", "by the text", "upside down"])
def test_a_page_that_lies_on_its_side_is_read_as_any_other(tmp_path: Path, turned: str) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    width, height = letter
    if turned == "by the page":
        canvas.setPageRotation(90)
    if turned == "upside down":
        canvas.translate(width, height)
        canvas.rotate(180)
    else:
        canvas.translate(width, 0)
        canvas.rotate(90)
    down = _set(canvas, (72, 500), ["A Light at Sea"], size=18, step=40)
    _set(canvas, (72, down), WRAPPED)
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == ["A Light at Sea", LONG[0]]


def test_what_runs_up_the_margin_is_not_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.saveState()
    canvas.translate(30, 200)
    canvas.rotate(90)
    _set(canvas, (0, 0), ["arXiv:2101.00001v2 [cs.CL] 3 Jan 2021"], size=16)
    canvas.restoreState()
    _set(canvas, (72, 600), WRAPPED)
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == [LONG[0]]


def test_bullets_and_numbers_that_stand_apart_belong_to_their_items(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = _set(canvas, (72, 600), WRAPPED)
    for mark, lines in (
        ("•", ["The first is so long that", "it has a second line"]),
        ("•", ["The second"]),
        ("1", ["Light the lamp."]),
        ("2", ["Then wait."]),
    ):
        _set(canvas, (72, down), [mark], size=11)
        down = _set(canvas, (92, down), lines)
    _set(canvas, (72, down - 12), WRAPPED)
    canvas.save()
    items = [block.text for block in load(str(tmp_path / "a.pdf")).blocks if block.kind is BlockKind.LIST_ITEM]
    assert items == [
        "The first is so long that it has a second line", "The second", "1. Light the lamp.", "2. Then wait.",
    ]  # fmt: skip


def test_an_initial_belongs_to_its_word(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _set(canvas, (72, 600), [WRAPPED[0][0]], size=34)
    _set(canvas, (94, 612), [WRAPPED[0][1:], WRAPPED[1]])
    _set(canvas, (72, 588), [WRAPPED[2]])
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == [LONG[0]]


def test_the_number_of_a_footnote_may_stand_apart(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _set(canvas, (72, 600), WRAPPED * 3)
    _set(canvas, (72, 123), ["1"], size=6)
    _set(canvas, (76, 120), ["See Smith (1999) for another view of the", "matter, and Jones (2001)."], size=8, step=9)
    canvas.save()
    assert "Smith" not in " ".join(texts(load(str(tmp_path / "a.pdf"))))


def test_running_heads_are_left_out_even_when_they_come_once(tmp_path: Path) -> None:
    """Left the author, right the chapter, which ends before its name could come again."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 600))
    for page, head in enumerate(("", "Jane Public", "The Marsh", "Jane Public", "The Railway", "Jane Public"), 12):
        if head and page % 2:
            _set(canvas, (50, 570), [f"{page}   {head}"], size=9)
        elif head:
            _set(canvas, (150, 570), [head], size=9)
            _set(canvas, (340, 570), [str(page)], size=9)
        _set(canvas, (50, 520), WRAPPED, size=9)
        canvas.showPage()
    canvas.save()
    assert set(texts(load(str(tmp_path / "a.pdf")))) == {LONG[0]}


def test_chapters_of_a_book_are_not_its_title(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "light.pdf"), pagesize=(400, 600))
    for number, name in (("One", "The Marsh"), ("Two", "The Railway")):
        _set(canvas, (150, 480), [f"CHAPTER {number.upper()}"])
        _set(canvas, (130, 450), [name], size=20)
        _set(canvas, (50, 400), WRAPPED)
        canvas.showPage()
    canvas.save()
    story = load(str(tmp_path / "light.pdf"))
    assert (story.title, texts(story)) == (
        "light",
        ["CHAPTER ONE. The Marsh", LONG[0], "CHAPTER TWO. The Railway", LONG[0]],
    )
    assert [section.title for section in story.sections] == ["CHAPTER ONE. The Marsh", "CHAPTER TWO. The Railway"]


@pytest.mark.parametrize(
    "written", ["Microsoft Word - lamp.doc", "untitled", "Slide 1", "C:\\me\\lamp", "[title]", "print"]
)
def test_a_title_that_a_program_wrote_is_none(tmp_path: Path, written: str) -> None:
    story = load(
        str(
            write(
                tmp_path / "a.pdf",
                [Paragraph("A Light at Sea", TITLE), Paragraph(LONG[0], BODY)],
                title=written,
                author="jdoe",
            )
        )
    )
    assert (story.title, story.byline) == ("A Light at Sea", "")


def test_lines_of_chinese_are_joined_without_a_blank(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    canvas.setFont("STSong-Light", 12)
    for n, line in enumerate(("这是一个很长的句子，它在行尾断", "开了，但是没有空格。第二句话在", "这里。")):
        canvas.drawString(72, 600 - 18 * n, line)
    canvas.save()
    assert texts(load(str(tmp_path / "a.pdf"))) == [
        "这是一个很长的句子，它在行尾断开了，但是没有空格。第二句话在这里。"
    ]


def test_hebrew_is_read_from_right_to_left(tmp_path: Path) -> None:
    lines = ("בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו", "ובהו וחשך על פני תהום ורוח אלהים.")
    letters = {chr(ord("a") + n): chr(0x05D0 + n) for n in range(27)}
    latin = str.maketrans({hebrew: letter for letter, hebrew in letters.items()})
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))  # reportlab's own; it has no Hebrew
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter, pageCompression=0)
    canvas.setFont("Vera", 10)
    for n, line in enumerate(lines):
        canvas.drawRightString(500, 700 - 12 * n, line[::-1].translate(latin))  # as it is seen
    canvas.save()
    made = (tmp_path / "a.pdf").read_bytes()
    for letter_, hebrew in letters.items():  # what the font says its signs mean
        made = made.replace(f"<{ord(letter_):04X}>".encode(), f"<{ord(hebrew):04X}>".encode())
    (tmp_path / "a.pdf").write_bytes(made)
    assert texts(load(str(tmp_path / "a.pdf"))) == [" ".join(lines)]
