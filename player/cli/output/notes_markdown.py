"""Notes as Markdown: a heading for each story, a quotation for each note."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence

from player.audio.clock import clock
from player.library.notes import Note, Noted
from player.story.text import printable

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")
_AT_FIRST = re.compile(r"(?:[-+=]|\d+(?=[.)]))")


def markdown(stories: Sequence[Noted]) -> Iterator[str]:
    """Yield the lines."""
    for n, story in enumerate(stories):
        if n:
            yield ""
        yield f"# {escaped(story.title)}"
        yield ""
        yield _source(printable(story.source))
        for note in story.notes:
            yield ""
            yield f"> {escaped(note.quote)}"
            yield ""
            if note.comment:
                yield f"{escaped(note.comment)}  "
            yield f"{told_time(note)} · {time.strftime('%Y-%m-%d', time.localtime(note.made))}"


def _source(source: str) -> str:
    """Return an address as a link, a path as code."""
    if re.fullmatch(r"https?://[^\s<>]+", source):
        return f"<{source}>"
    return f"`` {source} ``" if "`" in source else f"`{source}`"


def told_time(note: Note) -> str:
    """Return a note's time in the story: "1:45", or "≈ 1:45"."""
    return f"{'≈ ' if note.estimated else ''}{clock(note.seconds)}"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line.

    >>> escaped("1. *stars* [brackets]")
    '1\\\\. \\\\*stars\\\\* \\\\[brackets\\\\]'
    """
    text = _SPECIAL.sub(r"\\\g<0>", printable(text))
    first = _AT_FIRST.match(text)
    if first is None:
        return text
    end = first.end()
    return f"\\{text}" if not first[0].isdecimal() else f"{text[:end]}\\{text[end:]}"
