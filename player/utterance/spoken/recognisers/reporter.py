"""Reports of cases in court, between a volume and a page: "848 F.3d 415", "92 L. Ed. 140"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_LONGEST_VOLUME = 4
"""Figures in the number of a volume."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the volume."""
    volume, first = tokens[index].text, index + 2
    if not volume.isdecimal() or len(volume) > _LONGEST_VOLUME or tokens[index + 1].kind is not Kind.SPACE:
        return
    for table in ("reporters", "reporters_in_series"):
        for written, said in tokens.vocabulary.table("law", table).items():
            after = tokens.matches(first, written)
            series, end = _series(tokens, after) if after else ("", 0)
            page = tokens.past_blank(end)
            paged = tokens[page].kind is Kind.NUMERAL and tokens[page + 1].kind is not Kind.WORD
            paged = paged or tokens.word(page) == "at"
            if after and paged and (series or table == "reporters"):
                spoken = Words(f"{said} {series}".rstrip())
                yield Reading(tokens[first].start, tokens[end - 1].end, "law: reporter", spoken, 0.96)


def _series(tokens: Tokens, index: int) -> tuple[str, int]:
    """Return the series here, "second", and the index behind it; empty, and this index, where none is."""
    at = tokens.past_blank(index)
    written = tokens[at].text + tokens[at + 1].text
    said = tokens.vocabulary.table("law", "series").get(written, "")
    return (said, at + 2) if said else ("", index)


REPORTER = Recogniser(
    "law",
    _propose,
    (("848 F.3d 415", "848 F third 415"), ("92 L. Ed. 140", "92 Lawyers' Edition 140")),
    numerals=Beside.SHORT_WORD,
)
