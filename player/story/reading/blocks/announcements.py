"""Announcements: a few words for what is left out (code, a picture) or read otherwise than written (a table).

A reader adds a block whose text is a mark of private characters (see `marks`); `build` writes the words in the story's
language, once that is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from player.story.language_tag import shortest
from player.tables import table

_ANNOUNCED = "\U0010fd04"
_WRITTEN = 0x10FE00
"""As in `marks`, whose marks have other first characters."""
_MARK = re.compile(rf"\s*{_ANNOUNCED}([\U0010fe20-\U0010fe7f]+)[\s{_ANNOUNCED}\U0010fe20-\U0010fe7f]*")
_CARRIED = re.compile(rf" {_ANNOUNCED}([\U0010fe20-\U0010fe7f]+)\s*\Z")
LONGEST_CODE = 20_000
"""Characters. What follows is not shown."""
_LONG_TABLE = 5
"""Rows. A shorter table has been read before its announcement would help."""


def _mark(said: str) -> str:
    return _ANNOUNCED + _written(said)


def _written(said: str) -> str:
    """Return ASCII in characters that no text has: each is `_WRITTEN` higher. A hundredth of the time of a loop."""
    written = bytearray(_WRITTEN.to_bytes(4, "little") * len(said))
    written[::4] = said.encode("ascii")
    return written.decode("utf-32-le")


def _read(written: str) -> str:
    """Return what `_written` was given."""
    return written.encode("utf-32-le")[::4].decode("ascii")


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


def more_code(text: str, code: str) -> str:
    """Return the text of a block of code with more code below what it carries, in time proportional to that.

    >>> code_of(more_code(code_mark("a = 1"), "\nb = 2"))
    'a = 1\nb = 2'
    """
    if len(text) > LONGEST_CODE + len(CODE):
        return text
    found = _CARRIED.search(text)
    if found is None:
        return code_mark(code.strip("\n"))
    more = code[: max(LONGEST_CODE - len(found[1]), 0)]
    return f"{text[: found.end(1) - 1]}{_written(json.dumps(more)[1:])}" if more.strip() else text


def is_code(text: str) -> bool:
    """Return True for the text of a block of code."""
    return announced(text) == "code"


def code_of(text: str) -> str:
    """Return the code that the text of a block of code carries; empty when it carries none."""
    found = _CARRIED.search(text)
    return str(json.loads(_read(found[1]))) if found else ""


def table_mark(columns: int, rows: int) -> str:
    """Return the text of a block that announces a table; empty for a short one. `rows` are those below the heads."""
    return _mark(f"table {columns} {rows}") if rows >= _LONG_TABLE and columns > 1 else ""


def announced(text: str) -> str:
    """Return what a block's text announces ("code", "table 4 12"); empty when it is no announcement."""
    found = _MARK.fullmatch(text) if _ANNOUNCED in text else None
    return _read(found[1]) if found else ""


def has_words(language: str) -> bool:
    """Return True if announcements have words in a language."""
    return shortest(language) in _tables()


def words_for(announcement: str, language: str) -> str:
    """Return an announcement in words, in English when the language has none.

    >>> words_for("table 4 12", "de"), words_for("code", "xx")
    ('Eine Tabelle mit 4 Spalten und 12 Zeilen.', 'Code example.')
    """
    kind, *numbers = announcement.split()
    tables = _tables()
    said = tables.get(shortest(language), tables["en"])[kind]
    return said.format(**dict(zip(("columns", "rows"), numbers, strict=False)))


def next_words(title: str, language: str, *, alone: bool) -> str:
    """Return what is said before the next story of a queue: its title, or if that follows anyhow (`alone`), only that
    it is the next one. Without words in the language: the title.

    >>> next_words("The Crow", "en", alone=False), next_words("Die Krähe", "de", alone=True)
    ('Next: The Crow.', 'Die nächste Geschichte.')
    """
    said = _tables().get(shortest(language))
    if said is None:
        return "" if alone else title
    return said["next-alone"] if alone else said["next"].format(title=title.rstrip("."))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return table(Path(__file__).with_suffix(".toml"))
