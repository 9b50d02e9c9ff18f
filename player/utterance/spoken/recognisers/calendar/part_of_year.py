"""Business years and their parts: "FY2023", "2Q22", "3Q 2021", "1H23", "Q4'21"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import PartOfYear, Year
from player.utterance.spoken.grammar import begins_noun, has_determiner
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_year
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint

_PARTS = {"Q": "1234", "H": "12"}


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "FY", "Q" or "H"."""
    sign = tokens[index].text
    if sign.upper() == "FY":
        at = tokens.past_blank(index + 1)
        at = at + 1 if tokens.is_sign(at, "'’‘") else at
        year, end = _year(tokens, at)
        if year and tokens[index - 1].kind is not Kind.NUMERAL:
            until, last = _year(tokens, end + 1) if tokens.is_sign(end, "-–/") else ("", end)
            last = last if until else end
            value = PartOfYear(0, False, year, until=until)
            yield Reading(tokens[index].start, tokens[last - 1].end, "year: fiscal", value, 0.9)
        return
    number = tokens[index - 1].text
    glued = tokens[index - 2].kind is Kind.WORD or tokens.is_sign(index - 2, "$€£.,-/")
    if is_year(number) and tokens[index + 1].text in _PARTS.get(sign, "?") and tokens[index + 2].kind is not Kind.WORD:
        yield from _year_first(tokens, index, sign)
    if len(number) == 1 and number in _PARTS.get(sign, "") and not glued:
        yield from _number_first(tokens, index, sign)
    after = tokens[index + 1].text
    second = tokens[index + 3]
    if (
        sign in _PARTS
        and tokens.is_sign(index + 2, "-–")
        and second.text == sign
        and after < tokens[index + 4].text < "5"
    ):
        yield Reading(tokens[index + 1].end, second.start, "quarter: range", Joint("to"), 0.95)
    mark = tokens.past_blank(index + 2)
    _, _, end, figures = tokens[mark + 1]
    quoted = tokens.is_sign(mark, "'’‘") and len(figures) == 2 and figures.isdecimal()
    hyphened = tokens.is_sign(index + 2, "-") and is_year(second.text) and tokens[index + 4].kind is not Kind.WORD
    if len(after) == 1 and after in _PARTS.get(sign, "") and hyphened:  # "Q2-2019"
        value = PartOfYear(int(after), sign == "H", second.text, article=_alone(tokens, index, index + 4))
        yield Reading(tokens[index].start, second.end, "quarter", value, 0.97)
    apart = tokens[index + 2].kind is Kind.SPACE and is_year(second.text) and tokens[index + 4].kind is not Kind.WORD
    if len(after) == 1 and after in _PARTS.get(sign, "") and apart and not tokens.is_sign(index - 1, "-–"):  # "Q3 2021"
        yield Reading(second.start, second.end, "year: of a quarter", Year(second.text), 0.9)
    if len(after) == 1 and after in _PARTS.get(sign, "") and quoted:
        value = PartOfYear(int(after), sign == "H", figures, article=_alone(tokens, index, mark + 2))
        yield Reading(tokens[index].start, end, "quarter", value, 0.97)


def _number_first(tokens: Tokens, index: int, sign: str) -> Iterator[Reading]:
    at = tokens.past_blank(index + 1)
    if tokens.is_sign(at, "'’"):
        at += 1
    year, end = _year(tokens, at)
    if at > index + 1 and not tokens.is_sign(at - 1, "'’") and len(year) == 2:
        year = ""  # "4Q 20 points"
    if not year:
        end = index + 1
    if not year and (sign == "H" or tokens[end].kind in (Kind.WORD, Kind.NUMERAL)):
        return
    article = _alone(tokens, index - 1, end)
    value = PartOfYear(int(tokens[index - 1].text), sign == "H", year, article=article)
    yield Reading(tokens[index - 1].start, tokens[end - 1].end, "quarter", value, 0.9 if year else 0.7)


def _year_first(tokens: Tokens, index: int, sign: str) -> Iterator[Reading]:
    """ "2021Q3", and the dash of "2021Q1–2022Q4"."""
    year, part = tokens[index - 1], tokens[index + 1]
    value = PartOfYear(int(part.text), sign == "H", year.text, article=_alone(tokens, index - 1, index + 2))
    yield Reading(year.start, part.end, "quarter: year first", value, 0.95)
    if tokens.is_sign(index + 2, "-–") and is_year(tokens[index + 3].text) and tokens[index + 4].text == sign:
        yield Reading(part.end, tokens[index + 3].start, "quarter: range", Joint("to"), 0.95)


def _alone(tokens: Tokens, first: int, after: int) -> bool:
    """Return True for a part of a year that needs an article: not for "Q3 results", "the 2Q22"."""
    noun = tokens[after].kind is Kind.SPACE and begins_noun(tokens, after + 1)
    return not noun and not has_determiner(tokens, first)


def _year(tokens: Tokens, index: int) -> tuple[str, int]:
    text = tokens[index].text
    free = tokens[index + 1].kind is not Kind.WORD
    known = is_year(text) or (len(text) == 2 and text.isdecimal())
    return (text, index + 1) if known and free else ("", index)


PART_OF_YEAR = Recogniser(
    "quarter",
    _propose,
    (("in 2Q22", "in the second quarter of twenty twenty-two"),),
    words=lambda known: known.words("calendar", "parts_of_years"),
)
