"""Mandarin: words by rjieba, their readings by pypinyin, numbers by cn2an, in the alphabet of the network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from player.speech.engines.kokoro_engine.chinese_numbers import spelled
from player.speech.engines.kokoro_engine.english_words import EnglishWords
from player.speech.engines.kokoro_engine.said import SIGNS, Said, add_sign, places

_TABLE = Path(__file__).with_name("pinyin.tsv")
_AFTER_SIBILANTS = "ɨ0"
"""For the "i" of zhi, chi, shi, ri, zi, ci and si."""
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘"}
_RUN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff\u3007]+)|(?P<latin>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.&+-]*)|(?P<sign>\S)"
)


class ChineseWords:
    """Mandarin, and the English words in it. A Phonemes."""

    def __init__(self) -> None:
        """Load the dictionaries: 0.5 s."""
        import rjieba
        from pypinyin import lazy_pinyin

        self._cut = rjieba.cut
        self._pinyin = lazy_pinyin
        self._syllables = _Syllables()
        self._english: EnglishWords | None = None
        self._cut("你好")  # loads the dictionary

    def said(self, text: str) -> list[Said]:
        """Return what is said, in order."""
        plain = spelled(text)
        where = places(text, plain)
        found: list[Said] = []
        for run in _RUN.finditer(plain):
            here = where[run.start() : run.end()]
            if run["han"]:
                found += self._han(run["han"], here)
            elif run["latin"]:
                found += self._latin(run["latin"], here)
            elif run["sign"] in SIGNS:
                add_sign(found, SIGNS[run["sign"]])
        return found

    def _han(self, text: str, where: Sequence[tuple[int, int]]) -> Iterator[Said]:
        """Yield the syllables of a run of Chinese characters, with a blank behind each word."""
        from pypinyin import Style

        at = 0
        for word in self._cut(text):
            syllables = self._pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, strict=True, v_to_u=False)
            for i, syllable in enumerate(syllables):
                blank = " " if i == len(syllables) - 1 else ""
                yield Said(*where[min(at + i, len(where) - 1)], self._syllables.phonemes(syllable), blank)
            at += len(word)

    def _latin(self, text: str, where: Sequence[tuple[int, int]]) -> Iterator[Said]:
        """Yield an English word."""
        if self._english is None:
            self._english = EnglishWords(is_british=False)
        for one in self._english.said(text):
            yield one._replace(start=where[0][0], end=where[-1][1], blank=one.blank or " ")


class _Syllables:
    """Pinyin to phonemes."""

    def __init__(self) -> None:
        rows = [row.split("\t") for row in _TABLE.read_text("utf-8").splitlines() if not row.startswith("#")]
        self._initials = {pinyin: sound for kind, pinyin, sound in rows if kind == "initial"}
        self._finals = {pinyin: sound for kind, pinyin, sound in rows if kind == "final"}

    def phonemes(self, syllable: str) -> str:
        """Return the phonemes of a syllable with its tone behind it ("zhong1" -> "ꭧʊ→ŋ"); "" for anything else."""
        from pypinyin.contrib.tone_convert import to_finals, to_initials

        plain, tone = syllable[:-1], _TONES.get(syllable[-1:], "")
        if plain in ("m", "n", "ng", "hm", "hng"):
            return plain.replace("ng", "ŋ") + tone
        initial, final = to_initials(plain, strict=True), to_finals(plain, strict=True, v_to_u=False)
        sound = self._finals.get(final, "")
        if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
            sound = _AFTER_SIBILANTS
        return self._initials.get(initial, "") + sound.replace("0", tone)
