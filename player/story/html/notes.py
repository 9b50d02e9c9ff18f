"""Footnotes and endnotes of a book: removed from its text, together with the marks that link to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from player.story.html.breaks import split_paragraph
from player.story.html.tree import take_out

_MARK = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxlc]{1,6})[\])}.:]?", re.IGNORECASE)
_NOTES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "noteref", "backlink"))
"""Names for notes in EPUB 3's structural vocabulary, and in DPUB-ARIA with "doc-" in front."""
_CLASS = re.compile(
    r"(?:_?id)?[-_]?(?:foot|end|rear)[-_]?notes?[-_]?(?:ref|reference|link|anchor|back|text|body|group|s?list)?"
    r"|note-?ref|fn-?anchor|fn-?ref|mso(?:foot|end)note\w*",
    re.IGNORECASE,
)
"""Names of classes that programs (InDesign, Word, pandoc, Project Gutenberg's) give to notes and their marks."""
_HEADING = re.compile(
    r"(?:foot|end)?-?notes?|anmerkungen|(?:fuß|fuss|end)noten|notes de (?:bas de page|fin)|notas(?: (?:al|a) pie.*)?"
    r"|note(?: a piè di pagina)?|noten|(?:voet|eind)noten",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("p", "li", "div", "aside", "section", "dd", "dt", "blockquote", "td", "tr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BACK = frozenset(("↩", "↩︎", "↑", "^", "⤴", "←", "back", "return", "zurück", "retour", "jump up"))
"""Words of a link that leads from a note back to its mark."""
_LONGEST = 6000
"""Characters of a note; what is longer is a chapter that somebody links to."""
_PARAGRAPHS = 6
"""Paragraphs of one note, at most."""
_FEW = 0.3
"""Largest share of text that remains of a page of endnotes without its notes: chapter names."""

_NOTE = "x-note"
"""Name of the element by which our readers put a note into HTML; its attribute "said" is the text."""

Keep = Callable[[str], str]
"""A note's text -> the mark of its place: Draft.add_note."""
Resolve = Callable[[str, str], tuple[str, str]]
"""(the file in which it stands, an address) -> (path, anchor)."""


def note(said: str) -> str:
    """Return the HTML of a note at its place, for `keep_written_notes`; empty for an empty one."""
    return f'<{_NOTE} said="{escape(said)}"></{_NOTE}>' if said else ""


def is_mark(text: str) -> bool:
    """Return True for what marks a note: "3", "[3]", "*"."""
    return _MARK.fullmatch(text) is not None


def is_notes_heading(text: str) -> bool:
    """Return True for a heading of nothing but notes: "Footnotes", "Anmerkungen"."""
    return _HEADING.fullmatch(text.strip(" :.\n\t")) is not None


def keep_written_notes(tree: Any, keep: Keep) -> None:
    """Replace the elements written by `note` by their marks."""
    written = list(tree.iter(_NOTE))
    for one in written:
        one.tail = keep(one.get("said", "")) + (one.tail or "")
    take_out(tree, written)


def keep_linked_notes(tree: Any, keep: Keep, *, by_name: bool = True) -> None:
    """Take the notes out of one page, as `drop_notes` does."""
    for paragraph in tree.xpath("//p[br][count(.//a[@name or @id]) > 1]"):
        if sum(is_mark(_words(link)) for link in paragraph.xpath(".//a[@name or @id]")) > 1:
            split_paragraph(paragraph)
    drop_notes({"": tree}, (), _within, keep, by_name=by_name)


@dataclass(frozen=True)
class _Mark:
    """A link whose text is only a mark, such as "3" or "*"."""

    link: Any
    text: str
    path: str
    target: tuple[str, str]
    glued: bool
    """True if it is raised, or follows a word without a blank."""


class _Page:
    """A page and where things are in it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._order = list(root.iter()) if root.xpath("boolean(//a[contains(@href, '#')])") else []

    @cached_property
    def ids(self) -> dict[str, Any]:
        """Anchor -> the first element of that name."""
        found: dict[str, Any] = {}
        for name in self.root.xpath("//@id | //a/@name"):
            found.setdefault(str(name), name.getparent())
        return found

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """Element -> its place in the page."""
        return {element: number for number, element in enumerate(self._order)}


def drop_notes(
    roots: Mapping[str, Any],
    chapters: Collection[tuple[str, str]],
    resolve: Resolve,
    keep: Keep,
    *,
    by_name: bool = True,
) -> set[str]:
    """Take the notes out of pages (path -> tree, in reading order). Returns the paths of pages that were all notes.

    Each note is passed to `keep`, whose result replaces the note's mark in the text.

    Notes are recognised by their kind (EPUB 3, ARIA) or class, or by a mark that links to a later place, which begins
    with the same mark or links back. `chapters` are places (path, anchor) in the table of contents, which are never
    notes. Without `by_name`, only notes with a mark are removed.
    """
    pages = {path: _Page(root) for path, root in roots.items()}
    order = {path: number for number, path in enumerate(pages)}
    notes: dict[str, list[Any]] = {}
    kept: dict[Any, str] = {}
    blocks: dict[Any, _Block | None] = {}
    apart = set(pages)  # where notes are those of other pages
    for path, page in pages.items():
        for mark in _marks(path, page, resolve):
            where, anchor = mark.target
            if where not in pages or mark.target in chapters:
                continue
            target = pages[where].ids.get(anchor)
            if target is None or not _is_later(mark, target, pages, order):
                continue
            if target not in blocks:  # many marks may lead to one
                blocks[target] = _note(target, resolve, where)
            note = blocks[target]
            if note is not None and (mark.glued or _is_note(mark.link) or _answers(mark, note)):
                notes.setdefault(where, []).append(note.block)
                if where == path:
                    apart.discard(path)
                mark.link.set("kind", "noteref")
                if note.block not in kept:
                    kept[note.block] = keep(note_text(note.block, mark.text))
                put_after(mark.link, mark.text, kept[note.block])
    return {path for path, page in pages.items() if _drop(page.root, notes.get(path, []), path in apart, by_name)}


def noted_in(path: str, root: Any, resolve: Resolve) -> set[str]:
    """Return the paths to which the marks of notes on a page may lead."""
    return {mark.target[0] for mark in _marks(path, _Page(root), resolve)}


def notes_stand_in(root: Any) -> bool:
    """Return True if the notes of a page, or of its beginning, all stand in it."""
    page = _Page(root)
    marks = _marks("", page, _within)
    return all(mark.target[1] in page.ids for mark in marks if mark.glued)


def _within(page: str, address: str) -> tuple[str, str]:
    return page, address.partition("#")[2]


def _marks(path: str, page: _Page, resolve: Resolve) -> Iterator[_Mark]:
    for link in page.root.xpath("//a[contains(@href, '#')]"):
        text = "".join(link.itertext()).strip()
        if not text or not _MARK.fullmatch(text):
            continue
        parent = link.getparent()
        before = link.getprevious()
        left = (before.tail if before is not None else parent.text) or ""
        raised = parent.tag == "sup" or link.find(".//sup") is not None
        yield _Mark(
            link, text, path, resolve(path, link.get("href")), raised or (not left[-1:].isspace() and left != "")
        )


def _is_later(mark: _Mark, target: Any, pages: Mapping[str, _Page], order: Mapping[str, int]) -> bool:
    """Return True if the place comes after the mark. An earlier place is what a note links back to."""
    where = mark.target[0]
    if where != mark.path:
        return order[where] > order[mark.path]
    numbers = pages[where].numbers
    return numbers[target] > numbers[mark.link]


@dataclass(frozen=True)
class _Block:
    """A block to which a mark leads."""

    block: Any
    begins: str
    """The first letters of its text."""
    back: frozenset[tuple[str, str]]
    """Where its links lead: (path, anchor)."""


def _note(target: Any, resolve: Resolve, path: str) -> _Block | None:
    """Return the block that begins at an anchor; None when it is longer than a note."""
    note = target
    while note is not None and note.tag not in _BLOCKS:
        note = None if note.tag in _HEADINGS or note.tag == "body" else note.getparent()
    if note is None or next(note.iter(*_HEADINGS), None) is not None:
        return None
    text = "".join(note.itertext())
    if len(text) >= _LONGEST:
        return None
    back = frozenset(resolve(path, address) for link in note.iter("a") if (address := link.get("href")))
    return _Block(note, text[:40], back)


def _answers(mark: _Mark, note: _Block) -> bool:
    """Return True if a note begins with its mark, or leads back to it."""
    if re.match(rf"\W*{re.escape(_bare(mark.text))}(?!\w)", note.begins, re.IGNORECASE):
        return True
    near = [mark.link, *list(mark.link.iterancestors())[:2], *mark.link]
    names = {name for one in near for name in (one.get("id"), one.get("name")) if name}
    return any((mark.path, name) in note.back for name in names)


def note_text(note: Any, mark: str) -> str:
    """Return a note's text, without its mark and without links back."""
    back = {link for link in note.iter("a") if _MARK.fullmatch(text := _words(link)) or not text or text in _BACK}
    text = " ".join("".join(_said(note, back)).split())
    return re.sub(rf"^\W*{re.escape(_bare(mark))}(?!\w)[\W_]*(?=\S)|^[\])}}.:^↑↩\s]+", "", text, count=1)


def _said(element: Any, without: Collection[Any]) -> Iterator[str]:
    """Yield an element's text, with blanks at line breaks, leaving out some of the elements within."""
    from lxml.etree import iterwalk

    walk = iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            yield "" if inner is element else inner.tail or ""
        elif inner in without:
            walk.skip_subtree()
        else:
            yield " " if inner.tag in _BLOCKS or inner.tag == "br" else ""
            yield inner.text or ""


def put_after(link: Any, text: str, mark: str) -> None:
    """Put a mark after a link that will be removed, and after the elements that hold nothing but the link."""
    holder = link
    while (parent := holder.getparent()) is not None and parent.tag not in _BLOCKS and parent.tag != "body":
        if not _says_only(parent, text):
            break
        holder = parent
    holder.tail = mark + (holder.tail or "")


def _says_only(element: Any, text: str) -> bool:
    said = ""
    for part in element.itertext():
        said = (said + part).lstrip()
        if len(said.rstrip()) > len(text):
            return False
    return said.strip() == text


def _bare(text: str) -> str:
    return text.strip("[](){}.: ") or text


def _drop(root: Any, notes: list[Any], apart: bool, by_name: bool) -> bool:
    """Remove notes and marks from a page; return True if nothing else was on it. `apart`: True if the marks are on
    other pages."""
    named = [one for one in root.xpath("//body//*[@kind or @class]") if _is_note(one)] if by_name else []
    found = {*notes, *_more(notes, apart), *named}
    if not found:
        return False
    body = root.find("body")
    whole = _length(body)
    found.update(_headings(body, found))
    take_out(root, found)
    few = len(notes) > 1 and _length(body) < _FEW * whole
    return few or (bool(notes) and apart and _is_headings(body))


def _is_headings(body: Any) -> bool:
    """Return True if nothing but headings is left: of chapters, in a book's endnotes."""
    return sum(map(_length, body.iter(*_HEADINGS))) == _length(body)


def _headings(body: Any, notes: Collection[Any]) -> list[Any]:
    """Return the headings ("Notes") directly above notes."""
    found: list[Any] = []
    heading, inside = None, frozenset[Any]()
    for element in body.iter():
        if heading is not None and (element.text or "").strip() and element not in inside:
            if element in notes or any(one in notes for one in element.iterancestors()):
                found.append(heading)
            heading = None
        if (element.tag in _HEADINGS or element.tag == "p") and _HEADING.fullmatch(_words(element)):
            heading, inside = element, frozenset(element.iter())
    return found


def _more(notes: list[Any], apart: bool) -> Iterator[Any]:
    """Yield the elements between two notes, which are a note's further paragraphs; on a page of endnotes also those
    after the last."""
    marked = set(notes)
    for note in marked:
        between: list[Any] = []
        for after in note.itersiblings():
            if after in marked:
                yield from between
                between.clear()
                break
            if after.tag in _HEADINGS or after.tag == "hr" or len(between) >= _PARAGRAPHS:
                break
            between.append(after)
        if apart:
            yield from between


def _is_note(element: Any) -> bool:
    if _NOTES.intersection(element.get("kind", "").split()):
        return True
    if not any(_CLASS.fullmatch(name) for name in element.get("class", "").split()):
        return False
    return element.tag == "a" or _length(element) < _LONGEST or element.find(".//p") is not None


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip(" :.\n\t")


def _length(element: Any) -> int:
    return len("".join(element.itertext()))
