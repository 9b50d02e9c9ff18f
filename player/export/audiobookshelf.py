"""Folders as Audiobookshelf reads them: Author/Title/, with the sound files and a metadata.json.

https://www.audiobookshelf.org/docs: what metadata.json says counts before tags and the names of folders.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player import atomic
from player.errors import ExportError, UsageError
from player.export.files.naming import is_template
from player.export.podcast.episodes import Episode, read_episode
from player.story.model import Story
from player.story.text import clean

NAME = "metadata.json"
_USUAL = ".m4b"
_OWN = "Exported by Listen to Story"
"""Tag by which a metadata.json of ours is known; with other tags, it is left alone."""


def outputs_in(folder: str, chapters: str, suffix: str) -> Path:
    """Return the template of the files of a book in a library's folder. `suffix` may be empty. Raises UsageError."""
    path = Path(folder)
    if is_template(path) or folder in ("", "-"):
        raise UsageError(
            f"{folder} is no folder of a library", "with --audiobookshelf, name only the folder: -o audiobooks/"
        )
    name = "{number} {title}" if chapters else "{title}"
    return path / "{author}" / "{book}" / f"{name}{suffix or (_USUAL if not chapters else '.mp3')}"


def write_metadata(story: Story, files: Sequence[Path]) -> None:
    """Write metadata.json beside the sound files of a book, in order, unless there is one that somebody else wrote or
    edited. It tells of the book's other files as well, which were exported before. Raises ExportError."""
    found = [episode for file in files if (episode := read_episode(file)) is not None]
    if not found:
        return
    found = _with_others(found)
    path = files[0].parent / NAME
    data = (json.dumps(_metadata(story, found), ensure_ascii=False, indent=2) + "\n").encode()
    try:
        if path.exists() and not _is_ours(path):
            return
        atomic.write(path, data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror})", "choose another place") from error


def _with_others(found: list[Episode]) -> list[Episode]:
    """Return the numbered files of a book with those that are in its folder already, in the order in which they are
    played; a file that is the whole book alone."""
    first = found[0]
    if not all(episode.number for episode in found):
        return found
    known = {episode.audio for episode in found}
    beside = (path for path in sorted(first.audio.parent.glob(f"*{first.audio.suffix}")) if path not in known)
    others = [one for path in beside if (one := read_episode(path)) is not None and one.book == first.book]
    return sorted((*found, *(one for one in others if one.number)), key=lambda one: (one.number, one.audio.name))


def _is_ours(path: Path) -> bool:
    try:
        return bool(json.loads(path.read_text("utf-8")).get("tags") == [_OWN])
    except (OSError, ValueError, AttributeError):
        return False


def _metadata(story: Story, found: Sequence[Episode]) -> dict[str, Any]:
    summary = found[0].summary
    return {
        "tags": [_OWN],
        "chapters": _chapters(found),
        "title": clean(story.title),
        "subtitle": None,
        "authors": [clean(story.byline)] if story.byline else [],
        "narrators": [found[0].narrator] if found[0].narrator else [],
        "series": [],
        "genres": [],
        "publishedYear": story.published[:4] or None,
        "publishedDate": story.published or None,
        "publisher": None,
        "description": summary or None,
        "isbn": None,
        "asin": None,
        "language": story.language or None,
        "explicit": False,
        "abridged": False,
    }


def _chapters(found: Sequence[Episode]) -> list[dict[str, Any]]:
    """Return the chapters of all files, one behind the other; a file without chapters is one."""
    marks: list[tuple[float, str]] = []
    total = 0.0
    for episode in found:
        inside = episode.chapters or ((0.0, episode.title),)
        marks += [(total + start, title) for start, title in inside]
        total += episode.seconds
    ends = [*(start for start, _ in marks[1:]), total]
    return [
        {"id": n, "start": round(start, 3), "end": round(end, 3), "title": title}
        for n, ((start, title), end) in enumerate(zip(marks, ends, strict=True))
    ]
