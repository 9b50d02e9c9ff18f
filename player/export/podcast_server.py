"""Serves a feed and its files on the network, and nothing else of the machine."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from player.errors import UsageError
from player.export.podcast_episodes import AUDIO, TRANSCRIPTS

_TYPES = {
    **AUDIO,
    **TRANSCRIPTS,
    ".xml": "application/rss+xml; charset=utf-8",
    ".json": "application/json+chapters",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_STEP = 1 << 16


class FeedServer(ThreadingHTTPServer):
    """Serves some files by their names alone. `serve_forever` runs it, `shutdown` ends it."""

    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        """Port 0 is any that is free. Raises UsageError when it cannot listen there."""
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UsageError(f"cannot serve at {host}:{port} ({reason})", "choose another --port") from error
        self.files: dict[str, Path] = {}
        """What may be asked for: name -> file."""

    @property
    def url(self) -> str:
        """Where it is reached: from other machines, if it listens to them."""
        host, port = str(self.server_address[0]), self.server_address[1]
        if host in ("0.0.0.0", "::"):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                with suppress(OSError):
                    probe.connect(("192.0.2.1", 9))  # sends nothing; only says which way it would go
                host = probe.getsockname()[0]
        return f"http://{host}:{port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A phone that hangs up in the middle is no event."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FeedServer

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: what others ask for is not printed."""

    def version_string(self) -> str:
        return "listen"

    def _answer(self, *, body: bool) -> None:
        path = self.server.files.get(unquote(urlsplit(self.path).path).removeprefix("/"))
        if path is None:
            self._empty(HTTPStatus.NOT_FOUND)
            return
        try:
            file = path.open("rb")
        except OSError:
            self._empty(HTTPStatus.NOT_FOUND)
            return
        with file:
            size = file.seek(0, 2)
            first, last = self._range(size)
            if first > last and size:
                self._empty(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, f"bytes */{size}")
                return
            part = last - first + 1 < size
            self.send_response(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK)
            self.send_header("Content-Type", _TYPES.get(path.suffix.lower(), "application/octet-stream"))
            self.send_header("Content-Length", str(last - first + 1))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("X-Content-Type-Options", "nosniff")
            if part:
                self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
            self.end_headers()
            file.seek(first)
            left = last - first + 1 if body else 0
            while left > 0 and (data := file.read(min(_STEP, left))):
                self.wfile.write(data)
                left -= len(data)

    def _range(self, size: int) -> tuple[int, int]:
        """First and last byte that are wanted (RFC 9110, 14.1.2); first > last when there are none such."""
        match = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        if match is None or match[0] == "bytes=-":
            return 0, size - 1  # none, or several at once: the whole file is a right answer
        if not match[1]:
            return max(size - int(match[2]), 0), size - 1
        return int(match[1]), min(int(match[2] or size), size - 1)

    def _empty(self, status: HTTPStatus, content_range: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()
