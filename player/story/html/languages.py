"""Languages of elements, as HTML and XML attributes declare them."""

from __future__ import annotations

from itertools import islice
from typing import Any

from player.story.language_tag import same_language, valid
from player.story.reading.blocks.marks import EMPHASISED, in_language
from player.story.reading.languages.passages import may_be_foreign

_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_LINES = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td", "th", "blockquote", "div"))
_WITHIN_LINES = frozenset(("a", "abbr", "b", "cite", "code", "em", "font", "i", "q", "small", "span", "strong", "u"))

_EMPHASIS = ("em", "i", "cite")
_MOST_TEXTS = 20
"""Pieces of text in emphasised words that are looked at."""


def declared(element: Any) -> str | None:
    """Return the language that an element declares for what is in it; None for none of its own.

    That of a whole page is not returned: it is the template's as often as the text's.
    """
    written = element.get("lang") or element.get("xml:lang") or element.get(_XML)
    return valid(written) if written and element.tag not in ("html", "body") else None


def looked_for(element: Any) -> bool:
    """Return True for emphasised words whose language is worth looking for: writers set foreign ones so."""
    return element.tag in _EMPHASIS and may_be_foreign("".join(islice(element.itertext(), _MOST_TEXTS)))


def mark_languages(tree: Any, language: str) -> None:
    """Put marks in place of attributes around words in another language than `language`, and around emphasised words.

    trafilatura drops the attributes, and takes a quotation that has one for a block of code.
    """
    if not tree.xpath("boolean(//body//@lang | //body//@xml:lang)"):
        _mark_emphasised(tree)
        return
    spoken: dict[Any, str] = {}
    for element in list(tree.iter()):
        around = spoken.get(element.getparent(), "")
        own = declared(element)
        if own is not None:
            element.attrib.pop("lang", None)
        if own is None:
            here = around or (EMPHASISED if looked_for(element) else "")
        else:
            here = "" if same_language(own, language) else own
        spoken[element] = here
        line = element.tag in _LINES
        if (here and line and _has_words(element)) or (here != around and not line):
            element.text = in_language(here) + (element.text or "")
        if here != around and not line:  # between lines a mark would be a line of its own
            element.tail = in_language(around) + (element.tail or "")


def _mark_emphasised(tree: Any) -> None:
    for element in list(tree.iter(*_EMPHASIS)):
        if looked_for(element) and not any(one.tag in _EMPHASIS for one in element.iterancestors()):
            element.text = in_language(EMPHASISED) + (element.text or "")
            element.tail = in_language("") + (element.tail or "")


def _has_words(element: Any) -> bool:
    """Return True for an element with a line of text of its own."""
    if (element.text or "").strip():
        return True
    return len(element) > 0 and isinstance(element[0].tag, str) and element[0].tag in _WITHIN_LINES
