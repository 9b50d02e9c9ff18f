"""Where a story begins and ends on its page: authors and days above it, links to other stories below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlsplit

from player.story.dates import is_date_line, iso_date
from player.story.furniture import is_furniture
from player.story.model import BlockKind
from player.story.reading.draft import BY, Draft

Block = tuple[BlockKind, str, int]

_STANDFIRST = 15
"""Characters, at least."""
_BEGINNING = 5
"""Blocks in which an author's name may stand."""
_NAMES = re.compile(r",\s|\s(?:and|und|et|y|e|en|och|og|i|&)\s")
"""What stands between names."""
_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "di", "del", "della", "la", "le", "van", "von", "der", "den", "zu", "af", "al")
)
_NAME = 5
"""Words of a name, at most."""
_LINE = 100
"""Characters of a line that names authors, at most."""
_ANNOUNCEMENT = 60
"""Characters of a line that announces what is not there, at most."""
_DAY = re.compile(r"(?<![\d.])\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
"""A day in numbers, whose order depends on the country."""
_STAMP = re.compile(
    r"(?:[^\W\d]{2,10}\.?,? )?[\d./-]{8,10}(?:[,\s|–-]+\d{1,2}[:.]\d\d(?::\d\d)?)?"
    r"(?:\s?(?:Uhr|h|Clock|[ap]m))?(?: \d{1,3})?",
    re.IGNORECASE,
)
"""A day in numbers, with its name, a time, and how many comments there are."""
_STORY = 800
"""Characters of a story, at least, above links that are left out."""
_MOST = 0.7
"""Share of a line's characters in links: a line with more is a link."""
_LONGEST = 200
"""Characters of such a line; more are a paragraph."""
_FEW = 2
"""Links below one another, at least, that nothing announces; one may be a source."""
_IN_LINE = frozenset(("b", "strong", "i", "em", "u", "span", "font", "small", "h2", "h3", "h4", "h5", "a"))


def other_pages(tree: Any, address: str) -> Collection[str]:
    """Return the letters of all lines of a page that are hardly more than a link to another page of the same site."""
    links = [link for link in tree.iter("a") if link.get("href")]
    own = urlsplit(address).hostname or next(
        map(_host, tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")), ""
    )
    hosts = Counter(_host(link.get("href")) for link in links)
    own = own or max((host for host in hosts if host), key=hosts.__getitem__, default="")
    found = set()
    lines: dict[Any, str] = {}
    for link in links:
        href = link.get("href")
        if href.startswith(("#", "mailto:", "tel:", "javascript:")) or _host(href) not in ("", own):
            continue
        line = link
        while line.getparent() is not None and line.tag in _IN_LINE:
            line = line.getparent()
        if line not in lines:  # one may hold all the links of a page
            said = line.text_content()
            lines[line] = letters(said) if len(said) < _LONGEST else ""
        whole = lines[line]
        if whole and len(letters(link.text_content())) > _MOST * len(whole):
            found.add(whole)
    return found


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def without_links_below(blocks: Sequence[Block], others: Collection[str]) -> Sequence[Block]:
    """Return a story's blocks without what stands below it: names of other stories, lines that announce those.
    `others`: see `other_pages`."""
    end, links = len(blocks), 0
    while end and (_is_beside(blocks[end - 1]) or letters(blocks[end - 1][1]) in others):
        end -= 1
        links += blocks[end][0] is not BlockKind.HEADING and letters(blocks[end][1]) in others
    announced = end < len(blocks) and _is_beside(blocks[end])
    if links < (1 if announced else _FEW) or sum(len(said) for _, said, _ in blocks[:end]) < _STORY:
        end = len(blocks)
        while end and _is_beside(blocks[end - 1]):
            end -= 1
    return blocks[:end]


def _is_beside(block: Block) -> bool:
    """Return True for what is no part of a story at its end: a heading, a short line with a colon, furniture."""
    kind, said, _ = block
    announces = kind is BlockKind.PARAGRAPH and len(said) < _ANNOUNCEMENT and said.rstrip().endswith(":")
    return kind is BlockKind.HEADING or announces or is_furniture(said) or _is_signed_and_dated(said)


def _is_signed_and_dated(said: str) -> bool:
    return len(said) < _LINE and BY.match(said) is not None and iso_date(said) != ""


def authors(block: Block, index: int) -> str:
    """Return the names of a line at the beginning that says by whom the story is; empty for any other."""
    kind, said, _ = block
    by = BY.match(said) if kind is BlockKind.PARAGRAPH and index < _BEGINNING and len(said) < _LINE else None
    if by is None:
        return ""
    names = said[by.end() :].strip().removesuffix(".")
    return names if all(map(_is_name, _NAMES.split(names))) else ""


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _NAME
        and words[0][0].isupper()
        and all(
            word in _PARTICLES or (word[0].isupper() and not word[-1].isdecimal() and ":" not in word) for word in words
        )
    )


def is_day(block: Block, *, chronicle: bool) -> bool:
    """Return True for a line that is nothing but a day; in a chronicle, whose headings are days, for no heading."""
    kind, said, _ = block
    if chronicle and kind is BlockKind.HEADING:
        return False
    return is_date_line(said) or (len(_DAY.findall(said)) == 1 and _STAMP.fullmatch(said.strip()) is not None)


def is_chronicle(blocks: Sequence[Block]) -> bool:
    """Return True if days head the parts of a story."""
    return sum(block[0] is BlockKind.HEADING and is_day(block, chronicle=False) for block in blocks) > 1


def add_standfirst(tree: Any, descriptions: Sequence[str], draft: Draft) -> None:
    """What stands between title and text, and is what the page says that it is about: extractors pass it over."""
    described = {letters(one) for one in descriptions if len(one) > _STANDFIRST}
    said = {letters(block[1]) for block in draft.blocks}
    if not draft.blocks or not described or described & said:
        return
    for element in tree.xpath(
        "(//h1)[1]/following::*[self::p or self::h2 or self::h3 or self::h4 or self::div[not(*)]]"
    ):
        text = " ".join(element.text_content().split())
        if letters(text) in described:
            draft.blocks.insert(0, (BlockKind.PARAGRAPH, text, 0))
            return
        if letters(text) in said:
            return  # the story has begun


def is_byline(text: str, byline: str) -> bool:
    """Return True if a block is nothing but the author's name and office."""
    first = byline.partition(",")[0]
    if not first:
        return False
    text = text.strip()
    if not text.startswith(first) and (by := BY.match(text)):
        text = text[by.end() :]
    return text.startswith(first) and len(text) < len(byline) + 50 and not text.endswith((".", "?", "!"))


def letters(text: str) -> str:
    """Return what a paragraph is known by, however its blanks and marks were changed."""
    return re.sub(r"[\W\d]+", "", text)[:80]
