"""Numbers that count, of four figures, which might be years: "1013 households"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import number_of, read_number
from player.utterance.spoken.grammar import ends_clause, is_changing, is_ordinal_ending, is_plural
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import read_month
from player.utterance.spoken.recognisers.calendar.year import is_of_a_year
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Listed, Number

_MOST_LISTED = 8


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    number = number_of(tokens[index].text)
    spaced = read_number(tokens, index)
    if spaced and isinstance(spaced[0], Number) and spaced[1] > index + 1 and tokens[index - 1].kind is not Kind.WORD:
        told = "apostrophes" if tokens.is_sign(index + 1, "'’") else "blanks"
        yield Reading(tokens[index].start, tokens[spaced[1] - 1].end, f"cardinal: {told}", spaced[0], 0.8)
    statistic = tokens.is_sign(index - 1, "(") and tokens[index - 2].text in tokens.vocabulary.words(
        "numbers", "statistics"
    )
    if statistic and tokens[index].text.replace(",", "").isdecimal():  # "F(3,120)"
        freedom = Listed(tuple(tokens[index].text.split(",")))
        yield Reading(tokens[index].start, tokens[index].end, "cardinal: statistic", freedom, 0.92)
    groups = tokens[index].text.split(".")
    if (
        len(groups) > 2
        and all(len(group) == 3 for group in groups[1:])
        and "".join(groups).isdecimal()
        and _is_large(groups)
    ):
        value = Number(",".join(groups), "".join(groups))
        yield Reading(tokens[index].start, tokens[index].end, "cardinal: points", value, 0.9)
    if number is None:
        parts = tuple(tokens[index].text.split(",", _MOST_LISTED))
        if len(parts) == 2 and len(parts[1]) < 3 and _is_measured(tokens, tokens.past_blank(index + 1)):
            value = Number(".".join(parts), *parts)
            yield Reading(tokens[index].start, tokens[index].end, "cardinal: comma", value, 0.8)
        if 1 < len(parts) <= _MOST_LISTED and all(part.isdecimal() for part in parts):
            yield Reading(tokens[index].start, tokens[index].end, "cardinal: list", Listed(parts), 0.7)
    if number is None or len(number.whole) != 4 or number.decimals or number.whole.startswith("0"):
        return
    token, counted = tokens[index], tokens.after(index)
    before = tokens.word(tokens.before(index))
    known = tokens.vocabulary
    them = tokens.word(counted) == "of" and tokens.word(counted + 2) in known.words("grammar", "of_them")
    at = tokens.before(index)
    at = tokens.before(at) if before == "of" or tokens.is_sign(at, ":.") else at  # "pop. 1897"
    at = tokens.before(at - 2) if tokens.is_sign(at, ")") and tokens.is_sign(at - 2, "(") else at  # "(2011):"
    equal = tokens.is_sign(tokens.before(index), "=")  # "N = 1812"
    counts = them or equal or is_changing(tokens, index) or tokens.word(at) in known.words("grammar", "before_counts")
    part = _is_part(tokens, index)
    if counts or part or _is_bound(tokens, index):
        yield Reading(token.start, token.end, "cardinal: counted", number, 0.92 if part else 0.85)
    elif _is_no_year(tokens, index, number.whole):
        yield Reading(token.start, token.end, "cardinal: no year", number, 0.6)
    if tokens[index + 1].kind is not Kind.SPACE or not is_plural(tokens, counted):
        return
    year = (
        not ends_clause(tokens, counted)
        and before in known.words("grammar", "before_years")
        and "1100" <= number.whole < "2100"
    )
    year = year or is_of_a_year(tokens, index)
    year = year or (tokens.is_sign(index - 1, "-–") and tokens[index - 2].text.islower())  # "pre-1990 cars"
    time = tokens.word(counted) == "hours" and before in known.words("grammar", "before_times")
    yield Reading(token.start, token.end, "cardinal: before plural", number, 0.4 if year or time else 0.8)


def _is_part(tokens: Tokens, index: int) -> bool:
    """ "1848 of 2210 voters", "1101 of the 1453": either number."""
    of, known = tokens.after(index), tokens.vocabulary
    led = tokens.word(tokens.before(index))
    if tokens.word(of) == "of" and led not in known.words("grammar", "before_years"):
        whole = tokens.after(of)
        whole = tokens.after(whole) if tokens.word(whole) in known.words("grammar", "determiners") else whole
        return tokens[whole].kind is Kind.NUMERAL and not is_ordinal_ending(tokens, whole + 1)
    if _is_share(tokens, index) or _is_against(tokens, index):
        return True
    of = tokens.before(index)
    of = tokens.before(of) if tokens.word(of) in known.words("grammar", "determiners") else of
    part = tokens.before(of)
    earlier = tokens.word(tokens.before(part))
    many = tokens[part].kind is Kind.NUMERAL and earlier not in known.words("grammar", "before_years")
    return tokens.word(of) == "of" and many and not read_month(tokens, tokens.before(part))


def _is_share(tokens: Tokens, index: int) -> bool:
    """ "1203 (56%) agreed"; not "in 2019 (56%)"."""
    bracket, known = tokens.after(index), tokens.vocabulary
    share = tokens[bracket + 1].kind is Kind.NUMERAL and tokens.is_sign(bracket + 2, "%")
    led = tokens.word(tokens.before(index))
    dated = led in known.words("grammar", "before_years") or led in known.words("calendar", "before_future")
    return tokens.is_sign(bracket, "(") and share and not dated and not read_month(tokens, tokens.before(index))


def _is_against(tokens: Tokens, index: int) -> bool:
    """ "by 1843 votes to 1790"."""
    to = tokens.before(index)
    noun = tokens.before(to)
    joined = tokens.vocabulary.table("joints", "changes").get(tokens.word(to)) == "to"
    return joined and is_plural(tokens, noun) and len(tokens[tokens.before(noun)].text) == len(tokens[index].text)


def _is_bound(tokens: Tokens, index: int) -> bool:
    """ "at least 1500", "more than 1200"; not "since at least 1950", "later than 1945"."""
    known, last = tokens.vocabulary, tokens.before(index)
    first = tokens.before(last)
    bound = f"{tokens.word(first)} {tokens.word(last)}" in known.table("grammar", "bounds").get("words", ())
    led = tokens.word(tokens.before(first))
    dated = led in known.words("calendar", "before_dates") or led in known.words("calendar", "before_future")
    return bound and not dated


def _is_no_year(tokens: Tokens, index: int, figures: str) -> bool:
    """ "and 3417 were hurt": no year has that number, and no name is before or behind it."""
    known, token = tokens.vocabulary, tokens[index]
    led, behind = tokens.before(index), tokens[tokens.after(index)]
    apart = tokens[index - 1].kind is Kind.SPACE and tokens[index + 1].kind is not Kind.WORD
    apart = apart and not tokens.is_sign(index + 1, "-–/:%'’") and not tokens[led].text[:1].isupper()
    names = behind.text[:1].isupper() or behind.kind is Kind.NUMERAL
    past = figures >= "2100" and token.text.isdecimal()
    leading = known.words("grammar", "no_nouns") - known.words("grammar", "before_places")
    return past and apart and not names and tokens.word(led) in leading


def _is_measured(tokens: Tokens, index: int) -> bool:
    """Return True for what stands behind a decimal comma: "3,5 %", "1,5 million", "7,5 euros"."""
    word, known = tokens.word(index), tokens.vocabulary
    named = any(word in names[:2] for names in known.table("currencies", "names").values()) if word else False
    return tokens[index].text == "%" or word in known.words("magnitudes", "words") or named


def _is_large(groups: list[str]) -> bool:
    """Return True for "10.000.000", which no version and no machine's address is."""
    return groups[-1] == "000" and len(groups[0]) < 4 and groups[0] != "0"


CARDINAL = Recogniser(
    "cardinal",
    _propose,
    (("1013 households", "1013 households"), ("1'000 people", "1,000 people")),
    numerals=Beside.FOUR | Beside.COMMA | Beside.POINT | Beside.NUMBER | Beside.SIGN,
)
