"""Lines of plain text that are read one by one: talk, verse, addresses and signatures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import outline, read

PROSE = (
    "The boat is here and it is a very good boat as far as anybody on the quay can tell, so\n"
    "please come soon and bring the others with you.\n\n"
)


@pytest.mark.parametrize(
    "lines",
    [
        ["[09:41] ann: the bridge is closed", "[09:42] ben: since when", "[09:43] ann: monday"],
        ["05/03/2024, 09:41 - Ann: hello", "05/03/2024, 09:42 - Ben: hi there"],
        ["2024-03-05T09:41:22Z it rose", "2024-03-05T09:41:23Z it fell"],
        ["9:41 PM ann hello", "9:42 PM ben hi"],
        ["Ann Roe (09:41): hello", "Ben (09:42): hi there"],
        ["<ann> hello", "<ben> hi there", "* ann waves"],
        ["ANN: Who is there?", "BEN: Nobody at all", "ANN: Come in, then!"],
        ["Roses are red", "Violets are blue", "Sugar is sweet", "And so are you"],
        ["the tide came in", "the boats went out", "saw them go"],
        ["Ann Roe", "12 Harbour Street", "Port Ellen", "PA42 7DH"],
    ],
)
def test_each_line_is_a_block(tmp_path: Path, lines: list[str]) -> None:
    story = read(tmp_path, PROSE + "\n".join(lines) + "\n")
    assert [block.text for block in story.blocks][1:] == lines


def test_a_stanza_or_address_of_two_lines_in_a_narrow_text(tmp_path: Path) -> None:
    lines = ["The moon looks down on mast and sail", "And nobody is singing"]
    assert [block.text for block in read(tmp_path, "\n".join(lines)).blocks] == lines


@pytest.mark.parametrize(
    "lines",
    [
        ["The night was long,", "The road was bare,", "And nobody sang", "To the cold of the air;"],
        ["It rose in the night, and", "Ann saw it from the quay."],
        ["Note: the bridge is closed", "until somebody has repaired it."],
    ],
)
def test_lines_with_pauses_are_one(tmp_path: Path, lines: list[str]) -> None:
    assert [block.text for block in read(tmp_path, "\n".join(lines)).blocks] == [" ".join(lines)]


def test_a_signature_is_lines_and_no_heading(tmp_path: Path) -> None:
    story = read(tmp_path, f"{PROSE}Yours,\nAnn\n\n-- \nAnn Roe\nHARBOUR MASTER\nTel. 55\n")
    assert outline(story)[1:] == [
        ("paragraph", 0, text) for text in ("Yours, Ann", "Ann Roe", "HARBOUR MASTER", "Tel. 55")
    ]


def test_marks_of_emphasis_are_not_read(tmp_path: Path) -> None:
    story = read(tmp_path, "It was _so_ cold, *very* =dark=, said my_own_name: 2*3*4 = 24.\n")
    assert story.blocks[0].text == "It was so cold, very dark, said my_own_name: 2*3*4 = 24."


def test_indented_lines_of_verse_stay_apart_also_without_capitals(tmp_path: Path) -> None:
    lines = [
        "Der Reiher steht auf einem Stein",
        "und blickt ins Wasser sacht",
        "er steht dort grau und ganz allein",
        "bis in die tiefe Nacht",
    ]
    text = "Es ist schon spät.\n\n" + "".join(f"  {line}\n" for line in lines) + "\nDas war es.\n"
    assert [block.text for block in read(tmp_path, text).blocks] == ["Es ist schon spät.", *lines, "Das war es."]
