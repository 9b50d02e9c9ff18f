"""OPML: the list of feeds that a feed reader exports. Each feed is an entry; choosing one opens its newest stories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from player.errors import SourceError
from player.story.reading.feed import Entry, Feed
from player.story.reading.raw_source import RawSource
from player.story.reading.xml_tree import xml_tree
from player.story.text import clean

_MOST = 2_000
"""Feeds of a list."""


def read(raw: RawSource) -> Feed:
    """Return the list. Raises SourceError when it names no feed."""
    tree = xml_tree(raw.text)
    entries = list(_entries(tree)) if tree is not None else []
    if not entries:
        raise SourceError(f"{raw.name} is a list of feeds that names none", "export it anew from the feed reader")
    return Feed(clean(tree.findtext(".//{*}head/{*}title") or ""), tuple(entries[:_MOST]))


def _entries(tree: Any) -> Iterator[Entry]:
    for outline in tree.iter("{*}outline"):
        link = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if link.startswith(("http://", "https://")):
            yield Entry(key=link, title=clean(outline.get("title") or outline.get("text") or link), link=link)
