"""Copies and rewrites put together, with the map back to what is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from player.utterance.model import Piece


class Edit(NamedTuple):
    """What is said for the characters from `start` to `end`."""

    start: int
    end: int
    said: str
    why: str
    """Id of the reading."""


def compose(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Piece, ...]]:
    """Return what is said, and the pieces it is made of. Edits are in order and do not overlap.

    No blank follows a blank, and none stands at either end.
    """
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
    for edit in edits:
        start, end, said, _ = edit
        if at < start:
            add(text[at:start], at, start, copied=True)
        same = _same(text[start:end], said)
        if same:
            add(said[:same], start, start + same, copied=True)
        add(said[same:], start + same, end, copied=False)
        at = end
    if at < len(text):
        add(text[at:], at, len(text), copied=True)
    return _trimmed("".join(parts), pieces)


def _same(written: str, said: str) -> int:
    """Return how many characters at the beginning are said as they are written, up to the end of a word: 2 of "5
    kg"."""
    length = 0
    for a, b in zip(written, said, strict=False):
        if a != b:
            break
        length += 1
    while length and (_inside(written, length) or _inside(said, length)):
        length -= 1
    return length


def _inside(text: str, index: int) -> bool:
    """Return True if an index is inside a word or a number, or at the end."""
    return index >= len(text) or (text[index - 1] != " " and not text[index].isspace())


def _trimmed(said: str, pieces: list[Piece]) -> tuple[str, tuple[Piece, ...]]:
    """Return both without blanks at the end."""
    length = len(said.rstrip())
    while pieces and pieces[-1].spoken_start >= length:
        pieces.pop()
    if pieces and pieces[-1].spoken_end > length:
        last = pieces[-1]
        copied = last.spoken_end - last.spoken_start == last.end - last.start
        end = last.end - (last.spoken_end - length) if copied else last.end
        pieces[-1] = Piece(last.spoken_start, length, last.start, end)
    return said[:length], tuple(pieces)
