"""Playlists (extended M3U, UTF-8) of exported files, in order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from player import atomic
from player.errors import ExportError
from player.export.podcast.episodes import AUDIO, read_episode

SUFFIX = ".m3u8"
_FIRST_LINE = "#EXTM3U"
SOUNDS = frozenset((*AUDIO, ".wav", ".mp4"))
"""Suffixes of the files that a playlist may list."""


def write_playlist(path: Path, files: Sequence[Path]) -> None:
    """Write a playlist of sound files; it names them relative to its own folder. Raises ExportError, also when there is
    another file of its name that is no playlist."""
    lines = [_FIRST_LINE]
    for file in files:
        episode = read_episode(file)
        if episode is not None:
            name = f"{episode.author} - {episode.title}" if episode.author else episode.title
            lines.append(f"#EXTINF:{round(episode.seconds)},{name}")
        lines.append(_beside(file, path.parent))
    try:
        if path.exists() and not path.read_bytes().startswith(_FIRST_LINE.encode()):
            raise ExportError(f"{path} is no playlist, and is not replaced", "choose another name")
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error.strerror})", "choose another place") from error


def _beside(file: Path, folder: Path) -> str:
    """Return the path from a folder to a file, as in a URL: with slashes. Names of ours never begin with #."""
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return str(file.absolute())
