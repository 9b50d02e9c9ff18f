"""Markdown, through markdown-it-py: links without targets, tables row by row, code announced instead of read."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from player.errors import SourceError
from player.story.formats.markdown.beginning import beginning_of
from player.story.formats.markdown.brackets import OPEN, calmed
from player.story.formats.markdown.contents import without_contents
from player.story.formats.markdown.dialects import plain_markdown
from player.story.formats.markdown.front_matter import take_front_matter
from player.story.formats.markdown.inline import SOFT, shows_picture, styled_line, unmarked, words_of
from player.story.formats.markdown.mdx import is_mdx, plain_mdx
from player.story.formats.markdown.preprocessing import without_extensions
from player.story.html.blocks import add_blocks
from player.story.html.markup import readable
from player.story.model import BlockKind
from player.story.reading.beginning import is_enough
from player.story.reading.blocks.announcements import PICTURE
from player.story.reading.draft import Draft, row_text
from player.story.reading.formulas import formula_text
from player.story.reading.lines.kept_lines import lines_as_meant, split_at_breaks
from player.story.reading.metadata.picture import picture_at
from player.story.reading.raw_source import RawSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*\{(?:[#.:][^{}]*|-)\}\s*$")
_DEEPEST = 100
"""Deeper nesting is dropped. The parser's usual 20 are reached by lists seven deep."""
_DEEPEST_MARKS = 20
"""The same within a line: a thousand open brackets cost this many times a thousand."""
_MANY_LINES, _SHORT_LINE = 80_000, 40
"""Lines allowed in any text, and characters for each further line: the parser takes 0.1 s for each 1,000 lines."""
_MOST_COLUMNS = 1_000
"""Wider tables are read as text: the parser takes 1.5 kB for each cell."""
_TASK = re.compile(r"\[[ xX/>?!~-]\] ")


def read(raw: RawSource) -> Draft:
    """Return the draft of a Markdown text. Raises SourceError when it is nothing but an endless list."""
    from markdown_it import MarkdownIt  # 0.06 s
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    draft = Draft()
    text = take_front_matter(raw.text.removeprefix("\ufeff").replace("\r\n", "\n"), draft)
    if is_mdx(text, raw.suffix):
        text = plain_mdx(text)
    if (lines := text.count("\n")) > _MANY_LINES + len(text) // _SHORT_LINE:
        raise SourceError(f"{raw.name} has {lines:,} lines, most of them nearly empty", "is it a story?")
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("strikethrough")
    if text.count("|") <= _MOST_COLUMNS or all(line.count("|") <= _MOST_COLUMNS for line in text.split("\n")):
        parser.enable("table")
    parser.core.ruler.before("inline", "shallow", _shallow)
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    if raw.begun is not None and (beginning := beginning_of(text, _plain, parser)) is not None:
        begun = replace(draft, blocks=[], notes=[], styled=[])
        _fill(begun, without_contents(parser.parse(beginning)))
        if is_enough(begun):
            raw.begun(begun)
    tokens = without_contents(parser.parse(_plain(text)))
    _fill(draft, tokens)
    pictures = (child for token in tokens for child in token.children or [] if child.type == "image")
    draft.picture = picture_at(raw.name, (str(child.attrGet("src")) for child in pictures), inside=raw.inside)
    return draft


def _plain(text: str) -> str:
    """Return a text in CommonMark, without extensions."""
    return plain_markdown(without_extensions(readable(text)))


def _fill(draft: Draft, tokens: Sequence[Token]) -> None:
    """Add the blocks, and the title if there is none."""
    _Walker(draft).walk(tokens)
    if not draft.title:
        headings = [
            (n, text, level) for n, (kind, text, level) in enumerate(draft.blocks[:3]) if kind is BlockKind.HEADING
        ]
        titles = [text for n, text, level in headings if level == 1 or (n == 0 and level == 2)]
        draft.title = titles[0] if titles else ""


def _shallow(state: StateCore) -> None:
    """Drop deep nesting: a step of the parser, between blocks and lines."""
    state.md.options["maxNesting"] = _DEEPEST_MARKS
    for token in state.tokens:
        if token.type == "inline":
            token.content = calmed(token.content)


class _Walker:
    """Turns the parser's tokens into a draft, keeping track of what is open."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists: list[int | None] = []  # next number of each open list, None for bullets
        self._quotes = 0
        self._heading = 0
        self._marker = ""
        self._header: list[str] = []
        self._row: list[str] | None = None

    def walk(self, tokens: Sequence[Token]) -> None:
        self._draft.notes = [unmarked(text).replace(OPEN, "[") for text in _notes(tokens)]
        for token in tokens:
            if token.type == "footnote_block_open":
                return
            self._open_or_close(token)
            if token.type == "inline":
                self._draft.styled.append(styled_line(token.children or []))
                children = token.children or []
                alone = self._row is None and shows_picture(children)
                self._add(PICTURE if alone else words_of(children))
            elif token.type == "fence" and token.info.strip() == "math":
                self._add(formula_text(token.content) + ".")
            elif token.type in ("fence", "code_block"):
                self._draft.add_code(token.content)
            elif token.type.startswith("math_block"):
                self._add(formula_text(token.content) + ".")
            elif token.type == "html_block":
                self._add_html(token.content)

    def _open_or_close(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "bullet_list_open" | "dl_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close" | "dl_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._marker = f"{number}. " if number is not None else ""
                self._lists[-1] = None if number is None else number + 1
            case "table_open":
                self._header = []
                self._table = len(self._draft.blocks)
            case "table_close":
                if len(self._draft.blocks) == self._table:  # names of columns without any rows are a row
                    self._draft.add(BlockKind.LIST_ITEM, row_text([], self._header), 1)
                self._draft.announce_table(len(self._header), self._table)
            case "tr_open":
                self._row = []
            case "tr_close":
                self._end_row()

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        if not self._header:
            self._header = cells
            return
        self._draft.add(BlockKind.LIST_ITEM, row_text(self._header, cells), 1)

    def _add_html(self, html: str) -> None:
        if self._lists or self._quotes:
            self._add(unescape(_TAG.sub(" ", html)))
        else:
            add_blocks(self._draft, html)

    def _add(self, text: str) -> None:
        if _FOOTNOTE.match(text):
            return  # a note without a reference
        text = unmarked(_FOOTNOTE.sub("", text)).replace(OPEN, "[")
        if self._row is not None or self._heading:
            text = text.replace("\n", " ").replace(SOFT, " ")
        if self._lists:
            text = _TASK.sub("", text, count=1) if _TASK.match(text) else text
        if self._row is not None:
            self._row.append(text)
        elif self._heading:
            self._draft.add(BlockKind.HEADING, _ATTRIBUTES.sub("", text), self._heading)
        else:
            for said in _as_meant(text):
                self._add_line(said)

    def _add_line(self, text: str) -> None:
        if self._lists:
            self._draft.add(BlockKind.LIST_ITEM, self._marker + text, len(self._lists))
            self._marker = ""
        else:
            kind = BlockKind.QUOTATION if self._quotes else BlockKind.PARAGRAPH
            self._draft.add(kind, text, max(self._quotes - 1, 0))


def _notes(tokens: Sequence[Token]) -> list[str]:
    """Return the text of each note, by its number."""
    found: list[list[str]] = []
    for token in tokens:
        if token.type == "footnote_open":
            found.append([])
        elif token.type == "inline" and found:
            found[-1].append(words_of(token.children or []))
    return [" ".join(parts) for parts in found]


def _as_meant(text: str) -> list[str]:
    """Return a paragraph in one, or its lines if they were meant as such."""
    if "\n" in text:
        groups = split_at_breaks([line.replace(SOFT, " ") for line in text.split("\n")])
    elif SOFT in text:
        groups = lines_as_meant(text.split(SOFT), 0)
    else:
        return [text]
    return [" ".join(lines) for lines in groups]
