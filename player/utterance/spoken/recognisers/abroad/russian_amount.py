"""Russian amounts, whose noun stands in the case that the number asks for: "2 км" -> "2 километра", "5 млн руб."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import number_of
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_FILE = "amounts"
_ONE, _FEW, _MANY = 0, 1, 2
"""Forms of a noun: "километр", "километра", "километров"."""


def _form(figures: str) -> int | None:
    """Return the form of what is counted by figures; None for what is no number."""
    number = number_of(figures, ",")
    if number is None:
        return None
    if number.decimals:
        return _FEW
    last = int(number.whole[-2:] or "0")
    if last % 10 == 1 and last != 11:
        return _ONE
    return _FEW if last % 10 in (2, 3, 4) and last not in (12, 13, 14) else _MANY


def _named(tokens: Tokens, index: int, table: str) -> tuple[list[str], int]:
    """Return the forms of the longest sign of a table that is here, and the index behind it; empty for none."""
    names = tokens.vocabulary.table(_FILE, table)
    best: tuple[list[str], int] = ([], index)
    for sign, forms in names.items():
        after = tokens.matches(index, sign)
        if after and after > best[1]:
            best = forms, after
    return best


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the figures."""
    form = _form(tokens[index].text)
    if form is None or tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, ".,:/"):
        return
    signs, _ = _named(tokens, tokens.before(index), "before")
    words, at = [tokens[index].text], index + 1
    magnitude, after = _named(tokens, tokens.past_blank(at), "magnitudes")
    if magnitude:
        words, at, form = [*words, magnitude[form]], _past_stop(tokens, after), _MANY
    unit, after = (signs, at) if signs else _named(tokens, tokens.past_blank(at), "units")
    if unit and (signs or not (tokens[after].kind in (Kind.WORD, Kind.NUMERAL) or tokens.is_sign(after, "/-²³"))):
        words, at = [*words, unit[form]], after if signs else _past_stop(tokens, after)
    if len(words) > 1:
        start = tokens[tokens.before(index) if signs else index].start
        yield Reading(start, tokens[at - 1].end, "amount: counted", Words(" ".join(words)), 0.97)


def _past_stop(tokens: Tokens, index: int) -> int:
    """Return the index behind the full stop of an abbreviation here, where it does not end the sentence as well."""
    following = tokens[tokens.past_blank(index + 1)]
    ends = following.kind is Kind.EDGE or (following.text[:1].isupper() and tokens[index + 1].kind is Kind.SPACE)
    return index + 1 if tokens.is_sign(index, ".") and not ends else index


RUSSIAN_AMOUNT = Recogniser(
    "amount",
    _propose,
    (("2 км", "2 километра"), ("5 млн руб. за год", "5 миллионов рублей за год"), ("$5", "5 долларов")),
    numerals=Beside.ANYTHING,
    languages=("ru",),
)
