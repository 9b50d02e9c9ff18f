# ruff: noqa: E501 (markup reads better on one line)
"""Books: what is read out, in which order, and where its chapters begin."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from player.errors import SourceError
from player.story.model import Story
from player.story.opening import load as open_source
from tests.story.reading import load, outline
from tests.support.epub import CONTAINER, Book

pytestmark = pytest.mark.quick


def opened(book: Book, folder: Path) -> Story:
    return load(str(book.write(folder / "book.epub")))


def chapters(story: Story) -> list[tuple[str, int, str]]:
    """(title, level, the block it begins with)"""
    return [(section.title, section.level, story.blocks[section.block].text) for section in story.sections]


ONE = "<h1>One</h1><p>The first chapter.</p>"
TWO = "<h1>Two</h1><p>The second chapter.</p>"


@pytest.mark.parametrize("version", [2, 3])
def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path, version: int) -> None:
    book = Book(
        {"b.xhtml": ONE, "a.xhtml": TWO + '<h2 id="x">Inside</h2><p>More.</p>'},
        [("One", "b.xhtml", []), ("Two", "a.xhtml", [("Inside", "a.xhtml#x")])],
        metadata="<dc:title>A Book</dc:title><dc:creator>Ann Author</dc:creator><dc:date>2019-05-02</dc:date>"
        "<dc:language>en-GB</dc:language>",
        version=version,
    )
    story = opened(book, tmp_path)
    assert (story.title, story.byline, story.published, story.language) == (
        "A Book",
        "Ann Author",
        "2019-05-02",
        "en-GB",
    )
    assert [block.text for block in story.blocks] == [
        "A Book", "One", "The first chapter.", "Two", "The second chapter.", "Inside", "More.",
    ]  # fmt: skip
    assert chapters(story) == [("One", 1, "One"), ("Two", 1, "Two"), ("Inside", 2, "Inside")]
    assert [b.text for b in story.chapter(1).blocks] == ["Two", "The second chapter."]


@pytest.mark.parametrize("version", [2, 3])
def test_its_picture_is_the_storys(tmp_path: Path, version: int) -> None:
    story = opened(Book({"a.xhtml": ONE}, cover=b"a picture", version=version), tmp_path)
    assert story.picture is not None
    assert story.picture.data == b"a picture"
    assert opened(Book({"a.xhtml": ONE}, version=version), tmp_path).picture is None


def test_a_chapter_may_begin_in_the_middle_of_a_file(tmp_path: Path) -> None:
    page = (
        '<p>Before.</p><div id="c1"><h2>I</h2><h3>The Sea</h3><p>Wet.</p></div>'
        '<h2><a id="c2"></a>II</h2><p>Dry.</p><p><a name="c3"/>It went on.</p>'
    )
    book = Book(
        {"all.xhtml": page},
        [("I The Sea", "all.xhtml#c1", []), ("II", "all.xhtml#c2", []), ("Third", "all.xhtml#c3", [])],
    )
    story = opened(book, tmp_path)
    assert chapters(story) == [("I The Sea", 1, "I"), ("II", 1, "II"), ("Third", 1, "Third")]
    assert [block.text for block in story.blocks][1:] == [
        "Before.", "I", "The Sea", "Wet.", "II", "Dry.", "Third", "It went on.",
    ]  # fmt: skip


def test_covers_contents_and_copyright_are_not_read(tmp_path: Path) -> None:
    links = "".join(f'<p><a href="one.xhtml">Chapter {n}</a></p>' for n in range(8))
    book = Book(
        {
            "cover.xhtml": "<p>Cover words</p>",
            "title.xhtml": "<h1>A Book</h1><p>by Ann</p>",
            "rights.xhtml": "<p>All rights reserved.</p>",
            "list.xhtml": links,
            "aside.xhtml": "<p>Advertisement of the next book</p>",
            "pre.xhtml": "<h1>Preface</h1><p>Why.</p>",
            "one.xhtml": ONE,
        },
        [("Cover", "cover.xhtml", []), ("Preface", "pre.xhtml", []), ("One", "one.xhtml", [])],
        kinds={"cover.xhtml": "cover", "title.xhtml": "frontmatter titlepage"},
        guide='<guide><reference type="copyright-page" href="rights.xhtml"/></guide>',
        not_linear=["aside.xhtml"],
    )
    story = opened(book, tmp_path)
    assert [block.text for block in story.blocks] == ["A Book", "Preface", "Why.", "One", "The first chapter."]
    assert [section.title for section in story.sections] == ["Preface", "One"]


def test_notes_are_out_of_the_flow(tmp_path: Path) -> None:
    new = (
        '<p>It rained.<a epub:type="noteref" href="#n1">1</a> And <a href="#n2" role="doc-noteref">*</a>poured.<sup>3</sup></p>'
        '<aside epub:type="footnote" id="n1">A note.</aside><div id="n2" role="doc-footnote">Another.</div>'
    )
    old = (
        '<p>Then<a id="r5" href="notes.xhtml#n5">[5]</a> it stopped in 1999<a href="notes.xhtml#n6">6</a>. '
        'See <a href="one.xhtml">chapter one</a>.</p>'
    )
    notes = '<h2>Notes</h2><p id="n5"><a href="two.xhtml#r5">5</a> An old note.</p><p><a id="n6">6</a> One more.</p>'
    book = Book(
        {"one.xhtml": new, "two.xhtml": old, "notes.xhtml": notes}, [("One", "one.xhtml", []), ("Two", "two.xhtml", [])]
    )
    story = opened(book, tmp_path)
    said = [block.text for block in story.blocks]
    assert "It rained. And poured." in said
    assert "Then it stopped in 1999. See chapter one." in said
    assert not any("note" in text.lower() and text != "Notes" for text in said) and not any(
        "One more" in t for t in said
    )
    assert [(story.blocks[note.block].text[: note.place], note.text) for note in story.notes] == [
        ("It rained.", "A note."),
        ("It rained. And", "Another."),
        ("Then", "An old note."),
        ("Then it stopped in 1999", "One more."),
    ]


def test_words_in_another_language_are_known(tmp_path: Path) -> None:
    page = (
        '<p>He said <i xml:lang="la">ceteris paribus</i>, and <i lang="en-GB">so</i> on.</p>'
        '<blockquote lang="de"><p>Guten Tag.</p><p>Auf Wiedersehen.</p></blockquote><p>The end.</p>'
    )
    story = opened(Book({"one.xhtml": page}, [("One", "one.xhtml", [])]), tmp_path)
    first, *quoted, last = story.blocks[-4:]
    assert [(first.text[start:end], language) for start, end, language in first.languages] == [
        ("ceteris paribus", "la")
    ]
    assert [block.language for block in (first, *quoted, last)] == [None, "de", "de", None]


def test_what_only_eyes_see_is_said_or_left_out(tmp_path: Path) -> None:
    page = (
        '<p><span class="cap">T</span>he initial and <span>M</span>ore.</p><p><img src="w.png" alt="W"/>hen painted.</p>'
        '<p><img src="a.png" alt="A lighthouse on a rock"/></p><p><img src="b.png" alt="cover.jpg"/></p>'
        '<figure><img src="c.png" alt=""/><figcaption>Three ships at sea</figcaption></figure>'
        "<p>Kanji <ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby> here.</p>"
        '<p>The sum <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x + 1"><mi>x</mi></math> is known.</p>'
        '<p>Page<span epub:type="pagebreak" id="p7">7</span> turned.</p><p hidden="hidden">Never.</p>'
        "<p>One&nbsp;line&mdash;two<br/>lines.</p><hr/><pre>code()</pre><blockquote><p>Quoted.</p></blockquote>"
        "<ol><li>First<ul><li>In it</li></ul></li><li>Second</li></ol>"
        "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Ann</td><td>31</td></tr></table>"
    )
    story = opened(Book({"one.xhtml": page}), tmp_path)
    assert outline(story)[1:] == [
        ("paragraph", 0, "The initial and More."),
        ("paragraph", 0, "When painted."),
        ("paragraph", 0, "A picture: A lighthouse on a rock."),
        ("paragraph", 0, "A picture: Three ships at sea."),
        ("paragraph", 0, "Kanji 東 here."),
        ("paragraph", 0, "The sum x + 1 is known."),
        ("paragraph", 0, "Page turned."),
        ("paragraph", 0, "One line—two lines."),
        ("paragraph", 0, "Code example."),
        ("quotation", 0, "Quoted."),
        ("list item", 1, "1. First"),
        ("list item", 2, "In it"),
        ("list item", 1, "2. Second"),
        ("list item", 1, "Name: Ann; Age: 31."),
    ]


def test_the_main_title_and_the_authors_are_found(tmp_path: Path) -> None:
    book = Book(
        {"one.xhtml": ONE},
        metadata='<dc:title id="s">A Subtitle</dc:title><dc:title id="t">The Title</dc:title>'
        '<meta refines="#t" property="title-type">main</meta><dc:creator id="a">Ann</dc:creator>'
        '<dc:creator id="b">Bob</dc:creator><meta refines="#b" property="role">ill</meta><dc:creator id="c">Cy</dc:creator>'
        '<meta refines="#c" property="role">aut</meta><dc:language>fr</dc:language>',
    )
    story = opened(book, tmp_path)
    assert (story.title, story.byline, story.language) == ("The Title", "Ann, Cy", "fr")


def test_project_gutenbergs_own_words_are_cut(tmp_path: Path) -> None:
    first = (
        '<section class="pg-boilerplate pgheader" id="pg-header"><h2>The Project Gutenberg eBook</h2></section>'
        "<p>*** START OF THE PROJECT GUTENBERG EBOOK X ***</p><h2>Chapter I</h2><p>Call me nobody.</p>"
    )
    last = "<h2>Chapter II</h2><p>The end.</p><p>*** END OF THE PROJECT GUTENBERG EBOOK X ***</p><p>Licence.</p>"
    book = Book(
        {"one.xhtml": first, "two.xhtml": last},
        [("Chapter I", "one.xhtml", []), ("Chapter II", "two.xhtml", [])],
        version=2,
    )
    story = opened(book, tmp_path)
    assert [block.text for block in story.blocks] == [
        "A Book",
        "Chapter I",
        "Call me nobody.",
        "Chapter II",
        "The end.",
    ]
    assert [section.title for section in story.sections][-1] == "Chapter II"


def test_without_a_table_of_contents_the_headings_are_the_chapters(tmp_path: Path) -> None:
    story = opened(Book({"a b.xhtml": ONE, "c.xhtml": TWO}), tmp_path)
    assert [section.title for section in story.sections] == ["One", "Two"]


def test_tag_soup_is_read_as_browsers_do(tmp_path: Path) -> None:
    page = '<html><head><title/><script src="x.js"/></head><body><p>One <b>bold<p>Two &unknown; <i>it</p></body></html>'
    story = opened(Book({"one.xhtml": page}), tmp_path)
    assert [block.text.split()[0] for block in story.blocks] == ["A", "One", "Two"]


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "' + "ha" * 100 + '"><!ENTITY b "' + "&a;" * 100 + '"><!ENTITY c "' + "&b;" * 100 + '">]>'
)


def test_hostile_books_are_harmless(tmp_path: Path) -> None:
    page = f'<?xml version="1.0"?>{BOMB}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words &c; here.</p></body></html>'
    outside = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "{Path(__file__).as_uri()}">]><html><body><p>A &f; b</p></body></html>'
    story = opened(Book({"one.xhtml": page, "two.xhtml": outside, "../../etc/passwd": "<p>Inside.</p>"}), tmp_path)
    assert story.characters < 200 and "hostile" not in " ".join(block.text for block in story.blocks)


def test_a_book_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    zeros = b"<html><body><p>" + b"0" * 70_000_000
    book = Book({"one.xhtml": ONE, "two.xhtml": TWO}, extra={"OEBPS/two.xhtml": zeros})
    with pytest.raises(SourceError, match="more than 60 MB"):
        opened(book, tmp_path)


LOCK = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>
<CipherReference URI="OEBPS/one.xhtml"/></CipherData></EncryptedData></encryption>"""


def test_a_protected_book_is_told_from_one_with_locked_fonts(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="protected"):
        opened(Book({"one.xhtml": ONE}, extra={"META-INF/encryption.xml": LOCK}), tmp_path)
    fonts = LOCK.replace(b"one.xhtml", b"font.otf")
    assert opened(Book({"one.xhtml": ONE}, extra={"META-INF/encryption.xml": fonts}), tmp_path).title == "A Book"


def test_a_container_that_leads_nowhere_is_no_loss(tmp_path: Path) -> None:
    broken = Book({"one.xhtml": ONE}, extra={"META-INF/container.xml": b"<container>"})
    assert opened(broken, tmp_path).blocks == opened(Book({"one.xhtml": ONE}), tmp_path).blocks


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/one.xhtml"])
def test_a_damaged_book_is_one_line(tmp_path: Path, missing: str) -> None:
    whole = Book({"one.xhtml": ONE}).write(tmp_path / "whole.epub")
    with ZipFile(whole) as old, ZipFile(tmp_path / "part.epub", "w") as new:
        for name in old.namelist():
            if name != missing:
                new.writestr(name, old.read(name))
    with pytest.raises(SourceError, match=r"damaged|no story"):
        load(str(tmp_path / "part.epub"))
    (tmp_path / "cut.epub").write_bytes(whole.read_bytes()[:-40])
    with pytest.raises(SourceError, match="damaged"):
        load(str(tmp_path / "cut.epub"))


def _damaged(whole: Path, name: str, method: int) -> Path:
    """A copy in which one file is packed with this method and then damaged in its middle."""
    path = whole.with_name("damaged.epub")
    with ZipFile(whole) as old, ZipFile(path, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            new.writestr(each, data, method if each == name else ZIP_DEFLATED)
        entry = new.getinfo(name)
    data = bytearray(path.read_bytes())
    middle = entry.header_offset + 30 + len(name) + entry.compress_size // 2
    data[middle - 20 : middle + 20] = b"\xff" * 40
    path.write_bytes(data)
    return path


PACKINGS = {"stored": ZIP_STORED, "deflated": ZIP_DEFLATED, "bzip2": ZIP_BZIP2, "lzma": ZIP_LZMA}


@pytest.mark.parametrize("method", PACKINGS.values(), ids=PACKINGS)
def test_a_damaged_chapter_is_left_out_with_a_notice(tmp_path: Path, method: int) -> None:
    contents = [("One", "a.xhtml", []), ("Two", "b.xhtml", []), ("Three", "c.xhtml", [])]
    pages = {"a.xhtml": ONE, "b.xhtml": TWO, "c.xhtml": "<h1>Three</h1><p>The third chapter.</p>"}
    whole = Book(pages, contents).write(tmp_path / "whole.epub")
    story = load(str(_damaged(whole, "OEBPS/b.xhtml", method)))
    assert [block.text for block in story.blocks] == [
        "A Book",
        "One",
        "The first chapter.",
        "Three",
        "The third chapter.",
    ]
    assert [section.title for section in story.sections] == ["One", "Three"]
    assert story.notices == ("Damaged, and left out: “Two”",)


def test_a_damaged_table_of_contents_is_done_without(tmp_path: Path) -> None:
    whole = Book({"a.xhtml": ONE, "b.xhtml": TWO}, [("One", "a.xhtml", []), ("Two", "b.xhtml", [])]).write(
        tmp_path / "whole.epub"
    )
    story = load(str(_damaged(whole, "OEBPS/nav.xhtml", ZIP_LZMA)))
    assert [section.title for section in story.sections] == ["One", "Two"]


def test_a_book_of_damaged_chapters_is_no_story(tmp_path: Path) -> None:
    whole = Book({"a.xhtml": ONE}).write(tmp_path / "whole.epub")
    with pytest.raises(SourceError, match="is damaged"):
        load(str(_damaged(whole, "OEBPS/a.xhtml", ZIP_LZMA)))


def test_a_directory_that_leads_before_the_beginning_is_one_line(tmp_path: Path) -> None:
    whole = Book({"a.xhtml": ONE}).write(tmp_path / "whole.epub")
    data = bytearray(whole.read_bytes())
    with ZipFile(whole) as book:  # where the directory is said to begin; it is found from the file's end
        data[-6:-2] = (book.start_dir * 2).to_bytes(4, "little")
    (tmp_path / "negative.epub").write_bytes(data)
    with pytest.raises(SourceError, match="is damaged"):
        load(str(tmp_path / "negative.epub"))


def test_it_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    book = Book({"one.xhtml": ONE}).write(tmp_path / "book.txt")
    assert load(str(book)).title == "A Book"
    with ZipFile(tmp_path / "odd.zip", "w", ZIP_DEFLATED) as odd:  # without its mimetype file
        odd.writestr("META-INF/container.xml", CONTAINER)
        with ZipFile(book) as whole:
            for name in whole.namelist()[2:]:
                odd.writestr(name, whole.read(name))
    assert load(str(tmp_path / "odd.zip")).title == "A Book"


LONG_PAGE = f"<p>{'It was a bright cold day, and the clocks were striking. ' * 8}</p>"


def test_an_entry_that_leads_nowhere_takes_no_other_chapters_place(tmp_path: Path) -> None:
    book = Book(
        {"a.xhtml": ONE, "b.xhtml": TWO},
        [
            ("One", "a.xhtml", []),
            ("One again", "a.xhtml#lost", []),
            ("Gone", "z.xhtml", []),
            ("Two", "b.xhtml#lost", []),
        ],
    )
    assert chapters(opened(book, tmp_path)) == [("One", 1, "One"), ("Two", 1, "Two")]


def test_lists_are_counted_as_they_say(tmp_path: Path) -> None:
    items = "<li>one</li><li>two</li>"
    page = (
        f'<h1>One</h1><ol start="3">{items}</ol><ol type="a">{items}</ol><ol reversed="reversed">{items}</ol>'
        '<ol type="I"><li>one</li><li value="9">nine</li></ol>'
    )
    said = [block.text for block in opened(Book({"a.xhtml": page}), tmp_path).blocks][2:]
    assert said == ["3. one", "4. two", "a. one", "b. two", "2. one", "1. two", "I. one", "IX. nine"]


def test_a_title_page_is_not_read_whatever_the_contents_call_it(tmp_path: Path) -> None:
    book = Book(
        {"t.xhtml": "<p><b>A BOOK</b></p><p>by</p><p>ANN AUTHOR</p>", "a.xhtml": "<p>1</p>" + LONG_PAGE},
        [("Start", "t.xhtml", []), ("1", "a.xhtml", [])],
        metadata="<dc:title>A Book</dc:title><dc:creator>Ann Author</dc:creator><dc:language>en</dc:language>",
    )
    assert chapters(opened(book, tmp_path)) == [("1", 1, "1")]
    dedicated = Book(
        {"t.xhtml": "<p>A Book</p><p>For my mother</p>", "a.xhtml": "<p>1</p>" + LONG_PAGE},
        [("Start", "t.xhtml", []), ("1", "a.xhtml", [])],
    )
    assert [block.text for block in opened(dedicated, tmp_path).blocks][:3] == ["A Book", "Start", "For my mother"]


def test_a_short_contents_page_that_says_so_is_not_read(tmp_path: Path) -> None:
    links = '<p><a href="a.xhtml">1. Sea</a></p><p><a href="b.xhtml">2. Land</a></p>'
    book = Book(
        {
            "c.xhtml": f"<h2>Contents</h2>{links}",
            "a.xhtml": "<h1>Sea</h1>" + LONG_PAGE,
            "b.xhtml": f"<h1>Land</h1>{links}{LONG_PAGE}",
        },
        [("Sea", "a.xhtml", []), ("Land", "b.xhtml", [])],
    )
    said = [block.text for block in opened(book, tmp_path).blocks]
    assert said[1] == "Sea"
    assert said[-3:-1] == ["1. Sea", "2. Land"], "two links alone are no table of contents"


def test_a_page_of_one_endnote_is_not_announced(tmp_path: Path) -> None:
    book = Book(
        {
            "a.xhtml": f'<h1>One</h1><p>A word.<sup><a id="r1" href="n.xhtml#n1">1</a></sup></p>{LONG_PAGE}',
            "n.xhtml": '<h1>Notes</h1><h2>Chapter One</h2><p id="n1"><a href="a.xhtml#r1">1</a>. See Smith.</p>',
        },
        [("One", "a.xhtml", []), ("Notes", "n.xhtml", [])],
    )
    story = opened(book, tmp_path)
    assert chapters(story) == [("One", 1, "One")]
    assert "Chapter One" not in [block.text for block in story.blocks]


def test_captions_are_read(tmp_path: Path) -> None:
    page = (
        f'{ONE}<figure><img src="a.jpg" alt="A red mast"/><figcaption>The Heron, before it sank.</figcaption></figure>'
        "<table><caption>Catch</caption><tr><th>Boat</th><th>Mon</th></tr><tr><td>Heron</td><td>12</td></tr></table>"
    )
    assert [text for _, _, text in outline(opened(Book({"a.xhtml": page}), tmp_path))][-4:] == [
        "A picture: A red mast.", "The Heron, before it sank.", "Catch", "Boat: Heron; Mon: 12.",
    ]  # fmt: skip


def test_numbers_of_pages_lines_and_verses(tmp_path: Path) -> None:
    page = (
        '<p><b>1</b>In the beginning it rose.<span class="versenum">2</span>And it fell<span class="linenum">5</span>.'
        '<span role="doc-pagebreak">12</span> The <b>3</b>rd day.</p><p>[14]</p>'
        '<p><span class="v">1:3</span>And so<a id="page_13">13</a> on. [Pg 14]</p>'
    )
    assert [block.text for block in opened(Book({"a.xhtml": page}), tmp_path).blocks[-2:]] == [
        "1 In the beginning it rose. 2 And it fell. The 3rd day.",
        "1:3 And so on.",
    ]


def test_a_page_beside_the_flow_is_read_if_the_contents_name_it(tmp_path: Path) -> None:
    pages = {"a.xhtml": ONE, "b.xhtml": "<h1>Answers</h1><p>It was the tide.</p>", "c.xhtml": "<p>Nowhere.</p>"}
    contents = [("One", "a.xhtml", ()), ("Answers", "b.xhtml", ())]
    story = opened(Book(pages, contents, not_linear=["b.xhtml", "c.xhtml"]), tmp_path)
    assert [block.text for block in story.blocks][-2:] == ["Answers", "It was the tide."]


def test_notes_on_a_page_beside_the_flow_are_kept_with_their_marks(tmp_path: Path) -> None:
    page = '<h1>One</h1><p>It is old.<a href="notes.xhtml#n1">*</a> And cold<a href="notes.xhtml#n2">[4]</a>.</p>'
    notes = '<p id="n1">* As old as the hills.</p><p id="n2">[4] In winter.</p><p>Printed in Bergen.</p>'
    book = Book({"a.xhtml": page, "notes.xhtml": notes}, [("One", "a.xhtml", ())], not_linear=["notes.xhtml"])
    story = opened(book, tmp_path)
    assert [block.text for block in story.blocks][-2:] == ["One", "It is old. And cold."]
    assert [note.text for note in story.notes] == ["As old as the hills.", "In winter."]


def test_a_caption_is_read_once_beside_pictures_of_a_page(tmp_path: Path) -> None:
    page = (
        '<section><h1>One</h1><p>It rained.</p><img src="x.png" alt=""/><p>It poured.</p>'
        '<figure><img src="l.png" alt="A lamp"/><figcaption>Figure 1. The lamp.</figcaption></figure>'
        '<img class="ornament" src="x.png"/><p>It stopped.</p></section>'
    )
    said = [block.text for block in opened(Book({"a.xhtml": page}), tmp_path).blocks]
    assert [text for text in said if "Figure 1" in text] == ["Figure 1. The lamp."]


def test_a_book_of_pictures_is_not_called_damaged(tmp_path: Path) -> None:
    page = '<div><img src="1.jpg" alt=""/></div>'
    with pytest.raises(SourceError, match="a book of pictures") as caught:
        opened(Book({"a.xhtml": page, "b.xhtml": page}), tmp_path)
    assert "OCR" in caught.value.hint


def test_pictures_that_are_pages_themselves_are_no_damage_and_may_have_words(tmp_path: Path) -> None:
    path = Book({"one.xhtml": "<p>One</p>"}).write(tmp_path / "a.epub")
    page = b'href="one.xhtml" media-type="application/xhtml+xml"'
    picture = b'href="a.svg" media-type="image/svg+xml"'
    worded = picture + b' fallback="w"/><item id="w" ' + page
    for name, item in (("b.epub", picture), ("c.epub", worded)):
        with ZipFile(path) as book, ZipFile(tmp_path / name, "w") as other:
            for part in book.namelist():
                other.writestr(part, book.read(part).replace(page, item))
    with pytest.raises(SourceError, match="book of pictures"):
        load(str(tmp_path / "b.epub"))
    assert load(str(tmp_path / "c.epub")).blocks[-1].text == "One"


def test_a_sentence_that_a_page_cuts_is_whole(tmp_path: Path) -> None:
    cut = "It was a long grey morning in the harbour, and the men on the quay were waiting for the first boats to come"
    book = Book({"one.xhtml": f"<p>{cut}</p>", "two.xhtml": "<p>in from the sea.</p><p>nobody spoke.</p>"})
    texts = [block.text for block in load(str(book.write(tmp_path / "a.epub"))).blocks]
    assert texts == ["A Book", f"{cut} in from the sea.", "nobody spoke."]


def test_numbers_of_verses_and_lines_are_apart_from_words(tmp_path: Path) -> None:
    body = (
        '<p><span class="verse-num">3</span>and darkness was there. <b class="v">4</b>It was light.</p>'
        '<div>Unreal city,<span class="lnum">60</span></div><p>A footnote<span class="verso">5</span>left.</p>'
    )
    texts = [block.text for block in load(str(Book({"one.xhtml": body}).write(tmp_path / "a.epub"))).blocks]
    assert texts == ["A Book", "3 and darkness was there. 4 It was light.", "Unreal city,", "A footnote5left."]


def test_what_only_programs_show_is_not_read(tmp_path: Path) -> None:
    body = (
        "<p>It was long.</p><canvas>Your system shows no canvas.</canvas><p>Previous topic: Salt</p>"
        "<figure><img src='a.jpg' alt=''/><figcaption><p>The quay in 1911.</p><p>Seen from the sea.</p></figcaption></figure>"
    )
    texts = [block.text for block in load(str(Book({"one.xhtml": body}).write(tmp_path / "a.epub"))).blocks]
    assert texts == ["A Book", "It was long.", "A picture: The quay in 1911. Seen from the sea."]


def _long(notes_apart: bool) -> Book:
    """A book of 40 chapters, some in two parts; the notes behind their paragraphs, or in a page at the end."""
    said = "The keeper of chapter {0} lit lamp {1} when the boats came in, and counted {1} of them. " * 3
    where = "notes.xhtml" if notes_apart else ""
    pages, contents = {}, []
    for c in range(1, 41):
        body = f"<h1>Chapter {c}</h1>" + "".join(f"<p>{said.format(c, p)}</p>" for p in range(60))
        note = f'<p id="n{c}"><a href="#m{c}">1</a> Or so they say in {c}.</p>'
        body += f'<p>It rained.<sup><a id="m{c}" href="{where}#n{c}">1</a></sup> It blew.</p>{"" if where else note}'
        pages[f"c{c}.xhtml"] = body + f'<h2 id="x">Later in {c}</h2><p>{said.format(c, 99)}</p>'
        contents.append((f"Chapter {c}", f"c{c}.xhtml", [(f"Later in {c}", f"c{c}.xhtml#x")]))
    if notes_apart:
        listed = (f'<p id="n{c}"><a href="c{c}.xhtml#m{c}">1</a> Or so they say in {c}.</p>' for c in range(1, 41))
        pages["notes.xhtml"] = f"<h1>Notes</h1>{''.join(listed)}"
    return Book(pages, contents)


def test_the_beginning_of_a_long_book_comes_first(tmp_path: Path) -> None:
    begun: list[Story] = []
    whole = open_source(str(_long(notes_apart=False).write(tmp_path / "book.epub")), begun=begun.append)
    assert isinstance(whole, Story)
    (beginning,) = begun
    count = len(beginning.blocks)
    assert 50 < count < len(whole.blocks) / 4
    assert beginning.blocks == whole.blocks[:count]
    assert beginning.sections == tuple(one for one in whole.sections if one.block < count)
    assert len(beginning.sections) > 3
    assert (beginning.title, beginning.language, beginning.identity) == (whole.title, whole.language, whole.identity)


def test_a_short_book_comes_as_a_whole(tmp_path: Path) -> None:
    book = _long(notes_apart=False)
    book.pages = dict(list(book.pages.items())[:1])
    book.contents = book.contents[:1]
    begun: list[Story] = []
    open_source(str(book.write(tmp_path / "book.epub")), begun=begun.append)
    assert not begun


def test_notes_at_the_end_of_a_long_book_are_there_in_its_beginning(tmp_path: Path) -> None:
    begun: list[Story] = []
    whole = open_source(str(_long(notes_apart=True).write(tmp_path / "book.epub")), begun=begun.append)
    assert isinstance(whole, Story)
    (beginning,) = begun
    assert beginning.blocks == whole.blocks[: len(beginning.blocks)]
    assert beginning.notes == tuple(note for note in whole.notes if note.block < len(beginning.blocks)) != ()
