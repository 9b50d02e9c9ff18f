"""Raised and lowered text in tags: "x<sup>2</sup>", "CO<sub>2</sub>", "a<sub>n</sub>", a note's "word<sup>1</sup>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.amounts import DASHES, read_amount
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import read_unit, units
from player.utterance.spoken.values import Factor, Joint, Measure, Per, Silent, Unit, Value, Words

_RAISED = re.compile(r"<(su[pb])>([\w+−.-]{1,6})</\1>")
_LONGEST_TAG = 16
"""Tokens in a tag."""
_BELOW = {"1": 1, "2": 2, "3": 3}
"""Powers of a unit below others."""
_CLOSING, _POWERS = '.,;:!?”")', {"2": 2, "3": 3}
_LONGEST_SYMBOL = 3
"""Letters of what has a power, or an index."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "<"."""
    match = _RAISED.match(tokens.text, tokens[index].start)
    base, charges = tokens[index - 1], tokens.vocabulary.table("mathematics", "charges")
    if match and base.text == ">" and match[1] == "sup" and match[2][-1] in charges:  # "SO<sub>4</sub><sup>2-</sup>"
        said = " ".join(["", *match[2][:-1].split(), charges[match[2][-1]], ""])
        yield Reading(match.start(), match.end(), "tag: charge", _words(tokens, match, said), 0.99)
    elif (
        match and match[1] == "sup" and tokens.text.endswith("</sub>", 0, match.start())
    ):  # "x<sub>i</sub><sup>2</sup>"
        power = _power(tokens, match[2])
        if isinstance(power, Words):
            yield Reading(match.start(), match.end(), "tag: raised", _words(tokens, match, power.text), 0.99)
    if match and match[1] == "sup" and match[2].isdecimal():
        yield from _figures(tokens, index, match)
    elif match and match[1] == "sup" and match[2][0] in "-−" and match[2][1:] in _BELOW:
        yield from _below(tokens, index, match)
    if not match or base.kind not in (Kind.WORD, Kind.NUMERAL):
        return
    if match[1] == "sup" and base.kind is Kind.NUMERAL:
        yield from _behind_power(tokens, index, match.end())
    charge = _charge(tokens, base.text, match[2]) if match[1] == "sup" else ""
    if charge:  # "Ca<sup>2+</sup>"
        yield Reading(base.start, match.end(), "tag: charge", _words(tokens, match, charge), 0.995)
        return
    full = _in_full(tokens, base.text + match[2]) if match[1] == "sup" else ""
    if full:  # "D<sup>r</sup> Knock"
        yield Reading(base.start, match.end(), "tag: abbreviation", Words(full), 0.995)
        return
    inner, short = match[2], len(base.text) == 1 or base.kind is Kind.NUMERAL
    if match[1] == "sub":
        figures = inner.replace(".", "", 1).isdecimal()
        symbol = base.text.isupper() or base.text in tokens.vocabulary.words("chemistry", "elements")
        if symbol and len(base.text) <= _LONGEST_SYMBOL and figures:  # "PM<sub>2.5</sub>", "Al<sub>2</sub>"
            said = f"{' '.join(base.text.upper())} {inner} "
            yield Reading(base.start, match.end(), "tag: lowered", _words(tokens, match, said), 0.99)
        elif short or (base.text.islower() and inner.isdecimal()):  # "log<sub>2</sub>"
            yield Reading(match.start(), match.end(), "tag: lowered", _words(tokens, match, f" {inner} "), 0.99)
    elif inner not in tokens.vocabulary.words("numbers", "ordinal_endings"):
        value = _power(tokens, inner) if short else _note(base.text, inner)
        if value:
            value = _words(tokens, match, value.text) if isinstance(value, Words) else value
            yield Reading(match.start(), match.end(), "tag: raised", value, 0.99)


def _words(tokens: Tokens, match: re.Match[str], text: str) -> Words:
    """Return what is said, a blank behind it only before a letter or figure."""
    following = tokens.text[match.end() : match.end() + 1]
    return Words(text if following.isalnum() or following == "(" else text.rstrip())


def _figures(tokens: Tokens, index: int, match: re.Match[str]) -> Iterator[Reading]:
    """Figures raised behind a full stop, "said.<sup>1</sup>", before an element, "<sup>14</sup>C", behind a unit, "5
    m<sup>2</sup>", and behind a product, "mc<sup>2</sup>"."""
    base, behind = tokens[index - 1], tokens.text[match.end() : match.end() + 1]
    if base.kind is Kind.SIGN and base.text in _CLOSING and not behind.isalnum():
        yield Reading(match.start(), match.end(), "tag: note", Silent(), 0.99)
    elif base.kind in (Kind.SPACE, Kind.EDGE) and behind.isupper():
        yield Reading(match.start(), match.end(), "tag: isotope", Words(f"{match[2]} "), 0.99)
    sign, power = units(tokens.vocabulary).names.get(base.text), _POWERS.get(match[2], 0)
    if sign and power and tokens.is_sign(index - 2, "/") and tokens.vocabulary.code == "en":  # "cells/cm<sup>2</sup>"
        per = Per(base.text, named=False, power=power)
        yield Reading(tokens[index - 2].start, match.end(), "tag: per unit", per, 0.995)
    first = tokens.before(index - 1)
    found = read_amount(tokens, first, {}) if sign and power and tokens.vocabulary.code == "en" else None
    if found and found.next in (index - 1, index - 2):
        value = Measure(found.amount, Unit((Factor(base.text, power),)))
        yield Reading(tokens[first].start, match.end(), "tag: unit", value, 0.995)
    elif 1 < len(base.text) <= _LONGEST_SYMBOL and base.text.islower() and has_vowel(tokens, base.text):
        yield Reading(match.start(), match.end(), "tag: note", Silent(), 0.99)  # "of<sup>2</sup> course"
    elif len(base.text) == 2 and base.text.isalpha() and base.text.islower() and not sign:
        said = _power(tokens, match[2])
        if isinstance(said, Words):
            yield Reading(
                base.start, match.end(), "tag: product", _words(tokens, match, " ".join(base.text) + said.text), 0.995
            )


def _behind_power(tokens: Tokens, index: int, end: int) -> Iterator[Reading]:
    """What goes on behind "10<sup>-9</sup> m", and the dash of "10<sup>5</sup>–10<sup>6</sup>"."""
    at = next((at for at in range(index, index + _LONGEST_TAG) if tokens[at].start == end), 0)
    unit = read_unit(tokens, at + 1) if at and tokens[at].kind is Kind.SPACE else None
    if unit and (unit[0].under or unit[0].over[0].sign in tokens.vocabulary.words("units", "alone")):
        yield Reading(tokens[at + 1].start, tokens[unit[1] - 1].end, "tag: unit", unit[0], 0.9)
    dash = tokens.past_blank(at) if at else 0
    last = tokens.past_blank(dash + 1)
    raised = tokens[last].kind is Kind.NUMERAL and _RAISED.match(tokens.text, tokens[last].end)
    if dash and tokens.is_sign(dash, DASHES) and raised and raised[1] == "sup":
        yield Reading(end, tokens[last].start, "range: powers", Joint("to"), 0.95)


def _below(tokens: Tokens, index: int, match: re.Match[str]) -> Iterator[Reading]:
    """ "W m<sup>−2</sup>", "J kg<sup>−1</sup> K<sup>−1</sup>": a unit that others are divided by."""
    known, base, first = units(tokens.vocabulary).names, tokens[index - 1], tokens[index - 3]
    led = first.text in known or (first.text == ">" and tokens.text.endswith("</sup>", 0, first.end))
    if tokens.vocabulary.code != "en" or base.text not in known or not led or tokens[index - 2].kind is not Kind.SPACE:
        return
    per = Per(base.text, named=False, power=_BELOW[match[2][1:]])
    yield Reading(tokens[index - 2].start, match.end(), "tag: per unit", per, 0.995)
    powered = tokens[index - 5].text == ">" and tokens[index - 4].kind is Kind.SPACE
    if first.text in known and powered:  # "10<sup>−3</sup> mol L<sup>−1</sup>"
        yield Reading(first.start, first.end, "tag: unit", Unit((Factor(first.text),)), 0.99)


def _charge(tokens: Tokens, base: str, inner: str) -> str:
    """ "C A 2 plus"; empty for what is no ion."""
    elements = tokens.vocabulary.words("chemistry", "elements")
    name = tokens.vocabulary.table("mathematics", "charges").get(inner[-1])
    charged = name and (inner[:-1] == "" or inner[:-1].isdecimal()) and base in elements
    return " ".join([*base.upper(), *([inner[:-1]] if inner[:-1] else []), str(name)]) + " " if charged else ""


def _in_full(tokens: Tokens, written: str) -> str:
    """Return what a title with raised letters stands for; empty where it is none, and in English."""
    tables = language_of(tokens.language).tables
    title = written.isalpha() and written.istitle() and tokens.vocabulary.code != "en"
    return tables["title"].get(written.lower(), "") if title else ""


def _note(base: str, inner: str) -> Value | None:
    return Silent() if inner.isdecimal() and len(base) > _LONGEST_SYMBOL else None


def has_vowel(tokens: Tokens, text: str) -> bool:
    """Return True if one of the language's vowels is in a text in small letters."""
    return not tokens.vocabulary.words("letters", "vowels").isdisjoint(text)


def _power(tokens: Tokens, inner: str) -> Value | None:
    table = tokens.vocabulary.table("mathematics", "powers")
    other = str(table.get("other", ""))
    named = table.get(inner) or table.get({"2": "²", "3": "³"}.get(inner, ""))
    minus = str(table.get("minus") or tokens.vocabulary.table("numbers").get("minus", "minus"))
    figures = re.sub("[-−]", f"{minus} ", inner)
    said = named or (other.format(figures) if "{" in other else f"{other} {figures}" if other else "")
    return Words(f" {said} ") if said else None


RAISED = Recogniser(
    "tag",
    _propose,
    (("x<sup>2</sup> cells", "x squared cells"), ("a<sub>n</sub> is", "a n is")),
    signs="<",
    languages=("en", "de", "es", "fr", "it", "nl", "pt"),
)
