"""Mathematics and chemistry: signs between numbers and letters, powers, formulas."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.model import DASHES, DIGITS, Rule, pairs, says

_SIGNED = re.compile(r"(?:^|(?<=[\s(]))(?<!\d\s)(?P<it>[–−](?=\.?\d)|[-–−](?=[$€£]))(?!.\d+[-–/])")
_MINUS = re.compile(
    r"(?<=[\dxyzn)]) ?[-–−] ?(?=\d+(?:\.\d+)? ?[=<>≤≥])|(?<=\d[xyzn]) ?[-–−] ?(?=\d)|(?<= [xyzn]) [-–−] (?=\d)"
)
_ARROWS = {
    ">=": "is at least", "<=": "is at most", "!=": "is not equal to", "==": "equals", "=>": "so", "->": "to",
    "-->": "to",
}  # fmt: skip
_ARROW = re.compile(r"(?<=[\w)]) ?(>=|<=|!=|==|=>|--?>) ?(?=[\w(√−]|-\d)")
_RAISED_BEFORE = re.compile(r"(?<![\w.,;)])[¹²³⁰⁴-⁹]+(?=[A-Z])")
_CHARGE = re.compile(r"(?<=[A-Za-z₀-₉])([²³]?)([⁺⁻])(?!\d|[⁰¹²³⁴-⁹])")
_ACROSS = re.compile(r"(?<=[a-z]) ?× ?(?=\d)")
_MULTIPLIED = re.compile(r"(?<=\d) ?\* ?(?=\d)")
_POWERS = {"2": "squared", "3": "cubed"}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_POWER = re.compile(r"(?<=[\w)])(?:\^(-?\d+)|([⁻]?[⁰¹²³⁴-⁹]+))")
_SUBSCRIPTS = re.compile(r"(?<=\w)[₀-₉]+")
_FORMULAS = {"CO2": "C O 2", "CO₂": "C O 2", "H2O": "H 2 O", "H₂O": "H 2 O", "NO2": "N O 2", "SO2": "S O 2",
             "NO₂": "N O 2", "SO₂": "S O 2", "CH4": "C H 4", "CH₄": "C H 4", "O2": "O 2", "N2O": "N 2 O",
             "mc²": "m c squared", "mc2": "m c squared"}  # fmt: skip
_FORMULA = re.compile(r"(?<!\w)(?:CO[2₂]|H[2₂]O|NO[2₂]|SO[2₂]|CH[4₄]|O2|N2O|mc[²2])(?!\w)")
_COMPOUND = re.compile(r"(?<!\w)(?=[A-Za-z\d]*[₀-₉])(?:[A-Z][a-z]?[₀-₉]*)+(?![\w])")
_ELEMENT = re.compile(r"([A-Z][a-z]?)([₀-₉]*)")
_MATHS = {
    "<": "less than", ">": "greater than", "≤": "at most", "≥": "at least", "≠": "not equal to", "≈": "about",
    "=": "equals", "×": "times", "÷": "divided by", "→": "to", "±": "plus or minus", "−": "minus", "∞": "infinity",
    "√": "the square root of", "~": "about", "∼": "about",
}  # fmt: skip
_BETWEEN = re.compile(r"(?<=[\w)%])(?!\s[<>≤≥≈][\d$€£.])\s?([<>≤≥≠≈=×÷→])\s?(?=[\w(−√∞$€£.-])")
_BEFORE = re.compile(r"(?<![\w~])([<>≤≥≈±−√∞~∼])\s?(?=[$€£]?\.?\d)|[∞]")
_BY = re.compile(r"(?<=\d)(\s?)[x](\s?)(?=\d)")
_DIVIDED = re.compile(r"(?<=\d) / (?=\d[\d,.]* [=≈])")
_TIMES = re.compile(r"(?<=\d)[x×](?!\w| ?[-–+=<>*/^])")


def _charge(match: re.Match[str]) -> str:
    number = f" {match[1].translate(_SUPERSCRIPT)}" if match[1] else ""
    return number + (" plus" if match[2] == "⁺" else " minus")


def _compound(match: re.Match[str]) -> str:
    """Its elements letter by letter, each with its number."""
    elements = _ELEMENT.findall(match.group())
    return " ".join(part for name, count in elements for part in (*name.upper(), count.translate(_SUBSCRIPT)) if part)


def _power(match: re.Match[str]) -> str:
    exponent = match[1] or match[2].translate(_SUPERSCRIPT)
    return " " + _POWERS.get(exponent, f"to the power of {exponent.replace('-', 'minus ')}")


def _between(match: re.Match[str]) -> str:
    said = _MATHS[match[1]]
    return f" is {said} " if match[1] in "<>≤≥≠" else f" {said} "


def _before(match: re.Match[str]) -> str:
    sign = match.group().strip()
    return ("more than" if sign == ">" else _MATHS[sign]) + " "


def _by(match: re.Match[str]) -> str:
    return " by " if not match[1] else " times "


SUMS = (
    Rule("minus", ("It fell –0.5%.", "It fell minus 0.5%."), _SIGNED, says("minus "),
         pairs("-–−", DIGITS | frozenset("$€£."))),
    Rule("minus", ("3x - 5", "3x minus 5"), _MINUS, says(" minus "), DASHES, DIGITS),
    Rule("times", ("5*3", "5 times 3"), _MULTIPLIED, says(" times "), frozenset("*")),
)  # fmt: skip
"""Before ranges: in a sum a dash takes something away."""

SIGNS = (
    Rule("formula", ("H₂SO₄", "H 2 S O 4"), _COMPOUND, _compound, frozenset("₀₁₂₃₄₅₆₇₈₉")),
    Rule("formula", ("CO₂", "C O 2"), _FORMULA, lambda m: _FORMULAS[m.group()],
         frozenset(["O2", "O₂", "H2", "H₂", "H4", "H₄", "N2", "c2", "c²"])),
    Rule("subscript", ("x₁", "x 1"), _SUBSCRIPTS, lambda m: " " + m.group().translate(_SUBSCRIPT) + " ",
         frozenset("₀₁₂₃₄₅₆₇₈₉")),
    Rule("isotope", ("¹⁴C", "14 C"), _RAISED_BEFORE, lambda m: m.group().translate(_SUPERSCRIPT) + " ",
         frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Rule("charge", ("Ca²⁺", "Ca 2 plus"), _CHARGE, _charge, frozenset("⁺⁻")),
    Rule("power", ("10^6", "10 to the power of 6"), _POWER, _power, frozenset("^⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Rule("divided by", ("15 / 3 = 5", "15 divided by 3 equals 5"), _DIVIDED, says(" divided by "), frozenset([" /"])),
)  # fmt: skip
