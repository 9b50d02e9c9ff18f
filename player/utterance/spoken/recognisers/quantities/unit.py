"""Units without a figure: "in mg/kg", "per ft²", "five km", "fifty °F", "half a million km"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_before_noun
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.quantities.parts import ends_with_stop
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Factor, Unit

_SURE_ENOUGH = 0.8
"""How sure a unit behind a figure has to be to be one behind a word."""


def _alone(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield a unit with a slash or a power, or behind a number in words: "in mg/kg", "per ft²", "five km"."""
    yield from _behind_words(tokens, index)
    before = tokens[index - 1]
    if before.kind in (Kind.NUMERAL, Kind.WORD) or tokens[tokens.before(index)].kind is Kind.NUMERAL:
        return
    found = read_unit(tokens, index)
    if found is None or before.text in ("/", "-", "·"):
        return
    if not tokens.text.startswith(found[0].over[0].sign, tokens[index].start):
        return  # "MG2" is no square of milligrams
    first = found[0].over[0]
    each = tokens.word(tokens.before(index)) in tokens.vocabulary.words("units", "before_one")
    scale = tokens[index].text == "°" and len(first.sign) > 1  # "in °C"
    if found[0].under or each or scale or (first.power > 1 and len(first.sign) > 1):
        value = found[0].but(single=each)
        yield Reading(tokens[index].start, tokens[found[1] - 1].end, "unit: alone", value, 0.8)


def _behind_words(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the unit of "five km", "half a million km", "fifty mph winds"."""
    known, number = tokens.vocabulary, tokens.before(index)
    word = tokens.word(number)
    written = tokens[index].text
    if written in known.words("units", "bare") and word in known.words("units", "before_bare"):  # "a yr ago"
        end = tokens[index + 1 if ends_with_stop(tokens, index + 1) else index].end
        yield Reading(tokens[index].start, end, "unit: bare", Unit((Factor(written),), single=True), 0.85)
    one_of = word in known.words("grammar", "articles")
    counted = (one_of or word in known.words("units", "numbers_in_words")) and tokens[index - 1].kind is Kind.SPACE
    found = read_unit(tokens, index) if counted else None
    doubts = known.table("units", "doubtful").get(found[0].over[0].sign, (1,)) if found else (0,)
    earlier = tokens.before(number)
    parted = tokens.word(earlier) in known.words("units", "before_one_of") or tokens[earlier].kind is Kind.NUMERAL
    if one_of and not (parted and len(tokens[index].text) > 1):
        return
    if found and doubts[0] >= _SURE_ENOUGH and (len(written) > 1 or written == "°" or found[0].under):
        one = one_of or word in known.words("units", "one_in_words")
        one = one or is_before_noun(tokens, number, found[1])
        value = found[0].but(single=one)
        yield Reading(tokens[index].start, tokens[found[1] - 1].end, "unit: behind words", value, 0.85)


UNIT = Recogniser(
    "unit",
    _alone,
    (("in mg/kg", "in milligrams per kilogram"), ("per ft²", "per square foot")),
    words=lambda known: (sign.lower() for sign in known.words("units", "alone")),
    signs="°",
)
