"""A real local web server with pages given by a test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Web:
    """The served pages: {path: function that answers a request}."""

    address: str
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Requested paths, in order."""
    released: threading.Event = field(default_factory=threading.Event)
    """Set when the test ends: hanging pages wait for it."""

    def page(self, path: str, body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Serve a page; return its URL. Header names are written with _ for -."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            etag = headers.get("ETag")
            fresh = etag is not None and request.headers.get("If-None-Match") == etag
            request.send_response(304 if fresh else 200)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Type", content_type)
            request.send_header("Content-Length", "0" if fresh else str(len(body)))
            request.end_headers()
            if not fresh:
                request.wfile.write(body)

        self.pages[path] = answer
        return self.address + path


@contextmanager
def serving() -> Iterator[Web]:
    """Context: a running server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            if self.path in web.pages:
                web.pages[self.path](self)
            else:
                self.send_error(404, "Not Found")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with answering(Handler) as address:
        web = Web(address)
        try:
            yield web
        finally:
            web.released.set()


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Context: a server on this machine that answers by a handler, each request in a thread; its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
