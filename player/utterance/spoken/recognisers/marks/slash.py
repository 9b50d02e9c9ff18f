"""A slash between words: "and/or", "s/he", "he/she", "A/B testing", "input/output"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Token, Tokens
from player.utterance.spoken.values import Joint, Words

_LONGEST_FORMULA = 80
"""Characters between an equals sign and a slash."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first of a row of slashes."""
    if tokens[index - 1].text == "/":
        return
    last = index
    while tokens[last + 1].text == "/":
        last += 1
    left, right = tokens[index - 1], tokens[last + 1]
    start, end = tokens[index].start, tokens[last].end
    if left.kind is right.kind is Kind.WORD and last == index:
        yield from _pair(tokens, index)
    before, after = _beside(tokens, index, -1), _beside(tokens, last, 1)
    stopped = left.text == "." and tokens[index - 2].kind is right.kind is Kind.WORD and last == index
    if stopped and tokens.is_sign(index + 2, "."):
        yield Reading(start, end, "slash: between abbreviations", Joint("list"), 0.55)  # "Mon./Wed."
    letters = 1 if left.kind is right.kind is Kind.SPACE else 2
    apart = left.text == right.text == " " and last == index and not tokens.places_of("=")
    if apart and _may_be_parted(before) and (after.kind is Kind.NUMERAL or before.kind is not Kind.WORD):
        yield Reading(before.end, after.start, "slash: apart", Joint("list"), 0.52)  # "350 ml / 11.8 fl oz"
    small = all(token.text.islower() or len(token.text) == 1 for token in (before, after))
    if small and left.text == right.text == " " and last == index and _is_divided(tokens, index):
        yield Reading(before.end, after.start, "slash: divided", Joint("divided by"), 0.7)
    if _is_word(before, letters) and _is_word(after, letters):
        yield Reading(before.end, after.start, "slash", Joint("list"), 0.55)
    elif left.kind in (Kind.SPACE, Kind.EDGE) and right.kind in (Kind.WORD, Kind.NUMERAL):
        yield Reading(start, end, "slash: first", Joint("list"), 0.5)
    elif right.kind in (Kind.SPACE, Kind.EDGE) and left.kind in (Kind.WORD, Kind.NUMERAL):
        yield Reading(start, end, "slash: last", Joint("list"), 0.5)


def _is_divided(tokens: Tokens, index: int) -> bool:
    """Return True for the only slash of a text, behind its only equals sign: "error ratio = failures / total"."""
    equal, at = tokens.places_of("="), tokens[index].start
    return len(equal) == len(tokens.places_of("/")) == 1 and equal[0] < at < equal[0] + _LONGEST_FORMULA


def _beside(tokens: Tokens, index: int, step: int) -> Token:
    """Return what is beside a slash, a single blank apart at most."""
    token = tokens[index + step]
    return tokens[index + 2 * step] if token.text == " " else token


def _is_word(token: Token, letters: int) -> bool:
    return token.kind is Kind.WORD and len(token.text) >= letters


def _may_be_parted(token: Token) -> bool:
    return token.kind in (Kind.WORD, Kind.NUMERAL) or (token.text != "" and token.text in '℃℉°%)”"')


def _pair(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Two words with a slash, nothing between."""
    left, right = tokens[index - 1], tokens[index + 1]
    known = tokens.vocabulary
    pair = f"{left.text}/{right.text}".lower()
    said = known.table("slashes", "pairs").get(pair)
    slash = tokens[index].start, tokens[index].end
    chained = tokens.is_sign(index - 2, "/") or tokens.is_sign(index + 2, "/")
    if said and not chained:
        yield Reading(left.start, right.end, "slash: known pair", Words(said), 0.9)
    elif pair in known.words("slashes", "or"):
        yield Reading(*slash, "slash: or", Joint("or"), 0.9)
    elif pair in known.words("slashes", "together"):
        yield Reading(*slash, "slash: together", Joint(""), 0.9)
    elif left.text[-1].isupper() and right.text[0].isupper():
        yield Reading(*slash, "slash: capitals", Joint(""), 0.8)


SLASH = Recogniser(
    "slash",
    _propose,
    (
        ("and/or", "and or"),
        ("s/he", "she or he"),
        ("he/she", "he or she"),
        ("A/B testing", "eh B testing"),
        ("input/output", "input, output"),
    ),
    signs="/",
)
