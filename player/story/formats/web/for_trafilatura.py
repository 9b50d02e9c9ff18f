"""What trafilatura would drop, break or take long over, rewritten before it sees the page."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from player.story.html.numbering import counts_from_one, numbered
from player.story.html.tree import is_said, own_length

_POST = 40
"""Fewest characters of a paragraph outside links; cards of other stories have none."""
_MAIN = 0.7
"""Share of the page's text above which the longest of several articles is the whole story."""
_PARTS = (
    "//*[@class][self::div or self::section]"
    "[contains(@class, 'body') or contains(@class, 'content') or contains(@class, 'text')]"
)
_CALL_OUT = re.compile(
    r"callout|admonition|starlight-aside|\b(?:note|tip|warning|caution|important|danger|info|hint)\b"
)
"""Classes of boxes that manuals set a remark in."""
_MARKED = 500
"""Most elements of a paragraph for trafilatura, whose time grows with their square."""
_IN_CELL = frozenset(("br", "a", "b", "strong", "i", "em", "span", "small", "sub", "sup", "u", "abbr", "font"))
_CELL = 160
"""Most characters of a cell in a table of values."""
_HEADING = 80
"""Most characters of a bold line that counts as a heading."""


def open_figures(tree: Any) -> None:
    """Make figures of words alone, such as quotations, part of the text: trafilatura drops all figures."""
    for figure in list(tree.iter("figure")):
        shows = next(figure.iter("img", "picture", "video", "iframe", "svg", "canvas", "object"), None)
        if shows is None and next(figure.iter("blockquote", "p", "pre", "ul", "ol"), None) is not None:
            figure.tag = "div"
            figure.attrib.clear()


def open_call_outs(tree: Any) -> None:
    """Make notes and warnings (<aside>) part of the text: trafilatura drops all that stands aside."""
    for box in list(tree.iter("aside")):
        if _CALL_OUT.search(box.get("class") or ""):
            box.tag = "div"
            box.attrib.clear()


def open_quoted_tables(tree: Any) -> None:
    """Unwrap quotations that only indent a table: trafilatura would glue its cells."""
    for quotation in {table.getparent() for table in tree.iter("table")}:
        if quotation is not None and quotation.tag == "blockquote":
            quotation.tag = "div"


def number_lists(tree: Any) -> None:
    """Write the numbers or letters of lists into their items unless they are 1, 2, 3: trafilatura does not keep
    them."""
    for items in tree.xpath("//ol"):
        if counts_from_one(items):
            continue
        items.tag = "ul"
        for item, label in numbered(items):
            if label:
                line = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
                line.text = f"{label}. {(line.text or '').lstrip()}"


def open_descriptions(tree: Any) -> None:
    """Remove the classes of descriptions (<dd>): extractors take "event-meta" for a line of dates and authors."""
    for said in tree.iter("dd"):
        said.attrib.pop("class", None)


def part_at_rules(tree: Any) -> None:
    """Replace a rule between words outside paragraphs by two line breaks."""
    for rule in list(tree.iter("hr")):
        before, parent = rule.getprevious(), rule.getparent()
        left = (before.tail if before is not None else parent.text) if parent is not None else ""
        if (left or "").strip() or (rule.tail or "").strip():
            rule.attrib.clear()
            rule.tag = "br"
            rule.addprevious(rule.makeelement("br"))


def raise_headings(tree: Any) -> None:
    """Turn bold lines above a paragraph into headings, as written in editors without headings."""
    for bold in tree.xpath("//p/*[1][self::b or self::strong]"):
        line = bold.getparent()
        said = line.text_content().strip()
        if len(said) > _HEADING or said[-1:] in ".,:;!?…”\"')" or said != bold.text_content().strip():
            continue
        below = line.getnext()
        if below is not None and below.tag == "p" and len(below.text_content()) > len(said) and not line.xpath(".//a"):
            line.tag = "h3"


def open_lists_in_cells(tree: Any) -> None:
    """Write short lists in cells as one line, "herring, cod", and long ones as paragraphs: trafilatura drops lists
    there."""
    for items in reversed(tree.xpath("//td//*[self::ul or self::ol] | //th//*[self::ul or self::ol]")):
        said = [" ".join(item.text_content().split()) for item in items.iterchildren("li")]
        if len(items.text_content()) > _CELL or any(one.endswith((".", ";")) for one in said):
            items.tag = "div"
            for item in items.iterchildren("li"):
                item.tag = "p"
        else:
            line = items.makeelement("span")
            line.text, line.tail = f" {', '.join(filter(None, said))} ", items.tail
            items.getparent().replace(items, line)


def join_cells(tree: Any) -> None:
    """Replace single line breaks in short cells by blanks: trafilatura would split the cell there."""
    for cell in {line_break.getparent(): None for line_break in tree.iter("br")}:
        if cell is None or cell.tag not in ("td", "th") or len(cell.getparent()) < 2:
            continue
        if any(inner.tag not in _IN_CELL for inner in cell) or len(cell.text_content()) > _CELL or _doubled(cell):
            continue
        for line_break in list(cell.iterchildren("br")):
            line_break.tail = f" {line_break.tail or ''}"
            line_break.drop_tag()


def join_code(tree: Any) -> None:
    """Make code within a sentence part of it, outside paragraphs: trafilatura would take it for a block."""
    for code in list(tree.iter("code")):
        before = code.getprevious()
        left = code.getparent().text if before is None else before.tail
        in_line = (is_said(code.tail) or is_said(left)) and "\n" not in code.text_content()
        if in_line and code.getparent().tag != "p" and next(code.iterancestors("pre"), None) is None:
            code.tag = "span"
            code.attrib.clear()


def _doubled(cell: Any) -> bool:
    """Return True if two line breaks follow one another in a cell."""
    breaks = cell.iterchildren("br")
    return any(
        not (one.tail or "").strip() and one.getnext() is not None and one.getnext().tag == "br" for one in breaks
    )


def join_posts(tree: Any) -> None:
    """Join sibling articles that are parts of the story, such as the posts of a live page, and the parts of a split
    body.

    Extractors would keep only one of them.
    """
    for parent, group in groupby(tree.xpath("//article[not(ancestor::article)]"), key=lambda one: one.getparent()):
        posts = list(group)
        lengths = {post: length for post in posts if (length := _own(post))} if len(posts) > 1 else {}
        if len(lengths) > 1 and max(lengths.values()) < _MAIN * sum(lengths.values()):
            for post in lengths:
                post.tag = "div"
            if parent.tag != "body":
                parent.tag = "article"
    parts: dict[str, list[Any]] = {}
    for part in tree.xpath(_PARTS):
        if _own(part):
            parts.setdefault(part.get("class"), []).append(part)
    for alike in parts.values():
        for part in alike if len(alike) > 1 else ():
            del part.attrib["class"]


def thin_out(tree: Any) -> None:
    """Unwrap links and marks in paragraphs with hundreds of them, such as lists of names; the words stay."""
    from lxml.etree import strip_tags

    for paragraph in tree.xpath(f"//p[count(*) > {_MARKED}]"):
        strip_tags(paragraph, "a", "abbr", "b", "cite", "em", "i", "span", "strong", "u")
        paragraph.text = paragraph.text  # one piece of text instead of thousands side by side, as slow as the marks
        for element in paragraph:
            element.tail = element.tail


def _own(article: Any) -> int:
    """Return the number of characters in an article's paragraphs, without links and very short ones."""
    return sum(length for length in map(own_length, article.iter("p")) if length > _POST)
