"""Marks behind a number that look like quotation marks: inches, feet, minutes of arc, primes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from player.utterance.spoken.amounts import VULGAR, read_number, read_parts
from player.utterance.spoken.grammar import begins_noun, has_determiner
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.units import units
from player.utterance.spoken.values import (
    Amount,
    Angle,
    Duration,
    Factor,
    Fraction,
    Height,
    Measure,
    Number,
    Unit,
    Words,
)

_FEET, _INCHES = "'′’", '"″”'
_INCHES_OF_A_FOOT = 12
_SECONDS = 60
"""In a minute."""
_INCH, _FOOT = Unit((Factor("in"),)), Unit((Factor("ft"),))


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a mark behind a number."""
    before = tokens[index - 1]
    if before.kind is not Kind.NUMERAL and before.text not in VULGAR:
        return
    number, first = _number_before(tokens, index)
    if number is None:
        return
    mark = tokens[index].text
    start, end = tokens[first].start, tokens[index].end
    if (
        mark in "'’" and tokens[index + 1].text == mark and tokens[index + 2].kind is not Kind.WORD
    ):  # "a 10'' telescope"
        value = Measure(Amount(number), _INCH, before_noun=_is_before_noun(tokens, index + 2))
        yield Reading(start, tokens[index + 1].end, "mark: inches", value, 0.85)
    if mark in _FEET:
        yield from _height(tokens, first, index)
    elif not tokens[first - 1].text.endswith(mark):
        sure = 0.9 if mark == "″" else _is_inch(tokens, index)
        sure = 0.95 if sure > 0.5 and isinstance(number, Fraction) else sure
        value = Measure(Amount(number), _INCH, before_noun=_is_before_noun(tokens, index + 1))
        yield Reading(start, end, "mark: inches", value, sure)
    if mark == "′":
        sized = _is_crossed(tokens, tokens.past_blank(index + 1)) or _is_crossed(tokens, first - 1, -1)
        ended = tokens.word(tokens.after(index)) in tokens.vocabulary.words("units", "strands")
        free = ended or not _is_article(tokens, first) or tokens.is_sign(index + 1, "-→")
        strand = tokens[first].text in ("3", "5") and free
        yield Reading(tokens[index].start, end, "mark: prime", Words(" prime"), 0.9 if strand else 0.5)
        noun = _is_before_noun(tokens, index + 1)
        noun = noun and (not sized or has_determiner(tokens, _first_of_sizes(tokens, first)))
        yield Reading(start, end, "mark: feet", Measure(Amount(number), _FOOT, noun), 0.5 if strand else 0.8)
    elif mark in _FEET and (
        tokens.word(tokens.after(index)) in tokens.vocabulary.words("units", "after_feet")
        or _is_crossed(tokens, first - 1, -1)
        or (tokens.is_sign(tokens.past_blank(index + 1), "×") and _is_crossed(tokens, tokens.past_blank(index + 1)))
    ):
        noun = _is_before_noun(tokens, index + 1) and has_determiner(tokens, _first_of_sizes(tokens, first))
        yield Reading(start, end, "mark: feet", Measure(Amount(number), _FOOT, before_noun=noun), 0.85)
    elif mark in _FEET and _is_before_inches(tokens, tokens.past_blank(index + 1)):  # "5' 8½\""
        one, many = units(tokens.vocabulary).names["ft"]
        feet = Words(f"{tokens[first].text} {one if tokens[first].text == '1' else many} ")
        yield Reading(start, tokens[tokens.past_blank(index + 1)].start, "mark: feet", feet, 0.85)
    elif mark in _FEET and tokens.word(tokens.after(index)) in tokens.vocabulary.words("units", "sized_in_feet"):
        value = Measure(Amount(number), _FOOT, before_noun=True)
        yield Reading(start, end, "mark: feet", value, 0.8)  # "8' ceilings"
    elif mark in _FEET and _is_article(tokens, first) and _is_before_noun(tokens, index + 1):
        quoted = any(tokens.text.startswith(("'", "‘"), at) for at in tokens.places_of(mark)[:1] if at < start)
        value = Measure(Amount(number), _FOOT, before_noun=True)
        yield Reading(start, end, "mark: feet", value, 0.4 if quoted else 0.8)  # "a 10' ladder"


def _prime(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "x′", "f″(x)"; "3'-UTR", "5'-ATG-3'"."""
    before, mark = tokens[index - 1], tokens[index]
    if (
        before.kind is Kind.WORD
        and len(before.text) == 1
        and mark.text in "′″"
        and (tokens[index - 2].kind is not mark.kind or tokens[index - 2].text in '′″(=+“"')
    ):
        said = " prime" if mark.text == "′" else " double prime"
        ends = tokens[index + 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index + 1, ',.;:)!?”"')
        yield Reading(mark.start, mark.end, "mark: prime", Words(said if ends else f"{said} "), 0.9)
    tall = tokens.word(index + 2) in tokens.vocabulary.words("units", "after_feet")
    locant = tokens.is_sign(index + 1, "-,") and tokens[index + 2].text[:1].isalnum() and not tall
    if mark.text == "′" and before.text.isdecimal() and len(before.text) == 1 and locant:  # "2′-deoxy", "4′,6-"
        joined = tokens.is_sign(index + 1, "-")
        end = tokens[index + 1].end if joined else mark.end
        said = f"{before.text} prime{' ' * joined}"
        yield Reading(before.start, end, "mark: locant", Words(said), 0.93)
    if before.text not in ("3", "5") or mark.text not in _FEET:
        return
    end_to_end = tokens[index + 2].text in ("3", "5") and tokens.is_sign(index + 3, _FEET)  # "5′–3′"
    joined = tokens.is_sign(index + 1, "-–→") and (end_to_end or tokens[index + 2].text[:1].isupper())
    ended = tokens.is_sign(index - 3, _FEET) and tokens[index - 4].text in ("3", "5")
    closes = tokens.is_sign(index - 2, "-–") and (ended or tokens[index - 3].text.isupper())
    strand = tokens.word(tokens.after(index)) in tokens.vocabulary.words("units", "strands")
    if joined or closes or strand:
        end = tokens[index + 1].end if joined else mark.end
        yield Reading(mark.start, end, "mark: prime", Words(" prime "), 0.92)


def _number_before(tokens: Tokens, index: int) -> tuple[Number | Fraction | None, int]:
    """Return the number that ends before a mark, and the index of its first token."""
    for first in range(index - 5, index):
        parts = read_parts(tokens, first) if first >= 0 else None
        found = (parts.amount.number, parts.next) if parts else read_number(tokens, first) if first >= 0 else None
        free = (tokens[first - 1].kind is not Kind.WORD or tokens[first - 1].text in "xX") and not tokens.is_sign(
            first - 1, ".,°/"
        )
        if found and found[1] == index and free:
            return found[0], first
    return None, index


def _is_article(tokens: Tokens, first: int) -> bool:
    """ "a 3′ wall", but "the 3′ end"."""
    return has_determiner(tokens, first) and tokens.word(tokens.before(first)) != "the"


def _is_before_noun(tokens: Tokens, after: int) -> bool:
    """Return True if a thing of that size is behind a mark: "a 27" monitor", "a 5" x 7" print", not "27" wide"."""
    if _is_crossed(tokens, tokens.past_blank(after)):
        last = tokens.after(tokens.past_blank(after)) + 2
        marked = tokens.is_sign(last - 1, _INCHES + _FEET)
        return marked and tokens[last].kind is Kind.SPACE and begins_noun(tokens, last + 1)
    return tokens[after].kind is Kind.SPACE and begins_noun(tokens, after + 1)


def _is_before_inches(tokens: Tokens, index: int) -> bool:
    """Return True if parts of an inch are here: "8½"", "8 1/2"". Whole inches are a height's."""
    found = read_number(tokens, index)
    return found is not None and isinstance(found[0], Fraction) and tokens.is_sign(found[1], _INCHES)


def _first_of_sizes(tokens: Tokens, first: int) -> int:
    """Return the index of the first number of "2' × 4'", for the one of the second as well."""
    at = tokens.before(tokens.before(first))
    crossed = _is_crossed(tokens, first - 1, -1) and tokens.is_sign(at, _FEET)
    return at - 1 if crossed else first


def _is_inch(tokens: Tokens, index: int) -> float:
    """Return how sure it is that a quotation mark behind a number means inches: not where it closes what somebody
    says."""
    if tokens[index].text == '"' and (_is_crossed(tokens, tokens.after(index)) or _is_crossed(tokens, index - 2, -1)):
        return 0.9
    if tokens[index].text == "”":
        opened, closed = (_last_before(tokens, sign, tokens[index].start) for sign in "“”")
        return 0.3 if opened > closed else 0.8
    if tokens[index].start in tokens.closing_marks or tokens[index].text != '"':
        return 0.3
    return 0.8 if tokens[index + 1].kind is not Kind.WORD else 0.3


def _last_before(tokens: Tokens, sign: str, start: int) -> int:
    """Return the place of the last such sign before a place; -1 when there is none."""
    places = tokens.places_of(sign)
    at = bisect_left(places, start)
    return places[at - 1] if at else -1


def _is_crossed(tokens: Tokens, index: int, step: int = 1) -> bool:
    """Return True if a cross is here, between two sizes: the x of 5" x 7"."""
    index = tokens.before(index + 1) if step < 0 else index
    beside = tokens.after(index) if step > 0 else tokens.before(index)
    cross = tokens.is_sign(index, "×") or tokens.word(index) in tokens.vocabulary.words("joints", "sizes")
    return cross and (tokens[beside].kind is Kind.NUMERAL or tokens.is_sign(beside, _INCHES + _FEET))


def _height(tokens: Tokens, first: int, index: int) -> Iterator[Reading]:
    """ "6'2"", "5' 10½"", "6′2″"."""
    at = tokens.past_blank(index + 1)
    at += tokens.is_sign(at, "-") and tokens.is_sign(at + 2, _INCHES)  # "5'-6""
    inches = tokens[at].text
    if not (tokens[first].text.isdecimal() and inches.isdecimal() and len(inches) < 3):
        return
    if int(inches) >= _INCHES_OF_A_FOOT:
        if at == index + 1 and int(inches) < _SECONDS and tokens.is_sign(at + 1, _INCHES):  # "5′30″"
            value = Duration(((tokens[first].text, "min"), (inches, "s")))
            yield Reading(tokens[first].start, tokens[at + 1].end, "mark: minutes", value, 0.95)
        return
    after = at + 1
    if tokens[after].text in VULGAR or tokens[after].kind is Kind.WORD:
        return
    marked = tokens.is_sign(after, _INCHES)
    if not marked and tokens.is_sign(after, "'’") and tokens.is_sign(after + 1, "'’"):
        marked, after = True, after + 1
    end = tokens[after if marked else after - 1].end
    sure = 0.95 if marked else 0.8 if at == index + 1 else 0.4
    yield Reading(tokens[first].start, end, "mark: height", Height(tokens[first].text, inches), sure)


PRIME = Recogniser(
    "mark",
    _prime,
    (("f′(x)", "f prime (x)"),),
    signs="′″",
)
STRAND = Recogniser(
    "mark",
    _prime,
    (("the 3'-UTR", "the 3 prime UTR"), ("the 5' end", "the 5 prime end")),
    words=lambda _: ("'", "’"),
    needs=("3'", "5'", "3’", "5’"),
)
MARK = Recogniser(
    "mark",
    _propose,
    (('a 27" screen', "a 27 inch screen"), ("6'2\" tall", "6 foot 2 tall"), ("the 3′ end", "the 3 prime end")),
    signs=_FEET + _INCHES,
    with_number=True,
)


def _angle(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "51°30′N", "51° 30′ 12″ W"."""
    behind = tokens.before(index)  # "40 °N"
    degrees = tokens[behind]
    if degrees.kind is not Kind.NUMERAL:
        return
    word = tokens.before(behind) - 1
    if tokens.is_sign(word + 1, ".") and tokens.word(word) in (said := tokens.vocabulary.table("units", "bearings")):
        full = str(said[tokens.word(word)])  # "long. 45° W."
        full = full.capitalize() if tokens[word].text.istitle() else full
        yield Reading(tokens[word].start, tokens[word + 1].end, "angle: bearing", Words(full), 0.95)
    parts = [degrees.text]
    at = index
    for marks in (_FEET, _INCHES):
        more = tokens.past_blank(at + 1)
        if tokens[more].kind is not Kind.NUMERAL or not tokens.is_sign(more + 1, marks):
            break
        parts.append(tokens[more].text)
        at = more + 1
    last = tokens.past_blank(at + 1)
    letter = tokens[last].text if tokens[last].text in ("N", "S", "E", "W") else ""
    if letter:
        value = Angle(tuple(parts), letter)
        goes_on = tokens.is_sign(last + 2, ",;:)") or tokens[tokens.past_blank(last + 2)].text[:1].islower()
        end = tokens[last + 1 if tokens.is_sign(last + 1, ".") and goes_on else last].end  # "39° S., the"
        yield Reading(degrees.start, end, "angle: direction", value, 0.95)
    elif len(parts) > 1:
        yield Reading(degrees.start, tokens[at].end, "angle", Angle(tuple(parts)), 0.9)


ANGLE = Recogniser(
    "angle", _angle, (("at 51°30′N", "at 51 degrees 30 minutes north"), ("51° N", "51 degrees north")), signs="°"
)
