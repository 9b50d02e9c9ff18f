"""What is left out, or read otherwise than written, is announced in a few words of the story's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.reading import load
from tests.support.epub import Book

GERMAN = "Der Fluss stieg in der Nacht, und am Morgen war die Brücke nicht mehr zu sehen. " * 3
ENGLISH = "The river rose in the night, and in the morning the bridge could not be seen any more. " * 3
FINNISH = "Joki nousi yöllä, eikä siltaa enää aamulla näkynyt, kun me tulimme rannalle katsomaan vettä. " * 3


def table(rows: int) -> str:
    return "| Day | Metres |\n|---|---|\n" + "".join(f"| {n} | {n + 3} |\n" for n in range(rows))


def said(folder: Path, text: str, name: str = "a.md", **options: object) -> list[str]:
    path = folder / name
    path.write_text(text)
    return [block.text for block in load(str(path), **options).blocks]


@pytest.mark.parametrize(
    ("prose", "code", "counted"),
    [
        (ENGLISH, "Code example.", "A table of 2 columns and 5 rows."),
        (GERMAN, "Ein Codebeispiel.", "Eine Tabelle mit 2 Spalten und 5 Zeilen."),
        (FINNISH, "Code example.", "A table of 2 columns and 5 rows."),
    ],
)
def test_they_are_in_the_storys_language_else_english(tmp_path: Path, prose: str, code: str, counted: str) -> None:
    found = said(tmp_path, f"{prose}\n\n```\nx = 1\n```\n\n{table(5)}\n")
    assert found[1:3] == [code, counted]
    assert len(found) == 3 + 5


def test_english_words_in_another_language_say_that_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"{FINNISH}\n\n```\nx = 1\n```\n")
    story = load(str(path))
    assert (story.language, [block.language for block in story.blocks]) == ("fi", [None, "en"])


def test_short_tables_are_read_without(tmp_path: Path) -> None:
    assert len(said(tmp_path, f"{ENGLISH}\n\n{table(4)}\n")) == 1 + 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"{ENGLISH}\n\n{table(6)}\n"),
        ("a.txt", f"{ENGLISH}\n\n+---+---+\n" + "".join(f"| {n} | a{n} |\n+---+---+\n" for n in range(6))),
        ("a.eml", f"Subject: Rye\nContent-Type: text/html\n\n<p>{ENGLISH}<table>" + "<tr><td>a<td>b" * 6 + "</table>"),
        ("a.html", f"<article><p>{ENGLISH * 3}<table>" + "<tr><th>a<td>b" * 6 + f"</table><p>{ENGLISH * 2}</article>"),
    ],
)
def test_announcements_can_be_switched_off(tmp_path: Path, name: str, text: str) -> None:
    announced = [one for one in said(tmp_path, text, name) if one.startswith("A table of 2 columns and ")]
    assert len(announced) == 1
    quiet = said(tmp_path, text, name, announce=False)
    assert quiet == [one for one in said(tmp_path, text, name) if one not in announced]


def test_of_a_book_the_pictures_that_nobody_described(tmp_path: Path) -> None:
    pages = {
        "one.xhtml": f"<h2>One</h2><p>{ENGLISH}</p><p><img src='a.jpg'/></p><p>{ENGLISH[:80]}</p>",
        "two.xhtml": f"<h2>Two</h2><p>{ENGLISH}</p><p><img src='b.jpg' alt=''/></p>",
    }
    story = load(str(Book(pages).write(tmp_path / "a.epub")))
    assert [block.text for block in story.blocks].count("A picture.") == 1
