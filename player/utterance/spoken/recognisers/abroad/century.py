"""Centuries in small Roman numerals, as Spanish, French, Italian and Portuguese books print them: "el siglo xix"."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.ordinal import ordinal_word
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_LAST = 21


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "siglo" before a numeral, or at "siècle" behind one."""
    behind, before = tokens[index + 2], tokens[index - 2]
    number = roman(behind.text.upper()) if tokens[index + 1].kind is Kind.SPACE and behind.text.islower() else 0
    if number and number <= _LAST:
        yield Reading(behind.start, behind.end, "roman: century", Words(str(number)), 0.9)
    if tokens[index - 1].kind is not Kind.SPACE or not before.text.islower():
        return
    for suffix in sorted(tokens.vocabulary.words("romans", "century_suffixes"), key=len, reverse=True):
        number = roman(before.text.removesuffix(suffix).upper()) if before.text.endswith(suffix) else 0
        if number and number <= _LAST:
            yield Reading(before.start, before.end, "roman: century", Words(ordinal_word(tokens, number, suffix)), 0.9)
            return


CENTURY = Recogniser(
    "roman",
    _propose,
    (("en el siglo xix", "en el siglo 19"),),
    words=lambda known: known.words("romans", "centuries"),
    languages=("es", "fr", "it", "pt"),
)
