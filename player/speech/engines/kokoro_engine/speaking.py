"""From phonemes to sound with the time of each word, in as many passes of the network as they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from player.speech.engines.kokoro_engine.onsets import Onsets, moved
from player.speech.engines.kokoro_engine.said import Said
from player.speech.kit import Speech, WordMark, finish
from player.speech.network import Network

RATE = 24_000
_FRAME = 600
"""Samples per unit of the durations."""
_LATE = 1_200
"""Samples (50 ms) by which the durations lag behind running speech, as with hibari, which learnt from this network."""
_MOST_TOKENS = 509
"""Phonemes, signs and blanks of one pass, by the length of the style tables."""
_PAUSE = 0.15
"""Seconds of silence between two passes, where the text has a sign."""


class _Place(NamedTuple):
    """Where written characters [start, end) are among the ids."""

    start: int
    end: int
    first: int
    last: int
    """Behind the last id."""
    follows_pause: bool
    """True for the first word, and behind a sign."""


class Speaker:
    """The network with one voice's styles."""

    def __init__(self, network: Network, styles: Any, vocabulary: Mapping[str, int]) -> None:
        """`styles` as from `styles.table`."""
        self._network = network
        self._styles = styles
        self._vocabulary = vocabulary

    def speak(self, said: Sequence[Said], text: str) -> Speech:
        """Return the speech of what is said for a text. Raises Unspeakable when there is nothing to be heard."""
        pcm = b""
        marks: list[WordMark] = []
        for batch in _batches([*_cut(said)]):
            speech = self._pass(batch, text)
            if pcm and speech.pcm:
                pcm += bytes(2 * round(_PAUSE * RATE))
            shift = len(pcm) // 2
            marks += (m._replace(first=m.first + shift, last=m.last + shift) for m in speech.marks)
            pcm += speech.pcm
        return Speech(pcm, RATE, tuple(_joined(marks)))

    def _pass(self, said: Sequence[Said], text: str) -> Speech:
        """Return the speech of one pass."""
        import numpy as np

        ids, places = self._tokens(said)
        if not ids:
            return Speech(b"", RATE, ())
        wave, durations = self._network.run(
            {
                "tokens": np.asarray([[0, *ids, 0]], np.int64),
                "style": self._styles[len(ids)][None],
                "speed": np.ones(1, np.float32),
            }
        )
        edges = [max(round(e * _FRAME) - _LATE, 0) for e in accumulate(durations.ravel().tolist(), initial=0)]
        marks = [WordMark(p.start, p.end, edges[p.first + 1], edges[p.last + 1]) for p in places]
        behind_pauses = (place.follows_pause for place in places)
        exact = moved(zip(marks, behind_pauses, strict=True), Onsets(wave.ravel()))
        pcm = (np.clip(wave.ravel(), -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        return finish(pcm, RATE, text, _joined([*exact]))

    def _tokens(self, said: Sequence[Said]) -> tuple[list[int], list[_Place]]:
        """Return the ids of all phonemes, and the places among them of each word that has some."""
        ids: list[int] = []
        places = []
        follows_pause = True
        for one in said:
            begin = len(ids)
            ids += (self._vocabulary[c] for c in one.phonemes if c in self._vocabulary)
            if begin < len(ids):
                if one.is_word:
                    places.append(_Place(one.start, one.end, begin, len(ids), follows_pause))
                follows_pause = not one.is_word
            ids += (self._vocabulary[c] for c in one.blank if c in self._vocabulary)
        while ids and ids[-1] == self._vocabulary[" "]:
            ids.pop()
        return ids, places


def _cut(said: Sequence[Said]) -> Iterator[Said]:
    """Yield what is said, words that are too long for a pass in parts."""
    for one in said:
        for at in range(0, max(len(one.phonemes), 1), _MOST_TOKENS - 9):
            yield one._replace(phonemes=one.phonemes[at : at + _MOST_TOKENS - 9], blank=one.blank[:8])


def _batches(said: Sequence[Said]) -> Iterator[Sequence[Said]]:
    """Yield what is said in passes, cut behind a sign where there is one in the second half, else between words."""
    begin = size = 0
    for i, one in enumerate(said):
        size += len(one.phonemes) + len(one.blank)
        if size > _MOST_TOKENS:
            signs = (j for j in range(i, (begin + i) // 2, -1) if not said[j - 1].is_word and said[j - 1].phonemes)
            end = next(signs, i)
            yield said[begin:end]
            begin = end
            size = sum(len(s.phonemes) + len(s.blank) for s in said[begin : i + 1])
    if begin < len(said):
        yield said[begin:]


def _joined(marks: Sequence[WordMark]) -> Iterator[WordMark]:
    """Yield one mark for the parts of each word."""
    for _, parts in groupby(marks, key=lambda mark: mark[:2]):
        first, *others = parts
        yield first._replace(last=(others or [first])[-1].last)
