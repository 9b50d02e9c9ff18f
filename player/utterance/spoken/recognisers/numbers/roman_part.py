"""Roman numerals of pages and parts: "page xii", "part (iii)", "Mk II", "stage IIIA"."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman, to_roman
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.recognisers.mathematics.colon import books
from player.utterance.spoken.recognisers.numbers.roman_name import ALONE, counted_words, is_alone, is_counted
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Numbered


def _small(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a numeral in small letters: "see page xii", "part (iii) of it"."""
    token = tokens[index]
    number = roman(token.text.upper()) if token.text.islower() else None
    then = tokens[index + 2].text if tokens[index + 1].kind is Kind.SPACE else ""
    known = tokens.vocabulary
    if number is None or (token.text == "i" and then.islower() and then not in known.words("romans", "behind_i")):
        return  # "in this case i think so"
    word = tokens[tokens.before(index)]
    stop = word.text == "."
    page = tokens.word(tokens.before(index) - 1 if stop else tokens.before(index))
    span = token.start, token.end
    last = tokens[index + 2].text
    until = roman(last.upper()) if last.islower() and tokens.is_sign(index + 1, "-–") else None
    rising = bool(until and until > number and tokens[index + 3].kind is not Kind.WORD and len(token.text + last) > 2)
    counted = not {page, page.removesuffix("s")}.isdisjoint(counted_words(known))
    counted = counted and page not in known.words("romans", "uncounted")
    numbered = page in known.words("romans", "pages") or counted or rising
    numbered = numbered or (page in books(tokens.vocabulary) and len(token.text) > 1)  # "1 Kings xix"
    if numbered and tokens[index - 1].kind is Kind.SPACE and not (page == "an" or tokens.is_sign(index + 1, "'’")):
        yield Reading(*span, "Roman numeral: page", Numbered(number), 0.85)
        if until and rising:
            yield Reading(token.end, tokens[index + 2].start, "Roman numeral: range", Joint("to"), 0.92)
            end = tokens[index + 2]
            yield Reading(end.start, end.end, "Roman numeral: page", Numbered(until), 0.9)
    dripping = token.text == "iv" and (
        page == "an" or tokens.word(tokens.after(index)) in tokens.vocabulary.words("acronyms", "drips")
    )
    if token.text in ALONE and not dripping and is_alone(tokens, index):
        yield Reading(*span, "Roman numeral: alone", Numbered(number), 0.8)


ROMAN_SMALL = Recogniser(
    "Roman numeral",
    _small,
    (("see page xii", "see page 12"), ("part (iii) of it", "part (3) of it")),
    words=lambda _: (to_roman(number).lower() for number in range(1, 90) if set(to_roman(number)) <= set("IVXL")),
)


def _mark(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Mk" before a number."""
    after = index + 2 if tokens.is_sign(index + 1, ".") else index + 1
    number = tokens[after + 1]
    numbered = number.kind is Kind.NUMERAL or roman(number.text)
    if tokens[index].text == "Mk" and tokens[after].kind is Kind.SPACE and numbered:
        value = Numbered(0, noun=tokens.vocabulary.table("romans", "names")["mk"])
        yield Reading(tokens[index].start, tokens[after - 1].end, "Roman numeral: mark", value, 0.92)
        if number.kind is Kind.WORD:
            yield Reading(number.start, number.end, "Roman numeral: mark", Numbered(roman(number.text) or 0), 0.9)


MARK_NUMBER = Recogniser("Roman numeral", _mark, (("a Mk II tank", "a Mark 2 tank"),), words=lambda _: ("mk",))


def _lettered(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "IIIA" behind what is counted: "stage IIIA", "Type IIb"."""
    text = tokens[index].text
    number = roman(text[:-1])
    before = tokens.before(index)
    if number and text[-1] in "abcdeABCDE" and is_counted(tokens, before, stop=False):
        value = Numbered(0, noun=f"{number}{text[-1].upper()}")
        yield Reading(tokens[index].start, tokens[index].end, "Roman numeral: lettered", value, 0.9)


ROMAN_LETTERED = Recogniser(
    "Roman numeral",
    _lettered,
    (("a stage IIIA tumor", "a stage 3A tumor"),),
    words=lambda _: (f"{to_roman(number)}{letter}".lower() for number in range(1, 13) for letter in "abcde"),
)
