from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from player.story.model import Block, BlockKind
from player.story.text import clean
from player.tui.transcript.layout import Layout, Line
from player.tui.transcript.wrap import clusters, is_narrow, wrap

pytestmark = pytest.mark.quick

_ALPHABET = (
    "aaabc déß—“”.,- " + "夜の港、。「」한글" + "e\u0301" + "\U0001f469\u200d\U0001f680" + "\u2764\ufe0f" + "नमस्ते"
)
_TEXT = st.text(alphabet=_ALPHABET, min_size=1, max_size=200).map(clean).filter(bool)  # as blocks are
_BLOCK = st.builds(Block, st.sampled_from(list(BlockKind)), _TEXT, st.integers(0, 3))
_WIDTH = st.integers(14, 90)


@given(_TEXT, st.integers(2, 40))
def test_every_character_is_on_exactly_one_line_and_lines_fit(text: str, width: int) -> None:
    starts = list(wrap(text, width))
    assert starts[0] == 0
    assert starts == sorted(set(starts)) and starts[-1] < len(text)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        assert cell_len(text[start:end].rstrip()) <= width


@given(
    st.text(alphabet="ab -’é", min_size=1, max_size=300).map(lambda t: " ".join(t.split())).filter(bool),
    st.integers(2, 40),
)
def test_words_are_broken_only_when_longer_than_a_line(text: str, width: int) -> None:
    assert is_narrow(text)
    starts = wrap(text, width)
    for start in starts[1:]:
        if text[start - 1] != " ":
            word = text[text.rfind(" ", 0, start) + 1 :].split(" ", maxsplit=1)[0]
            assert len(word) > width


@given(_TEXT)
def test_clusters_tile_the_text_and_measure_as_the_terminal_does(text: str) -> None:
    found = list(clusters(text))
    assert "".join(text[a:b] for a, b, _ in found) == text
    assert all(cells <= 2 for _, _, cells in found)


@given(st.lists(_BLOCK, min_size=1, max_size=8), _WIDTH)
def test_places_and_cells_are_each_others_inverse(blocks: list[Block], width: int) -> None:
    page = Layout(blocks, width)
    for block, content in enumerate(blocks):
        for first, last, cells in clusters(content.text):
            x, y = page.locate(block, first)
            line = page.line_at(y)
            assert line is not None and line.block == block
            start, end = page.extent(line)
            assert start <= first < end
            if cells:
                assert page.character_at(x, y) == (block, first)
                assert page.character_at(x + cells - 1, y) == (block, first)
            for inside in range(first, last):
                assert page.locate(block, inside) == (x, y)


@given(st.lists(_BLOCK, min_size=1, max_size=12), _WIDTH, st.randoms())
def test_every_line_of_the_page_is_one_line_of_one_block(blocks: list[Block], width: int, random) -> None:  # type: ignore[no-untyped-def]
    page = Layout(blocks, width)
    for y in random.sample(range(page.height), min(page.height, 5)):
        page.line_at(y)  # in any order, as a reader who jumps about would have them broken
    assert page.settle(60)
    lines = [line for y in range(page.height) if (line := page.line_at(y)) is not None]
    assert lines == [Line(b, n) for b in range(len(blocks)) for n in range(len(page.lines(b)))]
    assert [page.y(line) for line in lines] == sorted({page.y(line) for line in lines})
    assert page.line_at(-1) is None and page.line_at(page.height) is None
    assert page.height == page.y(lines[-1]) + 2


def test_heights_not_yet_known_are_about_right() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, f"Some words {'more of them ' * (i % 30)}and an end.") for i in range(500)]
    page = Layout(blocks, 80)
    guessed = page.height
    page.settle(60)
    assert abs(guessed - page.height) < 0.05 * page.height
