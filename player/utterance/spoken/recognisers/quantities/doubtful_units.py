"""How sure it is that letters behind a number are a unit: "at 38C", "cooled to 77K"; not "Gate 38C", "a 4K screen"."""

from __future__ import annotations

from player.utterance.spoken.amounts import DASHES, Found
from player.utterance.spoken.grammar import has_determiner, is_before_noun
from player.utterance.spoken.recognisers.quantities.parts import ends_with_stop, unit_behind
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Factor, Fraction, Number, Unit

_SURE, _HYPHEN, _DOUBTFUL = 0.85, 0.8, 0.3
_KELVIN = Unit((Factor("K"),))
_TEMPERATURES = frozenset("CF")
_LONGEST_INCHES = 3
"""Figures right before "in"; "1968in" lacks a blank."""
_MOST_NAMED = 3
"""Before the last of "seats 12A, 12B and 14C"."""
_MOST_DECIMALS = 2
"""Of newtons and watts; more are of degrees."""
_AROUND = 12
"""Tokens to either side in which a word is looked for that makes a K kelvins."""
_SHORTEST = 3
"""Letters of a unit that is no word: "min"."""


def confidence_in(tokens: Tokens, first: int, found: Found, read: tuple[Unit, int, bool]) -> float:
    """Return how sure a unit is (what `unit_behind` has read), behind an amount that begins at `first`."""
    unit, after, hyphen = read
    glued = tokens[found.next].kind is not Kind.SPACE and not hyphen
    alone = unit.over[0].sign if not glued and not unit.under else ""
    named = _is_no_unit(tokens, first, after, alone) or _is_grade(tokens, after, unit)
    confidence = _DOUBTFUL if named else _usual(tokens, first, found, read)
    return max(confidence, _kelvin(tokens, first)) if glued and unit == _KELVIN else confidence


def _usual(tokens: Tokens, first: int, found: Found, read: tuple[Unit, int, bool]) -> float:
    unit, after, hyphen = read
    sign = unit.over[0].sign
    doubts = tokens.vocabulary.table("units", "doubtful").get(sign)
    lettered = hyphen and sign in tokens.vocabulary.words("units", "letters_of_names")  # "an 8-K filing", "a 10-K/A"
    if doubts is None or (not lettered and (unit.under or len(unit.over) > 1 or unit.over[0].power > 1)):
        return _HYPHEN if hyphen else _SURE
    glued = tokens[found.next].kind is not Kind.SPACE
    confidence: float = doubts[2 if hyphen else 1 if glued else 0]
    number = found.amount.number
    if hyphen and not lettered and _leads_to_noun(tokens, first, after, sign):
        return _HYPHEN
    stroke = tokens.is_sign(first - 1, "/") and tokens[first - 2].kind is Kind.WORD
    second = sign.isupper() and _is_second(tokens, first) and not _is_named(tokens, first)
    second = second or (stroke and read_unit(tokens, first - 2) is not None)
    dissolved = tokens[tokens.past_blank(after)].text in tokens.vocabulary.words("units", "dissolved")
    if second or (sign == "M" and dissolved):
        return _SURE  # "12V/2A", "5V and 2A", "1 M NaCl"
    if sign == "in":
        counted = glued and not hyphen and len(number.whole) <= _LONGEST_INCHES
        return _SURE if counted else _inches(tokens, first, after, hyphen)
    decimals = isinstance(number, Fraction) or bool(number.decimals)
    if sign == "g" and glued and tokens.word(after + 1) in tokens.vocabulary.words("units", "generations"):
        confidence = _DOUBTFUL  # "a 4g phone"
    if sign == "mo" and glued and number.whole in tokens.vocabulary.words("units", "book_sizes"):
        confidence = _DOUBTFUL  # "a 12mo edition"
    if sign in _TEMPERATURES:
        confidence += _temperature(tokens, first, after, number)
    elif (sign == "s" and glued and (decimals or _is_lasting(tokens, first, after))) or (
        sign == "d" and not glued and not hyphen and _is_lasting(tokens, first, after, "before_days")
    ):
        confidence = _SURE
    elif sign.isupper() and (
        (len(sign) == 1 and _is_named(tokens, first))
        or (tokens.is_sign(after, ".") and tokens[after + 2].kind is Kind.NUMERAL)
    ):
        return _DOUBTFUL  # "Route 9W", "45 W. 25th St."
    elif decimals:
        confidence += 0.1
    return min(confidence, _SURE)


def _is_second(tokens: Tokens, first: int) -> bool:
    """Return True for the second of two measures: "5V and 2A"."""
    joint = tokens.before(first)
    unit = tokens.before(joint)
    if tokens.word(joint) not in tokens.vocabulary.words("joints", "linking") or tokens[unit].kind is not Kind.WORD:
        return False
    return tokens[tokens.before(unit)].kind is Kind.NUMERAL and read_unit(tokens, unit) is not None


def _is_no_unit(tokens: Tokens, first: int, after: int, sign: str) -> bool:
    """ "382 F. 3d 245", "page 190 J. Gage", "32 A Horse Fair", "longitude 148 30 W."."""
    factor = tokens[after].text == " " and tokens[after + 1].text in tokens.vocabulary.words("mathematics", "factors")
    ends = tokens[after + 2].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(after + 2, "²³^")
    if len(sign) == 1 and factor and ends and tokens[tokens.after(after + 1)].kind is not Kind.NUMERAL:
        return True  # "½ m v squared"
    if len(sign) != 1 or not sign.isupper():
        return False
    if tokens.is_sign(after, ".") and tokens[after + 1].kind is Kind.SPACE:
        following = tokens[after + 2]
        legal = following.kind is Kind.NUMERAL and tokens.word(after + 3) == "d"
        named = following.text[:1].isupper() and tokens.word(tokens.before(first)) in _pages(tokens)
        return legal or named or (sign in "NSEW" and following.text[:1].isupper())
    numbered = tokens[tokens.before(first)].kind is Kind.NUMERAL and first - tokens.before(first) > 1
    decimals = len(tokens[first].text.partition(".")[2])
    if sign in "NSEW" and (numbered or decimals > _MOST_DECIMALS or tokens.is_sign(tokens.before(first), "°′")):
        return True  # "51.5074 N, 0.1278 W"
    opens = tokens[after].text == " " and not has_determiner(tokens, first)
    return sign == "A" and opens and tokens[after + 1].text[:1].isupper()


def _is_grade(tokens: Tokens, after: int, unit: Unit) -> bool:
    """ "5W-30 oil", "UL 94 V-0", "a 10 K run"; not "5V-10V"."""
    sign = unit.over[-1].sign
    if unit == _KELVIN and tokens.word(tokens.past_blank(after)) in tokens.vocabulary.words("units", "races"):
        return True
    more = tokens.is_sign(after, "-") and tokens[after + 1].kind is Kind.NUMERAL
    return len(sign) == 1 and sign.isupper() and more and unit_behind(tokens, after + 2) is None


def _pages(tokens: Tokens) -> frozenset[str]:
    return tokens.vocabulary.words("joints", "pages") | tokens.vocabulary.words("joints", "names")


def _leads_to_noun(tokens: Tokens, first: int, after: int, sign: str) -> bool:
    """ "a 60-W bulb", "a 45-min. walk", "the 100-m dash"; without an article "3-h delays", and no capitals."""
    at = after + ends_with_stop(tokens, after)
    if tokens.is_sign(at, "-") and tokens[at + 1].kind is Kind.NUMERAL:
        return False  # "a 2-in-1 device"
    if not (has_determiner(tokens, first) or (sign.islower() and len(sign) <= _SHORTEST and sign != "in")):
        return False
    return is_before_noun(tokens, first, at, sure=tokens[at + 1].text.islower())


def _is_named(tokens: Tokens, first: int) -> bool:
    """ "Hwy. 101 N.", "Gate 12A", "I-5 N"."""
    if tokens.is_sign(first - 1, "-") and tokens[first - 2].text.isupper():
        return True
    before, known = tokens.before(first), tokens.vocabulary
    for _ in range(_MOST_NAMED):  # "seats 12A, 12B and 14C"
        joint = tokens.is_sign(before, f",&{DASHES}") or tokens.word(before) in known.words("joints", "linking")
        last = tokens.before(before)
        if not (joint and len(tokens[last].text) == 1 and tokens[last - 1].kind is Kind.NUMERAL):
            break
        before = tokens.before(last - 1)
    before = tokens.before(before) if tokens.is_sign(before, ".") else before
    names = known.words("units", "before_names")
    return tokens.word(before) in names or tokens.word(before).removesuffix("s") in names


def _inches(tokens: Tokens, first: int, after: int, hyphen: bool) -> float:
    """ "in" is an inch where the measure ends with it, and where it has a full stop: "5 in 10 people" has none."""
    if tokens.word(tokens.before(first)) in tokens.vocabulary.words("units", "before_inches"):
        return _SURE
    if ends_with_stop(tokens, after):
        return _SURE
    following = tokens[tokens.after(after - 1)]
    ends = following.kind is Kind.EDGE or following.text in ("x", "×", ")", ",", ";", ".", "by")
    at = tokens.after(after - 1)
    converted = following.text == "(" and tokens[at + 1].kind is Kind.NUMERAL and tokens.is_sign(at + 4, ")")
    converted = converted and read_unit(tokens, at + 3) is not None  # "6.5 in (165 mm)"
    return 0.7 if (ends or converted) and not hyphen else _DOUBTFUL


def _kelvin(tokens: Tokens, first: int) -> float:
    """Return how sure it is that a K is no thousand: "T = 300K", "cooled to 77K"; not "a 4K screen"."""
    known, equal = tokens.vocabulary, tokens.before(first)
    symbol_at = tokens.before(equal)
    symbol_at -= 2 * tokens.is_sign(symbol_at - 1, "_")  # "T_c = 92K"
    symbol = tokens.word(symbol_at) in known.words("units", "symbols_of_kelvins")
    if tokens.is_sign(equal, "=≈~<>") and symbol:
        return 0.93
    around = {tokens.word(at) for at in range(max(first - _AROUND, 0), first + _AROUND)}
    led = tokens.word(equal) in known.words("units", "before_degrees") and not has_determiner(tokens, first)
    return 0.0 if not led or around.isdisjoint(known.words("units", "kelvins")) else _SURE


def _is_lasting(tokens: Tokens, first: int, after: int, words: str = "before_seconds") -> bool:
    """ "in 45s", "for 30s", "for 4 d"; not "in his 30s", "wages of 12s. a week"."""
    if tokens.is_sign(after, ".") and tokens[after + 2].kind is not Kind.EDGE:
        return False
    if tokens.is_sign(tokens.before(first), "=≈≤≥"):  # "t = 5s"
        return True
    return tokens.word(tokens.before(first)) in tokens.vocabulary.words("units", words)


def _temperature(tokens: Tokens, first: int, after: int, number: Number | Fraction) -> float:
    """Return what speaks for degrees where only "C" or "F" is written: "at 38C", not "Gate 38C"."""
    digits = len(number.whole)
    if _is_named(tokens, first):
        return -0.3  # "Section 12C of the act"
    if tokens.word(tokens.after(after - 1)) in tokens.vocabulary.words("units", "isotopes"):
        return -0.3  # "14C dating"
    if tokens.word(tokens.after(after - 1)) in tokens.vocabulary.words("units", "behind_degrees"):
        return 0.4
    before = tokens[tokens.before(first)]
    known = tokens.vocabulary.words("units", "before_degrees")
    bracket = tokens.after(after - 1)
    figure = tokens.is_sign(bracket, "(") and tokens[bracket + 1].kind is Kind.NUMERAL
    converted = figure and tokens[tokens.past_blank(bracket + 2)].text in _TEMPERATURES  # "saw 100F (38C)"
    grouped = isinstance(number, Number) and "," in number.figures  # "heated to 1,500C"
    led = before.text.lower() in known and (digits == 1 or grouped)
    if isinstance(number, Number) and (number.decimals or led or converted):
        return 0.4
    ranged = tokens.is_sign(first - 1, "-–") and tokens[first - 2].kind is Kind.NUMERAL
    model = number.whole in tokens.vocabulary.words("joints", "models")  # "737-800F"
    if ranged or model or (not 1 < digits < 4 and not tokens.is_sign(first - 1, "-–−")):
        return -0.3
    expected = before.text.lower() in known or before.kind is not Kind.WORD or has_determiner(tokens, first)
    return 0.2 if expected else -0.2
