"""Announcements: a few words for what is left out (code, a picture) or read otherwise than written (a table).

A reader adds a block whose text is a mark of private characters (see `asides`); `build` writes the words in the story's
language, once that is known.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ANNOUNCED = "\U0010fd04"
_WRITTEN = 0x10FE00
"""As in `asides`, whose marks have other first characters."""
_MARK = re.compile(rf"\s*{_ANNOUNCED}([\U0010fe20-\U0010fe7f]+)[\s{_ANNOUNCED}\U0010fe20-\U0010fe7f]*")
_CARRIED = re.compile(rf" {_ANNOUNCED}([\U0010fe20-\U0010fe7f]+)\s*\Z")
LONGEST_CODE = 20_000
"""Characters. What follows is not shown."""
_LONG_TABLE = 5
"""Rows. A shorter table has been read before its announcement would help."""


def _mark(said: str) -> str:
    return _ANNOUNCED + "".join(chr(_WRITTEN + ord(c)) for c in said)


CODE = _mark("code")
"""Text of a block of code, which nobody can follow by ear."""
PICTURE = _mark("picture")
"""Text of a picture without a description."""


def code_mark(code: str) -> str:
    """Return the text of a block of code, with the code that is shown with it.

    >>> code_of(code_mark("if x:\\n    go()"))
    'if x:\\n    go()'
    """
    return f"{CODE} {_mark(json.dumps(code[:LONGEST_CODE]))}" if code.strip() else CODE


def is_code(text: str) -> bool:
    """Return True for the text of a block of code."""
    return announced(text) == "code"


def code_of(text: str) -> str:
    """Return the code that the text of a block of code carries; empty when it carries none."""
    found = _CARRIED.search(text)
    return str(json.loads("".join(chr(ord(c) - _WRITTEN) for c in found[1]))) if found else ""


def table_mark(columns: int, rows: int) -> str:
    """Return the text of a block that announces a table; empty for a short one. `rows` are those below the heads."""
    return _mark(f"table {columns} {rows}") if rows >= _LONG_TABLE and columns > 1 else ""


def announced(text: str) -> str:
    """Return what a block's text announces ("code", "table 4 12"); empty when it is no announcement."""
    found = _MARK.fullmatch(text) if _ANNOUNCED in text else None
    return "".join(chr(ord(c) - _WRITTEN) for c in found[1]) if found else ""


def has_words(language: str) -> bool:
    """Return True if announcements have words in a language."""
    return language[:2].lower() in _tables()


def words_for(announcement: str, language: str) -> str:
    """Return an announcement in words, in English when the language has none.

    >>> words_for("table 4 12", "de"), words_for("code", "xx")
    ('Eine Tabelle mit 4 Spalten und 12 Zeilen.', 'Code example.')
    """
    kind, *numbers = announcement.split()
    tables = _tables()
    said = tables.get(language[:2].lower(), tables["en"])[kind]
    return said.format(**dict(zip(("columns", "rows"), numbers, strict=False)))


def next_words(title: str, language: str, *, alone: bool) -> str:
    """Return what is said before the next story of a queue: its title, or if that follows anyhow (`alone`), only that
    it is the next one. Without words in the language: the title.

    >>> next_words("The Crow", "en", alone=False), next_words("Die Krähe", "de", alone=True)
    ('Next: The Crow.', 'Die nächste Geschichte.')
    """
    said = _tables().get(language[:2].lower())
    if said is None:
        return "" if alone else title
    return said["next-alone"] if alone else said["next"].format(title=title.rstrip("."))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return found
