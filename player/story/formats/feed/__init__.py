"""Feeds: RSS 0.9x, 1.0 and 2.0, and Atom, through feedparser, which reads most malformed ones, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from player.errors import SourceError
from player.story.dates import iso_date
from player.story.html.blocks import add_blocks
from player.story.html.markup import readable
from player.story.reading.draft import Draft
from player.story.reading.feed import Entry, Feed
from player.story.reading.raw_source import RawSource
from player.story.text import clean

LARGEST = 10_000_000
"""Bytes: the feed of a long-running podcast with notes. feedparser takes 2 to 10 s for it."""
_MOST = 500
"""Entries: more than anybody chooses from."""
_LONGEST_TITLE = 300
"""Characters of a title that are kept."""
_ROOT = re.compile(r"<(?:rss|(?:\w+:)?feed|(?:\w+:)?RDF)[\s>]")
_CONTENT, _SUMMARY = 400, 1500
"""Characters from which an entry's content, or its mere description, is taken for the whole story."""
_TEASER = re.compile(
    r"(?:…|\.\.\.|…\]|\.\.\.\]"
    r"|read (?:more|on)|read the (?:full|whole|rest|complete|original)\b.{0,60}|(?:continue|keep) reading\b.{0,80}"
    r"|weiterlesen|mehr lesen|lire (?:la suite|plus)|leer más|sigue leyendo|leggi tutto|continua a leggere"
    r"|lees (?:verder|meer)|leia mais)[\s\W]{0,5}$",
    re.IGNORECASE,
)
"""Endings of a summary that is the beginning of the story."""
_NO_TEASER = 4000
"""Characters. A longer text is whole, whatever its ending."""
_FIRST_ON = re.compile(
    r"(?:The post|Der Beitrag|L’article|L'article|La entrada|O post|L'articolo|Het bericht) .{1,300} "
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|se publicó primero en|apareceu primeiro em"
    r"|proviene da|verscheen eerst op) .{1,200}"
)
"""A line that WordPress adds below each entry."""
_INLINE = re.compile(r"</?(?:a|abbr|b|br|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|tt|u)(?:\s[^>]*)?/?>", re.I)
_NAMED = re.compile(r"\(([^()@]{1,100})\)|^([^<@]{1,100}?)\s*<")
_LATEST = (9999,)
"""Sorts after any date."""


def read(raw: RawSource) -> Feed:
    """Return the feed. Raises SourceError when no entry is readable."""
    if len(raw.data) > LARGEST:
        raise SourceError(f"the feed {raw.name} is larger than {LARGEST // 1_000_000} MB", "give a shorter one")
    try:
        parsed = _parsed(raw)
        found = (_entry(item, _words(parsed.feed, "link")) for item in _newest_first(parsed.entries))
        entries = tuple(islice((entry for entry in found if entry.blocks or entry.link), _MOST))
        if not entries:
            raise _nothing(raw, parsed)
        return Feed(_plain(parsed.feed, "title"), entries, _language(parsed.feed))
    except (LookupError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        # Errors of feedparser on damaged feeds; some fields then have other types.
        raise SourceError(f"{raw.name} is a damaged feed ({error})") from error


def _parsed(raw: RawSource) -> Any:
    import feedparser  # 0.09 s, for feeds only

    text = readable(raw.text)
    root = _ROOT.search(text)
    # Removed, because text before the root may declare entities that expand to gigabytes.
    data = '<?xml version="1.0" encoding="utf-8"?>' + text[root.start() if root else 0 :]
    headers = {"content-type": "application/xml; charset=utf-8"}
    if raw.name.startswith(("http://", "https://")):
        headers["content-location"] = raw.name
    return feedparser.parse(
        BytesIO(data.encode("utf-8", "replace")),  # bytes, because a string might be taken for an address and fetched
        response_headers=headers,
        resolve_relative_uris=False,
        sanitize_html=False,  # only its words are used
    )


def _nothing(raw: RawSource, parsed: Any) -> SourceError:
    if any(item.get("enclosures") for item in parsed.entries):
        hint = "a podcast player plays them"
        return SourceError(f"{raw.name} is a podcast: its entries are recordings and have no text", hint)
    if parsed.bozo and not parsed.entries:
        return SourceError(f"{raw.name} is a damaged feed: no entry can be read")
    return SourceError(f"there are no stories in the feed {raw.name}", "try again when it has some")


def _entry(item: Any, base: str) -> Entry:
    """Return an entry; a mere recording has neither blocks nor a link."""
    draft, explicit = _body(item)
    if draft.blocks and _FIRST_ON.fullmatch(draft.blocks[-1][1]):
        draft.blocks.pop()
    text = " ".join(said for _, said, _ in draft.blocks)
    short = len(text) < _NO_TEASER and _TEASER.search(text[-200:]) is not None
    link = _link(_words(item, "feedburner_origlink") or _words(item, "link"), base)
    title = _plain(item, "title")
    return Entry(
        key=link or _words(item, "id") or f"{title}\n{text}",
        title=title,
        blocks=tuple(draft.blocks),
        notes=tuple(draft.notes),
        whole=not short and len(text) >= (_CONTENT if explicit else _SUMMARY),
        link=link if text or not item.get("enclosures") else "",
        byline=_byline(item),
        published=_published(item),
        updated=_words(item, "updated"),
    )


def _body(item: Any) -> tuple[Draft, bool]:
    """Return an entry's longest text, and True if the feed calls it content."""
    found: list[tuple[Any, bool]] = [(part, True) for part in item.get("content", [])]
    if summary := item.get("summary_detail"):
        found.append((summary, False))
    draft = Draft()
    if not found:
        return draft, False
    part, explicit = max(found, key=lambda one: len(_words(one[0], "value")))
    value = _words(part, "value")
    if part.get("type") == "text/plain":
        value = escape(value).replace("\n", "<br>")
    if value.strip():
        add_blocks(draft, value)
    return draft, explicit


def _newest_first(items: Sequence[Any]) -> list[Any]:
    """Return the entries by date, newest first. One without a date stays below its predecessor."""
    before: tuple[int, ...] = _LATEST
    placed = []
    for item in items:
        before = _when(item) or before
        placed.append((before, item))
    return [item for _, item in sorted(placed, key=lambda one: one[0], reverse=True)]


def _when(item: Any) -> tuple[int, ...]:
    """Return UTC as (year, month, day, hour, minute, second), or empty."""
    return tuple((dict.get(item, "published_parsed") or dict.get(item, "updated_parsed") or ())[:6])


def _published(item: Any) -> str:
    """Return the date in the publisher's time zone if it is readable, else in UTC."""
    written = iso_date(_words(item, "published") or _words(item, "updated"))
    when = _when(item)
    return written or (iso_date("{:04}-{:02}-{:02}".format(*when)) if when else "")


def _words(item: Any, name: str) -> str:
    """Return a field; empty when it is missing, or is no text because the feed is damaged."""
    # Bypasses feedparser's substitute of "published" for "updated", which warns.
    value = dict.get(item, name)
    return value if isinstance(value, str) else ""


def _plain(item: Any, name: str) -> str:
    """Return a title in one line. RSS does not tell whether titles are HTML."""
    text = _words(item, name)
    if (item.get(f"{name}_detail") or {}).get("type") != "text/plain" or "<" in text or "&" in text:
        text = unescape(_INLINE.sub("", readable(text)))
    return clean(text)[:_LONGEST_TITLE].rstrip()


def _byline(item: Any) -> str:
    """Return names without mail addresses."""
    written = _words(item, "author")
    if "@" in written:  # "ada@example.com (Ada Lind)", as in RSS
        named = _NAMED.search(written)
        return named[1] or named[2] if named else ""
    return ", ".join(filter(None, (_words(one, "name") for one in item.get("authors", [])))) or written


def _language(feed: Any) -> str:
    return _words(feed, "language") or _words(feed.get("title_detail") or {}, "language")


def _link(address: str, base: str) -> str:
    """Return an http or https address; empty for any other."""
    if not address.strip():
        return ""
    try:
        link = urljoin(base, address.strip())
        web = urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname
    except ValueError:
        return ""
    return link if web else ""
