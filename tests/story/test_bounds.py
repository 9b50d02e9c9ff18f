"""What nobody writes, and programs do: it is read in time, or an error says that it is no story."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from player.errors import SourceError
from tests.story.reading import outline, read

SENTENCE = "The river rose in the night. "


def test_a_paragraph_longer_than_any_is_cut_after_sentences(tmp_path: Path) -> None:
    story = read(tmp_path, SENTENCE * 3_000)
    texts = [block.text for block in story.blocks]
    assert len(texts) > 1
    assert max(map(len, texts)) <= 20_000
    assert all(text.startswith("The river") and text.endswith("night.") for text in texts)
    assert " ".join(texts) == (SENTENCE * 3_000).strip()


def test_a_word_longer_than_any_is_cut_anywhere(tmp_path: Path) -> None:
    story = read(tmp_path, "a" * 50_000)
    assert [len(block.text) for block in story.blocks] == [20_000, 20_000, 10_000]


def test_a_list_item_longer_than_any_goes_on_as_text(tmp_path: Path) -> None:
    story = read(tmp_path, f"# A\n\n- {SENTENCE * 1_000}\n- And fell.\n", "a.md")
    assert [block[:2] for block in outline(story)[1:]] == [("list item", 1), ("paragraph", 0), ("list item", 1)]


def test_a_title_longer_than_any(tmp_path: Path) -> None:
    heading = "The river rose " * 10_000
    story = read(tmp_path, f"<title>{heading}</title><h1>{heading}!</h1><p>{SENTENCE * 20}</p>", "a.html")
    assert story.title.startswith("The river rose")
    assert len(story.title) <= 500
    assert SENTENCE * 20 in [f"{block.text} " for block in story.blocks]


@pytest.mark.parametrize("text", ["- a\n" * 100_000, "a\n\n" * 100_000, "> a\n" * 100_000])
def test_markdown_of_next_to_nothing_is_no_story(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=r"a\.md has \d+,000 lines"):
        read(tmp_path, text, "a.md")


def test_brackets_without_end_are_read_as_they_are(tmp_path: Path) -> None:
    story = read(tmp_path, f"# A\n\n{'[' * 200} *rose* `[x]`\n\nSee [it](b) [again](c).\n", "a.md")
    assert [block.text for block in story.blocks] == ["A", f"{'[' * 200} rose [x]", "See it again."]


def test_a_page_of_very_many_elements_is_read_whole(tmp_path: Path) -> None:
    story = read(tmp_path, "<title>A</title>" + "".join(f"<p>It rose {n} feet.</p>" for n in range(50_000)), "a.html")
    assert [block.text for block in story.blocks][-1] == "It rose 49999 feet."


def test_a_page_that_is_marked_as_furniture_itself(tmp_path: Path) -> None:
    story = read(tmp_path, f'<p>An entry.</p>\n\n<body class="toc"><p>{SENTENCE}</p>', "a.md")
    assert SENTENCE.strip() in [block.text for block in story.blocks]


@pytest.mark.parametrize("depth", [150, 300, 1_000])
def test_what_stands_behind_deep_nesting_is_read(tmp_path: Path, depth: int) -> None:
    body = f"<article><p>{SENTENCE * 20}</p>{'<div>' * depth}<p>It fell.</p>{'</div>' * depth}<p>{SENTENCE * 9}</p>"
    texts = [block.text for block in read(tmp_path, f"<title>A</title>{body}</article>", "a.html").blocks]
    assert texts[-1] == (SENTENCE * 9).strip()


def test_what_is_nested_too_deep_is_read_as_text(tmp_path: Path) -> None:
    inner = f"{'<div>' * 300}<p>It rose.</p><p>It fell.</p>{'</div>' * 300}"
    story = read(tmp_path, f"# A\n\n{inner}\n\nAgain.\n", "a.md")
    assert [block.text for block in story.blocks] == ["A", "It rose. It fell.", "Again."]


def test_a_page_of_frames_is_no_story(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path, "<p id='pg-header'></p><frameset><frame src='a'></frameset>" * 2, "a.html")


def test_a_page_whose_head_does_not_end_is_read(tmp_path: Path) -> None:
    notes = f'<p class="footnote">A note.</p><p>{SENTENCE}</p>'
    head = '<html><head><title>A</title><metahead><body><section id="pg-header"></section>'
    story = read(tmp_path, f"{head}<h1>A</h1><p>{SENTENCE}</p>{notes}</body></html>", "a.html")
    assert [block.text for block in story.blocks] == ["A", SENTENCE.strip(), SENTENCE.strip()]


def test_what_stands_behind_the_end_of_a_page_is_read(tmp_path: Path) -> None:
    text = f"# A\n\n<div>></html>\n{SENTENCE}\n</div>\n\n"
    assert SENTENCE.strip() in " ".join(block.text for block in read(tmp_path, text, "a.md").blocks)


def test_a_table_of_contents_of_thousands_of_chapters_is_left_out_at_once(tmp_path: Path) -> None:
    entries = "".join(f"Part {n} ..... {n}\n\n" for n in range(1, 9_999))
    began = time.process_time()
    story = read(tmp_path, f"Contents\nPart 0 .... 0\n\n{entries}It rose in the night.\n")
    assert time.process_time() - began < 10  # it was minutes
    assert [block.text for block in story.blocks] == ["It rose in the night."]
