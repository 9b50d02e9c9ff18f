"""Units before their number, or numbering a place: "mm 7 di spessore", "au km 12"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the unit; not in "5 km 300 m" and "Preis pro km 5 Euro"."""
    token, led = tokens[index], tokens[tokens.before(index)]
    apart = tokens.is_free(index)
    rate = led.text in tokens.vocabulary.words("units", "before_rates")
    numbered = tokens[index + 1].text == " " and tokens[index + 2].kind is Kind.NUMERAL
    if apart and numbered and led.kind is not Kind.NUMERAL and not rate and not token.text.isupper():
        said = tokens.vocabulary.table("units", "before_numbers")[tokens.word(index)]
        yield Reading(token.start, token.end, "measure: unit before", Words(said), 0.85)


UNIT_BEFORE = Recogniser(
    "measure",
    _propose,
    (("ab km 12", "ab Kilometer 12"),),
    words=lambda known: known.table("units", "before_numbers"),
    with_number=True,
    languages=CODES,
)
