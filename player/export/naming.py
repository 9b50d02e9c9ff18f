"""Names of files, made from what a story says of itself: safe on every file system."""

from __future__ import annotations

import re

LONGEST = 80
"""Characters of a title in a file name: with any script's letters, file systems take that."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""What Windows does not take as a name, whatever the suffix."""


def safe_name(title: str, suffix: str = "") -> str:
    """A file name that every system takes, made from a title: letters, digits, blanks and - _ ' , ( )."""
    name = "".join(c if c.isalnum() or c in " -_',()" else " " for c in title)
    name = " ".join(name.split())[:LONGEST].strip(" -_',")
    if not name or _RESERVED.fullmatch(name):
        name = f"{name} story".strip()
    return name + suffix
