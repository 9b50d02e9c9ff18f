"""Marks of footnotes: "It is so.†", "by Putin.1", "by Putin.²"; those in brackets are in bracket.py."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman
from player.utterance.sentences.language import language_of
from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Words

_DAGGERS = "†‡"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BEFORE_STAR = ".,!?”’)"
_STOPS, _QUOTES = ".?!,;", "”’"
_LONGEST = 2
"""Figures in the mark of a note."""
_LONGEST_PAGES = 8
"""Tokens behind a note's mark that may give its pages."""
_LONGEST_NAME = 3
"""Capitals of a model with a number behind a point: "ID.3"."""
_SHORTEST_WORD = 4
"""Letters of a word that has no power: "word²"."""


def _sign(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a dagger, a star or a raised figure: the first of its row."""
    token, before = tokens[index], tokens[index - 1]
    row = next(signs for signs in (_DAGGERS, "*", _RAISED) if token.text in signs)
    if before.text and before.text in row:
        return
    at = index + 1
    while tokens[at].text and tokens[at].text in row:
        at += 1
    if row == "*":
        known = (before.kind in (Kind.WORD, Kind.NUMERAL) or before.text in ("_", *_BEFORE_STAR)) and (
            tokens[at].kind in (Kind.SPACE, Kind.EDGE)
        )
    elif row == _RAISED:
        known = _is_behind(tokens, index)
    else:
        known = True
    if known:
        yield Reading(token.start, tokens[at - 1].end, "footnote mark: sign", Silent(), 0.97)


def _is_behind(tokens: Tokens, index: int) -> bool:
    """Return True if a raised figure is behind a word, and no exponent: "Putin.²", "word²"; not "x²", "km²"."""
    before = tokens[index - 1]
    if before.kind is Kind.WORD:
        return len(before.text) >= _SHORTEST_WORD
    word = tokens[index - 2]
    return tokens.is_sign(index - 1, ".,;!?”’)") and word.kind is Kind.WORD and len(word.text) > 1


NOTE_SIGN = Recogniser(
    "footnote mark",
    _sign,
    (("It is so.†", "It is so."), ("by Putin.²", "by Putin.")),
    signs=f"{_DAGGERS}*{_RAISED}",
    languages=(),
)


def _figures(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At figures behind a full stop or a quotation mark, with nothing between."""
    last, token = tokens[index - 1], tokens[index]
    if token.text[0] == "." and tokens.is_sign(index - 1, ")" + _QUOTES) and len(token.text) <= _LONGEST + 1:
        if tokens[index + 1].kind in (Kind.SPACE, Kind.EDGE):  # "(1989).1"
            yield Reading(token.start, token.end, "footnote mark: figure", Words("."), 0.97)
        return
    if last.kind is not Kind.SIGN or last.text not in _STOPS + _QUOTES:
        return
    if tokens[index + 1].kind not in (Kind.SPACE, Kind.EDGE):
        return
    earlier = tokens[index - 2]
    marked = tokens.is_sign(index - 2, ")" + _QUOTES) and last.text in _STOPS
    quoted = tokens.is_sign(index - 2, ".?!,") and last.text in _QUOTES
    if earlier.kind is not Kind.WORD and not marked and not quoted:
        return
    versioned = tokens.is_sign(index - 3, "-") and tokens[index - 4].kind is Kind.NUMERAL  # "1.0.0-rc.1"
    lettered = earlier.kind is Kind.WORD and len(earlier.text) == 1 and earlier.text.islower()  # "n.5"
    if versioned or lettered or (last.text == "," and _is_counting(tokens, index)):
        return
    parts = token.text.split(",")
    if not all(part.isdecimal() and len(part) <= _LONGEST for part in parts):
        return
    if (len(parts) == 1 or earlier.kind is Kind.WORD) and not _is_numbered(tokens, index - 2):
        yield Reading(token.start, token.end, "footnote mark: figure", Silent(), 0.97)


def _is_counting(tokens: Tokens, index: int) -> bool:
    """Return True for a number that goes on behind a comma: "a student,21 years old", "Rouen,25 avril", "next,11 and
    12"."""
    behind, known = tokens.after(index), tokens.vocabulary
    months = known.table("calendar", "month") or str(known.table("calendar").get("months", "")).lower().split()
    listed = len(tokens.word(behind)) in (1, 2, 3) and tokens[tokens.after(behind)].kind is Kind.NUMERAL
    return listed or is_plural(tokens, behind) or tokens.word(behind) in months


def _is_numbered(tokens: Tokens, index: int) -> bool:
    """Return True if an abbreviation leads to the number: "No.5"; or letters with full stops: "U.S.1"."""
    while tokens[index].kind is Kind.SIGN and tokens[index].text in _STOPS + _QUOTES + ")":
        index -= 1
    short = tokens[index].text.isupper() and len(tokens[index].text) <= _LONGEST_NAME
    if short or roman(tokens.word(index).upper()):  # "the VW ID.3", "section iv.2"
        return True
    if tokens.is_sign(index - 1, ".") and tokens[index - 2].kind in (Kind.WORD, Kind.NUMERAL):
        return True
    return language_of(tokens.language).holds("before_number", tokens.word(index))


NOTE = Recogniser("footnote mark", _figures, (("by Putin.1", "by Putin."),), numerals=Beside.AFTER_STOP, languages=())


def _pages(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the colon of ".:133–134": the pages of a note, as Wikipedia has them behind its mark."""
    at = index + 1
    while tokens[at].kind is Kind.NUMERAL and tokens.is_sign(at + 1, "-–:,") and tokens[at + 2].kind is Kind.NUMERAL:
        at += 2
        if at > index + _LONGEST_PAGES:
            return
    ends = tokens[at + 1].kind in (Kind.SPACE, Kind.EDGE)
    if tokens[at].kind is Kind.NUMERAL and ends and tokens.is_sign(index - 1, _STOPS + _QUOTES + "]"):
        yield Reading(tokens[index].start, tokens[at].end, "footnote mark: pages", Silent(), 0.95)


NOTE_PAGES = Recogniser(
    "footnote mark",
    _pages,
    (("It was so.:133–134 Then", "It was so. Then"),),
    signs=":",
    needs=tuple(f"{sign}:" for sign in _STOPS + _QUOTES + "]"),
    languages=(),
)
