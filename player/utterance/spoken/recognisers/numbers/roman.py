"""Roman numerals: "WWII", "the XXth century", "Act Ⅳ", "vol. ii", "Thutmose III"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from player.story.roman_numerals import roman, to_roman
from player.utterance.sentences.language import language_of
from player.utterance.spoken.grammar import has_determiner
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.numbers.roman_name import is_counted_thing
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Numbered
from player.utterance.spoken.vocabulary import Vocabulary

_SIGNS = "".join(map(chr, range(0x2160, 0x2180)))
"""Number forms of Unicode, U+2160 to U+217F."""
_SMALL_NUMERALS = tuple(to_roman(number) for number in range(1, 40))
_LINES = frozenset(to_roman(number) for number in range(2, 21)) - {"V", "X", "XX"}
"""Of rulers; the others are letters or sizes more often."""
_SHORTEST_NAME = 4


def _war(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "WWII", "WW2", "WW II"."""
    token, last = tokens[index], index
    number = tokens.vocabulary.table("romans", "wars").get(token.text.lower(), 0)
    if not number:
        last = tokens.past_blank(index + 1)
        number = tokens.vocabulary.table("romans", "numbers_of_wars").get(tokens[last].text, 0)
    if number and token.text.isupper():
        yield Reading(token.start, tokens[last].end, "Roman: war", Numbered(number, "world war"), 0.95)


def _suffixed(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "XXth"."""
    token = tokens[index]
    number = roman(token.text[:-2])
    if number:
        yield Reading(token.start, token.end, "Roman: suffix", Numbered(number, "ordinal"), 0.95)


def _sign(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Ⅳ", or the first of "ⅩⅣ"."""
    end = index
    while tokens[end].text and tokens[end].text in _SIGNS and end - index < len(_SMALL_NUMERALS[-1]):
        end += 1
    if tokens.is_sign(index - 1, _SIGNS):
        return
    numeral = unicodedata.normalize("NFKC", "".join(tokens[at].text for at in range(index, end))).upper()
    number = roman(numeral)
    ruler = tokens[tokens.before(index)].text in tokens.vocabulary.words("names", "regnal")  # "Louis ⅩⅣ"
    century = tokens.word(tokens.after(end - 1)) in tokens.vocabulary.words("calendar", "centuries")
    if number:
        value = Numbered(number, "ordinal" if century else "ruler" if ruler else "count")
        yield Reading(tokens[index].start, tokens[end - 1].end, "Roman: sign", value, 0.95)


def _numbered(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "vol." before a numeral in small letters."""
    at = tokens.past_blank(index + 2)
    numeral = tokens[at].text
    number = roman(numeral.upper()) if numeral.islower() else None
    if not tokens.is_sign(index + 1, ".") or number is None or at == index + 2 or tokens.is_sign(at + 1, "'’-"):
        return
    word = tokens[index].text
    full = language_of(tokens.language).tables["before_number"][word.lower()]
    said = full[0].upper() + full[1:] if word[0].isupper() else full
    end = tokens[at].end
    yield Reading(tokens[index].start, end, "Roman: numbered", Numbered(number, noun=said), 0.9)


def _line(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the numeral of a ruler whom no list names: "Thutmose III"."""
    token, name = tokens[index], tokens[index - 2].text
    names = tokens.vocabulary.words("names", "regnal") | tokens.vocabulary.words("names", "counted")
    if token.text not in _LINES or tokens[index - 1].kind is not Kind.SPACE or len(name) < _SHORTEST_NAME:
        return
    inner = tokens.is_sign(index + 1, ".") and tokens[index + 2].kind is Kind.WORD  # "Hamlet III.ii.45"
    if inner or is_counted_thing(tokens, index - 2):
        return
    if not (name[0].isupper() and name[1:].islower()) or name in names or name.removesuffix("s") in names:
        return
    before = tokens[tokens.before(index - 2)].text
    number = roman(token.text)
    if number and not has_determiner(tokens, index - 2) and before not in names and _may_rule(tokens, name, before):
        yield Reading(token.start, token.end, "Roman: line", Numbered(number, "ruler"), 0.6)


def _may_rule(tokens: Tokens, name: str, before: str) -> bool:
    """Return True for a name by itself, or behind a title, a given name or a people: no "Street Fighter II"."""
    known = tokens.vocabulary
    if name.endswith(tuple(known.words("names", "no_rulers"))) or before[:1].isdecimal():
        return False
    if not before[:1].isupper() or before.endswith(tuple(known.words("names", "peoples"))):
        return True
    people = known.words("names", "rulers") | known.words("names", "regnal") | known.words("names", "given")
    return before in people or before.lower() in language_of(tokens.language).starters


def _before_number(known: Vocabulary) -> frozenset[str]:
    return known.words("romans", "before_small") & frozenset(language_of(known.code).tables["before_number"])


def _with_suffix(known: Vocabulary) -> Iterator[str]:
    for number in range(2, 40):
        yield from (f"{to_roman(number)}{suffix}".lower() for suffix in known.words("numbers", "ordinal_endings"))


WAR = Recogniser(
    "Roman",
    _war,
    (("WWII ended.", "World War Two ended."),),
    words=lambda known: (*known.table("romans", "wars"), "ww"),
)
SUFFIXED = Recogniser(
    "Roman",
    _suffixed,
    (("the XXth century", "the twentieth century"),),
    words=_with_suffix,
)
NUMBER_FORM = Recogniser("Roman", _sign, (("Act Ⅳ", "Act 4"),), signs=_SIGNS)
NUMBERED = Recogniser("Roman", _numbered, (("see vol. ii", "see volume 2"),), words=_before_number)
LINE = Recogniser(
    "Roman",
    _line,
    (("Thutmose III ruled.", "Thutmose the third ruled."),),
    words=lambda _: map(str.lower, _LINES),
)
