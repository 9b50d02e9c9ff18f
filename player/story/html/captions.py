"""Captions of pictures and tables: read after the picture's place, before the table, marked so that they can be left
out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from player.patterns import later
from player.story.furniture import is_furniture
from player.story.html.hidden import shown_text
from player.story.html.tree import take_out
from player.story.reading.blocks.marks import CAPTION

_CREDIT = later(
    r"credit|copyright|attribution|photographer|byline|source|courtesy|agency|license|author|expand|zoom|button", re.I
)
"""Parts of class names of what stands beside a caption."""
_CREDITED = later(
    r"\s*(?:\(?\b(?:photo(?:graph)?|image|picture|illustration|foto|credit)s?(?: credit| courtesy)?(?: by\b| ?:)"
    r"|©|\(c\)\s|\bvia getty|\bcredit\b\W{0,4}(?-i:(?=[A-Z]|$))"
    r"|\|?\s*\b(?:getty images|reuters|associated press|ap photo|afp|shutterstock|istock)\b).{0,80}$",
    re.IGNORECASE,
)
_OFFERS = later(r"\bsubscri(?:be|ption)|newsletter|sign up|click (?:here|to)|media playback", re.IGNORECASE)
_PICTURE_FILE = later(r"\.(?:jpe?g|png|gif|webp|svg|avif)(?:$|[?&#])|/(?:photos?|images?|media|file):?", re.IGNORECASE)
_CAPTIONED = (
    "//*[@class][contains(@class, 'caption')][self::p or self::div or self::span or self::dd or self::small]"
    "[not(ancestor::figcaption) and not(.//img)]"
)
_HOLDER = 3
"""Elements around a caption, at most, of which one holds its picture."""
_MOST = 300
"""Captions of other elements than <figcaption>, at most."""
_PLACED = "placed-caption"
"""Tag of captions whose words stand elsewhere."""
_NAME = 4
"""Words of a photographer's name, at most, and one."""
_LONGEST = 1_000
"""Characters; what is longer is a text, whatever its class."""


def caption_text(caption: Any) -> str:
    """Return what a caption says, without credits, behind a mark; empty when nothing is left."""
    from lxml.etree import strip_elements

    for part in [one for one in caption.iterdescendants() if _CREDIT.search(one.get("class") or "")]:
        part.tag = "taken-out"
    strip_elements(caption, "taken-out", with_tail=False)
    whole = " ".join(shown_text(caption).split())
    words = "" if is_furniture(whole) else _CREDITED.sub("", whole)
    if len(words) < len(whole) and len(words.split()) < _NAME and all(word[0].isupper() for word in words.split()):
        words = ""  # the name in front of an agency's
    tells = " " in words or not words.isascii() or caption.tag == "caption"  # unlike "Getty", "Image" of figures
    return f"{CAPTION}{words}" if tells and not _OFFERS.search(words) and not is_furniture(words) else ""


def drop_titles_of_films(tree: Any) -> None:
    """Take out captions below films, which name them: nobody hears what they caption."""
    films = tree.iter("video", "iframe", "amp-video", "amp-iframe", "amp-youtube")
    figures = {figure: None for film in films if (figure := next(film.iterancestors("figure"), None)) is not None}
    take_out(tree, [caption for figure in figures for caption in figure.iter("figcaption")])


def place_captions(tree: Any) -> None:
    """Put captions of a page behind their figures and before their tables, as paragraphs; each of them once."""
    said: set[str] = set()
    for caption in list(tree.iter("figcaption")):
        around = list(caption.iterancestors("figure"))
        _place(caption, around[-1] if around else caption, said, behind=True)
    take_out(tree, tree.iter(_PLACED))
    for table in list(tree.iter("table")):
        captions = list(table.iterchildren("caption"))
        if captions and next(table.iter("th"), None) is not None:
            for caption in captions:
                _place(caption, table, said, behind=False)
    take_out(tree, tree.iter(_PLACED))
    lengths: dict[Any, int] = {}
    for caption in tree.xpath(_CAPTIONED)[:_MOST]:
        holder = next(_holders(caption, lengths), None)
        if holder is not None and caption.getparent() is not None and not _is_link(caption):
            _place(caption, holder, said, behind=True)
    take_out(tree, tree.iter(_PLACED))


def _holders(caption: Any, lengths: dict[Any, int]) -> Iterator[Any]:
    """Yield the nearest element around a caption that has a picture, if it has little else."""
    for _, around in zip(range(_HOLDER), caption.iterancestors(), strict=False):
        if around.tag in ("body", "article", "main", "section"):
            return
        if next(around.iter("img", "picture", "amp-img", "video"), None) is not None:
            if around not in lengths:
                lengths[around] = len(shown_text(around))
            if lengths[around] < _LONGEST + len(shown_text(caption)):
                yield _frame(around, lengths[around])
            return


def _frame(holder: Any, length: int) -> Any:
    """Return the outermost box that says no more than the one that holds picture and caption: extractors drop boxes of
    a picture, with what is behind it in them."""
    for _, around in zip(range(_HOLDER), holder.iterancestors(), strict=False):
        if around.tag != "div" or len(shown_text(around)) > length:
            break
        holder = around
    return holder


def _place(caption: Any, beside: Any, said: set[str], *, behind: bool) -> None:
    """Put a caption's words beside an element, as a paragraph; the caption is to be taken out."""
    if beside.getparent() is None:
        return
    words = caption_text(caption) if not _is_elsewhere(beside) and len(shown_text(caption)) < _LONGEST else ""
    if words and words.removeprefix(CAPTION).removeprefix("Image of ") not in said:
        said.add(words.removeprefix(CAPTION))
        paragraph = beside.makeelement("p")
        paragraph.text = words
        (beside.addnext if behind else beside.addprevious)(paragraph)
        if behind:
            paragraph.tail, beside.tail = beside.tail, None
    if caption is beside:
        caption.clear(keep_tail=True)
    elif caption.getparent() is not None:
        caption.tag = _PLACED


def _is_link(caption: Any) -> bool:
    """Return True if all of a caption is the name of another story."""
    link = caption.find(".//a")
    if link is None or _PICTURE_FILE.search(link.get("href") or ""):
        return False
    return bool(shown_text(link) == shown_text(caption))


def _is_elsewhere(figure: Any) -> bool:
    """Return True if a figure leads to another story."""
    link = next(figure.iterancestors("a"), None)
    return link is not None and not _PICTURE_FILE.search(link.get("href") or "")
