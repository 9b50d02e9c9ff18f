"""Verses of the Bible, as German writes them: "Joh 3,16", "Mt 5,3-12"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.units import read_unit
from player.utterance.spoken.values import Words

_MOST_FIGURES = 3
"""Of a chapter and of a verse."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the book."""
    book, number = tokens[index], index + 2
    chapter, _, verse = tokens[number].text.partition(",")
    short = max(len(chapter), len(verse)) <= _MOST_FIGURES and chapter.isdecimal() and verse.isdecimal()
    behind = tokens.past_blank(number + 1)
    measured = tokens.is_sign(behind, "%€") or read_unit(tokens, behind) is not None  # "Markus 1,80 m"
    if not (book.text.istitle() and tokens[index + 1].text == " " and short) or measured or verse[0] == "0":
        return
    known = tokens.vocabulary.table("bible")
    said, end = f"{known['books'][book.text.lower()]} {chapter} {known['verse']} {verse}", tokens[number].end
    last = tokens[number + 2].text
    if tokens.is_sign(number + 1, "-–") and last.isdecimal() and int(last) > int(verse):
        said, end = f"{said} {known['to']} {last}", tokens[number + 2].end
    yield Reading(book.start, end, "verse", Words(said), 0.96)


VERSE = Recogniser(
    "verse",
    _propose,
    (("Joh 3,16 und Mt 5,3-12", "Johannes 3 Vers 16 und Matthäus 5 Vers 3 bis 12"),),
    words=lambda known: known.table("bible", "books"),
    with_number=True,
    languages=("de",),
)
