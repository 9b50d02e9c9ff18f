"""What a file says of the story in it, apart from the story."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit

from player.story.text import clean


def public_source(source: str) -> str:
    """The source as others may see it: a URL without a password, or a file's name without its folders."""
    if source.startswith(("http://", "https://")):
        url = urlsplit(source)
        return clean(url._replace(netloc=url.netloc.rpartition("@")[2]).geturl())
    return "" if source == "-" else clean(PurePath(source).name)
