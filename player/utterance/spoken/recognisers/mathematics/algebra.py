"""Letters and signs of algebra: "2ⁿ", "2^(n+1)", "f(x)", "dy/dx", "{x | x > 0}"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import LOWERED_LETTERS, RAISED_LETTERS, Kind, Tokens
from player.utterance.spoken.values import Silent, Words

_FILE = "mathematics"
_RAISED = str.maketrans(RAISED_LETTERS + "⁰¹²³⁴⁵⁶⁷⁸⁹", "nixyk0123456789")
_LOWERED = str.maketrans(LOWERED_LETTERS, "ijnkmx")
_LONGEST = 24
"""Tokens in brackets and braces."""
_LONGEST_WORD = 3
"""Letters of a word in a formula: "n log n"."""
_FUNCTIONS = frozenset("fghuvFGHOPφψζΓλρσμ")
_POWERS = {"²": "2", "³": "3"}
_ATTACHED = "^²³⁴ⁿˣ′″₀₁₂₃₄₅₆₇₈₉)]" + LOWERED_LETTERS
"""Signs right behind a letter of a formula."""
_OPERATORS = "+−-±×÷*/|=≠≈<>≤≥∈∉⊂⊆∪∩∧∨⋅→"


def _raised(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a raised or lowered letter: "2ⁿ", "xⁿ⁺¹", "aᵢ"."""
    before = tokens[index - 1]
    if tokens[index].text in LOWERED_LETTERS:
        if before.kind in (Kind.WORD, Kind.SIGN):
            said = tokens[index].text.translate(_LOWERED)
            yield Reading(tokens[index].start, tokens[index].end, "subscript", Words(f" {said} "), 0.8)
        return
    if before.kind not in (Kind.WORD, Kind.NUMERAL) and before.text not in (")", "]"):
        return
    table, charges = (tokens.vocabulary.table(_FILE, name) for name in ("powers", "charges"))
    at = index
    words = [table["other"]]
    while tokens[at].text and (tokens[at].text in charges or tokens[at].text.translate(_RAISED).isascii()):
        if tokens[at].kind is not Kind.SIGN or tokens[at].text.isascii():
            break
        words.append(charges.get(tokens[at].text, tokens[at].text.translate(_RAISED)))
        at += 1
    yield Reading(tokens[index].start, tokens[at - 1].end, "power: letter", Words(f" {' '.join(words)}"), 0.9)


RAISED_LETTER = Recogniser(
    "power",
    _raised,
    (("2ⁿ", "2 to the power of n"), ("xⁿ⁺¹", "x to the power of n plus 1")),
    signs=RAISED_LETTERS,
)
LOWERED_LETTER = Recogniser("subscript", _raised, (("xᵢ", "x i"),), signs=LOWERED_LETTERS)


def _letter(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At an "a" that is no article: "a²", "aᵢ", "|a|", "f(a)", "a + b", "2a = 6"."""
    before, after = tokens[index - 1], tokens[index + 1]
    attached = after.kind is Kind.SIGN and (after.text in _ATTACHED or before.text == after.text == "|")
    if attached or _is_added(tokens, index, 1) or (_is_added(tokens, index, -1) and _ends(tokens, index)):
        blank = " " if before.kind is Kind.NUMERAL else ""
        yield Reading(tokens[index].start, tokens[index].end, "letter: of a formula", Words(f"{blank}eh"), 0.8)


def _is_added(tokens: Tokens, index: int, step: int) -> bool:
    """Return True if the letter here, a sign and another letter or number are a sum, a comparison or the like."""
    beside = tokens.before if step < 0 else tokens.after
    sign = beside(index)
    other = tokens[beside(sign)]
    spaced = tokens[sign - 1].kind is Kind.SPACE
    if not tokens.is_sign(sign, _OPERATORS) or spaced != (tokens[sign + 1].kind is Kind.SPACE):
        return False
    if tokens[sign].text == "-" and not spaced:
        return False
    return (other.kind is Kind.WORD and len(other.text) == 1) or (tokens[sign].text == "=" and other.text.isdecimal())


def _ends(tokens: Tokens, index: int) -> bool:
    """Return True if no noun follows."""
    following = tokens[tokens.after(index)]
    return following.kind in (Kind.SIGN, Kind.EDGE) or following.text in tokens.vocabulary.words("grammar", "no_nouns")


LETTER_OF_FORMULA = Recogniser(
    "letter",
    _letter,
    (("a² + b²", "eh squared + b squared"), ("aᵢ", "eh i"), ("if a = 3", "if eh equals 3")),
    words=lambda _: "a",
    needs=("a)", "A)"),  # texts with the other signs are read for others
)


def _close(tokens: Tokens, index: int, sign: str) -> int:
    """Return the index of a closing sign whose opening one is here; 0 when it is too far away, or words are between."""
    for at in range(index + 1, index + _LONGEST):
        if tokens[at].text == sign:
            return at
        if tokens[at].kind is Kind.EDGE or tokens[at].text == tokens[index].text:
            return 0
        if tokens[at].kind is Kind.WORD and len(tokens[at].text) > _LONGEST_WORD:
            return 0
    return 0


def _power_of_sum(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "2^(n+1)", "e^{-x}"."""
    sign = {"(": ")", "{": "}"}.get(tokens[index + 1].text)
    close = _close(tokens, index + 1, sign) if sign else 0
    if close and (tokens[index - 1].kind in (Kind.WORD, Kind.NUMERAL) or tokens.is_sign(index - 1, ")")):
        said = Words(f" {tokens.vocabulary.table(_FILE, 'powers')['other']} ")
        yield Reading(tokens[index].start, tokens[index + 1].end, "power: of a sum", said, 0.9)
        yield Reading(tokens[close].start, tokens[close].end, "power: of a sum", Silent(blank=True), 0.9)


POWER_OF_SUM = Recogniser(
    "power", _power_of_sum, (("2^(n+1)", "2 to the power of n+1"),), signs="^", needs=("^(", "^{")
)


def _double_star(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "10**6", as programs write a power."""
    base, exponent = tokens[index - 1], tokens[index + 2]
    single = exponent.kind is Kind.WORD and len(exponent.text) == 1 and bool(tokens.places_of("="))  # no "f**k"
    if tokens[index + 1].text != "*" or (base.kind is Kind.WORD and len(base.text) > 1):
        return
    if base.kind in (Kind.WORD, Kind.NUMERAL) and (exponent.kind is Kind.NUMERAL or single):
        table = tokens.vocabulary.table(_FILE, "powers")
        said = table.get(exponent.text) or f"{table['other']} {exponent.text}"
        yield Reading(tokens[index].start, exponent.end, "power", Words(f" {said}"), 0.95)


DOUBLE_STAR = Recogniser("power", _double_star, (("10**6", "10 to the power of 6"),), signs="*", needs=("**",))


def _function(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "f(x)", "O(n log n)", "P(A)"."""
    name, before = tokens[index - 1], tokens[index - 2]
    if name.text not in _FUNCTIONS or before.kind in (Kind.WORD, Kind.NUMERAL) or before.text in ("'", "’", "."):
        return
    close = _close(tokens, index, ")")
    letters = [tokens[at] for at in range(index + 1, close) if tokens[at].kind is Kind.WORD]
    if not letters or not any(len(token.text) == 1 for token in letters) or tokens[index + 1].kind is Kind.SPACE:
        return
    of = tokens.vocabulary.table(_FILE, "algebra")["of"]
    yield Reading(tokens[index].start, tokens[index].end, "function", Words(f" {of} "), 0.85)
    yield Reading(
        tokens[close].start,
        tokens[close].end,
        "function",
        Silent(blank=tokens[close + 1].kind in (Kind.WORD, Kind.NUMERAL)),
        0.85,
    )
    bars = [at for at in range(index + 1, close) if tokens[at].text in ("|", "∣")]
    if name.text == "P" and len(bars) == 1:  # "P(A | B)"
        start, end = tokens[tokens.before(bars[0])].end, tokens[tokens.after(bars[0])].start
        given = tokens.vocabulary.table(_FILE, "algebra")["given"]
        yield Reading(start, end, "function: given", Words(f" {given} "), 0.9)


FUNCTION = Recogniser(
    "function",
    _function,
    (("f(x) = 3", "f of x equals 3"), ("O(n log n)", "O of n log n")),
    signs="(",
    needs=tuple(f"{name}(" for name in sorted(_FUNCTIONS)),
)


def _set(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the brace of "{x | x > 0}": what divides it."""
    close = next((at for at in range(index + 1, index + 2 * _LONGEST) if tokens[at].text == "}"), 0)
    bars = [at for at in range(index + 2, close) if tokens[at].text in ("|", "∣", ":")]
    if len(bars) != 1 or tokens[bars[0] + 1].kind is not Kind.SPACE:
        return
    head = [token for token in tokens[index + 1 : bars[0]] if token.kind is Kind.WORD]
    if not head or any(len(token.text) > 1 for token in head):
        return
    said = Words(f" {tokens.vocabulary.table(_FILE, 'algebra')['such_that']} ")
    start, end = tokens[tokens.before(bars[0])].end, tokens[bars[0] + 1].end
    yield Reading(start, end, "set", said, 0.95)


SET = Recogniser("set", _set, (("{x | x > 0}", "x such that x is greater than 0"),), signs="{")


def _derivative(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the stroke of "dy/dx", "d²y/dx²", "∂f/∂x"."""
    above, first = _differential(tokens, index - 1, step=-1)
    below, after = _differential(tokens, index + 1, step=1)
    if above and below and tokens[first - 1].kind not in (Kind.WORD, Kind.NUMERAL):
        by = tokens.vocabulary.table(_FILE, "algebra")["by"]
        said = f"{above} {by} {below}"
        yield Reading(tokens[first].start, tokens[after - 1].end, "derivative", Words(said), 0.95)


def _differential(tokens: Tokens, index: int, *, step: int) -> tuple[str, int]:
    """ "dy", "d²y", "dx²", "∂f": what is said of it, and its first index (step -1) or the one behind it."""
    first = index
    if step < 0:
        while first > index - 3 and (tokens[first].kind is Kind.WORD or tokens.is_sign(first, "²³∂")):
            first -= 1
        first += 1
        after = index + 1
    else:
        after = index
        while after < index + 3 and (tokens[after].kind is Kind.WORD or tokens.is_sign(after, "²³∂")):
            after += 1
    written = tokens.text[tokens[first].start : tokens[after - 1].end] if after > first else ""
    letters = [sign for sign in written if sign not in _POWERS]
    alone = step < 0 and len(letters) == 1  # "d/dx"
    if not letters or letters[0] not in "d∂" or not (alone or (len(letters) == 2 and letters[1].isalpha())):
        return "", index
    table = tokens.vocabulary.table(_FILE, "powers")
    names = {"∂": tokens.vocabulary.table(_FILE, "alone")["∂"], **tokens.vocabulary.table(_FILE, "greek")}
    said = " ".join(table[_POWERS[sign]] if sign in _POWERS else names.get(sign, sign) for sign in written)
    return said, first if step < 0 else after


DERIVATIVE = Recogniser(
    "derivative",
    _derivative,
    (("dy/dx", "d y by d x"), ("d²y/dx²", "d squared y by d x squared"), ("∂f/∂x", "partial f by partial x")),
    signs="/",
    needs=("/d", "/∂"),
)

ALGEBRA = (RAISED_LETTER, LOWERED_LETTER, LETTER_OF_FORMULA, POWER_OF_SUM, DOUBLE_STAR, FUNCTION, SET, DERIVATIVE)
"""All recognisers of this file."""
