"""Web pages: trafilatura finds the article, its document tree gives the blocks; metadata fill the gaps.

trafilatura is the best open extractor measured (F1 0.96 on the article-extraction benchmark) and costs 0.16 s to
import and 15 to 40 ms a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

from player.story.dates import iso_date
from player.story.formats.web.article_tree import blocks_of
from player.story.formats.web.beginning import BOOK, PROSE, first_paragraphs
from player.story.formats.web.edges import (
    add_standfirst,
    authors,
    is_byline,
    is_chronicle,
    is_day,
    letters,
    other_pages,
    without_links_below,
)
from player.story.formats.web.frames import name_frame
from player.story.formats.web.metadata import Metadata
from player.story.formats.web.page_tree import parsed, prepare
from player.story.formats.web.paywalls import check
from player.story.formats.web.short import kept_if_short, parted
from player.story.html.languages import mark_languages
from player.story.html.notes import keep_linked_notes, notes_stand_in
from player.story.html.notes_in_line import keep_notes_in_line
from player.story.html.passages import Passage, passages
from player.story.html.preformatted import read_page, text_of_page, write_prose
from player.story.html.styled import styled_paragraphs
from player.story.model import BlockKind
from player.story.reading.beginning import LONG, is_enough
from player.story.reading.blocks.announcements import code_of, is_code
from player.story.reading.draft import Draft
from player.story.reading.metadata.picture import picture_at
from player.story.reading.raw_source import RawSource

_LEAST = 250
_LONG = 100
"""Fewest characters of paragraphs of which nobody writes two alike."""
_CREDIT = 50
"""Characters, at most, that name who took a picture."""
_DENSE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_MANY = 40_000
"""Elements: an article with a thousand comments has some 20,000. trafilatura takes 0.1 s for each 1,000."""
_LARGE = 8_000
"""Elements from which trafilatura's fall-backs are left out: their time grows with the square."""


def read(raw: RawSource) -> Draft:
    """Return the draft of a web page. Raises SourceError when it holds no article, saying why if the page shows it."""
    is_begun = _tells_first(raw)
    may_be_book = len(raw.text) > 2 * _MANY or "pg-header" in raw.text  # to look closer takes time
    page = _prepared(parsed(raw.text, raw.name), raw.name, lambda tree: may_be_book and _is_book(tree))
    if text := text_of_page(page.tree):
        return _text_page(text, page.metadata, " ".join((page.tree.findtext(".//title") or "").split()))
    write_prose(page.tree)
    if not (may_be_book and _is_book(page.tree)):
        return _article(raw, page)
    begun = None if raw.begun is None or is_begun or len(raw.text) < LONG else partial(_begun, raw.begun, page)
    return _book(page, begun)


class _Page(NamedTuple):
    """A page that is prepared."""

    tree: Any
    draft: Draft
    """With what was taken out of the tree: notes and looks."""
    metadata: Metadata


def _prepared(tree: Any, name: str, is_book: Callable[[Any], bool]) -> _Page:
    draft = Draft(styled=styled_paragraphs(tree, name))
    keep_linked_notes(tree, draft.add_note, by_name=is_book(tree))
    keep_notes_in_line(tree, draft)
    prepare(tree)
    return _Page(tree, draft, Metadata(tree))


def _tells_first(raw: RawSource) -> bool:
    """Pass on the first paragraphs of a book, before all of it is parsed. Returns True if that was done."""
    if raw.begun is None or len(raw.text) < LONG or (text := first_paragraphs(raw.text)) is None:
        return False
    tree = parsed(text, raw.name)
    if tree.find("body") is None or not notes_stand_in(tree):
        return False
    page = _prepared(tree, raw.name, lambda _: True)
    write_prose(page.tree)
    beginning = _book(page)
    del beginning.blocks[-1:]  # a list, say, may go on
    if enough := is_enough(beginning):
        raw.begun(beginning)
    return enough


def _is_book(tree: Any) -> bool:
    """Return True for a page that is a whole book: Project Gutenberg's, or a page as long as a book."""
    if tree.find("body") is None:
        return False  # a page of frames
    if tree.xpath("boolean(//*[@*][@id='pg-header'])") or _elements(tree) > _MANY:
        return True
    least = max(BOOK, PROSE * sum(len(link.text_content()) for link in tree.iter("a")))
    lengths = accumulate(len(paragraph.text_content()) for paragraph in tree.iter("p"))
    return any(length > least for length in lengths)  # known after a few of a book's paragraphs


def _text_page(text: str, metadata: Metadata, title: str) -> Draft:
    """Return the draft of a page that is a plain text: an RFC, a letter in a list's archive. `title`: the window's."""
    draft = Draft()
    _describe(draft, metadata)
    read_page(text, draft)
    draft.title = draft.title or title
    return draft


def _elements(tree: Any) -> int:
    return int(tree.xpath("count(//*)"))


def _book(page: _Page, begun: Callable[[list[Passage]], bool] | None = None) -> Draft:
    """Return the draft of a book on one page; no article is extracted from it. `begun`: see `passages`."""
    draft = page.draft
    _describe(draft, page.metadata)
    _fill(draft, passages(page.tree, (), begun))
    return draft


def _describe(draft: Draft, metadata: Metadata) -> None:
    draft.title, draft.byline = metadata.title, metadata.byline
    draft.published, draft.language = metadata.published, metadata.language


def _begun(tell: Callable[[Draft], None], page: _Page, found: Sequence[Passage]) -> bool:
    """Pass on the beginning of a book, if the passages found so far are enough. Returns True if they are."""
    beginning = replace(page.draft, blocks=[])
    _describe(beginning, page.metadata)
    _fill(beginning, found[:-1])  # code may go on in the next
    if enough := is_enough(beginning):
        tell(beginning)
    return enough


def _fill(draft: Draft, found: Iterable[Passage]) -> None:
    """Add the passages of a book."""
    for passage in found:
        if is_code(passage.text):
            draft.add_code(code_of(passage.text))
        elif not is_byline(passage.text, draft.byline):
            heading = passage.kind is BlockKind.HEADING
            draft.add(passage.kind, passage.text, max(passage.level - 1, 2) if heading else passage.level)


def _article(raw: RawSource, page: _Page) -> Draft:
    from trafilatura import bare_extraction  # 0.16 s, for web pages only
    from trafilatura.settings import DEFAULT_CONFIG

    _silence()
    tree, draft, metadata = page
    draft.templated = True
    mark_languages(tree, metadata.language)
    short = kept_if_short(tree)
    others = other_pages(tree, raw.name)
    name_frame(tree)
    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_least(tree)))
    found: Any = bare_extraction(
        tree,
        config=config,
        fast=_elements(tree) > _LARGE,
        url=raw.name if raw.name.startswith("http") else None,
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
        # Without it any year in the text ("in office since 2011") passes for the day of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    draft.title = metadata.title or (found.title if found else "") or ""
    draft.byline = metadata.byline or _authors(found.author if found else "")
    draft.published = metadata.published or (found.date if found else "") or ""
    draft.language = metadata.language
    draft.picture = picture_at(raw.name, metadata.pictures, inside=raw.inside)
    if found is not None and found.body is not None:
        blocks = list(_once(parted(list(_with_headings(blocks_of(found.body), tree)), short)))
        _add_story(draft, blocks, others)
    add_standfirst(tree, metadata.descriptions, draft)
    check(raw, draft)
    return draft


def _add_story(draft: Draft, blocks: Sequence[tuple[BlockKind, str, int]], others: Collection[str]) -> None:
    """Add blocks, but for lines that say who wrote the story and when, and for other stories below. `others`: see
    `other_pages`."""
    chronicle = is_chronicle(blocks)
    own: list[tuple[BlockKind, str, int]] = []
    for index, block in enumerate(blocks):
        if is_day(block, chronicle=chronicle):
            draft.published = draft.published or iso_date(block[1])
        elif names := authors(block, index):
            draft.byline = draft.byline or names
        elif not is_byline(block[1], draft.byline):
            own.append(block)
    for kind, said, level in without_links_below(own, others):
        if is_code(said):
            draft.add_code(code_of(said))
        else:
            draft.add(kind, said, level)


def _least(tree: Any) -> int:
    """Return how many characters an article has at least; trafilatura merges a shorter one with all that is around it.
    A Chinese or Japanese character counts as three."""
    text = tree.text_content()
    return _LEAST // 3 if len(_DENSE.findall(text)) > len(text) / 4 else _LEAST


def _authors(names: str | None) -> str:
    """Return authors without trafilatura's additions: "Ann Roe" for "Ann Roe; Updated Jan 5"."""
    return ", ".join(name for name in (names or "").split("; ") if name and not any(map(str.isdecimal, name)))


def _silence() -> None:
    """Silence libraries' warnings, which Python would print over the player's screen."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _with_headings(blocks: Iterable[tuple[BlockKind, str, int]], tree: Any) -> Iterator[tuple[BlockKind, str, int]]:
    """Yield the blocks, with headings back in their places if trafilatura found only paragraphs.

    It does so on pages whose article is in no element that it knows as one.
    """
    found = list(blocks)
    lost: dict[str, tuple[BlockKind, str, int]] = {}
    if not any(kind is BlockKind.HEADING for kind, _, _ in found):
        heading: Any = None
        for element in tree.iter("h2", "h3", "h4", "p"):
            if element.tag != "p":
                heading = element
            elif heading is not None:
                if text := " ".join(heading.text_content().split()):
                    lost[letters(element.text_content())] = (BlockKind.HEADING, text, int(heading.tag[1]))
                heading = None
    for kind, said, level in found:
        above = lost.pop(letters(said), None)
        if above is not None:
            yield above
        yield kind, said, level


def _once(blocks: Sequence[tuple[BlockKind, str, int]]) -> Iterator[tuple[BlockKind, str, int]]:
    """Yield the blocks without duplicates, which pages have for other screens or for print."""
    texts = ["", *(said if kind is BlockKind.PARAGRAPH and len(said) > _LONG else "" for kind, said, _ in blocks), ""]
    first: dict[str, int] = {}
    for n, block in enumerate(blocks, 1):
        shorter, longer = sorted((texts[n - 1], texts[n]), key=len)
        if shorter and longer.startswith(shorter) and 0 < len(longer) - len(shorter) <= _CREDIT:
            continue  # a caption, with and without its credit
        before = first.setdefault(texts[n], n) if texts[n] else n
        beside = [step for step in (-1, 1) if texts[n + step] and texts[n + step] == texts[before + step]]
        if before == n or not beside:
            yield block
