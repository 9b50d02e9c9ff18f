"""Games won and lost: "the Lions (6-5)", "improved to 8-1", "a 10-3 record"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint

_AROUND = 8
"""How many tokens before the numbers a word may be that makes them a score."""
_APART = 16
"""Tokens between two teams at most."""
_MOST_GAMES = 3
"""Figures in a number of games."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the dash."""
    left, right = index - 1, index + 1
    if not (_counts(tokens, left) and _counts(tokens, right)):
        return
    if tokens.is_sign(right + 1, "-–") and _counts(tokens, right + 2):  # "3-9-1"
        if _is_counted(tokens, left, right + 2):
            yield Reading(tokens[left].end, tokens[right].start, "record", Joint("list"), 0.95)
            yield Reading(tokens[right].end, tokens[right + 2].start, "record", Joint("and"), 0.95)
    elif not tokens.is_sign(left - 1, "-–/") and (_is_counted(tokens, left, right) or _is_of_team(tokens, left, right)):
        yield Reading(tokens[left].end, tokens[right].start, "record", Joint("and"), 0.96)


def _counts(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    return token.kind is Kind.NUMERAL and token.text.isdecimal() and len(token.text) <= _MOST_GAMES


def _is_counted(tokens: Tokens, left: int, right: int) -> bool:
    """Return True if the words around say it: "improved to 8-1", "a record of 10-3", "are 42-20 this season"."""
    known, before, after = tokens.vocabulary.table("joints"), tokens.before(left), tokens.after(right)
    if tokens[left - 1].kind is not Kind.SPACE:
        return False
    if tokens.word(after) in tokens.vocabulary.words("joints", "records"):
        return True
    if f"{tokens.word(tokens.before(before))} {tokens.word(before)}" in known["before_records"]:
        return True
    season = tokens.text.startswith(tuple(known["seasons"]), tokens[after].start)
    return season and not _is_played(tokens, left)


def _is_of_team(tokens: Tokens, left: int, right: int) -> bool:
    """ "the Lions (6-5)", where nothing before says that they played: no score of a game."""
    team = tokens.before(left - 1)
    named = tokens[team].text[:1].isupper() and is_plural(tokens, team)
    bracketed = tokens.is_sign(left - 1, "(") and tokens.is_sign(right + 1, "),")
    other = tokens[team].text[:1].isupper() and _is_behind_record(
        tokens, team
    )  # "the Bulls (45-37) host the Heat (44-38)"
    return bracketed and (named or other) and not _is_played(tokens, team)


def _is_behind_record(tokens: Tokens, team: int) -> bool:
    """Return True if another team with its record is shortly before this one."""
    for at in range(team - _APART, team - 4):
        if at > 0 and tokens.is_sign(at, "(") and tokens.is_sign(at + 2, "-–") and tokens.is_sign(at + 4, ")"):
            return _counts(tokens, at + 1) and _counts(tokens, at + 3) and is_plural(tokens, tokens.before(at))
    return False


def _is_played(tokens: Tokens, index: int) -> bool:
    """Return True if a word shortly before this token makes numbers behind it a score: "won"."""
    words = tokens.vocabulary.words("joints", "score")
    return any(tokens.word(at) in words for at in range(index - _AROUND, index))


RECORD = Recogniser(
    "record",
    _propose,
    (("the Lions (6-5) won", "the Lions (6 and 5) won"), ("improved to 8-1", "improved to 8 and 1")),
    signs="-–",
    with_number=True,
)
