"""Which recogniser is shown which tokens: those that it asked for, so that plain prose costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from string import ascii_letters, digits

from player.utterance.spoken.numerals import beside
from player.utterance.spoken.readings import Propose, Reading, Recogniser
from player.utterance.spoken.recognisers import recognisers
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.vocabulary import vocabulary

_WORD = re.compile(r"[^\W0-9_\u0370-\u03ff]+|[\u0370-\u03ff]+")
_CAPITALS = re.compile(r"[A-Z]{2}|[A-Z][a-z]+\s[IVX]\b|\b[VX]\b")
"""Words in capitals, numerals among them."""
_STOPPED = re.compile(r"([^\W\d_]{1,24}+)\.")
"""Bounded: looked for at every letter of a word."""
_NOT_TELLING = dict.fromkeys(map(ord, f"{ascii_letters}{digits} "))
_INNER = re.compile(r"\w\.[a-z]")


def _is_rare(recogniser: Recogniser) -> bool:
    """Return True if its signs and words alone are worth reading a text for."""
    return not (recogniser.with_number or recogniser.needs or recogniser.inner)


def _asked(recogniser: Recogniser, code: str) -> set[str]:
    """Return the signs and words that a recogniser asks to see."""
    return {*recogniser.signs, *(recogniser.words(vocabulary(code)) if recogniser.words else ())}


def _needed(recogniser: Recogniser, code: str) -> Iterable[str]:
    """Return the pieces of text of which a recogniser needs one."""
    return recogniser.needs(vocabulary(code)) if callable(recogniser.needs) else recogniser.needs


def _by_telling_sign(pieces: frozenset[str]) -> Mapping[str, list[str]]:
    """Return {sign: pieces of text that have it}: a text without the sign need not be searched for them. A piece that
    contains another one is left out, because the other is found wherever it is."""
    found: dict[str, list[str]] = {}
    for piece in sorted(pieces):
        if not any(other in piece for other in pieces - {piece}):
            signs = piece.translate(_NOT_TELLING)
            found.setdefault(signs[:1] or piece.strip()[0], []).append(piece)
    return found


class Audience:
    """The recognisers of one language, by what they ask to see."""

    def __init__(self, code: str) -> None:
        served = recognisers(code)
        by_text: dict[str, list[Propose]] = {}
        for recogniser in served:
            for text in _asked(recogniser, code):
                by_text.setdefault(text, []).append(recogniser.propose)
        by_stopped: dict[str, list[Propose]] = {}
        for recogniser in served:
            for text in recogniser.stopped(vocabulary(code)) if recogniser.stopped else ():
                by_stopped.setdefault(text, []).append(recogniser.propose)
        self.by_stopped: Mapping[str, tuple[Propose, ...]] = {text: tuple(those) for text, those in by_stopped.items()}
        self.numerals = tuple((recogniser.numerals, recogniser.propose) for recogniser in served if recogniser.numerals)
        self.numbered = cache(self._numbered)
        self.worded = lru_cache(maxsize=8192)(self._worded)
        self.capitals = tuple(recogniser.propose for recogniser in served if recogniser.capitals)
        self.by_text: Mapping[str, tuple[Propose, ...]] = {text: tuple(those) for text, those in by_text.items()}

        wanted = {text for recogniser in served if _is_rare(recogniser) for text in _asked(recogniser, code)}
        signs = {sign for recogniser in served for sign in recogniser.signs}
        self._words = frozenset(text for text in wanted - signs if text[0].isalpha())
        self._pieces = _by_telling_sign(frozenset(piece for one in served for piece in _needed(one, code)))
        self._opening = tuple(sign for recogniser in served for sign in recogniser.opens)
        self._inner = any(recogniser.inner for recogniser in served)
        self._signs = frozenset((wanted - self._words) | (set("0123456789") if self.numerals else set()))

    def is_interested(self, text: str) -> bool:
        """Return True if there may be a reading in a text: a quick look, 0.05 s for a million characters."""
        present = set(text)
        if not self._signs.isdisjoint(present) or (self.capitals and _CAPITALS.search(text)):
            return True
        if text.startswith(self._opening):
            return True
        for sign in self._pieces.keys() & present:
            for piece in self._pieces[sign]:
                if piece in text:
                    return True
        small = text.lower()
        if not self.by_stopped.keys().isdisjoint(_STOPPED.findall(small)) or (self._inner and _INNER.search(text)):
            return True
        return not self._words.isdisjoint(_WORD.findall(small))

    def _numbered(self, bits: int) -> tuple[Propose, ...]:
        """Return the recognisers that are shown a numeral with one of these features."""
        return tuple(propose for wanted, propose in self.numerals if wanted & bits)

    def _worded(self, word: str) -> tuple[Propose, ...]:
        """Return the recognisers that are shown a word, whatever is behind it."""
        asked = self.by_text.get(word.lower(), ())
        return asked + self.capitals if word[:2].isupper() else asked

    def readings(self, tokens: Tokens) -> Iterator[Reading]:
        """Yield all that is proposed for a text."""
        numbered, worded, by_text, by_stopped = self.numbered, self.worded, self.by_text, self.by_stopped
        for index, (kind, _, _, text) in enumerate(tokens.items):
            if kind is Kind.SPACE:
                continue
            if kind is Kind.WORD:
                asked = worded(text)
            elif kind is Kind.NUMERAL:
                asked = numbered(beside(tokens, index))
            else:
                asked = by_text.get(text, ())
                if text == ".":
                    for propose in by_stopped.get(tokens.word(index - 1), ()):
                        yield from propose(tokens, index - 1)
            for propose in asked:
                yield from propose(tokens, index)


@cache
def audience(code: str) -> Audience:
    """Return the recognisers of a language, by the code of its vocabulary."""
    return Audience(code)
