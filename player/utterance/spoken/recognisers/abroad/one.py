"""The figure 1 before a noun, which engines say as they count: "1 Prise Salz" is "eine Prise", "1 persona" "una"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_SHORTEST, _LONGEST_BEFORE = 3, 3
"""Letters of a noun in small letters, and of a word before the figure that is no noun itself: "paragrafo 1 subito"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    if tokens[index].text != "1" or tokens[index + 1].kind is not Kind.SPACE or tokens.is_sign(index - 1, "-–/:.,§"):
        return
    noun, known = tokens[index + 2], tokens.vocabulary
    stop = tokens.is_sign(tokens.before(index), ".")
    led_by = tokens.before(index) - stop
    before = tokens[led_by]
    if known.words("one", "nouns_in_capitals"):
        counted = before.text[:1].isupper() and (stop or led_by > 0)  # "Kapitel 1 Anfang"
        cased = noun.text[:1].isupper()
    else:
        counted = before.kind is Kind.WORD and len(before.text) > _LONGEST_BEFORE
        cased = noun.text.islower() and len(noun.text) > _SHORTEST - 1
    if noun.kind is not Kind.WORD or counted or not cased:
        return
    word = noun.text.lower()
    if (
        word in known.words("one", "no_nouns")
        or word in known.table("bible", "books")
        or tokens.word(led_by) in known.words("one", "before_names")
    ):
        return
    led = tokens.word(led_by) in known.words("ordinals", "dative")
    feminine = is_feminine(tokens, word)
    said = known.table("one", "dative" if led and known.table("one", "dative") else "plain")
    if said.get("feminine" if feminine else "other"):
        value = Words(str(said["feminine" if feminine else "other"]))
        yield Reading(tokens[index].start, tokens[index].end, "one", value, 0.7)


def is_feminine(tokens: Tokens, noun: str) -> bool:
    """Return True for a noun in the singular, in small letters, that is a feminine, as its ending tells or a list."""
    known = tokens.vocabulary
    ends = noun.endswith(tuple(known.words("one", "feminine_endings"))) and noun not in known.words("one", "others")
    return ends or noun in known.words("fractions", "feminines") | known.words("one", "feminines")


ONE = Recogniser(
    "one",
    _propose,
    (("1 Prise Salz, mit 1 Ei", "eine Prise Salz, mit einem Ei"),),
    numerals=Beside.WORD | Beside.SHORT_WORD,
    languages=("de", "es", "it", "pt", "fr"),
)
