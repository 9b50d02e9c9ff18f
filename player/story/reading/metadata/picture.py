"""A story's own picture, chosen from the addresses that its source gives."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from player.story.model import Picture

_LARGEST = 12_000_000
"""Characters of a picture embedded in the page."""
_LEAST = 1000
"""Bytes. Smaller embedded pictures are placeholders."""


def picture_at(page: str, addresses: Iterable[str], *, inside: bool = False) -> Picture | None:
    """Return the first usable picture; `page` is the URL with these addresses, or a file's name.

    `inside` is True for a page on this machine or in a private network. Web addresses in a local file are skipped:
    fetching them would tell others that it is being read.
    """
    for address in addresses:
        try:
            found = _picture(page, address.strip(), inside)
        except ValueError:
            continue
        if found is not None:
            return found
    return None


def _picture(page: str, address: str, inside: bool) -> Picture | None:
    """Return the picture at an address, or None. Raises ValueError for an invalid address."""
    if address[:5].lower() == "data:":
        data = _data(address) if len(address) <= _LARGEST else b""
        return Picture(data=data) if len(data) >= _LEAST else None
    if page.startswith(("http://", "https://")):
        url = urljoin(page, address)
        return Picture(url=url, inside=inside) if address and url.startswith(("http://", "https://")) else None
    parts = urlsplit(address)
    path = unquote(parts.path)
    if not path or parts.scheme or parts.netloc or "\0" in path or "\\" in path or path.startswith("/"):
        return None
    return Picture(path=path)


def _data(address: str) -> bytes:
    """Return the content of a data: URL (RFC 2397)."""
    kind, _, content = address[5:].partition(",")
    if not kind.lower().startswith("image/"):
        return b""
    if not kind.lower().endswith(";base64"):
        return unquote_to_bytes(content)
    try:
        return b64decode(unquote(content))
    except binascii.Error:
        return b""
