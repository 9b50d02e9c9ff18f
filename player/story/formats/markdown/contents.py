"""Tables of contents that somebody wrote into a Markdown text, or had a program write: lists of links within it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTS = ("bullet_list_open", "ordered_list_open")
_FEWEST = 2
"""Links of a table of contents."""


def without_contents(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text without lists of nothing but links to its own headings."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].type in _LISTS and tokens[at].level == 0:
            end = _end(tokens, at)
            lines = [token for token in tokens[at:end] if token.type == "inline"]
            if len(lines) < _FEWEST or not all(map(_leads_within, lines)):
                kept += tokens[at:end]
            at = end
        else:
            kept.append(tokens[at])
            at += 1
    return kept


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return the index behind the list that begins here."""
    closing = tokens[start].type.replace("open", "close")
    return next(
        (n + 1 for n in range(start + 1, len(tokens)) if tokens[n].type == closing and tokens[n].level == 0),
        len(tokens),
    )


def _leads_within(line: Token) -> bool:
    """Return True for a line that is one link to a place in the same text."""
    inside = [token for token in line.children or [] if token.content.strip() or token.type.startswith("link")]
    if not inside or inside[0].type != "link_open" or inside[-1].type != "link_close":
        return False
    links = [token for token in inside if token.type == "link_open"]
    return len(links) == 1 and str(links[0].attrGet("href")).startswith("#")
