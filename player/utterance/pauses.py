"""The silence after an utterance: its kind by what follows, its length by the listener's settings and the speed.

The lengths follow measured newsreader pauses: about 0.3 s between sentences, twice that and more between paragraphs
(Goldman-Eisler 1968; Zellner 1994). Engines add none: the silence at the ends of their sound is trimmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum

from player.errors import UsageError

_SHORTEST = 0.15
"""Seconds of a pause that no speed shortens."""
_LONGEST = 30.0
"""Seconds in the longest pause that can be set."""


class Pause(Enum):
    """The kind of silence after an utterance; the value is its name in settings."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Pauses:
    """The length of every pause in seconds at speed 1."""

    clause: float = 0.06
    """Within a very long sentence; the voice makes the rest."""
    sentence: float = 0.30
    list_item: float = 0.45
    paragraph: float = 0.80
    heading: float = 0.95
    """Before and after a heading."""
    chapter: float = 1.60
    """Before a chapter."""

    def seconds(self, pause: Pause, speed: float = 1.0) -> float:
        """Return the length of a pause in seconds: shorter in measure as speed grows, but never gone."""
        whole: float = getattr(self, pause.value)
        return max(whole / speed, self.least(whole))

    @staticmethod
    def least(seconds: float) -> float:
        """Return the length that no speed takes from a pause of `seconds`."""
        return min(seconds, _SHORTEST)

    def changed(self, lengths: Mapping[str, object]) -> Pauses:
        """Return the pauses with some of other lengths, as in {"paragraph": 1.2}. Raises UsageError."""
        found: dict[str, float] = {}
        for name, seconds in lengths.items():
            field = name.replace("-", "_")
            if field not in asdict(self):
                known = ", ".join(each.replace("_", "-") for each in asdict(self))
                raise UsageError(f"there is no pause {name!r}", f"there are {known}")
            if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= _LONGEST:
                raise UsageError(f"the pause {name!r} must be 0 to {_LONGEST:g} seconds, not {seconds!r}")
            found[field] = float(seconds)
        return replace(self, **found)


USUAL = Pauses()
