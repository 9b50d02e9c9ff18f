"""Phonemes that a listener gives in IPA, in the alphabet of the package: a letter for each diphthong and affricate."""

from __future__ import annotations

import re

_SHARED = (
    ("͡", ""), ("͜", ""), (".", ""), ("'", "ˈ"), ("g", "ɡ"), ("ɫ", "l"), ("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("r", "ɹ"),
    ("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("ɔɪ", "Y"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("e", "ɛ"),
)  # fmt: skip
_AMERICAN = (("oʊ", "O"), ("əʊ", "O"), ("ː", ""), ("ɒ", "ɑ"), ("a", "æ"))
"""American vowels are written without length."""
_BRITISH = (("oʊ", "Q"), ("əʊ", "Q"), ("æ", "a"))

VOWELS = "AIOQWYaæɑɒɔəɛɜɪiʊuʌoɐɨᵻ"
_STRESS = re.compile(f"([ˈˌ])([^{VOWELS}ˈˌ ]+)(?=[{VOWELS}])")
_FIRST_VOWEL = re.compile(f"(?=[{VOWELS}])")


def of_the_package(ipa: str, *, is_british: bool) -> str:
    """Return phonemes as the package writes them: "ʧˈʌmli" for "ˈtʃʌmli", with the stress before its vowel."""
    for old, new in (*_SHARED, *(_BRITISH if is_british else _AMERICAN)):
        ipa = ipa.replace(old, new)
    return " ".join(_stressed(_STRESS.sub(r"\2\1", word)) for word in ipa.split())


def ending(phonemes: str) -> str:
    """Return how "'s" sounds after a word: the s of "Pat's", the z of "Ann's", or a syllable as in "Alice's"."""
    last = phonemes[-1:]
    if last and last in "szʃʒʧʤ":
        return "ᵻz"
    return "s" if last and last in "ptkfθ" else "z"


def _stressed(word: str) -> str:
    return word if "ˈ" in word else _FIRST_VOWEL.sub("ˈ", word, count=1)
