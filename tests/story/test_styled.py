"""Bold words and links, found again in the finished text."""

from __future__ import annotations

from player.story.model import Block, BlockKind
from player.story.reading.blocks.styled import StyledParagraph, with_styles


def _linked(text: str, word: str, address: str) -> StyledParagraph:
    made = StyledParagraph()
    before, after = text.split(word)
    made.add(before)
    begun = made.length
    made.add(word)
    made.end(begun, "link", address)
    made.add(after)
    return made


def test_a_link_stands_in_its_own_paragraph_not_in_one_that_begins_alike() -> None:
    texts = ["The oil of the lamp was dear in June.", "The oil of the lamp was dear in July."]
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    first, second = with_styles(blocks, [_linked(texts[1], "dear", "https://example.org/july")])
    assert not first.styled
    (link,) = second.styled
    assert (texts[1][link.start : link.end], link.address) == ("dear", "https://example.org/july")


def test_of_paragraphs_with_the_same_words_the_one_that_was_linked_is() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, "It was dear.") for _ in range(3)]
    plain = StyledParagraph()
    plain.add("It was dear.")
    linked = _linked("It was dear.", "dear", "https://example.org")
    assert [bool(block.styled) for block in with_styles(blocks, [plain, linked, plain])] == [False, True, False]
