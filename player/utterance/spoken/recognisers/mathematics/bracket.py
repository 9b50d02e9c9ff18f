"""What stands in square brackets behind a word, an interval or a note's mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES, number_of
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Token, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Joint, Listed, Pair, Silent

_LONGEST = 24
_AROUND = 20
"""Tokens before a bracket that may name an average."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "[": what is in the brackets, up to a bounded length."""
    close = next((at for at in range(index + 1, index + _LONGEST) if tokens[at].text == "]"), 0)
    if not close or tokens[close + 1].kind is Kind.WORD or tokens.is_sign(close + 1, "("):
        return
    inside = [part for at in range(index + 1, close) for part in _parts(tokens[at])]
    start, end = tokens[index].start, tokens[close].end
    glued = tokens[index - 1].kind not in (Kind.SPACE, Kind.EDGE)
    if glued and _is_index(tokens, index, close):
        return
    word = tokens.word(tokens.before(index))
    led = not glued and word in tokens.vocabulary.words("mathematics", "before_references")
    named = led and any(text.isalpha() for text in inside)  # "see [4, Theorem 2]"
    if _is_note(tokens, inside, close - index) and not named:
        yield Reading(start, end, "footnote mark: brackets", Silent(), 0.9 if glued else 0.75)
    if led and _are_figures(inside):
        said = Listed(tuple(text for text in inside if text != ","))
        yield Reading(start, end, "list: reference", said, 0.8)
    numbers = [text for text in inside if text.lstrip(".")[:1].isdecimal()]
    signs = [text for text in inside if text not in numbers]
    listed = tokens.word(tokens.before(index)) in tokens.vocabulary.words("mathematics", "lists")
    if len(numbers) == 2 and len(signs) == 1 and signs[0] in f",{DASHES}" and _is_spread(tokens, index):
        yield Reading(tokens[index - 1].start, start, "interval: spread", Joint("list"), 0.95)
        yield Reading(start, end, "interval: spread", Pair(numbers[0], "to", numbers[1]), 0.95)
    if listed and len(numbers) > 1 and set(signs) == {","}:
        yield Reading(start, end, "list: brackets", Listed(tuple(numbers)), 0.97)
    if len(numbers) == 2 and "," in signs and set(signs) <= {",", *DASHES} and all(map(number_of, numbers)):
        measured = read_unit(tokens, close + 2) if tokens[close + 1].kind is Kind.SPACE else None  # "in [10, 20] ms"
        sure = 0.3 if glued else 0.9 if measured or _is_interval(tokens, index, numbers) else 0.55
        low, high = (_signed(signs, at) + numbers[at] for at in (0, 1))
        yield Reading(start, end, "interval", Pair(low, "to", high), sure)
        if measured:
            unit, after = measured
            yield Reading(tokens[close + 2].start, tokens[after - 1].end, "interval: unit", unit, 0.8)


def _is_index(tokens: Tokens, index: int, close: int) -> bool:
    """ "hdu_list[1]", "fits[1].header", "a[i][j]": of a program, no note's mark."""
    named = tokens.is_sign(index - 2, "_") and tokens[index - 1].kind is Kind.WORD
    member = tokens.is_sign(close + 1, ".") and tokens[close + 2].text[:1].islower()
    base = tokens[index - 4 if tokens.is_sign(index - 1, "]") else index - 1]
    letter = base.kind is Kind.WORD and len(base.text) == 1 and tokens[index + 1].text.islower()
    return named or member or letter


def _is_spread(tokens: Tokens, index: int) -> bool:
    """ "a median of 3 [2-5]", "mean age 45 years [32, 58]"."""
    before = tokens.before(index)
    known = tokens.vocabulary.words("mathematics", "averages")
    averaged = any(tokens.word(at) in known for at in range(max(index - _AROUND, 0), index))
    counted = tokens[before].kind is Kind.WORD and tokens[tokens.before(before)].kind is Kind.NUMERAL
    return averaged and tokens[index - 1].kind is Kind.SPACE and (tokens[before].kind is Kind.NUMERAL or counted)


def _are_figures(inside: list[str]) -> bool:
    """ "25", "5, 7"."""
    return bool(inside) and inside[0].isdecimal() and all(text.isdecimal() or text == "," for text in inside)


def _parts(token: Token) -> list[str]:
    """Return what is in brackets without blanks, "22,23" as two numbers."""
    if token.kind is Kind.NUMERAL:
        return [part for part in re.split("(,)", token.text) if part]
    return [token.text] if token.text.strip() else []


def _signed(signs: list[str], at: int) -> str:
    """ "minus " where a dash is before the first or second number."""
    part = signs[: signs.index(",")] if at == 0 else signs[signs.index(",") + 1 :]
    return "minus " if part else ""


def _is_note(tokens: Tokens, texts: list[str], length: int) -> bool:
    """ "1", "2, 3", "4-6", "a", "note 5", "citation needed"."""
    if texts and texts[0] in DASHES:
        return False
    words = tokens.vocabulary.words("mathematics", "notes")
    numbers = [text for text in texts if text.isdecimal() and len(text) < 4 and text.strip("0")]
    others = {text.lower() for text in texts if text not in numbers and text not in {",", *DASHES}}
    if not others:
        return len(numbers) > 0
    if (
        texts[0] in numbers and texts[1] == "," and others <= tokens.vocabulary.words("mathematics", "places_in_notes")
    ):  # "[4, p. 12]"
        return True
    return others <= words or (len(texts) == 1 and length == 2 and len(texts[0]) == 1 and texts[0].islower())


def _is_interval(tokens: Tokens, index: int, numbers: list[str]) -> bool:
    """Return True if the words before say so, or a number that no note has."""
    if tokens.is_sign(tokens.past_blank(index + 1), DASHES) or any(
        "." in number or not number.strip("0") for number in numbers
    ):
        return True
    before = tokens.before(index)
    known = tokens.vocabulary
    if tokens.is_sign(before, "∈=×") or tokens.word(before) in known.words("mathematics", "interval"):
        return True
    earlier = tokens.word(tokens.before(before))
    return tokens.word(before) == "in" and (len(earlier) == 1 or earlier in known.words("mathematics", "lies"))


def _half_open(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first bracket of "[0, 1)" or "(0, 1]"."""
    low, _, high = tokens[index + 1].text.partition(",")
    mixed = {tokens[index].text, tokens[index + 2].text} in ({"[", ")"}, {"(", "]"})
    if mixed and low.isdecimal() and high.isdecimal():  # "[0,1)" is one numeral
        yield Reading(tokens[index].start, tokens[index + 2].end, "interval: half open", Pair(low, "to", high), 0.95)
    minus = tokens.is_sign(index + 1, DASHES)
    comma = index + 2 + minus
    at = tokens.past_blank(comma + 1)
    last = at + tokens.is_sign(at, DASHES)
    close = tokens[last + 1].text
    low, high = _end(tokens, index + 1, comma - 1), _end(tokens, at, last)
    if tokens[comma].text == "," and low and high and {tokens[index].text, close} in ({"[", ")"}, {"(", "]"}):
        yield Reading(tokens[index].start, tokens[last + 1].end, "interval: half open", Pair(low, "to", high), 0.95)


def _end(tokens: Tokens, first: int, last: int) -> str:
    """Return one end of an interval as it is said, "−3" or "minus infinity"; empty for what is no number."""
    if tokens[last].kind is Kind.NUMERAL:
        return tokens.text[tokens[first].start : tokens[last].end]
    endless = str(tokens.vocabulary.table("mathematics", "alone").get("∞", "")) if tokens[last].text == "∞" else ""
    minus = str(tokens.vocabulary.table("mathematics", "powers").get("minus", ""))
    return f"{minus} {endless}" if endless and last > first else endless


HALF_OPEN = Recogniser(
    "interval",
    _half_open,
    (("x in [0, 1)", "x in 0 to 1"), ("(0, 1]", "0 to 1")),
    signs="[(",
    with_number=True,
    needs=("[", "]"),
)
BRACKET = Recogniser(
    "footnote mark",
    _propose,
    (
        ("It is so.[1]", "It is so."),
        ("It is so [2, 3].", "It is so ."),
    ),
    signs="[",
    languages=(),
)
