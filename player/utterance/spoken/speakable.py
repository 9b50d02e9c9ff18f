"""Written text -> what an engine is given to say, with a map back to what is written.

>>> speakable("Dr. Smith paid $3.5bn.").text
'Doctor Smith paid 3.5 billion dollars.'
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from player.utterance.lexicon.matching import EMPTY, Lexicon
from player.utterance.manner import ANY, Manner
from player.utterance.model import Spoken
from player.utterance.spoken.choose import choose
from player.utterance.spoken.cleaning import unclean
from player.utterance.spoken.composing import Edit, compose
from player.utterance.spoken.mistakes import mistakes
from player.utterance.spoken.proposing import audience
from player.utterance.spoken.readings import Reading
from player.utterance.spoken.speakers import can_say, say
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Electronic, FilePath, Formula, Hashtag, Silent, Value, Words
from player.utterance.spoken.vocabulary import vocabulary

_DASHES = str.maketrans("\u2010\u2011\u2012\u2015\ufe58\ufe63\uff0d", "--–——--")
"""{rare hyphen or dash (no-break, figure, small, wide): the plain one}."""
_LIKELY = 0.5
"""Confidence of a reading that is worth it."""
_UNDIVIDED = (Electronic, FilePath, Hashtag, Silent)
"""What is one word to a lexicon, whatever words are in it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The readings of a text."""

    chosen: tuple[Reading, ...]
    """In order, without overlaps."""
    lost: tuple[Reading, ...]
    """Proposed and not chosen, in order."""


def speakable(text: str, language: str = "en", manner: Manner = ANY, lexicon: Lexicon = EMPTY) -> Spoken:
    """Return what an engine that reads in this manner is given to say a text, written in `language` (BCP 47).

    What `lexicon` says of a word wins over all other readings.
    """
    text = _with_plain_dashes(text)
    edits = _edits(text, language or "en", manner, lexicon)
    return Spoken(*compose(text, edits), tuple(dict.fromkeys(edit.why for edit in edits if edit.why)))


def as_written(text: str) -> Spoken:
    """Return a text as it is written, but for what no engine is to get."""
    return Spoken(*compose(text, list(unclean(text))), ())


def understood(text: str, language: str = "en", manner: Manner = ANY, lexicon: Lexicon = EMPTY) -> Understood:
    """Return how a text is read, and how it might have been. The manner matters only to the lexicon."""
    readings = _proposed(_with_plain_dashes(text), language or "en", manner, lexicon)
    chosen = choose(readings)
    lost = sorted((r for r in readings if r not in chosen), key=lambda reading: reading.start)
    return Understood(tuple(chosen), tuple(lost))


def _with_plain_dashes(text: str) -> str:
    """Return a text of the same length, in which hyphens and dashes of other kinds are plain ones."""
    return text.translate(_DASHES)


def _proposed(text: str, language: str, manner: Manner, lexicon: Lexicon) -> list[Reading]:
    chosen_by_listener = lexicon.readings(text, language, manner)
    listeners = audience(vocabulary(language).code)
    if not listeners.is_interested(text):
        return chosen_by_listener
    found = [r for r in listeners.readings(Tokens(text, language)) if can_say(r.value, language)]
    if chosen_by_listener:
        entries = _with_stops(text, chosen_by_listener, found)
        found += _outside_of_addresses(entries, found)
    return found


def _with_stops(text: str, entries: list[Reading], found: list[Reading]) -> list[Reading]:
    """Return the lexicon's readings with the full stop of an abbreviation: "Dr" is meant to be said for "Dr."."""
    stopped = {
        (r.start, r.end - 1)
        for r in found
        if isinstance(r.value, Words) and r.confidence >= _LIKELY and text[r.end - 1] == "."
    }
    ends = [entry.end + ((entry.start, entry.end) in stopped) for entry in entries]
    starts = [entry.start for entry in entries[1:]] + [sys.maxsize]
    return [replace(r, end=min(end, start)) for r, end, start in zip(entries, ends, starts, strict=True)]


def _outside_of_addresses(entries: list[Reading], found: list[Reading]) -> Iterator[Reading]:
    """Yield the lexicon's readings, without those of a part of an address, a path or markup."""
    wholes = sorted((r.start, r.end) for r in found if isinstance(r.value, _UNDIVIDED))
    at = reach = 0
    for entry in entries:
        while at < len(wholes) and wholes[at][0] <= entry.start:
            if wholes[at] != (entry.start, entry.end):
                reach = max(reach, wholes[at][1])
            at += 1
        if entry.end > reach:
            yield entry


def _edits(text: str, language: str, manner: Manner, lexicon: Lexicon) -> list[Edit]:
    """Return what is replaced, in order, without overlaps: readings, then what would mislead an engine."""
    edits: list[Edit] = []
    for reading in choose(_proposed(text, language, manner, lexicon)):
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
