"""Pages from the network: bounded in time and size, kept with their validators, so that they open off-line."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from player.errors import SourceError
from player.story.sources.raw import RawSource

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

TIMEOUT = 20.0
"""Seconds for all of it: looking up, connecting, redirects, reading."""
LARGEST = 10_000_000
"""Bytes of a page."""
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; ListenToStory; reads one page for its user)",
    "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Language": "*",
}
_OK, _NOT_MODIFIED = 200, 304


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is remembered of a kept page beside its bytes."""

    url: str
    content_type: str
    charset: str
    etag: str
    modified: str
    digest: str
    """SHA-256 of the bytes: a damaged file is as good as none."""


def fetch(
    url: str,
    *,
    pages: Path | None = None,
    refresh: bool = False,
    timeout: float = TIMEOUT,
    largest: int = LARGEST,
) -> RawSource:
    """The page at a URL; the kept one at once, without the network, unless `refresh`.

    With `refresh` the server is asked whether it has changed. Raises SourceError: unreachable, refused, too slow
    (`timeout` in seconds), too large (`largest` in bytes).
    """
    kept = _load(pages, url)
    if kept is not None and not refresh:
        return _raw(*kept)
    from urllib3 import PoolManager, Retry, Timeout  # 0.09 s, for pages only
    from urllib3.exceptions import HTTPError

    end = time.monotonic() + timeout
    headers = dict(_HEADERS)
    if kept is not None:
        headers |= {k: v for k, v in (("If-None-Match", kept[0].etag), ("If-Modified-Since", kept[0].modified)) if v}
    host = urlsplit(url).hostname or url
    try:
        with PoolManager(retries=Retry(connect=1, read=0, redirect=8, raise_on_redirect=True)) as pool:
            answer = pool.request("GET", url, headers=headers, preload_content=False, timeout=Timeout(total=timeout))
            if answer.status == _NOT_MODIFIED and kept is not None:
                return _raw(*kept)
            if answer.status != _OK:
                raise SourceError(f"{host} answers {answer.status} {answer.reason or ''}", _advice(answer.status))
            data = _body(answer, host, end, timeout, largest)
    except (HTTPError, ValueError) as error:
        raise SourceError(
            f"{host} cannot be reached ({_reason(error)})", "check the address and the network"
        ) from error
    about = _about(url, answer, data)
    _keep(pages, about, data)
    return _raw(about, data)


def _body(answer: BaseHTTPResponse, host: str, end: float, timeout: float, largest: int) -> bytes:
    parts, size = [], 0
    for part in answer.stream(16_384, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise SourceError(f"the page at {host} is larger than {largest / 1e6:g} MB", "is it a story?")
        if time.monotonic() > end:
            raise SourceError(f"{host} took longer than {timeout:g} s", "try again later")
    return b"".join(parts)


def _advice(status: int) -> str:
    if status in (401, 402, 403, 429, 451):
        return "open it in a browser, save it as HTML, and give that file"
    return "check the address" if status in (404, 410) else "try again later"


def _reason(error: Exception) -> str:
    """The innermost cause in a few words: urllib3 wraps it in layers of class names."""
    from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, ReadTimeoutError

    cause: object = getattr(error, "reason", None) or error
    if isinstance(cause, NameResolutionError):
        return "no such host"
    if isinstance(cause, ConnectTimeoutError | ReadTimeoutError):
        return "it took too long"
    text = str(cause)
    return (text.rpartition(": ")[2] or text)[:120]


def _about(url: str, answer: BaseHTTPResponse, data: bytes) -> _Kept:
    media, _, parameters = answer.headers.get("Content-Type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip("\"' ")
    return _Kept(
        url,
        media.strip().lower(),
        charset,
        answer.headers.get("ETag", ""),
        answer.headers.get("Last-Modified", ""),
        hashlib.sha256(data).hexdigest(),
    )


def _raw(about: _Kept, data: bytes) -> RawSource:
    return RawSource(data, about.url, about.content_type, about.charset)


# -- the kept pages --------------------------------------------------------------------------------------------


def _file(pages: Path, url: str) -> Path:
    return pages / f"{hashlib.sha256(url.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.page"


def _load(pages: Path | None, url: str) -> tuple[_Kept, bytes] | None:
    """The first line says what it is, the rest is the page."""
    if pages is None:
        return None
    try:
        line, _, data = _file(pages, url).read_bytes().partition(b"\n")
        about = _Kept(**json.loads(line))
    except (OSError, ValueError, TypeError):
        return None
    return (about, data) if about.url == url and about.digest == hashlib.sha256(data).hexdigest() else None


def _keep(pages: Path | None, about: _Kept, data: bytes) -> None:
    """Keep a page. That this fails is no reason not to read it."""
    if pages is None:
        return
    temporary: Path | None = None
    try:
        pages.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=pages, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            file.write(json.dumps(asdict(about)).encode() + b"\n" + data)
        temporary.replace(_file(pages, about.url))
    except OSError:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
