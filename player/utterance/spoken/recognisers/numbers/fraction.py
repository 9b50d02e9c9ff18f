"""Fractions and other pairs with a slash: "3/4 of them", "2½ hours", "He scored 8/10", "odds of 5/1", "120/80"."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from player.utterance.spoken.amounts import VULGAR, number_of, read_number
from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import is_of_dose, read_unit
from player.utterance.spoken.values import Fraction, Joint, Pair, Words

_WHOLE = 100
"""Sum of two shares in percent: "a 30/70 split"."""
_NARROW = 4
"""How far two numbers of weeks are apart at most."""
_OUT_OF = frozenset([5, 10, 20, 100])
_LARGEST = 1000
_SMALLEST = 10
"""Parts that are written with an "s": "2/3s"."""
_LONGEST_DENOMINATOR = 3
"""Figures, of parts that need no "of"."""
_LARGEST_NUMBER = 20
"""Of parts that a name may stand before: "In 3/4"."""
_LARGEST_ODDS = 12
_LARGEST_DENOMINATOR = 12
"""Of parts of plural things: "7/12 shares"."""
_LARGEST_OF_PARTS = 8
"""Larger numbers that follow each other are two of a kind, "Windows 10/11", more often than parts."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first number: a mixed number, or two with a slash."""
    before = tokens[index - 1]
    if before.kind is Kind.WORD or (before.text and before.text in "/.,$€£"):
        return
    found = read_number(tokens, index)
    if found and isinstance(found[0], Fraction) and tokens[found[1]].kind is not Kind.WORD:
        after = found[1]
        half = _with_noun(tokens, found[0], after)
        past = tokens.word(tokens.past_blank(after)) in tokens.vocabulary.words("joints", "behind_half")
        each = tokens.word(tokens.before(index)) in tokens.vocabulary.words("joints", "before_half")
        if tokens[index].text == "½" and (past or each):  # "½ past 3", "every ½ hour"
            said = Words(str(tokens.vocabulary.table("joints")["half"]))
            yield Reading(tokens[index].start, tokens[index].end, "fraction: half", said, 0.95)
        yield Reading(tokens[index].start, tokens[after - 1].end, "fraction: mixed", half, 0.9)
    coded = len(tokens[index].text) > 2 or tokens[index - 2].text.isupper()
    if before.text == "-" and tokens[index - 2].kind is Kind.WORD and coded:
        return  # "Case C-123/45", "HPV-16/18"
    over, under = tokens[index].text, tokens[index + 2].text.replace(",", "")
    if "." in over and tokens.is_sign(index + 1, "/") and under.isdecimal() and _ends(tokens, index + 3):
        number = number_of(over)
        measured = read_unit(tokens, tokens.past_blank(index + 3))
        if measured:  # "2.4/5 GHz"
            yield Reading(tokens[index + 1].start, tokens[index + 1].end, "fraction: pair", Joint("list"), 0.9)
        elif number and number.whole and len(under) < 4 and int(number.whole) < int(under) and int(under) in _OUT_OF:
            rated = Pair(over, "out of", under)  # "8.5/10"
            yield Reading(tokens[index].start, tokens[index + 2].end, "fraction: rated", rated, 0.9)
    if tokens.word(index + 3) == "s" and tokens.word(index + 5) == "of" and _is_small(over, under):  # "2/3s of them"
        parts = Fraction("", int(over), int(under))
        yield Reading(tokens[index].start, tokens[index + 3].end, "fraction: plural", parts, 0.95)
    if over == "1" and tokens.is_sign(index + 1, "/") and tokens.word(tokens.after(index + 2)) == "of":
        large = Fraction("", 1, int(under)) if under.isdecimal() else None
        if large and len(tokens[index + 2].text) > _LONGEST_DENOMINATOR:  # "1/28,000 of an ounce"
            yield Reading(tokens[index].start, tokens[index + 2].end, "fraction: large", large, 0.9)
    if not tokens.is_sign(index + 1, "/⁄") or not (over.isdecimal() and under.isdecimal()):
        return
    if over == "1" and "," in tokens[index + 2].text and _ends(tokens, index + 3):  # "a 1/10,000 chance"
        rare = Pair(over, "in", tokens[index + 2].text)
        yield Reading(tokens[index].start, tokens[index + 2].end, "fraction: rare", rare, 0.8)
    ended = tokens.word(index + 3) in tokens.vocabulary.words("numbers", "endings_of_parts")
    if ended and 0 < int(over[:4]) < int(under[:4]):
        yield Reading(
            tokens[index].start, tokens[index + 3].end, "fraction: ordinal", Fraction("", int(over), int(under)), 0.9
        )
    more = tokens[index + 4].text
    if (
        tokens.is_sign(index + 3, "/")
        and more.isdecimal()
        and f"{over}/{under}" in tokens.vocabulary.words("joints", "fixed")
    ):
        value = Pair(over, "", f"{under} {more}")  # "24/7/365"
        yield Reading(tokens[index].start, tokens[index + 4].end, "fraction: known pair", value, 0.8)
    if not 0 < len(over) < 4 or not 0 < int(under[:5]) <= _LARGEST or not _ends(tokens, index + 3):
        return
    yield from _pair(tokens, index, int(over), int(under))


def _is_two_of_a_kind(tokens: Tokens, index: int, over: int, under: int) -> bool:
    """ "50/60 Hz", "100/50 mg", "a 12/24-hour clock", "the Boeing 737/757"."""
    behind = tokens.past_blank(index + 3)
    if over > under:
        return is_of_dose(tokens, behind)
    joined = tokens.is_sign(index + 3, "-") and tokens[index + 4].text.islower()
    measured = joined or read_unit(tokens, behind) is not None
    models = tokens.vocabulary.words("joints", "models")
    return (measured and gcd(over, under) > 1) or {str(over), str(under)} <= models


def _is_up_to(tokens: Tokens, index: int) -> bool:
    """Return True if another fraction is behind: "from 3/4 to 7/8"."""
    joint = tokens.past_blank(index)
    last = tokens.after(joint)
    joined = tokens.vocabulary.table("joints", "changes").get(tokens.word(joint)) == "to"
    return joined and tokens[last].kind is Kind.NUMERAL and tokens.is_sign(last + 1, "/")


def _is_row(tokens: Tokens, index: int, over: int, under: int) -> bool:
    """ "on Windows 95/98", "p. 12/13", "Room 12/14", "in 11/12": two numbers, one after the other."""
    known, before = tokens.vocabulary, tokens.before(index)
    inner = before > 0
    before -= tokens.is_sign(before, ".")
    ahead = tokens[before].text
    paged = ahead.lower() in known.words("joints", "pages") | known.words("units", "before_names")
    named = (ahead[:1].isupper() and inner and over > _LARGEST_NUMBER) or (paged and under > _LARGEST_OF_PARTS)
    return (named or (under == over + 1 and over > _LARGEST_OF_PARTS)) and (paged or ahead[1:].isalpha())


def _is_rated(tokens: Tokens, index: int) -> bool:
    """ "Rated 4/5", "Rating: 4/5", "a score of 4/5"."""
    before = tokens.before(index)
    joined = tokens.is_sign(before, ":") or tokens.word(before) == "of"
    return tokens.word(tokens.before(before) if joined else before) in tokens.vocabulary.words("joints", "ratings")


def _is_small(over: str, under: str) -> bool:
    """Return True for parts up to tenths."""
    return over.isdecimal() and under.isdecimal() and 0 < int(over[:3]) < int(under[:3]) <= _SMALLEST


def _ends(tokens: Tokens, index: int) -> bool:
    """Return True if the pair ends here: no date, no path, no unit."""
    token = tokens[index]
    more = tokens[index + 1].kind in (Kind.NUMERAL, Kind.WORD)
    if token.text == "-" and tokens[index + 1].kind is Kind.NUMERAL and len(tokens[index - 1].text) > 2:
        return False  # "713/853-5025"
    return token.kind is not Kind.WORD and not (token.text == "/" or (token.text in (".", ",") and more))


def _with_noun(tokens: Tokens, fraction: Fraction, after: int) -> Fraction:
    """Return a fraction in the singular before a hyphen: "a ¾-inch pipe"."""
    joined = tokens.is_sign(after, "-") and tokens[after + 1].text.islower()
    return Fraction(fraction.whole, fraction.over, fraction.under, before_noun=True) if joined else fraction


def _are_odds(tokens: Tokens, index: int, following: str) -> bool:
    """ "at 11/4", "the 5/2 favourite", "the odds were 5/2"."""
    known, before = tokens.vocabulary, tokens.before(index)
    beside = {following, tokens.word(tokens.before(before))}
    return tokens.word(before) in known.words("joints", "before_odds") or not beside.isdisjoint(
        known.words("joints", "odds")
    )


def _pair(tokens: Tokens, index: int, over: int, under: int) -> Iterator[Reading]:
    if any(len(text) > 1 and text[0] == "0" for text in (tokens[index].text, tokens[index + 2].text)):  # "08/07"
        yield Reading(tokens[index + 1].start, tokens[index + 1].end, "fraction: pair", Joint("list"), 0.5)
        return
    start, end = tokens[index].start, tokens[index + 2].end
    known = tokens.vocabulary
    following = tokens.word(tokens.after(index + 2))
    pair = f"{over}/{under}"
    if pair in known.words("joints", "fixed") or pair in known.words("joints", "fixed_after"):
        yield Reading(start, end, "fraction: known pair", Pair(str(over), "", str(under)), 0.95)
    ahead = tokens.word(tokens.before(index))
    ends = tokens[index + 3].kind is Kind.EDGE or tokens.is_sign(index + 3, ".,;:)")
    ends = ends or (following != "of" and (over >= under or gcd(over, under) > 1))  # "in 6/8 at"
    counted = pair in known.words("joints", "beats") and ahead == "in" and ends  # "a waltz in 3/4"
    if counted or (pair in known.words("joints", "beats") and following in known.words("joints", "beaten")):
        yield Reading(start, end, "fraction: beats", Pair(str(over), "", str(under)), 0.95)
    lasting = under - over < _NARROW and over > 1 and following in known.words("joints", "lasting")  # "10/12 weeks"
    if under - over > 0 and (lasting or ahead in known.words("joints", "graded")):
        yield Reading(start, end, "fraction: one or the other", Pair(str(over), "or", str(under)), 0.95)
    whole = over + under == _WHOLE and following in known.words("joints", "splits")  # "a 30/70 split"
    if whole or following in known.words("joints", "seen"):
        yield Reading(start, end, "fraction: sight", Pair(str(over), "", str(under)), 0.95)
    if over <= under and tokens.word(tokens.before(index)) in known.words("joints", "of_all"):
        yield Reading(start, end, "fraction: of all", Pair(str(over), "of", str(under)), 0.95)
    summed = tokens.is_sign(tokens.after(index + 2), "=")
    favoured = over > under and _are_odds(tokens, index, following)
    if favoured and _LARGEST_ODDS > under < over and following != "of" and not summed:  # "at 11/4", "the 5/2 favourite"
        yield Reading(start, end, "fraction: odds", Pair(str(over), "to", str(under)), 0.9)
    if under == 1:
        yield Reading(start, end, "fraction: odds", Pair(str(over), "to", "1"), 0.9)
        return
    dated = (
        over <= 31
        and under <= 31
        and following != "of"
        and tokens.word(tokens.before(index)) in known.words("calendar", "before_dates")
        and not _is_up_to(tokens, index + 3)
    )
    if _is_two_of_a_kind(tokens, index, over, under):
        yield Reading(tokens[index + 1].start, tokens[index + 1].end, "fraction: pair", Joint("list"), 0.9)
    elif over < under:
        parts = _with_noun(tokens, Fraction("", over, under), index + 3)
        yield Reading(start, end, "fraction: parts", parts, 0.4 if dated else 0.8)
    else:
        yield Reading(start, end, "fraction: over", Fraction("", over, under), 0.4 if dated else 0.6)
    if over < under and following != "of" and _is_row(tokens, index, over, under):
        value = Pair(str(over), "list", str(under))
        yield Reading(start, end, "fraction: one after the other", value, 0.85)
    plural = tokens[index + 3].kind is Kind.SPACE and is_plural(tokens, index + 4)
    if over < under and under > _LARGEST_DENOMINATOR and under & (under - 1) and plural:
        yield Reading(start, end, "fraction: of all", Pair(str(over), "of", str(under)), 0.88)  # "28/36 passes"
    rated = following in known.words("joints", "rated") or (over <= under and _is_rated(tokens, index))
    rated = rated or (plural and over <= under and following in known.words("joints", "out_of"))  # "7/12 students"
    parted = following in known.words("joints", "parted") and over < under  # "7/10 mile"
    scored = (
        not parted
        and over <= under
        and under in _OUT_OF
        and over != 1
        and following != "of"
        and (under != 5 or over == under)
    )
    if rated or scored:
        value = Pair(str(over), "out of", str(under))
        yield Reading(start, end, "fraction: out of", value, 0.4 if dated and not rated else 0.9)


FRACTION = Recogniser(
    "fraction",
    _propose,
    (("3/4 of them", "3 quarters of them"), ("2½ hours", "2 and a half hours"), ("120/80", "120 over 80")),
    numerals=Beside.SLASH | Beside.NUMBER | Beside.DASH,
    signs="".join(VULGAR),
)
