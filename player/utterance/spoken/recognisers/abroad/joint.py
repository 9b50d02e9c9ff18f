"""Strokes, colons and crosses beside numbers: "200 Einwohner/km²", "5 l/100 km", "2:1", "14:00", "5 x 3", "x²"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import number_of
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.abroad.clock import is_hour, said_time
from player.utterance.spoken.recognisers.mathematics.chemistry import is_product
from player.utterance.spoken.tokens import Kind, Token, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import vocabulary

_HUNDREDS = ("100", "1000", "1")
"""Behind a stroke, of so much for so much: "l/100 km"; not "230 V/50 Hz"."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_FIGURES = str.maketrans(_RAISED, "0123456789-")
_POWERS = {2: "²", 3: "³"}
_LONGEST_SCORE = 5
"""Figures of both numbers, less one."""
_SHORTEST_WORD = 2
"""Letters, behind "2x"."""
_LONGEST_SIZE = 12
"""Tokens of "2 x 3 x 4 m"."""
_LONGEST_YEAR = 4
"""Figures of a year, whose raised figure is a note's."""
_VOWELS = frozenset("aeiou")
_AMOUNTS = (Kind.SPACE, Kind.NUMERAL)


def _per(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the slash of "Einwohner/km²", "5 l/100 km", "15 €/Monat"."""
    before, after = tokens[index - 1], tokens[index + 1]
    joints = tokens.vocabulary.table("grammar", "joints")
    counted = tokens[tokens.before(index - 1)].kind is Kind.NUMERAL
    measured = counted and before.kind is Kind.WORD and read_unit(tokens, index - 1) is not None
    if after.kind is Kind.NUMERAL:
        yield from _of_all(tokens, index)
        unit = tokens.past_blank(index + 2)
        if measured and read_unit(tokens, unit):
            volume = tokens[unit].text in vocabulary("en").words("units", "volumes")
            per = joints.get("per_number", joints["per"]) if volume or after.text in _HUNDREDS else ", "
            yield Reading(tokens[index].start, tokens[index].end, "slash: per", Words(per), 0.9)
        return
    priced = before.kind is Kind.NUMERAL or before.text in tokens.vocabulary.table("currencies", "signs")
    word = tokens.word(index + 1)
    if (priced or measured or (counted and before.kind is Kind.WORD)) and word in tokens.vocabulary.words(
        "grammar", "per"
    ):
        said = tokens.vocabulary.table("grammar", "per_one").get(word) or _for_one(tokens, after.text)
        yield Reading(tokens[index].start, after.end, "slash: per", Words(said), 0.9)
        return
    found = read_unit(tokens, index + 1)
    before = tokens[index - 2] if before.text == "." else before  # "hab./km²"
    counted = before.kind is Kind.WORD and len(before.text) > 2 and not before.text.isupper()
    if not found or len(found[0].over) > 1 or found[0].under or not (counted or priced or before.kind in _AMOUNTS):
        return
    factor = found[0].over[0]
    name = units(tokens.vocabulary).names.get(factor.sign + _POWERS.get(factor.power, ""))
    squared = factor.power > 1 or factor.sign[-1] in "²³"
    priced = tokens.is_sign(tokens.before(index - 1), "€$£") and before.kind is Kind.NUMERAL  # "€ 2,50/kg"
    if name and (squared or priced or tokens[tokens.before(index - 1)].kind is Kind.NUMERAL):
        start = tokens[tokens.before(index)].end
        yield Reading(start, tokens[found[1] - 1].end, "slash: per", Words(_for_one(tokens, name[0])), 0.9)


def _for_one(tokens: Tokens, name: str) -> str:
    """ " pro Monat", Italian " al mese", " all'ora"."""
    joints = tokens.vocabulary.table("grammar", "joints")
    elided = joints.get("per_vowel") if name[0] in _VOWELS else None
    return (elided or str(joints["per"])) + name


def _of_all(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the slash of "7 j/7", "24h/24"."""
    number = tokens.before(index - 1)
    said = tokens.vocabulary.table("grammar", "of_all").get(tokens.word(index - 1))
    if said and tokens[number].kind is Kind.NUMERAL and tokens[index + 2].kind is not Kind.WORD:
        value = Words(f"{tokens[number].text} {said} ")
        yield Reading(tokens[number].start, tokens[index].end, "slash: of all", value, 0.95)


PER = Recogniser(
    "slash",
    _per,
    (("200 Einwohner/km²", "200 Einwohner pro Quadratkilometer"),),
    signs="/",
    languages=CODES,
)


def _colon(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of two numbers with a colon: a full hour, a ratio, a score."""
    first, second = tokens[index].text, tokens[index + 2].text
    if not tokens.is_sign(index + 1, ":") or not (first.isdecimal() and second.isdecimal()):
        return
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, ":,./") or tokens[index + 3].kind is Kind.WORD:
        return
    if tokens.is_sign(index + 3, ":"):
        return
    end = tokens[index + 2].end
    if len(second) == 2 and second < "60" and is_hour(first):
        if second[0] == "0":
            said = Words(said_time(tokens, first, second))
            yield Reading(tokens[index].start, end, "time: colon", said, 0.8)
        dash = tokens.past_blank(index + 3)
        last = tokens.past_blank(dash + 1)
        if tokens.is_sign(dash, "-–") and is_hour(tokens[last].text):
            to = Words(str(tokens.vocabulary.table("grammar", "joints")["to"]))
            yield Reading(end, tokens[last].start, "time: range", to, 0.9)
        return
    between = tokens.vocabulary.table("grammar", "joints").get("ratio")
    cited = len(second) > 2 and first not in ("1", "10", "100")  # "Nature 421:335"
    more = tokens.is_sign(index + 3, "-–") and tokens[index + 4].kind is Kind.NUMERAL
    if tokens.is_sign(index - 1, "-–") or more or cited:
        return
    if between and len(first) < 4:
        yield Reading(tokens[index + 1].start, tokens[index + 1].end, "ratio", Words(str(between)), 0.8)


def _sum(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign of "10 : 2 = 5", "3 · 4 = 12"."""
    name = tokens.vocabulary.table("mathematics", "between").get({":": "÷", "·": "×"}[tokens[index].text])
    spaced = tokens[index - 1].kind is tokens[index + 1].kind is Kind.SPACE
    numbers = tokens[index - 2].kind is tokens[index + 2].kind is Kind.NUMERAL
    if name and spaced and numbers and tokens.is_sign(tokens.after(index + 2), "="):
        yield Reading(tokens[index].start, tokens[index].end, "sum", Words(str(name)), 0.9)
        return
    ratio = tokens.vocabulary.table("grammar", "joints").get("ratio") if tokens[index].text == ":" else None
    short = tokens[index - 2].text.isdecimal() and tokens[index + 2].text.isdecimal()
    if ratio and spaced and numbers and short and len(tokens[index - 2].text + tokens[index + 2].text) < _LONGEST_SCORE:
        yield Reading(tokens[index - 1].start, tokens[index + 1].end, "ratio: with blanks", Words(str(ratio)), 0.7)


SUM = Recogniser(
    "sum", _sum, (("10 : 2 = 5", "10 geteilt durch 2 gleich 5"),), signs=":·", with_number=True, languages=CODES
)


COLON = Recogniser(
    "ratio",
    _colon,
    (("ein Maßstab von 1:100", "ein Maßstab von 1 zu 100"),),
    numerals=Beside.COLON,
    languages=CODES,
)


def _cross(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the x of "5 x 3"."""
    left, right = tokens.before(index), tokens.after(index)
    if tokens[right].kind is Kind.NUMERAL and _is_measured(tokens, left) and left < index - 1:  # "10 cm x 5 cm"
        yield Reading(tokens[left].end, tokens[right].start, "cross: sizes", Words(_by(tokens)), 0.85)
        return
    numbers = tokens[left].kind is tokens[right].kind is Kind.NUMERAL
    chained = tokens[left - 1].text == "x" and tokens[left - 2].kind is Kind.NUMERAL  # "4x4x2"
    if numbers and (left == index - 1) == (right == index + 1) and (tokens[left - 1].kind is not Kind.WORD or chained):
        decimal = tokens.vocabulary.table("numbers").get("decimal", ".")
        if number_of(tokens[left].text, decimal) and number_of(tokens[right].text, decimal):
            said = _by(tokens) if _is_size(tokens, right) else _times_said(tokens)
            short = len(tokens[left].text) == len(tokens[right].text) == 1
            if (short and _is_scored(tokens, left)) or _is_between_teams(tokens, left, right):
                said = str(tokens.vocabulary.table("grammar", "joints")["score"])  # "ganhou por 3x1"
            yield Reading(tokens[left].end, tokens[right].start, "cross", Words(said), 0.85)


def _times_said(tokens: Tokens) -> str:
    """ " mal "."""
    return f" {tokens.vocabulary.table('mathematics', 'between')['×']} "


def _by(tokens: Tokens) -> str:
    """Return what stands between two lengths: " sur ", where that is not what stands between two numbers."""
    return str(tokens.vocabulary.table("grammar", "joints").get("sizes") or _times_said(tokens))


def _is_measured(tokens: Tokens, index: int) -> bool:
    """ "5 cm" ends here."""
    unit = tokens[index].kind is Kind.WORD and tokens[tokens.before(index)].kind is Kind.NUMERAL
    return unit and read_unit(tokens, index) is not None


def _is_size(tokens: Tokens, right: int) -> bool:
    """ "2 x 3 m", "2 x 3 x 4 m": a unit is behind the last number."""
    last = right
    while tokens.word(tokens.after(last)) == "x" and tokens[tokens.after(tokens.after(last))].kind is Kind.NUMERAL:
        last = tokens.after(tokens.after(last))
        if last > right + _LONGEST_SIZE:
            return False
    unit = read_unit(tokens, tokens.past_blank(last + 1))
    return unit is not None and unit[0].over[0].sign[-1] == "m"


def _is_scored(tokens: Tokens, left: int) -> bool:
    """ "ganhou por 3x1"."""
    return tokens.word(tokens.before(left)) in tokens.vocabulary.words("grammar", "before_scores")


def _is_between_teams(tokens: Tokens, left: int, right: int) -> bool:
    """ "Flamengo 2 x 1 Vasco", in languages that write a score so."""
    teams = tokens[tokens.before(left)].text, tokens[tokens.after(right)].text
    goals = len(tokens[left].text) < 3 > len(tokens[right].text)
    return goals and bool(tokens.vocabulary.words("grammar", "before_scores")) and all(map(str.istitle, teams))


CROSS = Recogniser(
    "cross",
    _cross,
    (("5 x 3 m", "5 mal 3 Meter"),),
    signs="×",
    words=lambda _: ("x",),
    with_number=True,
    languages=CODES,
)


def _times(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the x of "2x täglich", "3 x per dag"."""
    number, after = tokens.before(index), tokens[index + 2]
    counted = tokens[number].text.isdecimal() and tokens[number - 1].kind in (Kind.SPACE, Kind.EDGE)
    often = tokens[index + 1].kind is Kind.SPACE and after.kind is Kind.WORD and after.text.islower()
    names = tokens.vocabulary.table("grammar", "times")
    if not names or not counted or not often or len(after.text) < _SHORTEST_WORD:
        return
    once = tokens[number].text == "1"
    said = Words(names["once"] if once else f" {names['many']}")
    yield Reading(tokens[number].start if once else tokens[number].end, tokens[index].end, "times", said, 0.85)


TIMES = Recogniser(
    "times", _times, (("2x täglich", "2 mal täglich"),), words=lambda _: ("x",), with_number=True, languages=CODES
)


def _power(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the raised figure of "x²"."""
    before = tokens[index - 1]
    letter = before.kind is Kind.WORD and len(before.text) == 1 and tokens[index - 2].kind is not Kind.NUMERAL
    name = units(tokens.vocabulary).names.get(before.text + tokens[index].text)
    if name and len(tokens.word(tokens.before(index - 1))) > 1:
        per = tokens.word(tokens.before(index - 1)) == str(tokens.vocabulary.table("grammar", "joints")["per"]).strip()
        yield Reading(before.start, tokens[index].end, "unit: alone", Words(name[not per]), 0.92)  # "en m²"
    elif before.kind is Kind.NUMERAL and before.text.isdecimal() and len(before.text) < _LONGEST_YEAR:  # "10²"
        yield from _exponent(tokens, index)
    elif letter or before.text == ")" or _is_product(tokens, index - 1):
        said = tokens.vocabulary.table("mathematics", "powers")[tokens[index].text]
        yield Reading(before.start, tokens[index].end, "power", Words(f"{' '.join(before.text)} {said}"), 0.92)


def _is_product(tokens: Tokens, index: int) -> bool:
    """Return True if a word is two letters multiplied in a formula: "E = mc²"; not "ja²", with a note's mark."""
    return is_product(tokens[index].text) and tokens.is_sign(tokens.before(index), "=+−")


def _exponent(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first raised figure or sign of "10⁶", "10⁻³", "x⁴"."""
    at, base = index, tokens[index - 1]
    known = base.kind is Kind.NUMERAL or (base.kind is Kind.WORD and len(base.text) == 1) or base.text == ")"
    if not known or base.text in _RAISED:
        return
    while tokens[at].text and tokens[at].text in _RAISED:
        at += 1
    figures = "".join(tokens[i].text for i in range(index, at)).translate(_FIGURES)
    minus = str(tokens.vocabulary.table("numbers")["minus"])
    said = str(tokens.vocabulary.table("mathematics", "powers")["other"]).format(figures.replace("-", f"{minus} "))
    yield Reading(tokens[index].start, tokens[at - 1].end, "power: figures", Words(f" {said}"), 0.92)
    found = read_unit(tokens, at + 1) if base.kind is Kind.NUMERAL and tokens[at].kind is Kind.SPACE else None
    name = units(tokens.vocabulary).names.get(found[0].over[0].sign) if found and not found[0].under else None
    if name and found and found[1] == at + 2:
        yield Reading(tokens[at + 1].start, tokens[at + 1].end, "power: unit", Words(name[1]), 0.85)


EXPONENT = Recogniser("power", _exponent, (("10⁶ Zellen", "10 hoch 6 Zellen"),), signs="⁰¹⁴⁵⁶⁷⁸⁹⁻", languages=CODES)
POWER = Recogniser("power", _power, (("a² + b²", "a Quadrat + b Quadrat"),), signs="²³", languages=CODES)


def _caret(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "2^3", "x^n", "10^-6"."""
    base, minus = tokens[index - 1], tokens.is_sign(index + 1, "-−")
    exponent = tokens[index + 2 if minus else index + 1]
    product = _is_product(tokens, index - 1)
    if (product or _is_number_or_letter(base)) and _is_number_or_letter(exponent):
        sign = f"{tokens.vocabulary.table('numbers')['minus']} " if minus else ""
        said = str(tokens.vocabulary.table("mathematics", "powers")["other"]).format(sign + exponent.text)
        above = Words(f"{' '.join(base.text) if product else base.text} {said}")
        yield Reading(base.start, exponent.end, "power: caret", above, 0.92)


def _is_number_or_letter(token: Token) -> bool:
    return token.kind is Kind.NUMERAL or (token.kind is Kind.WORD and len(token.text) == 1)


CARET = Recogniser("power", _caret, (("2^3 Zellen", "2 hoch 3 Zellen"),), signs="^", languages=CODES)


def _short(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first letter of "t/m", "c/"."""
    for written, said in tokens.vocabulary.table("grammar", "strokes").items():
        after = tokens.matches(index, written)
        ends = tokens[after].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(after, ",.;:)")
        if after and ends and tokens[index - 1].kind in (Kind.SPACE, Kind.EDGE):
            yield Reading(tokens[index].start, tokens[after - 1].end, "slash: short", Words(str(said)), 0.95)


SHORT = Recogniser(
    "slash",
    _short,
    (),
    words=lambda known: (written[0].lower() for written in known.table("grammar", "strokes")),
    needs=("/",),
    languages=CODES,
)
