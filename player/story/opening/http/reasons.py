"""Reasons why a page cannot be fetched, in words for people instead of a library's."""

from __future__ import annotations

import socket
import ssl
from http import HTTPStatus
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

SLOW = "it took too long"


def reason(error: Exception) -> str:
    """Return the most informative cause in an error's chain; urllib3 wraps causes in layers."""
    causes = _causes(error)
    for kinds, words in _known():
        if any(isinstance(cause, kinds) for cause in causes):
            return words
    # Before "too slow", a base class in urllib3 of refused connections.
    said = next((one.strerror for one in causes if isinstance(one, OSError) and one.errno and one.strerror), "")
    if said:
        return said.lower()[:100]
    for kinds, words in _vague():
        if any(isinstance(cause, kinds) for cause in causes):
            return words
    return "its answer is unexpected"


_Reasons = tuple[tuple[tuple[type[BaseException], ...], str], ...]


def _known() -> _Reasons:
    from urllib3.exceptions import LocationValueError

    return (
        ((LocationValueError, UnicodeError), "that is no address of a page"),
        ((socket.gaierror,), "no such host, or no network"),
        ((ssl.SSLCertVerificationError,), "its certificate is not trusted"),
        ((RemoteDisconnected, IncompleteRead, ConnectionResetError, BrokenPipeError), "the connection broke off"),
        ((ssl.SSLError,), "no secure connection"),
    )


def _vague() -> _Reasons:
    from urllib3.exceptions import HTTPError, InvalidHeader
    from urllib3.exceptions import TimeoutError as Slow

    return (
        ((InvalidHeader, HTTPException), "its answer cannot be understood"),
        ((Slow, TimeoutError), SLOW),
        ((HTTPError,), "the connection broke off"),
    )


def status_line(status: int) -> str:
    """Return a status in the standard's words ("404 Not Found"), not the server's."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def advice(status: int) -> str:
    """Return what to do about a status."""
    if status in (401, 402, 403, 407, 429, 451):
        return "open it in a browser, save it as HTML, and give that file"
    return "check the address" if status in (404, 410) else "try again later"


def shown(text: str) -> str:
    """Return foreign text, shortened to a line."""
    return text if len(text) <= 100 else text[:99] + "…"


def in_words(seconds: float) -> str:
    """Return a wait in words."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error's causes, outermost first: its cause, urllib3's `reason`, and errors among its arguments."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            inner = (getattr(one, "reason", None), *one.args, one.__cause__, one.__context__)
            waiting += [each for each in inner if isinstance(each, BaseException)]
    return found
