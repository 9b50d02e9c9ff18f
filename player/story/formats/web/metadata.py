"""What a web page says of itself beside its text: title, author, date, language."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from player.story.dates import iso_date
from player.story.reading.draft import name_alone

_logger = logging.getLogger(__name__)

_ARTICLE = re.compile(r"\w*(?:Article|Posting)")
"""Types of schema.org that are articles: NewsArticle, BlogPosting, LiveBlogPosting …"""
_DATES = ("article:published_time", "date", "dc.date", "dcterms.created", "pubdate", "publish-date", "parsely-pub-date")
_DATE_LINES = (
    "//*[@class][self::p or self::span or self::div]"
    "[contains(@class, 'byline') or contains(@class, 'date') or contains(@class, 'published')]"
    "[string-length(normalize-space()) < 100]"
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "byl")
_PICTURES = (
    "//img[ancestor::article or ancestor::main or ancestor::figure]"
    "[not(ancestor::nav or ancestor::aside or ancestor::footer)]"
    "[not(@width < 200 or @height < 200)]/@src"
)
"""Pictures in the article; smaller ones are logos and authors' faces."""
_XML = "http://www.w3.org/XML/1998/namespace"


class Metadata:
    """What a page says of itself: JSON-LD first, then OpenGraph and <meta>, then <html lang> and <title>."""

    def __init__(self, tree: Any) -> None:
        meta = {
            (m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
            for m in reversed(tree.xpath("//meta[@content]"))
        }
        article = next(self._articles(tree), {})
        headings = [" ".join(h.text_content().split()) for h in tree.xpath("//h1[not(ancestor::nav)]")]
        declared = [_text(article.get("headline")), _text(article.get("name"))]
        self.title = _title(
            [*declared, *(meta.get(name, "") for name in ("og:title", "twitter:title", "dc.title", "dcterms.title"))],
            headings,
            [" ".join(h.text_content().split()) for h in tree.xpath("//h2")],
            meta.get("og:site_name", ""),
            " ".join(" ".join(tree.xpath("//head/title[1]/text()")).split()),
        )
        self.byline = _names(article.get("author")) or next(
            filter(None, (_person(meta.get(name, "")) for name in _AUTHORS)), ""
        )
        dates = [_text(article.get("datePublished")), *(meta.get(name, "") for name in _DATES)]
        dates += [line.text_content() for line in tree.xpath(_DATE_LINES)[:5]]
        self.published = next(filter(None, map(iso_date, dates)), "")
        languages = [*tree.xpath("/html/@lang"), *tree.xpath("/html/@xml:lang", namespaces={"xml": _XML})]
        self.language = (
            (languages[0] if languages else "") or _text(article.get("inLanguage")) or meta.get("og:locale", "")
        )

        described = (_text(article.get("description")), meta.get("og:description", ""), meta.get("description", ""))
        self.descriptions = [" ".join(one.split()) for one in described if one]
        """What the page says it is about."""
        declared = [_picture(article.get("image")), meta.get("og:image", ""), meta.get("twitter:image", "")]
        self.pictures = [*filter(None, declared), *map(str, tree.xpath(_PICTURES))]
        """Addresses of the story's own picture, perhaps relative ones, the best first."""

    def _articles(self, tree: Any) -> Iterator[dict[str, Any]]:
        for script in tree.xpath("//script[@type='application/ld+json']/text()"):
            try:
                yield from _find_articles(json.loads(script))
            except (ValueError, RecursionError):  # common, and only one of three sources
                _logger.debug("broken JSON-LD", exc_info=True)


def _title(declared: list[str], headings: list[str], below: list[str], site: str, window: str) -> str:
    """Return the story's own title: what the page declares, without the site's name that many add to it."""
    shown = {heading.casefold() for heading in headings}
    seen = [one for one in declared if one and one.casefold() in shown]
    # an encyclopedia's "headline" says what it is about
    title = next(filter(None, [*seen, *declared]), "")
    if not title:
        alone = headings[0] if len(headings) == 1 else ""
        behind = re.fullmatch(rf"(.+?)\s+[|–—:·-]\s+{re.escape(alone)}", window) if alone else None
        if behind:
            return behind[1]  # the only <h1> of some pages is the site's name
        named = [one for one in below if len(one) > 3 and window.startswith(one)]
        return alone if alone in window or not named else named[0]
    for heading in headings:
        if len(heading) > 8 and title.startswith(heading):
            return heading
    return re.sub(rf"\s+[|–—:·-]\s+{re.escape(site)}\s*$", "", title) if site else title


def _find_articles(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _find_articles(one)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        yield from _find_articles(data.get("@graph", []))


def _text(value: object) -> str:
    return unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", value)) if isinstance(value, str) else ""


def _picture(value: object) -> str:
    """Return the address of a picture in JSON-LD, which is an address, an object with one, or a list of either."""
    one = value[0] if isinstance(value, list) and value else value
    return _text(one.get("url") if isinstance(one, dict) else one)


def _names(value: object) -> str:
    """Authors of JSON-LD: a name, an object with one, or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in people]
    return ", ".join(filter(None, map(_person, names)))


def _person(name: str) -> str:
    """Return a name; empty for the address of a profile.

    >>> _person("By Dan Barry"), _person("Saki, 1870-1916"), _person("Austen, Jane, 1775-1817")
    ('Dan Barry', 'Saki', 'Jane Austen')
    """
    name = name_alone(unescape(name))
    if library := _LIBRARY.fullmatch(name):
        return " ".join(filter(None, (library["given"], library["family"])))
    return "" if name.startswith(("http:", "https:", "@")) else name


_LIBRARY = re.compile(r"(?P<family>[^,]+)(?:, (?P<given>[^,\d]+))?, (?:\d{4}\??|\?)? ?[-–] ?(?:\d{4}\??)?")
"""How libraries write a name: turned round, with the years of a life."""
