"""Spanish, French, Hindi, Italian and Portuguese, by espeak-ng, in the alphabet of the network."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from player.speech.engines.kokoro_engine.said import Said
from player.speech.espeak.phonemes import Clause, Phonemizer, Word
from player.speech.kit import Span, words

_TIE = "^"
_REPLACED = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("ə^ʊ", "Q"), ("s^s", "S"),
    ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), (_TIE, ""), ("-", ""),
)  # fmt: skip
"""Phonemes of two letters -> the single letters with which the network learnt them."""


class EspeakWords:
    """A language of espeak-ng. A Phonemes."""

    def __init__(self, language: str) -> None:
        """Load the voice of a language (BCP 47). Raises EngineError."""
        self._phonemizer = Phonemizer(language, tie=_TIE)

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        spans = words(text)
        found: list[Said] = []
        for clause in self._phonemizer.clauses(text):
            found += self._clause(text, spans, clause)
            if found:
                found[-1] = found[-1]._replace(blank="")
                found.append(Said(0, 0, clause.sign, " "))
        return found

    def _clause(self, text: str, spans: Sequence[Span], clause: Clause) -> Iterator[Said]:
        """Yield what is said of a clause, shared out among the written words."""
        index = -1
        phonemes: list[str] = []
        for word in clause.words:
            at = max(_word_at(spans, word), index)
            if at != index and phonemes:
                yield from self._shared(text, spans[index:at], phonemes)
                phonemes = []
            index = at
            phonemes.append(_replaced(word.phonemes))
        if phonemes:
            end = bisect_right(spans, clause.words[-1].end - 1, key=lambda span: span.start)
            yield from self._shared(text, spans[index : max(end, index + 1)], phonemes)

    def _shared(self, text: str, spans: Sequence[Span], phonemes: Sequence[str]) -> Iterator[Said]:
        """Yield phonemes of one or several written words: each gets its part by the length it has alone."""
        if len(spans) <= 1:
            start, end = spans[0] if spans else (0, 0)
            yield from (Said(start, end, one, " ") for one in phonemes)
            return
        together = " ".join(phonemes)
        lengths = [self._length(text[start:end]) for start, end in spans]
        whole, done, begin = sum(lengths) or 1, 0, 0
        for span, length in zip(spans, lengths, strict=True):
            done += length
            stop = round(done * len(together) / whole)
            if begin < stop:
                yield Said(*span, together[begin:stop], " " if stop == len(together) else "")
            begin = stop

    def _length(self, word: str) -> int:
        """Return the number of phonemes of a word said alone."""
        return sum(len(_replaced(said.phonemes)) for clause in self._phonemizer.clauses(word) for said in clause.words)


def _word_at(spans: Sequence[Span], word: Word) -> int:
    """Return the index of the written word that a spoken one touches, or of the one before."""
    i = max(bisect_right(spans, word.start, key=lambda span: span.start) - 1, 0)
    is_between = bool(spans) and word.start >= spans[i].end
    return i + 1 if is_between and i + 1 < len(spans) and spans[i + 1].start < word.end else i


def _replaced(phonemes: str) -> str:
    for old, new in _REPLACED:
        phonemes = phonemes.replace(old, new)
    return phonemes
