"""Lexicons as TOML: read with errors that name the line, changed without losing comments or order.

[[entry]]
written = "Nguyen"
say = "Win"

[[entry]]
written = "Polish"
say = "polish"
match-case = true
language = "en"        # optional, as is engine
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from player import atomic
from player.errors import PlayerError, UsageError
from player.utterance.lexicon.entry import Entry, checked, language_tag

_TABLE = "entry"
_TEXTS = ("written", "say", "ipa", "language", "engine")
_CASE = "match-case"
_KEYS = (*_TEXTS[:3], _CASE, *_TEXTS[3:])
_HEADER = re.compile(r"\s*\[\[\s*[\"']?entry[\"']?\s*\]\]")
_ANY_HEADER = re.compile(r"\s*\[")
_WRITE = "the disk may be full, or its folder not yours to write to"
_READ = "it may not be yours to read, or no file"
_MEND = "mend it, or delete it"


def read(path: Path) -> list[Entry]:
    """Return the entries of a file; none without a file. Raises UsageError, naming file and line, for one that
    is wrong, and PlayerError for one that cannot be read."""
    return _entries(_text(path), path)


def parse(text: str, path: Path) -> list[Entry]:
    """Return the entries of a text, as if it stood in the file at `path`. Raises as `read`."""
    return _entries(text, path)


def add(path: Path, entries: Iterable[Entry], *, heading: str = "") -> None:
    """Write entries into a file; each replaces the one with the same key. The rest of the file stays as it is.

    A new file begins with the comment `heading`. Raises as `read`, and PlayerError when it cannot be written.
    """
    known = {entry.key: entry for entry in entries}

    def change(tables: Any) -> None:
        places = {_entry(table).key: n for n, table in enumerate(tables)}
        for key, entry in known.items():
            if key in places:
                _fill(tables[places[key]], entry)
            else:
                _end_with_blank_line(tables)
                tables.append(_table(entry))

    if known:
        _change(path, change, heading)


def remove(path: Path, is_meant: Callable[[Entry], bool]) -> list[Entry]:
    """Remove entries from a file; return them. Raises as `add`."""
    removed = [entry for entry in read(path) if is_meant(entry)]

    def change(tables: Any) -> None:
        for n in reversed(range(len(tables))):
            if is_meant(_entry(tables[n])):
                del tables[n]

    if removed:
        _change(path, change, "")
    return removed


# -- reading -------------------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise PlayerError(f"{path} cannot be read ({error.strerror})", _READ) from error
    except ValueError as error:
        raise UsageError(f"{path} cannot be read (it is not UTF-8)", _MEND) from error


def _entries(text: str, path: Path) -> list[Entry]:
    try:
        content = tomllib.loads(text)
    except ValueError as error:
        raise UsageError(f"{path} cannot be read ({error})", _MEND) from error
    for name in content:
        if name != _TABLE:
            raise UsageError(f"{path}, line {_line(text, 0, name)}: there is no {name!r} in a lexicon", f"[[{_TABLE}]]")
    tables = content.get(_TABLE, [])
    if not isinstance(tables, list):
        raise UsageError(f"{path}, line {_line(text, 0, _TABLE)}: entries are a list of tables", f"write [[{_TABLE}]]")
    found = []
    for number, table in enumerate(tables, 1):
        try:
            found.append(_entry(table))
        except _Wrong as wrong:
            line = _line(text, number, wrong.key)
            raise UsageError(f"{path}, line {line}: {wrong.message}", wrong.hint) from wrong
        except UsageError as error:
            raise UsageError(f"{path}, line {_line(text, number)}: {error.message}", error.hint) from error
    return found


class _Wrong(UsageError):
    """A key of an entry is wrong."""

    def __init__(self, key: str, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.key = key


def _entry(table: object) -> Entry:
    """Return the entry of a table. Raises UsageError."""
    if not isinstance(table, Mapping):
        raise UsageError("an entry is a table", f"write [[{_TABLE}]], and below it written = 'word'")
    for key, value in table.items():
        if key not in _KEYS:
            raise _Wrong(str(key), f"entries have no {key!r}", f"they have {', '.join(_KEYS)}")
        if not isinstance(value, bool if key == _CASE else str):
            kind = "true or false" if key == _CASE else "a text in quotes"
            raise _Wrong(str(key), f"{key} must be {kind}", "")
    try:
        language_tag(str(table.get("language", "")))
    except UsageError as error:
        raise _Wrong("language", error.message, error.hint) from error
    texts = {name: str(table[name]) for name in _TEXTS if name in table}
    return checked(Entry(**{"written": "", **texts}, match_case=bool(table.get(_CASE, False))))


def _line(text: str, number: int, key: str = "") -> int:
    """Return the line of entry `number` (from 1; 0: before all), or of a key of it."""
    count = 0
    best = 1
    for at, line in enumerate(text.splitlines(), 1):
        if _HEADER.match(line):
            count += 1
            if count > number > 0:
                break
            best = at if count == number or (not number and key == _TABLE) else best
        elif key and (count == number or not number) and _names(line, key):
            return at
    return best


def _names(line: str, key: str) -> bool:
    return bool(re.match(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[\]=.]", line))


# -- changing ------------------------------------------------------------------------------------------------


def _change(path: Path, change: Callable[[Any], None], heading: str) -> None:
    """Let `change` edit the file's tables, and write it. Raises as `add`."""
    import tomlkit  # 0.05 s, only for who changes a lexicon

    text = _text(path)
    _entries(text, path)
    document = tomlkit.parse(text)
    if not text and heading:
        document.add(tomlkit.comment(heading))
        document.add(tomlkit.nl())
    if not isinstance(document.get(_TABLE), tomlkit.items.AoT):  # missing, or written as [{…}, {…}]
        before = document.pop(_TABLE, [])
        document[_TABLE] = tomlkit.aot()
        for table in before:
            document[_TABLE].append(_table(_entry(table)))
    change(document[_TABLE])
    if not document[_TABLE]:
        del document[_TABLE]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise PlayerError(f"{path} cannot be written ({error.strerror})", _WRITE) from error


def _end_with_blank_line(tables: Any) -> None:
    import tomlkit

    if len(tables) and not tables[-1].as_string().endswith("\n\n"):
        tables[-1].add(tomlkit.nl())


def _table(entry: Entry) -> Any:
    import tomlkit

    table = tomlkit.table()
    _fill(table, entry)
    return table


def _fill(table: Any, entry: Entry) -> None:
    """Write an entry's values into a table, and no others; comments stay."""
    values: dict[str, str | bool | None] = {
        "written": entry.written,
        "say": entry.say,
        "ipa": entry.ipa or None,
        _CASE: entry.match_case or None,
        "language": entry.language or None,
        "engine": entry.engine or None,
    }
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        elif table.get(key) != value:
            table[key] = value
