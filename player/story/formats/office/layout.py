"""What a document's looks mean: titles, lines in bold that are headings, pictures, powers, tables."""

from __future__ import annotations

import re
from typing import Any

from player.story.model import BlockKind
from player.story.reading.draft import Draft, picture_text, same_words
from player.story.reading.plain_paragraphs import is_chapter

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_POWER = re.compile(r"[-−]?\d{1,2}")
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIRST = 3
"""Blocks among which the only great heading is the title, when nothing else says it."""
_LONGEST_HEADING = 100
"""Characters of a line in bold."""
_FILE = re.compile(r"\S*[\d_]\S*|.*\.(?:png|jpe?g|gif|bmp|tiff?|svg|webp|heic|[ew]mf)", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:image|picture|graphics?|grafik|bild|imagen?|immagine|photo|figure|screenshot|logo)?[\W\d]*", re.I
)
_AUTOMATIC = re.compile(
    r"a picture containing\b|.*(?:description automatically generated|AI-generated content may be incorrect"
    r"|automatisch generiert|générée automatiquement|generada automáticamente|generata automaticamente"
    r"|automatisch gegenereerd|gerada automaticamente)",
    re.IGNORECASE | re.DOTALL,
)


def take_title(draft: Draft, title: str) -> None:
    """A title in the text that is another than the metadata's is read out, for they are often out of date."""
    if not draft.title:
        draft.title = title
    elif title and not same_words(title, draft.title):
        draft.add(BlockKind.HEADING, title, 1)


def understand(body: Any, draft: Draft) -> None:
    """Change a tree of HTML so that the shared room reads it rightly, and take its title.

    Headings go one level down, for the first level is the title's: a line of the class "title", or the only greatest
    heading.
    """
    for group in body.xpath(".//div[p]"):  # of paragraphs of one style
        group.drop_tag()
    # A variable with a number: what is raised behind a word is a note's, and goes.
    for power in body.xpath(".//em[string-length() < 3]/following-sibling::*[1][self::sup]"):
        if not power.getprevious().tail and _POWER.fullmatch(power.text or ""):
            power.text = power.text.translate(_RAISED)
            power.drop_tag()
    _read_out_pictures(body)
    for cell in body.iter("td", "th"):
        if len(cell) == 1 and cell[0].tag == "p":  # alone in its cell it lays out nothing
            cell[0].drop_tag()
    first = list(body)[:_FIRST]
    for title in body.findall("p[@class='title']"):
        if title in first:
            take_title(draft, _said(title))
            title.clear()  # but stands before the rest
        else:
            title.tag = "h1"
    _find_headings(body, draft)


def _read_out_pictures(body: Any) -> None:
    """Put the descriptions of pictures behind the paragraphs in which they are."""
    for image in reversed(list(body.iter("img"))):
        if text := picture(image.get("alt", "")):
            around = next(image.iterancestors("p", *_HEADINGS), image)
            described = image.makeelement("p")
            described.text = text
            described.tail, around.tail = around.tail, None
            around.addnext(described)


def picture(description: str) -> str:
    """Return what is read out in place of a picture; empty for names of files and for what a program guessed."""
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
    """Whether it is a short line in bold, as those make headings who use no styles."""
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
