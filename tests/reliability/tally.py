"""What a reliability trial counts: how often it was tried, what went wrong, and what the listener lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass
class Tally:
    """One row of the table."""

    name: str
    trials: int = 0
    faults: list[str] = field(default_factory=list)
    """A traceback, a hang, a leak, a wrong exit code: each with what it takes to see it again (a seed, a file)."""
    losses: list[str] = field(default_factory=list)
    """What a listener had and has no more, or was told wrongly: a place, a file, sound, a time."""
    note: str = ""
    """Figures worth printing beside the counts."""

    @property
    def clean(self) -> bool:
        """True when something was tried, and nothing went wrong."""
        return self.trials > 0 and not self.faults and not self.losses


class Trial(Protocol):
    """A module of this package whose name is in `ALL`."""

    def run(self, folder: Path, *, long: bool) -> Iterator[Tally]:
        """Try it, in an empty folder, quickly (a few seconds) or at length; a tally for each thing that is counted.

        Deterministic: random choices come from fixed seeds, which faults name.
        """
        ...
