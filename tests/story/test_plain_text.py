"""Plain text as people have it: pasted articles, hard-wrapped mails, books, any bytes at all."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.errors import SourceError
from player.story.model import BlockKind, Story
from player.story.opening import load as open_source
from tests.story.reading import load, outline, read

ARTICLE = Path(__file__).parents[1] / "data" / "stories" / "peace-talks.txt"


def test_the_pasted_article() -> None:
    story = load(str(ARTICLE))
    assert story.title == "US-Russia Peace Talks Not Betraying Ukraine, Says Hegseth"
    assert story.language == "en"
    assert [block.kind for block in story.blocks] == [BlockKind.HEADING] + [BlockKind.PARAGRAPH] * 9
    assert story.blocks[0].text == story.title
    assert story.blocks[1].text.startswith("Defense Secretary Hegseth defended")
    assert not any("Listen To" in block.text for block in story.blocks)


def test_title_byline_and_date(tmp_path: Path) -> None:
    story = read(
        tmp_path,
        "The Long Road\n\nBy Jane Doe and José Álvarez, Staff Writers | May 3, 2024\n\nListen to this article\n\n"
        "It began in the rain.\n\nNobody was surprised.\n",
    )
    assert (story.title, story.byline, story.published) == ("The Long Road", "Jane Doe and José Álvarez", "2024-05-03")
    assert outline(story) == [
        ("heading", 1, "The Long Road"),
        ("paragraph", 0, "It began in the rain."),
        ("paragraph", 0, "Nobody was surprised."),
    ]


def test_head_without_blank_lines(tmp_path: Path) -> None:
    story = read(tmp_path, "Salt\n====\nby Anna von Berg\nPublished: 31 May 2024\n\nIt was dark. It rained.\n")
    assert (story.title, story.byline, story.published) == ("Salt", "Anna von Berg", "2024-05-31")
    assert outline(story)[1:] == [("paragraph", 0, "It was dark. It rained.")]


@pytest.mark.parametrize(
    "about",
    ["By Jane Doe\nPublished: 13 Feb 2025, 10:30 am GMT\nUpdated: 14 Feb 2025", "Jane Doe\nFeb. 13, 2025"],
)
def test_what_stands_below_the_title(tmp_path: Path, about: str) -> None:
    story = read(tmp_path, f"The Long Road\n\n{about}\n\nIt began in the rain.\n")
    assert (story.byline, story.published) == ("Jane Doe", "2025-02-13")
    assert outline(story) == [("heading", 1, "The Long Road"), ("paragraph", 0, "It began in the rain.")]


def test_a_title_that_names_an_author_is_no_byline(tmp_path: Path) -> None:
    story = read(tmp_path, "Author Jane Doe Wins Prize\n\nIt began in the rain.\n")
    assert (story.title, story.byline) == ("Author Jane Doe Wins Prize", "")


def test_a_chapter_is_not_the_title_of_the_book(tmp_path: Path) -> None:
    story = read(tmp_path, "CHAPTER I\n\nIt began in the rain.\n", "the-long-road.txt")
    assert story.title == "the long road"
    assert outline(story)[0] == ("heading", 2, "CHAPTER I")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("He stopped -\nand then went on.", "He stopped - and then went on."),
        ("It was a 10-\nyear-old joke.", "It was a 10-year-old joke."),
        ("The so-\ncalled expert came.", "The so-called expert came."),
        ("A state-of-the-\nart cake, an inter-\nnational one.", "A state-of-the-art cake, an international one."),
        ("The tea-\ntable and her tea-table.", "The tea-table and her tea-table."),
        ("The tea-\ntables, said the teatables.", "The teatables, said the teatables."),
        ("これは長い文で、\n続きがある。", "これは長い文で、続きがある。"),
    ],
)
def test_what_stands_between_joined_lines(tmp_path: Path, lines: str, text: str) -> None:
    assert [block.text for block in read(tmp_path, lines).blocks] == [text]


def test_a_sentence_that_begins_with_by_is_no_byline(tmp_path: Path) -> None:
    story = read(tmp_path, "Rain\n\nBy morning the rain had stopped\n\nThe sun shone.\n")
    assert story.byline == ""
    assert "By morning the rain had stopped" in [block.text for block in story.blocks]


def test_text_without_a_title_is_named_after_its_file(tmp_path: Path) -> None:
    story = read(tmp_path, "It rained. Then it stopped raining.\n", "a-wet_day.txt")
    assert story.title == "a wet day"
    assert outline(story) == [("paragraph", 0, "It rained. Then it stopped raining.")]


def test_hard_wrapped_lines_are_joined(tmp_path: Path) -> None:
    text = "It began in the rain, and nobody was\nsurprised when the road was under wa-\nter again that evening.\n"
    assert outline(read(tmp_path, text)) == [
        (
            "paragraph",
            0,
            "It began in the rain, and nobody was surprised when the road was under water again that evening.",
        )
    ]


def test_one_paragraph_to_a_line(tmp_path: Path) -> None:
    lines = [
        "This is the first paragraph, which is long and whole, and says more than one thing. It ends here.",
        "“And this?” she asked.",
        "Yes.",
        "Then there is a very long one that goes on and on, because somebody had much to say about it all.",
    ]
    story = read(tmp_path, "A title here\n" + "\n".join(lines))
    assert [block.text for block in story.blocks] == ["A title here", *lines]


def test_verse_stays_one_block(tmp_path: Path) -> None:
    story = read(tmp_path, "The night was long,\nThe road was bare,\nAnd nobody sang\nTo the cold of the air;\n")
    assert len(story.blocks) == 1


def test_book_style_indents(tmp_path: Path) -> None:
    text = "   It was dark and the wind was\nhowling over the moor as ever.\n   Then she came in, and he\nlooked up.\n"
    assert [block.text for block in read(tmp_path, text).blocks] == [
        "It was dark and the wind was howling over the moor as ever.",
        "Then she came in, and he looked up.",
    ]


def test_headings_lists_and_quotations(tmp_path: Path) -> None:
    text = """Some words to begin with, which end with a full stop.

CHAPTER IV

We need:
- bread
- milk and
  butter

Chapter V
In Which We Go

  1. First
  2. Second

The Harbour
-----------

He wrote:
> quoted line
> goes on

* * *

THE END
"""
    assert outline(read(tmp_path, text)) == [
        ("paragraph", 0, "Some words to begin with, which end with a full stop."),
        ("heading", 2, "CHAPTER IV"),
        ("paragraph", 0, "We need:"),
        ("list item", 1, "bread"),
        ("list item", 1, "milk and butter"),
        ("heading", 2, "Chapter V. In Which We Go"),
        ("list item", 1, "1. First"),
        ("list item", 1, "2. Second"),
        ("heading", 2, "The Harbour"),
        ("paragraph", 0, "He wrote:"),
        ("quotation", 0, "quoted line goes on"),
        ("heading", 2, "THE END"),
    ]


def test_numbered_headings_and_numbered_items(tmp_path: Path) -> None:
    text = "THE HEART.\n\n1. Introduction\n\nIt beats.\n\n2. Methods\n\nWe heard.\n\n1. First\n\n2. Second\n"
    assert [(kind, text) for kind, _, text in outline(read(tmp_path, text))] == [
        ("heading", "THE HEART."),
        ("heading", "1. Introduction"),
        ("paragraph", "It beats."),
        ("heading", "2. Methods"),
        ("paragraph", "We heard."),
        ("list item", "1. First"),
        ("list item", "2. Second"),
    ]


def test_a_line_said_twice_is_read_twice(tmp_path: Path) -> None:
    story = read(tmp_path, "The raven spoke.\n\nNevermore.\n\nNevermore.\n")
    assert [block.text for block in story.blocks][-2:] == ["Nevermore.", "Nevermore."]


@pytest.mark.parametrize("around", ["{}", " \t\n{}", "\n  \n\n{}", "{}\n \n", " \n{}\n  "])
def test_lines_of_blanks_at_either_end_are_no_paragraphs(tmp_path: Path, around: str) -> None:
    file = around.format("Harbour\n\nIt rose in the night.\n\nIt fell at noon.")
    assert outline(read(tmp_path, file, "a.txt")) == outline(read(tmp_path, file.strip(), "b.txt"))


def test_project_gutenberg(tmp_path: Path) -> None:
    text = """The Project Gutenberg eBook of The Lamp

Title: The Lamp
Author: Ada Cole
Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE
LAMP ***

Produced by Some One and
others at a place.

[Illustration]

THE LAMP

by Ada Cole

CHAPTER I.
At the Door

She was _beginning_ to get {12} very =tired= of sitting by the lamp,[1] M^{rs} Cole said.

[Footnote 1: It was lit
all day.]

[Sidenote: Smoke]

End of the Project Gutenberg EBook of The Lamp

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Redistribution is subject to the licence.
"""
    story = read(tmp_path, text.replace("\n", "\r\n"))
    assert (story.title, story.byline, story.language) == ("The Lamp", "Ada Cole", "en")
    assert [note.text for note in story.notes] == ["It was lit all day."]
    assert outline(story) == [
        ("heading", 1, "The Lamp"),
        ("heading", 2, "CHAPTER I. At the Door"),
        ("paragraph", 0, "She was beginning to get very tired of sitting by the lamp, Mrs Cole said."),
        ("paragraph", 0, "Smoke"),
    ]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("He said “hello” — it’s the café’s naïve façade.", "utf-8"),
        ("He said “hello” — it’s the café’s naïve façade.", "utf-8-sig"),
        ("He said “hello” — it’s the café’s naïve façade.", "cp1252"),
        ("He said “hello” — it’s the café’s naïve façade.", "utf-16"),
        ("Hello there, the world is round, they say.", "utf-16-le"),
        ("Die Männer fuhren über die Brücke nach Köln, weil es dort schöner war.", "latin-1"),
        ("El niño comió una piña y añadió azúcar.", "latin-1"),
        ("Добрый день, как дела? Сегодня хорошая погода.", "cp1251"),
        ("Это было давно, и он не помнил, что она сказала ему в тот вечер.", "cp1251"),
        ("Here is a café.", "utf-32"),
        ("こんにちは世界。今日はとても良い天気です。", "shift_jis"),
        (
            "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. "
            "Jsou nadáni rozumem, ale je to tak jako vždy, že svědomí v nich není.",
            "cp1250",
        ),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    assert read(tmp_path, text.encode(encoding)).blocks[0].text == text


def test_utf8_with_a_broken_byte_stays_utf8(tmp_path: Path) -> None:
    text = "Es war schön — über dem Fluß läuft’s. " * 20
    data = text.encode()[:380] + b"\xff" + text.encode()[380:]
    assert read(tmp_path, data).blocks[0].text.startswith("Es war schön — über dem Fluß läuft’s.")


def check_invariants(story: Story) -> None:
    """What every later room relies on."""
    assert story.title
    for block in story.blocks:
        assert block.text
        assert block.text == " ".join(block.text.split())
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in block.text + story.title + story.byline)
        if block.kind is not BlockKind.QUOTATION:  # which has a level only within another quotation
            assert (block.level > 0) == (block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM))
        assert block.level <= 6 or block.kind is not BlockKind.HEADING


PIECES = st.sampled_from(
    ["\n", "\n\n", "  ", "# ", "- ", "> ", "1. ", "| a | b |\n|--|--|\n", "```\n", "---\n", "title: x\n", "<p>", "</p>",
     "<li>", "Chapter 1", "By Ann Lee", "\x1b[2J", "\u202e", "word", "A sentence here.", "=====", "&#27;", "é", "*"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_any_bytes_are_a_story_or_a_clear_error(tmp_path: Path, suffix: str, data: bytes) -> None:
    try:
        check_invariants(read(tmp_path, data, f"any{suffix}"))
    except SourceError as error:
        assert error.message and "\n" not in error.message
        assert "damaged" not in error.message  # what text can be is never damaged: an error of ours would be called so


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(text=st.lists(PIECES, max_size=25).map("".join))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_any_markup_is_a_story_or_a_clear_error(tmp_path: Path, suffix: str, text: str) -> None:
    try:
        check_invariants(read(tmp_path, text, f"any{suffix}"))
    except SourceError as error:
        assert error.message and "\n" not in error.message
        assert "damaged" not in error.message  # what text can be is never damaged: an error of ours would be called so


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    text = (
        "The Lamp\n\nContents\n\n CHAPTER I.    At the Door\n CHAPTER II.   In the Hall\n\n\n"
        "CHAPTER I.\nAt the Door\n\nIt rained.\n\nCHAPTER II.\nIn the Hall\n\nIt was dry."
    )
    story = read(tmp_path, text)
    assert [block.text for block in story.blocks] == [
        "The Lamp", "CHAPTER I. At the Door", "It rained.", "CHAPTER II. In the Hall", "It was dry.",
    ]  # fmt: skip
    assert [section.title for section in story.sections] == ["CHAPTER I. At the Door", "CHAPTER II. In the Hall"]
    pages = "The Lamp\n\nCONTENTS\n\nOne ........ 3\nTwo ....... 17\n\nIt rained, and went on raining."
    assert [block.text for block in read(tmp_path, pages).blocks] == ["The Lamp", "It rained, and went on raining."]


def test_contents_that_are_the_story_stay(tmp_path: Path) -> None:
    story = read(tmp_path, "The Box\n\nContents\n\nA lamp.\n\nA letter from my mother.\n\nThat was all of it.")
    assert [block.text for block in story.blocks][2:] == ["A lamp.", "A letter from my mother.", "That was all of it."]


def test_numbers_alone_are_chapters_when_they_run_on(tmp_path: Path) -> None:
    story = read(tmp_path, "The Box\n\nI\n\nIt rained.\n\nII\n\nIt was dry.\n\nIII\n\nIt snowed.")
    assert [section.title for section in story.sections] == ["I", "II", "III"]
    assert read(tmp_path, "The Box\n\nIt was\n\n1984\n\nand all was well.").sections == ()


def test_a_letter_is_read_without_its_header_and_signature(tmp_path: Path) -> None:
    text = (
        "Subject: Re: the boat\nFrom: Harald Berg <h@x.no>\nDate: Tue, 4 Mar 2025 10:00:00 +0100\nTo: ann@x.org\n\n"
        "Hi Ann,\n\n> Can I have the boat, and would\n> you fill it?\n>\n> > It is not mine.\n\nYes.\n\n"
        "-- \nHarald Berg\nTel. 55\n"
    )
    story = read(tmp_path, text)
    assert (story.title, story.byline, story.published) == ("the boat", "Harald Berg", "2025-03-04")
    assert outline(story)[1:] == [
        ("paragraph", 0, "Hi Ann,"),
        ("quotation", 0, "Can I have the boat, and would you fill it?"),
        ("quotation", 1, "It is not mine."),
        ("paragraph", 0, "Yes."),
    ]


def test_what_stands_around_printed_pages_is_not_read(tmp_path: Path) -> None:
    text = """   A few words stand before it.

Abstract

   This memo tells of salt and of how it is passed at a table.

1.  Introduction

   The need for it arises as
   is usual, by

Writer                       Informational                      [Page 1]
\fRFC 9999                  Passing the Salt                    April 2024

   being hungry.

   o  The asker asks.

   o  The passer passes, and
      is silent.

Security Considerations

   None at all.

Writer                       Informational                      [Page 2]
"""
    assert outline(read(tmp_path, text)) == [
        ("paragraph", 0, "A few words stand before it."),
        ("heading", 2, "Abstract"),
        ("paragraph", 0, "This memo tells of salt and of how it is passed at a table."),
        ("heading", 2, "1. Introduction"),
        ("paragraph", 0, "The need for it arises as is usual, by being hungry."),
        ("list item", 1, "The asker asks."),
        ("list item", 1, "The passer passes, and is silent."),
        ("heading", 2, "Security Considerations"),
        ("paragraph", 0, "None at all."),
    ]


def test_a_list_right_below_an_underlined_heading(tmp_path: Path) -> None:
    text = "We met.\n\nTo do\n-----\n1) Roof\n   a. get quotes\n   b. ask the landlord\n2) Money\n"
    assert outline(read(tmp_path, text)) == [
        ("paragraph", 0, "We met."),
        ("heading", 2, "To do"),
        ("list item", 1, "1) Roof"),
        ("list item", 2, "a. get quotes"),
        ("list item", 2, "b. ask the landlord"),
        ("list item", 1, "2) Money"),
    ]


def test_verse_with_indented_lines_stays_together(tmp_path: Path) -> None:
    verse = "I took the salt, I took the rope,\n   I took the tide;\nI left my mother,\n   My brother at her side.\n"
    text = f"A song.\n\n{verse}"
    assert [block.text for block in read(tmp_path, text).blocks] == [
        "A song.",
        "I took the salt, I took the rope, I took the tide; I left my mother, My brother at her side.",
    ]


def test_japanese_paragraphs_begin_with_a_wide_blank(tmp_path: Path) -> None:
    text = (
        "　吾輩は猫である。名前はまだ無い。\n　どこで生れたかとんと見当がつかぬ。何でも薄暗い所で\n"
        "ニャーニャー泣いていた。\n"
    )
    assert [block.text for block in read(tmp_path, text).blocks] == [
        "吾輩は猫である。名前はまだ無い。",
        "どこで生れたかとんと見当がつかぬ。何でも薄暗い所でニャーニャー泣いていた。",
    ]


def test_a_pasted_page(tmp_path: Path) -> None:
    text = (
        "Ferry company fined\nSarah Miles\nTransport correspondent\nTue 4 Mar 2025 11.02 GMT\n\nShare\n\n"
        "A ferry company has been fined for a goat.\n\nMost viewed\n1 Storm closes bridge\n2 Car painted green\n\n"
        "Advertisement\nThe goat behaved well, it said.\n"
    )
    story = read(tmp_path, text)
    assert (story.title, story.byline, story.published) == ("Ferry company fined", "Sarah Miles", "2025-03-04")
    assert [block.text for block in story.blocks[1:]] == [
        "A ferry company has been fined for a goat.",
        "The goat behaved well, it said.",
    ]


def test_a_long_paragraph_said_twice_is_read_twice(tmp_path: Path) -> None:
    refrain = "And all the bells of all the towns along the river rang, and rang, until the night was gone."
    for name in ("a.txt", "a.md"):
        story = read(tmp_path, f"The bells began at nine.\n\n{refrain}\n\n{refrain}\n", name)
        assert [block.text for block in story.blocks].count(refrain) == 2


def test_a_sender_of_brackets_within_brackets(tmp_path: Path) -> None:
    story = read(tmp_path, f"From: {'(' * 5_000}\nTo: b\n\nIt rose in the night.\n")
    assert "It rose in the night." in [block.text for block in story.blocks]


def test_a_sentence_of_acronyms_is_no_heading(tmp_path: Path) -> None:
    story = read(tmp_path, "A 64GB SSD.\n", "disk.txt")
    assert outline(story) == [("paragraph", 0, "A 64GB SSD.")]
    story = read(tmp_path, "PART I.\n\nIt began in the rain.\n", "rain.txt")
    assert outline(story)[0][0] == "heading"


def _texts(folder: Path, text: str) -> list[str]:
    return [block.text for block in read(folder, text).blocks]


MANUAL = """\
QUAY(1)                     User Commands                     QUAY(1)

NAME
       quay - wait for boats

DESCRIPTION
       Waits for the boats of a FILE until they have come in, and says
       which of them was first.

       -f, --fast
              Do not wait.

QUAY 1.0                     March 2024                       QUAY(1)
"""


def test_the_page_of_a_manual(tmp_path: Path) -> None:
    assert outline(read(tmp_path, MANUAL)) == [
        ("heading", 2, "NAME"),
        ("paragraph", 0, "quay - wait for boats"),
        ("heading", 2, "DESCRIPTION"),
        ("paragraph", 0, "Waits for the boats of a FILE until they have come in, and says which of them was first."),
        ("paragraph", 0, "-f, --fast"),
        ("paragraph", 0, "Do not wait."),
    ]


def test_letters_and_signs_that_begin_items(tmp_path: Path) -> None:
    text = (
        "a) milk\nb) honey\n\ni. rye\nii. salt\n\nA. Roe was here\nC. Lund was not\n\n[ ] bread\n[x] cheese\n→ home\n"
    )
    assert outline(read(tmp_path, text)) == [
        ("list item", 1, "a) milk"),
        ("list item", 1, "b) honey"),
        ("list item", 1, "i. rye"),
        ("list item", 1, "ii. salt"),
        ("paragraph", 0, "A. Roe was here"),
        ("paragraph", 0, "C. Lund was not"),
        ("list item", 1, "bread"),
        ("list item", 1, "cheese"),
        ("list item", 1, "home"),
    ]


def test_letters_below_numbers_are_items_of_their_own(tmp_path: Path) -> None:
    assert _texts(tmp_path, "1) bread\n2) cheese\na. milk\nb. honey\n") == [
        "1) bread",
        "2) cheese",
        "a. milk",
        "b. honey",
    ]


DIAGRAM = """\
 0                   1
 0 1 2 3 4 5 6 7 8 9 0 1
+-+-+-+-+-+-+-+-+-+-+-+-+
|   Boat    |   Mast    |
+-+-+-+-+-+-+-+-+-+-+-+-+"""


def test_a_diagram_is_announced_and_kept(tmp_path: Path) -> None:
    blocks = read(tmp_path, f"The boat says who it is.\n\n{DIAGRAM}\n\nThe quay answers.\n").blocks
    assert [block.text for block in blocks] == ["The boat says who it is.", "Code example.", "The quay answers."]
    assert blocks[1].code.endswith("|   Boat    |   Mast    |\n+-+-+-+-+-+-+-+-+-+-+-+-+")


def test_pages_between_form_feeds_are_one_text(tmp_path: Path) -> None:
    page = "{head}\n\nIt was long before the tide came in over\nthe sand, and {n} men were waiting for\n\n{foot}\n\f"
    text = "".join(page.format(head="THE TIDE" if n else "", n=n, foot=f"    - {n + 1} -") for n in range(4))
    assert _texts(tmp_path, text + "\nthe boats to come in. Nobody spoke.\n") == [
        *(f"It was long before the tide came in over the sand, and {n} men were waiting for" for n in range(3)),
        "It was long before the tide came in over the sand, and 3 men were waiting for the boats to come in. "
        "Nobody spoke.",
    ]


def test_paragraphs_that_begin_with_a_tab(tmp_path: Path) -> None:
    lines = [
        "\tIt was long before the tide came in over",
        "the sand, and men were waiting there.",
        "\tNobody spoke at all,",
    ]
    assert _texts(tmp_path, "\n".join([*lines, "and then it rained."])) == [
        "It was long before the tide came in over the sand, and men were waiting there.",
        "Nobody spoke at all, and then it rained.",
    ]


def _long(contents: bool) -> str:
    """A hard-wrapped book of 80 chapters, perhaps with a table of contents."""
    sentence = "The keeper of chapter {0} lit lamp {1} when the boats came in, and counted {1} of them."
    chapters = [
        f"CHAPTER {c}\n\n" + "\n\n".join(fill(" ".join(sentence.format(c, p) for _ in range(4)), 72) for p in range(45))
        for c in range(1, 81)
    ]
    entries = "Contents\n\n" + "\n".join(f"CHAPTER {c}" for c in range(1, 81)) + "\n\n"
    return "The Lamp\n\nby Ada Lind\n\n" + (entries if contents else "") + "\n\n\n".join(chapters)


def test_the_beginning_of_a_long_text_comes_first(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(_long(contents=False))
    begun: list[Story] = []
    whole = open_source(str(tmp_path / "lamp.txt"), begun=begun.append)
    assert isinstance(whole, Story)
    (beginning,) = begun
    count = len(beginning.blocks)
    assert 50 < count < len(whole.blocks) / 10
    assert beginning.blocks == whole.blocks[:count]
    assert (beginning.title, beginning.byline, beginning.language) == (whole.title, whole.byline, whole.language)


def test_a_table_of_contents_is_known_by_what_comes_later(tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(_long(contents=True))
    begun: list[Story] = []
    whole = open_source(str(tmp_path / "lamp.txt"), begun=begun.append)
    assert isinstance(whole, Story)
    (beginning,) = begun
    assert "CHAPTER 80" not in [block.text for block in beginning.blocks]
    assert beginning.blocks == whole.blocks[: len(beginning.blocks)]


def test_several_books_of_project_gutenberg_in_one_file(tmp_path: Path) -> None:
    def book(title: str, text: str) -> str:
        name = f"OF THE PROJECT GUTENBERG EBOOK {title.upper()} ***"
        head = f"The Project Gutenberg eBook of {title}\n\nTitle: {title}\n\n*** START {name}\n\n"
        return f"{head}Produced by Ann.\n\n\n{text}\n\n\n*** END {name}\n\nThe licence is long.\n\n"

    story = read(tmp_path, book("Rain", "It fell all night.") + book("Snow", "It lay for days."))
    assert story.title == "Rain"
    assert [block.text for block in story.blocks] == ["Rain", "It fell all night.", "It lay for days."]


def test_notes_of_gutenberg_that_only_their_number_tells(tmp_path: Path) -> None:
    text = (
        "The Project Gutenberg eBook of The Tide\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE TIDE ***\n\n"
        "It was long.[1] It rained.\n\n[1] Or so\nthey say.\n\n[2] Not he.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK THE TIDE ***\n"
    )
    story = read(tmp_path, text)
    assert [block.text for block in story.blocks] == ["It was long. It rained.", "[2] Not he."]
    assert [note.text for note in story.notes] == ["Or so they say."]


def test_a_thousand_underlined_headings(tmp_path: Path) -> None:
    story = read(tmp_path, "It rained.\n\n" + "Rain\n====\n" * 1000 + "It snowed.\n")
    assert outline(story)[1:] == [("heading", 2, "Rain")] * 1000 + [("paragraph", 0, "It snowed.")]


def test_the_number_of_a_printed_page_takes_one_blank_with_it(tmp_path: Path) -> None:
    text = (
        "The Project Gutenberg eBook of Rain\n\n*** START OF THE PROJECT GUTENBERG EBOOK RAIN ***\n\n"
        "Then {12}it rained, and {13} rained, and re{14}mained so.\n\n*** END OF THE PROJECT GUTENBERG EBOOK RAIN ***\n"
    )
    assert read(tmp_path, text).blocks[-1].text == "Then it rained, and rained, and remained so."


def test_a_printed_page_goes_on_behind_one_that_only_has_a_number(tmp_path: Path) -> None:
    text = "The river rose\nin the\n\f2\n\fnight, and all\nwas still.\n"
    assert "The river rose in the night, and all was still." in [block.text for block in read(tmp_path, text).blocks]
