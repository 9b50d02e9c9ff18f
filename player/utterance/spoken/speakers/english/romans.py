"""What English says for Roman numerals."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.number_words import ordinal, two_digits
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Numbered


def say_numbered(value: Numbered, saying: Saying) -> str:
    """Return "volume 2", "twentieth", "the third" or "World War Two"."""
    if value.kind == "world war":
        return f"World War {two_digits(value.number).title()}"
    if value.kind != "count":
        return ("the " if value.kind == "ruler" else "") + ordinal(value.number)
    return f"{value.noun} {value.number or ''}".strip()


SAYS: Says = {Numbered: say_numbered}
