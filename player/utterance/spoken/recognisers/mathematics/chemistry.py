"""Compounds, charges and isotopes: "H₂SO₄", "CO2", "Ca²⁺", "SO₄²⁻", "¹⁴C"; lowered figures of other kinds: "x₁"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.grammar import stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.quantities.measure import behind_power
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Compound, Words
from player.utterance.spoken.vocabulary import Vocabulary

RAISED, LOWERED, CHARGES = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⁺⁻"
_PLAIN = str.maketrans(RAISED + LOWERED, "0123456789" * 2)
_ELEMENT = re.compile("([A-Z][a-z]?)([0-9]*)")
_LONGEST = 24
_MOST_FIGURES = 3
_LONGEST_ION = 4
"""Tokens in an ion before its charge."""


def _run(tokens: Tokens, index: int) -> tuple[int, int]:
    """Return the first token of a run of letters and lowered or plain figures around this one, and the index behind
    it."""
    first = index
    while index - first < _LONGEST and (tokens[first - 1].kind in (Kind.WORD, Kind.NUMERAL) or _is(tokens, first - 1)):
        first -= 1
    after = index + 1
    while after - index < _LONGEST and (tokens[after].kind in (Kind.WORD, Kind.NUMERAL) or _is(tokens, after)):
        after += 1
    return first, after


def _is(tokens: Tokens, index: int) -> bool:
    return tokens.is_sign(index, LOWERED)


def _lowered(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a lowered figure."""
    first, after = _run(tokens, index)
    if not any(_is(tokens, at) for at in range(first, index)):
        yield from _compound(tokens, first, after, 0.9)
    if not _is(tokens, index - 1) and tokens[index - 1].kind is not Kind.SPACE:
        at = index
        while _is(tokens, at) and at - index < _LONGEST:
            at += 1
        said = tokens.text[tokens[index].start : tokens[at - 1].end].translate(_PLAIN)
        blank = "" if tokens.is_sign(at, "-") else " "  # "β₁-adrenergic"
        yield Reading(tokens[index].start, tokens[at - 1].end, "subscript", Words(f" {said}{blank}"), 0.7)


def parts_of(written: str, known: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Return the chemical elements with their numbers, (("C", ""), ("O", "2")) of "CO₂"; empty for what is no
    compound."""
    plain = written.translate(_PLAIN)
    parts = tuple(_ELEMENT.findall(plain))
    elements = known.words("chemistry", "elements")
    whole = "".join(map("".join, parts)) == plain and all(element in elements for element, _ in parts)
    return parts if whole else ()


def _compound(tokens: Tokens, first: int, after: int, sure: float) -> Iterator[Reading]:
    """Yield a run of chemical elements with their numbers, and the charge behind it."""
    parts = parts_of(tokens.text[tokens[first].start : tokens[after - 1].end], tokens.vocabulary)
    if not parts:
        return
    charge, end = _charge_at(tokens, after)
    value = Compound(parts, charge)
    yield Reading(tokens[first].start, tokens[end - 1].end, "compound", value, sure)


def _charge_at(tokens: Tokens, index: int) -> tuple[str, int]:
    """ "2+" at raised signs, and the index behind; empty when there is no charge."""
    at = index + 1 if tokens.is_sign(index, RAISED) else index
    if not tokens.is_sign(at, CHARGES) or tokens.is_sign(at + 1, RAISED) or tokens[at + 1].kind is Kind.NUMERAL:
        return "", index
    number = tokens[index].text.translate(_PLAIN) if at > index else ""
    return number + ("+" if tokens[at].text == "⁺" else "-"), at + 1


COMPOUND = Recogniser("compound", _lowered, (("H₂SO₄", "H 2 S O 4"), ("SO₄²⁻", "S O 4 2 minus")), signs=LOWERED)


def _plain(tokens: Tokens, number: int) -> Iterator[Reading]:
    """At figures that are not lowered: "CO2 levels", "C6H12O6", "Ca2+"."""
    index = number - 1
    if tokens[index].kind is not Kind.WORD or tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL):
        return
    _, after = _run(tokens, index)
    written = tokens.text[tokens[index].start : tokens[after - 1].end]
    if written in tokens.vocabulary.words("chemistry", "plain") or _is_compound(tokens, written):
        yield from _compound(tokens, index, after, 0.9)
    sign, behind = tokens[index + 2], tokens[index + 3]
    free = behind.kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index + 3, ",.;)")
    if written in tokens.vocabulary.words("chemistry", "ions") and sign.text == "+" and free:
        parts = ((tokens[index].text, ""),)
        value = Compound(parts, f"{tokens[index + 1].text}+")
        yield Reading(tokens[index].start, sign.end, "charge: plain", value, 0.9)


def _is_compound(tokens: Tokens, written: str) -> bool:
    """Return True if elements with two numbers, or three elements, hydrogen or oxygen among them, make a compound."""
    known = tokens.vocabulary
    parts = _ELEMENT.findall(written)
    names = {element for element, _ in parts}
    numbers = [number for _, number in parts if number]
    if "".join(map("".join, parts)) != written or written in known.words("chemistry", "none") or "1" in numbers:
        return False
    several = len(numbers) > 1 or (len(parts) > 2 and any(len(name) > 1 for name in names)) or written.startswith("CH3")
    organic = len(names) > 1 and not names.isdisjoint(("H", "O")) and several
    return (
        organic and max(map(len, numbers), default=0) < _MOST_FIGURES and names <= known.words("chemistry", "elements")
    )


PLAIN_COMPOUND = Recogniser(
    "compound",
    _plain,
    (("CO2 levels", "C O 2 levels"),),
    numerals=Beside.AFTER_WORD,
)


def _plain_ion(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a plus or minus behind an ion that is written without raised figures: "NO3-", "SO42-", "NH4+"."""
    sign = "-" if tokens[index].text == "−" else tokens[index].text
    first = index
    while first > index - _LONGEST_ION and tokens[first - 1].kind in (Kind.WORD, Kind.NUMERAL):
        first -= 1
    written = tokens.text[tokens[first].start : tokens[index].start] + sign
    compound = tokens.vocabulary.table("chemistry", "charged").get(written) if _is_free(tokens, index + 1) else None
    if compound and (tokens[first - 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(first - 1, '([,/“"')):
        formula, _, charge = compound.partition(" ")
        value = Compound(parts_of(formula, tokens.vocabulary), charge)
        yield Reading(tokens[first].start, tokens[index].end, "charge: plain", value, 0.9)


def _ions(known: Vocabulary) -> Iterator[str]:
    """Yield them as they are written: with a hyphen, or with a minus."""
    for ion in known.table("chemistry", "charged"):
        yield from {ion, ion.replace("-", "−")}


PLAIN_ION = Recogniser(
    "charge",
    _plain_ion,
    (("NO3- ions", "N O 3 minus ions"),),
    signs="+-−",
    needs=_ions,
)


def _statistic(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the 2 of "R2 = .78", "χ2(1) = 5.6"."""
    known = tokens.vocabulary
    squared = tokens[index - 1].text in known.words("mathematics", "squared") and tokens[index].text == "2"
    equal = tokens.is_sign(tokens.after(index), "=<>≈(")
    if squared and equal and tokens[index - 2].kind is not Kind.NUMERAL:
        said = f" {known.table('mathematics', 'powers')['2']}"
        yield Reading(tokens[index].start, tokens[index].end, "power: of a statistic", Words(said), 0.9)


STATISTIC = Recogniser("power", _statistic, (("R2 = 0.78", "R squared equals 0.78"),), numerals=Beside.AFTER_WORD)


def _charge(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a raised plus or minus: "Ca²⁺", "Na⁺"."""
    first = index - 1 if tokens.is_sign(index - 1, RAISED) else index
    if tokens[first - 1].kind is Kind.WORD:
        charge, after = _charge_at(tokens, first)
        word = tokens[first - 1].text
        parts = parts_of(word, tokens.vocabulary)
        value = Compound(parts or ((word, ""),), charge, as_word=not parts)
        if charge:
            yield Reading(tokens[first - 1].start, tokens[after - 1].end, "charge", value, 0.9)


CHARGE = Recogniser("charge", _charge, (("Ca²⁺ ions", "C A 2 plus ions"),), signs=CHARGES)


def _raised(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a raised figure: an isotope's mass, or a power."""
    if tokens.is_sign(index - 1, RAISED):
        return
    at = index
    while tokens.is_sign(at, RAISED):
        at += 1
    figures = tokens.text[tokens[index].start : tokens[at - 1].end].translate(_PLAIN)
    before, after = tokens[index - 1], tokens[at]
    minus = before.text == "⁻"
    base = tokens[index - 2] if minus else before
    shifted = before.text in ("δ", "Δ")  # "δ¹³C"
    if after.kind is Kind.WORD and after.text[0].isupper() and (shifted or stands_apart(tokens, index)):
        blank = " " if shifted else ""
        yield Reading(tokens[index].start, after.start, "isotope", Words(f"{blank}{figures} "), 0.9)
    elif base.kind in (Kind.WORD, Kind.NUMERAL) or base.text in (")", "]") or tokens.is_sign(index - 1, LOWERED):
        said = f" {_power(tokens, f'-{figures}' if minus else figures)}"
        start = before.start if minus else tokens[index].start
        first = index - 2 if minus else index - 1
        if is_product(base.text) and tokens[tokens.before(first)].kind is not Kind.NUMERAL:  # no "10 cm⁻¹"
            said, start = " ".join(base.text) + said, base.start
        blank = " " if after.kind is Kind.WORD else ""  # "cos²x"
        yield Reading(start, tokens[at - 1].end, "power", Words(said + blank), 0.8)


def _power(tokens: Tokens, exponent: str) -> str:
    table = tokens.vocabulary.table("mathematics", "powers")
    known: str | None = table.get(exponent)
    return known or f"{table['other']} {exponent.replace('-', table['minus'] + ' ')}"


def _caret(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "10^6", "x^n", "2^-3"."""
    before = tokens[index - 1]
    minus = tokens.is_sign(index + 1, "-−")
    exponent = tokens[index + 2 if minus else index + 1]
    single = exponent.kind is Kind.WORD and len(exponent.text) == 1
    if not (exponent.kind is Kind.NUMERAL or single) or not (
        before.kind in (Kind.WORD, Kind.NUMERAL) or before.text == ")"
    ):
        return
    sign, charges = tokens[index + 2], tokens.vocabulary.table("mathematics", "charges")
    if not minus and sign.text in charges and _is_free(tokens, index + 3) and _is_of_elements(tokens, index):
        name = charges[sign.text]
        word = before.text.upper() if before.kind is Kind.WORD else ""
        said = f"{' '.join(word)} {exponent.text} {name}"
        yield Reading(before.start if word else before.end, sign.end, "charge: caret", Words(said), 0.95)
    said, start = f" {_power(tokens, ('-' if minus else '') + exponent.text)}", tokens[index].start
    if is_product(before.text):
        said, start = " ".join(before.text) + said, before.start
    yield Reading(start, exponent.end, "power", Words(said), 0.85)


def _is_free(tokens: Tokens, index: int) -> bool:
    return tokens[index].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index, ',.;:)”"')


def _is_of_elements(tokens: Tokens, index: int) -> bool:
    """Return True if chemical elements end here: "SO4" of "SO4^2-", "Ca" of "Ca^2+"."""
    name = tokens[index - 1] if tokens[index - 1].kind is Kind.WORD else tokens[index - 2]
    found = [element for element, _ in _ELEMENT.findall(name.text)]
    return "".join(found) == name.text and set(found) <= tokens.vocabulary.words("chemistry", "elements")


def is_product(text: str) -> bool:
    """Return True if a word is two letters multiplied: "mc²"."""
    return len(text) == 2 and text.isalpha() and text.islower()


def _scientific(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1.5e-5"."""
    signed = tokens.is_sign(index + 2, "-−+")
    exponent = tokens[index + 3 if signed else index + 2]
    if tokens[index + 1].text not in ("e", "E") or exponent.kind is not Kind.NUMERAL or not exponent.text.isdecimal():
        return
    powers = tokens.vocabulary.table("mathematics", "powers")
    minus = f"{powers['minus']} " if signed and tokens[index + 2].text != "+" else ""
    measured = read_unit(tokens, tokens.past_blank(index + 3)) if not signed else None
    if signed or "." in tokens[index].text or measured:
        said = Words(f" {powers['ten']} {minus}{exponent.text.lstrip('0') or '0'}")
        yield Reading(tokens[index].end, exponent.end, "power: of ten", said, 0.9)
        yield from behind_power(tokens, index + 4 if signed else index + 3)


SCIENTIFIC = Recogniser(
    "power", _scientific, (("1.5e-5", "1.5 times 10 to the power of minus 5"),), numerals=Beside.GLUED_WORD
)


POWER = Recogniser("power", _caret, (("10^6", "10 to the power of 6"),), signs="^")
RAISED_POWER = Recogniser("power", _raised, (("x²", "x squared"), ("10⁻⁶", "10 to the power of minus 6")), signs=RAISED)
