"""English text to phonemes, by the package hibari-tts: American or British, in the alphabet of misaki.

Engines that take such phonemes share it. The package's network and voices are the engine hibari's own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any, NamedTuple

from player.errors import EngineError
from player.speech.english import dictionaries
from player.utterance.manner import Manner, Misreads, Reads
from player.versions import version

PACKAGE = "hibari-tts"
"""The package's name on the registry."""
MANNER = Manner(
    reads=frozenset({Reads.ACRONYMS, Reads.INITIALS, Reads.YEARS}),
    misreads=frozenset(
        (
            Misreads.ACRONYMS_THAT_ARE_WORDS,
            Misreads.NAMES_BEFORE_CAPITALS,  # its `roman_ordinal` and `roman_cardinal`, in version 0.2.1
            Misreads.WORDS_BEFORE_STOPS,
        )
    ),
)
"""How the package reads text."""
_NO_OVERRIDES = str.maketrans("[]", "()")
"""The package reads [text](/phonemes/) as phonemes; round brackets sound the same."""
_LONG_NUMBER = re.compile(r"\d(?:,?\d){36,}")
"""Numbers above decillions, for which the package has no words and fails."""
_DIGIT_SIGN = re.compile(r"[①-⒛⓪⓵-⓿❶-➓]")
"""Circled and bracketed numbers, which the package takes for digits, and fails."""
_LONG_CHAIN = re.compile(r"\S{48,}")
_LINK = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?![a-z])|[A-ZÀ-ÖØ-Þ]?[^\W\d_A-ZÀ-ÖØ-Þ]+|[\d.,]*\d|.")
"""The pieces of a word as the package's dictionary splits it: at symbols, between letters and digits, at inner
capitals."""
_MOST_LINKS = 24
"""Pieces of a chain such as "a-b-c" that the package looks up as one word, in cubic time: 10 ms for this many."""


class Piece(NamedTuple):
    """A word or sign of normalised text."""

    text: str
    phonemes: str
    blanks: str
    """White space after it."""


class EnglishPhonemes:
    """The phonemes of English text."""

    def __init__(self, *, is_british: bool = False) -> None:
        """Load the dictionaries: 0.03 s, the first time 0.2 s. Raises EngineError when the package is damaged."""
        self._g2p: Any = dictionaries.load(assets(), version(PACKAGE), is_british=is_british)

    def pieces(self, text: str) -> tuple[str, list[Piece]]:
        """Return the text as the package normalises it ("$5" -> "5 dollars"), and its words and signs in order."""
        from hibari.g2p import normalize

        plain = _DIGIT_SIGN.sub(lambda sign: f" {unicodedata.numeric(sign[0]):.0f} ", text.translate(_NO_OVERRIDES))
        spelled = _LONG_NUMBER.sub(lambda number: " ".join(number[0].replace(",", "")), plain)
        normalized: str = _LONG_CHAIN.sub(_in_parts, normalize(spelled))
        found = self._g2p.phonemize_tokens(self._g2p.tokenize(normalized))
        return normalized, [Piece(p.text, p.phonemes or "", p.whitespace) for p in found]


def assets() -> Path:
    """Return the folder of the package's files without running its `__init__`, which imports the downloader of voices
    (0.04 s). Raises EngineError when the package is missing."""
    spec = find_spec("hibari")
    if spec is None or spec.origin is None:
        raise EngineError(f"the package {PACKAGE} is damaged", "reinstall it")
    sys.modules.setdefault("hibari", module_from_spec(spec))
    return Path(spec.origin).parent / "assets"


def _in_parts(chain: re.Match[str]) -> str:
    """Return a chain with blanks after every `_MOST_LINKS` pieces, so that it is looked up as several words."""
    links = _LINK.findall(chain[0])
    return " ".join("".join(links[i : i + _MOST_LINKS]) for i in range(0, len(links), _MOST_LINKS))
