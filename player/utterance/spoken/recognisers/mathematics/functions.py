"""Functions, and what else a formula of statistics holds: "sin(x)", "f'(x)", "5! = 120", "X ~ N(0, 1)"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Silent, Words

_FILE = "mathematics"
_LONGEST = 24
"""Tokens in brackets."""
_COUNTED = frozenset("nkmrNK")
"""Letters with a factorial."""
_OPERATORS = "=<>≤≥≈+-−–*×·/÷)"


def _named(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "sin" before a bracket or a Greek letter."""
    known = tokens.vocabulary
    name = Words(known.table(_FILE, "functions")[tokens.word(index)])
    span = tokens[index].start, tokens[index].end
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "._-") or not tokens[index].text.islower():
        return
    if tokens.is_sign(index + 1, "("):
        yield Reading(*span, "function: name", name, 0.9)
        yield from _of(tokens, index + 1)
    elif tokens.is_sign(index + 1, "²") or tokens[index + 2].text.lower() in known.table(_FILE, "greek"):
        yield Reading(*span, "function: name", name, 0.9)


def _of(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Yield the bracket here as "of", and the one that closes it as nothing."""
    depth = 0
    for at in range(index, index + _LONGEST):
        depth += (tokens[at].text == "(") - (tokens[at].text == ")")
        if not depth:
            of = tokens.vocabulary.table(_FILE, "algebra")["of"]
            yield Reading(tokens[index].start, tokens[index].end, "function: of", Words(f" {of} "), 0.9)
            glued = tokens[at + 1].kind in (Kind.WORD, Kind.NUMERAL)  # "P(A)P(B)"
            closed = Silent(blank=glued)
            yield Reading(tokens[at].start, tokens[at].end, "function: of", closed, 0.9)
            return


NAMED_FUNCTION = Recogniser(
    "function",
    _named,
    (("sin(x) = 0", "sine of x equals 0"),),
    words=lambda known: known.table(_FILE, "functions"),
)


def _factorial(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign behind a number or a letter of a formula."""
    before, right = tokens[index - 1], tokens[tokens.after(index)]
    free = tokens[index - 2].kind is not Kind.WORD
    lettered = before.text in _COUNTED and free and not tokens.is_sign(index + 1, "\"”'’)!?")
    ends = right.text and right.text in _OPERATORS
    if lettered or (before.kind is Kind.NUMERAL and before.text.isdecimal() and free and ends):
        said = Words(f" {tokens.vocabulary.table(_FILE, 'algebra')['factorial']}")
        yield Reading(tokens[index].start, tokens[index].end, "factorial", said, 0.9)


FACTORIAL = Recogniser(
    "factorial",
    _factorial,
    (("5! = 120", "5 factorial equals 120"), ("n! ways", "n factorial ways")),
    signs="!",
    needs=tuple(f"{before}!" for before in "0123456789nkmrNK"),
)


def _derived(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the apostrophe of "f'(x)"."""
    if "(" not in (tokens[index + 1].text, tokens[index + 2].text):
        return
    name, free = tokens[index - 1].text, tokens[index - 2].kind not in (Kind.WORD, Kind.NUMERAL)
    last = index + 1 if tokens[index + 1].text == tokens[index].text else index  # "f''(x)"
    argument = tokens.is_sign(last + 1, "(") and len(tokens[last + 2].text) == 1 and tokens.is_sign(last + 3, ")")
    if free and argument and name in tokens.vocabulary.words(_FILE, "derived"):
        table = tokens.vocabulary.table(_FILE, "algebra")
        said = Words(f" {table['double_prime' if last > index else 'prime']} ")
        yield Reading(tokens[index].start, tokens[last].end, "derivative", said, 0.95)


DERIVED = Recogniser("derivative", _derived, (("f'(x) = 2", "f prime (x) equals 2"),), signs="'’", needs=("'(", "’("))


def _distributed(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign of "X ~ N(0, 1)"."""
    left, right = tokens.before(index), tokens.after(index)
    variable = tokens[left].kind is Kind.WORD and len(tokens[left].text) == 1
    variable = variable or tokens.is_sign(left, ")₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ")
    if variable and tokens[right].text[:1].isupper() and tokens.is_sign(right + 1, "("):
        said = Words(f" {tokens.vocabulary.table(_FILE, 'algebra')['distributed']} ")
        yield Reading(tokens[left].end, tokens[right].start, "distribution", said, 0.95)
        yield from _of(tokens, right + 1)


DISTRIBUTED = Recogniser(
    "distribution", _distributed, (("X ~ N(μ, σ)", "X is distributed as N of mu, sigma"),), signs="~∼", needs=("(",)
)

FUNCTIONS = (NAMED_FUNCTION, FACTORIAL, DERIVED, DISTRIBUTED)
"""All recognisers of this file."""
