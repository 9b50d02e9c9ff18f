"""Written text -> what an engine is given to say, with a map back to what is written.

>>> speakable("Dr. Smith paid $3.5bn.").text
'Doctor Smith paid 3.5 billion dollars.'
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain

from player.utterance.manner import ANY, Manner
from player.utterance.model import Piece
from player.utterance.spoken.choose import choose
from player.utterance.spoken.cleaning import unclean
from player.utterance.spoken.composing import Edit, compose
from player.utterance.spoken.mistakes import mistakes
from player.utterance.spoken.proposing import audience
from player.utterance.spoken.readings import Reading
from player.utterance.spoken.speakers import can_say, say
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Formula, Value
from player.utterance.spoken.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said for a text."""

    text: str
    """One line, trimmed, without control characters; empty when there is nothing to say."""
    pieces: tuple[Piece, ...]
    """Spoken characters and the written ones behind them; see `Alignment`. What is dropped has no piece."""
    fired: tuple[str, ...]
    """What changed something, each once, in the order of the text: ids of readings."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The readings of a text."""

    chosen: tuple[Reading, ...]
    """In order, without overlaps."""
    lost: tuple[Reading, ...]
    """Proposed and not chosen, in order."""


def speakable(text: str, language: str = "en", manner: Manner = ANY) -> Spoken:
    """What an engine that reads in this manner is given to say a text, written in `language` (BCP 47)."""
    edits = _edits(text, language or "en", manner)
    return Spoken(*compose(text, edits), tuple(dict.fromkeys(edit.why for edit in edits if edit.why)))


def understood(text: str, language: str = "en") -> Understood:
    """How a text is read, and how it might have been."""
    readings = _proposed(text, language or "en")
    chosen = choose(readings)
    lost = sorted((r for r in readings if r not in chosen), key=lambda reading: reading.start)
    return Understood(tuple(chosen), tuple(lost))


def _proposed(text: str, language: str) -> list[Reading]:
    listeners = audience(vocabulary(language).code)
    if not listeners.is_interested(text):
        return []
    return [r for r in listeners.readings(Tokens(text, language)) if can_say(r.value, language)]


def _edits(text: str, language: str, manner: Manner) -> list[Edit]:
    """What is replaced, in order, without overlaps: readings, then what would mislead an engine."""
    edits: list[Edit] = []
    for reading in choose(_proposed(text, language)):
        said = _said(reading.value, language, manner)
        written = text[reading.start : reading.end]
        changed = said is not None and said != written
        edit = Edit(reading.start, reading.end, said if changed and said is not None else written, reading.id)
        edits.append(edit if changed else edit._replace(why=""))
    for edit in chain(unclean(text), mistakes(text, vocabulary(language), manner) if manner.misreads else ()):
        if not _taken(edits, edit.start, edit.end):
            edits.insert(bisect_left(edits, (edit.start,)), edit)
    return edits


def _said(value: Value, language: str, manner: Manner) -> str | None:
    if isinstance(value, Formula):
        from player.story.reading.formulas import formula_text  # only for who has formulas

        return speakable(formula_text(value.source, language), language, manner).text
    return say(value, language, manner)


def _taken(edits: list[Edit], start: int, end: int) -> bool:
    at = bisect_left(edits, (start,))
    return (at > 0 and edits[at - 1].end > start) or (at < len(edits) and edits[at].start < end)
