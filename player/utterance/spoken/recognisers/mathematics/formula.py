"""Formulas in TeX between dollars: "$a^2$", "$4x_1 \\leq 9$"; not sums of money."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Formula

_LONGEST = 120
"""Tokens in a formula."""
_COMPARED = frozenset("=<>≤≥")
_TELLING = frozenset("\\^_{}")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the dollar that opens it."""
    double = tokens[index + 1].text == "$"
    first = index + 2 if double else index + 1
    if tokens[index - 1].text == "$" or tokens[index - 1].kind is Kind.WORD:
        return
    close = next((at for at in range(first, first + _LONGEST) if tokens[at].text == "$"), 0)
    spaced = [tokens[at].kind is Kind.SPACE for at in (first, close - 1)]
    if not close or close == first or spaced[0] != spaced[1] or tokens[close + 1].kind is Kind.NUMERAL:
        return
    source = tokens.text[tokens[first].start : tokens[close].start]
    if spaced[0] and "\\" not in source:  # "$ \alpha $" of notebooks, no "$ 5 or $ 6"
        return
    source = source.strip()
    end = tokens[close + 1 if double and tokens[close + 1].text == "$" else close].end
    letter = _is_short(tokens, first, close)
    sum_ = not _TELLING.isdisjoint(source)
    words = [len(tokens[at].text) for at in range(first, close) if tokens[at].kind is Kind.WORD]
    lettered = words and max(words) == 1 and source[-1] not in _COMPARED  # "$0 < p < 1$", not "$5 x 2 =$10"
    equation = not _COMPARED.isdisjoint(source) and (lettered or not source[0].isdecimal())
    if letter or sum_ or equation or double:
        sure = 0.97 if sum_ or double else 0.92
        yield Reading(tokens[index].start, end, "formula: between dollars", Formula(source), sure)


def _is_short(tokens: Tokens, first: int, close: int) -> bool:
    """Return True for "x", "a,b", "100", "2n": no blanks, and no word; "$5$" is no sum of money."""
    inside = [tokens[at] for at in range(first, close)]
    words = [len(token.text) for token in inside if token.kind is Kind.WORD]
    glued = tokens[close + 1].kind in (Kind.WORD, Kind.NUMERAL)
    listed = inside[0].kind is Kind.WORD  # "x, y, z"
    apart = any(
        tokens[at].kind is Kind.SPACE and not (listed and tokens.is_sign(at - 1, ",")) for at in range(first, close)
    )
    return not glued and max(words, default=1) == 1 and not apart


FORMULA = Recogniser(
    "formula",
    _propose,
    (("The sum $a^2$ is large.", "The sum eh squared is large."), ("$x_1 \\leq 9$", "x 1 is at most 9")),
    signs="$",
    languages=(),
)
