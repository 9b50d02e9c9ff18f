"""JSON Feed (jsonfeed.org), versions 1 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from player.errors import SourceError
from player.story.dates import iso_date
from player.story.html.blocks import add_blocks
from player.story.model import BlockKind
from player.story.reading.draft import Draft
from player.story.reading.feed import Entry, Feed
from player.story.reading.lines.plain_paragraphs import joined, paragraphs
from player.story.reading.raw_source import RawSource
from player.story.text import clean

_MOST = 500
"""Entries: more than anybody chooses from."""
_WHOLE = 400
"""Characters from which an entry's content is the whole story, and no teaser."""
_LONGEST_TITLE = 300


def read(raw: RawSource) -> Feed:
    """Return the feed. Raises SourceError when no entry is readable."""
    try:
        feed = json.loads(raw.text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{raw.name} is a damaged feed") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    found = [_entry(item, raw.name) for item in _dicts(items)]
    entries = [entry for entry in found if entry.blocks or entry.link][:_MOST]
    if not entries:
        raise SourceError(f"there are no stories in the feed {raw.name}", "try again when it has some")
    entries.sort(key=lambda entry: entry.published, reverse=True)
    return Feed(_words(feed, "title"), tuple(entries), _words(feed, "language"))


def _entry(item: dict[str, Any], base: str) -> Entry:
    draft = Draft()
    if html := _words(item, "content_html"):
        add_blocks(draft, html)
    else:
        for lines in paragraphs(_words(item, "content_text")):
            draft.add(BlockKind.PARAGRAPH, joined(lines))
    whole = sum(len(text) for _, text, _ in draft.blocks) >= _WHOLE
    if not draft.blocks and (summary := _words(item, "summary")):
        draft.add(BlockKind.PARAGRAPH, summary)
    link = _link(_words(item, "external_url") or _words(item, "url"), base)
    title = clean(_words(item, "title"))[:_LONGEST_TITLE]
    return Entry(
        key=_words(item, "id") or link or title,
        title=title,
        blocks=tuple(draft.blocks),
        notes=tuple(draft.notes),
        whole=whole or not link,
        link=link,
        byline=", ".join(_authors(item)),
        published=iso_date(_words(item, "date_published") or _words(item, "date_modified")),
        updated=_words(item, "date_modified"),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    for author in [*_dicts(item.get("authors")), *_dicts([item.get("author")])]:
        if name := clean(_words(author, "name")):
            yield name


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _words(item: dict[str, Any], name: str) -> str:
    """Return a field; empty when it is missing or of another type. An id may be a number."""
    value = item.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _link(address: str, base: str) -> str:
    """Return an http or https address; empty for any other, and for none."""
    if not address.strip():
        return ""
    try:
        link = urljoin(base if base.startswith("http") else "", address.strip())
        return link if urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname else ""
    except ValueError:
        return ""
