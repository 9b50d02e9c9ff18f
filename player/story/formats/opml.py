"""OPML: the list of feeds that a feed reader exports, or an outline.

Each feed is an entry; choosing one opens its newest stories. In an outline, what has parts is a heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from player.errors import SourceError
from player.story.model import BlockKind
from player.story.reading.draft import Draft
from player.story.reading.feed import Entry, Feed
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.xml_tree import xml_tree
from player.story.text import clean

_MOST = 2_000
"""Feeds of a list."""
_DEEPEST_HEADING = 6
_DEEPEST = 50


def read(raw: RawSource) -> Feed | Draft:
    """Return the list, or the draft of an outline. Raises SourceError when it names no feed, and has no words."""
    tree = xml_tree(raw.text)
    entries = list(_entries(tree)) if tree is not None else []
    title = clean(tree.findtext(".//{*}head/{*}title") or "") if tree is not None else ""
    if entries:
        return Feed(title, tuple(entries[:_MOST]))
    draft = Draft(title=title)
    if tree is not None and not tree.xpath("boolean(//*[@type='rss' or @type='atom' or @htmlUrl])"):
        for body in tree.iter("{*}body"):
            _add(draft, body, 1)
    if not draft.blocks:
        raise SourceError(f"{raw.name} is a list of feeds that names none", "export it anew from the feed reader")
    return draft


def _entries(tree: Any) -> Iterator[Entry]:
    for outline in tree.iter("{*}outline"):
        link = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        if link.startswith(("http://", "https://")):
            yield Entry(key=link, title=clean(outline.get("title") or outline.get("text") or link), link=link)


def _add(draft: Draft, parent: Any, depth: int) -> None:
    """Add the parts of an outline, with their notes."""
    for outline in parent.iterchildren("{*}outline"):
        is_heading = outline.find("{*}outline") is not None and depth < _DEEPEST_HEADING
        kind = BlockKind.HEADING if is_heading else BlockKind.LIST_ITEM
        if text := _words(outline.get("text") or outline.get("title") or ""):
            draft.add(kind, text, depth + 1 if is_heading else 1)
        for paragraph in (outline.get("_note") or "").split("\n\n"):
            if text := _words(paragraph):
                draft.add(BlockKind.PARAGRAPH, text)
        if depth < _DEEPEST:
            _add(draft, outline, depth + 1)


def _words(text: str) -> str:
    """Return a text without the tags that outliners keep in it."""
    if "<" in text:
        from lxml.html import fragment_fromstring

        text = str(fragment_fromstring(text, create_parent="p").text_content())
    return text.strip()
