"""A letter before the years of a life: "(b. 1950)", "d. c. 1350", "r. 1558–1603"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import read_day, read_month
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the letter."""
    token = tokens[index]
    opened = tokens.is_sign(tokens.before(index), "(;,") or tokens[index - 1].kind is Kind.EDGE
    if not opened or not token.text.islower() or tokens[index + 2].text != " ":
        return
    at = index + 3
    if tokens.word(at) in tokens.vocabulary.words("life", "between"):
        at = tokens.past_blank(at + 2 if tokens.is_sign(at + 1, ".") else at + 1)
    month = read_month(tokens, at)
    day = tokens.past_blank(at + 2 if tokens.is_sign(at + 1, ".") else at + 1)
    year = tokens[at].text
    numeric = tokens.is_sign(at + 1, "/") and tokens.is_sign(at + 3, "/") and tokens[at + 4].kind is Kind.NUMERAL
    first = read_day(tokens, at)
    numeric = numeric or bool(first and read_month(tokens, tokens.past_blank(first.next)))  # "b. 12 Apr 1961"
    if numeric or (month and read_day(tokens, day)):  # "d. Mar. 9, 1987", "b. 3/1/1960"
        said = tokens.vocabulary.table("life", "events")[token.text]
        yield Reading(token.start, tokens[index + 1].end, "life", Words(said), 0.92)
    if len(year) == 4 and year.isdecimal() and "1000" <= year < "2100" and tokens[at + 1].kind is not Kind.WORD:
        said = tokens.vocabulary.table("life", "events")[token.text]
        yield Reading(token.start, tokens[index + 1].end, "life", Words(said), 0.92)


LIFE = Recogniser(
    "life", _propose, (("(b. 1950)", "(born nineteen fifty)"),), stopped=lambda known: known.table("life", "events")
)
