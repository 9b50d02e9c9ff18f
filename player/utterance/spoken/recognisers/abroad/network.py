"""Addresses of machines, which engines say as thousands: "192.168.0.1"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words

_PARTS = 4
_LARGEST = 255


def _is_part(written: str) -> bool:
    """ "0" to "255"; the "000" of "1.000.000.000" is none."""
    return written.isdecimal() and str(int(written[:4])) == written[:4] and int(written[:4]) <= _LARGEST


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    parts = tokens[index].text.split(".", _PARTS)
    if len(parts) == _PARTS and all(map(_is_part, parts)):
        dot = tokens.vocabulary.table("electronic").get("dot", ".")
        said = Words(f" {dot} ".join(parts))
        yield Reading(tokens[index].start, tokens[index].end, "address: of a machine", said, 0.9)


NETWORK = Recogniser(
    "address",
    _propose,
    (("die IP 192.168.0.1", "die IP 192 Punkt 168 Punkt 0 Punkt 1"),),
    numerals=Beside.POINT,
    languages=CODES,
)
