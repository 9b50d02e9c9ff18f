"""ODT as HTML: elements by their names, formatting by their styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from player.story.formats.office.layout import picture
from player.story.formats.office.odt_styles import Look, Styles
from player.story.formats.office.package import damaged, local, locked, parsed, take_properties, value, whole_number
from player.story.html.notes import note
from player.story.language_tag import same_language
from player.story.reading.draft import Draft
from player.story.reading.formulas import mathml_text, no_text

_LEFT_OUT = frozenset(
    ("tracked-changes", "annotation", "table-of-content", "illustration-index", "table-index", "object-index",
     "user-index", "alphabetical-index", "bibliography", "sequence-decls", "ruby-text", "forms", "scripts", "desc")
)  # fmt: skip
_CODE = {"Preformatted_20_Text", "Source_20_Code"}
"""Names of styles, the same in every language."""
_MATH = re.compile(rb"<(?:\w+:)?math\b")


def markup(parts: Mapping[str, bytes], draft: Draft, name: str) -> str:
    """Return the text as HTML; move its metadata to the draft. Raises SourceError."""
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest or b"encrypted-package" in manifest:
        raise locked(name)
    if not parts.get("content.xml"):
        raise damaged(name)
    if properties := parts.get("meta.xml"):
        take_properties(properties, draft, name)
    root = parsed(parts["content.xml"], name)
    common = parts.get("styles.xml")
    styles = Styles(parsed(common, name), root) if common else Styles(root)
    draft.language = draft.language or styles.language
    formulas = {
        path.rpartition("/")[0]: mathml_text(parsed(part, name)) or no_text()
        for path, part in parts.items()
        if path.endswith("/content.xml") and _MATH.search(part[:2000])
    }
    body = root.find(".//{*}body/{*}text")
    return "" if body is None else _Writer(styles, formulas).inside(body)


class _Writer:
    """Writes one document."""

    def __init__(self, styles: Styles, formulas: Mapping[str, str]) -> None:
        self._styles = styles
        self._formulas = formulas
        self._behind: list[str] = []  # boxes of the current paragraph, to be written behind it
        self._in_line = False
        self._list, self._level = "", 0  # style and depth of the current list
        self._counted: dict[tuple[str, int], int] = {}  # last number of each list and level

    def inside(self, element: Any) -> str:
        """Return an element's content."""
        parts = [escape(element.text or "", quote=False)]
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self._one(child))
            parts.append(escape(child.tail or "", quote=False))
        return "".join(parts)

    def _one(self, element: Any) -> str:
        name = local(element)
        if name in _LEFT_OUT:
            return ""
        write = _WRITERS.get(name)
        return write(self, element) if write else self.inside(element)

    def _line(self, element: Any) -> str:
        look = self._styles.look("paragraph", value(element, "style-name"))
        if look.hidden:
            return ""
        self._in_line, self._behind = True, []
        text = look.marked(self.inside(element))
        self._in_line = False
        own = self._attribute(look)
        if local(element) == "h":
            level = min(whole_number(element, "outline-level"), 6)
            line = f"<h{level}{own}>{text}</h{level}>"
        elif look.names & _CODE:
            line = "<pre></pre>"
        elif "Title" in look.names:
            line = f'<p class="title"{own}>{text}</p>'
        elif look.is_quotation and not self._level:
            line = f"<blockquote><p{own}>{text}</p></blockquote>"
        else:
            line = f"<p{own}>{text}</p>"
        return line + "".join(self._behind)

    def _box(self, element: Any) -> str:
        """Put the content of a box or shape behind the paragraph it is anchored to."""
        around = self._in_line, self._behind, self._level
        self._in_line, self._level = False, 0
        inside = self.inside(element)
        self._in_line, self._behind, self._level = around
        if not self._in_line:
            return inside
        self._behind.append(inside)
        return ""

    def _span(self, element: Any) -> str:
        look = self._styles.look("text", value(element, "style-name"))
        if look.hidden:
            return ""
        own = self._attribute(look)
        inside = self.inside(element)
        return look.marked(f"<span{own}>{inside}</span>" if own else inside)

    def _attribute(self, look: Look) -> str:
        """Return HTML's attribute for a language other than the document's."""
        other = look.language and not same_language(look.language, self._styles.language)
        return f' lang="{escape(look.language)}"' if other else ""

    def _items(self, element: Any) -> str:
        outer = self._list
        self._list, self._level = value(element, "style-name") or outer, self._level + 1
        numbering = self._styles.numbering(self._list, self._level)
        inside = self.inside(element)
        if numbering is None:
            written = f"<ul>{inside}</ul>"
        else:
            key = (self._list, self._level)
            goes_on = value(element, "continue-numbering") == "true" or value(element, "continue-list")
            start = self._counted.get(key, 0) + 1 if goes_on else numbering.start
            self._counted[key] = start - 1 + len(element.findall("{*}list-item"))
            written = f'<ol start="{start}" type="{escape(numbering.form)}">{inside}</ol>'
        self._list, self._level = outer, self._level - 1
        return written

    def _item(self, element: Any) -> str:
        return f'<li value="{escape(value(element, "start-value"))}">{self.inside(element)}</li>'

    def _cell(self, element: Any) -> str:
        heads = local(element.getparent().getparent()) == "table-header-rows"
        return f"<th>{self.inside(element)}</th>" if heads else f"<td>{self.inside(element)}</td>"

    def _frame(self, element: Any) -> str:
        """Return a formula, a box or a picture."""
        for shown in element.iterchildren("{*}object"):
            if formula := self._formulas.get(value(shown, "href").strip("./")):
                return escape(formula, quote=False)
        box = element.find("{*}text-box")
        if box is not None:
            return self._box(box)
        said = (element.findtext("{*}desc") or "", element.findtext("{*}title") or "")
        return f'<img alt="{escape(next(filter(picture, said), ""))}">'


def _paragraphs(note: Any) -> Iterator[str]:
    """Yield the words of each paragraph of a note, in one line."""
    for paragraph in () if note is None else note.iter("{*}p", "{*}h"):
        yield " ".join("".join(paragraph.itertext()).split())


_WRITERS: Mapping[str, Callable[[_Writer, Any], str]] = {
    "p": _Writer._line,
    "h": _Writer._line,
    "span": _Writer._span,
    "s": lambda writer, element: " ",
    "tab": lambda writer, element: " ",
    "line-break": lambda writer, element: "<br>",
    "list": _Writer._items,
    "list-item": _Writer._item,
    "note": lambda writer, element: note(" ".join(_paragraphs(element.find("{*}note-body")))),
    "table": lambda writer, element: f"<table>{writer.inside(element)}</table>",
    "table-row": lambda writer, element: f"<tr>{writer.inside(element)}</tr>",
    "table-cell": _Writer._cell,
    "frame": _Writer._frame,
    **dict.fromkeys(("custom-shape", "rect", "ellipse", "circle", "line", "polygon", "path"), _Writer._box),
}
