"""Taking out of a page's tree what is no part of its text, or not shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from player.story.html.hidden import Shown, controls, is_hiding, is_spoken_only, unseen, unseen_by_class
from player.story.html.lines import write_lines
from player.story.html.tree import holds_paragraphs, take_out

_MARK = "translate(normalize-space(.), '0123456789[](),;.*†‡§–-‑: \u200a', '') = ''"
FOOTNOTES = f"//sup[a or contains(@class, 'reference') or @class='footnote' or {_MARK}]"
"""XPath of superscripts that are links or marks of notes: their numbers would be read with the word before."""
_ALIEN = (
    "//audio | //video | //amp-ad | //amp-sticky-ad | //amp-consent | //amp-embed | //amp-lightbox | //amp-sidebar"
    " | //amp-user-notification | //del | //s | //strike | //template | //datalist"
)
_NOTES = (
    "//*[@*][@role='doc-noteref' or @role='doc-footnote' or @role='doc-endnotes']"
    " | //a[contains(@class, 'footnote')] | //div[@class='footnote' or @class='footnotes']"
    " | //section[@class='footnotes']"
)
"""Notes and their marks, as Substack, Pandoc and publishers write them."""
_APPARATUS = frozenset((
    "mw-editsection", "mw-jump-link", "toc", "infobox", "navbox", "metadata", "hatnote", "reflist", "references",
    "noprint", "catlinks", "printfooter", "headerlink",
    "pullquote", "pull-quote", "wp-block-pullquote", "speechify-ignore",
    "toc_container", "ez-toc-container", "lwptoc", "mw-portlet",
))  # fmt: skip
"""Class names of what encyclopedias, manuals and magazines put around their text (MediaWiki, Sphinx, Bootstrap)."""
PRUNED = [
    "//a[sup and normalize-space() = normalize-space(sup)]",  # with the link, which empty would count as one
    FOOTNOTES,
    _ALIEN,
    _NOTES,
    "//*[@*][@id='siteSub' or @id='toc' or @id='catlinks' or @id='coordinates'"
    " or contains(@class, 'table-of-contents')]",
    "//rt | //rp",  # how a word is read, beside the word
]


def prune(tree: Any) -> None:
    """Remove the elements that PRUNED selects."""
    write_lines(tree)
    page = Shown(tree)
    pruned = (path(tree) for path in _pruning())
    take_out(tree, chain(*pruned, _by_class(page), list(unseen(page)), list(controls(page))))


def _by_class(page: Shown) -> Iterator[Any]:
    """Return elements whose class says that they are not shown, or not part of the text."""
    unread: dict[str, bool] = {}
    hidden: list[Any] = []
    for element in _classed()(page.tree):
        classes = element.get("class")
        if classes not in unread:
            unread[classes] = not _APPARATUS.isdisjoint(classes.split()) or is_spoken_only(classes)
        if unread[classes]:
            if element.tag == "table" or "infobox" not in classes or not holds_paragraphs(element):
                yield element
        elif "hid" in classes or "none" in classes:
            hidden.append(element)
    yield from unseen_by_class(page, (element for element in hidden if is_hiding(element.get("class"))))


@cache
def _classed() -> Any:
    from lxml.etree import XPath

    return XPath("//*[@class]")


@cache
def _pruning() -> tuple[Any, ...]:
    """PRUNED, compiled once: that takes ten times as long as to search a short piece of HTML."""
    from lxml.etree import XPath

    return tuple(map(XPath, PRUNED))
