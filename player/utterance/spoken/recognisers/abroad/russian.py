"""Russian years, centuries and rulers: "в 1990 году", "3 октября 1990 г.", "XX век", "в 1941–1945 гг.", "Пётр I"."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman, to_roman
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.calendar.parts import is_day
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_DASHES = "-–—"
_FIRST, LAST = 100, 2999
_MOST = 30
_LATIN = str.maketrans("ХІСМ", "XICM")
"""Letters of the Russian alphabet that are typed for Roman ones."""


def ordinal(number: int, case: str, known: Vocabulary) -> str:
    """1 to 2999 in words: "тысяча девятьсот девяностом"."""
    lists = {name: str(words).split() for name, words in known.table("numbers").items() if isinstance(words, str)}
    said: list[str] = []
    left = number
    for size, name in ((1000, "thousands"), (100, "hundreds"), (10, "tens")):
        part = left // size
        if part and not (size == 10 and left < 20):
            left %= size
            if not left:
                return " ".join([*said, _ended(_nth(lists[f"ordinal_{name}"], part, size), case, known)])
            said.append(_nth(lists[name], part, size).replace("_", " "))
    return " ".join([*said, _ended(lists["ordinal_ones"][left - 1], case, known)])


def _nth(words: list[str], part: int, size: int) -> str:
    return words[part - 2 if size == 10 else part - 1]


def _ended(stem: str, case: str, known: Vocabulary) -> str:
    if stem == known.table("numbers")["ordinal_ones"].split()[2]:
        return stem + str(known.table("numbers", "third")[case])
    if case == "nominative" and stem in known.words("numbers", "stressed"):
        return f"{stem}ой"
    return stem + str(known.table("numbers", "endings")[case])


def _case(tokens: Tokens, first: int, noun: int, table: str) -> tuple[str, str, int]:
    """Return the case that the noun here puts a number in, the noun in full, and the index behind it; empty for
    others."""
    known, word = tokens.vocabulary, tokens.word(noun)
    case = known.table("calendar", table).get(word, "")
    before = tokens.word(tokens.before(first))
    if case == "prepositional" and before in known.words("calendar", "towards"):
        case = "dative"
    if case:
        return case, tokens[noun].text, noun + 1
    inside = before in known.words("calendar", "inside")
    full = known.table("calendar", "short").get(word)
    if not full or not tokens.is_sign(noun + 1, ".") or full[0] not in known.table("calendar", table):
        return "", "", noun
    return "prepositional" if inside else "genitive", full[inside], noun + 2


def _year(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the figures of a year, a range of years, or a day."""
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, f".,/:{_DASHES}"):
        return
    yield from _day(tokens, index)
    numbers, at = [tokens[index].text], index + 1
    dash = tokens.past_blank(at)
    if tokens.is_sign(dash, _DASHES) and tokens[tokens.past_blank(dash + 1)].kind is Kind.NUMERAL:
        at = tokens.past_blank(dash + 1)
        numbers.append(tokens[at].text)
        at += 1
    if not all(text.isdecimal() and len(text) in (3, 4) and _FIRST <= int(text) <= LAST for text in numbers):
        return
    case, noun, end = _case(tokens, index, tokens.past_blank(at), "years")
    yield from _since(tokens, index, at)
    if case:
        said = " — ".join(ordinal(int(text), case, tokens.vocabulary) for text in numbers)
        last = tokens[end - 1].text == "." and tokens[tokens.past_blank(end)].kind is Kind.EDGE
        upto = tokens[end - 2].end if last else tokens[end - 1].end
        yield Reading(tokens[index].start, upto, "year: in words", Words(f"{said} {noun}"), 0.97)


def _since(tokens: Tokens, index: int, after: int) -> Iterator[Reading]:
    """ "с 1990 по 1995 год": the first year, in the genitive."""
    known = tokens.vocabulary
    last = tokens.past_blank(tokens.past_blank(after) + 2)
    leads = tokens.word(tokens.before(index)) in known.words("calendar", "since")
    goes_on = leads and tokens.word(tokens.past_blank(after)) in known.words("calendar", "until")
    if goes_on and tokens[last].text.isdecimal() and _case(tokens, last, tokens.past_blank(last + 1), "years")[0]:
        said = Words(ordinal(int(tokens[index].text), "genitive", known))
        yield Reading(tokens[index].start, tokens[index].end, "year: in words", said, 0.9)


def _day(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "3 октября": the third of October, in the genitive."""
    figures, month = tokens[index].text, tokens.word(index + 2)
    months = str(tokens.vocabulary.table("calendar")["months"]).split()
    if not figures.isdecimal() or len(figures) > 2 or month not in months or tokens[index + 1].kind is not Kind.SPACE:
        return
    if is_day(months.index(month) + 1, int(figures)):
        said = ordinal(int(figures), "genitive", tokens.vocabulary)
        yield Reading(tokens[index].start, tokens[index].end, "date: day", Words(said), 0.9)


RUSSIAN_YEAR = Recogniser(
    "year",
    _year,
    (("в 1990 году", "в тысяча девятьсот девяностом году"),),
    numerals=Beside.WORD | Beside.DASH | Beside.SHORT_WORD,
    languages=("ru",),
)


def _numeral(tokens: Tokens, index: int) -> int | None:
    return roman(tokens[index].text.translate(_LATIN)) if tokens[index].kind is Kind.WORD else None


def _century(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a Roman numeral: a century, two of them, or a ruler."""
    first = _numeral(tokens, index)
    if first is None or tokens.is_sign(index - 1, _DASHES):
        return
    numbers, at = [first], index + 1
    dash = tokens.past_blank(at)
    second = _numeral(tokens, tokens.past_blank(dash + 1)) if tokens.is_sign(dash, _DASHES) else None
    if second:
        numbers.append(second)
        at = tokens.past_blank(dash + 1) + 1
    case, noun, end = _case(tokens, index, tokens.past_blank(at), "centuries")
    if case:
        said = " — ".join(ordinal(number, case, tokens.vocabulary) for number in numbers)
        last = tokens[end - 1].text == "." and tokens[tokens.past_blank(end)].kind is Kind.EDGE
        upto = tokens[end - 2].end if last else tokens[end - 1].end
        yield Reading(tokens[index].start, upto, "century: in words", Words(f"{said} {noun}"), 0.97)
        return
    ruled = _ruler(tokens, index) if tokens[index - 1].kind is Kind.SPACE else ""
    if ruled:
        said = ordinal(first, ruled, tokens.vocabulary).capitalize()
        yield Reading(tokens[index].start, tokens[index].end, "roman: ruler", Words(said), 0.9)


def _written(_: Vocabulary) -> Iterator[str]:
    """Numerals of centuries and rulers, in letters of either alphabet."""
    for number in range(1, _MOST + 1):
        yield to_roman(number).lower()
        yield to_roman(number).lower().replace("x", "х")
        yield to_roman(number).lower().replace("x", "х").replace("i", "і")


def _ruler(tokens: Tokens, index: int) -> str:
    """Return the case of a ruler's name before this token; empty when there is none."""
    known, name = tokens.vocabulary, tokens.word(index - 2)
    rulers = known.table("calendar", "rulers")
    if not name or not tokens[index - 2].text[0].isupper():
        return ""
    if name.startswith(tuple(rulers["feminine"].split())):
        return str(known.table("calendar", "feminine").get(name[-1], "feminine_oblique"))
    if name.startswith(tuple(rulers["masculine"].split())):
        return str(known.table("calendar", "masculine").get(name[-1], "nominative"))
    return ""


RUSSIAN_CENTURY = Recogniser(
    "century",
    _century,
    (("XX век", "двадцатый век"),),
    words=_written,
    capitals=True,
    languages=("ru",),
)
