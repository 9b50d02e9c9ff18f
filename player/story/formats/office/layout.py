"""Meaning of a document's layout: titles, bold lines that are headings, pictures, powers, tables."""

from __future__ import annotations

import re
from typing import Any

from player.patterns import later
from player.story.model import BlockKind
from player.story.reading.blocks.announcements import PICTURE
from player.story.reading.draft import Draft, picture_text, same_words
from player.story.reading.lines.plain_paragraphs import is_chapter

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_POWER = later(r"[-−]?\d{1,2}")
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIRST = 3
"""Blocks at the beginning in which the only top heading is the title, unless one is marked."""
_LONGEST_HEADING = 100
"""Characters of the longest bold line that is a heading."""
_FILE = later(r"\S*[\d_]\S*|.*\.(?:png|jpe?g|gif|bmp|tiff?|svg|webp|heic|[ew]mf)", re.IGNORECASE)
_GENERIC = later(r"(?:image|picture|graphics?|grafik|bild|imagen?|immagine|photo|figure|screenshot|logo)?[\W\d]*", re.I)
_AUTOMATIC = later(
    r"a picture containing\b|.*(?:description automatically generated|AI-generated content may be incorrect"
    r"|automatisch generiert|générée automatiquement|generada automáticamente|generata automaticamente"
    r"|automatisch gegenereerd|gerada automaticamente)",
    re.IGNORECASE | re.DOTALL,
)


def take_title(draft: Draft, title: str) -> None:
    """Take the title. One in the text that differs from the metadata's is read as well, because metadata is often
    outdated."""
    if not draft.title:
        draft.title = title
    elif title and not same_words(title, draft.title):
        draft.add(BlockKind.HEADING, title, 1)


def understand(body: Any, draft: Draft) -> None:
    """Change a tree of HTML for the shared reader, and take its title.

    Headings move down a level, as the first is the title's: a line of the class "title", or the only top heading.
    """
    for group in body.xpath(".//div[p]"):  # a group of paragraphs with one style
        group.drop_tag()
    # A variable with a number; any other raised number is a note's, and is removed.
    for power in body.xpath(".//em[string-length() < 3]/following-sibling::*[1][self::sup]"):
        if not power.getprevious().tail and _POWER.fullmatch(power.text or ""):
            power.text = power.text.translate(_RAISED)
            power.drop_tag()
    _read_out_pictures(body)
    for cell in body.iter("td", "th"):
        if len(cell) == 1 and cell[0].tag == "p":  # the only paragraph of a cell needs no element
            cell[0].drop_tag()
    first = list(body)[:_FIRST]
    for title in body.findall("p[@class='title']"):
        if title in first:
            take_title(draft, _said(title))
            title.clear()  # the draft has it already, before the rest
        else:
            title.tag = "h1"
    _find_headings(body, draft)


def _read_out_pictures(body: Any) -> None:
    """Put descriptions of pictures behind their paragraphs."""
    for image in reversed(list(body.iter("img"))):
        around = next(image.iterancestors("p", *_HEADINGS), image)
        alone = not image.get("alt") and around.tag == "p" and not around.text_content().strip()
        if text := PICTURE if alone else picture(image.get("alt", "")):
            described = image.makeelement("p")
            described.text = text
            described.tail, around.tail = around.tail, None
            around.addnext(described)


def picture(description: str) -> str:
    """Return the text spoken for a picture; empty for file names and for descriptions guessed by a program."""
    words = " ".join(description.split())
    if _FILE.fullmatch(words) or _GENERIC.fullmatch(words) or _AUTOMATIC.match(words):
        return ""
    return picture_text(words)


def _find_headings(body: Any, draft: Draft) -> None:
    if next(body.iter(*_HEADINGS), None) is None:
        for paragraph in [p for p in body.iterchildren("p") if _is_all_bold(p)]:
            is_title = paragraph.getprevious() is None and not is_chapter(_said(paragraph))
            paragraph.tag = "h1" if is_title else "h2"
    top = list(body.iter("h1"))
    if not draft.title and len(top) == 1 and top[0] in list(body)[:_FIRST]:
        draft.title = _said(top[0])
    for heading in list(body.iter(*_HEADINGS)):
        heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"


def _is_all_bold(paragraph: Any) -> bool:
    """Return True for a short bold line: a heading of authors who use no styles."""
    if (paragraph.text or "").strip() or not len(paragraph):
        return False
    if any(child.tag != "strong" or (child.tail or "").strip() for child in paragraph):
        return False
    said = _said(paragraph)
    return (
        0 < len(said) <= _LONGEST_HEADING and said[-1] not in ".,;:…" and (said[0].isalnum() or said[0] in "¿¡“„«‘\"'(")
    )


def _said(element: Any) -> str:
    return " ".join(element.text_content().split())
