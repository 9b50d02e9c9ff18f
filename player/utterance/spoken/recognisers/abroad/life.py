"""Born and died: "* 1950", "† 28. Juli 1750"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Year
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_LONGEST_DAY = 2
"""Figures in the day of a month."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the star or the cross before a year or a day."""
    said = tokens.vocabulary.table("life", "signs").get(tokens[index].text)
    free = tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index - 1, "(,;")
    date = tokens.past_blank(index + 1)
    figures = tokens[date].text
    if not said or not free or tokens[date].kind is not Kind.NUMERAL:
        return
    stop = tokens.is_sign(date + 1, ".")
    month = tokens.word(tokens.past_blank(date + 1 + stop))
    day = len(figures) <= _LONGEST_DAY and month in str(tokens.vocabulary.table("calendar")["months"]).lower().split()
    behind, places = tokens[date + 1], tokens.vocabulary.words("life", "places")
    if day or figures.count(".") == 2:  # "1. Mai 1950", "1.5.1950"
        said = f"{said} {tokens.vocabulary.table('life')['on']}".rstrip()
    elif not (len(figures) == 4 and figures.isdecimal() and "1100" <= figures < "2100"):
        return
    elif behind.kind is Kind.SPACE and not (tokens.word(date + 2) in places or tokens.is_sign(date + 2, "†")):
        return  # "* 1950 Menschen", in a list
    else:
        yield Reading(tokens[date].start, tokens[date].end, "life: year", Year(figures), 0.9)
    yield Reading(tokens[index].start, tokens[date].start, "life", Words(f"{said} "), 0.95)


LIFE = Recogniser(
    "life",
    _propose,
    (("Bach († 1750)", "Bach (gestorben siebzehnhundertfünfzig)"),),
    signs="*†",
    with_number=True,
    languages=CODES,
)
