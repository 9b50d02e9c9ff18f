"""Written text -> what an engine is given to say, with a map back to what is written.

    >>> speakable("Dr. Smith paid $3.5bn.").text
    'Doctor Smith paid 3.5 billion dollars.'

Each rule (`rules/`) names the characters it would replace; every character is replaced at most once, by the first
rule that asks for it; and the spoken text and its alignment are composed in one go from left to right, so that
they cannot disagree. Rules only touch what the engine gets wrong.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from player.utterance.manner import ANY, Manner
from player.utterance.model import Piece
from player.utterance.spoken.rules import RULES
from player.utterance.spoken.rules.rule_index import Gate


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said for a text."""

    text: str
    """One line, trimmed, without control characters; empty when there is nothing to say."""
    pieces: tuple[Piece, ...]
    """Spoken characters and the written ones behind them; see `Alignment`. What is dropped has no piece."""
    fired: tuple[str, ...]
    """Names of the rules that changed something, each once, in the order of the text."""


def speakable(text: str, language: str = "en", manner: Manner = ANY) -> Spoken:
    """What an engine that reads in this manner is given to say a text, written in `language` (BCP 47)."""
    edits = _edits(text, _rules_for(language or "en", manner))
    return _compose(text, edits)


@cache
def _rules_for(language: str, manner: Manner) -> Gate:
    return Gate(rule for rule in RULES if rule.serves(language, manner))


def _edits(text: str, gate: Gate) -> list[tuple[int, int, str, str]]:
    """What is replaced: (start, end, what is said, the rule's name), in order, without overlaps."""
    found: list[tuple[int, int, str, str]] = []
    for rule in gate.worth_trying(text):
        if rule.suits and not rule.suits(text):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span(rule.group)
            at = bisect_left(found, (start,))
            taken = (at > 0 and found[at - 1][1] > start) or (at < len(found) and found[at][0] < end)
            if taken or start >= end:
                continue
            said = rule.say(match)
            if said is not None and said != text[start:end]:
                found.insert(at, (start, end, said, rule.name))
    return found


def _compose(text: str, edits: list[tuple[int, int, str, str]]) -> Spoken:
    """Copies and rewrites, one after the other; no blank follows a blank, and none stands at either end."""
    parts: list[str] = []
    pieces: list[Piece] = []
    spoken = 0
    blank = True

    def add(said: str, start: int, end: int, copied: bool) -> None:
        nonlocal spoken, blank
        if blank and said[:1] == " ":
            stripped = said.lstrip(" ")
            start = start + len(said) - len(stripped) if copied else start
            said = stripped
        if said:
            pieces.append(Piece(spoken, spoken + len(said), start, end))
            parts.append(said)
            spoken += len(said)
            blank = said[-1] == " "

    at = 0
    for start, end, said, _ in edits:
        if at < start:
            add(text[at:start], at, start, copied=True)
        add(said, start, end, copied=False)
        at = end
    if at < len(text):
        add(text[at:], at, len(text), copied=True)
    return _trimmed("".join(parts), pieces, tuple(dict.fromkeys(name for *_, name in edits)))


def _trimmed(said: str, pieces: list[Piece], fired: tuple[str, ...]) -> Spoken:
    """Without the last blanks."""
    length = len(said.rstrip())
    while pieces and pieces[-1].spoken_start >= length:
        pieces.pop()
    if pieces and pieces[-1].spoken_end > length:
        last = pieces[-1]
        copied = last.spoken_end - last.spoken_start == last.end - last.start
        end = last.end - (last.spoken_end - length) if copied else last.end
        pieces[-1] = Piece(last.spoken_start, length, last.start, end)
    return Spoken(said[:length], tuple(pieces), fired)
