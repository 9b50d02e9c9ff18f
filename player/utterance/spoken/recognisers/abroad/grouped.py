"""Numbers with commas between thousands, as they are written in America: "200,000 habitantes", "1,234,567"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words

_GROUP = 3


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    first, *groups = tokens[index].text.split(",")
    if not groups or not first.isdecimal() or first[0] == "0" or len(first) > _GROUP:
        return
    whole = all(len(group) == _GROUP and group.isdecimal() for group in groups)
    large = len(groups) > 1 or (groups[0] == "000" and len(first) > 1)
    if whole and large and not tokens.is_sign(index - 1, ".,"):
        yield Reading(tokens[index].start, tokens[index].end, "cardinal: commas", Words(first + "".join(groups)), 0.7)


GROUPED = Recogniser(
    "cardinal",
    _propose,
    (("rund 200,000 Menschen", "rund 200000 Menschen"),),
    numerals=Beside.COMMA,
    languages=CODES,
)
