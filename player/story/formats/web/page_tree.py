"""The tree of a web page, prepared for extracting its article: parsed once, without parts that belong to no story."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import Any

from player.errors import SourceError
from player.story.formats.web.boxes import drop_boxes
from player.story.furniture import is_furniture
from player.story.html.breaks import split_paragraphs
from player.story.html.captions import drop_titles_of_films, place_captions
from player.story.html.formulas import say_formulas
from player.story.html.loose import part_loose_text
from player.story.html.markup import readable
from player.story.html.numbering import counts_from_one, numbered
from player.story.html.pruning import prune
from player.story.html.tree import holds_paragraphs, html_tree, own_length, take_out
from player.story.reading.raw_source import RawSource

_ADDRESS_FIELDS = "//input[@type='email' or contains(@name, 'email') or contains(@placeholder, 'mail')]"
_FIELDS = 20
"""Most sign-up fields examined on a page."""
_BOX = 800
"""Most characters in a box around a field for an e-mail address."""
_POPPED_UP = re.compile(r"pop-?up|modal|overlay|lightbox", re.IGNORECASE)
_SKIP = re.compile(r"skip (?:past )?(?:the )?(?:newsletter|advertisement|ad|promotion|embed|share)\b.*", re.IGNORECASE)
_SKIPPED = 20
"""Most elements between a "skip" link and its target."""
_BETWEEN_LINKS = re.compile(r"(?=.*[|·•])[\s|·•/,»«›‹>\[\](){}–—-]*", re.DOTALL)
_MENU = 500
"""Most characters of a line of links."""
_POST = 40
"""Fewest characters of a paragraph outside links; cards of other stories have none."""
_MAIN = 0.7
"""Share of the page's text above which the longest of several articles is the whole story."""
_PARTS = (
    "//*[@class][self::div or self::section]"
    "[contains(@class, 'body') or contains(@class, 'content') or contains(@class, 'text')]"
)
_MARKED = 500
"""Most elements of a paragraph for trafilatura, whose time grows with their square."""
_RELATED = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)|read-?(?:next|more)|up-?next|more-(?:stories|news|from|articles)|trending"
    r"|most-(?:read|popular)|teasers?|promos?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TEASERS, _BEFORE_TEASERS = 5, 800
"""Fewest stories in a list of other stories, and fewest characters of paragraphs outside it."""
_BOXES = 100
"""Most boxes of other stories examined: they may be nested."""
_STORY = 300
"""Fewest characters outside a box of other stories."""
_LEADING = ".//*[self::h2 or self::h3 or self::h4 or self::h5][.//a[@href] or parent::a[@href]]"
_NOTICES = "//body//*[self::div or self::p or self::section][contains(., 'avaScript')][string-length(.) < 200]"
_IN_CELL = frozenset(("br", "a", "b", "strong", "i", "em", "span", "small", "sub", "sup", "u", "abbr", "font"))
_CELL = 160
"""Most characters of a cell in a table of values."""
_HEADING = 80
"""Most characters of a bold line that counts as a heading."""


def parsed(raw: RawSource) -> Any:
    """Return the tree of a page, without comments. Raises SourceError."""
    from lxml.etree import ParserError  # 0.02 s

    try:
        return html_tree(readable(raw.text))
    except (ValueError, ParserError) as error:
        raise SourceError(f"{raw.name} is no readable web page ({error})", "see it in a browser") from error


def prepare(tree: Any) -> None:
    """Remove what is never read aloud, write formulas in words, and join a live page's posts to one article."""
    say_formulas(tree)
    drop_boxes(tree)
    _drop_notices(tree)
    _drop_related(tree)
    _drop_streams(tree)
    _drop_sign_ups(tree)
    _drop_skipped(tree)
    drop_titles_of_films(tree)
    prune(tree)
    place_captions(tree)
    _open_figures(tree)
    _number_lists(tree)
    _open_descriptions(tree)
    _part_at_rules(tree)
    _drop_menus(tree)
    _drop_shouts(tree)
    _raise_headings(tree)
    _open_lists_in_cells(tree)
    _join_cells(tree)
    part_loose_text(tree)
    split_paragraphs(tree)
    _join_posts(tree)
    _thin_out(tree)


def _drop_notices(tree: Any) -> None:
    """Remove boxes that only ask for JavaScript: on short pages, extractors merge everything with them."""
    take_out(tree, [box for box in tree.xpath(_NOTICES) if is_furniture(" ".join(box.text_content().split()))])


def _drop_related(tree: Any) -> None:
    """Remove boxes whose class names other stories, and whose headings are links to them."""
    whole = 0
    boxes = tree.xpath("//body//*[self::section or self::div or self::aside][@class or @id]")
    named = (box for box in boxes if _RELATED.search(f"{box.get('class', '')} {box.get('id', '')}"))
    for box in islice(named, _BOXES):
        if box.getparent() is None:
            continue
        if (
            next(box.iterdescendants("h1", "main"), None) is not None
            or not box.xpath(_LEADING)
            or holds_paragraphs(box)
        ):
            continue
        whole = whole or len(tree.text_content())
        if whole - len(box.text_content()) > _STORY:
            _drop(box)


def _drop_streams(tree: Any) -> None:
    """Remove lists of other stories below the story, where each heading is a link."""
    lists = tree.xpath("//body//ul[count(li) >= $few]", few=_TEASERS)
    said = _paragraphs(tree) if lists else 0
    streams: list[Any] = []
    for items in lists:
        cards = [item for item in items.iterchildren("li") if item.xpath(_LEADING)]
        if len(cards) < max(_TEASERS, 0.7 * len(items)) or next(items.iterancestors("ul", "ol"), None) is not None:
            continue
        inside = _paragraphs(items)
        if said - inside > _BEFORE_TEASERS:
            streams.append(items)
            said -= inside
    take_out(tree, streams)


def _paragraphs(element: Any) -> int:
    """Return the number of characters in an element's paragraphs."""
    return sum(len(p.text_content()) for p in element.iter("p"))


def _drop_sign_ups(tree: Any) -> None:
    """Remove boxes that ask for an e-mail address, with their promises."""
    fields = tree.xpath(_ADDRESS_FIELDS)[:_FIELDS]
    whole = len(tree.text_content()) if fields else 0
    for field in fields:
        box = None
        for around in field.iterancestors():
            most = _BOX if _POPPED_UP.search(around.get("class") or "") else min(_BOX, whole / 4)
            if around.tag in ("body", "main", "article", "html") or len(around.text_content()) > most:
                break
            box = around if around.find(".//h1") is None else box
        if box is not None:
            _drop(box)


def _drop_skipped(tree: Any) -> None:
    """Remove what a "skip" link for screen readers jumps over: promotions, advertisements."""
    gone: list[Any] = []
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        if not _SKIP.fullmatch(link.text_content().strip()):
            continue
        skipped: list[Any] = []
        for after in islice(link.itersiblings(), _SKIPPED):
            if after.get("id") == link.get("href")[1:]:
                gone += skipped
                break
            skipped.append(after)
    take_out(tree, gone)


def _drop_menus(tree: Any) -> None:
    """Remove lines of links separated by bars or dots, and table cells of such lines beside a cell of text."""
    cells = {cell: cell.getparent() for link in tree.iter("a") for cell in islice(link.iterancestors("td"), 1)}
    rows = {row: any(len(cell.text_content()) > _STORY for cell in row) for row in dict.fromkeys(cells.values())}
    menus: list[Any] = []
    for cell, row in cells.items():
        links = list(cell.iter("a")) if rows[row] else []
        words = "".join(cell.text_content().split()) if len(links) > 1 else ""
        if words and words == "".join("".join(link.text_content().split()) for link in links):
            menus.append(cell)
    take_out(tree, menus)
    menus.clear()
    for line in {link.getparent(): None for link in tree.iter("a")}:
        between = line.text_content()
        links = [link.text_content() for link in line.iter("a")] if len(between) < _MENU else []
        if len(links) > 1 and line.tag != "body":
            for link in links:
                between = between.replace(link, "", 1)
            if _BETWEEN_LINKS.fullmatch(between):
                menus.append(line)
    take_out(tree, menus)


def _drop_shouts(tree: Any) -> None:
    """Remove paragraphs that are a single link in capitals: other stories, between paragraphs of this one."""
    shouts: list[Any] = []
    for link in tree.iter("a"):
        words = link.text_content().strip()
        line = link.getparent()
        while line is not None and line.tag in ("b", "strong", "em", "i", "u", "span"):
            line = line.getparent()
        shouted = words.isupper() and words.count(" ") > 2
        if shouted and line is not None and line.tag == "p" and len(line) == 1 and line.text_content().strip() == words:
            shouts.append(line)
    take_out(tree, shouts)


def _open_figures(tree: Any) -> None:
    """Make figures of words alone, such as quotations, part of the text: trafilatura drops all figures."""
    for figure in list(tree.iter("figure")):
        shows = next(figure.iter("img", "picture", "video", "iframe", "svg", "canvas", "object"), None)
        if shows is None and next(figure.iter("blockquote", "p", "pre", "ul", "ol"), None) is not None:
            figure.tag = "div"
            figure.attrib.clear()


def _number_lists(tree: Any) -> None:
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


def _open_descriptions(tree: Any) -> None:
    """Remove the classes of descriptions (<dd>): extractors take "event-meta" for a line of dates and authors."""
    for said in tree.iter("dd"):
        said.attrib.pop("class", None)


def _part_at_rules(tree: Any) -> None:
    """Replace a rule between words outside paragraphs by two line breaks."""
    for rule in list(tree.iter("hr")):
        before, parent = rule.getprevious(), rule.getparent()
        left = (before.tail if before is not None else parent.text) if parent is not None else ""
        if (left or "").strip() or (rule.tail or "").strip():
            rule.attrib.clear()
            rule.tag = "br"
            rule.addprevious(rule.makeelement("br"))


def _raise_headings(tree: Any) -> None:
    """Turn bold lines above a paragraph into headings, as written in editors without headings."""
    for bold in tree.xpath("//p/*[1][self::b or self::strong]"):
        line = bold.getparent()
        said = line.text_content().strip()
        if len(said) > _HEADING or said[-1:] in ".,:;!?…”\"')" or said != bold.text_content().strip():
            continue
        below = line.getnext()
        if below is not None and below.tag == "p" and len(below.text_content()) > len(said) and not line.xpath(".//a"):
            line.tag = "h3"


def _open_lists_in_cells(tree: Any) -> None:
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


def _join_cells(tree: Any) -> None:
    """Replace single line breaks in short cells by blanks: trafilatura would split the cell there."""
    for cell in {line_break.getparent(): None for line_break in tree.iter("br")}:
        if cell is None or cell.tag not in ("td", "th") or len(cell.getparent()) < 2:
            continue
        if any(inner.tag not in _IN_CELL for inner in cell) or len(cell.text_content()) > _CELL or _doubled(cell):
            continue
        for line_break in list(cell.iterchildren("br")):
            line_break.tail = f" {line_break.tail or ''}"
            line_break.drop_tag()


def _doubled(cell: Any) -> bool:
    """Return True if two line breaks follow one another in a cell."""
    breaks = cell.iterchildren("br")
    return any(
        not (one.tail or "").strip() and one.getnext() is not None and one.getnext().tag == "br" for one in breaks
    )


def _join_posts(tree: Any) -> None:
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


def _thin_out(tree: Any) -> None:
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


def _drop(element: Any) -> None:
    if element.getparent() is not None and element.tag not in ("body", "html"):
        element.drop_tree()
