"""pandoc's HTML: its header, and its body made ready for the way through HTML that all formats share."""

from __future__ import annotations

import re
from typing import Any

from player.story.formats.office.marks import TITLE
from player.story.model import BlockKind
from player.story.reading.draft import Draft, same_words
from player.story.reading.plain_paragraphs import is_chapter

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_POWER = re.compile(r"[-−]?\d{1,2}")
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_FIRST = 3
"""Blocks among which the only great heading is the title, when nothing else says it."""
_LONGEST_HEADING = 100
"""Characters of a line in bold."""


def take_title(draft: Draft, title: str) -> None:
    """A title in the text that is another than the metadata's is read out, for they are often out of date."""
    if not draft.title:
        draft.title = title
    elif title and not same_words(title, draft.title):
        draft.add(BlockKind.HEADING, title, 1)


def take_header(tree: Any, draft: Draft) -> None:
    """What pandoc has found by the styles Title, Subtitle, Author, Date and Abstract, or in RTF's \\info."""
    header = tree.find(".//header")
    said: dict[str, list[str]] = {}
    for element in header.iter("p", "div"):
        if element.find("p") is None and (text := " ".join(element.text_content().split())):
            said.setdefault(element.get("class") or "other", []).append(text)
    for title in said.get("title", ()):
        take_title(draft, title)
    draft.byline = ", ".join(said.get("author", ())) or draft.byline
    draft.published = next(iter(said.get("date", ())), draft.published)
    for text in said.get("other", ()):
        draft.add(BlockKind.PARAGRAPH, text)


def tidied(tree: Any, draft: Draft) -> Any:
    """The text without notes, with the numbers of lists as text, and its headings one level down.

    The first level is the title's; it is taken from a heading when nothing else has said it.
    """
    body = tree.find(".//main")
    for group in list(body.iterchildren("div")):  # of paragraphs (see office_odt)
        group.drop_tag()
    for notes in body.xpath(".//section[contains(@class, 'footnotes')] | .//a[@role='doc-noteref']"):
        notes.drop_tree()
    for formula in body.xpath(".//span[contains(@class, 'math')]"):
        formula.text = (formula.text or "").strip("$")
    # A variable with a number: what is raised behind a word is a note's, and goes.
    for power in body.xpath(".//em[string-length() < 3]/following-sibling::*[1][self::sup]"):
        if not power.getprevious().tail and _POWER.fullmatch(power.text or ""):
            power.text = power.text.translate(_RAISED)
            power.drop_tag()
    for element in body.xpath(".//*[@id or @class]"):
        for name in ("id", "class"):  # a heading "Contents" has an id that web pages have other uses for
            element.attrib.pop(name, None)
    _tidy_headings(body, draft)
    for table in body.iter("table"):
        _tidy_table(table)
    return body


def _tidy_headings(body: Any, draft: Draft) -> None:
    if next(body.iter(*_HEADINGS), None) is None:
        for paragraph in [p for p in body.iterchildren("p") if _is_all_bold(p)]:
            is_title = paragraph.getprevious() is None and not is_chapter(paragraph.text_content().strip())
            paragraph.tag = "h1" if is_title else "h2"
    top = list(body.iter("h1"))
    first = list(body)[:_FIRST]
    styled = any(TITLE in block.text_content() for block in first)  # in which it says what it is
    if not (draft.title or styled) and len(top) == 1 and top[0] in first:
        draft.title = " ".join(top[0].text_content().split())
    for heading in list(body.iter(*_HEADINGS)):
        heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"


def _is_all_bold(paragraph: Any) -> bool:
    """Whether it is a short line in bold, as those make headings who use no styles."""
    if (paragraph.text or "").strip() or not len(paragraph):
        return False
    if any(child.tag != "strong" or (child.tail or "").strip() for child in paragraph):
        return False
    said = paragraph.text_content().strip()
    return (
        0 < len(said) <= _LONGEST_HEADING and said[-1] not in ".,;:…" and (said[0].isalnum() or said[0] in "¿¡“„«‘\"'(")
    )


def _tidy_table(table: Any) -> None:
    """Captions stand in front, and cells of one paragraph hold its text."""
    for caption in list(table.iterchildren("caption")):
        caption.tail = None
        table.addprevious(caption)
        caption.tag = "div"
    for cell in table.iter("td", "th"):
        if len(cell) == 1 and cell[0].tag == "p":
            cell[0].drop_tag()
