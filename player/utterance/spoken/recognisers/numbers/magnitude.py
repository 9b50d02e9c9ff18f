"""Numbers with a magnitude written short: "5bn people", "2.5M views", "100k followers", "5m of them"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from player.utterance.spoken.amounts import past_dash, read_amount
from player.utterance.spoken.grammar import has_determiner, is_plural, stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Number, Words
from player.utterance.spoken.vocabulary import Vocabulary

_LONGEST_IN_MILLIONS = 3
"""Figures in a number of millions: "300m"."""
_AROUND = 16
"""How many tokens away a word says that millions are counted."""


@cache
def _short(known: Vocabulary) -> dict[str, str]:
    return {**known.table("magnitudes", "always"), **known.table("magnitudes", "letters")}


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "$€£.,"):
        return
    known = tokens.vocabulary
    always = known.table("magnitudes", "always")
    found = read_amount(tokens, index, _short(known))
    coded = tokens[index - 2].kind is Kind.NUMERAL and tokens[index - 3].text.isupper()  # "CB2 1TN"
    if found and (tokens[found.next].kind is Kind.NUMERAL or (coded and tokens[found.next - 1].text.isupper())):
        return  # "153B09"
    if found is None or not found.amount.magnitude or not isinstance(found.amount.number, Number):
        return
    letters = tokens[found.next - 1].text
    if letters in always or letters.lower() in always or letters.lower() in known.words("magnitudes", "words"):
        confidence = 0.9
    elif letters == "m" and _is_many(tokens, found.next):  # "2.5 m people"
        confidence = 0.92
    elif letters in known.table("magnitudes", "letters") and tokens[found.next - 2].kind is Kind.NUMERAL:
        serial = _is_in_serial(tokens, index)
        confidence = 0.3 if serial else _letter(tokens, index, found.next, found.amount.number)
    else:
        return
    yield Reading(tokens[index].start, tokens[found.next - 1].end, "magnitude", found.amount, confidence)
    at = past_dash(tokens, found.next)
    until = read_amount(tokens, at, _short(known)) if at == found.next + 1 else None
    if until and until.amount.magnitude and isinstance(until.amount.number, Number):  # "5m-10m people"
        last = tokens[until.next - 1].text
        paired = last in always or last.lower() == letters.lower() == "k"  # "10k-15k a week"
        sure = max(confidence, 0.9 if paired else _letter(tokens, at, until.next, until.amount.number))
        value = found.amount.but(until=until.amount)
        yield Reading(tokens[index].start, tokens[until.next - 1].end, "magnitude: range", value, sure)


def _is_many(tokens: Tokens, index: int) -> bool:
    """ "people", "barrels" behind "2.5 m"."""
    counted = tokens[index].text == " " and is_plural(tokens, index + 1)
    return counted and tokens.word(index + 1) in tokens.vocabulary.words("magnitudes", "many_of")


def _letter(tokens: Tokens, first: int, after: int, number: Number) -> float:
    """Return how sure it is that one letter is a magnitude, and no unit, product or distance: "a 10k run", "a 4K
    screen"."""
    letter = tokens[after - 1].text
    counted = tokens.after(after - 1)
    known = tokens.vocabulary
    word = tokens.word(counted)
    measured = word in known.words("magnitudes", "measured")
    lately = word in known.words("magnitudes", "when") and tokens.word(counted + 2) in known.words("units", "per")
    strong = (
        letter == "m" and tokens.is_sign(after, "-") and tokens.word(after + 1) in known.words("magnitudes", "strong")
    )
    measured = measured or (word == "of" and tokens.word(tokens.before(first)) in known.words("magnitudes", "within"))
    if letter == "m" and (len(number.whole) > _LONGEST_IN_MILLIONS or measured or _is_length(tokens, counted)):
        return 0.4
    area = word in known.words("magnitudes", "areas") and is_plural(tokens, counted + 2)
    if (
        strong
        or area
        or _is_sum(tokens, first, counted, letter)
        or (letter == "m" and lately)  # "lost 2m last year"
        or (tokens[after].kind is Kind.SPACE and is_plural(tokens, counted))
        or word in known.words("magnitudes", "counted_on")
    ):
        return 0.9
    if word == "of" and tokens.word(counted + 2) in known.words("magnitudes", "of_them"):
        return 0.8
    if letter == "m":
        around = (*range(first - _AROUND, first), *range(after, after + _AROUND))
        about = {tokens.word(at) for at in around}
        return 0.4 if about.isdisjoint(known.words("magnitudes", "many_of")) else 0.9
    if number.decimals:
        return 0.6 if has_determiner(tokens, first) else 0.9
    described = tokens[counted].kind is Kind.WORD and word not in known.words("grammar", "no_nouns")
    house = letter == "B" and len(number.whole) == 3  # "221B, Baker Street"
    large = (len(number.whole) == 3 and not house) or (letter == "M" and len(number.whole) == 2)
    return 0.8 if large and not described and not has_determiner(tokens, first) else 0.4


def _is_sum(tokens: Tokens, first: int, counted: int, letter: str) -> bool:
    """ "worth around 45m", "earns 55k a year", "a city of 9m", "55k a year"."""
    known, of = tokens.vocabulary, tokens.before(first)
    before = tokens.before(of) if tokens.word(of) in known.words("magnitudes", "about") else of
    if tokens.word(before) in known.words("magnitudes", "worth"):
        return True
    if tokens.word(before) in known.words("magnitudes", "counting"):
        return tokens.word(counted) not in known.words("magnitudes", "after_lengths")
    place = tokens.word(tokens.before(of)) in known.words("magnitudes", "many_before_of")
    if place and tokens.word(of) == known.table("mathematics", "algebra")["of"]:
        return True
    each = tokens.word(counted) in known.words("grammar", "articles") | known.words("units", "before_one")
    ranged = tokens.is_sign(first - 1, "-–") and tokens[first - 2].kind is Kind.NUMERAL  # "75-80k"
    if ranged and letter == "k" and not has_determiner(tokens, first - 2):
        return True
    earned = each and tokens.word(counted + 2) in known.words("magnitudes", "earned_per")
    return earned and letter != "m" and not has_determiner(tokens, first)


def _is_in_serial(tokens: Tokens, first: int) -> bool:
    """Return True for the "220" of "X7-220B" and "A-220B"."""
    before = first - 3 if tokens[first - 2].kind is Kind.NUMERAL else first - 2
    return tokens.is_sign(first - 1, "-") and tokens[before].kind is Kind.WORD and tokens[before].text[-1:].isupper()


def _is_length(tokens: Tokens, index: int) -> bool:
    """Return True for meters by what is behind them: "the 110m hurdles", "6m (20ft)"."""
    found = read_amount(tokens, index + 1, {}) if tokens.is_sign(index, "(") else None
    converted = found and read_unit(tokens, tokens.past_blank(found.next))
    known, word = tokens.vocabulary, tokens.word(index)
    return bool(converted) or word in known.words("units", "races") or word in known.words("grammar", "dimensions")


MAGNITUDE = Recogniser(
    "magnitude",
    _propose,
    (("5bn people", "5 billion people"), ("100k followers", "100 thousand followers")),
    numerals=Beside.SHORT_WORD | Beside.GLUED_WORD | Beside.NUMBER,
)


def _many(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "100s of people"."""
    said = tokens.vocabulary.table("numbers", "many").get(tokens[index].text)
    led = stands_apart(tokens, index)
    following = tokens.word(index + 3) if tokens[index + 2].kind is Kind.SPACE else ""
    if (
        said
        and led
        and tokens[index + 1].text == "s"
        and following in tokens.vocabulary.words("numbers", "behind_many")
    ):
        yield Reading(tokens[index].start, tokens[index + 1].end, "magnitude: many", Words(said), 0.9)


MANY = Recogniser("magnitude", _many, (("100s of people", "hundreds of people"),), numerals=Beside.GLUED_WORD)
