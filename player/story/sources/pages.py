"""Fetched pages, kept with their validators, so that they open at once and off-line."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from player.story.sources.raw import RawSource


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
    digest: str
    """SHA-256 of the bytes: a damaged file is as good as none."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched."""

    about: About
    data: bytes

    @property
    def raw(self) -> RawSource:
        """For the readers."""
        return RawSource(self.data, self.about.url, self.about.content_type, self.about.charset)


def find(pages: Path, url: str) -> Page | None:
    """The page that was kept for a URL, if there is one and it is whole."""
    try:
        line, _, data = _file(pages, url).read_bytes().partition(b"\n")
        about = About(**json.loads(line))
    except (OSError, ValueError, TypeError):
        return None
    whole = about.url == url and about.digest == hashlib.sha256(data).hexdigest()
    return Page(about, data) if whole else None


def keep(pages: Path, page: Page) -> None:
    """Keep a page, in place of an older one. That this fails is no reason not to read the page."""
    temporary: Path | None = None
    try:
        pages.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=pages, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            file.write(json.dumps(asdict(page.about)).encode() + b"\n" + page.data)
        temporary.replace(_file(pages, page.about.url))
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _file(pages: Path, url: str) -> Path:
    """One file per page: a line of JSON that says what it is, then its bytes."""
    return pages / f"{hashlib.sha256(url.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.page"
