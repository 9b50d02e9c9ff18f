"""Options for opening a source, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class PageRange(NamedTuple):
    """Pages of a document, counted from 1."""

    first: int
    last: int | None
    """None: the document's last."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user can choose about a source. A new option is a field here, read where it matters; `options_of`
    (`player/sources.py`) fills it from the setting of the same name, if there is one."""

    code: bool = True
    """True: announce blocks of code; False: leave them out."""
    announce: bool = True
    """True: announce what is left out or read otherwise than written, by a few words; False: say nothing."""
    captions: bool = True
    """True: read captions of pictures and tables; False: leave them out."""
    latest: int | None = None
    """Number of newest stories to take from a feed; None: return the feed."""
    pages: Path | None = None
    """Folder of kept pages, which open without the network. None: keep none."""
    stories: Path | None = None
    """Folder of kept stories whose files take long to read. None: keep none."""
    only_pages: PageRange | None = None
    """Pages of a PDF to read; None: all."""
    refresh: bool = False
    """True: ask the server even for a kept page (failure is then an error), and read a kept story again."""

    ask: bool = False
    """True: ask the server whether a kept page has changed; it is read as it was kept if there is no answer."""
    listed: str = ""
    """What a list of pages says of this one, such as its last change. The server is asked, as with `ask`, if that is
    not what was said of the kept page."""


DEFAULTS = Options()


def from_request(plain: dict[str, Any]) -> Options:
    """Return options that came as JSON, which knows no tuples."""
    pages = plain["only_pages"]
    return Options(**{**plain, "only_pages": PageRange(*pages) if pages is not None else None})
