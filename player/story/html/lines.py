"""Elements within a line, turned into text: <q> into quotation marks, a picture of a word into the word, raised signs,
times and fields. Readers of the line afterwards see only words."""

from __future__ import annotations

import re
from typing import Any

from player.story.html.raised import write_raised
from player.story.html.tree import is_said
from player.story.language_tag import shortest

_LANGUAGE = ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang")
_MARKS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "da", "is", "bg", "et", "lt"), "„“‚‘"),
    **dict.fromkeys(("pl", "hu", "ro", "nl", "hr"), "„”‚’"),
    **dict.fromkeys(("fr", "it", "es", "pt", "ru", "el", "uk", "no", "nb", "ca"), "«»“”"),
    **dict.fromkeys(("ja", "zh", "cmn", "yue"), "「」『』"),
}
"""Outer and inner quotation marks; English ones for all others."""
_ANY_MARK = frozenset("\"'“”„‚‘’«»‹›「」『』")
_LINES = frozenset(("p", "li", "dd", "dt", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a"))
_INLINE = frozenset(("i", "em", "b", "strong", "span", "a", "u", "small", "font", "mark", "picture", "source", "kbd"))
DESCRIBES_NOTHING = re.compile(
    r"\W*|\S.{0,80}\.(?:jpe?g|png|gif|svg|webp|tiff?)|(?:img|image|pic|fig|p)?[\s_-]*\d+"
    r"|(?:the )?(?:book |front |back )?covers?(?: (?:image|page|art|picture|design))?(?: (?:of|for) .*)?"
    r"|(?:cover|image|img|illustration|picture|photo|graphic|logo|icon|figure|decoration|ornament|title ?page|map"
    r"|divider|separator|line|border|background|frontispiece|unknown|alt|untitled|bild|imagen|immagine)s?\W*\d*\W*"
    r"|.{0,40}\b(?:logo|ornament|colophon|divider|flourish|vignette|decoration)\W*",
    re.IGNORECASE,
)
"""Alternative texts that say nothing of a picture."""
_LONGEST_WORD = 40
"""Characters of a picture's description that may be a word of a line."""
_LONGEST_CELL = 200
"""Characters of a picture's description that may stand for a table's cell."""
_NEIGHBOURS = 5
"""Elements before another one that are looked at for text."""
_PICTOGRAPH = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+")


def write_lines(tree: Any) -> None:
    """Put words into a tree wherever a line has an element for them. Notes' marks stay <sup>."""
    write_raised(tree)
    _quote(tree)
    _part_sources(tree)
    for name in ("time", "label", "output", "data", "noindex", "marquee", "blink"):
        for element in list(tree.iter(name)):
            if name == "noindex" or _goes_on(element):
                element.tag = "span"
                element.attrib.clear()
    for picture in list(tree.iter("img")):
        word = " ".join((picture.get("alt") or "").split())
        if word and ((len(word) <= _LONGEST_WORD and _is_word(picture, word)) or _is_cell(picture, word)):
            picture.tag = "span"
            picture.attrib.clear()
            picture.text = word
            for holder in list(picture.iterancestors("picture", "source")):  # extractors drop them with all inside
                holder.tag = "span"


def _part_sources(tree: Any) -> None:
    """Part "Ann wrote:" from the words that are quoted below it. Keep the <footer> that says who wrote them: extractors
    drop it as the foot of a page."""
    for foot in list(tree.iter("footer")):
        if next(foot.iterancestors("blockquote"), None) is not None:
            foot.tag = "p"
    for source in list(tree.iter("cite")):
        around = source.getparent()
        first = around is not None and around.tag == "blockquote" and around[0] is source and not is_said(around.text)
        if first and is_said(source.tail) and source.text_content().rstrip().endswith(":"):
            source.tag = "p"


def _quote(tree: Any) -> None:
    for quotation in list(tree.iter("q")):
        words = quotation.text_content().strip()
        inner = next(quotation.iterancestors("q"), None) is not None
        if words and words[0] not in _ANY_MARK:
            marks = _marks(quotation)[2 if inner else 0 :]
            quotation.text = marks[0] + (quotation.text or "").lstrip()
            if len(quotation):
                quotation[-1].tail = (quotation[-1].tail or "").rstrip() + marks[1]
            else:
                quotation.text = quotation.text.rstrip() + marks[1]
    for quotation in list(tree.iter("q")):
        languages = {name: value for name, value in quotation.attrib.items() if name in _LANGUAGE}
        quotation.tag = "span"
        quotation.attrib.clear()
        quotation.attrib.update(languages)


def _marks(quotation: Any) -> str:
    """Return the marks of the language around a quotation, as browsers choose them: outer and inner pair."""
    language = next((one.get("lang") for one in quotation.iterancestors() if one.get("lang")), "")
    return _MARKS.get(shortest(language), "“”‘’")


def _is_word(picture: Any, word: str) -> bool:
    """Return True if a picture stands for a word of its line: "Press the [Pause] key", an emoji, a painted initial."""
    if DESCRIBES_NOTHING.fullmatch(word) and not _PICTOGRAPH.fullmatch(word):
        return False
    before, after = around(picture)
    if before is None:
        return False
    if _PICTOGRAPH.fullmatch(word) or "emoji" in picture.get("class", ""):
        return bool(before.strip() or after.strip())
    if len(word) <= 2 and not before.strip() and after[:1].islower():
        return True  # a painted letter
    goes_on = after.lstrip()[:1]
    inside = before.strip() != "" and before.rstrip()[-1] not in '.!?:”"' and (goes_on == "" or not goes_on.isupper())
    return inside and (goes_on != "" or len(word) < 20) and _is_small(picture)


def _is_cell(picture: Any, word: str) -> bool:
    """Return True if a picture is all that a table's cell holds, below a column's or beside a row's name."""
    cell = next(picture.iterancestors("td"), None)
    if cell is None or len(word) > _LONGEST_CELL or DESCRIBES_NOTHING.fullmatch(word):
        return False
    table = next(cell.iterancestors("table"), None)
    alone = not is_said(cell.text_content()) and sum(1 for _ in cell.iter("img")) == 1
    return alone and table is not None and next(table.iter("th"), None) is not None


def _is_small(picture: Any) -> bool:
    """Return True if no width says that it is a picture to look at."""
    width = picture.get("width", "")
    return not (width.isdecimal() and int(width) > 150)


def _goes_on(element: Any) -> bool:
    """Return True if an element is part of a line with other words."""
    before, after = around(element)
    return before is not None and any(map(str.isalnum, before + after))


def around(element: Any) -> tuple[str | None, str]:
    """Return the text before and after an element in its line; None for the former when it stands in no line."""
    before = after = ""
    while True:
        left = element.getprevious()
        for _ in range(_NEIGHBOURS):
            if left is None or left.tag not in _INLINE or (left.tail or "").strip() or before.strip():
                break
            before = left.text_content() + (left.tail or "") + before
            left = left.getprevious()
        parent = element.getparent()
        if parent is None:
            return None, ""
        before = ((parent.text if left is None else left.tail) or "") + before
        after += element.tail or ""
        right = element.getnext()
        if not after.strip() and right is not None and right.tag in _INLINE:
            after += right.text_content()
        if parent.tag not in _INLINE or before.strip() or after.strip():
            break
        element = parent
    while parent is not None and parent.tag in _INLINE:
        parent = parent.getparent()
    if parent is None or not isinstance(parent.tag, str):
        return None, ""
    return (before, after) if parent.tag in _LINES or parent.tag in ("div", "figcaption", "caption") else (None, "")
