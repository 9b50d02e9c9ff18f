"""Telephone numbers of other languages: "(0411) 1234-1234", "+34 612 345 678", "Tel. 030 123456"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_MARKS = "-–/.()"
_MOST_GROUPS = 8
_LENGTHS = range(6, 16)
"""Figures in a telephone number."""
_NEAR = 6
"""Tokens before a number among which a word such as "tel." says what it is."""
_PAIRS = 2
"""Figures of a group that is said as a number in French: "zéro un, vingt-trois"."""


def _groups(tokens: Tokens, index: int) -> tuple[list[str], int, set[str]]:
    """Return the groups of figures from here on, the index behind them, and what stands between."""
    groups: list[str] = []
    marks: set[str] = set()
    at = after = index
    while len(groups) < _MOST_GROUPS:
        if tokens[at].kind is not Kind.NUMERAL or "," in tokens[at].text:
            break
        groups += tokens[at].text.split(".")
        at = after = at + 1
        between = 0
        while between < 2 and (tokens[at].text == " " or tokens.is_sign(at, _MARKS)):
            at += 1
            between += 1
        if not between:
            break
        marks |= {tokens[i].text for i in range(after, at)} if tokens[at].kind is Kind.NUMERAL else set()
    return groups, after, marks


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first group."""
    opened = tokens.is_sign(index - 1, "(")
    first = index - 1 if opened or tokens.is_sign(index - 1, "+") else index
    if first > 0 and tokens[first - 1].kind not in (Kind.SPACE, Kind.EDGE) and not tokens.is_sign(first - 1, ":('’"):
        return
    groups, after, marks = _groups(tokens, index)
    length = sum(map(len, groups))
    if not all(groups) or length not in _LENGTHS or tokens[after].kind is Kind.WORD:
        return
    plus = tokens.is_sign(first, "+")
    sure = _sure(tokens, first, groups, marks, plus=plus)
    if not sure:
        return
    pairs = bool(tokens.vocabulary.table("numbers").get("telephones_in_pairs"))
    said = [group if pairs and len(group) <= _PAIRS else " ".join(group) for group in groups]
    sign = f"{tokens.vocabulary.table('numbers').get('plus', 'plus')} " if plus else ""
    start = tokens[first].start if plus or (opened and ")" in marks) else tokens[index].start
    yield Reading(start, tokens[after - 1].end, "telephone", Words(sign + ", ".join(said)), sure)


def _sure(tokens: Tokens, first: int, groups: list[str], marks: set[str], *, plus: bool) -> float:
    """Return how sure it is that groups of figures are dialled; 0 where they are no telephone number."""
    if plus:
        before = tokens.before(first)
        called = tokens.word(before - tokens.is_sign(before, ".:")) in tokens.vocabulary.words("grammar", "called")
        return 0.95 if (called or sum(map(len, groups)) > 8) and len(groups) > 1 else 0.0
    if "." in marks or (len(groups) == 3 and len(groups[2]) == 4 and max(map(len, groups[:2])) < 3):
        return 0.0  # "01.02.2003", "01-02-2003"
    before = tokens.before(first)
    while tokens.is_sign(before, ".:"):  # "Tel.: "
        before = tokens.before(before)
    called = tokens.word(before) in tokens.vocabulary.words("grammar", "called")
    if called or (len(groups) > 1 and _is_told_to_call(tokens, first)):
        return 0.95
    trunk = groups[0][0] == "0" and bool(groups[0].strip("0")) and len(groups) > 1 and min(map(len, groups[:2])) > 1
    if trunk and sum(map(len, groups)) > 8:
        return 0.9
    local = list(map(len, groups))[-2:] in ([4, 4], [5, 4]) and "-" in marks
    return 0.9 if local and (len(groups) > 2 or ")" in marks) else 0.0


def _is_told_to_call(tokens: Tokens, first: int) -> bool:
    """ "llame al", "appelez le", "chiamate l'": a word for calling, shortly before."""
    words = tokens.vocabulary.words("grammar", "calls")
    return any(tokens.word(at) in words for at in range(max(first - _NEAR, 0), first))


TELEPHONE = Recogniser(
    "telephone",
    _propose,
    (("Tel. 030 123456", "Telefon 0 3 0, 1 2 3 4 5 6"), ("+49 30 123456", "plus 4 9, 3 0, 1 2 3 4 5 6")),
    numerals=Beside.ANYTHING,
    languages=CODES,
)
