"""English text to phonemes, by the package hibari-tts: American or British, in the alphabet of misaki.

Engines that take such phonemes share it. The package's network and voices are the engine hibari's own.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from player.errors import EngineError
from player.speech.english import dictionaries
from player.speech.english.corrections import Piece, corrected
from player.speech.english.ipa import ending
from player.speech.english.ipa import of_the_package as ipa_of_the_package
from player.utterance.manner import PHONEMES, Manner, Misreads, Reads
from player.versions import version

PACKAGE = "hibari-tts"
"""The package's name on the registry."""
MANNER = Manner(
    reads=frozenset({Reads.ACRONYMS, Reads.INITIALS, Reads.YEARS}),
    misreads=frozenset(
        (
            Misreads.ACRONYMS_THAT_ARE_WORDS,
            Misreads.GLUED_DOTS,
            Misreads.MINUS_SIGNS,
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


_GIVEN = re.compile(r"{}([^{}\[\]()/]+){}".format(PHONEMES[0], "".join(PHONEMES), PHONEMES[1]))
"""Phonemes in a text, in place of a word."""
_ENDINGS = ("'s", "’s")
_STAND_IN = "Xanadu"
"""A word that stands for them while the package normalises the text. Written by somebody, it is said as usual."""


class EnglishPhonemes:
    """The phonemes of English text."""

    def __init__(self, *, is_british: bool = False) -> None:
        """Load the dictionaries: 0.03 s, the first time 0.2 s. Raises EngineError when the package is damaged."""
        self._is_british = is_british
        self._g2p: Any = dictionaries.load(assets(), version(PACKAGE), is_british=is_british)

    def pieces(self, text: str) -> tuple[str, list[Piece]]:
        """Return the text as the package normalises it ("$5" -> "5 dollars"), and its words and signs in order.

        Phonemes that stand in the text (`Reads.IPA`) are a word of their own.
        """
        from hibari.g2p import normalize

        given = _GIVEN.findall(text)
        if given:
            text = _GIVEN.sub(_STAND_IN, text.replace(_STAND_IN, _STAND_IN.lower()))
        plain = _DIGIT_SIGN.sub(lambda sign: f" {unicodedata.numeric(sign[0]):.0f} ", text.translate(_NO_OVERRIDES))
        spelled = _LONG_NUMBER.sub(lambda number: " ".join(number[0].replace(",", "")), plain)
        normalized: str = _LONG_CHAIN.sub(_in_parts, normalize(spelled))
        found = self._g2p.phonemize_tokens(self._g2p.tokenize(self._with_phonemes(normalized, given)))
        said = iter(given)
        normalized = re.sub(_STAND_IN, lambda name: next(said, name[0]), normalized)
        pieces = [Piece(p.text, p.phonemes or "", p.whitespace) for p in found]
        return normalized, corrected(_with_endings(pieces, frozenset(given)) if given else pieces)

    def _with_phonemes(self, normalized: str, given: list[str]) -> str:
        """Return the text with given phonemes as the package takes them."""
        links = (f"[{ipa}](/{ipa_of_the_package(ipa, is_british=self._is_british)}/)" for ipa in given)
        return re.sub(_STAND_IN, lambda name: next(links, name[0]), normalized) if given else normalized


def _with_endings(pieces: list[Piece], given: frozenset[str]) -> list[Piece]:
    """Return the pieces with the "'s" after given phonemes said as it sounds there."""
    return [
        piece._replace(phonemes=ending(before.phonemes)) if piece.text in _ENDINGS and before.text in given else piece
        for before, piece in zip([Piece("", "", ""), *pieces], pieces, strict=False)
    ]


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
