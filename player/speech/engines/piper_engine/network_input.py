"""Phonemes as the numbers that a voice's network takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from player.speech.engines.piper_engine.voice_files import VoiceFile
from player.speech.espeak.phonemes import Clause, Word
from player.speech.kit import words

_BLANK, _BEGIN, _END = "_", "^", "$"


class Place(NamedTuple):
    """A said word: its characters in the text, and the numbers [first, last) that stand for it."""

    start: int
    length: int
    first: int
    last: int


class Input:
    """The input of one pass: a begin, phonemes with a blank behind each, and an end."""

    def __init__(self, voice: VoiceFile) -> None:
        self._voice = voice
        blank = voice.ids[_BLANK]
        self.ids = [*voice.ids[_BEGIN], *blank]
        self.words: list[Place] = []
        self.is_sentence = False
        """True if it ends with a sentence."""

    @property
    def is_said(self) -> bool:
        """True if there is a word with a phoneme that the voice knows."""
        return any(word.first < word.last for word in self.words)

    def add(self, clause: Clause) -> None:
        """Append a clause: its words, and the sign with which it ends."""
        for word in clause.words:
            if self.words:
                self._append(" ")
            first = len(self.ids)
            for phoneme in unicodedata.normalize("NFD", word.phonemes):
                for letter in self._voice.renamed.get(phoneme, phoneme):
                    self._append(letter)
            if first < len(self.ids):
                self.words.append(Place(word.start, word.end - word.start, first, len(self.ids)))
        self._append(clause.sign)
        self.is_sentence = clause.sign in ".!?"

    def whole(self) -> list[int]:
        """Return the input with its end."""
        return [*self.ids, *self._voice.ids[_END]]

    def _append(self, phoneme: str) -> None:
        """Append a phoneme; one that the voice does not know is left out."""
        numbers = self._voice.ids.get(phoneme)
        if numbers:
            self.ids += (*numbers, *self._voice.ids[_BLANK])


def spelled(text: str) -> Iterator[Clause]:
    """Yield the one clause of a text whose letters are its phonemes, as some voices have it."""
    found = words(text)
    if found:
        sign = next((c for c in text[found[-1].end :] if c in ".!?"), ".")
        yield Clause(tuple(Word(s.start, s.end, text[s.start : s.end].lower()) for s in found), sign)
