"""What is said of a text: phonemes with the written words they belong to. All languages end in this form."""

from __future__ import annotations

from typing import NamedTuple, Protocol


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
        """False for punctuation."""
        return self.start < self.end


class Phonemes(Protocol):
    """Text to phonemes in one language."""

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        ...
