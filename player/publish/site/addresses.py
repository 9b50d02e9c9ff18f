"""The site's address on the web."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from player.errors import UsageError


def base_of(url: str) -> str:
    """Return the address of a folder on the web, with a / at its end. Raises UsageError."""
    try:
        parts = urlsplit(url)
    except ValueError:  # unbalanced brackets
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(f"{url} is no address of a folder on the web", "give --base-url https://example.org/stories/")
    path = quote(parts.path.rstrip("/") + "/", safe="/%:@!$&'()*+,;=~")
    return urlunsplit(parts._replace(path=path))
