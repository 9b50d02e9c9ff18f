"""Text to read aloud from a page of a book, and the places where chapters begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from player.story.html.blocks import blocks_of_tree
from player.story.html.formulas import say_formulas
from player.story.html.hidden import shown_text
from player.story.html.lines import DESCRIBES_NOTHING
from player.story.html.tree import take_out
from player.story.model import BlockKind
from player.story.reading.blocks.announcements import PICTURE
from player.story.reading.draft import picture_text

_PLACE = 0xF0000
"""First private-use character: U+F0000 + n marks the beginning of chapter n in the text, and is moved like any other
letter. Parsing removes such characters from the source."""
_PLACES = re.compile("[\U000f0000-\U0010efff]")
_NO_TEXT = ("nav", "rt", "rp", "rtc", "annotation", "annotation-xml", "canvas")
_UNREAD_KINDS = (
    *(
        "toc",
        "toc-brief",
        "landmarks",
        "page-list",
        "pagelist",
        "pagebreak",
        "doc-pagebreak",
        "loi",
        "lot",
        "loa",
        "lov",
        "index",
    ),
    *("cover", "titlepage", "halftitlepage", "copyright-page", "imprint", "colophon"),
)
"""In EPUB 3's structural vocabulary and EPUB 2's guide."""
_UNREAD_CLASSES = (
    *("pgheader", "pg-boilerplate", "pg-header", "pg-footer", "transnote", "tnote", "trans-note"),
    *("pagenum", "page-number", "pageno", "pagebreak", "pb", "pagenumber", "page_number", "page-num", "pgnum"),
    *("page-break", "page_break", "pagination", "ln"),
    *("linenum", "line-number", "linenumber", "lineno", "line-num", "line_number", "lnum", "line-no", "poem-number"),
)
"""Project Gutenberg's frame, and the numbers of printed pages and lines."""
_UNREAD = (
    f"{' | '.join(f'//{name}' for name in _NO_TEXT)} | //*[@*][@hidden"
    " or contains(translate(@style, ' ', ''), 'display:none')"
    " or @id='pg-header' or @id='pg-footer' or @id='pg-start-separator' or @id='pg-end-separator']"
)
_FEW = 25
"""Characters: a page's number has fewer, while a chapter that begins on a new page may be of that class as well."""
_ROWS = frozenset(("tr", "tbody", "thead", "tfoot"))
_CELLS = frozenset(("body", "li", "td", "th", "dt", "dd", "caption"))
_NUMBERS = frozenset((*_UNREAD_CLASSES[7:], "doc-pagebreak"))
"""Classes and kinds of the printed edition's page and line numbers."""
_IN_LINE = ("span", "b", "strong", "small", "i", "em", "a", "sup")
_VERSE_NUMBER = re.compile(r"\s*(?:\d{1,3}:)?\d{1,3}[.:]?\s*")
_OF_VERSE = re.compile(r"(?:^|[\s_-])(?:verse|vers|vn|vnum|versenum|v)(?:$|[\s_-])", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:p\w{0,3}\.?\s?)?\d{1,4}\W*", re.IGNORECASE)
_PAGE_NAME = re.compile(r"(?:p|pg|page|pb)(?:num(?:ber)?|break|no)?[-_.]?\d{1,4}", re.IGNORECASE)
_PAGE_LINE = re.compile(
    r"\s*(?:[\[{(]\s?(?:pg\.? ?|page )?\d{1,4}\s?[\]})]|[–—-] ?\d{1,4} ?[–—-]|page \d{1,4})\s*", re.I
)
_SHORT_LINES = ("p", "div", "span")
_LONGEST_NUMBER = 25
"""Characters: a line with as many holds more than the number of a page."""
_PAGE_IN_LINE = re.compile(r"\s?\[P(?:g|age)\.? ?\d{1,4}\]")
"""Numbers of printed pages."""
_LINKS, _NAMED_LINKS = 4, 2
"""Fewest lines of nothing but links in a table of contents without, and with, a title."""
_LINES = frozenset(("p", "li", "dt", "dd", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6"))
_CONTENTS = re.compile(
    r"(?:table of )?contents|(?:list of )?illustrations|inhalt(?:sverzeichnis|sübersicht)?"
    r"|table(?: des mati[eè]res)?|sommaire|índice|contenido|sumário|indice|sommario|inhoud(?:sopgave)?",
    re.IGNORECASE,
)
_STANZA = re.compile(r"(?:^|[\s_-])(?:stanza|strophe|line-?group|lg|verse-?group|couplet|quatrain)(?:$|[\s_-])", re.I)
_LONG_LINE = 120
"""Characters; what is longer is prose, whatever its class says."""
_INITIAL = re.compile(r"[“‘\"']?[^\W\d_]{1,3}")
_SHORT = 40
"""Characters: a longer description within a line is no replacement for a word, but a picture's beside it."""
_OWN_BLOCK = ("p", "div", "section", "body", "blockquote", "li", "td", "center")
_CAPTION = (
    ".//figcaption | (. | following-sibling::*[1])/descendant-or-self::*[contains(@class, 'caption') and not(.//img)]"
)


class Passage(NamedTuple):
    """A block of a book."""

    kind: BlockKind
    text: str
    """Empty for a chapter that begins at the very end of a page."""
    level: int
    chapters: tuple[int, ...] = ()
    """Numbers of those that begin here."""
    continues: bool = False
    """True if it continues the last paragraph of the page before."""


def kinds_of(page: Any) -> frozenset[str]:
    """Return the kinds (`epub:type`, class) of a page as a whole."""
    body = page.find("body")
    kinds = body.get("kind", "")
    while len(body) == 1 and not (body.text or "").strip():
        body = body[0]
        kinds += " " + body.get("kind", "")
    return frozenset(kinds.split())


def is_unread(kinds: frozenset[str]) -> bool:
    """Return True if it is a cover, a contents page or the like."""
    return not kinds.isdisjoint(_UNREAD_KINDS) or "title-page" in kinds


def passages(
    page: Any, chapters: Sequence[tuple[int, str]], begun: Callable[[list[Passage]], bool] | None = None
) -> Iterator[Passage]:
    """Yield what is read of a page. `chapters`: (number, anchor) of those that begin on it; of a page without any,
    `begun` is told the first passages (see `blocks.Begun`). The page is used up."""
    body = page.find("body")
    ids: dict[str, Any] = {}
    if any(anchor for _, anchor in chapters):
        for name in page.xpath("//@id | //a/@name"):
            ids.setdefault(str(name), name.getparent())
    marks: dict[Any, str] = {}
    anchors = frozenset(anchor for _, anchor in chapters)
    for number, anchor in chapters:
        target = ids.get(anchor)
        if target is None and anchor and (len(anchors) > 1 or "" in anchors):
            continue  # the others say where theirs are: this one would have the page of one of them
        target = body if target is None else target
        marks[target] = marks.get(target, "") + chr(_PLACE + number)
    for target, mark in reversed(marks.items()):
        _mark(body, target, mark)
    _prepare(page)
    waiting: list[int] = []
    left = sum(map(len, marks.values()))
    told = None if begun is None else lambda found: begun([Passage(*one) for one in found])
    for kind, text, level in blocks_of_tree(page, told):
        said = text
        if left and (places := _PLACES.findall(text)):
            left -= len(places)
            waiting += [ord(place) - _PLACE for place in places]
            said = " ".join(_PLACES.sub("", text).split())
        if said:
            yield Passage(kind, said, level, tuple(waiting))
            waiting.clear()
    if waiting:
        yield Passage(BlockKind.PARAGRAPH, "", 0, tuple(waiting))


def _mark(body: Any, target: Any, mark: str) -> None:
    """Put characters before an element, or into it where none may stand before it."""
    while target.tag in _ROWS and len(target):
        target = target[0]
    parent = target.getparent()
    if parent is None or parent.tag == "html":
        target = body  # it may be in the head
    if target.tag in _CELLS:
        target.text = mark + (target.text or "")
        return
    before = target.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + mark
    else:
        parent.text = (parent.text or "") + mark


def _prepare(page: Any) -> None:
    """Remove what is not read aloud, and put descriptions in place of pictures."""
    say_formulas(page)
    take_out(page, page.xpath(_UNREAD))
    take_out(page, filter(_is_unread, page.xpath("//body//*[@kind or @class]")))
    _drop_page_numbers(page)
    _part_numbers(page)
    _drop_contents(page.find("body"))
    for block in page.iter("pre"):
        if "PROJECT GUTENBERG" in block.text_content().upper():
            block.tag = "p"  # where its words begin and end, and no code
    _describe_pictures(page)
    for stanza in page.xpath("//*[@class]"):
        if _STANZA.search(stanza.get("class")):
            _join_lines(stanza)
    for level in range(5, 0, -1):  # above them all is the book's own title
        for heading in page.iter(f"h{level}"):
            heading.tag = f"h{level + 1}"


def _is_unread(element: Any) -> bool:
    """Return True if an element's kind or class is one that is not read aloud."""
    names = {*element.get("kind", "").split(), *element.get("class", "").lower().split()}
    if names.isdisjoint(_UNREAD_CLASSES) and not is_unread(frozenset(element.get("kind", "").split())):
        return False
    return names.isdisjoint(_NUMBERS) or len("".join(element.itertext())) < _FEW


def _is_page_number(element: Any) -> bool:
    name, said = element.get("id") or element.get("name") or "", element.text or ""
    named = name and said and len(element) == 0
    return bool(named and _PAGE_NAME.fullmatch(name) and _PAGE_NUMBER.fullmatch(said))


def _is_page_line(element: Any) -> bool:
    text = element.text or ""
    return len(text) < _LONGEST_NUMBER and len(element) == 0 and _PAGE_LINE.fullmatch(text) is not None


def _drop_page_numbers(page: Any) -> None:
    """Remove numbers of printed pages, recognised by their names or by the signs around them."""
    take_out(page, [element for element in page.iter("a", "span") if _is_page_number(element)])
    take_out(page, list(filter(_is_page_line, page.iter(*_SHORT_LINES))))
    for element in page.iter() if page.xpath("boolean(//text()[contains(., '[P')])") else ():
        if element.text and "[P" in element.text and isinstance(element.tag, str):
            element.text = _PAGE_IN_LINE.sub("", element.text)
        if element.tail and "[P" in element.tail:
            element.tail = _PAGE_IN_LINE.sub("", element.tail)


def _part_numbers(page: Any) -> None:
    """Put blanks around verse numbers that touch a sentence: "<b>2</b>And the earth"."""
    for element in page.iter(*_IN_LINE):
        tail = element.tail or ""
        of_verse = tail[:1].isalpha() and _OF_VERSE.search(element.get("class") or "")
        if not (of_verse or tail[:1].isupper() or tail[:1] in ("“", "‘", "«", "„")):
            continue
        if len(element) == 0 and element.text and _VERSE_NUMBER.fullmatch(element.text):
            element.tail = f" {tail}"
            element.text = f" {element.text}"


# -- tables of contents within the text --------------------------------------------------------------------------


def _drop_contents(body: Any) -> None:
    """Remove consecutive lines that are all links, with the heading above them."""
    if len(body.findall(".//a[@href]")) < _NAMED_LINKS:
        return
    lines = [line for line in body.iter(*_LINES) if _is_line(line)]
    numbers = [number for number, line in enumerate(lines) if _is_link(line)]
    runs: list[list[int]] = []
    for number in numbers:
        between = lines[runs[-1][-1] + 1 : number] if runs else []
        if runs and len(between) < 2 and all(len(line.text_content()) < _SHORT for line in between):
            runs[-1].append(number)  # between them only the name of a part
        else:
            runs.append([number])
    contents: list[Any] = []
    for run in runs:
        first = next((n for n in range(run[0] - 1, run[0] - 3, -1) if n >= 0 and _is_contents(lines[n])), run[0])
        if len(run) >= (_LINKS if first == run[0] else _NAMED_LINKS):
            contents += lines[first : run[-1] + 1]
    take_out(body, contents)


def _is_contents(heading: Any) -> bool:
    return _CONTENTS.fullmatch(heading.text_content().strip(" .:\n\t")) is not None


def _is_line(element: Any) -> bool:
    """Return True if an element has text, and no line within it."""
    inner = element.iterdescendants(*_LINES)
    if element.tag == "tr":
        return bool(element.text_content().strip())
    if element.getparent().tag == "td" or next(element.iterancestors("tr"), None) is not None:
        return False
    own = element.text_content() if next(inner, None) is None else _own_text(element)
    return bool(own.strip())


def _own_text(element: Any) -> str:
    """Return the text of a list item without that of the list below it; empty for other elements."""
    if element.tag != "li":
        return ""
    return (element.text or "") + "".join(
        child.text_content() + (child.tail or "") for child in element if child.tag not in ("ol", "ul")
    )


def _is_link(line: Any) -> bool:
    """Return True if most letters of a line are links within the book."""
    links = [link for link in line.findall(".//a[@href]") if "://" not in link.get("href")]
    linked = sum(_letters(link.text_content()) for link in links)
    return bool(links) and linked > 0.6 * _letters(line.text_content())


def _letters(text: str) -> int:
    """Return the number of letters; digits and dots are page numbers and their leaders."""
    return sum(map(str.isalpha, re.sub(r"\b[ivxlcIVXLC]+\.", "", text))) or (1 if text.strip() else 0)


# -- pictures and verse ------------------------------------------------------------------------------------------


def _describe_pictures(page: Any) -> None:
    """Replace pictures by text: one that stands alone by its description or caption, one within a line by its words."""
    if next(page.iter("img"), None) is None:
        return
    beside: dict[Any, tuple[str, Any]] = {}
    told = bool(_text(page.find("body")))
    for picture in page.xpath("//img"):
        if picture.get("kind") in ("presentation", "none") or picture.get("aria-hidden") == "true":
            continue
        block = next(picture.iterancestors("figure"), None)
        if block is None:
            block = next(picture.iterancestors(*_OWN_BLOCK), None)
        if block is None:  # in the head of a damaged page
            continue
        if block not in beside:  # before anything is put into it
            own = block.tag == "figure" or len(block.xpath(".//img")) == 1  # else which picture's it is, is not known
            beside[block] = _text(block), next(iter(block.xpath(_CAPTION)), None) if own else None
        _describe(picture, *beside[block], told)


def _describe(picture: Any, beside: str, caption: Any, told: bool) -> None:
    """Put a picture's description into the text. `told`: True if the page has text, so that it is no cover or plate."""
    words, below = _one_line(picture.get("alt", "").strip("[] ")), _text(caption)
    if DESCRIBES_NOTHING.fullmatch(words):
        words = below
    if not words:
        if told and not beside and _is_seen(picture):
            picture.tail = PICTURE + (picture.tail or "")
        return
    if beside in ("", below):
        picture.tail = picture_text(words) + (picture.tail or "")
        if caption is not None and below == words and caption.getparent() is not None:
            caption.drop_tree()
    elif _INITIAL.fullmatch(words):  # a painted letter
        picture.tail = words + (picture.tail or "").lstrip()
    else:
        said = words if len(words) < _SHORT else picture_text(words)
        picture.tail = f" {said} {picture.tail or ''}"


def _is_seen(picture: Any) -> bool:
    """Return True for a picture to look at: without `alt`, or with one in a figure. Ornaments have an empty `alt`."""
    return "alt" not in picture.attrib or bool(
        picture.get("alt") and next(picture.iterancestors("figure"), None) is not None
    )


def _text(element: Any) -> str:
    return "" if element is None else _one_line(_PLACES.sub("", shown_text(element)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _join_lines(stanza: Any) -> None:
    """Join verse lines that are blocks of their own, with <br> between them: a pause after each would be too long."""
    lines = list(stanza)
    if not all(line.tag in ("p", "div") and len(line.text_content()) < _LONG_LINE for line in lines):
        return
    for line in lines:
        if next(line.iterdescendants("p", "div"), None) is None:
            line.tag = "span"
            line.addnext(line.makeelement("br"))
