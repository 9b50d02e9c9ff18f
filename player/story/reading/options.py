"""Options for opening a source, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose about a source. A new option is a field here, read where it matters."""

    code: bool = True
    """True: announce blocks of code; False: leave them out."""
    captions: bool = True
    """True: read captions of pictures and tables; False: leave them out."""
    latest: int | None = None
    """Number of newest stories to take from a feed; None: return the feed."""
    pages: Path | None = None
    """Folder of kept pages, which open without the network. None: keep none."""
    refresh: bool = False
    """True: ask the server even for a kept page; failure is then an error."""


DEFAULTS = Options()
