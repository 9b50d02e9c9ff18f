"""The package document of an EPUB: title, authors, pages in reading order, chapters.

OPF 2.0.1 and EPUB 3.3, section 5. The table of contents is EPUB 3's navigation document, else EPUB 2's NCX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from player.story.formats.epub.container import EpubFile

_OPF = "http://www.idpf.org/2007/opf"
_PAGE = "application/xhtml+xml"
_PAGES = frozenset((_PAGE, "text/html", "text/x-oeb1-document", "application/xml", "text/xml", ""))
_FALLBACKS = 5
"""Items that stand for one another, at most."""
_MOST_CHAPTERS = 65_000
"""Dictionaries list every word; each chapter is marked by one of as many private characters."""


class Chapter(NamedTuple):
    """An entry in the table of contents."""

    title: str
    level: int
    """From 1."""
    path: str
    anchor: str
    """Id within the file; empty for its beginning."""


class _Item(NamedTuple):
    """A file in the manifest."""

    path: str
    kind: str
    """Media type."""
    properties: frozenset[str]
    fallback: str = ""
    """Name of the item that stands for it where its kind is not known."""


@dataclass(frozen=True)
class Package:
    """The content of the package document. All paths exist in the zip."""

    titles: tuple[str, ...]
    """The main title first."""
    authors: tuple[str, ...]
    published: str
    language: str
    spine: tuple[str, ...]
    """Paths of the pages in reading order, each once; without the contents page, and non-linear pages that the contents
    do not name."""
    aside: tuple[str, ...]
    """Paths of those: nobody comes to them but by a link, as to a page of notes."""
    guide: Mapping[str, frozenset[str]]
    """{path: role of the whole page, such as "cover" or "copyright-page"}, from EPUB 2's guide or EPUB 3's
    landmarks."""
    contents: tuple[Chapter, ...]
    cover: str
    """Path of the cover picture, or empty."""
    overlays: Mapping[str, str] = field(default_factory=dict)
    """{path of a media overlay, which times recorded speech: path of its page}."""
    narrator: str = ""
    """Who reads the book aloud, or empty."""

    @property
    def title(self) -> str:
        """Return the main title, or empty."""
        return self.titles[0] if self.titles else ""


def read_package(file: EpubFile) -> Package:
    """Return the package of a book. Raises SourceError when it is missing, or lists no text."""
    base = file.package_path()
    root = file.xml(base)
    items = {item.get("id", ""): _item(file, base, item) for item in root.xpath("//manifest/item")}
    refined = _refined(root)
    nav = next((item.path for item in items.values() if "nav" in item.properties and item.path), "")
    nav_page = file.page(nav) if nav else None
    contents = tuple(_contents(file, root, items, nav, nav_page))[:_MOST_CHAPTERS]
    spine, aside = _spine(root, items, nav, frozenset(chapter.path for chapter in contents))
    if not spine:
        kinds = [items[one].kind for one in root.xpath("//spine/itemref/@idref") if one in items]
        raise (
            file.of_pictures() if any(kind.startswith("image/") for kind in kinds) else file.damaged("it lists no text")
        )
    dates = [one for one in _named(root, "date") if _attribute(one, "event") in ("publication", "")]
    return Package(
        titles=tuple(map(_text, _titles(root, refined))),
        authors=tuple(dict.fromkeys(map(_text, _authors(root, refined)))),
        published=next(map(_text, dates or _named(root, "date")), ""),
        language=next(map(_text, _named(root, "language")), ""),
        spine=tuple(spine),
        aside=tuple(aside),
        guide=_guide(file, base, root, nav, nav_page),
        contents=contents,
        cover=_cover(root, items),
        overlays=dict(_overlays(root, items)),
        narrator=", ".join(map(_text, root.xpath("//metadata//meta[@property='media:narrator' and not(@refines)]"))),
    )


def _item(file: EpubFile, base: str, item: Any) -> _Item:
    path, _ = file.resolve(base, item.get("href", ""))
    kind = item.get("media-type", "").strip().lower()
    return _Item(path, kind, frozenset(item.get("properties", "").split()), item.get("fallback", ""))


def _spine(root: Any, items: Mapping[str, _Item], nav: str, named: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the paths of pages in reading order, and of those beside it: the "not linear" ones that the table of
    contents does not name, unless there are no others."""
    main, aside = dict[str, None](), dict[str, None]()
    for one in root.xpath("//spine/itemref"):
        item = _page(one.get("idref", ""), items)
        if item is not None and item.path not in ("", nav) and item.kind in _PAGES:
            linear = one.get("linear", "yes").strip() != "no" or item.path in named
            (main if linear else aside)[item.path] = None
    return (list(main), [path for path in aside if path not in main]) if main else (list(aside), [])


def _page(name: str, items: Mapping[str, _Item]) -> _Item | None:
    """Return an item of the spine, or the page that stands for it: for a picture, say, its words."""
    item = stand_in = items.get(name)
    for _ in range(_FALLBACKS):
        if stand_in is None or stand_in.kind == _PAGE:
            break
        stand_in = items.get(stand_in.fallback)
    return stand_in if stand_in is not None and stand_in.kind == _PAGE else item


def _overlays(root: Any, items: Mapping[str, _Item]) -> Iterator[tuple[str, str]]:
    for item in root.xpath("//manifest/item[@media-overlay]"):
        page, overlay = items.get(item.get("id", "")), items.get(item.get("media-overlay"))
        if overlay is not None and overlay.path:
            yield overlay.path, page.path if page else ""


def _guide(file: EpubFile, base: str, root: Any, nav: str, nav_page: Any) -> dict[str, frozenset[str]]:
    """Return roles of whole pages only: an entry with an anchor does not say where its part ends."""
    said = [(base, one.get("type", ""), one.get("href", "")) for one in root.xpath("//guide/reference")]
    if nav_page is not None:
        marks = nav_page.xpath("//nav[contains(@kind, 'landmarks')]//a[@href]")
        said += [(nav, one.get("kind", ""), one.get("href")) for one in marks]
    guide: dict[str, frozenset[str]] = {}
    for where, kinds, href in said:
        path, anchor = file.resolve(where, href)
        if path and not anchor:
            guide[path] = guide.get(path, frozenset()).union(kinds.lower().split())
    return guide


# -- metadata ----------------------------------------------------------------------------------------------------


def _refined(root: Any) -> dict[str, dict[str, str]]:
    """Return {id of a metadata element: {property: value}} from <meta refines> (EPUB 3)."""
    refined: dict[str, dict[str, str]] = {}
    for meta in root.xpath("//metadata//meta[@refines and @property]"):
        refined.setdefault(meta.get("refines").lstrip("#"), {})[meta.get("property")] = _text(meta)
    return refined


def _named(root: Any, name: str) -> list[Any]:
    """Return the non-empty metadata elements of a name."""
    return [one for one in root.xpath("//metadata//*[local-name()=$name]", name=name) if _text(one)]


def _titles(root: Any, refined: Mapping[str, Mapping[str, str]]) -> list[Any]:
    def rank(title: Any) -> bool:
        return refined.get(title.get("id", ""), {}).get("title-type") != "main"

    return sorted(_named(root, "title"), key=rank)


def _authors(root: Any, refined: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """Return the creators known to be authors; all creators, if none is."""
    creators = _named(root, "creator")
    roles = [_attribute(one, "role") or refined.get(one.get("id", ""), {}).get("role", "") for one in creators]
    return [one for one, role in zip(creators, roles, strict=True) if role in ("aut", "")] or creators


def _cover(root: Any, items: Mapping[str, _Item]) -> str:
    named = root.xpath("//metadata//meta[@name='cover']/@content")
    found = [item for item in items.values() if "cover-image" in item.properties]
    found += [items[name] for name in named if name in items]
    return next((item.path for item in found if item.kind.startswith("image/")), "")


def _attribute(element: Any, name: str) -> str:
    return str(element.get(f"{{{_OPF}}}{name}") or element.get(f"opf:{name}") or element.get(name) or "")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


# -- the table of contents ---------------------------------------------------------------------------------------


def _contents(file: EpubFile, root: Any, items: Mapping[str, _Item], nav: str, nav_page: Any) -> Sequence[Chapter]:
    """Return EPUB 3's table of contents, else EPUB 2's, else none."""
    chapters: list[Chapter] = []
    if nav_page is not None:
        lists = nav_page.xpath("//nav[contains(concat(' ', @kind, ' '), ' toc ')]/ol") or nav_page.xpath("//nav/ol")
        chapters = [one for top in lists[:1] for one in _nav(file, nav, top, 1)]
    if not chapters:
        named = [items[name] for name in root.xpath("//spine/@toc") if name in items]
        named += [item for item in items.values() if item.kind == "application/x-dtbncx+xml"]
        tops = [(one.path, top) for one in named[:1] for top in file.xml(one.path).xpath("//navMap")]
        chapters = [one for path, top in tops for one in _ncx(file, path, top, 1)]
    found = [one for one in chapters if one.title and one.path]
    top_level = min((one.level for one in found), default=1)
    return [one._replace(level=one.level - top_level + 1) for one in found]


def _nav(file: EpubFile, base: str, items: Any, level: int) -> Iterator[Chapter]:
    """Yield the entries. One without a link begins where its first child does."""
    for item in items.findall("li"):
        labels = item.xpath("./a | ./span | ./*[self::p or self::div]/a")
        links = item.xpath("(.//a[@href])[1]/@href")
        if labels and links:
            yield Chapter(_text(labels[0]), level, *file.resolve(base, links[0]))
        for inner in item.xpath("./ol | ./ul"):
            yield from _nav(file, base, inner, level + 1)


def _ncx(file: EpubFile, base: str, points: Any, level: int) -> Iterator[Chapter]:
    for point in points.findall("navPoint"):
        title = " ".join("".join(point.xpath("./navLabel//text()")).split())
        yield Chapter(title, level, *file.resolve(base, "".join(point.xpath("./content/@src")[:1])))
        yield from _ncx(file, base, point, level + 1)
