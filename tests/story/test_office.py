"""DOCX, ODT and RTF documents, as the programs write them that people use."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import SourceError
from player.story.formats.office.layout import picture
from player.story.formats.office.rtf import markup
from player.story.model import Story
from player.story.pandoc.program import converted
from player.story.reading.draft import Draft
from tests.story.reading import load, outline, read
from tests.support.missing import without
from tests.support.office import DATA, W, Word, by_pandoc, libreoffice, package

ARTICLE = """\
---
title: The River
author: [Jane Doe, José Álvarez]
date: 2024-05-03
---

The river rose “slowly” — nobody saw it.[^1] E = m*c*^2^, and 10^6^ litres of H~2~O.

[^1]: A note at the foot.

# The first day

> We saw nothing.

3. three
4. four

    - deeper

```python
print(1)
```

```python
print(2)
```

| Name | Age |
|------|-----|
| Ann  | 31  |
| Bob  |     |

## At noon

It [stopped](https://example.com/).

# The second day

It went on.
"""


def noted(story: Story) -> list[str]:
    for note in story.notes:
        assert 0 < note.place <= len(story.blocks[note.block].text)
    return [note.text for note in story.notes]


def said(story: Story) -> list[str]:
    return [block.text for block in story.blocks]


def sections(story: Story) -> list[tuple[str, int]]:
    return [(section.title, section.level) for section in story.sections]


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_an_article_made_by_pandoc(tmp_path: Path, suffix: str) -> None:
    story = load(str(by_pandoc(ARTICLE, tmp_path / f"a.{suffix}")))
    water = "H₂O" if suffix == "docx" else "H2O"
    assert (story.title, story.byline, story.published) == ("The River", "Jane Doe, José Álvarez", "2024-05-03")
    assert story.language.startswith("en")
    assert sections(story) == [("The first day", 1), ("At noon", 2), ("The second day", 1)]
    assert outline(story) == [
        ("heading", 1, "The River"),
        ("paragraph", 0, f"The river rose “slowly” — nobody saw it. E = mc², and 10⁶ litres of {water}."),
        ("heading", 2, "The first day"),
        ("quotation", 0, "We saw nothing."),
        ("list item", 1, "3. three"),
        ("list item", 1, "4. four"),
        ("list item", 2, "deeper"),
        ("paragraph", 0, "Code example."),
        ("list item", 1, "Name: Ann; Age: 31."),
        ("list item", 1, "Name: Bob."),
        ("heading", 3, "At noon"),
        ("paragraph", 0, "It stopped."),
        ("heading", 2, "The second day"),
        ("paragraph", 0, "It went on."),
    ]


def test_notes_of_an_odt_are_kept(tmp_path: Path) -> None:
    assert noted(load(str(by_pandoc(ARTICLE, tmp_path / "a.odt")))) == ["A note at the foot."]


def test_rtf_made_by_pandoc(tmp_path: Path) -> None:
    story = load(str(by_pandoc(ARTICLE, tmp_path / "a.rtf")))
    assert sections(story) == [("The first day", 1), ("At noon", 2), ("The second day", 1)]
    assert "The river rose “slowly” — nobody saw it. E = mc², and 10⁶ litres of H2O." in said(story)
    assert "Ann; 31." in said(story)
    assert "It stopped." in said(story)
    assert "note at the foot" not in " ".join(said(story))
    assert noted(story) == ["A note at the foot."]


def word_article() -> Word:
    word = Word()
    section = word.document.sections[0]
    section.header.paragraphs[0].text = "RUNNING HEAD"
    section.footer.paragraphs[0].text = "Page 1 of 9"
    word.paragraph("The Flood", "Title")
    word.paragraph("A village remembers", "Subtitle")
    word.contents("The first day", "The second day")
    word.document.add_heading("The first day", 1)
    paragraph = word.paragraph("It rained and ")
    run = paragraph.add_run("rained")
    run.bold = True
    word.document.add_comment(run, text="Really?", author="Ed", initials="E")
    word.tracked(paragraph, " for nine", " for ten")
    paragraph.add_run(" days")
    word.footnote(paragraph, "A note at the foot.")
    paragraph.add_run(".")
    paragraph.add_run(" Nobody reads this.").font.hidden = True
    return word


@pytest.mark.quick
def test_what_word_users_write(tmp_path: Path) -> None:
    word = word_article()
    word.paragraph("We saw it.", "Quote")
    word.paragraph("First", "List Number")
    word.paragraph("Second", "List Number")
    word.paragraph("Dot", "List Bullet")
    word.document.add_heading("In figures", 2)
    word.paragraph("Levels of the river", "Caption")
    word.table(("Place", "Metres"), ("Bridge", "3.5"), ("Mill", "2"))
    word.document.add_heading("The second day", 1)
    paragraph = word.paragraph("It stopped.")
    word.text_box(paragraph, "“Like the sea”", "said the miller")
    word.picture("A red boat on the brown river")
    word.picture("A picture containing boat, water\n\nDescription automatically generated")
    word.picture("IMG_2034.jpg")
    word.paragraph("x = 1", "macro")
    word.document.add_page_break()
    word.paragraph("The e\u00adnd.")
    story = load(str(word.save(tmp_path / "a.docx")))
    assert noted(story) == ["A note at the foot."]
    assert (story.title, story.byline, story.language) == ("The Flood", "Jane Doe", "en-US")
    assert sections(story) == [("The first day", 1), ("In figures", 2), ("The second day", 1)]
    assert outline(story) == [
        ("heading", 1, "The Flood"),
        ("paragraph", 0, "A village remembers"),
        ("heading", 2, "The first day"),
        ("paragraph", 0, "It rained and rained for nine days."),
        ("quotation", 0, "We saw it."),
        ("list item", 1, "1. First"),
        ("list item", 1, "2. Second"),
        ("list item", 1, "Dot"),
        ("heading", 3, "In figures"),
        ("paragraph", 0, "Levels of the river"),
        ("list item", 1, "Place: Bridge; Metres: 3.5."),
        ("list item", 1, "Place: Mill; Metres: 2."),
        ("heading", 2, "The second day"),
        ("paragraph", 0, "It stopped."),
        ("paragraph", 0, "“Like the sea”"),
        ("paragraph", 0, "said the miller"),
        ("paragraph", 0, "A picture: A red boat on the brown river."),
        ("paragraph", 0, "Code example."),
        ("paragraph", 0, "The end."),
    ]


def test_pictures_of_old_word_documents_are_described(tmp_path: Path) -> None:
    word = Word()
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="A brown cow"/>'
    word.xml(f"<w:r {W}><w:pict>{shape}</w:pict></w:r>", word.paragraph("It rained."))
    word.paragraph("It stopped.")
    assert said(load(str(word.save(tmp_path / "a.docx")))) == [
        "It rained.",
        "A picture: A brown cow.",
        "It stopped.",
    ]


def test_code_in_word_is_left_out_when_asked(tmp_path: Path) -> None:
    word = Word()
    word.paragraph("It says:")
    word.paragraph("x = 1", "macro")
    path = str(word.save(tmp_path / "a.docx"))
    assert said(load(path)) == ["It says:", "Code example."]
    assert said(load(path, code=False)) == ["It says:"]


def test_a_word_document_is_called_by_its_properties_first(tmp_path: Path) -> None:
    word = word_article()
    word.document.core_properties.title = "The Great Flood"
    word.document.core_properties.author = "Jane Doe; John Roe"
    story = load(str(word.save(tmp_path / "a.docx")))
    assert (story.title, story.byline) == ("The Great Flood", "Jane Doe, John Roe")
    assert outline(story)[:3] == [
        ("heading", 1, "The Great Flood"),
        ("heading", 1, "The Flood"),
        ("paragraph", 0, "A village remembers"),
    ]


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        ([("The Flood", 1), ("One", 2), ("Two", 2)], "The Flood"),
        ([("One", 1), ("Two", 1)], "my report"),
        ([("One", 2), ("Two", 2)], "my report"),
    ],
)
def test_the_only_great_heading_is_the_title(tmp_path: Path, headings: list[tuple[str, int]], title: str) -> None:
    word = Word()
    for text, level in headings:
        word.document.add_heading(text, level)
        word.paragraph(f"What happened then: {text}.")
    story = load(str(word.save(tmp_path / "my_report.docx")))
    assert story.title == title
    assert said(story).count(title) <= 1
    assert len(story.sections) == 2 + (title == "my report") * (len(headings) - 2)


@pytest.mark.parametrize("junk", ["Microsoft Word - flood.doc", "Untitled", "report_final_v3", "flood.docx"])
def test_titles_that_programs_made_up_are_none(tmp_path: Path, junk: str) -> None:
    word = word_article()
    word.document.core_properties.title = junk
    word.document.core_properties.author = "python-docx"
    story = load(str(word.save(tmp_path / "a.docx")))
    assert (story.title, story.byline, story.published) == ("The Flood", "", "")


def test_lines_in_bold_are_headings_where_no_style_says_so(tmp_path: Path) -> None:
    word = Word()
    for text in ("The Flood", "By Ann Lee", "May 3, 2024", "It rained.", "The second day", "It stopped, *all* of it."):
        paragraph = word.paragraph("")
        paragraph.add_run(text).bold = text.startswith("The")
    story = load(str(word.save(tmp_path / "a.docx")))
    assert (story.title, story.byline, story.published) == ("The Flood", "Ann Lee", "2024-05-03")
    assert outline(story) == [
        ("heading", 1, "The Flood"),
        ("paragraph", 0, "It rained."),
        ("heading", 3, "The second day"),
        ("paragraph", 0, "It stopped, *all* of it."),
    ]


def test_the_first_of_several_chapters_in_bold_is_not_the_title(tmp_path: Path) -> None:
    word = Word()
    for number in ("1", "2"):
        word.paragraph("").add_run(f"Chapter {number}").bold = True
        word.paragraph("It rained, and then it rained some more.")
    story = load(str(word.save(tmp_path / "rain.docx")))
    assert (story.title, [section.title for section in story.sections]) == ("rain", ["Chapter 1", "Chapter 2"])


def test_a_table_that_lays_out_the_page_is_read_as_text(tmp_path: Path) -> None:
    word = Word()
    table = word.table(("", ""))
    left, right = table.rows[0].cells
    left.text = "It rained."
    left.add_paragraph("It went on.")
    right.text = "It stopped."
    story = load(str(word.save(tmp_path / "a.docx")))
    assert outline(story) == [
        ("paragraph", 0, "It rained."),
        ("paragraph", 0, "It went on."),
        ("paragraph", 0, "It stopped."),
    ]


def test_the_language_is_what_the_words_are_in(tmp_path: Path) -> None:
    word = Word()  # python-docx, like Word, says en-US of everything
    for _ in range(3):
        word.paragraph("Der Fluss stieg langsam, und niemand im Dorf dachte an Boote, bis die Kinder am Morgen sahen,")
        word.paragraph("dass das Wasser vor den Türen der Häuser stand, die sie kannten und in denen sie wohnten.")
    assert load(str(word.save(tmp_path / "a.docx"))).language == "de"


def test_an_odt_as_libreoffice_writes_it(tmp_path: Path) -> None:
    story = load(str(libreoffice(tmp_path / "a.odt")))
    assert (story.title, story.byline, story.published) == ("The River Rose", "Jane Doe", "2024-05-03")
    assert story.language == "en-GB"
    assert sections(story) == [("One", 1), ("Two", 2)]
    assert outline(story) == [
        ("heading", 1, "The River Rose"),
        ("paragraph", 0, "A subtitle"),
        ("heading", 2, "One"),
        ("paragraph", 0, "It rained and snowed, she said. More. Next line E=mc²."),
        ("quotation", 0, "A quotation."),
        ("list item", 1, "3. three"),
        ("list item", 1, "4. four"),
        ("list item", 2, "nested"),
        ("paragraph", 0, "Code example."),
        ("list item", 1, "Name: Ann; Age: 31."),
        ("paragraph", 0, "Anchor text."),
        ("paragraph", 0, "Boxed words"),
        ("paragraph", 0, "A picture: A red boat."),
        ("paragraph", 0, "In a section."),
        ("heading", 3, "Two"),
        ("paragraph", 0, "End."),
    ]


def test_lists_in_boxes_and_words_in_shapes_of_an_odt(tmp_path: Path) -> None:
    content = (DATA / "libreoffice" / "content.xml").read_text()
    boxed = "<text:list><text:list-item><text:p>Boxed words</text:p></text:list-item></text:list>"
    content = content.replace("<text:p>Boxed words</text:p>", boxed)
    shape = "<draw:custom-shape><svg:desc>A star</svg:desc><text:p>In a star.</text:p></draw:custom-shape>"
    content = content.replace("In a section.", f"In a {shape}section.")
    story = outline(load(str(libreoffice(tmp_path / "a.odt", content=content))))
    assert story[10:12] == [("paragraph", 0, "Anchor text."), ("list item", 1, "Boxed words")]
    assert story[13:15] == [("paragraph", 0, "In a section."), ("paragraph", 0, "In a star.")]


def test_a_second_title_is_a_heading_where_it_stands(tmp_path: Path) -> None:
    styles = r"{\stylesheet{\s1 Title;}}"
    parts = [rf"\pard\s1 Part {n}\par\pard It rained on.\par It stopped.\par" for n in (1, 2)]
    story = read(tmp_path, r"{\rtf1\ansi " + styles + "".join(parts) + "}", "a.rtf")
    assert story.title == "Part 1"
    assert [block.text for block in story.blocks if block.kind.value == "heading"] == ["Part 1", "Part 2"]
    assert [block.text for block in story.blocks].index("Part 2") == 3


def test_an_odt_without_metadata_is_called_by_its_title_paragraph(tmp_path: Path) -> None:
    meta = "<m xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"
    story = load(str(libreoffice(tmp_path / "a.odt", meta=meta)))
    assert (story.title, story.language) == ("The river rose", "de-AT")  # that of its styles, for want of words
    assert said(story).count("The river rose") == 1


def test_rtf_as_word_writes_it() -> None:
    story = load(str(DATA / "word.rtf"))
    assert (story.title, story.byline, story.published) == ("The river rose", "Jane Doe", "2024-05-03")
    assert story.language == "en-GB"
    assert outline(story) == [
        ("heading", 1, "The river rose"),
        ("heading", 2, "The first day"),
        ("paragraph", 0, "It’s here’s text that was added and ends."),
        ("list item", 1, "(c) One"),
        ("list item", 2, "i. Two"),
        ("paragraph", 0, "A link with ał Polish letter and a pair 😀."),
        ("quotation", 0, "A quoted block."),
        ("quotation", 0, "And one more."),
        ("list item", 1, "Name; Age."),
        ("list item", 1, "Ann; 31."),
        ("heading", 3, "The second day"),
        ("paragraph", 0, "The end."),
    ]


def test_rtf_as_wordpad_writes_it() -> None:
    assert outline(load(str(DATA / "wordpad.rtf"))) == [
        ("heading", 1, "My café story"),
        ("paragraph", 0, "It’s “quoted” and it’s “here”. A naïve “quote” – dash—end."),
        ("list item", 1, "First item"),
        ("list item", 1, "Second item"),
        ("list item", 1, "1. Numbered one"),
        ("list item", 1, "2. Numbered two"),
        ("paragraph", 0, "Red line one line two"),
        ("paragraph", 0, "Emoji 😀 and Greek αβ."),
    ]


def test_rtf_as_textedit_writes_it() -> None:
    story = load(str(DATA / "textedit.rtf"))
    assert (story.title, story.byline, story.published) == ("The Mac story", "Jane Doé", "2024-05-03")
    assert outline(story) == [
        ("heading", 1, "The Mac story"),
        ("heading", 2, "A heading"),
        ("paragraph", 0, "It’s a “quoted” café — dash, λόγος."),
        ("paragraph", 0, "Second paragraph."),
        ("list item", 1, "Item one"),
        ("list item", 1, "Item two"),
    ]


def test_rtf_headings_by_their_style_alone(tmp_path: Path) -> None:
    styles = r"{\stylesheet{\s1 heading 1;}{\s2 heading 2;}{\s3 Quote;}}"
    text = r"\pard\s1 One\par\pard Text.\par\pard\s2 Two\par\pard\s3 Said.\par"
    text += r"\pard Text.\par\pard\s1 Three\par\pard End.\par"
    story = read(tmp_path, r"{\rtf1\ansi " + styles + text + "}", "a.rtf")
    assert sections(story) == [("One", 1), ("Two", 2), ("Three", 1)]
    assert ("quotation", 0, "Said.") in outline(story)


def test_a_text_that_is_indented_throughout_is_no_quotation(tmp_path: Path) -> None:
    from docx.shared import Inches

    word = Word()
    for text in ("It rained.", "It went on.", "It stopped."):
        word.paragraph(text).paragraph_format.left_indent = Inches(1)
    assert {block.kind.value for block in load(str(word.save(tmp_path / "a.docx"))).blocks} == {"paragraph"}


@pytest.mark.parametrize(("name", "text"), [("moscow", "Привет, мир. café"), ("tokyo", "日本語―ア。100%")])
def test_rtf_in_the_code_pages_of_the_world(name: str, text: str) -> None:
    assert said(load(str(DATA / f"{name}.rtf"))) == [text]


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"\u8217?s", "a ’s b"),
        (r"\u8217\'92s", "a ’s b"),
        (r"\uc0\u8217 s", "a ’s b"),
        (r"\uc2\u8217\'81\'66s", "a ’s b"),
        (r"{\uc0\u8217}\u8217?", "a ’’ b"),
        (r"\u-3913?s", "a s b"),  # Word's symbol fonts, in the private area
        (r"\u55357 ?\u56832 ?", "a 😀 b"),
        (r"\u55357?", "a b"),
        (r"\'5c\'7b\'7d", r"a \{} b"),
        (r"\\ \{ \} \~ \_", "a \\ { } ‑ b"),
        (r"\emdash\'e9", "a —é b"),
        (r"{\*\unknown gone}x", "a x b"),
        (r"{\i0\*\cs7 x}", "a x b"),
        (r"\bin3 }}}x", "a x b"),
        (r"{\pict 89504e47}x", "a x b"),
        (r"{\stylesheet{\s0\sbasedon0 Normal;}}\s0 x", "a x b"),
        ("é", "a é b"),  # UTF-8 against the rules, as scripts write it
    ],
)
def test_characters_of_rtf(tmp_path: Path, rtf: str, text: str) -> None:
    story = read(tmp_path, r"{\rtf1\ansi\ansicpg1252 a " + rtf + r" b\par}", "a.rtf")
    assert said(story) == [text]


def rtf(text: str, pair: bool) -> str:
    """Text as programs write it to RTF, with a character for those that know no Unicode."""

    def code(character: str) -> str:
        units = character.encode("utf-16-le")
        numbers = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
        return "".join(f"\\u{number}{'?' if pair else chr(92) + chr(39) + '3f'}" for number in numbers)

    return "".join(c if c.isascii() and c.isalnum() else code(c) for c in text)


@pytest.mark.parametrize("form", ["docx", "odt", "rtf"])
def test_long_texts_come_through_as_they_are(tmp_path: Path, form: str) -> None:
    long = "A & B are < C, as anybody knows who has \\{seen} them – “twice”, $5 a time;"
    written = html.escape(long, quote=False)
    page = (
        f"<h1>{written}</h1><p>{written} <em>{written}</em> and<strong> {written}</strong>.<sup>2</sup> End</p>"
        f"<ol start='3'><li>{written}</li></ol>"
        f"<table><tr><th>{written}</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    made = tmp_path / f"a.{form}"
    pypandoc.convert_text(page, form, format="html", outputfile=str(made), extra_args=["-s"])
    told = said(load(str(made)))
    assert told[:2] == [long, f"{long} {long} and {long}. End"]
    assert told[2].endswith(long)
    assert told[3].startswith(long)


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_many_paragraphs_stay_in_their_order(tmp_path: Path, form: str) -> None:
    lines = [f"**Day {n}**" if n % 150 == 0 else f"It rained on day {n}." for n in range(450)]
    story = load(str(by_pandoc("\n\n".join(lines), tmp_path / f"a.{form}")))
    assert [block.text for block in story.blocks] == [line.strip("*") for line in lines]
    assert [section.title for section in story.sections] == ["Day 150", "Day 300"], "the first is the title"


@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1), st.booleans())
def test_any_text_comes_through_rtf(text: str, pair: bool) -> None:
    inside = markup(rb"{\rtf1\ansi " + rtf(text, pair).encode() + rb"\par}", Draft())
    assert html.unescape(inside).removeprefix("<p>").removesuffix("</p>") == (text if text.strip() else "")


@given(st.binary(max_size=300))
def test_nonsense_after_the_beginning_of_rtf_ends_well(data: bytes) -> None:
    markup(b"{\\rtf1" + data, Draft()).encode()


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("A red boat", "A picture: A red boat."),
        ("Who is this?", "A picture: Who is this?"),
        ("Boat", "A picture: Boat."),
        ("", ""),
        ("image1.png", ""),
        ("my boat.JPG", ""),
        ("IMG_2034", ""),
        ("Picture 3", ""),
        ("A picture containing boat, water", ""),
        ("A boat on a river\n\nAI-generated content may be incorrect.", ""),
        ("Ein Bild, das Boot enthält.\n\nAutomatisch generierte Beschreibung", ""),
    ],
)
def test_pictures_are_described_when_somebody_described_them(description: str, text: str) -> None:
    assert picture(description) == text


@pytest.mark.parametrize("name", ["story", "story.txt", "story.doc"])
def test_documents_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    word = Word()
    word.paragraph("It rained.")
    made = (word.save(tmp_path / "a.docx"), libreoffice(tmp_path / "b.odt"), Path(DATA / "moscow.rtf"))
    for path, first in zip(made, ("It rained.", "The River Rose", "Привет, мир. café"), strict=True):
        shutil.copy(path, tmp_path / name)
        assert said(load(str(tmp_path / name)))[0] == first


def fails(path: Path, *, says: str, hint: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        load(str(path))
    assert hint in caught.value.hint
    assert path.name in caught.value.message


def test_a_locked_document_says_so(tmp_path: Path) -> None:
    hint = "without the password"
    locked = tmp_path / "a.docx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le"))
    fails(locked, says="protected with a password", hint=hint)
    manifest = "<manifest:encryption-data xmlns:manifest='urn:x'/>"
    odt = libreoffice(tmp_path / "a.odt", manifest=manifest, content=b"\x8f\x01\x02")
    fails(odt, says="protected with a password", hint=hint)


def test_damaged_documents_say_so(tmp_path: Path) -> None:
    whole = word_article().save(tmp_path / "whole.docx").read_bytes()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: len(whole) // 2])
    fails(cut, says="is damaged", hint="save it again")
    fails(libreoffice(tmp_path / "a.odt", content="<office:text>"), says="is damaged", hint="save it again")
    with zipfile.ZipFile(tmp_path / "whole.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    without = {name: part for name, part in parts.items() if name != "word/document.xml"}
    fails(package(tmp_path / "b.docx", without), says="is damaged", hint="save it again")
    rtf_file = tmp_path / "a.rtf"
    rtf_file.write_bytes(b"{\\rtf1 " + b"{" * 100_000)
    fails(rtf_file, says="there is no story in", hint="nothing that can be read")
    text = tmp_path / "text.docx"
    text.write_text("Only a text.")
    fails(text, says="is no Word, OpenDocument or RTF document", hint="suffix")


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(word_article().save(tmp_path / "a.docx")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts["word/document.xml"]
    fails(
        package(tmp_path / "zip.docx", parts | {"word/styles.xml": b" " * 101_000_000}),
        says="holds more than 100 MB",
        hint="split it",
    )
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    doctype = f'<!DOCTYPE w [<!ENTITY a "{"ha" * 50}">{entities}]>'.encode()
    document = b"?>" + doctype + main.split(b"?>", 1)[1].replace(b"days", b"&h;")
    fails(
        package(tmp_path / "xml.docx", parts | {"word/document.xml": b"<?xml version='1.0'" + document}),
        says="is damaged",
        hint="save it again",
    )


def test_pictures_of_any_size_are_no_matter(tmp_path: Path) -> None:
    with zipfile.ZipFile(word_article().save(tmp_path / "a.docx")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = package(tmp_path / "b.docx", parts | {"word/media/image9.bmp": bytes(150_000_000)})
    assert load(str(path)).title == "The Flood"


def test_a_document_reaches_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hunter2")
    word = Word()
    paragraph = word.paragraph("It rained.")
    for run in (
        f'<w:r {W}><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r {W}><w:instrText> INCLUDETEXT "{secret}" </w:instrText></w:r>',
        f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>',
    ):
        word.xml(run, paragraph)
    with zipfile.ZipFile(word.save(tmp_path / "a.docx")) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = parts["word/document.xml"].split(b"?>", 1)[1]
    doctype = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
    parts["word/document.xml"] = doctype + main.replace(b"It rained.", b"It rained.&x;")
    try:
        text = " ".join(said(load(str(package(tmp_path / "b.docx", parts)))))
    except SourceError as error:
        text = str(error)
    assert "hunter2" not in text


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    word = Word()
    word.paragraph("<script>alert(1)</script> & \u202e\ufdd0\ufdd1 [x](y) \\u8217? $1")
    assert said(load(str(word.save(tmp_path / "a.docx")))) == ["<script>alert(1)</script> & [x](y) \\u8217? $1"]
    hostile = read(tmp_path, r"{\rtf1\ansi \u27?[31mred\u64976?\u0?\u27?]0;x\u7? <b>\par}", "a.rtf")
    assert all(c.isprintable() for text in said(hostile) for c in text)
    assert "<b>" in said(hostile)[-1]


@pytest.mark.parametrize("depth", [9, 3000])
def test_lists_in_lists_in_lists(tmp_path: Path, depth: int) -> None:
    content = (DATA / "libreoffice" / "content.xml").read_text()
    begin, end = "<text:list><text:list-item><text:p>deep</text:p>", "</text:list-item></text:list>"
    content = content.replace("<text:p>In a section.</text:p>", begin * depth + end * depth)
    path = libreoffice(tmp_path / "a.odt", content=content)
    if depth == 9:
        assert sum(text.endswith("deep") for text in said(load(str(path)))) == depth
    else:
        fails(path, says="is damaged", hint="save it again")


def test_without_the_library_the_error_says_what_to_install(tmp_path: Path) -> None:
    word = Word()
    word.paragraph("It rained.")
    command = [sys.executable, "-m", "player", "script", word.save(tmp_path / "a.docx")]
    done = subprocess.run(command, capture_output=True, text=True, env=without("pypandoc", tmp_path))
    assert done.returncode == 1
    assert "cannot be read without pypandoc" in done.stderr
    assert 'pip install "listen-to-story[office]"' in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("suffix", ["odt", "rtf"])
def test_odt_and_rtf_need_no_library(tmp_path: Path, suffix: str) -> None:
    command = [sys.executable, "-m", "player", "script", by_pandoc("It rained.", tmp_path / f"a.{suffix}")]
    done = subprocess.run(command, capture_output=True, text=True, env=without("pypandoc", tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "It rained." in done.stdout


def test_formulas_of_an_odt_are_read_or_announced(tmp_path: Path) -> None:
    content = (DATA / "libreoffice" / "content.xml").read_text()
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>'
    content = content.replace("In a section.", f"It is {frame}.")
    math = "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mrow>{}</mrow></semantics></math>"
    written = math.format("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>")
    for formula, text in ((written, "It is E = m c²."), (math.format(""), "It is a formula.")):
        kind = {"mimetype": "application/vnd.oasis.opendocument.text"}
        parts = kind | {"content.xml": content, "Object 1/content.xml": formula}
        assert text in said(load(str(package(tmp_path / "a.odt", parts))))


@pytest.mark.parametrize(
    ("suffix", "text", "blocks"),
    [
        ("rtf", "{\\rtf1 " + "\\trowd\\cellx1000\\cellx2000 one\\cell two\\cell\\row\n" * 20_000 + "}", 20_001),
        ("odt", "<text:p>The lamp was lit.</text:p>" * 100_000, 100_000),
    ],
    ids=["rtf", "odt"],
)
def test_tables_and_texts_of_any_length_are_read(tmp_path: Path, suffix: str, text: str, blocks: int) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text(text)
    if suffix == "odt":
        content = (DATA / "libreoffice" / "content.xml").read_text()
        before, _, after = content.partition("<office:text>")
        after = "</office:text>" + after.partition("</office:text>")[2]
        path = libreoffice(path, content=f"{before}<office:text>{text}{after}", meta="<m/>")
    assert len(load(str(path)).blocks) == blocks


def test_every_row_of_a_long_table_says_the_names_of_its_columns(tmp_path: Path) -> None:
    rows = "".join(f"| Ann {n} | {n} |\n" for n in range(700))
    story = load(str(by_pandoc(f"| Name | Age |\n|------|-----|\n{rows}", tmp_path / "a.odt")))
    assert said(story) == ["A table of 2 columns and 700 rows.", *(f"Name: Ann {n}; Age: {n}." for n in range(700))]


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("rst", "One\n===\n\nIt *rose*, :math:`a^2`. [1]_\n\n.. [1] A note.\n\n- a\n- b\n\n::\n\n    x = 1\n"),
        ("org", "* One\nIt /rose/, \\(a^2\\). [fn:1]\n- a\n- b\n#+BEGIN_SRC\nx = 1\n#+END_SRC\n[fn:1] A note.\n"),
        (
            "latex",
            r"\section{One} It \emph{rose}, $a^2$. \footnote{A note.} \begin{itemize}\item a \item b\end{itemize}"
            "\n\\begin{verbatim}\nx = 1\n\\end{verbatim}\n",
        ),
        ("mediawiki", "= One =\nIt ''rose'', <math>a^2</math>. <ref>A note.</ref>\n* a\n* b\n<pre>x = 1</pre>\n"),
        (
            "ipynb",
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "metadata": {},'
            ' "source": ["# One\\n\\nIt *rose*, $a^2$.\\n\\n- a\\n- b\\n"]}, {"cell_type": "code",'
            ' "metadata": {}, "execution_count": 1, "outputs": [], "source": ["x = 1"]}]}',
        ),
    ],
)
def test_whatever_pandoc_reads_becomes_the_same(reader: str, text: str) -> None:
    found = converted(text.encode(), reader, "a").html
    found = re.sub("<x-note[^>]*></x-note>", "", found)
    plain = re.sub("</?div>", "", found).replace(" </p>", "</p>")
    plain = re.sub(r"<li><p>(.)</p></li>", r"<li>\1</li>", plain)
    assert plain == "<h1>One</h1><p>It <em>rose</em>, a².</p><ul><li>a</li><li>b</li></ul><pre><code>x = 1</code></pre>"


def test_templates_of_wikitext_say_what_they_show(tmp_path: Path) -> None:
    (tmp_path / "a.mediawiki").write_text(
        "= The Town =\nIt has {{formatnum:12000}} people. {{As of|2021}}, it has {{frac|1|2}} a mole, "
        "{{US$|5 million}} in debt, built {{c.|1900}}. "
        "It was {{convert|12|to|15|km|mi}} away.{{efn|As told by the mayor.}} It rains.\n"
    )
    story = load(str(tmp_path / "a.mediawiki"))
    assert said(story)[-1] == (
        "It has 12000 people. As of 2021, it has 1/2 a mole, US$5 million in debt, built c. 1900. It was 12 to 15 km "
        "away. It rains."
    )
    assert [note.text for note in story.notes] == ["As told by the mayor."]


def test_a_word_document_that_is_a_web_page(tmp_path: Path) -> None:
    content = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    page = "<html><body><h1>The River</h1><p>It rose.</p><ul><li>Slowly</li></ul><p>Then it fell.</p></body></html>"
    mail = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    chunk = f'<w:altChunk {W} xmlns:r="{kind}" r:id="c"/>'
    main = f'<R Type="{kind}/officeDocument" Target="word/document.xml"/>'
    for name, within in (("a.html", page), ("b.mht", f"{mail}{page}\n--b--\n")):
        parts = {
            "[Content_Types].xml": f'<Types {content}content-types"/>',
            "_rels/.rels": f'<R {content}relationships">{main}</R>',
            "word/document.xml": f"<w:document {W}><w:body>{chunk}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<R {content}relationships"><R Id="c" Target="/word/{name}"/></R>',
            f"word/{name}": within,
        }
        story = load(str(package(tmp_path / f"{name}.docx", parts)))
        assert said(story) == ["The River", "It rose.", "Slowly", "Then it fell."]


def test_words_with_their_reading_above_them_are_read(tmp_path: Path) -> None:
    word = Word()
    run = "<w:r><w:t>{}</w:t></w:r>"
    ruby = f"<w:rt>{run.format('とうきょう')}</w:rt><w:rubyBase>{run.format('東京')}</w:rubyBase>"
    word.xml(f"<w:r {W}><w:ruby>{ruby}</w:ruby></w:r>", word.paragraph("昨日は"))
    assert said(load(str(word.save(tmp_path / "a.docx")))) == ["昨日は東京"]
