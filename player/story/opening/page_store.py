"""Fetched pages, kept with their validators, so that they open at once and off-line."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from player import atomic, sealed
from player.story.reading.raw_source import RawSource

_logger = logging.getLogger(__name__)

MOST = 200_000_000
"""Bytes of all that is kept: some thousand pages."""
_FORMAT = "page 1 "
"""What is read of another version would have to be guessed."""


@dataclass(frozen=True, slots=True)
class About:
    """What is remembered of a page beside its bytes."""

    url: str
    """As the user gave it."""
    content_type: str
    """Media type, lower case, e.g. "text/html"; or empty."""
    charset: str
    """Python's name of it, or empty."""
    etag: str
    modified: str
    """The server's validators, as it sent them; or empty."""
    inside: bool = False
    """Whether it came from this machine or a private network: only then what it names may lie there as well."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched."""

    about: About
    data: bytes

    @property
    def raw(self) -> RawSource:
        """For the readers."""
        return RawSource(self.data, self.about.url, self.about.content_type, self.about.charset, self.about.inside)


def find(pages: Path, url: str) -> Page | None:
    """The page that was kept for a URL, if there is one and it is whole."""
    file = _file(pages, url)
    kept = sealed.read(file, _FORMAT + url)
    if kept is None:
        return None
    with suppress(OSError):  # a folder that may be read but not written still serves
        os.utime(file)  # it was used just now
    line, _, data = kept.partition(b"\n")
    return Page(About(**json.loads(line)), data)


def keep(pages: Path, page: Page, most: int = MOST) -> None:
    """Keep a page, in place of an older one, and of all pages those used last that have room in `most` bytes.

    That this fails is no reason not to read the page.
    """
    atomic.sweep(pages)
    try:
        pages.mkdir(parents=True, exist_ok=True)
        url = page.about.url
        sealed.write(_file(pages, url), _FORMAT + url, json.dumps(asdict(page.about)).encode() + b"\n" + page.data)
        _drop_oldest(pages, most)
    except OSError:
        _logger.warning("the page is not kept", exc_info=True)


def _drop_oldest(pages: Path, most: int) -> None:
    for file, status in sorted(((f, f.lstat()) for f in pages.glob("*.page")), key=lambda one: -one[1].st_mtime_ns):
        most -= status.st_size
        if most < 0:
            file.unlink(missing_ok=True)


def _file(pages: Path, url: str) -> Path:
    """One file per page, sealed: a line of JSON that says what it is, then its bytes."""
    return pages / f"{hashlib.sha256(url.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.page"
