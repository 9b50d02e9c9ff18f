"""Minus: "It fell –0.5%.", "3x - 5", "at UTC-5", "a grade of A-."; and signs of sums: "5*3", "15 / 3 = 5"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Token, Tokens
from player.utterance.spoken.values import Joint, Words

_GRADES = frozenset("ABCDF")
_POWERS = frozenset("²³")
_VARIABLES = frozenset("nkxyzXYZ")
_INDICES = frozenset("nkxyztij")
_SMALL_STEPS = frozenset("12")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
    if token.text in (before.text, after.text):
        return
    opens = before.kind in (Kind.SPACE, Kind.EDGE) or before.text == "("
    if after.kind is Kind.NUMERAL and opens and token.text in "–−":
        name = tokens.vocabulary.table("mathematics", "powers")["minus"]
        paired = before.kind is Kind.SPACE and tokens[index - 2].kind is Kind.NUMERAL
        ranged = tokens.is_sign(index + 2, "-–/") and tokens[index + 3].kind is Kind.NUMERAL
        yield Reading(token.start, token.end, "minus: sign", Words(f"{name} "), 0.3 if paired or ranged else 0.85)
    left, right = tokens.before(index), tokens.after(index)
    summed = before.text == "{" or (before.text == "(" and tokens.is_sign(tokens.after(index + 1), "+±*/^=²³×·"))
    signed = summed or (before.kind is Kind.SPACE and tokens.is_sign(left, "=<>≤≥±+×"))
    if signed and after.kind is Kind.WORD and len(after.text) == 1 and not tokens.is_sign(index + 2, "-.'’"):  # "(-b"
        name = tokens.vocabulary.table("mathematics", "powers")["minus"]
        yield Reading(token.start, token.end, "minus: before letter", Words(f"{name} "), 0.85)
    spaced = left == index - 2 and right == index + 2
    variable = len(tokens[left].text) == 1 and tokens[left].text in _VARIABLES
    factor = variable and tokens[left - 1].kind is Kind.NUMERAL and spaced is (left == index - 2)
    if tokens[right].kind is Kind.NUMERAL and (factor or (variable and spaced and tokens[left].text.islower())):
        yield Reading(tokens[left].end, tokens[right].start, "minus: behind variable", Joint("minus"), 0.8)
    elif left == index - 1 and right == index + 1 and _is_index(tokens, index):
        yield Reading(token.start, token.end, "minus: of an index", Joint("minus"), 0.85)
    elif (spaced and _is_difference(tokens, left, right)) or (left > 0 and _is_behind_power(tokens, left, right)):
        yield Reading(tokens[left].end, tokens[right].start, "minus: between letters", Joint("minus"), 0.8)
    known = tokens.vocabulary
    counted = before.text == "T" and tokens.word(tokens.after(index + 1)) in known.words("joints", "countdown")
    if (counted or before.text in known.words("joints", "zones")) and after.kind is Kind.NUMERAL:
        yield Reading(token.start, token.end, "minus: time zone", Joint("minus"), 0.9)


def _is_index(tokens: Tokens, index: int) -> bool:
    """ "n-1 degrees of freedom", "2k-1", "at time t-3"; not "n-3 fatty acids"."""
    letter, figures, before = tokens[index - 1].text, tokens[index + 1].text, tokens[index - 2]
    free = before.kind in (Kind.SPACE, Kind.EDGE, Kind.NUMERAL) or tokens.is_sign(index - 2, "({[_=+*/,^")
    ends = tokens[index + 2].kind is not Kind.WORD and not tokens.is_sign(index + 2, "-–/.:%°'’")
    ends = ends or (tokens.is_sign(index + 2, ".:") and tokens[index + 3].kind in (Kind.SPACE, Kind.EDGE))
    small = figures in _SMALL_STEPS or (letter == "t" and len(figures) == 1 and figures.isdecimal())
    return letter in _INDICES and small and free and ends


def _is_difference(tokens: Tokens, left: int, right: int) -> bool:
    """Return True if single letters are subtracted, with a sign of mathematics beside them: "|a - b|", "c = a - b"."""
    letters = all(tokens[at].kind is Kind.WORD and len(tokens[at].text) == 1 for at in (left, right))
    return letters and (tokens.is_sign(tokens.before(left), "=(|+") or tokens.is_sign(tokens.after(right), "=<>≤≥|)+"))


def _is_behind_power(tokens: Tokens, left: int, right: int) -> bool:
    """ "b² - 4ac", "x³−x"."""
    base = tokens[left - 1].kind is Kind.WORD and len(tokens[left - 1].text) == 1
    subtracted = tokens[right].kind is Kind.NUMERAL or len(tokens[right].text) == 1
    return tokens[left].text in _POWERS and base and subtracted and tokens[right].kind in (Kind.NUMERAL, Kind.WORD)


def _plus(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a plus behind a number: "10M+ users", "50+ people"; no ion, no grade."""
    before, earlier = tokens[index - 1], tokens[index - 2]
    number = before.kind is Kind.NUMERAL and earlier.kind is not Kind.WORD
    short = before.kind is Kind.WORD and len(before.text) < 3 and earlier.kind is Kind.NUMERAL
    after = tokens[index + 1]
    if (number or short) and (after.kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index + 1, ",.;)-")):
        spaced = after.kind is Kind.SPACE and tokens[index + 2].kind is Kind.NUMERAL
        said = Words(f" {tokens.vocabulary.table('mathematics', 'powers')['plus']}")
        yield Reading(tokens[index].start, tokens[index].end, "plus: behind number", said, 0.3 if spaced else 0.7)


PLUS = Recogniser("plus", _plus, (("10M+ users", "10 million plus users"),), signs="+", with_number=True)


def _grade(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a minus behind a single letter: "a grade of A-."."""
    if tokens[index - 1].text in _GRADES and _is_free(tokens, index + 1) and _opens(tokens[index - 2]):
        name = tokens.vocabulary.table("mathematics", "powers")["minus"]
        yield Reading(tokens[index].start, tokens[index].end, "minus: grade", Words(f" {name}"), 0.8)


def ends_grade(tokens: Tokens, index: int) -> bool:
    """Return True if a dash behind repeated letters is their minus: "rated BBB-", "AA- and BB+"."""
    listed = tokens.word(index + 2) in tokens.vocabulary.words("joints", "linking") and not (
        tokens.is_sign(index + 5, "-") and tokens[index + 6].kind is Kind.WORD
    )
    return _opens(tokens[index - 2]) and (listed or _is_free(tokens, index + 1))


def _opens(token: Token) -> bool:
    return token.kind in (Kind.SPACE, Kind.EDGE)


def _is_free(tokens: Tokens, index: int) -> bool:
    """Return True if no second part follows, as in "A- and B-lists"."""
    if tokens[index].kind is Kind.SPACE:
        word = tokens.word(index + 1)
        return tokens[index + 1].text[:1].islower() and word not in tokens.vocabulary.words("joints", "linking")
    return tokens[index].kind is Kind.EDGE or tokens.is_sign(index, ",.;:!?)")


MINUS = Recogniser(
    "minus",
    _propose,
    (
        ("It fell –0.5%.", "It fell minus 0.5%."),
        ("3x - 5", "3x minus 5"),
        ("at UTC-5", "at UTC minus 5"),
    ),
    signs=DASHES,
    with_number=True,
    needs=(" - ", " − ", "(-", "= -", "(−", "= −", "{-"),
)
GRADE = Recogniser(
    "minus", _grade, (("a grade of A-.", "a grade of A minus."),), signs=DASHES, needs=("A-", "B-", "C-", "D-", "F-")
)


def _sum(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "5*3", "15 / 3 = 5", "5 · 3 = 15"."""
    left, right = tokens.before(index), tokens.after(index)
    if tokens[left].text == ")" and tokens[index].text == "/" and left == index - 2 and tokens.places_of("="):
        yield Reading(tokens[left].end, tokens[right].start, "sum: divided", Joint("divided by"), 0.8)
    if tokens[index].text == "*" and _is_product(tokens, index):
        yield Reading(tokens[left].end, tokens[right].start, "sum: product", Joint("times"), 0.85)
    if tokens[index].text == "/" and _is_quotient(tokens, left, right):
        over, under = ("eh" if tokens[at].text in "aA" else tokens[at].text for at in (left, right))
        yield Reading(tokens[left].start, tokens[right].end, "sum: over", Words(f"{over} over {under}"), 0.97)
    if tokens[left].kind is not Kind.NUMERAL or tokens[right].kind is not Kind.NUMERAL:
        return
    equal = tokens.is_sign(tokens.after(right), "=≈")
    if tokens[index].text == "*" or (tokens[index].text == "·" and equal):
        yield Reading(tokens[left].end, tokens[right].start, "sum: times", Joint("times"), 0.9)
    elif left == index - 2 and right == index + 2:
        sure = 0.9 if equal and tokens[index].text == "/" else 0.45
        yield Reading(tokens[left].end, tokens[right].start, "sum: divided", Joint("divided by"), sure)


def _is_quotient(tokens: Tokens, left: int, right: int) -> bool:
    """ "v = d/t": letters that equal another."""
    letters = all(tokens[at].kind is Kind.WORD and len(tokens[at].text) == 1 for at in (left, right))
    return letters and right == left + 2 and tokens.is_sign(tokens.before(left), "=")


def _is_product(tokens: Tokens, index: int) -> bool:
    """ "1/2*$500", "(3/4) * (2 + 1)", "a * b", "6 suits * $100 = $600": no star of emphasis, none of a list."""
    left, right = tokens[tokens.before(index)], tokens[tokens.after(index)]
    spaced = tokens[index - 1].kind is Kind.SPACE
    if spaced != (tokens[index + 1].kind is Kind.SPACE) or left.text == "*" or right.text == "*":
        return False
    amount = right.kind is Kind.NUMERAL or (right.text != "" and right.text in "($€£")
    if left.kind is Kind.NUMERAL or left.text == ")":
        summed = spaced or bool(tokens.places_of("=") or tokens.places_of("+"))
        return amount or (summed and right.kind is Kind.WORD and len(right.text) == 1)
    if left.kind is not Kind.WORD or not (spaced or (len(left.text) == 1 and tokens.places_of("="))):
        return False
    return len(left.text) == len(right.text) == 1 if right.kind is Kind.WORD else amount and bool(tokens.places_of("="))


SUM = Recogniser("sum", _sum, (("5*3", "5 times 3"), ("15 / 3 = 5", "15 divided by 3 equals 5")), signs="*/·")
