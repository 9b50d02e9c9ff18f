"""A server for a feed and its files, and nothing else of the machine."""

from __future__ import annotations

import logging
import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path, PurePath
from socketserver import TCPServer
from typing import BinaryIO

from player.errors import UsageError
from player.export.podcast.episodes import AUDIO, TRANSCRIPTS, is_own, unquoted

_logger = logging.getLogger(__name__)

_TYPES = {
    **AUDIO,
    **TRANSCRIPTS,
    ".xml": "application/rss+xml; charset=utf-8",
    ".json": "application/json+chapters",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_STEP = 1 << 16


class FeedServer(ThreadingHTTPServer):
    """Serves certain files by name. `serve_forever` runs it, `shutdown` ends it."""

    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = os.name != "nt"  # which on Windows lets two programs share a port

    def __init__(self, host: str, port: int) -> None:
        """Port 0 takes any free port. Raises UsageError when it cannot listen there."""
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"cannot serve at {host}:{port} ({reason})", "choose another --port") from error
        self.files: Mapping[str, Path | bytes] = {}
        """{name: file, or its content}."""

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which takes seconds in some networks."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    @property
    def url(self) -> str:
        """Return the server's address, as seen from other machines if it listens to them."""
        host, port = str(self.server_address[0]), self.server_address[1]
        if host == "0.0.0.0":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                with suppress(OSError):
                    probe.connect(("192.0.2.1", 9))  # sends nothing; only selects a route
                host = probe.getsockname()[0]
        return f"http://{host}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore errors of a connection: phones often hang up midway."""
        _logger.info("the answer broke off", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 300  # seconds, for a phone that vanished
    server: FeedServer

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing about requests."""

    def version_string(self) -> str:
        return "listen"

    def _answer(self, *, body: bool) -> None:
        try:
            name = unquoted(self.path).removeprefix("/")
        except ValueError:  # no valid address, such as "http://["
            name = ""
        file = self._opened(name)
        if file is None:
            self._empty(HTTPStatus.NOT_FOUND)
            return
        with file:
            size = file.seek(0, 2)
            wanted = self._range(size)
            if wanted is not None and not wanted:
                self._empty(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"bytes */{size}")
                return
            part = range(size) if wanted is None else wanted
            self.send_response(HTTPStatus.OK if wanted is None else HTTPStatus.PARTIAL_CONTENT)
            suffix = PurePath(name).suffix.lower()
            self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(part)))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("X-Content-Type-Options", "nosniff")
            if wanted is not None:
                self.send_header("Content-Range", f"bytes {part[0]}-{part[-1]}/{size}")
            self.end_headers()
            if body:
                self._send(file, part)

    def _opened(self, name: str) -> BinaryIO | None:
        """Return an open file, or None when it is not served, missing, or has become a link."""
        found = self.server.files.get(name)
        if isinstance(found, bytes):
            return BytesIO(found)
        try:
            return found.open("rb") if found is not None and is_own(found) else None
        except OSError:
            _logger.warning("%s cannot be served", name, exc_info=True)
            return None

    def _send(self, file: BinaryIO, part: range) -> None:
        file.seek(part.start)
        left = len(part)
        while left > 0 and (data := file.read(min(_STEP, left))):
            self.wfile.write(data)
            left -= len(data)

    def _range(self, size: int) -> range | None:
        """Return the requested bytes (RFC 9110, 14.1.2): an empty range if there are none, None for the whole file.

        Malformed and multiple ranges may be answered with the whole file.
        """
        match = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        if match is None or match[0] == "bytes=-":
            return None
        if not match[1]:
            return range(max(size - int(match[2]), 0), size)
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            return None
        return range(first, min(last + 1 if match[2] else size, size))

    def _empty(self, status: HTTPStatus, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
