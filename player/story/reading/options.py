"""How a source is opened: all that a user can choose about it, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with a source. Readers get it as it is; a new option is a field here, and used where it matters."""

    code: bool = True
    """Announce blocks of code, rather than leave them out."""
    latest: int | None = None
    """Of a feed, take so many of the newest stories; None: return the feed."""
    pages: Path | None = None
    """The folder in which fetched pages are kept: a kept page opens without the network. None: keep none."""
    refresh: bool = False
    """Ask the server even for a page that is kept. That it cannot be reached is an error then."""


DEFAULTS = Options()
