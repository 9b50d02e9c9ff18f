"""What is said of a text: phonemes with the written words they belong to. All languages end in this form."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

from player.utterance.manner import PHONEMES

SIGNS = dict(zip("。．！？，、；：—….!?,;:（）()《》「」『』【】“”", "..!?,,;:—….!?,;:()()“”“”“”“”“”", strict=True))
"""Punctuation of Chinese and Japanese -> the network's."""
_OPENING = "(“"
_GIVEN = re.compile("{}([^{}]+){}".format(PHONEMES[0], "".join(PHONEMES), PHONEMES[1]))


class Said(NamedTuple):
    """Phonemes of one written word, of a part of it, or of several that cannot be told apart."""

    start: int
    end: int
    """Written characters [start, end); an empty span for a sign, which is not a word."""
    phonemes: str
    """In the network's alphabet."""
    blank: str = ""
    """White space behind it."""

    @property
    def is_word(self) -> bool:
        """True for a word, False for punctuation."""
        return self.start < self.end


class Phonemes(Protocol):
    """Text to phonemes in one language."""

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        ...


class BesideIpa:
    """Phonemes of a language, beside those that stand in the text (`Reads.IPA`). A Phonemes."""

    def __init__(self, language: Phonemes) -> None:
        """`language` is given only what is written."""
        self._language = language

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        found: list[Said] = []
        begin = 0
        for given in _GIVEN.finditer(text):
            found += self._plain(text, begin, given.start())
            found.append(Said(*given.span(1), given[1], " "))
            begin = given.end()
        return found + self._plain(text, begin, len(text))

    def _plain(self, text: str, begin: int, end: int) -> list[Said]:
        part = text[begin:end]
        said = self._language.said(part) if part.strip() else []
        return [one._replace(start=begin + one.start, end=begin + one.end) if one.is_word else one for one in said]


def add_sign(said: list[Said], sign: str) -> None:
    """Add a sign of the network's: behind the word, or with an opening one before the next."""
    if sign in _OPENING:
        said.append(Said(0, 0, sign))
    else:
        if said:
            said[-1] = said[-1]._replace(blank="")
        said.append(Said(0, 0, sign, " "))


def places(text: str, spelled: str) -> list[tuple[int, int]]:
    """Return the written characters [start, end) of each character of the text as it is spelled out."""
    found: list[tuple[int, int]] = []
    for kind, start, end, first, last in SequenceMatcher(None, text, spelled, autojunk=False).get_opcodes():
        if kind == "equal":
            found += ((start + i, start + i + 1) for i in range(last - first))
        else:
            found += [(start, end)] * (last - first)
    return found
