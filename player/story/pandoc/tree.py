"""pandoc's tree as HTML: one line for each node type (described in pandoc.org's "Text.Pandoc.Definition").

`markup` is called for each JSON object as it ends, so nodes become HTML at once, and the whole tree is never in memory:
1 MB of text is 340,000 nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from player.story.html.notes import note
from player.story.reading.formulas import formula_text
from player.story.reading.lines.kept_lines import split_at_breaks

_CODE = frozenset(
    ("html preformatted", "macro", "macro text", "code", "code block", "preformatted text", "source code")
)
"""Word's styles of code, in lower case."""
_SILENT = frozenset(
    ("output", "todo", "done", "tag", "tags", "timestamp-wrapper", "references", "csl-bib-body", "thebibliography",
     "navbox", "toc", "toctree", "contents", "index", "automodule", "autoclass", "autofunction", "automethod",
     "autosummary", "currentmodule", "module", "moduleauthor", "sectionauthor", "codeauthor", "highlight", "meta")
)  # fmt: skip
"""Classes of what is not read: a notebook's output, an outline's states and dates, lists of literature."""
_UNNAMED = ("category:", "file:", "image:", "datei:", "kategorie:", "fichier:", "catégorie:", "archivo:", "categoría:")
"""Beginnings of a wiki's links that show nothing, or a picture."""
_BOXES = ("☐", "☒", "☑", "◻")
"""Boxes in lists of things to do, and the square at the end of a proof."""
_GONE = "\ufdd2"
"""Placeholder (a noncharacter, which no text has) for what is left out together with the blank before it."""
_SET_OFF, _GOES_ON = "\ufdd3", "\ufdd4"
"""Begin and end a formula that is set on lines of its own: noncharacters, too."""
_APART = re.compile(rf"(?<=[.!?:])\s*{_SET_OFF}|{_GOES_ON}\s*(?:(?=[^\W\d_a-z])|{_SET_OFF})")
"""Where such a formula is no part of a sentence around it."""
_ALL_CODE = "<pre></pre>"
"""A block of code; it is announced only."""
_STANDING = ("<p>", "<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>", "<div>", "<blockquote>", "<pre>")
"""Begin what stands on lines of its own."""
_all = "".join


@dataclass(frozen=True)
class Document:
    """pandoc's reading of a document."""

    html: str
    """The text."""
    properties: Mapping[str, Sequence[str]]
    """The metadata as text, by pandoc's names: title, subtitle, author, date, abstract, lang. Most have one value."""


def document(tree: Mapping[str, Any]) -> Document:
    """Return the document of pandoc's outermost object, whose content `markup` has made HTML already."""
    meta = tree["meta"] if isinstance(tree["meta"], dict) else {}
    lists = {name: value if isinstance(value, list) else [value] for name, value in meta.items()}
    if "author" in lists:  # above what they belong to
        lists["author"] = [one.partition("<br>")[0] for one in lists["author"]]
    said = {name: [text_of(one) for one in values] for name, values in lists.items()}
    html = re.sub(rf"(?<!\s)\s*{_GONE}", "", _all(tree["blocks"]))
    return Document(re.sub(f"[{_SET_OFF}{_GOES_ON}]", "", _APART.sub("<br><br>", html)), said)


def text_of(html: str) -> str:
    """Return HTML as text in one line."""
    html = re.sub("<br>|</p>", " ", html)
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


def markup(node: dict[str, Any]) -> Any:
    """Return a node as HTML. Values that are no nodes are returned unchanged; raw markup and rules become empty."""
    kind = node.get("t")
    if not isinstance(kind, str):
        return node
    make = _NODES.get(kind)
    return make(node.get("c")) if make else ""


def _element(tag: str) -> Callable[[list[str]], str]:
    return lambda inside: f"<{tag}>{_all(inside)}</{tag}>"


def _elements(tag: str, each: Iterable[list[str]]) -> str:
    return _all(map(_element(tag), each))


def _image(content: Any) -> str:
    _, described, (_, title) = content
    return f'<img alt="{escape(text_of(_all(described)) or title)}">'


def _ordered(content: Any) -> str:
    (start, style, _), items = content
    return f'<ol start="{start}" type="{style}">{_elements("li", items)}</ol>'


def _definitions(content: Any) -> str:
    said = (_elements("dt", [term]) + _elements("dd", meanings) for term, meanings in content)
    return f"<dl>{_all(said)}</dl>"


def _div(content: Any) -> str:
    (_, classes, attributes), blocks = content
    if not _SILENT.isdisjoint(classes):
        return ""
    style = dict(attributes).get("custom-style", "").lower()
    if style in _CODE:
        return _ALL_CODE
    inside = _all(blocks)
    apart = all(block.startswith(_STANDING) for block in blocks)  # Word has a style, and so a <div>, on each paragraph
    return inside if apart else f"<div>{inside}</div>"


def _math(content: Any) -> str:
    place, tex = content
    said = escape(formula_text(tex), quote=False)
    return f"{_SET_OFF}{said}{_GOES_ON}" if place else said


def _code(content: Any) -> str:
    """Return code as it is; of reStructuredText's roles only what they show: "the wall" of :ref:`the wall <wall>`."""
    (_, classes, attributes), said = content
    if "interpreted-text" in classes:
        role = dict(attributes).get("role", "")
        said = re.sub(r"(?<=\S)\s*<[^<>]*>\Z|\A~[\w.]*\.(?=\w)", "", said)
        if role in ("rfc", "pep"):
            said = f"{role.upper()} {said}"
        elif role == "doc":
            said = said.removesuffix("/index").rpartition("/")[2]
    return escape(said, quote=False)


def _cite(content: Any) -> str:
    """Return a citation as written; nothing for one that is only the key of a book, as LaTeX and RST have it."""
    said = _all(content[1])
    return _GONE if re.match(r"\s*(?:\\|\[?@|\[[\w.:+-]+\]_?\Z)", text_of(said)) or not said else said


def _link(content: Any) -> str:
    """Return a link's words; nothing for a wiki's category, and for the key of a place or book."""
    (_, _, attributes), words, (address, _) = content
    said = text_of(_all(words))
    if address.startswith("##SUBST##"):
        return escape(said.strip("|"), quote=False)  # what reStructuredText leaves to whoever builds the page
    if said.lower().startswith(_UNNAMED):
        return ""
    if re.fullmatch(r"\[[\w.:+-]*[^\W\d][\w.:+-]*\]", said) or (said[:1] == "[" and "reference" in dict(attributes)):
        return _GONE
    return _all(words)


def _lines(lines: Any) -> str:
    """Return verse: one paragraph, or one for each line where they run on without a pause."""
    groups = split_at_breaks([_all(line) for line in lines])
    return _elements("p", [["<br>".join(group)] for group in groups])


def _figure(content: Any) -> str:
    _, (_, caption), blocks = content
    shown, said = _all(blocks), _all(caption)
    return f"{shown}<figcaption>{said}</figcaption>" if said else shown


def _table(content: Any) -> str:
    _, (_, caption), _, (_, heads), bodies, (_, feet) = content
    rows = [_row(row, len(row[1])) for row in heads]
    for _, names, inner, body in bodies:
        rows += [_row(row, len(row[1])) for row in inner]
        rows += [_row(row, names) for row in body]
    rows += [_row(row, 0) for row in feet]
    return f"<div>{_all(caption)}</div><table>{_all(rows)}</table>"


def _row(row: Any, names: int) -> str:
    """Return a row; its first `names` cells are headers (of columns, or of the row)."""
    cells = [cell[4] for cell in row[1]]
    return f"<tr>{_elements('th', cells[:names])}{_elements('td', cells[names:])}</tr>"


_NODES: Mapping[str, Callable[[Any], Any]] = {
    # -- in a line
    "Str": lambda text: "" if text in _BOXES else escape(text, quote=False),
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "LineBreak": lambda _: "<br>",
    **{kind: _element(tag) for kind, tag in (("Emph", "em"), ("Strong", "strong"), ("Underline", "u"))},
    **{kind: _element(tag) for kind, tag in (("Superscript", "sup"), ("Subscript", "sub"), ("Strikeout", "del"))},
    "SmallCaps": _all,
    "SingleQuote": lambda _: "‘’",
    "DoubleQuote": lambda _: "“”",
    "Quoted": lambda content: f"{content[0][0]}{_all(content[1])}{content[0][1]}",
    "Cite": _cite,
    "Code": _code,
    "Math": _math,
    "DisplayMath": lambda _: "apart",
    "Link": _link,
    "Image": _image,
    "Note": lambda blocks: note(text_of(_all(blocks))),
    "Span": lambda content: "" if not _SILENT.isdisjoint(content[0][1]) else _all(content[1]),
    # -- that stand alone
    "Plain": _all,
    "Para": _element("p"),
    "LineBlock": _lines,
    "CodeBlock": lambda content: f"<pre><code>{escape(content[1], quote=False).strip()}</code></pre>",
    "BlockQuote": _element("blockquote"),
    "BulletList": lambda items: f"<ul>{_elements('li', items)}</ul>",
    "OrderedList": _ordered,
    "LowerAlpha": lambda _: "a",
    "UpperAlpha": lambda _: "A",
    "LowerRoman": lambda _: "i",
    "UpperRoman": lambda _: "I",
    "DefinitionList": _definitions,
    "Header": lambda content: _element(f"h{min(content[0], 6)}")(content[2]),
    "Table": _table,
    "Figure": _figure,
    "Div": _div,
    # -- metadata
    "MetaInlines": _all,
    "MetaBlocks": _all,
    "MetaString": lambda text: escape(text, quote=False),
    "MetaList": lambda values: [one for one in values if isinstance(one, str)],
}
