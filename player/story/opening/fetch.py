"""Fetching a page: bounded in time and size, and only from permitted addresses."""

from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from player.errors import SourceError
from player.story.opening.http.connections import Connections, proxy_for
from player.story.opening.http.hosts import Names
from player.story.opening.http.messages import about, asked_wait, location, parsed
from player.story.opening.http.reasons import SLOW, advice, in_words, reason, shown, status_line
from player.story.opening.http.unpacking import ASKED_FOR, Damaged, TooLarge, UnknownPacking, unpacked
from player.story.opening.page_store import Page

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.util import Url

_logger = logging.getLogger(__name__)

TIMEOUT = 20.0
"""Seconds for everything: look-up, connection, redirects, reading."""
LARGEST = 10_000_000
"""Bytes of an unpacked page."""
NAMES = Names()
_REDIRECTS = 8
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; ListenToStory; reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": ASKED_FOR,
}
_OK, _NOT_MODIFIED = 200, 304
_BUSY = (429, 503)
_NETWORK = "check the address and the network"


def fetch(
    url: str,
    *,
    kept: Page | None = None,
    inside: bool = True,
    timeout: float = TIMEOUT,
    largest: int = LARGEST,
    names: Names = NAMES,
) -> Page:
    """Return the page at an http or https URL; `kept` itself if the server reports it unchanged.

    With `inside`, for a URL that the user named, the host may be on this machine or in a private network, and so may
    its redirects. For a URL found in a page (`inside` False), and after a redirect from outside, it may not. Raises
    SourceError: unreachable, refused, too slow (`timeout` in seconds, for everything), too large (`largest` in bytes).
    """
    errand = _Errand(url, kept=kept, inside=inside, timeout=timeout, largest=largest, names=names)
    # A thread, because nothing else can interrupt a name look-up, or a server that sends a byte now and then. A daemon,
    # because a look-up may outlast the timeout, and must not delay the program's end.
    threading.Thread(target=errand.run, name="fetch", daemon=True).start()
    try:
        answer = errand.answers.get(timeout=timeout)
    except queue.Empty:
        errand.connections.abandon()
        raise errand.slow from None
    if isinstance(answer, SourceError):
        raise answer
    return answer


def too_large(url: str, largest: int) -> SourceError:
    """Return the error for a page of a URL or host with more than so many bytes."""
    return SourceError(f"the page at {_host(url)} is larger than {largest / 1e6:g} MB", "is it a single story?")


class _Errand:
    """One page being fetched, in a thread of its own."""

    def __init__(
        self, url: str, *, kept: Page | None, inside: bool, timeout: float, largest: int, names: Names
    ) -> None:
        self.answers: queue.SimpleQueue[Page | SourceError] = queue.SimpleQueue()
        self.host = _host(url)
        """The host being asked now, for error messages."""
        self.busy: SourceError | None = None
        """The answer of a busy host, while it is asked a second time."""
        self.connections = Connections(time.monotonic() + timeout)
        self._asked_again = False
        self._timeout = timeout
        self._url = url
        self._kept = kept
        self._inside = inside
        self._largest = largest
        self._names = names

    def run(self) -> None:
        """Put the page, or the error, into `answers`."""
        try:
            self.answers.put(self._page())
        except SourceError as error:
            self.answers.put(error)
        except Exception as error:
            _logger.info("%s cannot be had from %s", self._url, self.host, exc_info=True)
            self.answers.put(self.slow if reason(error) == SLOW else self._unreachable(error))
        finally:
            self.connections.close()

    @property
    def slow(self) -> SourceError:
        """Return the error for a timeout."""
        return self.busy or SourceError(f"{self.host} took longer than {self._timeout:g} s", "try again later")

    def _unreachable(self, error: Exception) -> SourceError:
        failed = SourceError(f"{self.host} cannot be reached ({reason(error)})", _NETWORK)
        failed.__cause__ = error
        return failed

    def _page(self) -> Page:
        """Return the page, following redirects. Raises SourceError, and errors of the connection's libraries."""
        target, inside = parsed(self._url), self._inside
        for hop in range(_REDIRECTS + 1):
            before, self.host = self.host, shown(target.host or "")
            answer, was_inside = self._answer(target, inside, before if hop else "")
            if hop == 0:
                inside = inside and was_inside  # only the first address was named by the user
            if onward := location(answer):
                answer.close()
                target = self._onward(target, onward)
                continue
            return self._read(answer, was_inside)
        raise SourceError(f"{self.host} cannot be reached (too many redirects)", _NETWORK)

    def _onward(self, target: Url, onward: str) -> Url:
        try:
            return parsed(urljoin(target.url, onward))
        except ValueError as error:
            what = "it redirects to an invalid address"
            raise SourceError(f"{self.host} cannot be reached ({what})", _NETWORK) from error

    def _answer(self, target: Url, inside: bool, before: str) -> tuple[BaseHTTPResponse, bool]:
        """Return the answer, and True if it came from inside. A busy host is asked a second time, if the wait it asks
        for leaves enough time."""
        answer, was_inside = self._ask(target, inside, before)
        wait = asked_wait(answer)
        if answer.status in _BUSY and wait is not None and not self._asked_again:
            self._asked_again = True
            self.busy = self._refusal(answer)
            if wait > self.connections.left / 2:
                raise self.busy
            answer.close()
            _logger.info("%s is asked again in %g s", self.host, wait)
            if self.connections.abandoned.wait(wait):
                raise self.busy
            answer, was_inside = self._ask(target, inside, before)
            self.busy = self.busy if answer.status in _BUSY else None
        return answer, was_inside

    def _ask(self, target: Url, inside: bool, before: str) -> tuple[BaseHTTPResponse, bool]:
        from urllib3.exceptions import ConnectTimeoutError

        name = (target.host or "").strip("[]")
        if proxy := proxy_for(target):
            is_inside = self._names.is_inside(name)
            if is_inside and not inside:
                raise self._walled(before)
            return self.connections.ask_by(proxy, target, self._headers()), is_inside
        addresses, is_inside = self._names.allowed(name, target.port or 0, inside=inside)
        if not addresses:
            raise self._walled(before)
        for n, address in enumerate(addresses, 1):
            seconds = self.connections.left / (len(addresses) - n + 1)
            try:
                return self.connections.ask(target, address, self._headers(), seconds), is_inside
            except ConnectTimeoutError:  # in urllib3, refused connections are a subclass
                _logger.info("%s does not answer at %s", self.host, address, exc_info=True)
                if n == len(addresses):
                    raise
        raise AssertionError("there was an address")

    def _headers(self) -> dict[str, str]:
        about = self._kept.about if self._kept is not None else None
        validators = (("If-None-Match", about.etag), ("If-Modified-Since", about.modified)) if about else ()
        return _HEADERS | {name: value for name, value in validators if value}

    def _read(self, answer: BaseHTTPResponse, inside: bool) -> Page:
        if answer.status == _NOT_MODIFIED and self._kept is not None:
            return self._kept
        if answer.status != _OK:
            raise self._refusal(answer)
        try:
            data = unpacked(self._body(answer), answer.headers.get("Content-Encoding", ""), self._largest)
        except TooLarge:
            raise too_large(self.host, self._largest) from None
        except UnknownPacking as error:
            raise SourceError(
                f"{self.host} sends the page in an unknown compression ({shown(str(error))})",
                "open it in a browser, save it as HTML, and give that file",
            ) from None
        except Damaged as error:
            raise SourceError(f"what {self.host} sent cannot be unpacked: it is {error}", "try again later") from error
        return Page(about(self._url, answer, inside), data)

    def _body(self, answer: BaseHTTPResponse) -> bytes:
        """Return the body, still packed. Raises TooLarge."""
        parts, size = [], 0
        # Not `stream` or `read`: the former waits endlessly for the end of a chunk's line, the latter takes a chunk of
        # -1 bytes as unlimited.
        while part := answer.read1(65_536, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > self._largest:
                raise TooLarge
        return b"".join(parts)

    def _refusal(self, answer: BaseHTTPResponse) -> SourceError:
        wait = asked_wait(answer) if answer.status in _BUSY else None
        hint = advice(answer.status) if wait is None else f"it asks to wait {in_words(wait)}"
        return SourceError(f"{self.host} answers {status_line(answer.status)}", hint)

    def _walled(self, before: str) -> SourceError:
        hint = "if you trust it, open its address directly"
        where = "on this machine or in a private network"
        if before:
            return SourceError(f"{before} on the web redirects to {self.host}, which is {where}", hint)
        return SourceError(f"{self.host} is {where}, but a page on the web names it", hint)


def _host(url: str) -> str:
    try:
        return shown(urlsplit(url).hostname or url)
    except ValueError:
        return shown(url)
