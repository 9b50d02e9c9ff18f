"""Looking up a text's words in a lexicon: whole words and phrases only, the longest first, in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from player.utterance.lexicon.entry import Entry
from player.utterance.lexicon.pieces import Piece, is_whole, pieces, plain, quick_pieces
from player.utterance.manner import ANY, Manner, Reads
from player.utterance.spoken.readings import CERTAIN, Reading
from player.utterance.spoken.values import Phonemes, Silent, Value, Words

_NEARER_FIRST = (False, True)
"""An entry of one country counts in a text of none where no other is for the word."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of all entries, piece by piece."""

    after: dict[str, _Node] = field(default_factory=dict)
    entries: list[tuple[Entry, str]] = field(default_factory=list)
    """Entries that end here with the labels of their sources, the one that counts first."""


class _Match(NamedTuple):
    """An entry at its place in a text."""

    start: int
    end: int
    entry: Entry
    label: str
    """Of its source."""


class Lexicon:
    """Entries from several sources: those of the first count before those of the next."""

    def __init__(self, *sources: tuple[str, Sequence[Entry]]) -> None:
        """Each source is (label, entries). The label follows the word in what `listen script` shows."""
        self.sources = sources

    def __bool__(self) -> bool:
        return any(entries for _, entries in self.sources)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.sources == other.sources

    __hash__ = None  # type: ignore[assignment]

    def readings(self, text: str, language: str, manner: Manner = ANY) -> list[Reading]:
        """Return a text's readings, in order and without overlaps, for an engine that reads in this manner."""
        return [
            Reading(one.start, one.end, _id(one.entry, one.label), _value(one.entry, manner), CERTAIN)
            for one in self._matches(text, language, manner)
        ]

    def find(self, written: str, language: str, manner: Manner = ANY) -> tuple[Entry, str] | None:
        """Return the entry that counts for a word, and the label of its source; None when there is none. One with
        phonemes alone, for an engine that takes none, is returned if no other is for the word."""
        known = [
            (entry, label)
            for near in _NEARER_FIRST
            for label, entries in self.sources
            for entry in sorted(entries, key=lambda entry: entry.rank, reverse=True)
            if entry.is_for(language, manner.engine, near=near) and entry.is_of(written)
        ]
        return next((one for one in known if _can_say(one[0], manner)), known[0] if known else None)

    def at(self, text: str, place: int, language: str, manner: Manner = ANY) -> tuple[Entry, str] | None:
        """Return the entry that counts at a character of a text, which may be a phrase's, and the label of its source;
        None when there is none."""
        matches = self._matches(text, language, manner)
        return next(((one.entry, one.label) for one in matches if one.start <= place < one.end), None)

    def _matches(self, text: str, language: str, manner: Manner) -> Iterator[_Match]:
        if not self or self._begins.isdisjoint(quick_pieces(text)):
            return iter(())
        return self._found(text, pieces(text), language, manner)

    def _found(self, text: str, those: Sequence[Piece], language: str, manner: Manner) -> Iterator[_Match]:
        at = 0
        while at < len(those):
            best: tuple[int, Entry, str] | None = None
            node, index = self._tree.after.get(those[at].folded), at + 1
            while node is not None:
                start, end = those[at].start, those[index - 1].end
                entry = self._entry(node, text[start:end], language, manner)
                if entry is not None and is_whole(text, start, end, language):
                    best = (index, *entry)
                node = node.after.get(those[index].folded) if index < len(those) else None
                index += 1
            if best is None:
                at += 1
                continue
            index, found, label = best
            yield _Match(those[at].start, those[index - 1].end, found, label)
            at = index

    def _entry(self, node: _Node, written: str, language: str, manner: Manner) -> tuple[Entry, str] | None:
        for near in _NEARER_FIRST:
            for entry, label in node.entries:
                if not entry.is_for(language, manner.engine, near=near) or not _can_say(entry, manner):
                    continue
                if not entry.match_case or plain(entry.written) == plain(written):
                    return entry, label
        return None

    @cached_property
    def _begins(self) -> frozenset[str]:
        """The first pieces of all entries."""
        return frozenset(quick_pieces(entry.written)[0] for _, entries in self.sources for entry in entries)

    @cached_property
    def _tree(self) -> _Node:
        tree = _Node()
        for label, entries in self.sources:
            for entry in sorted(entries, key=lambda entry: entry.rank, reverse=True):
                node = tree
                for piece in pieces(entry.written):
                    node = node.after.setdefault(piece.folded, _Node())
                node.entries.append((entry, label))
        return tree


EMPTY = Lexicon()
"""No entries."""


def _id(entry: Entry, label: str) -> str:
    """Return what `listen script` calls it."""
    return f"lexicon: {entry.written}" + (f", {label}" if label else "")


def _can_say(entry: Entry, manner: Manner) -> bool:
    """Return False for phonemes alone, of an engine that takes none."""
    return entry.say is not None or Reads.IPA in manner.reads


def _value(entry: Entry, manner: Manner) -> Value:
    if entry.ipa and Reads.IPA in manner.reads:
        return Phonemes(entry.ipa)
    return Words(entry.say) if entry.say else Silent()
