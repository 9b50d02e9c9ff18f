"""What stands beside the story on its page, and is removed: other stories, menus, sign-ups, promotions, notices.

Requests for consent, votes and players are in `boxes`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from player.story.furniture import is_furniture
from player.story.html.tree import holds_paragraphs, take_out

_ADDRESS_FIELDS = "//input[@type='email' or contains(@name, 'email') or contains(@placeholder, 'mail')]"
_FIELDS = 20
"""Most sign-up fields examined on a page."""
_BOX = 800
"""Most characters in a box around a field for an e-mail address."""
_POPPED_UP = re.compile(r"pop-?up|modal|overlay|lightbox", re.IGNORECASE)
_SKIP = re.compile(r"skip (?:past )?(?:the )?(?:newsletter|advertisement|ad|promotion|embed|share)\b.*", re.IGNORECASE)
_SKIPPED = 20
"""Most elements between a "skip" link and its target."""
_BETWEEN_LINKS = re.compile(r"(?=.*[|·•])[\s|·•/,»«›‹>\[\](){}–—-]*", re.DOTALL)
_MENU = 500
"""Most characters of a line of links."""
_RELATED = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|read-?(?:next|more)|up-?next|more-(?:stories|news|from|articles)|trending"
    r"|most-(?:read|popular)|teasers?|promos?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEASERS, _BEFORE_TEASERS = 5, 800
"""Fewest stories in a list of other stories, and fewest characters of paragraphs outside it."""
_BOXES = 100
"""Most boxes of other stories examined: they may be nested."""
_STORY = 300
"""Fewest characters outside a box of other stories."""
_LEADING = ".//*[self::h2 or self::h3 or self::h4 or self::h5][.//a[@href] or parent::a[@href]]"
_NOTICES = "//body//*[self::div or self::p or self::section][contains(., 'avaScript')][string-length(.) < 200]"


def drop_notices(tree: Any) -> None:
    """Remove boxes that only ask for JavaScript: on short pages, extractors merge everything with them."""
    take_out(tree, [box for box in tree.xpath(_NOTICES) if is_furniture(" ".join(box.text_content().split()))])


def drop_related(tree: Any) -> None:
    """Remove boxes whose class names other stories, and whose headings are links to them."""
    whole = 0
    boxes = tree.xpath("//body//*[@*][self::section or self::div or self::aside][@class or @id]")
    named = (box for box in boxes if _RELATED.search(f"{box.get('class', '')} {box.get('id', '')}"))
    for box in islice(named, _BOXES):
        if box.getparent() is None:
            continue
        if (
            next(box.iterdescendants("h1", "main"), None) is not None
            or not box.xpath(_LEADING)
            or holds_paragraphs(box)
        ):
            continue
        whole = whole or len(tree.text_content())
        if whole - len(box.text_content()) > _STORY:
            _drop(box)


def drop_streams(tree: Any) -> None:
    """Remove lists of other stories below the story, where each heading is a link."""
    lists = tree.xpath("//body//ul[count(li) >= $few]", few=_TEASERS)
    said = _paragraphs(tree) if lists else 0
    streams: list[Any] = []
    for items in lists:
        cards = [item for item in items.iterchildren("li") if item.xpath(_LEADING)]
        if len(cards) < max(_TEASERS, 0.7 * len(items)) or next(items.iterancestors("ul", "ol"), None) is not None:
            continue
        inside = _paragraphs(items)
        if said - inside > _BEFORE_TEASERS:
            streams.append(items)
            said -= inside
    take_out(tree, streams)


def _paragraphs(element: Any) -> int:
    """Return the number of characters in an element's paragraphs."""
    return sum(len(p.text_content()) for p in element.iter("p"))


def drop_sign_ups(tree: Any) -> None:
    """Remove boxes that ask for an e-mail address, with their promises."""
    fields = tree.xpath(_ADDRESS_FIELDS)[:_FIELDS]
    whole = len(tree.text_content()) if fields else 0
    for field in fields:
        box = None
        for around in field.iterancestors():
            most = _BOX if _POPPED_UP.search(around.get("class") or "") else min(_BOX, whole / 4)
            if around.tag in ("body", "main", "article", "html") or len(around.text_content()) > most:
                break
            box = around if around.find(".//h1") is None else box
        if box is not None:
            _drop(box)


def drop_skipped(tree: Any) -> None:
    """Remove what a "skip" link for screen readers jumps over: promotions, advertisements."""
    gone: list[Any] = []
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        if not _SKIP.fullmatch(link.text_content().strip()):
            continue
        skipped: list[Any] = []
        for after in islice(link.itersiblings(), _SKIPPED):
            if after.get("id") == link.get("href")[1:]:
                gone += skipped
                break
            skipped.append(after)
    take_out(tree, gone)


def drop_menus(tree: Any) -> None:
    """Remove lines of links separated by bars or dots, and table cells of such lines beside a cell of text."""
    cells = {cell: cell.getparent() for link in tree.iter("a") for cell in islice(link.iterancestors("td"), 1)}
    rows = {row: any(len(cell.text_content()) > _STORY for cell in row) for row in dict.fromkeys(cells.values())}
    menus: list[Any] = []
    for cell, row in cells.items():
        links = list(cell.iter("a")) if rows[row] else []
        words = "".join(cell.text_content().split()) if len(links) > 1 else ""
        if words and words == "".join("".join(link.text_content().split()) for link in links):
            menus.append(cell)
    take_out(tree, menus)
    menus.clear()
    for line in {link.getparent(): None for link in tree.iter("a")}:
        between = line.text_content()
        links = [link.text_content() for link in line.iter("a")] if len(between) < _MENU else []
        if len(links) > 1 and line.tag != "body":
            for link in links:
                between = between.replace(link, "", 1)
            if _BETWEEN_LINKS.fullmatch(between):
                menus.append(line)
    take_out(tree, menus)


def drop_shouts(tree: Any) -> None:
    """Remove paragraphs that are a single link in capitals: other stories, between paragraphs of this one."""
    shouts: list[Any] = []
    for link in tree.iter("a"):
        words = link.text_content().strip()
        line = link.getparent()
        while line is not None and line.tag in ("b", "strong", "em", "i", "u", "span"):
            line = line.getparent()
        shouted = words.isupper() and words.count(" ") > 2
        if shouted and line is not None and line.tag == "p" and len(line) == 1 and line.text_content().strip() == words:
            shouts.append(line)
    take_out(tree, shouts)


def _drop(element: Any) -> None:
    if element.getparent() is not None and element.tag not in ("body", "html"):
        element.drop_tree()
