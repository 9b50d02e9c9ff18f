"""PDFs: tables in small type, numbers beside lines, headings on top of pages, addresses, bullets of symbol fonts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from player.story.model import Story
from tests.story.reading import load

pytestmark = pytest.mark.quick

PROSE = (
    "It was a long grey morning in the harbour and the men on the quay were",
    "waiting for the first boats to come in from the sea, as they did on every",
    "morning of that year.",
)


class _Sheet:
    """Pages of text in lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=letter)
        self.down = 730.0

    def lines(self, lines: Sequence[str], font: str = "Times-Roman", size: float = 11, left: float = 72) -> None:
        """Set lines, one below the other."""
        for line in lines:
            self.row([(left, line)], size, font)

    def row(self, cells: Sequence[tuple[float, str]], size: float = 11, font: str = "Times-Roman") -> None:
        """Set what stands side by side, each at its place."""
        self.canvas.setFont(font, size)
        for left, text in cells:
            self.canvas.drawString(left, self.down, text)
        self.down -= 14

    def page(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self.down = 730.0

    def read(self) -> Story:
        """Return the story that is read."""
        self.canvas.save()
        return load(str(self.path))


@pytest.fixture
def sheet(tmp_path: Path) -> _Sheet:
    return _Sheet(tmp_path / "sheet.pdf")


def _texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def test_numbers_of_a_table_in_small_type_are_read(sheet: _Sheet) -> None:
    sheet.lines(PROSE)
    sheet.down -= 14
    for row in (("Boat", "Mon", "Tue"), ("Heron", "12", "7"), ("Gull", "3", "9"), ("Tern", "5", "1")):
        sheet.row([(150.0 + 60 * n, cell) for n, cell in enumerate(row)], size=8)
    sheet.down -= 14
    sheet.lines(PROSE)
    read = _texts(sheet.read())
    assert read[1:4] == ["Boat: Heron; Mon: 12; Tue: 7.", "Boat: Gull; Mon: 3; Tue: 9.", "Boat: Tern; Mon: 5; Tue: 1."]


def test_figures_along_an_axis_are_not_read(sheet: _Sheet) -> None:
    sheet.lines(PROSE)
    sheet.down -= 60
    sheet.row([(150.0 + 60 * n, str(250 * n)) for n in range(4)], size=8)
    sheet.down -= 40
    sheet.lines(PROSE)
    assert not [text for text in _texts(sheet.read()) if "250" in text]


def test_the_first_line_of_a_numbered_page_is_read(sheet: _Sheet) -> None:
    boats = ("Heron", "Gull", "Tern", "Crane", "Rook")
    names = [f"{kind} {boat}" for kind in ("old", "new", "red", "tall") for boat in boats]
    for number, name in enumerate(names):
        sheet.row([(50, str(number + 1))], size=8)
        sheet.down += 14
        sheet.row([(72, f"the {name} came in before the evening, and the men of the quay had counted her with")])
        sheet.down -= 14
        if number == 9:
            sheet.page()
    assert " ".join(_texts(sheet.read())).split("the ")[1::4] == [f"{name} came in before " for name in names]


def test_numbered_headings_on_top_of_every_page_are_headings(sheet: _Sheet) -> None:
    for n, name in enumerate(("Introduction", "The boats", "The storm"), 1):
        sheet.lines([f"{n} {name}"], "Helvetica-Bold", 16)
        sheet.down -= 14
        sheet.lines(PROSE)
        sheet.page()
    titles = [section.title for section in sheet.read().sections]
    assert titles == ["1 Introduction", "2 The boats", "3 The storm"]


def test_an_address_does_not_go_on_with_the_letter(sheet: _Sheet) -> None:
    sheet.lines(["Harbour Office", "12 Mill Lane", "Larn LR4 2QT", "", "3 May 1987", "", "Dear Mr Hale,", "", *PROSE])
    read = _texts(sheet.read())
    assert read[:5] == ["Harbour Office", "12 Mill Lane", "Larn LR4 2QT", "3 May 1987", "Dear Mr Hale,"]
    assert read[5].startswith("It was a long grey morning")


def test_names_with_colons_name_what_stands_beside_them(sheet: _Sheet) -> None:
    sheet.lines(PROSE)
    sheet.down -= 14
    for name, value in (("Date:", "5 March 2024"), ("Customer:", "Ann Roe"), ("Number:", "1204"), ("Due:", "7")):
        sheet.row([(72, name), (180, value)])
    assert _texts(sheet.read())[1:] == ["Date: 5 March 2024.", "Customer: Ann Roe.", "Number: 1204.", "Due: 7."]


def test_a_table_is_named_by_its_first_row_and_keeps_its_last_line(sheet: _Sheet) -> None:
    sheet.lines(PROSE)
    sheet.down -= 14
    for row in (("Name", "Task", "Since"), ("Ann Roe", "master of the boat", "1962"), ("Ben Hale", "mate", "1970")):
        sheet.row([(72.0 + 130 * n, cell) for n, cell in enumerate(row)])
        sheet.down -= 6
    sheet.row([(72, "Cara Dunn"), (202, "cook, who also writes"), (332, "1971")])
    sheet.row([(202, "letters for the crew")])
    sheet.down -= 30
    sheet.lines(PROSE)
    assert _texts(sheet.read())[1:4] == [
        "Name: Ann Roe; Task: master of the boat; Since: 1962.",
        "Name: Ben Hale; Task: mate; Since: 1970.",
        "Name: Cara Dunn; Task: cook, who also writes letters for the crew; Since: 1971.",
    ]


@pytest.mark.parametrize("sign", ["!", "§", "Ø"])
def test_signs_that_stand_for_bullets_are_not_read(sheet: _Sheet, sign: str) -> None:
    sheet.lines(PROSE)
    sheet.down -= 14
    for first, second in (
        ("The boats must be tied to the wall of the harbour before the", "night comes."),
        ("Nobody may leave the quay without a word to the master of the", "harbour, who is there until noon."),
        ("Lamps are lit.", ""),
    ):
        sheet.row([(90, sign), (115, first)])
        sheet.row([(115, second)])
    items = [block.text for block in sheet.read().blocks if block.kind.value == "list item"]
    assert items == [
        "The boats must be tied to the wall of the harbour before the night comes.",
        "Nobody may leave the quay without a word to the master of the harbour, who is there until noon.",
        "Lamps are lit.",
    ]


def test_a_list_within_an_item_without_words_is_deeper(sheet: _Sheet) -> None:
    sheet.lines(PROSE)
    sheet.down -= 14
    sheet.row([(80, "•"), (100, "Two lamps")])
    sheet.row([(80, "•"), (100, "–"), (118, "one with oil")])
    sheet.row([(100, "–"), (118, "one with a battery")])
    items = [(block.level, block.text) for block in sheet.read().blocks if block.kind.value == "list item"]
    assert items == [(1, "Two lamps"), (2, "one with oil"), (2, "one with a battery")]
