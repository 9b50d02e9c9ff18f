"""PDFs as publishers set them: columns beside tables and figures, rows, headings, notes, running heads, hyphens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A5, letter
from reportlab.pdfgen.canvas import Canvas

from player.errors import SourceError
from player.story.formats.pdf.hyphens import Hyphens
from player.story.model import BlockKind, Story
from tests.story.reading import load
from tests.support import arabic_pdf, typesetting

pytestmark = pytest.mark.quick

PROSE = (
    "It was a long grey morning in the harbour and the men on the quay were",
    "waiting for the first boats to come in from the sea, as they did on every",
    "morning of that year.",
)


@pytest.mark.parametrize("name", sorted(typesetting.ALL))
def test_sentences_are_whole(tmp_path: Path, name: str) -> None:
    made = typesetting.ALL[name]()
    story = load(str(typesetting.compiled(made, tmp_path / "made.pdf")))
    whole, count = typesetting.shares(made, [block.text for block in story.blocks])
    assert whole >= 0.95 * count


def test_notes_and_page_numbers_of_a_paper_are_not_read(tmp_path: Path) -> None:
    story = load(str(typesetting.compiled(typesetting.paper(), tmp_path / "paper.pdf")))
    assert story.title == "On the Habits of Lighthouse Keepers"
    assert not [block.text for block in story.blocks if "nobody wants to hear" in block.text]
    titles = [section.title for section in story.sections]
    assert titles[:3] == ["1. Introduction", "2. Related Work", "3. The Boats"]
    assert "Boat: Heron; Monday: 12; Tuesday: 7; Wednesday: 3." in [block.text for block in story.blocks]


def _lines(canvas: Canvas, left: float, down: float, lines: Sequence[str], font: str = "Times-Roman") -> float:
    canvas.setFont(font, 11)
    for line in lines:
        canvas.drawString(left, down, line)
        down -= 14
    return down


def _texts(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def test_headings_in_bold_are_headings_also_with_numbers(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = 700.0
    for name in ("1. Introduction", "2. Our boats", "Conclusions"):
        down = _lines(canvas, 72, down, [name], "Times-Bold")
        down = _lines(canvas, 72, down, PROSE) - 14
    canvas.save()
    story = load(str(tmp_path / "a.pdf"))
    assert [section.title for section in story.sections] == ["1. Introduction", "2. Our boats", "Conclusions"]
    assert _texts(story)[::2] == ["1. Introduction", "2. Our boats", "Conclusions"]


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = _lines(canvas, 72, 700, PROSE) - 20
    for row in (("Boat", "Monday", "Tuesday"), ("Heron", "12", "7"), ("Gull", "3", "9"), ("Tern", "5", "1")):
        for n, cell in enumerate(row):
            _lines(canvas, 72 + 120 * n, down, [cell], "Times-Bold" if row[0] == "Boat" else "Times-Roman")
        down -= 16
    _lines(canvas, 72, down - 20, PROSE)
    canvas.save()
    story = load(str(tmp_path / "a.pdf"))
    assert _texts(story)[1:4] == [
        "Boat: Heron; Monday: 12; Tuesday: 7.",
        "Boat: Gull; Monday: 3; Tuesday: 9.",
        "Boat: Tern; Monday: 5; Tuesday: 1.",
    ]
    assert not story.sections and not any(block.kind is BlockKind.HEADING for block in story.blocks)


def test_a_table_in_one_column_leaves_the_columns_apart(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _lines(canvas, 60, 720, [f"L{n:02} the old boats came slowly over the water" for n in range(40)])
    for n in range(12):
        for column in range(4):
            _lines(canvas, 320 + 60 * column, 718 - 16 * n, [f"{n}.{column}"])
    _lines(canvas, 320, 500, [f"R{n:02} the old boats came slowly over the water" for n in range(24)])
    canvas.save()
    texts = _texts(load(str(tmp_path / "a.pdf")))
    said = " ".join(texts)
    assert said.index("L39") < said.index("R00") and said.index("L39") < said.index("0.0")
    assert [text for text in texts if ";" in text] == [f"{n}.0; {n}.1; {n}.2; {n}.3." for n in range(12)]


def test_what_is_said_again_at_the_top_of_some_pages_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "song.pdf"), pagesize=A5)
    for page in range(1, 31):
        canvas.drawString(50, 570, "The Song of the Keeper")
        first = "And nobody came to the quay that night." if page % 8 == 3 else f"On evening {page * 'z'} it rained."
        for n, line in enumerate((first, f"That was verse {page * 'y'} of it,", "and the lamp was lit.")):
            canvas.drawString(50, 540 - 12 * n, line)
        canvas.showPage()
    canvas.save()
    said = " ".join(block.text for block in load(str(tmp_path / "song.pdf")).blocks)
    assert said.count("nobody came to the quay") == 4
    assert said.count("The Song of the Keeper") <= 1


def test_running_heads_may_stand_further_down(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for page in range(5):
        if page:
            _lines(canvas, 200, 660, ["The Masts and Storms of the Quay"], "Times-Italic")
            _lines(canvas, 72, 660, [str(page + 1)])
        _lines(
            canvas, 72, 620, [f"On day {page * 20 + n} the boats of the harbour lay still again." for n in range(20)]
        )
        canvas.showPage()
    canvas.save()
    said = " ".join(_texts(load(str(tmp_path / "a.pdf"))))
    assert "Masts" not in said and "On day 19 the boats of the harbour lay still again. On day 20" in said


def test_numbers_of_a_sentence_are_no_lists(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    lines = (
        "The keeper has two duties: (1) to light the lamp, and",
        "(2) to write down what he saw. In the year before last the boats were",
        "10. Then there were twelve, and the quay was full of people.",
    )
    _lines(canvas, 72, 700, lines)
    canvas.save()
    assert _texts(load(str(tmp_path / "a.pdf"))) == [" ".join(lines)]


def test_chapters_of_latex_have_labels_and_no_contents(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for n in range(1, 6):
        y = 700 - 60 * n
        for left, text in ((72, f"{n} The Lamp"), (530 - canvas.stringWidth(str(n)), str(n))):
            canvas.drawString(left, y, text)
        for m in range(2):
            _lines(canvas, 90, y - 20 * m - 16, [f"{n}.{m} The Wick" + " ." * 60])
            canvas.drawString(530 - canvas.stringWidth(str(n)), y - 20 * m - 16, str(n))
    canvas.showPage()
    for n in range(1, 6):
        for page in range(4):
            if page:
                _lines(canvas, 72, 660, [f"{n}.{page} The Wick", f"{n * 4 + page}"][: 1 + page % 2], "Helvetica-Bold")
            else:
                canvas.setFont("Helvetica-Bold", 24)
                canvas.drawString(72, 660, f"Chapter {n}")
                canvas.drawString(72, 620, f"The Lamp of {n * 'o'}")
            _lines(canvas, 72, 580, PROSE)
            canvas.showPage()
    canvas.save()
    story = load(str(tmp_path / "a.pdf"))
    assert [block.text for block in story.blocks if block.kind is BlockKind.HEADING] == [
        f"Chapter {n}. The Lamp of {n * 'o'}" for n in range(1, 6)
    ]
    assert {block.text for block in story.blocks if block.kind is not BlockKind.HEADING} == {" ".join(PROSE)}


def test_verse_captions_and_what_stands_aslant(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    verse = ("The moon looks down on mast and sail", "And nobody is singing", "He does not know what lies ahead")
    _lines(canvas, 150, _lines(canvas, 72, 700, PROSE) - 20, verse)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 400, "Figure 2: The mole")
    canvas.translate(200, 200)
    canvas.rotate(45)
    canvas.setFont("Helvetica", 60)
    canvas.drawString(0, 0, "DRAFT")
    canvas.save()
    story = load(str(tmp_path / "a.pdf"))
    assert _texts(story) == [" ".join(PROSE), *verse, "Figure 2: The mole"]
    assert {block.kind for block in story.blocks} == {BlockKind.PARAGRAPH}


def test_compounds_keep_the_hyphen_at_which_they_are_broken(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    lines = ("It was an emo-", "tional and a one-", "sided quarrel about a fif-", "teen-year-old boat.")
    _lines(canvas, 72, 700, lines)
    canvas.save()
    assert _texts(load(str(tmp_path / "a.pdf"))) == [
        "It was an emotional and a one-sided quarrel about a fifteen-year-old boat."
    ]


def test_fonts_that_do_not_tell_their_letters_are_told(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _lines(canvas, 72, 700, ["!#% &(*+ -/: ;=?@ [^_` {|}~ a !#%&(*+-/ :;=?@[ ^_`{|}~"] * 20)
    canvas.save()
    with pytest.raises(SourceError, match=r"do not tell which letters.*ocrmypdf"):
        load(str(tmp_path / "a.pdf"))


def test_letters_that_make_no_words_are_told_as_well(tmp_path: Path) -> None:
    """Of many old fonts each letter has the number of another one."""
    plain, cipher = "abcdefghijklmnopqrstuvwxyz .", "QjKvBxzRcDwTfGhLnMpSqNkPbW`_ "
    prose = " ".join(PROSE * 12).lower().translate(str.maketrans(plain[:26], cipher[:26])).split()
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _lines(canvas, 72, 700, [" ".join(prose[n : n + 12]) for n in range(0, len(prose), 12)])
    canvas.save()
    with pytest.raises(SourceError, match=r"do not tell which letters.*ocrmypdf"):
        load(str(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [("Coffee", "3.50"), ("Tea with milk", "2.80"), ("Hot chocolate", "4.10"), ("Soup", "6.00")],
            ["Coffee; 3.50.", "Tea with milk; 2.80.", "Hot chocolate; 4.10.", "Soup; 6.00."],
        ),
        (
            [("Hamlet", "Tom Bell"), ("Ophelia", "Ann Lee"), ("The Ghost", "Ben Ray"), ("A sailor", "Ida Low")],
            ["Hamlet; Tom Bell.", "Ophelia; Ann Lee.", "The Ghost; Ben Ray.", "A sailor; Ida Low."],
        ),
    ],
)
@pytest.mark.parametrize("in_pieces", [True, False])
def test_dots_may_lead_to_what_is_no_page(
    tmp_path: Path, rows: list[tuple[str, str]], said: list[str], *, in_pieces: bool
) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = _lines(canvas, 72, 700, ["Today at the quay"]) - 14
    for name, value in rows:
        dots = "." * (60 - len(name))
        if in_pieces:
            _lines(canvas, 72, down, [f"{name} {dots}"])
            _lines(canvas, 400, down, [value])
        else:
            _lines(canvas, 72, down, [f"{name} {dots} {value}"])
        down -= 14
    canvas.save()
    said = said if in_pieces else [row.replace(";", ",").removesuffix(".") for row in said]
    assert [text.removesuffix(".") for text in _texts(load(str(tmp_path / "a.pdf")))[1:]] == [
        row.removesuffix(".") for row in said
    ]


def test_long_names_of_rows_stay_with_their_cells(tmp_path: Path) -> None:
    names = (
        "Boats that came in before noon",
        "Boats that went out",
        "Men on the quay who waited for the boats to come in",
        "Nets",
        "Sails that were mended in the long room above the bakery",
        "Gulls",
    )
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    for n, name in enumerate(names):
        _lines(canvas, 72, 600 - 14 * n, [name])
        for column in range(4):
            _lines(canvas, 380 + 40 * column, 600 - 14 * n, [f"{n}.{column}"])
    canvas.save()
    texts = _texts(load(str(tmp_path / "a.pdf")))
    assert texts[-6:] == [f"{name}; {n}.0; {n}.1; {n}.2; {n}.3." for n, name in enumerate(names)]


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_rows_of_several_small_tables_stay_together(tmp_path: Path, columns: int) -> None:
    cells = ("Boston Light tower", "red and white", "Sally the keeper", "since 1716 or so")[:columns]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = 720.0
    for table in range(3):
        down = _lines(canvas, 72, down, [f"Table {table} tells of some lights"]) - 8
        for row in range(4):
            for n, cell in enumerate(cells):
                _lines(canvas, 72 + 480 / columns * n, down, [f"{cell} {row}"])
            down -= 18
        down -= 14
    canvas.save()
    texts = _texts(load(str(tmp_path / "a.pdf")))
    rows = ["; ".join(f"{cell} {row}" for cell in cells) + "." for row in range(4)]
    assert [text for text in texts if ";" in text] == 3 * rows


def test_captions_can_be_left_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    down = _lines(canvas, 72, 700, PROSE)
    canvas.rect(150, down - 120, 200, 100)
    down = _lines(canvas, 72, down - 140, ["Figure 1: The harbour wall, seen from the east."]) - 28
    _lines(
        canvas, 72, down, ["Another morning came, and the boats went out again before", "the sun was over the wall."]
    )
    canvas.save()
    read = _texts(load(str(tmp_path / "a.pdf")))
    caption = "Figure 1: The harbour wall, seen from the east."
    assert caption in read
    assert _texts(load(str(tmp_path / "a.pdf"), captions=False)) == [text for text in read if text != caption]


def test_arabic_presentation_forms_are_letters_in_logical_order(tmp_path: Path) -> None:
    lines = ["كتب الرجل رسالة طويلة إلى أخيه في المدينة", "وقال له إن البحر هادئ في هذا الصباح."]
    path = tmp_path / "a.pdf"
    path.write_bytes(arabic_pdf.written(lines))
    assert _texts(load(str(path))) == [" ".join(lines)]


def _printed(canvas: Canvas, down: float, text: str) -> None:
    """Set a line as browsers print it: what is between carets is raised, what is between bars is lowered."""
    line = canvas.beginText(72, down)
    rise = 0.0
    for n, part in enumerate(re.split(r"([\^|])", text)):
        if n % 2:
            rise = 0.0 if rise else {"^": 5.3, "|": -2.6}[part]
            line.setRise(rise)
            line.setFont("Times-Roman", 10 if rise else 12)
        elif part:
            line.setFont("Times-Roman", 10 if rise else 12)
            line.textOut(part)
    canvas.drawText(line)


def test_raised_signs_of_printed_pages(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _printed(canvas, 700, "On the 5^th^ of May M^me^ Roe said no.^1^ The room has 20 m^2^, and")
    _printed(canvas, 686, "the men^b^ on the quay^*^ agreed;^2,3^ so x^n^ grows, and 2^10^ = 1024 boats")
    _printed(canvas, 672, "or 10^-3^ of Ca^2+^ at a speed v|max| came in.")
    canvas.save()
    assert _texts(load(str(tmp_path / "a.pdf"))) == [
        "On the 5th of May Mme Roe said no. The room has 20 m², and the men on the quay agreed; so x to the power of"
        " n grows, and 2¹⁰ = 1024 boats or 10⁻³ of Ca²⁺ at a speed v max came in."
    ]


def _list(folder: Path, *items: tuple[int, str]) -> None:
    """Set items, each so many points from the left, between two paragraphs."""
    canvas = Canvas(str(folder / "a.pdf"), pagesize=letter)
    down = _lines(canvas, 72, 700, PROSE) - 6
    for left, item in items:
        down = _lines(canvas, left, down, [item])
    _lines(canvas, 72, down - 6, PROSE)
    canvas.save()


def test_lists_within_lists_are_deeper(tmp_path: Path) -> None:
    _list(tmp_path, (90, "1. the gate"), (120, "a. by day"), (120, "b. by night"), (90, "2. the bell"))
    levels = [(block.level, block.text) for block in load(str(tmp_path / "a.pdf")).blocks if block.level]
    assert levels == [(1, "1. the gate"), (2, "a. by day"), (2, "b. by night"), (1, "2. the bell")]


def test_items_whose_bullets_are_drawn_stand_apart(tmp_path: Path) -> None:
    _list(tmp_path, (90, "bread and butter"), (120, "white bread"), (150, "with seeds"), (90, "cheese"))
    assert _texts(load(str(tmp_path / "a.pdf")))[1:5] == ["bread and butter", "white bread", "with seeds", "cheese"]


def test_addresses_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=letter)
    _lines(canvas, 72, 700, ["Ann Roe", "12 Quay Lane", "Larnmouth LM1 2AB"])
    _lines(canvas, 320, 700, ["Harbour Office", "1 The Wall", "Larnmouth LM1 1AA", "Scotland"])
    _lines(canvas, 72, 600, PROSE)
    canvas.save()
    assert _texts(load(str(tmp_path / "a.pdf")))[:7] == [
        *("Ann Roe", "12 Quay Lane", "Larnmouth LM1 2AB"),
        *("Harbour Office", "1 The Wall", "Larnmouth LM1 1AA", "Scotland"),
    ]


def test_hyphens_of_compounds_stay_at_the_end_of_a_line() -> None:
    broken = [
        ["his mother-in-", "law"],
        ["an X-", "ray"],
        ["state-of-the-", "art"],
        ["in 1914-", "1918"],
        ["appli-", "cation"],
    ]
    joined = ["his mother-in-law", "an X-ray", "state-of-the-art", "in 1914-1918", "application"]
    assert [Hyphens([lines]).joined(lines) for lines in broken] == joined
