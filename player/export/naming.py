"""Names of files, made from what a story says of itself: safe on every file system, and never another's."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path
from string import Formatter

from player.errors import UsageError
from player.story.model import Story

LONGEST = 80
"""Characters of a title in a file name."""

_MOST_BYTES = 120
"""Of a title in UTF-8: two of them and a date fit into the 255 that file systems take."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows does not take as a name, whatever the suffix."""

FIELDS = ("title", "author", "date", "language", "book", "number")
"""What may stand in braces: {date} is YYYY-MM-DD, {book} and {number} are those of a chapter."""


def safe_name(title: str, suffix: str = "") -> str:
    """A file name that every system takes, made from a title: letters, digits, blanks and - _ ' , ( )."""
    name = "".join(c if c.isalnum() or c in " -_',()" else " " for c in title)
    name = " ".join(name.split())[:LONGEST].encode()[:_MOST_BYTES].decode(errors="ignore").strip(" -_',")
    if not name or _RESERVED.fullmatch(name):
        name = f"{name} story".strip()
    return name + suffix


def is_template(path: Path) -> bool:
    """Whether a path has something in braces, to be filled in for each story."""
    return "{" in str(path) or "}" in str(path)


def check_template(path: Path) -> None:
    """Raises UsageError when there are other things in braces than FIELDS."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(str(path)) if name is not None}
    except ValueError as error:
        raise UsageError(f"{path}: {error}", "write {{ for a brace") from error
    if unknown := sorted(names - set(FIELDS)):
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise UsageError(f"{{{unknown[0]}}} is unknown in {path}", f"there are {known}")


def filled(path: Path, story: Story) -> Path:
    """A template with a story's own names in it. None of them can lead to another folder. Raises UsageError."""
    check_template(path)
    part = story.part_of
    digits = len(str(part.chapters)) if part else 1
    values = {
        "title": safe_name(story.title),
        "author": safe_name(story.byline) if story.byline else "unknown",
        "date": safe_name(story.published) if story.published else "undated",
        "language": safe_name(story.language) if story.language else "unknown",
        "book": safe_name(part.title if part else story.title),
        "number": f"{part.number if part else 1:0{max(digits, 2)}}",
    }
    try:
        return Path(str(path).format_map(values))
    except (ValueError, AttributeError, IndexError, KeyError) as error:
        raise UsageError(f"{path} is no pattern for names ({error})", "write {title}, without more in it") from error


def free_names(paths: Sequence[Path], taken: Collection[Path] = ()) -> list[Path]:
    """The paths; or all with the same number behind them, the first with which none is there or `taken`.

    (What belongs together, an episode and its transcript, stays together by its name.)
    """
    for number in count(1):
        numbered = paths if number == 1 else [path.with_name(f"{path.stem} ({number}){path.suffix}") for path in paths]
        if not any(path.exists() or path in taken for path in numbered):
            return list(numbered)
    raise AssertionError
