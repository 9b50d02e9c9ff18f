"""Web pages: trafilatura finds the article, its document tree gives the blocks; metadata fill the gaps.

trafilatura is the best open extractor measured (F1 0.96 on the article-extraction benchmark) and costs 0.16 s to
import and 15 to 40 ms a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from player.errors import SourceError
from player.story.model import BlockKind
from player.story.sources.building import Draft
from player.story.sources.raw import RawSource

FOOTNOTES = "//sup[a or translate(normalize-space(.), '0123456789[],*†‡ ', '') = '']"
"""Superscripts that are a link or only a mark: a number glued to a word would be read out with it."""
_ALIEN = "//*[self::audio or self::video or self::button or self::form or self::figcaption or @aria-hidden='true']"

_ARTICLES = (
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ReportageNewsArticle",
    "OpinionNewsArticle",
    "ScholarlyArticle",
)
_ENOUGH = 250
"""Characters: less than this is a teaser or an error page, when the page says why."""
_WHY_EMPTY = (
    (
        r"enable javascript|javascript is (?:disabled|required)|requires javascript|turn on javascript",
        "the page needs a browser to show its text",
        "open it there, save it as HTML, and give that file",
    ),
    (
        r"subscribe to (?:continue|read)|subscribers only|already a subscriber|to continue reading|create a free account"
        r"|this article is for subscribers|sign in to read",
        "the story is behind a paywall",
        "open it in a browser where you are signed in, save it as HTML, and give that file",
    ),
    (
        r"we value your privacy|accept (?:all )?cookies|cookie consent|before you continue to|consent to the use",
        "the page shows a consent form in place of the story",
        "open it in a browser, save it as HTML, and give that file",
    ),
    (
        r"verify (?:that )?you are (?:a )?human|checking your browser|captcha|access denied|are you a robot",
        "the site does not let programs read this page",
        "open it in a browser, save it as HTML, and give that file",
    ),
)


def read(raw: RawSource) -> Draft:
    """The draft of a web page. Raises SourceError when it holds no article, saying why if the page shows it."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction  # 0.16 s, for web pages only

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.text)
    try:
        tree = lxml_html.document_fromstring(text)
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise SourceError(f"{raw.name} is no readable web page ({error})") from error
    metadata = _Metadata(tree)
    found: Any = bare_extraction(
        text,
        url=raw.name if raw.name.startswith("http") else None,
        prune_xpath=[FOOTNOTES, _ALIEN],
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
    )
    draft = Draft(
        title=metadata.title or (found.title if found else "") or "",
        byline=metadata.byline or (found.author if found else "") or "",
        published=metadata.published or (found.date if found else "") or "",
        language=metadata.language,
    )
    if found is not None and found.body is not None:
        for kind, said, level in _blocks(found.body):
            draft.add(kind, said, level)
    if sum(len(said) for _, said, _ in draft.blocks) < _ENOUGH:
        _explain(raw, tree, draft)
    return draft


def _explain(raw: RawSource, tree: Any, draft: Draft) -> None:
    """A page with next to no text often says itself why. Raises SourceError then, or when there is none at all."""
    scripts = tree.xpath("//noscript//text()")
    shown = " ".join([*tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"), *scripts])
    for pattern, message, hint in _WHY_EMPTY:
        if re.search(pattern, shown, re.IGNORECASE):
            raise SourceError(f"{message}: {raw.name}", hint)
    if not draft.blocks:
        only_scripts = len(tree.xpath("//script")) > 0 and len(shown.split()) < 20
        message, hint = _WHY_EMPTY[0][1:] if only_scripts else ("no article was found in the page", "")
        raise SourceError(f"{message}: {raw.name}", hint or "is it the page of a single story?")


def _blocks(body: Any) -> Iterator[tuple[BlockKind, str, int]]:
    """The blocks of trafilatura's document tree (TEI-like: p, head, list/item, quote, table/row/cell)."""
    for element in body:
        yield from _element(element, 1)


def _element(element: Any, depth: int) -> Iterator[tuple[BlockKind, str, int]]:
    match element.tag:
        case "head":
            rend = element.get("rend") or "h2"
            yield BlockKind.HEADING, _said(element), int(rend[1:]) if rend[1:].isdigit() else 2
        case "list":
            for number, item in enumerate(element.iterchildren("item"), 1):
                marker = f"{number}. " if element.get("rend") == "ol" else ""
                yield BlockKind.LIST_ITEM, marker + _said(item, skip="list"), depth
                for inner in item.iterchildren("list"):
                    yield from _element(inner, depth + 1)
        case "quote":
            for paragraph in element.findall("p") or [element]:
                yield BlockKind.QUOTATION, _said(paragraph), 0
        case "table":
            rows = [[_said(cell) for cell in row.iterchildren("cell")] for row in element.iter("row")]
            for row in rows:
                yield BlockKind.LIST_ITEM, "; ".join(cell for cell in row if cell), 1
        case "p" | "ab" | "fw":
            yield BlockKind.PARAGRAPH, _said(element), 0
        case "code" | "graphic" | "lb" | "comments":
            return
        case _:
            if len(element) and any(child.tag in ("p", "head", "list", "quote") for child in element):
                for child in element:
                    yield from _element(child, depth)
            else:
                yield BlockKind.PARAGRAPH, _said(element), 0


def _said(element: Any, skip: str = "") -> str:
    """An element's words, with blanks where lines break."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != skip:
            parts.append(" " if child.tag in ("lb", "graphic") else _said(child, skip))
        parts.append(child.tail or "")
    return "".join(parts)


class _Metadata:
    """What a page says of itself: JSON-LD first, then OpenGraph and <meta>, then <html lang> and <title>."""

    def __init__(self, tree: Any) -> None:
        meta = {
            (m.get("property") or m.get("name") or "").lower(): m.get("content") or ""
            for m in reversed(tree.xpath("//meta[@content]"))
        }
        article = next(self._articles(tree), {})
        titles = [*tree.xpath("//h1//text()/ancestor::h1[1]")]
        self.title = (
            _text(article.get("headline")) or meta.get("og:title", "") or meta.get("twitter:title", "")
            or (titles[0].text_content() if len(titles) == 1 else "")
        )  # fmt: skip
        self.byline = (
            _names(article.get("author")) or _person(meta.get("author", "")) or _person(meta.get("article:author", ""))
        )
        self.published = (
            _text(article.get("datePublished")) or meta.get("article:published_time", "") or meta.get("date", "")
        )
        declared = [*tree.xpath("/html/@lang"), *tree.xpath("/html/@xml:lang", namespaces={"xml": _XML})]
        self.language = (
            (declared[0] if declared else "") or _text(article.get("inLanguage")) or meta.get("og:locale", "")
        )

    def _articles(self, tree: Any) -> Iterator[dict[str, Any]]:
        for script in tree.xpath("//script[@type='application/ld+json']/text()"):
            try:
                yield from _find_articles(json.loads(script))
            except (ValueError, RecursionError):
                continue  # broken JSON-LD is common, and only one of three sources


_XML = "http://www.w3.org/XML/1998/namespace"


def _find_articles(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _find_articles(one)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        yield from _find_articles(data.get("@graph", []))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _names(value: object) -> str:
    """Authors of JSON-LD: a name, an object with one, or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in people]
    return ", ".join(filter(None, map(_person, names)))


def _person(name: str) -> str:
    """A name; empty for the address of a profile."""
    return "" if name.startswith(("http:", "https:", "@")) else name.strip()
