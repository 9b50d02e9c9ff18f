"""A story of the library as one line of the screen."""

from __future__ import annotations

import time
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import urlsplit

from rich.cells import set_cell_size

from player.library.shelf import Shelved
from player.story.text import printable
from player.tui.text import shortened

_DAY = 86_400


class Column(NamedTuple):
    """A column: its heading, its width in cells, and the narrowest screen that has it."""

    name: str
    width: int
    least: int


_COLUMNS = (
    Column("source", 22, 100),
    Column("length", 8, 50),
    Column("heard", 6, 0),
    Column("left", 8, 64),
    Column("voice", 20, 124),
    Column("last time", 11, 78),
)


def heading(width: int) -> str:
    """Return the names of the columns."""
    return _line("    ", "title", tuple(column.name for column in _COLUMNS), width)


def line(shelved: Shelved, number: int | None, width: int, now: float, *, playing: bool) -> str:
    """Return a story's line. `number` is its place in the queue, from 1."""
    mark = "▸" if playing else f"{number}." if number is not None else "✓" if shelved.finished else ""
    mark = "!" if shelved.problem else mark
    cells = (
        source_name(shelved.source),
        lasting(shelved.seconds),
        _heard(shelved),
        lasting(shelved.seconds_left) if shelved.share and not shelved.finished else "",
        printable(shelved.voice),
        when(shelved.heard, now),
    )
    return _line(f"{mark:>3} ", printable(shelved.title), cells, width)


def _heard(shelved: Shelved) -> str:
    if shelved.problem:
        return "failed"
    return "all" if shelved.finished else f"{shelved.share:.0%}" if shelved.share else "new"


def _line(mark: str, title: str, cells: tuple[str, ...], width: int) -> str:
    shown = [(column, cell) for column, cell in zip(_COLUMNS, cells, strict=True) if width >= column.least]
    room = max(width - len(mark) - sum(column.width + 2 for column, _ in shown) - 1, 0)
    parts = [set_cell_size(shortened(title, room), room)]
    parts += [set_cell_size(shortened(cell, column.width), column.width) for column, cell in shown]
    return set_cell_size(mark + "  ".join(parts), width)


def searched(shelved: Shelved) -> str:
    """Return the text in which the filter looks."""
    failed = "failed" if shelved.problem else ""
    return f"{shelved.title} {source_name(shelved.source)} {shelved.voice} {failed}"


def source_name(source: str) -> str:
    """Return the site of an address, or the name of a file."""
    if source.startswith(("http:", "https:")):
        return printable(urlsplit(source).netloc.removeprefix("www."))
    return printable(PurePath(source).name)


def lasting(seconds: float) -> str:
    """Return a length of time in words: 7 min, 1 h 05; empty for none."""
    minutes = max(round(seconds / 60), 1)
    if not seconds:
        return ""
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02}"


def when(heard: float, now: float) -> str:
    """Return the day of a time in words: today, yesterday, 3 days ago, or the date."""
    if not heard:
        return ""
    there, here = time.localtime(heard), time.localtime(now)
    days = round((_midnight(here) - _midnight(there)) / _DAY)
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago" if days < 7 else time.strftime("%Y-%m-%d", there)


def _midnight(moment: time.struct_time) -> float:
    return time.mktime((moment.tm_year, moment.tm_mon, moment.tm_mday, 0, 0, 0, 0, 0, -1))
