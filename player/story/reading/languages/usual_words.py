"""A language's commonest words, by which most text is known to be in it without asking a model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from player.story.language import guess, is_latin, letters_of
from player.story.language_tag import same_language
from player.story.model import Block

_ENGLISH_WORDS = """
    the and of to that it with his for was not but this have from had they which you were their there would who been
    what when she her him your are is in i a he as be at on by all one or if out up do an my we so no me said
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ONLY_ENGLISH_WORDS = """
    the and that with this which were their there would been they from not have you his but who she into about could
    than them these said after its other more some only very how why shall should never first through where too our yes
    know think again against always another around asked away because before being between both each every everything
    going herself himself itself knew looked might much myself nothing people something though thought told took until
    upon went what when while whose within without years your then those here down again many cannot won done
"""
_ONLY_ENGLISH = frozenset(_ONLY_ENGLISH_WORDS.split())
"""Common words that no other language has among its own."""
_ONLY_SHARE = 0.08
"""Share of those by which a text is known to be English: the model, asked about half of a book's, takes a second."""
_USUAL_SHARE = 0.25
"""Share of the commonest words by which a text is known to be in their language."""
_PASSAGE_SHARE = 0.4
"""The same for a passage: "no lo sé, pero voy a preguntarlo" has two words that are common in English as well."""
_CLEAR_SHARE = 0.12
"""Share of the words of no other language by which a story of no declared language is known to be English, without
loading the model (0.05 s)."""
_FEWEST = 2
_LEARNT = 80
_LEARNT_FROM = 100
"""Blocks from which the commonest words of a story are learnt."""
_LONG, _LOOKED_AT = 40, 400
"""Letters of a block from which words are learnt, and characters of it that the model is asked about."""
_SAMPLE = 60
"""Blocks that tell a story's script."""
_WORD = re.compile(r"[^\W\d_]+")


class Own(NamedTuple):
    """The language of a story, and how it is recognised."""

    language: str
    """BCP 47."""
    usual: frozenset[str]
    """Its commonest words."""
    only: frozenset[str]
    """Those that no other language has; none where they are not known."""
    latin: bool
    """True if the story is written in Latin letters."""

    def is_usual(self, text: str) -> bool:
        """Return True if the commonest words show that a text is in this language."""
        words = text.lower().split()
        return _has(words, self.only, _ONLY_SHARE) or _has(words, self.usual, _USUAL_SHARE)

    def is_usual_passage(self, text: str) -> bool:
        """Return True if the words of a passage are common in this language, or one of them is in no other."""
        words = text.lower().split()
        return not self.only.isdisjoint(words) or _has(words, self.usual, _PASSAGE_SHARE)


def is_english(text: str) -> bool:
    """Return True if a quarter of the words are among the commonest English ones."""
    return _has(text.lower().split(), _ENGLISH, _USUAL_SHARE)


def is_clearly_english(text: str) -> bool:
    """Return True if a good part of the words are English ones that no other language has."""
    return _has(text.lower().split(), _ONLY_ENGLISH, _CLEAR_SHARE)


def own_language(blocks: Sequence[Block], language: str) -> Own:
    """Return how the language of a story is recognised."""
    latin = is_latin(" ".join(block.text for block in blocks[:_SAMPLE]))
    if same_language(language, "en"):
        return Own(language, _ENGLISH, _ONLY_ENGLISH, latin)
    return Own(language, _learnt(blocks, language), frozenset(), latin)


def _learnt(blocks: Sequence[Block], language: str) -> frozenset[str]:
    """Return the commonest words of the first blocks that are in a language."""
    long = (block.text for block in blocks if letters_of(block.text[:_LOOKED_AT]) >= _LONG)
    own = (text for text in islice(long, _LEARNT_FROM) if same_language(guess(text[:_LOOKED_AT]).language, language))
    found = Counter(word for text in own for word in _WORD.findall(text.lower()))
    return frozenset(word for word, _ in found.most_common(_LEARNT))


def _has(words: Sequence[str], some: frozenset[str], share: float) -> bool:
    """Return True if a share of the words, and two at least, are among some."""
    found = sum(map(some.__contains__, words))
    return found >= share * len(words) and found >= min(_FEWEST, len(words)) > 0
