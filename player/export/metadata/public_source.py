"""A story's source, as an exported file may state it."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from player.story.text import clean


def public_source(source: str) -> str:
    """Return the source without private parts: a URL without its password, a file's name without its folders."""
    if source.startswith(("http://", "https://")):
        url = urlsplit(source)
        return clean(url._replace(netloc=url.netloc.rpartition("@")[2]).geturl())
    return "" if source == "-" else clean(PurePath(source).name)
