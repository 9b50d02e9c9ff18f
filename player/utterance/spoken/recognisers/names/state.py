"""States of the US written short: "San Jose, CA", "Boston, MA 02134", "Rep. Lee, D-Calif.", "Sen. Lee (R-UT)"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Digits, Words
from player.utterance.spoken.vocabulary import Vocabulary

_PARTIES = frozenset({"D", "I", "R"})
_MOST_WORDS = 3
"""Of a city's name."""
_LONGEST_CODE = 3
"""Letters of what is no city in a heading."""
_ZIP = 5
"""Figures in a ZIP code."""


def _behind_party(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Calif." behind a party: "D-Calif."."""
    token, stop = tokens[index], tokens[index + 1]
    if not (token.text[0].isupper() and _has_party(tokens, index) and tokens.is_sign(index + 1, ".")):
        return
    full = language_of(tokens.language).tables["place"][token.text.lower()]
    ends = tokens[index + 2].kind is Kind.EDGE
    yield Reading(tokens[index - 1].start, stop.end, "state", Words(f" {full}{'.' if ends else ''}"), 0.95)


def _initials(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the "N" of "D-N.Y."."""
    if tokens[index + 1].text != ".":
        return
    state = tokens[index].text + tokens[index + 2].text
    full = tokens.vocabulary.table("states", "codes").get(state)
    mixed = language_of(tokens.language).tables["place"].get(f"{tokens.word(index)}.{tokens.word(index + 2)}")
    full = full or mixed  # "D-W.Va."
    if full and _has_party(tokens, index) and tokens.is_sign(index + 3, "."):
        ends = tokens[index + 4].kind is Kind.EDGE
        said = Words(f" {full}{'.' if ends else ''}")
        yield Reading(tokens[index - 1].start, tokens[index + 3].end, "state: behind party", said, 0.95)
    last = tokens.past_blank(index + 2)  # "Albany, N. Y."
    full = tokens.vocabulary.table("states", "codes").get(tokens[index].text + tokens[last].text)
    if full and tokens.is_sign(last + 1, ".") and tokens.is_sign(index - 2, ",") and tokens[index - 1].text == " ":
        city = tokens[index - 3]
        ends = tokens[last + 2].kind is Kind.EDGE
        if city.kind is Kind.WORD and city.text[0].isupper() and " " in full:
            said = Words(f"{full}{'.' if ends else ''}")
            yield Reading(tokens[index].start, tokens[last + 1].end, "state: initials", said, 0.95)


def _has_party(tokens: Tokens, index: int) -> bool:
    return tokens.is_sign(index - 1, "-–") and tokens[index - 2].text in _PARTIES


def _code(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "CA" behind a city and a comma, or behind a party."""
    token = tokens[index]
    full = tokens.vocabulary.table("states", "codes").get(token.text)
    if not full or tokens[index + 1].kind in (Kind.WORD, Kind.NUMERAL):
        return
    if _has_party(tokens, index):
        yield Reading(tokens[index - 1].start, token.end, "state: behind party", Words(f" {full}"), 0.95)
    elif tokens[index - 1].kind is Kind.SPACE and _is_city(tokens, index - 2) and _is_postal(tokens, index + 2):
        yield Reading(token.start, token.end, "state: behind city", Words(full), 0.95)  # "Dallas TX 75201"
    elif tokens.is_sign(index - 2, ",") and tokens[index - 1].kind is Kind.SPACE and _is_city(tokens, index - 3):
        postal = tokens[tokens.past_blank(index + 2 if tokens.is_sign(index + 1, ",") else index + 1)]
        numbered = _is_postal(tokens, tokens.past_blank(index + 2 if tokens.is_sign(index + 1, ",") else index + 1))
        also = token.text in tokens.vocabulary.words("states", "also_words")
        placed = tokens.is_sign(tokens.after(index), "@|")  # "Allentown, PA @ PPL Center"
        single = token.text in tokens.vocabulary.words("states", "after_one_word") and _is_one_word(tokens, index - 3)
        if numbered or placed or not also or single or _is_placed(tokens, index - 3):
            yield Reading(token.start, token.end, "state: behind city", Words(full), 0.95)
        if numbered and tokens.is_sign(index + 1, ","):  # "Kent, WA, 98032"
            yield Reading(postal.start, postal.end, "state: postal code", Digits((postal.text,)), 0.85)


def _is_postal(tokens: Tokens, index: int) -> bool:
    """ "75201"."""
    return tokens[index].kind is Kind.NUMERAL and len(tokens[index].text) == _ZIP and tokens[index].text.isdecimal()


def _is_city(tokens: Tokens, index: int) -> bool:
    """Return True for a word with a capital, and small letters."""
    word = tokens[index].text
    shouted = len(word) > _LONGEST_CODE and tokens.is_shouted
    return tokens[index].kind is Kind.WORD and word[0].isupper() and (word[1:].islower() or shouted)


def _is_placed(tokens: Tokens, index: int) -> bool:
    """Return True if a word before a city's name says that it is a place: "in St. Paul", "near Gary"."""
    at = index
    for _ in range(_MOST_WORDS):
        if not _is_city(tokens, at):
            break
        at = tokens.before(at)
        at = tokens.before(at) if tokens.is_sign(at, ".-") else at
    return tokens.word(at) in tokens.vocabulary.words("states", "before_cities")


def _is_one_word(tokens: Tokens, index: int) -> bool:
    """Return True for "Erie", unlike "Jane Lee"."""
    before = tokens[tokens.before(index)]
    return before.kind is Kind.EDGE or before.text in ("(", "|") or before.text.islower()


STATE = Recogniser(
    "state",
    _behind_party,
    (("Lee, D-Calif., won", "Lee, D California, won"),),
    words=lambda known: (word for word in language_of(known.code).tables["place"] if word.isalpha()),
    needs=("D-", "R-", "I-"),
)


def _codes(known: Vocabulary) -> Iterator[str]:
    return map(str.lower, known.table("states", "codes"))


STATE_CODE = Recogniser(
    "state",
    _code,
    (("in San Jose, CA", "in San Jose, California"), ("Lee (R-UT) won", "Lee (R Utah) won")),
    words=_codes,
    needs=("D-", "R-", "I-"),
)
STATE_INITIALS = Recogniser(
    "state",
    _initials,
    (("Lee (D-N.Y.) won", "Lee (D New York) won"),),
    words=lambda known: {code[0].lower() for code in known.table("states", "codes")},
    needs=("D-", "R-", "I-"),
)
