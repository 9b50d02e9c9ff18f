"""Years that engines say as counts: German "im Jahr 1848" is "achtzehnhundertachtundvierzig", and Dutch "in 1648"
"zestienhonderd 48"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.calendar_values import Year
from player.utterance.spoken.grammar import ends_clause, stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_FIRST, _END, _LAST = 1100, 2000, 2100
_HUNDREDS_END = "1900"
"""From which on espeak-ng counts hundreds itself."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    figures = tokens[index].text
    if len(figures) != 4 or not figures.isdecimal() or not _FIRST <= int(figures) < _END:
        return
    ended = tokens.word(index + 1) in tokens.vocabulary.words("years", "decades")
    if ended and figures[-1] == "0" and tokens[index - 1].kind is not Kind.WORD:
        yield Reading(tokens[index].start, tokens[index].end, "year: decade", Year(figures), 0.9)
    dashed = tokens.is_sign(index - 1, "-–") and tokens[index - 2].kind is Kind.NUMERAL
    free = tokens.is_free(index) or dashed
    if not free or tokens[index + 1].kind is Kind.WORD:
        return
    dash = tokens.past_blank(index + 1)
    last = tokens[tokens.past_blank(dash + 1)].text
    spans = tokens.is_sign(dash, "-–") and len(last) == 4 and figures < last < "2100"
    spans |= tokens.is_sign(index + 1, "-–") and len(last) == 2 and last.isdecimal() and last > figures[2:]  # "1914–18"
    before = tokens.before(index)
    earlier = tokens[tokens.before(before)].text
    spanned = tokens.is_sign(before, "-–") and len(earlier) == 4 and earlier.isdecimal() and "1100" <= earlier < figures
    spans = spans or (tokens.is_sign(index + 1, "/") and len(last) == 2 and last.isdecimal())  # "1914/18"
    before = before - 1 if tokens.is_sign(before, ".") else before  # "geb. 1749"
    led = tokens.word(before) in tokens.vocabulary.words("years", "before") or _is_told(tokens, before, index)
    if spans or spanned or led:
        yield Reading(tokens[index].start, tokens[index].end, "year: in words", Year(figures), 0.8)


def _is_told(tokens: Tokens, before: int, index: int) -> bool:
    """ "Er wurde 1879 in Ulm geboren", "um 1900", "1945 endete der Krieg", "(1848)"; not "Es waren 1879 Menschen"."""
    known, at = tokens.vocabulary, tokens.after(index)
    verbs, prepositions = known.words("years", "before_small"), known.words("years", "prepositions")
    if tokens[before].kind is Kind.EDGE:
        return tokens.word(at) in verbs - prepositions
    if tokens.is_sign(before, "("):
        return tokens.is_sign(at, ")")
    if tokens.word(before) in known.words("years", "joined") and _is_year(tokens, tokens.before(before)):
        led = tokens.word(tokens.before(tokens.before(before))) in prepositions | known.words("years", "before")
        return led and not tokens[at].text[:1].isupper()
    return tokens.word(before) in verbs | prepositions and _goes_on(tokens, before, at)


def _goes_on(tokens: Tokens, before: int, at: int) -> bool:
    """Return True if no noun follows, nor what counts: a small word, the end, or another year ("von 1685 bis 1750")."""
    known = tokens.vocabulary
    if tokens[at].kind is Kind.EDGE or tokens.is_sign(at, ".,;:!?)"):
        return tokens.word(before) not in known.words("years", "before_many")  # "Es waren 1200."
    if tokens.word(at) in known.words("years", "joined"):
        last = tokens.after(at)
        return _is_year(tokens, last) and not tokens[tokens.after(last)].text[:1].isupper()
    return tokens[at].text.islower() and tokens[at].text not in known.words("years", "counted")


def _is_year(tokens: Tokens, index: int) -> bool:
    figures = tokens[index].text
    return len(figures) == len("1900") and figures.isdecimal() and _FIRST <= int(figures) <= _LAST


YEAR = Recogniser(
    "year",
    _propose,
    (("im Jahr 1848", "im Jahr achtzehnhundertachtundvierzig"),),
    numerals=Beside.ANYTHING,
    languages=("de",),
)


def _hundreds(tokens: Tokens, index: int) -> Iterator[Reading]:
    """In Dutch, what is counted is counted in hundreds as well: "1500 euro"."""
    figures = tokens[index].text
    if not _is_year(tokens, index) or figures >= _HUNDREDS_END:
        return
    spanned = tokens.is_sign(index - 1, "-–") and _is_year(tokens, index - 2)
    spans = tokens.is_sign(index + 1, "-–") and _is_year(tokens, index + 2)
    after = tokens[index + 1]
    led = spanned or stands_apart(tokens, index)
    ended = spans or after.kind is Kind.SPACE or ends_clause(tokens, index) or after.text == ","
    code = after.text == " " and len(tokens[index + 2].text) == 2 and tokens[index + 2].text.isupper()  # "1100 AB"
    if led and ended and not code:
        names = str(tokens.vocabulary.table("hundreds")["names"]).split()
        rest = figures[2:].lstrip("0")
        value = Words(f"{names[int(figures[:2]) - _FIRST // 100]}{' ' if rest else ''}{rest}")
        yield Reading(tokens[index].start, tokens[index].end, "year: in hundreds", value, 0.6)


HUNDREDS = Recogniser(
    "year",
    _hundreds,
    (("in 1648", "in zestienhonderd 48"),),
    numerals=Beside.FOUR,
    languages=("nl",),
)
