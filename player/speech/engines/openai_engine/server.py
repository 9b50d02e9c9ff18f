"""Asking the server, again when it asks to wait or the connection breaks. The key is in no error and no log."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from player.errors import EngineBusy
from player.speech.engines.openai_engine.refusals import Refusal, refusal
from player.speech.kit import EngineError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

_logger = logging.getLogger(__name__)

_ATTEMPTS = 4
_FIRST_WAIT = 0.5
"""Seconds before the second attempt; each later wait is twice as long."""
_LONGEST_WAIT = 4.0
"""Seconds that the server may wish to be left alone before speech is asked for again: for a longer wait the player has
other things to do."""
_CONNECT_SECONDS = 5.0
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
"""Statuses that another attempt may not meet."""
_LIMITED = 429
_MOST_BYTES = 64 * 2**20
"""An answer is no longer: 20 minutes of sound."""

_T = TypeVar("_T")


class CutAnswer(EngineError):
    """An answer that ends too early, or none; it is asked for again."""


class NoConnection(CutAnswer):
    """Nothing listens at the address; it is asked once more only."""


@dataclass(frozen=True)
class Answer:
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """By their names in lower case."""
    body: bytes

    def json(self) -> Any:
        """Return the body's JSON. Raises ValueError for anything else."""
        try:
            return json.loads(self.body)
        except RecursionError as e:
            raise ValueError("nested too deeply") from e


class Server:
    """A server, over connections that are kept open. For one thread."""

    def __init__(self, host: str, model: str, key: str) -> None:
        """`host` and `model` are for errors."""
        self._host = host
        self._model = model
        self._key = key
        self._pools: dict[str, PoolManager] = {}
        self._not_before = 0.0

    def ask(self, url: str, sent: object, end: float, read: Callable[[Answer], _T]) -> _T:
        """Return what `read` makes of the answer to a POST of JSON, or to a GET if `sent` is None.

        Asks again, after a wait, for statuses that may pass, and when the connection breaks or `read` raises CutAnswer;
        waits as long as the server wishes, if that is short, for a list until `end` (on `time.monotonic()`). Raises
        EngineError, and EngineBusy if the server wishes a longer wait.
        """
        failure: EngineError
        wait: float | None
        for attempt in range(_ATTEMPTS):
            self._wait(sent, end)
            try:
                answer = self._once(url, sent, end)
                if 200 <= answer.status < 300:
                    return read(answer)
                refused = refusal(self._host, self._model, self._key, answer.status, answer.body)
                if answer.status not in _PASSING or refused.is_final:
                    raise refused
                failure, wait = refused, _asked_wait(answer.headers)
            except CutAnswer as cut:
                failure, wait = cut, None
            _logger.info("%s: attempt %d", failure, attempt + 1)
            self._not_before = time.monotonic() + (_FIRST_WAIT * 2**attempt if wait is None else wait)
            last = 2 if isinstance(failure, NoConnection) else _ATTEMPTS
            if attempt + 1 == last or self._waits_too_long(sent, end):
                asks_to_wait = isinstance(failure, Refusal) and (failure.status == _LIMITED or wait is not None)
                raise self._busy(failure) if asks_to_wait else failure
        raise AssertionError("the last attempt returns or raises")

    def _waits_too_long(self, sent: object, end: float) -> bool:
        """Return True if the server is to be left alone for longer than it is waited for here."""
        return self._not_before > (end if sent is None else min(end, time.monotonic() + _LONGEST_WAIT))

    def _wait(self, sent: object, end: float) -> None:
        """Wait as long as the server wished when it was asked last. Raises EngineBusy if that is too long."""
        left = self._not_before - time.monotonic()
        if self._waits_too_long(sent, end):
            raise self._busy(EngineError(f"{self._host} asks to wait {left:.0f} s (rate limit)", "try again later"))
        if left > 0:
            time.sleep(left)

    def _busy(self, why: EngineError) -> EngineBusy:
        """Return the error for a wait that is longer than an answer may take."""
        return EngineBusy(why.message, why.hint, max(self._not_before - time.monotonic(), 0.0))

    def _once(self, url: str, sent: object, end: float) -> Answer:
        """Return the answer to one request. Raises CutAnswer when there is none, or only a part."""
        from urllib3 import Timeout
        from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

        from player.story.opening.http.reasons import reason

        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        if sent is not None:
            headers["Content-Type"] = "application/json"
        body = None if sent is None else json.dumps(sent).encode()
        left = max(end - time.monotonic(), 0.1)
        timeout = Timeout(connect=min(_CONNECT_SECONDS, left), read=left)
        try:
            with self._pool(url).urlopen(
                "GET" if sent is None else "POST",
                url,
                body=body,
                headers=headers,
                timeout=timeout,
                retries=False,
                redirect=False,  # another host must not get the key
                preload_content=False,
            ) as response:
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, found, _read(response, end))
        except (HTTPError, OSError, ValueError) as e:
            kind = NoConnection if isinstance(e, NewConnectionError | ConnectTimeoutError) else CutAnswer
            why = reason(e)
            raise kind(f"{self._host} gives no answer ({why})", "check base_url, and that it runs") from e

    def _pool(self, url: str) -> PoolManager:
        """Return the connections to the server, through the environment's proxy if there is one for it."""
        from player.story.opening.http.connections import connected, proxy_of

        proxy = proxy_of(url)
        if proxy not in self._pools:
            self._pools[proxy] = connected(proxy)
        return self._pools[proxy]


def _read(response: BaseHTTPResponse, end: float) -> bytes:
    """Return the body. Raises TimeoutError, or ValueError when it is too long."""
    parts = bytearray()
    while part := response.read1(65_536, decode_content=True):
        parts += part
        if len(parts) > _MOST_BYTES:
            raise ValueError("too long an answer")
        if time.monotonic() > end:
            raise TimeoutError
    response.release_conn()
    return bytes(parts)


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that the server asks to wait; None if it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name, "").strip()
        try:
            seconds = float(value) * unit
        except ValueError:
            continue
        if isfinite(seconds):
            return max(seconds, 0.0)
    try:
        return max(parsedate_to_datetime(headers.get("retry-after", "")).timestamp() - time.time(), 0.0)
    except (ValueError, OverflowError):
        return None
