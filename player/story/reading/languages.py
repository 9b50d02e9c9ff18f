"""Languages of a story and of its blocks: as the source marks them, else as detected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from player.story.language import alike, detect, guess, is_guessed, is_latin, letters_of
from player.story.language_tag import same_language
from player.story.model import Block, BlockKind

_SAMPLE = 60
"""Blocks that tell the language of a story."""
_ENOUGH = 400
"""Letters that tell it better than the source, whose template or program may have another language than its text."""
_LONG, _LONG_IN_ANOTHER_SCRIPT = 40, 12
"""Letters of a block whose language is detected; a name or a title looks like any language."""
_SURE = 0.8
"""Share of one language in the guesses. Of 15,000 English paragraphs with 13 taken for another language, which were all
French or German for the most part, 1,875 of 2,179 in 40 other languages were found, and none was wrong."""
_GLANCED_AT, _LOOKED_AT = 160, 400
"""Characters of a block: the model takes 1.5 ms for 1,000."""
_ENGLISH_WORDS = """
    the and of to that it with his for was not but this have from had they which you were their there would who been
    what when she her him your are is in i a he as be at on by all one or if out up do an my we so no me said
"""
_USUAL_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ONLY_ENGLISH_WORDS = """
    the and that with this which were their there would been they from not have you his but who she into about could
    than them these said after its other more some
"""
_ONLY_ENGLISH = frozenset(_ONLY_ENGLISH_WORDS.split())
"""Common words that no other language has among its own."""
_ONLY_SHARE = 0.08
"""Share of those by which a block is known to be English: the model, asked about half of a book's, takes a second."""
_USUAL_SHARE = 0.25
"""Share of a story's most usual words, by which a block is known to be in its language without asking the model."""
_TWO = 2
_USUAL = 80
_LEARNT_FROM = 100
"""Blocks from which the usual words of a story are learnt."""
_WORD = re.compile(r"[^\W\d_]+")


def story_language(blocks: Sequence[Block], declared: str) -> str:
    """Return the language of a story: as declared, unless its text is clearly in another one; "" when none is clear."""
    sample = " ".join(block.text for block in blocks[:_SAMPLE])
    if not declared:
        return detect(sample)
    if letters_of(sample) < _ENOUGH or (same_language(declared, "en") and _is_usual(sample, _USUAL_ENGLISH)):
        return declared
    found = guess(sample[: 10 * _LOOKED_AT])
    wrong = found.share >= _SURE and is_guessed(declared) and not alike(found.language, declared)
    return found.language if wrong else declared


def with_languages(blocks: Sequence[Block], language: str) -> list[Block]:
    """Return the blocks of a story in `language`, each with its own where that is another one."""
    marked = [_marked(block, language) for block in blocks]
    if not language:
        return marked
    usual = _USUAL_ENGLISH if same_language(language, "en") else _usual_words(marked, language)
    only = _ONLY_ENGLISH if same_language(language, "en") else frozenset()
    whole = _Whole(language, usual, only, is_latin(" ".join(block.text for block in marked[:_SAMPLE])))
    return [_detected(block, whole) for block in marked]


class _Whole(NamedTuple):
    """What is known of a story's language."""

    language: str
    usual: frozenset[str]
    """Its commonest words."""
    only: frozenset[str]
    """Those that no other language has; none where they are not known."""
    latin: bool
    """True if it is written in Latin letters."""


def _usual_words(blocks: Iterable[Block], language: str) -> frozenset[str]:
    """Return the commonest words of the first blocks that are in a language."""
    long = (block.text for block in blocks if letters_of(block.text[:_LOOKED_AT]) >= _LONG)
    own = (text for text in islice(long, _LEARNT_FROM) if same_language(guess(text[:_LOOKED_AT]).language, language))
    found = Counter(word for text in own for word in _WORD.findall(text.lower()))
    return frozenset(word for word, _ in found.most_common(_USUAL))


def _detected(block: Block, whole: _Whole) -> Block:
    """Return a block in its language, where it is clearly not in that of the story, and nothing is marked."""
    if block.language or block.languages or block.kind is BlockKind.HEADING:
        return block
    glanced = block.text[:_GLANCED_AT]
    if _is_usual(glanced, whole.usual) or _is_usual(glanced, whole.only, _ONLY_SHARE):
        return block
    text = block.text[:_LOOKED_AT]
    letters = letters_of(text)
    if letters < _LONG and (letters < _LONG_IN_ANOTHER_SCRIPT or is_latin(text) == whole.latin):
        return block
    found = guess(text)
    if found.share < _SURE or alike(found.language, whole.language) or not is_guessed(whole.language):
        return block
    return replace(block, language=found.language)


def _is_usual(text: str, usual: frozenset[str], share: float = _USUAL_SHARE) -> bool:
    """Return True if a share of the words, and two at least, are among the usual ones."""
    words = text.lower().split()
    found = sum(map(usual.__contains__, words))
    return found >= share * len(words) and found >= min(_TWO, len(words)) > 0


def _marked(block: Block, language: str) -> Block:
    """Return a block of a story in `language`: of the languages that are marked in it those that are another one.

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
