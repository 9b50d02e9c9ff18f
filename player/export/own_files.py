"""The files that earlier exports made, remembered in a small file beside them.

`.listen-exports.jsonl` has a line for each file: which template made it of which story, of what it was made, and how
to recognise it. A file counts as the program's own only while it is as it was made, by its time and size or else by
its checksum: one that was edited, or put in its place, is never replaced. Lines are only added, so that a killed
export loses at most its last one; of several lines on one file the last counts.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from player import atomic
from player.export.naming import is_template

NAME = ".listen-exports.jsonl"
_logger = logging.getLogger(__name__)


class Made(NamedTuple):
    """A file as it was made."""

    pattern: str
    """The template, or the name without braces, below the folder."""
    story: str
    """Identity of the story, or of the chapter."""
    file: str
    """Path below the folder."""
    made_of: str
    """Checksum of everything that the file depends on."""
    size: int
    """Bytes."""
    time: int
    """Time of its last change, in nanoseconds."""
    checksum: str


class OwnFiles:
    """What was made in the folders of some outputs. Nothing is written before the first file is made."""

    def __init__(self, outputs: Sequence[Path]) -> None:
        """`outputs` are templates and plain names."""
        self._folders = {pattern: _folder_of(pattern) for pattern in outputs}
        self._made: dict[tuple[Path, str, str], Made] = {}
        self._by_path: dict[Path, Made] = {}
        self._sources: dict[str, Mapping[str, Any]] = {}
        for folder in dict.fromkeys(self._folders.values()):
            self._read(folder)

    def earlier(self, pattern: Path, story: str) -> Path | None:
        """See planning.OwnFiles."""
        folder = self._folders[pattern]
        made = self._made.get((folder, _below(pattern, folder), story))
        if made is None:
            return None
        path = folder / made.file
        return path if not os.path.lexists(path) or _is_as_made(path, made) else None

    def is_own(self, path: Path) -> bool:
        """Return True if the file is there as an earlier export made it."""
        made = self._by_path.get(path)
        return made is not None and _is_as_made(path, made)

    def is_made_of(self, path: Path, made_of: str) -> bool:
        """Return True if the file is there as an earlier export made it of the same."""
        made = self._by_path.get(path)
        return made is not None and made.made_of == made_of and _is_as_made(path, made)

    def keep(self, pattern: Path, story: str, path: Path, made_of: str) -> None:
        """Remember a file that was just made. Raises OSError."""
        folder = self._folders[pattern]
        status = path.stat()
        name = _below(path, folder)
        made = Made(_below(pattern, folder), story, name, made_of, status.st_size, status.st_mtime_ns, _checksum(path))
        self._remember(folder, made)
        _append(folder, made._asdict())

    def of_source(self, source: str) -> Mapping[str, Any]:
        """Return what was kept of a source (`keep_source`); empty if nothing was."""
        return self._sources.get(source, {})

    def keep_source(self, source: str, facts: Mapping[str, Any]) -> None:
        """Remember something of a source whose files are all made. Raises OSError."""
        self._sources[source] = facts
        _append(next(iter(self._folders.values())), {"source": source, "facts": facts})

    def _remember(self, folder: Path, made: Made) -> None:
        self._made[folder, made.pattern, made.story] = made
        self._by_path[folder / made.file] = made

    def _read(self, folder: Path) -> None:
        lines = list(_lines(folder / NAME))
        for line in lines:
            if "source" in line:
                self._sources[str(line["source"])] = line["facts"]
                continue
            with suppress(TypeError):  # of another version, or damaged: the file counts as somebody else's
                self._remember(folder, Made(**line))
        kept = [made._asdict() for (where, _, _), made in self._made.items() if where == folder]
        if len(lines) > 2 * (len(kept) + len(self._sources)) + 100:
            again = [*kept, *({"source": source, "facts": facts} for source, facts in self._sources.items())]
            with suppress(OSError):  # it stays long
                atomic.write(folder / NAME, b"".join(map(_line, again)))


def _folder_of(pattern: Path) -> Path:
    """Return the innermost folder that is the same for all stories."""
    folder = pattern.parent
    while is_template(folder):
        folder = folder.parent
    return folder


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_as_made(path: Path, made: Made) -> bool:
    try:
        status = path.lstat()
        if path.is_symlink() or status.st_size != made.size:
            return False
        return status.st_mtime_ns == made.time or _checksum(path) == made.checksum
    except OSError:
        return False


def _checksum(path: Path) -> str:
    seen = blake2b(digest_size=16)
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            seen.update(part)
    return seen.hexdigest()


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        _logger.warning("%s cannot be read: the files beside it are not replaced", file, exc_info=True)
        return
    for line in text.splitlines():
        with suppress(ValueError):  # the last line of a killed export
            found = json.loads(line)
            if isinstance(found, dict):
                yield found


def _line(facts: Mapping[str, Any]) -> bytes:
    return (json.dumps(facts) + "\n").encode()


def _append(folder: Path, facts: Mapping[str, Any]) -> None:
    with (folder / NAME).open("ab") as file:
        file.write(b"\n" + _line(facts))  # a blank line between two, since a killed export may have left half of one
