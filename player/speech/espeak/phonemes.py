"""Text to phonemes by espeak-ng: IPA with stress, word by word, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from player.errors import EngineError
from player.speech.espeak.library import Event, Library
from player.utterance.manner import PHONEMES

_SWITCH = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9]+)*\)")
"""Marks of a change of language, as in "(en)wˈiːkˈɛnd(fr)"."""
_GIVEN = re.compile("{}([^{}]+){}".format(PHONEMES[0], "".join(PHONEMES), PHONEMES[1]))
"""Phonemes in a text, in place of a word."""
_SIGNS = {
    ".": ".", "!": "!", "?": "?", ",": ",", ";": ";", ":": ":", "…": ".",
    "。": ".", "！": "!", "？": "?", "，": ",", "、": ",", "；": ";", "：": ":",
    "،": ",", "؛": ";", "؟": "?", "۔": ".", "।": ".", "॥": ".", "՞": "?", "։": ".", "·": ";",
}  # fmt: skip
"""Punctuation of any script -> the sign with which the clause ends."""


class Word(NamedTuple):
    """A word as espeak-ng says it: written characters [start, end), and their phonemes."""

    start: int
    end: int
    """Several written words may be said as one ("of the"), and several said words come from one ("U.S.", "1990")."""
    phonemes: str
    """IPA with stress marks, such as "ˈɪŋɡlɪʃ"."""


class Clause(NamedTuple):
    """What is said in one breath."""

    words: tuple[Word, ...]
    sign: str
    """How it ends, one of . , ; : ! ?"""


class Phonemizer:
    """Phonemes of one language. One a process."""

    def __init__(self, language: str, *, tie: str = "") -> None:
        """`language` as espeak-ng or a story has it ("en-us", "pt-BR"); `tie` joins the letters of one phoneme.

        Raises EngineError for a language that espeak-ng lacks.
        """
        self._library = Library()
        self._tie = tie
        identifier = self._library.identifier(language)
        if not identifier:
            raise EngineError(f"espeak-ng does not know the language {language!r}")
        self._library.choose(identifier)
        self.version = f"espeak-ng {self._library.version}"

    def clauses(self, text: str) -> list[Clause]:
        """Return the clauses of a text that are said, in order, with all of their words.

        Phonemes that stand in the text (`Reads.IPA`) are a word of their own, as they are.
        """
        given = list(_GIVEN.finditer(text))
        # In their place espeak-ng is given a word as long, so that all others keep their places.
        clauses = self._clauses(_GIVEN.sub(lambda match: "m" + "a" * (len(match[0]) - 1), text))
        return [clause._replace(words=_with_given(clause.words, given)) for clause in clauses] if given else clauses

    def _clauses(self, text: str) -> list[Clause]:
        timed = [spoken for clause in self._library.speak(text).clauses if (spoken := _said(clause))]
        given = self._library.phonemes(text, self._tie)
        if not timed or not given:
            return []
        if len(timed) != len(given):
            timed, given = [[e for c in timed for e in c]], [[w for c in given for w in c]]
        ends = [clause[0].start for clause in timed[1:]] + [len(text)]
        return [
            Clause(tuple(_paired(clause, words)), _sign(text, clause[-1], end, is_last=end == len(text)))
            for clause, words, end in zip(timed, given, ends, strict=True)
        ]


def _with_given(words: Sequence[Word], given: Sequence[re.Match[str]]) -> tuple[Word, ...]:
    """Return the words, with given phonemes in place of those that stand for them."""
    found: list[Word] = []
    for word in words:
        i = bisect_right(given, word.start, key=lambda match: match.start()) - 1
        if i < 0 or word.start >= given[i].end():
            found.append(word)
            continue
        start, end = given[i].span()
        if not found or found[-1].start < start:
            found.append(Word(start, end, given[i][1]))
    return tuple(found)


def _said(clause: Sequence[Event]) -> list[Event]:
    return [event for event in clause if not event.silent]


def _paired(events: Sequence[Event], given: Sequence[str]) -> list[Word]:
    """Return the phonemes with their places; in the rare case that there are more or fewer, by their order."""
    count = len(events)
    words = []
    for i, phonemes in enumerate(given):
        event = events[min(i * count // max(len(given), count), count - 1)] if len(given) != count else events[i]
        plain = _SWITCH.sub("", phonemes)
        if plain:
            words.append(Word(event.start, event.start + event.length, plain))
    return words


def _sign(text: str, last: Event, end: int, *, is_last: bool) -> str:
    """Return the sign with which a clause ends: the first behind its last word, else a comma, or a stop at the end."""
    behind = text[last.start + max(last.length, 1) : end]
    found = [_SIGNS[c] for c in behind if c in _SIGNS]
    strong = [sign for sign in found if sign in "!?"]
    return (strong or found or [("." if is_last else ",")])[0]
