"""The documents inside an EPUB: text, media overlays, table of contents, and the package document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from player.export.metadata.public_source import public_source
from player.export.pictures.cover import MEDIA_TYPE
from player.export.text.direction import direction
from player.speech.engine import Samples
from player.story.model import Block, BlockKind, Section, Span, Story
from player.story.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_SMIL = "http://www.w3.org/ns/SMIL"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_XML = "http://www.w3.org/XML/1998/namespace"
_TYPE = f"{{{_OPS}}}type"

COVER = "cover.jpg"
ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
"""Classes that a reading system sets on what sounds, and on the document while it plays (named as in the
specification's examples)."""
_NEVER = "1980-01-01"
"""Date of a story without one: the package needs a date, and today's would change the file every day."""
_NUMBERED = re.compile(r"\d+[.)] ")

_STYLE = f"""\
body {{ line-height: 1.5; overflow-wrap: break-word; }}
h1, h2, h3, h4, h5, h6 {{ line-height: 1.2; hyphens: none; -epub-hyphens: none; page-break-after: avoid; }}
p {{ margin: 0 0 0.8em; }}
.byline {{ font-style: italic; }}
blockquote {{ margin: 0 1.2em 0.8em; font-style: italic; }}
blockquote:lang(ar), blockquote:lang(fa), blockquote:lang(he), blockquote:lang(ja), blockquote:lang(ko),
blockquote:lang(zh) {{ font-style: normal; }}
ul.numbered {{ list-style: none; padding: 0; }}
.{ACTIVE} {{ background-color: #ffe08a; color: #1a1a1a; }}
"""


class Clip(NamedTuple):
    """An element to highlight, and the sound for it."""

    name: str
    """The element's id in the document."""
    block: int
    span: Span
    first: Samples
    last: Samples
    """[first, last) from the story's beginning."""


@dataclass(frozen=True, slots=True)
class Document:
    """The files of one chapter."""

    name: str
    """Name of the files, without suffix."""
    title: str
    sections: tuple[Section, ...]
    """Sections that begin in it."""
    language: str
    """BCP 47."""
    front: bool = False
    """True for front matter before the first chapter."""
    seconds: float = 0.0
    """Length of the sound; 0 for a chapter that says nothing, which has neither sound nor overlay."""

    def lasting(self, seconds: float) -> Document:
        """Return a copy with the length of its sound."""
        return replace(self, seconds=seconds)

    @property
    def direction(self) -> str:
        """Writing direction, "ltr" or "rtl"."""
        return direction(self.language)


def style() -> bytes:
    """Return the style sheet."""
    return _STYLE.encode()


def content(story: Story, document: Document, blocks: range, clips: Sequence[Clip]) -> bytes:
    """Return the chapter's text, with an element for each clip."""
    html, body = _page(document, clean(document.title))
    kind = "frontmatter" if document.front else "chapter"
    role = {} if document.front else {"role": "doc-chapter"}  # front matter has no role of its own
    section = _child(body, f"{{{_XHTML}}}section", {_TYPE: kind, "id": "chapter", **role})
    by_block: dict[int, list[Clip]] = {}
    for clip in clips:
        by_block.setdefault(clip.block, []).append(clip)
    anchors = {section.block for section in document.sections}
    parents: dict[int, _Element] = {}
    for index in blocks:
        block = story.blocks[index]
        holder = _holder(section, block, parents)
        if index in anchors:
            holder.set("id", f"b{index}")
        _fill(holder, block.text, by_block.get(index, []))
        if index == 0 and story.byline and block.kind is BlockKind.HEADING:
            _child(section, f"{{{_XHTML}}}p", {"class": "byline"}).text = clean(story.byline)
    return _bytes(html, doctype="<!DOCTYPE html>")


def _holder(section: _Element, block: Block, lists: dict[int, _Element]) -> _Element:
    """Return the element for a block's text. `lists` are the open lists by depth.

    Numbers are part of the text, so numbered items get no other marker.
    """
    if block.kind is not BlockKind.LIST_ITEM:
        lists.clear()
    match block.kind:
        case BlockKind.HEADING:
            return _child(section, f"{{{_XHTML}}}h{min(max(block.level, 1), 6)}")
        case BlockKind.QUOTATION:
            return _child(_child(section, f"{{{_XHTML}}}blockquote"), f"{{{_XHTML}}}p")
        case BlockKind.PARAGRAPH:
            return _child(section, f"{{{_XHTML}}}p")
    style = "numbered" if _NUMBERED.match(block.text) else ""
    for depth in list(lists):
        if depth > block.level or (depth == block.level and lists[depth].get("class", "") != style):
            del lists[depth]
    if block.level not in lists:
        above = lists[max(lists)][-1] if lists else section  # the last item of the enclosing list
        lists[block.level] = _child(above, f"{{{_XHTML}}}ul", {"class": style} if style else {})
    return _child(_child(lists[block.level], f"{{{_XHTML}}}li"), f"{{{_XHTML}}}span")


def _fill(holder: _Element, text: str, clips: Sequence[Clip]) -> None:
    at = 0
    before: _Element | None = None

    def put(plain: str) -> None:
        if before is None:
            holder.text = plain
        else:
            before.tail = plain

    for clip in clips:
        put(clean_inside(text[at : clip.span.start]))
        before = _child(holder, f"{{{_XHTML}}}span", {"id": clip.name})
        before.text = clean_inside(text[slice(*clip.span)])
        at = clip.span.end
    put(clean_inside(text[at:]))


def clean_inside(text: str) -> str:
    """Return text without characters that XML forbids. Blocks should have none, but may come from elsewhere."""
    return "".join(c for c in text if c.isprintable() or c == " " or c in "\u200b\u200c\u200d\u200e\u200f\u00ad")


def overlay(document: Document, clips: Sequence[Clip], start: int, rate: int) -> bytes:
    """Return the media overlay (SMIL). `start` is the chapter's first sample, `rate` samples per second."""
    smil = _root(f"{{{_SMIL}}}smil", {None: _SMIL, "epub": _OPS}, {"version": "3.0"})
    text = f"{document.name}.xhtml"
    sequence = _child(_child(smil, f"{{{_SMIL}}}body"), f"{{{_SMIL}}}seq", {"id": "chapter"})
    sequence.set(f"{{{_OPS}}}textref", f"{text}#chapter")
    sequence.set(_TYPE, "frontmatter" if document.front else "bodymatter chapter")
    for clip in clips:
        pair = _child(sequence, f"{{{_SMIL}}}par", {"id": f"p-{clip.name}"})
        _child(pair, f"{{{_SMIL}}}text", {"src": f"{text}#{clip.name}"})
        begin, end = (f"{(sample - start) / rate:.3f}s" for sample in (clip.first, clip.last))
        _child(pair, f"{{{_SMIL}}}audio", {"src": f"{document.name}.mp3", "clipBegin": begin, "clipEnd": end})
    return _bytes(smil)


def navigation(story: Story, documents: Sequence[Document]) -> bytes:
    """Return the table of contents."""
    first = documents[0]
    html, body = _page(replace(first, title=story.title), clean(story.title))
    nav = _child(body, f"{{{_XHTML}}}nav", {_TYPE: "toc", "role": "doc-toc", "id": "toc"})
    _child(nav, f"{{{_XHTML}}}h1").text = clean(story.title)
    lists = {1: _child(nav, f"{{{_XHTML}}}ol")}
    for document in documents:
        entries = [(s.level, s.title, f"#b{s.block}") for s in document.sections]
        if not document.sections or document.title != document.sections[0].title:
            entries.insert(0, (1, document.title, ""))
        for wanted, title, anchor in entries:
            level = min(wanted, max(lists) + 1)  # skipping a level would make an empty item
            for depth in [depth for depth in lists if depth > level]:
                del lists[depth]
            if level not in lists:
                lists[level] = _child(lists[level - 1][-1], f"{{{_XHTML}}}ol")
            item = _child(lists[level], f"{{{_XHTML}}}li")
            _child(item, f"{{{_XHTML}}}a", {"href": f"{document.name}.xhtml{anchor}"}).text = clean(title)
    return _bytes(html, doctype="<!DOCTYPE html>")


def package(story: Story, documents: Sequence[Document], identifier: str, narrator: str) -> bytes:
    """Return the package document: metadata and the list of files. `narrator` is who speaks."""
    first = documents[0]
    root = _root(
        f"{{{_OPF}}}package",
        {None: _OPF, "dc": _DC},
        {"version": "3.0", "unique-identifier": "id", f"{{{_XML}}}lang": first.language},
    )
    metadata = _child(root, f"{{{_OPF}}}metadata")
    for name, text in _dublin_core(story, identifier, first.language):
        _child(metadata, f"{{{_DC}}}{name}", {"id": "id"} if name == "identifier" else {}).text = text
    for name, text in _properties(story, documents, narrator):
        _child(metadata, f"{{{_OPF}}}meta", {"property": name}).text = text
    spoken = [document for document in documents if document.seconds]
    for document in spoken:
        about = {"property": "media:duration", "refines": f"#{document.name}-overlay"}
        _child(metadata, f"{{{_OPF}}}meta", about).text = f"{document.seconds:.3f}s"
    manifest = _child(root, f"{{{_OPF}}}manifest")
    _item(manifest, "nav", "nav.xhtml", "application/xhtml+xml", {"properties": "nav"})
    _item(manifest, "style", "style.css", "text/css")
    _item(manifest, "cover", COVER, MEDIA_TYPE, {"properties": "cover-image"})
    for document in documents:
        overlaid = {"media-overlay": f"{document.name}-overlay"} if document.seconds else {}
        _item(manifest, document.name, f"{document.name}.xhtml", "application/xhtml+xml", overlaid)
    for document in spoken:
        _item(manifest, f"{document.name}-overlay", f"{document.name}.smil", "application/smil+xml")
        _item(manifest, f"{document.name}-sound", f"{document.name}.mp3", "audio/mpeg")
    spine = _child(root, f"{{{_OPF}}}spine", {"page-progression-direction": first.direction})
    for document in documents:
        _child(spine, f"{{{_OPF}}}itemref", {"idref": document.name})
    return _bytes(root)


def _dublin_core(story: Story, identifier: str, language: str) -> Iterator[tuple[str, str]]:
    yield "identifier", identifier
    yield "title", clean(story.title)
    yield "language", language
    if story.byline:
        yield "creator", clean(story.byline)
    if story.published:
        yield "date", story.published
    if source := public_source(story.source):
        yield "source", source


def _properties(story: Story, documents: Sequence[Document], narrator: str) -> Iterator[tuple[str, str]]:
    yield "dcterms:modified", f"{story.published or _NEVER}T00:00:00Z"
    yield "media:duration", f"{sum(round(document.seconds, 3) for document in documents):.3f}s"
    yield "media:narrator", clean(narrator)
    yield "media:active-class", ACTIVE
    yield "media:playback-active-class", PLAYING
    for mode in ("textual", "auditory"):
        yield "schema:accessMode", mode
        yield "schema:accessModeSufficient", mode
    for feature in ("synchronizedAudioText", "tableOfContents", "structuralNavigation", "readingOrder"):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"
    yield "schema:accessibilitySummary", "The whole text is read aloud by a synthetic voice, in step with the text."


def _item(manifest: _Element, name: str, href: str, kind: str, more: Mapping[str, str] | None = None) -> None:
    _child(manifest, f"{{{_OPF}}}item", {"id": name, "href": href, "media-type": kind, **(more or {})})


def _page(document: Document, title: str) -> tuple[_Element, _Element]:
    """Return a page's (html, body)."""
    about = {"lang": document.language, f"{{{_XML}}}lang": document.language, "dir": document.direction}
    html = _root(f"{{{_XHTML}}}html", {None: _XHTML, "epub": _OPS}, about)
    head = _child(html, f"{{{_XHTML}}}head")
    _child(head, f"{{{_XHTML}}}title").text = title
    _child(head, f"{{{_XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    return html, _child(html, f"{{{_XHTML}}}body")


def _root(tag: str, names: Mapping[str | None, str], attributes: Mapping[str, str]) -> _Element:
    from lxml import etree  # 0.02 s

    return etree.Element(tag, dict(attributes), nsmap=dict(names))


def _child(parent: _Element, tag: str, attributes: Mapping[str, str] | None = None) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, tag, dict(attributes or {}))


def _bytes(root: _Element, doctype: str | None = None) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype=doctype)
    return data + b"\n"
