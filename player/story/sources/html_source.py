"""Web pages: trafilatura finds the article, its document tree gives the blocks; metadata fill the gaps.

trafilatura is the best open extractor measured (F1 0.96 on the article-extraction benchmark) and costs 0.16 s to
import and 15 to 40 ms a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from player.errors import SourceError
from player.story.dates import is_date_line, iso_date
from player.story.model import BlockKind
from player.story.sources.building import BY, CODE, Draft
from player.story.sources.markup import GAP, PRUNED, readable, said_rows
from player.story.sources.page_metadata import Metadata
from player.story.sources.picture import picture_at
from player.story.sources.raw import RawSource

_STANDING = frozenset(("p", "head", "list", "quote", "table", "code", "ab", "fw", "div", "comments"))
"""Elements of trafilatura's tree that stand alone; all others are part of a line."""
_TEASER = 120
"""Characters, with the title: less than this is not a story but what stands around one."""
_ENOUGH = 250
"""Characters: less than this is a teaser or an error page, when the page says why."""
_WALLED = 1500
"""Characters: a story of less that ends in an offer to subscribe is the beginning of one."""
_WHY_EMPTY = (
    (
        r"enable javascript|javascript is (?:disabled|required)|requires javascript|turn on javascript",
        "the page needs a browser to show its text",
        "open it there, save it as HTML, and give that file",
    ),
    (
        r"subscribe to (?:continue|read)|subscribers only|already a subscriber|to continue reading"
        r"|create a free account|this article is for subscribers|sign in to read"
        r"|unlock (?:this|the full) (?:article|story)|r[ée]serv[ée]e? (?:à nos|aux) abonn[ée]s"
        r"|abonnez-vous pour (?:lire|continuer)"
        r"|(?:weiterlesen|lesen sie weiter) mit|nur für abonnenten|jetzt weiterlesen"
        r"|dieser artikel ist (?:nur )?für abonnenten"
        r"|(?:exclusivo|solo) para suscriptores|riservato agli abbonati|alleen voor abonnees|exclusivo para assinantes",
        "the story is behind a paywall",
        "open it in a browser where you are signed in, save it as HTML, and give that file",
    ),
    (
        r"we value your privacy|accept (?:all )?cookies|cookie consent|before you continue to|consent to the use"
        r"|mit werbung weiterlesen|alle akzeptieren|zustimmen und weiter|pur-abo|tout accepter"
        r"|accepter et (?:continuer|fermer)"
        r"|continuer sans accepter|aceptar (?:todo|y continuar)|accetta (?:tutti|e continua)|alles accepteren"
        r"|aceitar todos",
        "the page shows a consent form in place of the story",
        "open it in a browser, save it as HTML, and give that file",
    ),
    (
        r"verify (?:that )?you are (?:a )?human|checking your browser|captcha|access denied|are you a robot",
        "the site does not let programs read this page",
        "open it in a browser, save it as HTML, and give that file",
    ),
)

_WALL = re.compile(_WHY_EMPTY[1][0], re.IGNORECASE)


def read(raw: RawSource) -> Draft:
    """The draft of a web page. Raises SourceError when it holds no article, saying why if the page shows it."""
    from lxml import html as lxml_html
    from trafilatura import bare_extraction  # 0.16 s, for web pages only

    _silence()
    text = readable(raw.text)
    try:
        tree = lxml_html.document_fromstring(text)
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise SourceError(f"{raw.name} is no readable web page ({error})") from error
    metadata = Metadata(tree)
    found: Any = bare_extraction(
        text,
        url=raw.name if raw.name.startswith("http") else None,
        prune_xpath=PRUNED,
        include_comments=False,
        include_formatting=False,
        with_metadata=True,
        # Without it any year in the text ("in office since 2011") passes for the day of publication.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    draft = Draft(
        title=metadata.title or (found.title if found else "") or "",
        byline=metadata.byline or (found.author if found else "") or "",
        published=metadata.published or (found.date if found else "") or "",
        language=metadata.language,
        picture=picture_at(raw.name, metadata.pictures),
    )
    if found is not None and found.body is not None:
        for kind, said, level in _with_headings(_blocks(found.body), tree):
            if said == CODE:
                draft.add_code()
            elif is_date_line(said):
                draft.published = draft.published or iso_date(said)
            elif not _is_byline(said, draft.byline):
                draft.add(kind, said, level)
        while draft.blocks and draft.blocks[-1][0] is BlockKind.HEADING:
            draft.blocks.pop()  # "References" or "Related", when what it headed is not part of the story
    length = sum(len(said) for _, said, _ in draft.blocks)
    if length < _ENOUGH:
        _explain(raw, tree, draft)
    if length < _WALLED and any(len(said) < _TEASER and _WALL.search(said) for _, said, _ in draft.blocks[-4:]):
        raise SourceError(f"{_WHY_EMPTY[1][1]}: {raw.name}", _WHY_EMPTY[1][2])
    return draft


def _silence() -> None:
    """Libraries that warn of a page would write over the player's screen: Python prints what nobody handles."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _with_headings(blocks: Iterable[tuple[BlockKind, str, int]], tree: Any) -> Iterator[tuple[BlockKind, str, int]]:
    """The blocks, with headings back in their places if trafilatura found only paragraphs.

    It does so on pages whose article is in no element that it knows as one.
    """
    found = list(blocks)
    lost: dict[str, tuple[BlockKind, str, int]] = {}
    if not any(kind is BlockKind.HEADING for kind, _, _ in found):
        for heading in tree.xpath("//h2 | //h3 | //h4"):
            below = heading.xpath("following::p[1]")
            if below and (text := " ".join(heading.text_content().split())):
                lost[_letters(below[0].text_content())] = (BlockKind.HEADING, text, int(heading.tag[1]))
    for kind, said, level in found:
        heading = lost.pop(_letters(said), None)
        if heading is not None:
            yield heading
        yield kind, said, level


def _letters(text: str) -> str:
    """What a paragraph is known by, however its blanks and marks were changed."""
    return re.sub(r"[\W\d]+", "", text)[:80]


def _is_byline(text: str, byline: str) -> bool:
    """Whether a block is nothing but the author's name and office."""
    first = byline.partition(",")[0]
    text = text.strip()
    if not text.startswith(first) and (by := BY.match(text)):
        text = text[by.end() :]
    return (
        bool(first) and text.startswith(first) and len(text) < len(byline) + 50 and not text.endswith((".", "?", "!"))
    )


def _explain(raw: RawSource, tree: Any, draft: Draft) -> None:
    """A page with next to no text often says itself why. Raises SourceError then, or when there is none at all."""
    scripts = tree.xpath("//noscript//text()")
    shown = " ".join([*tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"), *scripts])
    own = " ".join([draft.title, *(said for _, said, _ in draft.blocks)])
    for pattern, message, hint in _WHY_EMPTY:
        # Its own words say it, or else they are all there is: a cookie bar beside a short story is no wall.
        if re.search(pattern, own, re.IGNORECASE) or (len(own) < _TEASER and re.search(pattern, shown, re.IGNORECASE)):
            raise SourceError(f"{message}: {raw.name}", hint)
    if not draft.blocks:
        only_scripts = len(tree.xpath("//script")) > 0 and len(shown.split()) < 20
        message, hint = _WHY_EMPTY[0][1:] if only_scripts else ("no article was found in the page", "")
        raise SourceError(f"{message}: {raw.name}", hint or "is it the page of a single story?")


def _blocks(body: Any) -> Iterator[tuple[BlockKind, str, int]]:
    """The blocks of trafilatura's document tree (TEI-like: p, head, list/item, quote, table/row/cell)."""
    yield from _mixed(body, BlockKind.PARAGRAPH, 1)


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
            yield from _mixed(element, BlockKind.QUOTATION, depth)
        case "table" if _is_data(element):
            for row in said_rows(map(_cells, element.iter("row"))):
                yield BlockKind.LIST_ITEM, row, 1
        case "table":
            for cell in element.iter("cell"):
                yield from _mixed(cell, BlockKind.PARAGRAPH, depth)
        case "code":
            yield BlockKind.PARAGRAPH, CODE, 0
        case "comments":
            return
        case _:
            yield from _mixed(element, BlockKind.PARAGRAPH, depth)


def _mixed(element: Any, kind: BlockKind, depth: int) -> Iterator[tuple[BlockKind, str, int]]:
    """The blocks in an element, and what text stands between them: on old pages all that there is."""
    line = [_text(element.text)]
    for child in element:
        if child.tag in _STANDING and (child.tag != "code" or element.tag != "p"):
            yield from _lines(line, kind)
            line.clear()
            for inner, said, level in _element(child, depth):
                yield kind if inner is BlockKind.PARAGRAPH else inner, said, level
        else:
            line.append("\n" if child.tag == "lb" else _said(child))
        line.append(_text(child.tail))
    yield from _lines(line, kind)


def _lines(parts: Sequence[str], kind: BlockKind) -> Iterator[tuple[BlockKind, str, int]]:
    for said in GAP.split("".join(parts)):
        if said.strip():
            yield kind, said, 0


def _text(text: str | None) -> str:
    """Only <br> breaks a line."""
    return (text or "").replace("\n", " ")


def _is_data(table: Any) -> bool:
    """Whether a table has rows and columns of values; old pages and newsletters use one to lay out their text."""
    if table.xpath(".//p | .//list | .//head | .//quote | .//table | .//lb[following-sibling::*[1][self::lb]]"):
        return False
    return any(sum(bool(text) for text, _ in _cells(row)) > 1 for row in table.iter("row"))


def _cells(row: Any) -> list[tuple[str, bool]]:
    return [(" ".join(_said(cell).split()), cell.get("role") == "head") for cell in row.iterchildren("cell")]


def _said(element: Any, skip: str = "") -> str:
    """An element's words, with blanks where lines break."""
    parts = [element.text or ""]
    for child in element:
        if child.tag != skip:
            said = " " if child.tag in ("lb", "graphic") else _said(child, skip)
            parts.append(f" {said} " if child.tag in ("p", "quote", "list", "item", "head") else said)
        parts.append(child.tail or "")
    return "".join(parts)
