"""PDFs as programs set them today: code, raised figures of a font, formulas, verse, spaced titles, narrow tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.story.model import Story
from tests.story.reading import load
from tests.support.typesetting import Made, compiled

pytestmark = pytest.mark.quick

FIRST = (
    "It was a long grey morning in the harbour, and the men on the quay were waiting for the first boats to come in "
    "from the sea, as they did on every morning."
)
LAST = "Nobody said anything about the storm, although they had all heard it beating against the shutters in the night."
HEAD = '#set page("a5", margin: 2cm)\n#set text(size: 10pt, lang: "en")\n#set par(justify: true)\n'


def _read(tmp_path: Path, typst: str) -> Story:
    return load(str(compiled(Made(HEAD + typst, []), tmp_path / "a.pdf")))


def _texts(tmp_path: Path, typst: str) -> list[str]:
    return [block.text for block in _read(tmp_path, typst).blocks]


CODE = "def wait(quay):\n    for boat in quay:\n        print(boat)  # one by one"


def test_code_is_announced_and_kept(tmp_path: Path) -> None:
    typst = (
        f"{FIRST}\n\n```python\n{CODE}\n```\n\n{LAST} It calls `wait(quay)` then.\n\n```\n$ wait --long\n```\n\n{LAST}"
    )
    story = _read(tmp_path, typst)
    assert [block.text for block in story.blocks] == [
        FIRST, "Code example.", f"{LAST} It calls wait(quay) then.", "Code example.", LAST,
    ]  # fmt: skip
    assert [block.code for block in story.blocks if block.code] == [CODE.replace("  #", " #"), "$ wait --long"]


def test_code_over_two_pages_is_announced_once(tmp_path: Path) -> None:
    code = "\n".join(f'x{n} = compute({n}, "boat")' for n in range(60))
    story = _read(tmp_path, f"{FIRST}\n\n```\n{code}\n```\n\n{LAST}")
    assert [block.text for block in story.blocks] == [FIRST, "Code example.", LAST]
    assert story.blocks[1].code == code


def test_code_in_a_column(tmp_path: Path) -> None:
    columns = f"{FIRST}\n\n{LAST}\n\n```c\nint main(void) {{\n  return 3;\n}}\n```\n\n{LAST} {FIRST}"
    texts = _texts(tmp_path, f'#set page("a4", columns: 2)\n{columns}\n\n{columns}\n\n{FIRST}')
    whole = [FIRST, LAST, "Code example.", f"{LAST} {FIRST}"]
    assert texts == [*whole, *whole, FIRST]


def test_prose_in_letters_of_one_width_is_read(tmp_path: Path) -> None:
    set_alike = f'#text(font: "DejaVu Sans Mono", size: 9pt)[{LAST} Nobody spoke. Then it was over.]'
    letter = f"{LAST} Nobody spoke. Then it was over."
    assert _texts(tmp_path, f"{FIRST} {FIRST} {FIRST}\n\n{set_alike}\n\n{FIRST}")[1] == letter
    assert _texts(tmp_path, f"{set_alike}\n\n{set_alike}") == [letter, letter]


def test_raised_figures_that_a_font_has_are_notes_or_exponents(tmp_path: Path) -> None:
    note = "#footnote[The quay was built of red stone.]"
    text = f"{FIRST}{note} {LAST}{note}\n\nThe field has 20 m#super[2] and 10#super[−3] of it is salt."
    assert _texts(tmp_path, text) == [f"{FIRST} {LAST}", "The field has 20 m² and 10⁻³ of it is salt."]


def test_letters_of_formulas_are_read(tmp_path: Path) -> None:
    assert _texts(tmp_path, f"{FIRST}\n\nHere $E = m c^2$, where $m$ is the mass and $h$ the height.") == [
        FIRST,
        "Here E = mc², where m is the mass and h the height.",
    ]


def test_a_title_that_is_spaced_is_words(tmp_path: Path) -> None:
    title = "#align(center)[#text(tracking: 0.4em)[CHAPTER ONE]\n\n#text(size: 18pt)[The Quay]]"
    story = _read(tmp_path, f"{title}\n\n{FIRST}\n\n#align(center)[\\* \\* \\*]\n\n{LAST}")
    assert [block.text for block in story.blocks] == ["CHAPTER ONE. The Quay", FIRST, LAST]


def test_verse_before_prose(tmp_path: Path) -> None:
    verse = [
        "The tide comes in",
        "over the sand",
        "and nobody speaks",
        "The boats go out",
        "under the moon",
        "and home",
    ]
    typst = " \\\n".join(verse[:3]) + "\n\n" + " \\\n".join(verse[3:])
    assert _texts(tmp_path, f"{typst}\n\n{FIRST}") == [*verse, FIRST]


def test_a_narrow_table_with_a_caption_below(tmp_path: Path) -> None:
    cells = "[Boat], [Length (m)], [Year], [Owner], [Heron], [12.5], [1911], [A. Roe], [Gull], [8.0], [1924], [B. Lund]"
    table = (
        f"#figure(caption: [Boats of the quay], table(columns: 4, stroke: none, {cells}, [*All*], [*20.5*], [], []))"
    )
    assert _texts(tmp_path, f"{FIRST}\n\n{table}\n\n{LAST}") == [
        FIRST,
        "Boat: Heron; Length (m): 12.5; Year: 1911; Owner: A. Roe.",
        "Boat: Gull; Length (m): 8.0; Year: 1924; Owner: B. Lund.",
        "Boat: All; Length (m): 20.5.",
        "Table 1: Boats of the quay",
        LAST,
    ]


def test_a_number_in_brackets_within_a_sentence_begins_no_list(tmp_path: Path) -> None:
    given, left = (
        f"{FIRST} It follows from what was said of the whole as it is given in",
        "(7) to the left of the text.",
    )
    texts = _texts(tmp_path, f"#set par(first-line-indent: 1.2em)\n{LAST}\n\n{given} \\\n{left}")
    assert texts == [LAST, f"{given} {left}"]


def test_greek_letters_have_exponents_and_notes_have_any_star(tmp_path: Path) -> None:
    note = "#place(bottom, text(size: 7pt)[#super[∗] Of the harbour office, which nobody wants to hear.])"
    assert _texts(tmp_path, f"{FIRST} It is χ#super[2]-distributed.\n\n{LAST}\n{note}") == [
        f"{FIRST} It is χ²-distributed.",
        LAST,
    ]
