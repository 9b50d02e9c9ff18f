"""`listen.js`, as publishers serve it, from its readable source: `python -m tests.support.smaller_script`.

Needs `pip install tdewolff-minify`, which nobody else does: what it makes is kept beside the source, with the source's
checksum in its first line.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import player

FOLDER = Path(player.__file__).parent / "publish" / "site"
SOURCE = FOLDER / "listen.source.js"
SERVED = FOLDER / "listen.js"


def first_line(source: str) -> str:
    """Return the comment that says what a script was made from."""
    return f"/*! Listen to Story, MIT; source {sha256(source.encode()).hexdigest()[:8]} */\n"


def smaller(source: str) -> str:
    """Return a script that does the same: without comments and spaces, with short local names."""
    import minify  # type: ignore[import-not-found]

    inside = f"(() => {{\n{_with_smaller_styles(source)}\n}})();"  # then all names are its own, and may be short
    return first_line(source) + str(minify.string("text/javascript", inside)) + "\n"


def _with_smaller_styles(source: str) -> str:
    """Return a script without the spaces of the style sheets in it, which are its texts of several lines."""
    return re.sub(r"`[^`]*`", lambda text: _without_spaces(text[0]) if "\n" in text[0] else text[0], source)


def _without_spaces(style: str) -> str:
    return re.sub(r"(:)\s+|\s*([{};,]|\s)\s*", r"\1\2", style)


if __name__ == "__main__":
    SERVED.write_text(smaller(SOURCE.read_text()))
