"""Tables drawn with letters, in plain text and in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import outline, read

ROWS = ["Item: Rye; Price: 3.50.", "Item: Wheat; Price: 2.80."]
DRAWN = {
    "grid": "+-------+-------+\n| Item  | Price |\n+-------+-------+\n"
    "| Rye   | 3.50  |\n| Wheat | 2.80  |\n+-------+-------+",
    "ruled": "+-------+-------+\n| Item  | Price |\n+=======+=======+\n| Rye   | 3.50  |\n+-------+-------+\n"
    "| Wheat | 2.80  |\n+-------+-------+",
    "lines": "┌───────┬───────┐\n│ Item  │ Price │\n├───────┼───────┤\n"
    "│ Rye   │ 3.50  │\n│ Wheat │ 2.80  │\n└───────┴───────┘",
    "psql": " Item  | Price\n-------+-------\n Rye   |  3.50\n Wheat |  2.80",
    "bars": "| Item | Price |\n| Rye | 3.50 |\n| Wheat | 2.80 |",
    "open bars": "Item | Price\nRye | 3.50\nWheat | 2.80",
    "dashes": "Item     Price\n-----    -----\nRye       3.50\nWheat     2.80",
    "one dash": "Item     Price\n--------------\nRye       3.50\nWheat     2.80",
    "double dash below bars": "Item | Price\n============\nRye | 3.50\nWheat | 2.80",
    "underscores": "Item     Price\n______________\nRye       3.50\nWheat     2.80",
    "simple": "=====  =====\nItem   Price\n=====  =====\nRye    3.50\nWheat  2.80\n=====  =====",
}


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_rows_are_read_with_the_names_of_their_columns(tmp_path: Path, drawn: str, name: str) -> None:
    story = read(tmp_path, f"These are the prices.\n\n{drawn}\n\nCome again soon.\n", name)
    assert [text for _, _, text in outline(story)] == ["These are the prices.", *ROWS, "Come again soon."]
    assert story.sections == ()


def test_a_quoted_table_is_read_row_by_row(tmp_path: Path) -> None:
    quoted = "> As you wrote:\n>\n" + "".join(f"> {line}\n" for line in DRAWN["grid"].split("\n"))
    for name in ("a.txt", "a.md"):
        assert [text for _, _, text in outline(read(tmp_path, f"{quoted}\nYes.\n", name))] == [
            "As you wrote:",
            *ROWS,
            "Yes.",
        ]


@pytest.mark.parametrize(
    ("drawn", "read_out"),
    [
        ("Item\tPrice\nRye\t3.50\nWheat\t2.80", ROWS),
        ("Item     Price\nRye       3.50\nWheat     2.80", ROWS),
        ("+---------------+\n| Mind the      |\n| smoke.        |\n+---------------+", ["Mind the smoke."]),
        (
            "+------+-----------+\n| Item | What      |\n+======+===========+\n"
            "| Rye  | a bread   |\n|      | so dark   |\n"
            "+------+-----------+\n| Oats | porridge  |\n+------+-----------+",
            ["Item: Rye; What: a bread so dark.", "Item: Oats; What: porridge."],
        ),
    ],
)
def test_other_tables_of_plain_text(tmp_path: Path, drawn: str, read_out: list[str]) -> None:
    story = read(tmp_path, f"These are the prices.\n\n{drawn}\n")
    assert [text for _, _, text in outline(story)] == ["These are the prices.", *read_out]


def test_an_underlined_heading_is_no_table(tmp_path: Path) -> None:
    story = read(tmp_path, "We met.\n\nThe  Quay\n---------\nIt rose in\nthe night.\n")
    assert outline(story)[1:] == [("heading", 2, "The Quay"), ("paragraph", 0, "It rose in the night.")]
