"""Requests and headers: addresses, redirects, waits, media types."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from player.story.opening.page_store import About
from player.story.reading.raw_source import known as known_charset

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.util import Url

_MOVED = (301, 302, 303, 307, 308)


def parsed(url: str) -> Url:
    """Return a URL in the form that is requested. Raises ValueError when it is no address of a page."""
    from urllib3.exceptions import LocationValueError
    from urllib3.util import parse_url

    try:
        parts = urlsplit(url)
        if not parts.netloc.isascii():  # a name in any script, as the look-up needs it
            user, at, host = parts.netloc.rpartition("@")
            name, colon, port = host.partition(":")
            url = urlunsplit(parts._replace(netloc=f"{user}{at}{name.encode('idna').decode()}{colon}{port}"))
        target = parse_url(url)
    except ValueError as error:
        raise LocationValueError("no address") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise LocationValueError("no page")
    return target._replace(fragment=None)


def location(answer: BaseHTTPResponse) -> str:
    """Return the redirect's target; empty when there is none. Characters beyond ASCII are UTF-8."""
    given = answer.headers.get("Location", "").strip() if answer.status in _MOVED else ""
    try:
        return given.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return given


def asked_wait(answer: BaseHTTPResponse) -> float | None:
    """Return how many seconds a host asks to wait; None when it does not say."""
    given = answer.headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdecimal():
        return float(given[:9])
    try:
        return max((parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return None


def about(url: str, answer: BaseHTTPResponse, inside: bool) -> About:
    """Return what is kept about a page."""
    media, _, parameters = answer.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    return About(
        url,
        media.split(",")[0].strip().lower(),
        known_charset(charset),
        _one_line(answer.headers.get("ETag", "")),
        _one_line(answer.headers.get("Last-Modified", "")),
        inside,
    )


def _one_line(header: str) -> str:
    """Return a validator that can be sent back safely; else empty."""
    return header if header.isascii() and header.isprintable() else ""
