"""Answers to requests for files (RFC 9110): whole or in part, again only if they changed."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from hashlib import blake2b
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple

from player.export.podcast.episodes import AUDIO

_logger = logging.getLogger(__name__)

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    **AUDIO,
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".epub": "application/epub+zip",
    ".xml": "application/xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
"""{suffix: media type}."""
_FEED = "application/rss+xml; charset=utf-8"
_CHAPTERS = "application/json+chapters"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9a-f:.]{2,45}\](?::\d{1,5})?", re.IGNORECASE | re.ASCII)
_OWN_PAGE = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Content security policy of pages that this program writes."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer that leads to another address."""

    address: str


@dataclass(frozen=True, slots=True)
class Text:
    """An answer that is made when it is asked for."""

    data: bytes
    changed: float | None = None
    """When its content last changed, in seconds since 1970; None if that is not known."""


Find = Callable[[str, str], "Path | Text | Moved | None"]
"""What a server gives away: returns what is at a decoded path without the leading /, for a client that calls the server
"http://host:port/"; None for nothing. A Path is a real file, whose links are resolved."""


def application(find: Find, base: Callable[[], str]) -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """Return a WSGI application. `base` returns the server's address for clients that tell none."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return _empty(start, "501 Not Implemented")
        host = environ.get("HTTP_HOST", "")
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "surrogateescape")
        found = find(path.removeprefix("/"), f"http://{host}/" if _HOST.fullmatch(host) else base())
        if isinstance(found, Moved):
            return _empty(start, "301 Moved Permanently", [("Location", found.address)])
        content = _opened(found, path)
        return _empty(start, "404 Not Found") if content is None else _file(environ, start, content)

    return answer


class _Content(NamedTuple):
    """An open file."""

    file: BinaryIO
    media_type: str
    tag: str
    """Its ETag."""
    changed: float | None
    """When; None if that is not known."""


def _opened(found: Path | Text | None, path: str) -> _Content | None:
    """Return what was found, opened; None when there is none any more."""
    if found is None:
        return None
    if isinstance(found, Text):
        tag = f'"{blake2b(found.data, digest_size=12).hexdigest()}"'
        return _Content(BytesIO(found.data), _type(PurePath(path)), tag, found.changed)
    try:
        # A link in its place was put there after it was looked up.
        file = os.fdopen(os.open(found, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb")
        status = os.fstat(file.fileno())
    except OSError:
        _logger.warning("%s cannot be served", found, exc_info=True)
        return None
    return _Content(file, _type(found), f'"{status.st_mtime_ns:x}-{status.st_size:x}"', status.st_mtime)


def _file(environ: Mapping[str, Any], start: Callable[..., Any], content: _Content) -> Iterable[bytes]:
    file, media_type, tag, changed = content
    headers: Headers = [("ETag", tag), ("Cache-Control", "no-cache"), ("Accept-Ranges", "bytes")]
    if changed is not None:
        headers.append(("Last-Modified", formatdate(changed, usegmt=True)))
    if _is_known(environ, tag, changed):
        file.close()
        start("304 Not Modified", headers)
        return []
    size = file.seek(0, os.SEEK_END)
    wanted = _range(environ.get("HTTP_RANGE", ""), size) if environ.get("HTTP_IF_RANGE", tag).strip() == tag else None
    if wanted is not None and not wanted:
        file.close()
        return _empty(start, "416 Range Not Satisfiable", [("Content-Range", f"bytes */{size}")])
    part = range(size) if wanted is None else wanted
    headers += [("Content-Type", media_type), ("Content-Length", str(len(part)))]
    headers.append(("X-Content-Type-Options", "nosniff"))
    if changed is None and media_type == _TYPES[".html"]:
        headers.append(("Content-Security-Policy", _OWN_PAGE))
    if wanted is not None:
        headers.append(("Content-Range", f"bytes {part[0]}-{part[-1]}/{size}"))
    start("200 OK" if wanted is None else "206 Partial Content", headers)
    if environ["REQUEST_METHOD"] == "HEAD" or not part:
        file.close()
        return []
    file.seek(part.start)
    sent: Iterable[bytes] = environ["wsgi.file_wrapper"](file)  # sends Content-Length bytes from here
    return sent


def _type(name: PurePath) -> str:
    if name.name in ("feed.xml", ""):
        return _FEED if name.name else _TYPES[".html"]
    if name.name.endswith(".chapters.json"):
        return _CHAPTERS
    return _TYPES.get(name.suffix.lower(), "application/octet-stream")


def _is_known(environ: Mapping[str, Any], tag: str, changed: float | None) -> bool:
    """Return True if the client has this content already."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        return asked.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in asked.split(",")}
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is not None and changed is not None:
        with suppress(ValueError, TypeError, OverflowError):
            return bool(int(changed) <= parsedate_to_datetime(since).timestamp())
    return False


def _range(asked: str, size: int) -> range | None:
    """Return the requested bytes: an empty range if there are none, None for the whole file.

    Malformed and multiple ranges may be answered with the whole file.
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None or match[0] == "bytes=-":
        return None
    if not match[1]:
        return range(max(size - int(match[2]), 0), size)
    first, last = int(match[1]), int(match[2] or match[1])
    if last < first:
        return None
    return range(first, min(last + 1 if match[2] else size, size))


def _empty(start: Callable[..., Any], status: str, headers: Headers | None = None) -> Iterable[bytes]:
    start(status, [("Content-Length", "0"), *(headers or [])])
    return []
