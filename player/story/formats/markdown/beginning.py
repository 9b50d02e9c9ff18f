"""The beginning of a long Markdown text, as in the whole: with the links and notes that are defined further on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from player.story.formats.markdown.preprocessing import outside_code
from player.story.reading.beginning import LONG, LOOKED_AT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LABEL = re.compile(r"\[([^\[\]]{1,300})\]")
_DEFINED = re.compile(r"\[([^\[\]]{1,300})\]:")
_UNENDED = re.compile(r"^ {0,3}(?:```|~~~|<[!?]|<(?:script|pre|style|textarea)\b)", re.MULTILINE | re.IGNORECASE)
"""Begins what may hold definitions that are none."""
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_INDENTED = ("    ", "\t")


def beginning_of(text: str, plain: Callable[[str], str], parser: MarkdownIt) -> str | None:
    """Return the first blocks of a long text in `plain` Markdown, and what further on defines their links and notes;
    None for a short text, and where that cannot be told from the story."""
    if len(text) < LONG or "\r" in text:
        return None
    cut = text.find("\n\n", 2 * LOOKED_AT)  # far behind: an extension may be cut there
    if cut < 0:
        return None
    first = plain(text[:cut])
    lines = first[:LOOKED_AT].split("\n")
    head = "\n".join(lines[: _last_block(_blocks(first[:LOOKED_AT], parser))])
    definitions = _definitions(first[len(head) :] + text[cut:], head)
    if definitions is None:
        return None
    definitions = plain(definitions)
    if any(not token.type.startswith("footnote") for token in _blocks(definitions, parser)):
        return None
    return f"{head}\n\n{definitions}"


def _blocks(text: str, parser: MarkdownIt) -> list[Token]:
    """Return the outermost tokens of a text, whose lines are not parsed."""
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    return [token for token in tokens if token.level == 0]


def _last_block(tokens: list[Token]) -> int:
    """Return the line at which the last block begins, which might go on."""
    return max((token.map[0] for token in tokens if token.map), default=0)


def _definitions(rest: str, head: str) -> str | None:
    """Return the paragraphs of `rest` that define what is named in `head`, and perhaps say more; None where they may
    stand in code."""
    needed = _names(_LABEL, head) & _names(_DEFINED, rest) if "]:" in rest else set()  # 1 ms for 3 MB, in place of 9
    if not needed:
        return ""
    prose = outside_code(rest)
    if _UNENDED.search(prose):
        return None
    found: list[str] = []
    goes_on = False
    for paragraph in _GAP.split(prose):
        defines = not needed.isdisjoint(_names(_DEFINED, paragraph))
        goes_on = defines or (goes_on and paragraph.startswith(_INDENTED))
        if goes_on:
            found.append(paragraph)
    return "\n\n".join(found)


def _names(pattern: re.Pattern[str], text: str) -> set[str]:
    """Return what stands in brackets, as definitions are looked up."""
    return {" ".join(name.split()).casefold() for name in pattern.findall(text)}
