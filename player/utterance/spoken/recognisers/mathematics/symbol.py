"""Signs with a name: stars, sharps and flats, "§§ 5", "#1", "1080p"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Stars, Words

_NOTES = frozenset("ABCDEFG")
_MOST_STARS = 10


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
    names = tokens.vocabulary.table("symbols", "said_before")
    if token.text in names and tokens.word(tokens.before(index)) == names[token.text]:
        yield Reading(token.start, token.end, "symbol: said before", Silent(), 0.9)
    elif said := tokens.vocabulary.table("symbols", "named").get(token.text):
        yield Reading(token.start, token.end, "symbol: named", Words(f" {said} "), 0.85)
    names = tokens.vocabulary.table("symbols", "behind_note")
    if token.text in names and before.text in _NOTES and after.kind not in (Kind.WORD, Kind.NUMERAL):
        yield Reading(token.start, token.end, "symbol: note", Words(f" {names[token.text]}"), 0.9)
    number = tokens[tokens.after(index)]
    lettered = tokens.vocabulary.table("symbols", "behind_letter").get(f"{before.text}{token.text}")
    if lettered and number.kind is Kind.NUMERAL:  # "N°5"
        yield Reading(before.start, number.start, "symbol: before number", Words(f"{lettered} "), 0.95)
    names = tokens.vocabulary.table("symbols", "before_number")
    if token.text == "#" and number.kind is Kind.NUMERAL and before.kind is Kind.WORD and len(before.text) > 1:
        yield Reading(token.start, number.start, "symbol: behind word", Words(f" {names['#']} "), 0.85)  # "Lot# 55"
    if token.text in names and number.kind is Kind.NUMERAL and before.kind not in (Kind.WORD, Kind.NUMERAL):
        if before.text == token.text:
            start = before.start
            many = tokens.vocabulary.table("symbols", "twice").get(token.text)
            if many:
                yield Reading(start, number.start, "symbol: before numbers", Words(f"{many} "), 0.9)
        elif before.text != "&" and names[token.text]:
            yield Reading(token.start, number.start, "symbol: before number", Words(f"{names[token.text]} "), 0.85)


SYMBOL = Recogniser(
    "symbol",
    _propose,
    (
        ("in F♯ major", "in F sharp major"),
        ("in C# minor", "in C sharp minor"),
        ("the #1 song", "the number 1 song"),
        ("§§ 5 and 6", "sections 5 and 6"),
    ),
    words=lambda known: (
        sign
        for name in ("behind_note", "before_number", "said_before", "named")
        for sign in known.table("symbols", name)
    ),
    languages=("en", *CODES),
)


def _key(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "maj." behind the letter of a key: "in G maj.", "B♭ min."."""
    before = tokens.before(index)
    before -= tokens.is_sign(before, "♭♯#")
    note, stop = tokens[before].text, tokens.is_sign(index + 1, ".")
    led = tokens.word(tokens.before(before)) in tokens.vocabulary.words("symbols", "before_keys")
    if note and note in _NOTES and led and before < index - 1:
        ends = tokens[tokens.past_blank(index + 2)].kind is Kind.EDGE
        end = tokens[index + 1].end if stop and not ends else tokens[index].end
        said = tokens.vocabulary.table("symbols", "scales")[tokens[index].text.lower()]
        yield Reading(tokens[index].start, end, "symbol: key", Words(said), 0.93)


KEY = Recogniser(
    "symbol", _key, (("in G maj. and", "in G major and"),), words=lambda known: known.table("symbols", "scales")
)


def _spoken_of(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a sign that is itself meant: "the ° sign", "press the * key"."""
    token = tokens[index]
    noun = tokens.word(index + 2).removesuffix("s") if tokens[index + 1].text == " " else ""
    if tokens[index - 1].kind is Kind.SPACE and noun in tokens.vocabulary.words("symbols", "behind_signs"):
        said = tokens.vocabulary.table("symbols", "signs")[token.text]
        yield Reading(token.start, token.end, "symbol: spoken of", Words(said), 0.96)


SPOKEN_OF = Recogniser(
    "symbol",
    _spoken_of,
    (("press the * key", "press the star key"), ("the ° sign", "the degree sign")),
    words=lambda known: known.table("symbols", "signs"),
)


def _copyright(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the bracket of "(c) 2019"."""
    year = tokens[tokens.past_blank(index + 3)].text
    if tokens.word(index + 1) == "c" and tokens.is_sign(index + 2, ")") and len(year) == 4 and year.isdecimal():
        said = tokens.vocabulary.table("symbols", "named")["©"]
        named = tokens.word(tokens.before(index)) == said
        value = Silent() if named else Words(said)
        yield Reading(tokens[index].start, tokens[index + 2].end, "symbol: copyright", value, 0.9)


COPYRIGHT = Recogniser(
    "symbol", _copyright, (("(c) 2019 Smith", "copyright twenty nineteen Smith"),), signs="(", needs=("(c)", "(C)")
)


def _stars(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "★★★★☆", "a 5★ hotel"."""
    if tokens[index - 1].text == "★":
        return
    at, counts = index, []
    for sign in "★☆":
        first = at
        while tokens[at].text == sign and at - index < _MOST_STARS:
            at += 1
        counts.append(at - first)
    end = tokens[at - 1].end
    number = tokens[tokens.before(index)]
    rating = tokens[tokens.past_blank(at)]
    if rating.kind is Kind.NUMERAL and at == index + 1 and number.kind is not Kind.NUMERAL and not counts[1]:
        yield Reading(tokens[index].start, rating.end, "stars: before number", Stars(rating.text), 0.9)  # "★ 4.5"
        return
    if number.kind is Kind.NUMERAL and at == index + 1:
        yield Reading(number.start, end, "stars", Stars(number.text, behind=True), 0.9)
    elif number.kind is not Kind.NUMERAL:
        of = str(sum(counts)) if counts[1] else ""
        yield Reading(tokens[index].start, end, "stars", Stars(str(counts[0]), of), 0.9)


def _starred(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the star of "a 5* hotel"."""
    called = tokens[index - 1].kind is Kind.SPACE and tokens[index + 1].kind is Kind.NUMERAL
    if called and tokens.word(index - 2) in tokens.vocabulary.words("telephone", "keyed"):
        said = tokens.vocabulary.table("symbols", "keys")["*"]
        yield Reading(tokens[index].start, tokens[index].end, "symbol: key", Words(f"{said} "), 0.95)  # "dial *67"
    number, noun = tokens[index - 1], tokens.word(tokens.past_blank(index + 1))
    rated = noun in tokens.vocabulary.words("symbols", "starred")
    if number.kind is Kind.NUMERAL and len(number.text) == 1 and rated and tokens[index + 1].kind is Kind.SPACE:
        yield Reading(number.start, tokens[index].end, "stars", Stars(number.text, behind=True), 0.9)


STARRED = Recogniser("stars", _starred, (("a 5* hotel", "a 5 star hotel"),), signs="*")
STARS = Recogniser("stars", _stars, (("★★★★☆", "4 out of 5 stars"), ("a 5★ hotel", "a 5 star hotel")), signs="★")


def _screen(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "1080p": lines of a screen, in pairs of figures."""
    said = tokens.vocabulary.table("symbols", "lines").get(tokens[index].text)
    if said and tokens[index + 1].text in ("p", "i"):
        yield Reading(tokens[index].start, tokens[index].end, "lines", Words(said), 0.9)


LINES = Recogniser("lines", _screen, (("in 1080p", "in 10 80p"),), numerals=Beside.GLUED_WORD)


def _raised_ending(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the raised letters of "1ˢᵗ", "2ⁿᵈ"."""
    first = index - 1 if tokens.is_sign(index - 1, "ⁿ") else index
    written = tokens.text[tokens[first].start : tokens[index].end]
    ending = tokens.vocabulary.table("symbols", "raised_endings").get(written)
    if ending and tokens[first - 1].kind is Kind.NUMERAL:
        yield Reading(tokens[first].start, tokens[index].end, "ordinal: raised", Words(ending), 0.95)


RAISED_ENDING = Recogniser(
    "ordinal",
    _raised_ending,
    (("the 1ˢᵗ", "the 1st"), ("the 2ⁿᵈ", "the 2nd")),
    words=lambda known: (ending.lstrip("ⁿ") for ending in known.table("symbols", "raised_endings")),
    with_number=True,
)

SYMBOLS = (COPYRIGHT, KEY, LINES, RAISED_ENDING, SPOKEN_OF, STARRED, STARS, SYMBOL)
