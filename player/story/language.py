"""Detection of a text's language, by its script or its most frequent words, for sources that do not state it."""

from __future__ import annotations

import re
from collections import Counter

_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),  # before Chinese, because Japanese uses both
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),  # before Russian: letters that Russian does not have
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_COMMON = {
    "en": "the of and to in is that it was for with as on are by this have from they which you were not be",
    "de": "der die das und ist nicht ein eine zu den mit von auf für im sich des dem auch es wird sind war",
    "fr": "le la les et des est une un dans que qui pour pas sur au avec ce il plus par du sont cette ne",
    "es": "el la los las de y que en un una es por con no se para su al lo del como más pero fue han",
    "it": "il la che di e un una per non è con sono gli le del della si da come anche più ma nel al ha",
    "pt": "o a os as de e que em um uma é para com não por se na no do da mais como mas foi ao são",
    "nl": "de het een en van is dat op te zijn voor met niet die aan er maar om ook als bij door was naar",
    # for these only words that English lacks: they are rarer, and short texts many
    "pl": "w na z że nie się jest od po jak ale dla przez są być tak co za jego ich",
    "cs": "v na se je že s z ve si jsou po pro jako ale co jeho byl k od který",
    "sv": "och att det som på är av för med den till inte har de om ett men var jag",
    "da": "og det er til af på med den der ikke som de et har var men jeg",
    "fi": "ja ei se että oli hän mutta ovat kun niin joka myös kuin ole sen",
    "tr": "ve bir bu da de için ile çok olarak daha ama gibi ne kadar olan",
    "hu": "az és hogy nem egy ez volt meg de csak mint van azt",
    "ro": "și de la în cu pe nu este un care din mai pentru ce să au al",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TAG = 35
"""Characters (RFC 5646, 4.4.1)."""
_SAMPLE = 8_000
"""Characters examined: enough to be sure, 1 ms."""
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def language_tag(written: str) -> str:
    """A language as the source writes it ("en_US"), in BCP 47; empty when that is none."""
    tag = written.strip().replace("_", "-")
    known = len(tag) <= _LONGEST_TAG and _TAG.fullmatch(tag) and tag.lower() not in ("und", "zxx", "mul", "mis")
    return tag if known else ""


def same_language(one: str, other: str) -> bool:
    """Return True if two tags are of one language, whatever the country."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def detect(text: str) -> str:
    """Return the language's code, or empty when no language is clear."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    for language, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.3 if language not in ("ja", "uk") else 0.05):
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values())
    if not total:
        return ""
    shares = sorted(
        ((sum(words[w] for w in common) / total, language) for language, common in _WORDS.items()), reverse=True
    )
    (best, language), (second, _) = shares[:2]
    return language if best > 0.06 and best > second * 1.25 else ""
