"""EPUB 2 and 3: the spine in order, chapters from the table of contents, and nothing that a listener cannot use.

A book is a zip of XHTML files. The package document lists them (EPUB 3.3, 5; OPF 2.0.1), the navigation document
or the NCX names the chapters. Notes, covers, contents pages and copyright pages are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from player.errors import SourceError
from player.story.model import BlockKind
from player.story.sources.building import Draft, picture_text, same_words
from player.story.sources.epub_file import EpubFile, parse_page, parse_xml
from player.story.sources.epub_notes import drop_notes
from player.story.sources.markup import blocks_of_tree
from player.story.sources.raw import RawSource

_LEFT_OUT = frozenset(
    (
        *("cover", "toc", "copyright-page", "titlepage", "title-page", "halftitlepage"),
        *("landmarks", "loi", "lot", "index"),
    )
)
"""What a page is in the words of EPUB 3's structural vocabulary or EPUB 2's guide: it is not read out."""
_GUTENBERG = re.compile(r"\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_GUTENBERG_IDS = ("pg-header", "pg-footer", "pg-start-separator", "pg-end-separator")
_BEGINS = "\ue000"
"""Of a paragraph put into the text where a chapter begins: the number of the chapter follows."""
_STANDING = frozenset(
    (
        *("p", "div", "section", "article", "blockquote", "ul", "ol", "dl", "table", "header"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
_PICTURE_NAMES = re.compile(
    r"[\w-]+\.(?:jpe?g|png|gif|svg|webp)|\W*"
    r"|(?:cover|image|illustration|picture|photo|logo|icon|figure|decoration|ornament)s?\W*\d*",
    re.IGNORECASE,
)
"""Descriptions that describe nothing."""
_FEW_LINKS = 5
"""A page of more, and of nothing else, is a table of contents that does not say so."""
_NEAR = 4
"""Blocks after a chapter's beginning among which its heading is looked for."""
_OPS = "http://www.idpf.org/2007/ops"
_UNREAD = (
    "//*[self::rt or self::rp or self::nav or @hidden or @role='doc-pagebreak' or @o:type='pagebreak'"
    " or starts-with(@class, 'pgheader') or starts-with(@class, 'pg-boilerplate')]"
)
"""What eyes skip: how characters are said, page numbers, Project Gutenberg's frame."""


class _Item(NamedTuple):
    """A file of the manifest."""

    path: str
    kind: str
    properties: str


class _Chapter(NamedTuple):
    """An entry of the table of contents."""

    title: str
    level: int
    path: str
    anchor: str


@dataclass
class _Book:
    """What the package says."""

    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    spine: list[str] = field(default_factory=list)
    """Paths of the files, in reading order."""
    left_out: set[str] = field(default_factory=set)
    contents: list[_Chapter] = field(default_factory=list)


def read(raw: RawSource) -> Draft:
    """The draft of a book. Raises SourceError when it is damaged, protected, or holds no text."""
    file = EpubFile(raw.data, raw.name)
    book = _book(file)
    if locked := file.encrypted() & set(book.spine):
        raise SourceError(f"{raw.name} is protected against copying ({len(locked)} of its files are encrypted)", "")
    draft = Draft(title=book.title, byline=book.byline, published=book.published, language=book.language)
    pages = {path: page for path in book.spine if path not in book.left_out and (page := _page(file, path)) is not None}
    drop_notes(pages)
    for path, page in pages.items():
        if not _is_left_out(page):
            _add_page(draft, book, path, page)
    _cut_gutenberg(draft)
    return draft


def _page(file: EpubFile, path: str) -> Any:
    data = file.read(path)
    return None if data is None else parse_page(data)


def _is_left_out(page: Any) -> bool:
    """Whether the page as a whole is a cover, a contents page or the like."""
    kinds = " ".join(page.xpath("//body/@*[local-name()='type'] | //body/section/@*[local-name()='type']")).split()
    if _LEFT_OUT.intersection(kinds):
        return True
    links = page.findall(".//a")
    if len(links) <= _FEW_LINKS:
        return False
    text = page.find("body").text_content()
    return sum(len(link.text_content()) for link in links) > 0.8 * len("".join(text.split()))


def _add_page(draft: Draft, book: _Book, path: str, page: Any) -> None:
    chapters = [(number, chapter) for number, chapter in enumerate(book.contents) if chapter.path == path]
    for number, chapter in reversed(chapters):
        _mark(page, chapter.anchor, f"{_BEGINS}{number}")
    _prepare(page)
    waiting: list[_Chapter] = []
    found = blocks_of_tree(page)
    for index, (kind, text, level) in enumerate(found):
        if text.startswith(_BEGINS):
            waiting.append(book.contents[int(text[1:])])
            continue
        if len(draft.blocks) < _NEAR and same_words(text, book.byline):
            continue  # a title page that does not say so
        for chapter in waiting:
            draft.begin_section(chapter.title, chapter.level)
            if not _is_headed(found[index : index + _NEAR], chapter.title):
                draft.add(BlockKind.HEADING, chapter.title, min(chapter.level + 1, 6))
        waiting.clear()
        draft.add(kind, text, level)


def _is_headed(found: list[tuple[BlockKind, str, int]], title: str) -> bool:
    """Whether the text has the chapter's title itself, perhaps on two lines ("I", "The Sea")."""
    letters = _letters(title)
    near = [_letters(text) for _, text, _ in found if not text.startswith(_BEGINS)]
    if any(kind is BlockKind.HEADING for kind, _, _ in found[:1]) and near[0] and near[0] in letters:
        return True
    return letters in "".join(near)[: len(letters) + 40] or any(letters == one for one in near)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _mark(page: Any, anchor: str, text: str) -> None:
    """Put a paragraph before the block in which an anchor lies; at the page's beginning without one."""
    body = page.find("body")
    target = next(iter(page.xpath("//*[@id=$name or @name=$name]", name=anchor)), None) if anchor else None
    mark = page.makeelement("p", {})
    mark.text = text
    while target is not None and target.tag not in _STANDING and target.tag != "body":
        target = target.getparent()
    if target is None or target.tag == "body" or target.getparent() is None:
        if body is not None:
            mark.tail, body.text = body.text, None
            body.insert(0, mark)
        return
    target.addprevious(mark)  # what follows the target stays behind it: addprevious moves no tail


def _prepare(page: Any) -> None:
    """Take out what is not read aloud, and put words where only eyes find something."""
    for element in page.xpath(_UNREAD, namespaces={"o": _OPS}):
        element.drop_tree()
    for name in _GUTENBERG_IDS:
        for element in page.xpath("//*[@id=$name]", name=name):
            element.drop_tree()
    for formula in page.xpath("//math[@alttext]"):
        formula.tail = formula.get("alttext") + (formula.tail or "")
    for picture in page.xpath("//img[@alt]"):
        _describe(picture)


def _describe(picture: Any) -> None:
    """A picture's description is read where it stands alone; within a line only if it stands for letters."""
    words = " ".join(picture.get("alt").split())
    parent = picture.getparent()
    if len(words) <= 2 and words.isalpha():  # an initial, painted
        picture.tail = words + (picture.tail or "")
    elif not _PICTURE_NAMES.fullmatch(words) and not "".join(parent.itertext()).strip():
        picture.tail = picture_text(words) + (picture.tail or "")


def _cut_gutenberg(draft: Draft) -> None:
    """Project Gutenberg's words before and after the book, where they stand in the text."""
    for index, (_, text, _) in reversed(list(enumerate(draft.blocks))):
        mark = _GUTENBERG.search(text)
        if mark and mark[1].upper() == "END":
            del draft.blocks[index:]
        elif mark:
            del draft.blocks[: index + 1]
            draft.sections = [(max(at - index - 1, 0), title, level) for at, title, level in draft.sections]
            break
    draft.sections = [section for section in draft.sections if section[0] < len(draft.blocks)]


# -- the package -------------------------------------------------------------------------------------------------


def _book(file: EpubFile) -> _Book:
    package_path = file.package_path()
    package = parse_xml(file.require(package_path))
    items = {
        item.get("id", ""): _Item(
            file.resolve(package_path, item.get("href", "")), item.get("media-type", ""), item.get("properties", "")
        )
        for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
    }
    book = _Book()
    _metadata(package, book)
    for reference in package.xpath("//*[local-name()='spine']/*[local-name()='itemref']"):
        item = items.get(reference.get("idref", ""))
        if item is not None and reference.get("linear", "yes") != "no" and "nav" not in item.properties.split():
            book.spine.append(item.path)
    for reference in package.xpath("//*[local-name()='guide']/*[local-name()='reference']"):
        if reference.get("type", "") in _LEFT_OUT:
            book.left_out.add(file.resolve(package_path, reference.get("href", "")).partition("#")[0])
    book.contents = [one for one in _contents(file, package, items) if not same_words(one.title, book.title)]
    if not any(file.has(path) for path in book.spine):
        raise SourceError(f"{file.name} is damaged: it lists no text", "try to get it again")
    if book.left_out.issuperset(book.spine):
        book.left_out.clear()
    return book


def _metadata(package: Any, book: _Book) -> None:
    refined: dict[str, dict[str, str]] = {}
    for meta in package.xpath("//*[local-name()='meta'][@refines and @property]"):
        refined.setdefault(meta.get("refines").lstrip("#"), {})[meta.get("property")] = _text(meta)

    def all_of(name: str) -> list[Any]:
        elements = package.xpath(f"//*[local-name()='metadata']//*[local-name()='{name}']")
        return [element for element in elements if _text(element)]

    titles = all_of("title")
    main = [title for title in titles if refined.get(title.get("id", ""), {}).get("title-type") == "main"]
    book.title = _text((main or titles)[0]) if titles else ""
    creators = all_of("creator")
    authors = [one for one in creators if _role(one, refined) in ("aut", "")]
    book.byline = ", ".join(dict.fromkeys(map(_text, authors or creators)))
    dates = all_of("date")
    published = [date for date in dates if _opf(date, "event") in ("publication", "original-publication", "")]
    book.published = _text((published or dates)[0]) if dates else ""
    languages = all_of("language")
    book.language = _text(languages[0]) if languages else ""


def _role(creator: Any, refined: Mapping[str, Mapping[str, str]]) -> str:
    return _opf(creator, "role") or refined.get(creator.get("id", ""), {}).get("role", "")


def _opf(element: Any, name: str) -> str:
    return str(element.get(f"{{http://www.idpf.org/2007/opf}}{name}", ""))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _contents(file: EpubFile, package: Any, items: Mapping[str, _Item]) -> list[_Chapter]:
    """The table of contents: EPUB 3's, else EPUB 2's, else none."""
    nav = next((item for item in items.values() if "nav" in item.properties.split()), None)
    if nav is not None and (data := file.read(nav.path)) is not None and (page := parse_page(data)) is not None:
        found = [n for n in page.iter("nav") if "toc" in (n.get(f"{{{_OPS}}}type") or n.get("epub:type") or "").split()]
        for tree in [*found, *page.iter("nav")][:1]:
            if chapters := [one for top in tree.findall("ol") for one in _nav(file, nav.path, top, 1)]:
                return chapters
    spine = package.xpath("//*[local-name()='spine']")
    ncx = items.get(spine[0].get("toc", "")) if spine else None
    ncx = ncx or next((item for item in items.values() if item.kind == "application/x-dtbncx+xml"), None)
    if ncx is not None and (data := file.read(ncx.path)) is not None:
        for top in parse_xml(data).xpath("//*[local-name()='navMap']"):
            return list(_ncx(file, ncx.path, top, 1))
    return []


def _nav(file: EpubFile, base: str, items: Any, level: int) -> Iterator[_Chapter]:
    for item in items.findall("li"):
        link = item.find("a")
        label = link if link is not None else item.find("span")
        if link is not None and link.get("href"):
            yield _chapter(file, base, _text(label), level, link.get("href"))
        for inner in item.findall("ol"):
            yield from _nav(file, base, inner, level + 1)


def _ncx(file: EpubFile, base: str, points: Any, level: int) -> Iterator[_Chapter]:
    for point in points.xpath("*[local-name()='navPoint']"):
        label = " ".join("".join(point.xpath("*[local-name()='navLabel']//text()")).split())
        source = "".join(point.xpath("*[local-name()='content']/@src"))
        yield _chapter(file, base, label, level, source)
        yield from _ncx(file, base, point, level + 1)


def _chapter(file: EpubFile, base: str, title: str, level: int, target: str) -> _Chapter:
    path, _, anchor = target.partition("#")
    return _Chapter(title, level, file.resolve(base, path), anchor)
