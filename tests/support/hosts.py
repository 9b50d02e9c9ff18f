"""Servers with freely chosen behaviour, each at a port of its own."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CERTIFICATE = Path(__file__).parents[1] / "data" / "tls" / "untrusted.pem"


class Caller:
    """An accepted connection."""

    def __init__(self, taken: socket.socket, count: int, ended: threading.Event) -> None:
        self._socket = taken
        self.count = count
        """Its number on its server, from 1."""
        self.since = time.monotonic()
        """When it was accepted."""
        self._ended = ended

    def request(self) -> bytes:
        """Read the request, up to the empty line."""
        read = b""
        while b"\r\n\r\n" not in read and (more := self._socket.recv(4096)):
            read += more
        return read

    def send(self, *parts: bytes | str) -> None:
        """Send parts, one after another."""
        for part in parts:
            self._socket.sendall(part.encode() if isinstance(part, str) else part)

    def for_ever(self, part: bytes, seconds: float = 0.0) -> None:
        """Send a part repeatedly, every `seconds`, until the other side is gone."""
        while not self._ended.wait(seconds):
            self.send(part)

    def hang(self) -> None:
        """Do nothing until the other side is gone, or the test ends."""
        while not self._ended.is_set() and self._socket.recv(4096):
            pass

    def reset(self) -> None:
        """Break off, as after a failure of the machine."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def encrypt(self) -> None:
        """Speak TLS from now on, with an untrusted certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self._socket = context.wrap_socket(self._socket, server_side=True)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()


Behaviour = Callable[[Caller], object]


@contextmanager
def host(behaviour: Behaviour, address: str = "127.0.0.1") -> Iterator[tuple[int, list[Caller]]]:
    """Yield the port of a server with a behaviour, and the connections it has accepted."""
    ended = threading.Event()
    callers: list[Caller] = []

    def answer(caller: Caller) -> None:
        with suppress(OSError):  # the other side has closed
            behaviour(caller)
        caller.close()

    def take(server: socket.socket) -> None:
        with suppress(OSError):  # closed: the test has ended
            while True:
                taken, _ = server.accept()
                callers.append(Caller(taken, len(callers) + 1, ended))
                threading.Thread(target=answer, args=(callers[-1],), daemon=True).start()

    with socket.create_server((address, 0)) as server:
        server.settimeout(None)
        thread = threading.Thread(target=take, args=(server,), daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1], callers
        finally:
            ended.set()
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            for caller in callers:
                caller.close()
            thread.join(5)
