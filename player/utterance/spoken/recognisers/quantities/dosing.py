"""How often a medicine is taken: "q4h", "q4-6h", "Q12H"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_INTERVAL = re.compile(r"q ?(\d{1,2})(?:[-–](\d{1,2}))? ?(?:h|hrs?|hours)\b", re.IGNORECASE)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the letter."""
    interval = _INTERVAL.match(tokens.text, tokens[index].start)
    if interval and tokens[index - 1].kind is not Kind.NUMERAL and not tokens.is_sign(index - 1, ".-'’/"):
        hours = " to ".join(filter(None, interval.groups()))
        template = str(tokens.vocabulary.table("units")["every_hours"])
        yield Reading(interval.start(), interval.end(), "dosing", Words(template.format(hours)), 0.95)


DOSING = Recogniser(
    "dosing", _propose, (("5 mg q4-6h", "5 milligrams every 4 to 6 hours"),), words=lambda _: "q", with_number=True
)
