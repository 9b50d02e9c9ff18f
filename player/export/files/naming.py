"""File names made from a story's metadata: safe on every file system, never overwriting another file."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path
from string import Formatter

from player.errors import UsageError
from player.story.model import Story

LONGEST = 80
"""Characters of a title in a file name."""

_MOST_BYTES = (120, 100, 80, 65, 55, 40, 25)
"""Bytes of a title in UTF-8. The first value is used for which the name fits _LONGEST_NAME; two titles of 120 and a
date fit."""

_LONGEST_NAME = 255 - len(" (1000)")
"""Bytes of a file's name without a number at its end: file systems allow 255."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows reserves, with any suffix."""

FIELDS = ("title", "author", "date", "language", "book", "number")
"""Names allowed in braces: {date} is YYYY-MM-DD; {book} and {number} are those of a chapter."""


def safe_name(title: str, suffix: str = "", most: int = _MOST_BYTES[0]) -> str:
    """Return a file name for every system, made from a title: letters, digits, blanks and - _ ' , ( ).

    At most `most` bytes, plus the suffix.
    """
    name = ""
    for c in title:
        # Combining marks belong to letters: vowels in Hindi, tones in Thai. An emoji may have one, too.
        marks_a_letter = unicodedata.category(c).startswith("M") and name[-1:].strip(" -_',()")
        name += c if c.isalnum() or c in " -_',()" or marks_a_letter else " "
    name = " ".join(name.split())[:LONGEST].encode()[:most].decode(errors="ignore").strip(" -_',")
    if not name or _RESERVED.fullmatch(name):
        name = f"{name} story".strip()
    return name + suffix


def is_template(path: Path) -> bool:
    """Return True if a path has braces to be filled in for each story."""
    return "{" in str(path) or "}" in str(path)


def check_template(path: Path) -> None:
    """Raises UsageError when braces contain anything but FIELDS."""
    try:
        fields = [field for field in Formatter().parse(str(path)) if field[1] is not None]
    except ValueError as error:
        raise UsageError(f"{path}: {error}", "write {{ for a brace") from error
    for _, name, form, conversion in fields:
        if name not in FIELDS:
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise UsageError(f"{{{name}}} is unknown in {path}", f"there are {known}")
        if form or conversion:
            raise UsageError(f"{path} is no pattern for names", f"write {{{name}}}, without more in it")


def filled(path: Path, story: Story) -> Path:
    """Return a template filled in for a story. Values cannot lead to another folder, and are shortened together to a
    valid length. Raises UsageError."""
    check_template(path)
    for most in _MOST_BYTES:
        made = Path(str(path).format_map(_values(story, most)))
        if all(len(os.fsencode(part)) <= _LONGEST_NAME for part in made.parts):
            break
    return made


def _values(story: Story, most: int) -> dict[str, str]:
    """Return {field: value}, each value at most `most` bytes."""
    part = story.part_of
    digits = len(str(part.chapters)) if part else 1
    return {
        "title": safe_name(story.title, most=most),
        "author": safe_name(story.byline, most=most) if story.byline else "unknown",
        "date": safe_name(story.published, most=most) if story.published else "undated",
        "language": safe_name(story.language, most=most) if story.language else "unknown",
        "book": safe_name(part.title if part else story.title, most=most),
        "number": f"{part.number if part else 1:0{max(digits, 2)}}",
    }


def folded(path: Path) -> Path:
    """Return the same path for all names that some file systems treat as equal: "A" and "a" on Windows and macOS."""
    return Path(unicodedata.normalize("NFC", str(path)).casefold())


def free_names(paths: Sequence[Path], taken: Collection[Path] = ()) -> list[Path]:
    """Return the paths, or all of them with the same number appended: the first for which none exists or is `taken`
    (folded).

    (So an episode and its transcript keep matching names.)
    """
    for number in count(1):
        numbered = paths if number == 1 else [path.with_name(f"{path.stem} ({number}){path.suffix}") for path in paths]
        if not any(os.path.lexists(path) or folded(path) in taken for path in numbered):
            return list(numbered)
    raise AssertionError
