"""What the package's phonemes lack: the letter "a", which it takes for the article, words that it stresses wrong, and
a breath before a subject and behind a state."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from player.speech.english.ipa import VOWELS

_ARTICLE, _LETTER_A = "ɐ", "ˈA"
"""Phonemes of "a"."""
_STRESS = "ˈˌ"
_STOPS = ".,;:!?)"
_CAPITAL = re.compile(r"[A-Z]\.?")
_OPENING_SIGNS = "“\"'‘("
_LONGEST_OPENING = 10
"""Words before the subject: "In the first half of the year 2005"."""
_LONGEST_STATE = 2
"""Words in the name of a state."""
_DATA = Path(__file__).with_suffix(".toml")


class Piece(NamedTuple):
    """A word or sign of normalised text."""

    text: str
    """Empty for a breath that nobody wrote."""
    phonemes: str
    blanks: str
    """White space after it."""


def corrected(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with what is missing."""
    words = _table("words")
    said = [piece._replace(phonemes=words.get(piece.text.lower(), piece.phonemes)) for piece in pieces]
    return _with_breath_behind_state(_with_breath(_with_letters(said)))


def _with_letters(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with "a" said as the letter where it cannot be the article: "a or b", "the letter a."."""
    return [
        piece._replace(phonemes=_LETTER_A) if piece.phonemes == _ARTICLE and _is_letter(pieces, i) else piece
        for i, piece in enumerate(pieces)
    ]


def _is_letter(pieces: list[Piece], index: int) -> bool:
    """Return True for an "a" before a vowel, the end or a stop, and an "A" before another letter ("A C"); not for a
    hesitation: "a... a book"."""
    following = "".join(piece.phonemes for piece in pieces[index + 1 : index + 3])
    if pieces[index].text not in ("a", "A") or following[1:2] == _ARTICLE or following[:2] == "..":
        return False
    sounds = following.lstrip(_STRESS)
    spelled = pieces[index].text == "A" and any(_CAPITAL.fullmatch(piece.text) for piece in pieces[index + 1 :][:1])
    return spelled or not sounds or sounds[0] in _STOPS or sounds[0] in VOWELS


def _with_breath(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with a pause after an opening that ends in a number: "In 1999 it fell." was heard as "at
    fel"."""
    openings, subjects = _words("openings"), _words("subjects")
    if not pieces or pieces[0].text.lstrip(_OPENING_SIGNS).lower() not in openings:
        return pieces
    for i in range(2, min(len(pieces), _LONGEST_OPENING)):
        if pieces[i].text in subjects:
            before = pieces[i - 1]
            breath = [before._replace(blanks=""), Piece("", ",", before.blanks)]
            return [*pieces[: i - 1], *breath, *pieces[i:]] if _is_number(before.text) else pieces
    return pieces


def _with_breath_behind_state(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with the pause that belongs behind a state, "San Jose, California in May", which was heard as
    "California and May"."""
    breathed: list[Piece] = []
    for i, piece in enumerate(pieces):
        following = pieces[i + 1].text if i + 1 < len(pieces) else ""
        if following in _words("behind_states") and piece.text.istitle() and _is_state(pieces, i):
            breathed += [piece._replace(blanks=""), Piece("", ",", piece.blanks)]
        else:
            breathed.append(piece)
    return breathed


def _is_state(pieces: list[Piece], index: int) -> bool:
    """Return True for a state that a comma is before: "Gary, Indiana", "Albany, New York"."""
    for words in range(1, _LONGEST_STATE + 1):
        first = index - words
        if first > 0 and pieces[first].text == ",":
            return " ".join(piece.text for piece in pieces[first + 1 : index + 1]) in _states()
    return False


@cache
def _states() -> frozenset[str]:
    """Names of states."""
    from player.utterance.spoken.vocabulary import vocabulary  # as above

    return frozenset(vocabulary("en").table("states", "codes").values())


def _is_number(word: str) -> bool:
    return any(map(str.isdecimal, word)) or word.lower() in _number_words()


@cache
def _number_words() -> frozenset[str]:
    """Words that numbers and their ordinals end in."""
    # What is said for what is written: nothing else here needs it.
    from player.utterance.spoken.speakers.english.number_words import ordinal, two_digits

    return frozenset(word(number) for number in range(1, 100) for word in (two_digits, ordinal))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(tomllib.loads(_DATA.read_text("utf-8"))[name].split())


@cache
def _table(name: str) -> Mapping[str, str]:
    table: dict[str, str] = tomllib.loads(_DATA.read_text("utf-8"))[name]
    return table
