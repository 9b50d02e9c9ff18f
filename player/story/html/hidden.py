"""Elements that are not read: hidden ones, buttons and fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from player.patterns import later
from player.story.html.tree import prose_length

_SUSPECTS = (
    "//*[@*][@hidden or @aria-hidden='true' or @style or @aria-modal='true' or self::dialog or @role='dialog'"
    " or @role='alertdialog' or @role='tooltip' or @placeholder or @fallback or @overflow]"
)
"""Elements that may be out of sight; with any attribute first: ten times as fast."""
_INVISIBLE = later(
    r"display:none|visibility:hidden|left:-\d{3,}|text-indent:-\d{3,}|clip:rect\([01][a-z,\s]|mso-hide:all"
    r"|clip-path:inset\((?:50|100)%\)",
    re.IGNORECASE,
)
"""Styles, written without blanks, that hide an element and all in it."""
_NO_SIZE = later(r"(?<![a-z-])font-size:0(?:px|pt|em|rem|%)?(?:;|!|$)", re.IGNORECASE)
"""A style that hides an element's own text; what is inside may have a size of its own, as in newsletters."""
_SPOKEN_ONLY = frozenset(
    (
        *("sr-only", "sr_only", "sronly", "visually-hidden", "visuallyhidden", "visually_hidden", "screen-reader-text"),
        *("screen-reader", "screenreader", "screenreader-only", "screen-reader-only", "u-visually-hidden", "u-vh"),
        *("is-visually-hidden", "show-for-sr", "a11y-hidden", "element-invisible", "assistive-text", "offscreen"),
        *("off-screen", "cdk-visually-hidden", "hidden-visually", "u-hidden-visually", "usa-sr-only", "clip-hide"),
        *("tooltiptext", "tooltip-text", "tooltip-content", "popover", "hovercard", "rollover-people-block"),
    )
)
"""Classes of words that only screen readers say (Bootstrap, WordPress, Foundation …), or a pointer brings up."""
_HIDING = frozenset(("hidden", "d-none", "is-hidden", "u-hidden", "hide", "display-none", "uk-hidden"))
_FOR_SOME_SCREENS = later(r"\b(?:xs|sm|md|lg|xl|print|small|medium|large)[:-]|-(?:xs|sm|md|lg|xl)\b")
_BROUGHT_UP = ("dialog", "alertdialog", "tooltip")
_STORY = ("h1", "main", "article")
_MOST = 0.5
"""Share of a page's text. What has more is the story: it is shown once a script has run or a dialog is closed."""
IN_LINE = frozenset(
    (
        *("a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Elements without a blank around them."""
_UNSHOWN = frozenset(("script", "style", "noscript", "template"))
_READ = 10
"""Times the length of a page that is read to know how long its parts are."""
_LEAVES = 3
"""Parts of a story that are shown one at a time, at least."""
_PROSE = 300
"""Characters outside fields and links: a form that has more holds a story, or a part of one."""
_SENTENCE = 2
"""Times the length of its buttons: a longer line is a sentence."""
_FIELDS = ("label", "button", "select", "textarea", "a")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"))
_LINES = frozenset(("p", "li", "dd", "td", "th", "blockquote", "span", "b", "strong", "em", "i", "mark", *_HEADINGS))


class Shown:
    """How much a page shows, measured when it is first asked for: 1.5 ms."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree

    @cached_property
    def length(self) -> int:
        """Number of characters that are shown."""
        return _length(self.tree)


def unseen(page: Shown) -> Iterator[Any]:
    """Elements that nobody sees: hidden by an attribute, a style or a class, in a closed dialog, AMP's stand-ins.

    What holds most of a page's text is kept, whatever it says of itself, and loses what hides it.
    """
    yield from unseen_by_class(page, (element for element in _suspects()(page.tree) if _is_unseen(element)))


def unseen_by_class(page: Shown, elements: Iterable[Any]) -> Iterator[Any]:
    """Yield those of the hidden elements (see `is_hiding`) that are not most of the page: a page that hides its whole
    text shows it by a script, be it leaf by leaf. Stops when what was looked at is much longer than the page, as nested
    ones are."""
    read = 0
    elements = list(elements)
    leaves = _leaves(page, elements) if len(elements) >= _LEAVES else frozenset()
    for element in elements:
        if read > _READ * page.length:
            return
        length = _length(element)
        read += length
        if element not in leaves and not _is_story(element) and length <= _MOST * page.length:
            yield element
        else:
            for name in ("hidden", "aria-hidden", "style", "role", "aria-modal"):
                element.attrib.pop(name, None)


def _leaves(page: Shown, elements: Sequence[Any]) -> Collection[Any]:
    """Return the hidden elements that stand beside others of their class, if the paragraphs in those are most of the
    page: a story that is leafed through."""
    alike: dict[tuple[Any, str], list[Any]] = {}
    for element in elements:
        alike.setdefault((element.getparent(), element.get("class", "")), []).append(element)
    for group in alike.values():
        if len(group) >= _LEAVES and sum(map(prose_length, group)) > _MOST * page.length:
            return frozenset(group)
    return frozenset()


def is_hiding(classes: str) -> bool:
    """Return True if elements of these classes are not shown, on any screen."""
    return not _HIDING.isdisjoint(classes.lower().split()) and not _FOR_SOME_SCREENS.search(classes)


def is_spoken_only(classes: str) -> bool:
    """Return True if an element of these classes is there for screen readers alone."""
    return not _SPOKEN_ONLY.isdisjoint(classes.lower().split())


def controls(page: Shown) -> Iterator[Any]:
    """Forms and buttons, but for a form around a story, and for a button that is a heading or a word of a line."""
    for form in page.tree.iter("form"):
        own = _length(form) - sum(map(_length, form.iter(*_FIELDS)))
        if own > _PROSE or (form.find(".//p") is not None and own > _MOST * page.length):
            form.tag = "div"
        else:
            yield form
    for button in page.tree.iter("button"):
        if _is_in_line(button):
            button.tag = "span"
            button.attrib.clear()  # its class would have it taken for a menu's
        else:
            yield button


@cache
def _suspects() -> Any:
    from lxml.etree import XPath

    return XPath(_SUSPECTS)


def _is_unseen(element: Any) -> bool:
    if element.tag in ("html", "body"):
        return False
    get = element.get
    hidden = get("hidden", "until-found") != "until-found"
    if hidden or element.tag == "dialog" or get("aria-modal") == "true" or get("role") in _BROUGHT_UP:
        return True
    if get("aria-hidden") == "true":
        if not _has_spoken_twin(element):
            return True
        del element.attrib["aria-hidden"]  # by which extractors would take it out
    parent = element.getparent()
    stands_in = any(get(name) is not None for name in ("placeholder", "fallback", "overflow"))
    if stands_in and parent is not None and isinstance(parent.tag, str) and parent.tag.startswith("amp-"):
        return True
    style = "".join((get("style") or "").split())
    return _INVISIBLE.search(style) is not None or (_NO_SIZE.search(style) is not None and not _sets_size(element))


def _sets_size(element: Any) -> bool:
    """Return True if something within an element has a size of its own."""
    return any("font-size" in (inner.get("style") or "") for inner in element.iterdescendants())


def _has_spoken_twin(element: Any) -> bool:
    """Return True if screen readers are given other words for it, which are left out."""
    return any(
        beside is not None and is_spoken_only(beside.get("class", ""))
        for beside in (element.getnext(), element.getprevious())
    )


def _is_story(element: Any) -> bool:
    return element.tag in _STORY or next(element.iterdescendants(*_STORY), None) is not None


def _is_in_line(button: Any) -> bool:
    """Return True if a button stands for words: a heading that opens what is below, a term that is explained."""
    words = _words(button)
    if not any(map(str.isalnum, words)):
        return False
    parent = button.getparent()
    if parent.tag in _HEADINGS:
        return True
    if parent.tag not in _LINES:
        return False
    before = button.getprevious()
    left = (parent.text if before is None else before.tail) or ""
    return any(map(str.isalnum, left + (button.tail or ""))) or _is_in_sentence(button)


def _is_in_sentence(button: Any) -> bool:
    """Return True if most of the line around a button, through marks of a line, is none."""
    line = next(around for around in button.iterancestors() if around.tag not in IN_LINE)
    inside = sum(len(_words(one)) for one in line.iter("button"))
    return line.tag in _LINES and len(_words(line)) > _SENTENCE * inside


def shown_text(element: Any) -> str:
    """Return an element's words, without scripts, in one line."""
    parts: list[str] = []
    for inner in element.iter():  # an XPath of text nodes takes time with the square of those side by side
        apart = "" if inner.tag in IN_LINE else " "
        if inner.text and inner.tag not in _UNSHOWN:
            parts += [apart, inner.text]
        if inner.tail and inner is not element:
            parts += [apart, inner.tail]
    return " ".join("".join(parts).split())


def _length(element: Any) -> int:
    return len(shown_text(element))


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
