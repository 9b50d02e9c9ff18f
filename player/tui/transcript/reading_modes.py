"""The ways to read along: what the screen marks of the text while it is heard."""

from __future__ import annotations

from enum import StrEnum


class ReadingMode(StrEnum):
    """What is marked. The values are shown to people, and kept as a habit."""

    BOTH = "word and sentence"
    SENTENCE = "sentence"
    WORD = "word"
    NOTHING = "no marks"
    FOCUS = "focus"
    """Word and sentence, and all other paragraphs dimmed."""
    ONE_WORD = "one word"
    """One word at a time in large letters, in place of the text."""

    @classmethod
    def named(cls, name: str | None) -> ReadingMode:
        """Return the mode of a name; BOTH for any other name."""
        return next((mode for mode in cls if mode.value == name), cls.BOTH)

    @property
    def following(self) -> ReadingMode:
        """The next mode, for a key that goes through all."""
        every = list(ReadingMode)
        return every[(every.index(self) + 1) % len(every)]

    @property
    def marks_sentence(self) -> bool:
        """True if the sentence is lit."""
        return self in (ReadingMode.BOTH, ReadingMode.SENTENCE, ReadingMode.FOCUS)

    @property
    def marks_word(self) -> bool:
        """True if the word is highlighted."""
        return self in (ReadingMode.BOTH, ReadingMode.WORD, ReadingMode.FOCUS)
