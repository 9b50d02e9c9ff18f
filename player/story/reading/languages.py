"""Languages of blocks, and of words in them, as the source marks them."""

from __future__ import annotations

from dataclasses import replace

from player.story.language import same_language
from player.story.model import Block


def in_story_of(language: str, block: Block) -> Block:
    """Return a block for a story in `language`: marked spans of that language are dropped.

    A block whose words are all marked as one language is in that language as a whole.
    """
    spans = block.languages
    if not spans:
        return block
    one = all(same_language(span.language, spans[0].language) for span in spans)
    whole = spans[0].language if one and not _says_more(block) else language
    return replace(
        block,
        language=None if same_language(whole, language) else whole,
        languages=tuple(span for span in spans if not same_language(span.language, whole)),
    )


def _says_more(block: Block) -> bool:
    """Return True if there are words outside the spans."""
    end = 0
    for span in block.languages:
        if any(map(str.isalnum, block.text[end : span.start])):
            return True
        end = span.end
    return any(map(str.isalnum, block.text[end:]))
