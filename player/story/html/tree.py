"""Parsing HTML: whole also where it is nested without end, and never deeper than functions may call themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

_DEEPEST = 100
"""Elements within one another: pages have up to 50. What is deeper becomes text of one line."""
_TAKEN_OUT = "taken-out"
_OF_HEAD = frozenset(("title", "meta", "link", "base", "style", "script", "noscript", "template"))
_SENTENCE, _RUN = 80, 3
"""Characters of a paragraph, and paragraphs one below the other, at least, in a story."""


def html_tree(text: str) -> Any:
    """Return the tree of a page or of a piece of one, without comments. Raises ValueError or lxml.etree.ParserError."""
    from lxml import html  # 0.02 s

    # Else libxml2 drops all that follows 256 elements within one another; now it does so after 2,048.
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    tree = html.document_fromstring(text, parser=parser)
    body = tree.find("body")
    if body is None and (body := tree.find(".//body")) is not None:  # behind a misspelt tag of the head
        tree.append(body)
    if body is None:
        body = _body_of_head(tree)
    for stray in list(tree.itersiblings()):  # damaged pages can have several roots
        stray.tag = "div"
        (tree if body is None else body).append(stray)
    for element in _deep()(tree):
        _flatten(element)
    return tree


def _body_of_head(tree: Any) -> Any:
    """Move what stands in the head of a page without a <body> into a new one, from the first element that belongs into
    no head; return it, or None if there is nothing. The parser leaves <main> and <article>, which it does not know, in
    the head."""
    head = tree.find("head")
    elements = list(head) if head is not None else []
    first = next((n for n, one in enumerate(elements) if one.tag not in _OF_HEAD), len(elements))
    if first == len(elements):
        return None
    body = tree.makeelement("body")
    body.extend(elements[first:])
    tree.append(body)
    return body


def is_said(text: str | None) -> bool:
    """Return True if an element's text or tail has more than blanks."""
    return text is not None and text.strip() != ""


def holds_paragraphs(element: Any) -> bool:
    """Return True if there are paragraphs one below the other in an element, as in a story and in no box beside one."""
    said = Counter(p.getparent() for p in element.iter("p") if own_length(p) > _SENTENCE)
    return max(said.values(), default=0) >= _RUN


def prose_length(element: Any) -> int:
    """Return how many characters the paragraphs of an element have outside their links."""
    return sum(map(own_length, element.iter("p")))


def own_length(paragraph: Any) -> int:
    """Return how many characters it has outside its links."""
    return len(paragraph.text_content()) - sum(len(link.text_content()) for link in paragraph.iter("a"))


def take_out(tree: Any, elements: Iterable[Any]) -> None:
    """Take elements out of a tree with all that is in them, but not what follows them.

    All at once: one after another takes time with the square of their number, for each joins the texts around it.
    """
    from lxml.etree import strip_elements

    for element in list(elements):
        if element.tag not in ("html", "body"):
            element.tag = _TAKEN_OUT
    strip_elements(tree, _TAKEN_OUT, with_tail=False)


@cache
def _deep() -> Any:
    """Finds elements at the greatest depth that have others inside."""
    from lxml.etree import XPath

    return XPath("/*" * _DEEPEST + "[*]")


def _flatten(element: Any) -> None:
    """Keep only the words inside an element, with blanks between them."""
    from lxml.etree import strip_tags

    for inner in element.iterdescendants():
        inner.text = f" {inner.text or ''}"
        inner.tail = f" {inner.tail or ''}"
    strip_tags(element, "*")
