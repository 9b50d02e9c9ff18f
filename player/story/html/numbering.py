"""Numbers and letters of a list's items, as browsers show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from player.story.roman_numerals import to_roman


def numbered(items: Any) -> Iterator[tuple[Any, str]]:
    """Yield each child of an <ol> with its label: "3", "c", "iii"; empty for what is no item."""
    if items.get("reversed") is None:
        number, step = _whole(items.get("start"), 1), 1
    else:
        number, step = _whole(items.get("start"), len(items.findall("li"))), -1
    style = items.get("type", "1")
    for child in items:
        if child.tag == "li":
            number = _whole(child.get("value"), number)
            yield child, _numeral(number, style)
            number += step
        else:
            yield child, ""


def counts_from_one(items: Any) -> bool:
    """Return True for an <ol> that is numbered 1, 2, 3."""
    named = any(items.get(name) is not None for name in ("start", "reversed")) or items.get("type", "1") != "1"
    return not named and all(child.get("value") is None for child in items)


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,9}", written.strip()) else otherwise


def _numeral(number: int, style: str) -> str:
    """Return a list item's number as HTML's `type` shows it: 3 as "c", "C", "iii", "III" or "3"."""
    if style in ("a", "A") and 0 < number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 0 < number < 4000:
        return to_roman(number) if style == "I" else to_roman(number).lower()
    return str(number)
