"""Measures: "5 kg", "a 3.5 GHz chip", "20–30 °C", "5 million km", "3/4 mile"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import gcd

from player.utterance.spoken.amounts import DASHES, Found, past_dash, read_amount, read_parts
from player.utterance.spoken.grammar import has_determiner, is_before_noun, is_described
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import is_of_dose, read_unit
from player.utterance.spoken.values import Amount, Factor, Fraction, Measure, Number, Unit

_SURE, _HYPHEN = 0.85, 0.8
_GLUED = (Kind.WORD, Kind.NUMERAL)
_TEMPERATURES = frozenset("CF")
_KELVIN = Unit((Factor("K"),))
_LONGEST_PAIR = 8
"""Figures of two numbers with a slash."""
_LONGEST_INCHES = 3
"""Figures right before "in"; "1968in" lacks a blank."""
_LONGEST_BRACKET = 40
"""Tokens before a measure among which its bracket opens."""
_MOST_NAMED = 3
"""Before the last of "seats 12A, 12B and 14C"."""
_BULLETS = "*-•–"
_EXPONENTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_MOST_DECIMALS = 2
"""Of newtons and watts; more are of degrees."""
_AROUND = 12
"""Tokens to either side in which a word is looked for that makes a K kelvins."""
_SHORTEST = 3
"""Letters of a unit that is no word: "min"."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a number: the unit behind it, or behind the range that it begins."""
    if tokens[index - 1].kind is Kind.WORD and tokens.word(index - 1) != "x":
        return
    named = tokens.is_sign(index - 1, "-") and tokens[index - 2].kind is Kind.WORD and tokens.is_sign(index + 1, "-")
    letter = tokens.word(index - 2) if tokens.is_sign(index - 1, "/") and tokens.is_free(index - 2) else ""
    if named or letter in tokens.vocabulary.words("joints", "apertures"):
        return  # "ICD-10-CM", "an f/2.8L lens"
    if tokens.is_sign(index - 1, "^") or tokens.is_sign(index - 2, "^"):
        yield from behind_power(tokens, index + 1)
        return
    if tokens.is_sign(index + 1, _EXPONENTS):
        last = next(at for at in range(index + 2, index + 6) if not tokens.is_sign(at, _EXPONENTS) or at > index + 4)
        yield from behind_power(tokens, last)
        return
    found = None if _is_pair(tokens, index) else read_parts(tokens, index)
    found = found or read_amount(tokens, index, _magnitudes(tokens, index + 1))
    if found is None and tokens[index].kind is Kind.NUMERAL:
        found = _with_comma(tokens, index)
    if found is None or (tokens.is_sign(index - 1, ".,") and tokens[index - 2].kind is Kind.NUMERAL):
        return
    if _unit(tokens, found.next) is None and not past_dash(tokens, found.next):
        return
    yield from _measure(tokens, index, found)
    until = _until(tokens, index, found)
    if until:
        yield from _measure(tokens, index, until)


def _magnitudes(tokens: Tokens, index: int) -> Mapping[str, str]:
    """Return what may stand behind a number, before a unit one letter too: "200k sq ft", "1.2m b/d"."""
    always: Mapping[str, str] = tokens.vocabulary.table("magnitudes", "always")
    letters: Mapping[str, str] = tokens.vocabulary.table("magnitudes", "letters")
    glued = tokens[index].text in letters and tokens[index + 1].text == " "
    unit = read_unit(tokens, index + 2) if glued else None
    longer = unit and len(tokens[index + 2].text + unit[0].over[0].sign) > _SHORTEST and tokens.word(index + 2) != "in"
    return {**always, **letters} if longer else always


def _is_pair(tokens: Tokens, index: int) -> bool:
    """Return True for two numbers that are no fraction: one would write it shorter, "50/60 Hz", "20/25 mg", or it would
    be above 1, "100/50 mg"."""
    over, under = tokens[index].text, tokens[index + 2].text
    if (
        not tokens.is_sign(index + 1, "/")
        or not (over.isdecimal() and under.isdecimal())
        or len(over + under) > _LONGEST_PAIR
    ):
        return False
    if int(over) > int(under):
        return is_of_dose(tokens, tokens.past_blank(index + 3))
    return int(over) < int(under) and gcd(int(over), int(under)) > 1


def behind_power(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the blank behind an exponent: the unit of "3 × 10^8 m/s"."""
    found = read_unit(tokens, index + 1) if tokens[index].kind is Kind.SPACE else None
    doubts = tokens.vocabulary.table("units", "doubtful").get(found[0].over[0].sign) if found else None
    if found and (found[0].under or doubts is None or doubts[0] > 0.5):
        yield Reading(tokens[index + 1].start, tokens[found[1] - 1].end, "unit: behind power", found[0], 0.8)


def _with_comma(tokens: Tokens, index: int) -> Found | None:
    """ "2,5", as on the Continent."""
    whole, comma, decimals = tokens[index].text.partition(",")
    if not comma or len(decimals) > 2 or not (whole + decimals).isdecimal():
        return None
    return Found(Amount(Number(f"{whole}.{decimals}", whole, decimals)), index + 1)


def _until(tokens: Tokens, index: int, found: Found) -> Found | None:
    """Return the range that an amount begins: "5–10 km", "5 km–10 km"."""
    at = past_dash(tokens, found.next)
    if not at:
        unit = _unit(tokens, found.next)
        at = past_dash(tokens, unit[1]) if unit else 0
    end = read_amount(tokens, at, tokens.vocabulary.table("magnitudes", "always")) if at else None
    if end is None or (isinstance(found.amount.number, Fraction) and not found.amount.number.whole):
        return None
    low, high = found.amount.number, end.amount.number
    falls = isinstance(low, Number) and isinstance(high, Number) and len(low.whole) > len(high.whole) + 1
    if falls and not (found.amount.magnitude or end.amount.magnitude) and tokens[tokens.before(index)].text.isupper():
        return None  # "an RTX 3080-10GB"
    between = tokens.word(tokens.before(index)) in tokens.vocabulary.words("grammar", "before_ranges")
    return Found(found.amount.but(until=end.amount, between=between), end.next)


def _unit(tokens: Tokens, index: int) -> tuple[Unit, int, bool] | None:
    """Return the unit here, with the blank or hyphen before it: the unit, the index behind it, whether there was a
    hyphen."""
    hyphen = tokens.is_sign(index, "-")
    found = read_unit(tokens, index + 1 if hyphen else tokens.past_blank(index))
    return (found[0], found[1], hyphen) if found else None


def _measure(tokens: Tokens, first: int, found: Found) -> Iterator[Reading]:
    read = _unit(tokens, found.next)
    if read is None:
        return
    unit, after, hyphen = read
    if len(unit.over[0].sign) == 1 and tokens.is_sign(after, ".") and tokens[after + 1].kind in _GLUED:
        return  # "340 A.D.", "123 F.3d"
    if (
        hyphen
        and tokens[first].text[:1] == "."
        and tokens.word(after - 1) in tokens.vocabulary.words("numbers", "calibers")
    ):
        return  # "a .50-cal. gun"
    joined = tokens.is_sign(after, "-") and tokens[after + 1].kind is Kind.WORD
    if joined and unit.over[0].sign in tokens.vocabulary.words("units", "not_joined") and not hyphen:
        return  # "5 t-shirts"
    begins = len(sign := unit.over[-1].sign) > 1 and begins_item(tokens, first)  # "10 tsp. Sriracha", "92 L. Ed."
    begins = begins and sign in tokens.vocabulary.words("units", "of_ingredients")
    stop = ends_with_stop(tokens, after) or (begins and tokens.is_sign(after, ".") and tokens[after + 2].text.isalpha())
    glued = tokens[found.next].kind is not Kind.SPACE and not hyphen
    other = unit.over[0].sign if not glued and not unit.under else ""
    named = _is_no_unit(tokens, first, after, other) or _is_grade(tokens, after, unit)
    confidence = 0.3 if named else _confidence(tokens, first, found, read)
    if glued and unit == _KELVIN:
        confidence = max(confidence, _kelvin(tokens, first))
    attribute = unit.over[-1].sign in tokens.vocabulary.words("units", "attributive") and not unit.under
    attribute = attribute or unit.over[-1].sign in tokens.vocabulary.table("units").get("attributive_phrases", ())
    raced = tokens.word(tokens.past_blank(after)) in tokens.vocabulary.words("units", "races")
    attribute = attribute or (raced and found.amount.until is None)
    noun = hyphen or is_before_noun(tokens, first, after + stop, sure=glued or attribute)
    noun = noun and (hyphen or not _is_ingredient(tokens, first, after + stop, unit))
    noun = noun or _is_contained(tokens, first, after + stop, unit) or _is_first_of_two(tokens, first, after + stop)
    noun = noun or _is_second_of_two(tokens, first, after + stop)
    value = Measure(found.amount, unit, noun, hyphen)
    told = "hyphen" if hyphen else "glued" if glued else "after blank"
    start, number = tokens[first].start, found.amount.number
    below = tokens.is_sign(first - 1, DASHES) and tokens[first - 2].kind not in _GLUED
    if below and isinstance(number, Number) and not number.whole:  # "-.5°C"
        start = tokens[first - 1].start
        value = value.but(amount=found.amount.but(number=number.but(sign="-")))
    yield Reading(start, tokens[after + stop - 1].end, f"measure: {told}", value, confidence)


def begins_item(tokens: Tokens, first: int) -> bool:
    """Return True if a line of a list begins here, as those of recipes do: "* 10 tsp. Sriracha"."""
    bullet = tokens.before(first)
    return bullet < 0 or (tokens.before(bullet) < 0 and tokens.is_sign(bullet, _BULLETS))


def _is_ingredient(tokens: Tokens, first: int, after: int, unit: Unit) -> bool:
    """Return True if so much of something is meant, no size: "250g flour", "3 lb. onions"; not "500ml bottles"."""
    known = tokens.vocabulary
    if unit.under or unit.over[-1].sign.rpartition(" ")[2] not in known.words("units", "of_ingredients"):
        return False
    word = tokens.word(tokens.past_blank(after))
    held = not {word, word.removesuffix("s"), word.removesuffix("es")}.isdisjoint(known.words("units", "containers"))
    named = tokens[tokens.past_blank(after)].text
    given = named in known.words("units", "routes") or named in known.words("units", "substances")
    capital = named[:1].isupper() and not begins_item(tokens, first)
    return given or not (held or is_described(tokens, first) or capital)


def _is_contained(tokens: Tokens, first: int, after: int, unit: Unit) -> bool:
    """ "32 oz soda", "14 oz tin of tomatoes", "1 (14.5 oz) can": the size of what holds it."""
    known = tokens.vocabulary
    if unit.under or unit.over[-1].sign not in known.words("units", "of_ingredients"):
        return False
    closed = tokens.is_sign(first - 1, "(") and tokens.is_sign(after, ")")
    at = after + 1 if closed else after
    word = tokens.word(at + 1)
    held = not {word, word.removesuffix("s"), word.removesuffix("es")}.isdisjoint(known.words("units", "containers"))
    return held and tokens[at].kind is Kind.SPACE


def _is_first_of_two(tokens: Tokens, first: int, after: int) -> bool:
    """ "a 6ft 2in defender": the first of two measures before a noun."""
    found = read_amount(tokens, after + 1, {}) if tokens[after].text == " " and has_determiner(tokens, first) else None
    second = _unit(tokens, found.next) if found else None
    return bool(second) and is_before_noun(tokens, first, second[1] if second else after)


def _is_second_of_two(tokens: Tokens, first: int, after: int) -> bool:
    """ "a 6 ft 4 in woman": the second of two measures before a noun."""
    unit = tokens.before(first)
    number = tokens.before(unit)
    pair = tokens[number].kind is Kind.NUMERAL and tokens[unit].kind is Kind.WORD and read_unit(tokens, unit)
    return bool(pair) and has_determiner(tokens, number) and is_before_noun(tokens, first, after, sure=True)


def ends_with_stop(tokens: Tokens, index: int) -> bool:
    """Return True if a full stop here belongs to the abbreviation: "5 min. later", not at the end of a sentence."""
    if not tokens.is_sign(index, "."):
        return False
    after = tokens[index + 1]
    if after.kind is Kind.SPACE:
        following = tokens[index + 2]
        return following.text[:1].islower() or following.kind is Kind.NUMERAL or following.text == "("
    if after.text == ")" and tokens[tokens.after(index + 1)].text[:1].isupper():
        return not _is_sentence(tokens, index)
    return after.text in (",", ";", ":", ")", "-", "–")  # "3-ft.-wide", "18 mos.–3 yrs."


def _is_sentence(tokens: Tokens, index: int) -> bool:
    """Return True if the bracket that closes behind this stop holds a sentence: "(It is 5 km.)", not "(28 oz.)"."""
    opened = next((at for at in range(index - 1, max(index - _LONGEST_BRACKET, -1), -1) if tokens[at].text == "("), -1)
    return opened >= 0 and tokens[opened + 1].text[:1].isupper()


def _confidence(tokens: Tokens, first: int, found: Found, read: tuple[Unit, int, bool]) -> float:
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
        confidence = 0.3  # "a 4g phone"
    if sign == "mo" and glued and number.whole in tokens.vocabulary.words("units", "book_sizes"):
        confidence = 0.3  # "a 12mo edition"
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
        return 0.3  # "Route 9W", "45 W. 25th St."
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
    return len(sign) == 1 and sign.isupper() and more and _unit(tokens, after + 2) is None


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
    return 0.7 if (ends or converted) and not hyphen else 0.3


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


MEASURE = Recogniser(
    "measure",
    _propose,
    (
        ("It weighs 5kg.", "It weighs 5 kilograms."),
        ("a 5 km run", "a 5 kilometer run"),
        ("20 mg/kg/day", "20 milligrams per kilogram per day"),
    ),
    numerals=Beside.GLUED_WORD
    | Beside.WORD
    | Beside.NUMBER
    | Beside.SLASH
    | Beside.DASH
    | Beside.SIGN
    | Beside.BRACKET,
    signs="½¼¾⅓⅔⅛⅜⅝⅞",
)
