"""The paragraphs, list items and tables of an RTF document, written as HTML token by token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from player.story.html.notes import note

_QUOTATIONS = ("quote", "intense quote", "quotations", "block text")
_HEADING = re.compile(r"heading ([1-6])")
_CONTENTS = re.compile(r"toc \d|toc heading|table of figures|index \d")
"""Word writes its own style names in English everywhere."""


@dataclass(frozen=True, slots=True)
class State:
    """State that a group inherits, and restores at its end. `b` to `strike` are named after RTF's words."""

    encoding: str
    within: str = ""
    """The destination: "" in the flow of the text, else "fonttbl", "stylesheet", "label", "info", "title", "author" or
    "aside"."""
    fallback: int = 1
    """Number of characters after \\u for programs that do not know it."""
    b: bool = False
    i: bool = False
    super: bool = False
    v: bool = False
    """Hidden text."""
    deleted: bool = False
    strike: bool = False
    style: int = 0
    """Number of the paragraph's style."""
    outline: int = 0
    """Level of a heading, from 1; 0 for any other paragraph."""
    listed: bool = False
    """True for an item of a list, even without a label."""
    level: int = 0
    """Depth of the list, from 0."""
    in_table: bool = False


class Lines:
    """Writes the HTML of one document."""

    def __init__(self, styles: Mapping[int, str]) -> None:
        """`styles` are {number: style name in lower case}."""
        self._styles = styles
        self._out: list[str] = []
        self._line: list[str] = []
        self._cell: list[str] = []  # paragraphs of the current cell
        self._row: list[str] = []
        self._first: State | None = None  # state at the beginning of the current paragraph
        self.label: str | None = None
        """Number or bullet of the next item."""

    def say(self, text: str, state: State) -> None:
        """Add text."""
        if state.v or state.deleted or state.strike:
            return
        if self._first is None and text.strip():
            self._first = state
        html = escape(text, quote=False)
        for tag, has in (("sup", state.super), ("em", state.i), ("strong", state.b)):
            html = f"<{tag}>{html}</{tag}>" if has else html
        self._line.append(html)

    def add_note(self, text: str) -> None:
        """Add a note's mark."""
        self._line.append(note(" ".join(text.split())))

    def break_line(self) -> None:
        """Begin a new line in the same paragraph."""
        self._line.append("<br>")

    def end(self, word: str, state: State) -> None:
        """End a paragraph; "cell" and "row" also end these."""
        paragraph = self._paragraph()
        if word == "row":
            self._end_row()
        elif word == "cell":
            self._row.append(f"<td>{''.join(self._cell)}{paragraph}</td>")
            self._cell.clear()
        elif state.in_table:
            self._cell.append(paragraph)
        elif paragraph:
            self._out.append(paragraph)

    def html(self) -> str:
        """Return the HTML written so far."""
        last = self._paragraph()
        self._end_row()
        blocks = groupby((*self._out, last), lambda block: block.startswith("<tr>"))
        return "".join(f"<table>{''.join(each)}</table>" if are_rows else "".join(each) for are_rows, each in blocks)

    def _paragraph(self) -> str:
        text, state, label = "".join(self._line), self._first, self.label
        self._line.clear()
        self._first = self.label = None
        name = self._styles.get(state.style, "") if state else ""
        if state is None or _CONTENTS.fullmatch(name):
            return ""
        if label is not None or state.listed:
            number = f"{label.strip()} " if label and any(map(str.isalnum, label)) else ""
            depth = state.level + 1
            return f"{'<ul>' * depth}<li>{escape(number, quote=False)}{text}</li>{'</ul>' * depth}"
        if name == "title":
            return f'<p class="title">{text}</p>'
        if name in _QUOTATIONS:
            return f"<blockquote><p>{text}</p></blockquote>"
        if heading := _HEADING.fullmatch(name):
            return f"<h{heading[1]}>{text}</h{heading[1]}>"
        return f"<h{state.outline}>{text}</h{state.outline}>" if state.outline else f"<p>{text}</p>"

    def _end_row(self) -> None:
        if self._cell:
            self._row.append(f"<td>{''.join(self._cell)}</td>")
        if self._row:
            self._out.append(f"<tr>{''.join(self._row)}</tr>")
        self._cell.clear()
        self._row.clear()
