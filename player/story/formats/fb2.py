"""FictionBook (FB2, also zipped): sections become chapters, poems lines; pictures are left out."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any
from zipfile import ZipFile

from player.errors import SourceError
from player.story.html.blocks import add_blocks
from player.story.html.notes import note
from player.story.model import Picture
from player.story.reading.beginning import LONG, LOOKED_AT, is_enough
from player.story.reading.draft import Draft, same_words
from player.story.reading.raw_source import RawSource
from player.story.reading.untrusted.xml_tree import xml_tree
from player.story.reading.untrusted.zip_errors import UNPACK_ERRORS

_LARGEST = 60_000_000
"""Bytes of a book, unpacked."""
_TAGS = {
    "p": "p", "subtitle": "h6", "text-author": "p", "date": "p", "epigraph": "blockquote", "cite": "blockquote",
    "annotation": "div", "section": "div", "body": "div", "poem": "div", "stanza": "p", "table": "table", "tr": "tr",
    "td": "td", "th": "th", "emphasis": "em", "strong": "strong", "style": "span", "sub": "sub", "sup": "sup",
    "strikethrough": "del", "v": "span", "a": "span", "code": "span",
}  # fmt: skip
"""HTML's elements, by those of FictionBook; others are dropped with all inside."""
_MARKED_UP = 2
"""Characters of HTML for one of text, at most, in what is no table."""
_DEEPEST = 100
"""Elements within one another."""
_NOTES = ("notes", "comments", "footnotes")
"""Names of the parts of a book that hold its notes."""
_HREF = "{http://www.w3.org/1999/xlink}href"


def read(raw: RawSource) -> Draft:
    """Return the draft of a book. Raises SourceError when it is damaged or holds no text."""
    text = RawSource(_unpacked(raw), raw.name, charset=raw.charset).text
    tree = xml_tree(text)
    if tree is None:
        raise _damaged(raw)
    draft = _about(tree)
    _write_notes(tree)
    bodies = [body for body in tree.iterfind("{*}body") if body.get("name") not in _NOTES]
    for body in bodies:
        if (head := body.find("{*}title")) is not None and _says_again(head, draft):
            body.remove(head)
    begun = raw.begun if len(text) > LONG else None
    for body in bodies:
        written = _written(body, 0, 0)
        first = list(_first(written)) if begun is not None else []
        if begun is not None and is_enough(beginning := _beginning(draft, first)):
            begun(beginning)
        begun = None
        add_blocks(draft, "".join(chain(first, written)))
    return draft


def _first(written: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of HTML with which a long text begins."""
    characters = 0
    for piece in written:
        yield piece
        characters += len(piece)
        if characters >= _MARKED_UP * LOOKED_AT:
            return


def _beginning(about: Draft, first: Sequence[str]) -> Draft:
    """Return the draft of the first pieces of a book. Its last block is left out, which may go on."""
    beginning = replace(about, blocks=[], notes=[], styled=[])
    add_blocks(beginning, "".join(first))
    del beginning.blocks[-1:]
    return beginning


def _says_again(head: Any, draft: Draft) -> bool:
    """Return True for the title above the text that is the book's own, with its authors."""
    lines = ["".join(p.itertext()) for p in head.iterfind("{*}p")]
    return any(same_words(one, draft.title) for one in lines) and all(
        same_words(one, draft.title) or same_words(one, draft.byline) for one in lines
    )


def _write_notes(tree: Any) -> None:
    """Give each mark of a note the note's text, as an attribute."""
    texts: dict[str, str] = {}
    for body in tree.iterfind("{*}body"):
        if body.get("name") in _NOTES:
            for section in body.iterfind("{*}section[@id]"):
                said = (" ".join("".join(p.itertext()).split()) for p in section.iterfind("{*}p"))
                texts[section.get("id")] = " ".join(filter(None, said))
    for mark in tree.iter("{*}a") if texts else ():
        if mark.get("type") == "note":
            mark.set("said", texts.get((mark.get(_HREF) or "").lstrip("#"), ""))


def _unpacked(raw: RawSource) -> bytes:
    """Return the book's XML."""
    if raw.data[:2] != b"PK":
        return raw.data
    try:
        with ZipFile(io.BytesIO(raw.data)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".fb2")]
            with archive.open(names[0]) as file:
                data = file.read(_LARGEST + 1)
    except (*UNPACK_ERRORS, LookupError) as error:
        raise _damaged(raw) from error
    if len(data) > _LARGEST:
        raise SourceError(f"{raw.name} holds more than {_LARGEST // 1_000_000} MB", "split it into parts")
    return data


def _damaged(raw: RawSource) -> SourceError:
    return SourceError(f"{raw.name} is damaged", "try to get it again")


def _about(tree: Any) -> Draft:
    """Return a draft with title, authors, date, language and cover."""
    info = tree.find("{*}description/{*}title-info")
    if info is None:
        return Draft()
    date = info.find("{*}date")
    return Draft(
        title=_text(info, "book-title"),
        byline=", ".join(filter(None, map(_name, info.iterfind("{*}author")))),
        published="" if date is None else date.get("value") or date.text or "",
        language=_text(info, "lang"),
        picture=_cover(tree, info),
    )


def _name(author: Any) -> str:
    names = [_text(author, part) for part in ("first-name", "middle-name", "last-name")]
    return " ".join(filter(None, names)) or _text(author, "nickname")


def _text(element: Any, name: str) -> str:
    return " ".join((element.findtext(f"{{*}}{name}") or "").split())


def _cover(tree: Any, info: Any) -> Picture | None:
    image = info.find("{*}coverpage/{*}image")
    name = "" if image is None else (image.get(_HREF) or "").lstrip("#")
    for binary in tree.iterfind("{*}binary") if name else ():
        if binary.get("id") == name:
            try:
                return Picture(data=b64decode(binary.text or ""))
            except ValueError:  # also of letters that are none of ASCII's
                return None
    return None


def _written(element: Any, depth: int, sections: int) -> Iterator[str]:
    """Yield an element as HTML, in pieces. `sections`: how many lie around it, from which headings have their level."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name == "title":
        words = ". ".join(filter(None, (" ".join("".join(p.itertext()).split()) for p in element.iterfind("{*}p"))))
        yield f"<h{min(sections + 1, 6)}>{_escaped(words.replace('..', '.'))}</h{min(sections + 1, 6)}>"
    elif name == "a" and element.get("type") == "note":
        yield note(element.get("said", ""))
    elif name == "subtitle" and not any(map(str.isalnum, "".join(element.itertext()))):
        yield "<br>"  # stars between two scenes
    elif name in _TAGS and depth < _DEEPEST:
        tag = _TAGS[name]
        yield f"<{tag}>{_escaped(element.text)}"
        for child in element:
            yield from _written(child, depth + 1, sections + (name == "section"))
            yield _escaped(child.tail)
        yield f"</{tag}><br>" if name == "v" else f"</{tag}>"


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")
