"""A store of fetched pages and their validators, so that pages open at once and off-line."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from player import sealed
from player.story.opening import kept_files
from player.story.reading.raw_source import RawSource

MOST = 200_000_000
"""Bytes of all pages: some thousand."""
_FORMAT = "page 1 "
"""Pages stored in another version's format are ignored."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page besides its bytes."""

    url: str
    """The URL as the user gave it."""
    content_type: str
    """Media type in lower case ("text/html"), or empty."""
    charset: str
    """Python's name of the charset, or empty."""
    etag: str
    modified: str
    """Validators as the server sent them, or empty."""
    inside: bool = False
    """True if it came from this machine or a private network; only then may its links lead there."""
    listed: str = ""
    """What a list of pages said of it when the server was asked last; see Options."""


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page."""

    about: About
    data: bytes

    @property
    def raw(self) -> RawSource:
        """Return the page as readers take it."""
        return RawSource(self.data, self.about.url, self.about.content_type, self.about.charset, self.about.inside)


def find(pages: Path, url: str) -> Page | None:
    """Return the kept page of a URL, or None if there is none or it is damaged."""
    kept = sealed.read_as_used(_file(pages, url), _FORMAT + url)
    if kept is None:
        return None
    line, _, data = kept.partition(b"\n")
    return Page(About(**json.loads(line)), data)


def take(pages: Path, url: str) -> Page | None:
    """Return the kept page of a URL as `find`, and keep it no longer."""
    page = find(pages, url)
    if page is not None:
        with suppress(OSError):
            _file(pages, url).unlink()
    return page


def keep(pages: Path, page: Page, most: int = MOST) -> None:
    """Keep a page, replacing an older one; delete the least recently used pages over `most` bytes.

    Errors are ignored: the page can be read all the same.
    """
    url = page.about.url
    data = json.dumps(asdict(page.about)).encode() + b"\n" + page.data
    kept_files.keep(_file(pages, url), _FORMAT + url, data, most)


def _file(pages: Path, url: str) -> Path:
    """Return a page's file: sealed, with a line of JSON about the page, then its bytes."""
    return pages / f"{hashlib.sha256(url.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.page"
