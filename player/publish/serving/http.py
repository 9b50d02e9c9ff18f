"""The server: waitress, which takes many connections, and sends large files to slow clients without a thread for
each."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

from player.errors import UsageError
from player.story.opening.http.hosts import is_this_machine

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A WSGI application."""

_THREADS = 8
"""Requests answered at a time. A file is sent by the server's own loop, so that a slow client keeps no thread."""
_CONNECTIONS = 1000
_IDLE_SECONDS = 120
"""A connection on which nothing moves for so long is closed."""
_TICK = 0.5
"""Seconds until a shutdown is noticed, at the latest."""

logging.getLogger("waitress").addHandler(logging.NullHandler())  # what phones do wrong is not for the terminal


class HouseServer:
    """Serves an application. `serve_forever` runs it, `shutdown` ends it, from any thread."""

    def __init__(self, host: str, port: int, application: Application) -> None:
        """Port 0 takes any free port. Raises UsageError when it cannot listen there."""
        from waitress.server import create_server  # 0.03 s

        self._sockets: dict[int, Any] = {}
        self._stopping = False
        try:
            listening = _listening(host, port)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            hint = "check --host" if isinstance(error, socket.gaierror) else "choose another --port"
            raise UsageError(f"cannot serve at {host}:{port} ({reason})", hint) from error
        self.address: tuple[str, int] = listening.getsockname()[:2]
        self._server = create_server(
            application,
            map=self._sockets,
            sockets=[listening],
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            max_request_body_size=4096,
            ident="listen",
            asyncore_use_poll=True,
        )

    @property
    def url(self) -> str:
        """Return the server's address, as seen from other machines if it listens to them."""
        host, port = self.address
        if host in ("0.0.0.0", "::"):
            host = _own_address() or host
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def serve_forever(self) -> None:
        """Answer requests until `shutdown`."""
        from waitress import wasyncore

        while not self._stopping:
            wasyncore.loop(timeout=_TICK, use_poll=True, map=self._sockets, count=1)

    def shutdown(self) -> None:
        """Make `serve_forever` return."""
        self._stopping = True
        with suppress(OSError):
            self._server.pull_trigger()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self._stopping = True
        self._server.task_dispatcher.shutdown(timeout=1)
        for one in list(self._sockets.values()):
            with suppress(OSError):
                one.close()


def is_only_here(url: str) -> bool:
    """Return True if no other machine reaches this one by an address."""
    return is_this_machine(urlsplit(url).hostname or "")


def _own_address() -> str:
    """Return this machine's address in its network; empty when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # sends nothing; only selects a route
        return str(probe.getsockname()[0])
    found: list[str] = []
    with suppress(OSError, UnicodeError):  # in a network without a way out, what the machine's name stands for
        found = [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return next((address for address in found if not is_this_machine(address)), "")


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address. Raises OSError, OverflowError."""
    if not 0 <= port <= 65535:  # getaddrinfo would take the rest of a division
        raise OverflowError("a port is a number from 0 to 65535")
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where two programs could share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except BaseException:
        made.close()
        raise
    return made
