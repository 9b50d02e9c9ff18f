"""One request to one address, over connections that another thread can break off."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import ExitStack, suppress
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies, proxy_bypass

from player.story.opening.http.hosts import is_this_machine

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, PoolManager
    from urllib3.connection import HTTPConnection
    from urllib3.util import Url


class Connections:
    """All connections made for one page. For one thread; `abandon` may be called from any other."""

    def __init__(self, end: float) -> None:
        """`end` is the deadline, on `time.monotonic()`."""
        self._end = end
        self.abandoned = Event()
        self._now: HTTPConnection | None = None
        self._open = ExitStack()
        self._trusted: ssl.SSLContext | None = None

    def ask(self, url: Url, address: str, headers: dict[str, str], seconds: float) -> BaseHTTPResponse:
        """Return the answer of the host at an address, without its body. Connecting may take `seconds`.

        Raises urllib3's errors, OSError, ValueError.
        """
        assert url.host is not None
        plain, secure = self._kinds()
        if url.scheme == "https":
            name = url.host.strip("[]")
            pool: HTTPConnectionPool = secure(
                address, url.port, ssl_context=self._trust(), server_hostname=name, timeout=None
            )
        else:
            pool = plain(address, url.port)
        self._open.callback(pool.close)
        to_host = {**headers, "Host": url.netloc or ""}
        return pool.urlopen("GET", url.request_uri, headers=to_host, **self._manner(seconds))

    def ask_by(self, proxy: str, url: Url, headers: dict[str, str]) -> BaseHTTPResponse:
        """Return the answer through a proxy, which looks up the name itself. Raises as `ask`."""
        from urllib3 import ProxyManager

        manager = ProxyManager(proxy, ssl_context=self._trust())
        plain, secure = self._kinds()
        manager.pool_classes_by_scheme = {"http": plain, "https": secure}
        self._open.callback(manager.clear)
        return manager.urlopen("GET", url.url, headers=headers, **self._manner(self.left))

    @property
    def left(self) -> float:
        """Return the seconds until the deadline."""
        return max(self._end - time.monotonic(), 0.01)

    def close(self) -> None:
        """Close all connections."""
        self._open.close()

    def abandon(self) -> None:
        """Break off all connections, so that the thread waiting for a server continues at once."""
        self.abandoned.set()
        connection = self._now
        if connection is not None and connection.sock is not None:
            with suppress(OSError, AttributeError):  # closed already; or TLS within TLS, with a proxy
                connection.sock.shutdown(socket.SHUT_RDWR)

    def _manner(self, seconds: float) -> dict[str, Any]:
        from urllib3 import Timeout

        timeout = Timeout(connect=min(seconds, self.left), read=self.left)
        return {"timeout": timeout, "redirect": False, "retries": False, "preload_content": False}

    def _watch(self, connection: HTTPConnection) -> None:
        self._now = connection
        if self.abandoned.is_set():
            raise TimeoutError

    def _kinds(self) -> tuple[type[HTTPConnectionPool], type[HTTPSConnectionPool]]:
        """Return urllib3's pools, changed so that connections are registered here before they are made."""
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool  # 0.09 s, for pages only
        from urllib3.connection import HTTPConnection, HTTPSConnection

        watch = self._watch

        class Plain(HTTPConnection):
            def connect(self) -> None:
                watch(self)
                super().connect()
                watch(self)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                watch(self)
                super().connect()
                watch(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return PlainPool, SecurePool

    def _trust(self) -> ssl.SSLContext:
        if self._trusted is None:
            self._trusted = trusted()
        return self._trusted


def trusted() -> ssl.SSLContext:
    """Return the system's certificate authorities and certifi's: slim containers have none."""
    import certifi

    found = ssl.create_default_context()
    found.load_verify_locations(certifi.where())
    return found


def proxy_for(url: Url) -> str:
    """Return the proxy from the environment (http_proxy, https_proxy, no_proxy); empty when there is none."""
    proxy = getproxies().get(url.scheme or "", "")
    usable = proxy.startswith(("http://", "https://")) and not proxy_bypass(url.netloc or "")
    return proxy if usable else ""


def proxy_of(address: str) -> str:
    """Return the proxy for an address: empty for this machine, which no proxy reaches, and when there is none."""
    from urllib3.util import parse_url

    url = parse_url(address)
    return "" if is_this_machine(url.host or "") else proxy_for(url)


def connected(proxy: str, **options: Any) -> PoolManager:
    """Return new connections with urllib3's `options`, through a proxy unless it is empty."""
    from urllib3 import PoolManager, ProxyManager

    trust = trusted()
    return ProxyManager(proxy, ssl_context=trust, **options) if proxy else PoolManager(ssl_context=trust, **options)
