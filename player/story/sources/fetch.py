"""A page from the network, bounded in time and in size."""

from __future__ import annotations

import hashlib
import queue
import re
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from player.errors import SourceError
from player.story.sources.pages import About, Page
from player.story.sources.raw import known as known_charset

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

TIMEOUT = 20.0
"""Seconds for all of it: looking up, connecting, redirects, reading."""
LARGEST = 10_000_000
"""Bytes of a page, unpacked."""
_REDIRECTS = 8
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; ListenToStory; reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
_OK, _NOT_MODIFIED = 200, 304


def fetch(url: str, *, kept: Page | None = None, timeout: float = TIMEOUT, largest: int = LARGEST) -> Page:
    """The page at an http or https URL; `kept` itself when the server says that it has not changed.

    Raises SourceError: unreachable, refused, too slow (`timeout` in seconds, for everything), too large
    (`largest` in bytes).
    """
    answers: queue.SimpleQueue[Page | SourceError] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(_fetched(url, kept, time.monotonic() + timeout, largest))
        except SourceError as error:
            answers.put(error)

    # A thread, because nothing else ends a name look-up or a server that sends a byte now and then; a daemon,
    # because it may outlive the time-out and must not hold up the program's end.
    threading.Thread(target=work, name="fetch", daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise SourceError(f"{_host(url)} took longer than {timeout:g} s", "try again later") from None
    if isinstance(answer, SourceError):
        raise answer
    return answer


def _fetched(url: str, kept: Page | None, end: float, largest: int) -> Page:
    from urllib3 import Timeout  # 0.09 s, for pages only
    from urllib3.exceptions import HTTPError

    headers = dict(_HEADERS)
    if kept is not None:
        validators = (("If-None-Match", kept.about.etag), ("If-Modified-Since", kept.about.modified))
        headers |= {name: value for name, value in validators if value}
    host = _host(url)
    try:
        with _connections(url) as connections:
            answer = connections.request(
                "GET", url, headers=headers, preload_content=False, timeout=Timeout(total=end - time.monotonic())
            )
            if answer.status == _NOT_MODIFIED and kept is not None:
                return kept
            if answer.status != _OK:
                raise SourceError(f"{host} answers {answer.status} {answer.reason or ''}", _advice(answer.status))
            data = _body(answer, host, end, largest)
    except (HTTPError, ValueError, OSError) as error:
        hint = "check the address and the network"
        raise SourceError(f"{host} cannot be reached ({_reason(error)})", hint) from error
    return Page(_about(url, answer, data), data)


def _connections(url: str) -> PoolManager:
    """As the environment says (http_proxy, https_proxy, no_proxy), trusting the system's authorities and certifi's."""
    import ssl

    import certifi  # a machine without a store of its own (a slim container) would trust nobody
    from urllib3 import PoolManager, ProxyManager, Retry

    trust = ssl.create_default_context()
    trust.load_verify_locations(certifi.where())
    retries = Retry(connect=1, read=0, redirect=_REDIRECTS, raise_on_redirect=True)
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme.lower(), "")
    if proxy.startswith(("http://", "https://")) and not proxy_bypass(parts.netloc.rpartition("@")[2]):
        return ProxyManager(proxy, retries=retries, ssl_context=trust)
    return PoolManager(retries=retries, ssl_context=trust)


def _body(answer: BaseHTTPResponse, host: str, end: float, largest: int) -> bytes:
    parts, size = [], 0
    for part in answer.stream(65_536, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise SourceError(f"the page at {host} is larger than {largest / 1e6:g} MB", "is it a single story?")
        if time.monotonic() > end:
            break  # nobody waits for it any more
    return b"".join(parts)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _advice(status: int) -> str:
    if status in (401, 402, 403, 429, 451):
        return "open it in a browser, save it as HTML, and give that file"
    return "check the address" if status in (404, 410) else "try again later"


def _reason(error: Exception) -> str:
    """The innermost cause in a few words: urllib3 wraps it in layers of class names."""
    from urllib3.exceptions import (
        ConnectTimeoutError,
        DecodeError,
        LocationValueError,
        NameResolutionError,
        NewConnectionError,
        ProtocolError,
        ReadTimeoutError,
        SSLError,
    )

    cause: object = getattr(error, "reason", None) or error
    if isinstance(cause, NameResolutionError):
        return "no such host, or no network"
    # A refused connection is one of the time-outs to urllib3, by inheritance.
    if isinstance(cause, ConnectTimeoutError | ReadTimeoutError) and not isinstance(cause, NewConnectionError):
        return "it took too long"
    if isinstance(cause, SSLError):
        return "its certificate is not to be trusted" if "certificate" in str(cause).lower() else "no secure connection"
    if isinstance(cause, LocationValueError):
        return "that is no address of a page"
    if isinstance(error, DecodeError | ProtocolError):
        return "the connection broke off" if isinstance(error, ProtocolError) else "what it sent cannot be unpacked"
    text = re.sub(r"\[Errno -?\d+\] ", "", str(cause))
    return (text.rpartition(": ")[2] or text)[:120]


def _about(url: str, answer: BaseHTTPResponse, data: bytes) -> About:
    media, _, parameters = answer.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    return About(
        url,
        media.strip().lower(),
        known_charset(charset),
        answer.headers.get("ETag", ""),
        answer.headers.get("Last-Modified", ""),
        hashlib.sha256(data).hexdigest(),
    )
