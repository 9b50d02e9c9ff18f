"""What Markdown's dialects write in lines of their own, said in CommonMark or left out.

MkDocs, Docusaurus, MyST, Obsidian, Quarto and kramdown have boxes ("!!! note", ":::", "> [!note]-"), attributes,
contents, abbreviations and metadata; people draw tables as in plain text.

    >>> plain_markdown('!!! warning "Smoke"\\n    Mind it.\\n{: .lead }').split("\\n")
    ['> [!warning] Smoke', '>', '> Mind it.', '']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from player.patterns import later
from player.story.reading.draft import row_text
from player.story.reading.lines.text_tables import Table, tables

_CODE_FENCE = later(r" {0,3}(`{3,}|~{3,})(.*)")
_DIRECTIVE = later(r"\{([a-z][\w-]*)\}\s*(.*)")
"""MyST's boxes, fenced like code."""
_MYST_COMMENT = later(r"^%+ .*$", re.MULTILINE)
_OPTION = later(r" {0,3}:[a-z][\w-]*:(?: .*)?")
"""Of MyST's boxes: ":class: tip"."""
_BOXES = frozenset(
    ("note", "tip", "important", "warning", "caution", "info", "danger", "hint", "attention", "error", "todo",
     "abstract", "summary", "success", "question", "failure", "bug", "example", "quote", "seealso", "admonition",
     "details", "callout-note", "callout-tip", "callout-warning", "callout-important", "callout-caution")
)  # fmt: skip
_ADMONITION = later(r'( *)(?:!!!|\?\?\?)\+? *([A-Za-z][\w -]{0,60}?)?(?: *"(.*)")? *')
_TAB = re.compile(r'( *)===[+!]? *"(.*)" *')
_CALL_OUT = later(r"((?: {0,3}>)+ *)(\[![\w-]+(?:\|[^\]]*)?\])[+-]? *(.*)")
_CONTAINER = later(r"\s*:{3,} *(?:\{?\.?([A-Za-z][\w-]*)\}?)?(.*)")
_CONTAINER_TITLE = later(r"""\[([^\]]*)\]|title=["']([^"']*)["']|([^\s{\[#.][^{]*)""")
_OTHER_ATTRIBUTE = later(r"""(?!title=)\b[a-z][\w-]*=(?:"[^"]*"|'[^']*'|[^\s{}]+)""")
_HEADING = later(r"#{1,6} +(.+?) *#*")
_LEFT_OUT = later(
    r" {0,3}(?:> *)*\{:[^{}]*\}\s*"  # kramdown's attributes
    r"|\s*(?:\[\[?_?toc_?\]\]?|\$\{toc\}|@\[toc\](?:\(.*\))?)\s*"  # places for a table of contents
    r"|\s{0,3}\*\[[^\]]{1,200}\]:.*"  # abbreviations
    r"|\s*(?:[-*+] +)?(?:\*\*|__)?[a-z][\w -]{0,40}(?:\*\*|__)?::(?:\s.*)?"  # Obsidian's metadata
    r"|\s*\^[\w-]+\s*"  # its names of blocks
    r"|\+\+\+\s*"  # MyST's ends of cells
    r"|\s*#[^\s#]+(?: +#[^\s#]+)+\s*"  # its tags
    r"|\s*(?:-{2,}8<-{2,}|;--8<--|<<< ?[@.(/]).*"  # includes of MkDocs and VitePress
    r"|\([\w:./ -]{1,80}\)=\s*"  # MyST's names of places
    r"|\s*\{(?:[#.][\w-]+|[a-z][\w-]*=[^{}\s]+)(?:\s+(?:[#.][\w-]+|[a-z][\w-]*=[^{}\s]+))*\}\s*"  # and attributes
    r"|\s*\\(?:new|clear|page|vspace|tableof|listof|big|med|no|make|append|center)[a-z]*(?:\{[^{}]*\})*\s*",
    re.IGNORECASE,
)
_PRESSED = later(r"(?<!\{)\+\+(\w[\w+-]{0,40}\w|\w)\+\+")
"""Keys: "++ctrl+c++"."""
_SIGNED = later("-- ?")
"""Stands above a signature (RFC 3676); to Markdown it would make a heading of the line above."""
_CONTENTS = later(r"\s*\{:\s*toc\b.*\}\s*", re.IGNORECASE)
_COMMENT = later(r"\{::comment\}[^{}]*\{:/(?:comment)?\}|\{::?/?[a-z][^{}\n]*/?\}|\{>>[^{}]*<<\}|\{--[^{}]*--\}")
_EDIT = later(r"\{\+\+([^{}]*)\+\+\}|\{==([^{}]*)==\}|\{~~[^{}~]*~>([^{}~]*)~~\}")
"""CriticMarkup: insertions, highlights, replacements."""
_DEEPEST = 8
"""Nested boxes."""
_RULED = later(r"[\s|:-]*-[\s|:-]*")
"""The line below a table's header in Markdown itself."""


def plain_markdown(text: str) -> str:
    """Return a Markdown text in CommonMark, without dialects' extensions."""
    if "```{" in text or ":::{" in text:
        text = _MYST_COMMENT.sub("", text)
    if "++" in text:
        text = _PRESSED.sub(r"\1", text)
    if "{" in text:
        text = _EDIT.sub(lambda found: found[found.lastindex or 0], _COMMENT.sub(_kept_attributes, text))
    return "\n".join(_said(text.split("\n"), 0))


def _kept_attributes(found: re.Match[str]) -> str:
    """Remove kramdown's remaining attributes; those on lines of their own, and tables of contents, are removed line by
    line."""
    return found[0] if found[0].startswith("{:") and found[0][2:3] not in ":/" else ""


def _said(lines: list[str], depth: int) -> list[str]:
    """Return lines without signs of dialects; lines of code are unchanged."""
    kept: list[str] = []
    plain: list[str] = []
    fence = ""
    for line in _without_directives(lines):
        found = _CODE_FENCE.fullmatch(line)
        if not fence and found and "`" not in found[2]:
            kept += _boxed(_tabled(plain), depth)
            plain.clear()
            fence = found[1]
            kept.append(line)
        elif fence:
            kept.append(line)
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
        else:
            plain.append(line)
    return kept + _boxed(_tabled(plain), depth)


def _without_directives(lines: list[str]) -> Iterator[str]:
    """Yield lines with MyST's boxes rewritten with colons."""
    opened: list[str] = []
    begun = False  # a box, of which the next lines may be options
    for line in lines:
        found = _CODE_FENCE.fullmatch(line)
        if begun and _OPTION.fullmatch(line):
            continue
        begun = False
        box = _DIRECTIVE.fullmatch(found[2].strip()) if found else None
        if found and box and (box[1] in _BOXES or box[1] == "figure"):
            opened.append(found[1])
            begun = True
            yield f"::: {box[1]} {box[2]}" if box[1] in _BOXES else "::: figure"  # its words are the caption
        elif found and opened and found[1] == opened[-1] and not found[2].strip():
            opened.pop()
            yield ":::"
        else:
            yield line


def _tabled(lines: list[str]) -> list[str]:
    """Return lines with drawn tables rewritten as Markdown's own, also in quotations, but not in deeper ones."""
    kept: list[str] = []
    for quoted, some in groupby(lines, key=lambda line: line.startswith(">")):
        group = list(some)
        if not quoted:
            kept += _drawn(group)
        elif any("```" in line for line in group):
            kept += group
        else:
            kept += [f"> {line}" for line in _drawn([line[1:].removeprefix(" ") for line in group])]
    return kept


def _drawn(lines: list[str]) -> list[str]:
    kept: list[str] = []
    last = 0
    for start, end, table in tables(lines):
        own = _RULED.fullmatch(lines[start + 1]) and "|" in lines[start]
        if not own and not lines[start].startswith(("    ", "\t", ">")):
            kept += [*lines[last:start], "", *_markdown(table), ""]
            last = end
    return kept + lines[last:]


def _markdown(table: Table) -> Iterator[str]:
    if not table.names:
        yield from (f"- {row_text((), row)}" if len(row) > 1 else row[0] for row in table.rows)
        return
    width = len(table.names)
    for n, row in enumerate([table.names, *table.rows]):
        cells = [*row, *[""] * (width - len(row))][:width]
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
        if not n:
            yield "|---" * width + "|"


def _boxed(lines: list[str], depth: int) -> list[str]:
    """Return lines with boxes rewritten as quotations that begin with "[!type] Title"."""
    kept: list[str] = []
    waiting = ""
    at = begun = 0  # place after a box's first line, of which the next may be options
    while at < len(lines):
        line = lines[at]
        at += 1
        if begun == at - 1 and _OPTION.fullmatch(line):
            begun = at
            continue
        if "!!!" in line or "???" in line or "===" in line:
            found = _ADMONITION.fullmatch(line) or _TAB.fullmatch(line)
            if found and any(found.groups()[1:]):
                end = _end_of_box(lines, at, len(found[1]) + 4)
                kept += _box(found, lines[at:end], depth)
                at = end
                continue
        if ":::" in line and (found := _CONTAINER.fullmatch(line)):
            waiting = _opened(found, kept)
            begun = at
        elif "[!" in line and (found := _CALL_OUT.fullmatch(line)):
            kept += [f"{found[1]}{found[2]} {found[3]}".rstrip(), *([found[1].rstrip()] if found[3] else [])]
        elif _SIGNED.fullmatch(line) and (line[2:] or not (kept and kept[-1].strip())):
            kept.append("")
        elif _LEFT_OUT.fullmatch(line):
            if _CONTENTS.fullmatch(line) and kept:
                kept.pop()  # the item "* TOC", which it replaces
        elif waiting and line.strip():
            title = _HEADING.fullmatch(line)  # Quarto's
            own = [f"[!{waiting}] {title[1]}", ""] if title else [f"[!{waiting}]", "", line]
            kept += [f"[!{waiting}] {line}"] if line[:1].isalnum() else own
            waiting = ""
        else:
            kept.append(line)
    return kept


def _end_of_box(lines: list[str], start: int, indent: int) -> int:
    """Return the index after a box's last indented line."""
    end = start
    for at in range(start, len(lines)):
        if lines[at].startswith((" " * indent, "\t")):
            end = at + 1
        elif lines[at].strip():
            break
    return end


def _box(found: re.Match[str], body: list[str], depth: int) -> list[str]:
    """Return a box of MkDocs as a quotation. A tab's text stays as it is, below the tab's name."""
    indent = len(found[1])
    inner = [line[1:] if line.startswith("\t") else line[indent + 4 :] for line in body]
    said = _said(inner, depth + 1) if depth < _DEEPEST else inner
    if found.re is _TAB:
        return [f"{found[1]}{found[2]}", "", *(f"{found[1]}{line}" for line in said), ""]
    kind = (found[2] or "note").split()[0]
    title = f"[!{kind}]" if found[3] is None else f"[!{kind}] {found[3]}" if found[3] else ""
    head = [title, *([""] if found[3] else [])] if title else []
    return [*(f"{found[1]}> {line}".rstrip() for line in [*head, *said]), ""]


def _opened(found: re.Match[str], kept: list[str]) -> str:
    """Begin a container with its title; return its kind if it has none, for the next line to begin with."""
    kind = (found[1] or "").lower()
    if kind not in _BOXES:
        kept.append("")
        return ""
    kind = kind.removeprefix("callout-")
    title = _CONTAINER_TITLE.search(_OTHER_ATTRIBUTE.sub("", found[2]).strip(" }"))
    said = next(filter(None, title.groups()), "").strip() if title else ""
    if kind in ("admonition", "details"):
        kept += ["", said, ""] if said else [""]
        return ""
    kept += ["", f"[!{kind}] {said}", ""] if said else [""]
    return "" if said else kind
