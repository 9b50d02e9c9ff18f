"""The shelf: a folder of exports as a page of stories, with whatever formats each was exported to."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from player.export.podcast.episodes import AUDIO, Episode, episodes, is_own
from player.publish.serving.answers import Moved, Text
from player.publish.serving.pages import Item, shelf_page
from player.publish.serving.sites import inside
from player.publish.site.page import STYLE, style
from player.story.dates import in_words
from player.story.text import clean

_logger = logging.getLogger(__name__)

_OTHERS = {".html": "page", ".epub": "EPUB", ".vtt": "captions", ".srt": "subtitles"}
_DEEPEST = 4
"""Folders within folders that are looked through."""

_Seen = tuple[tuple[str, int, int], ...]


class Shelf:
    """A folder of exports, looked through again when something changed. Only sound, and files of the same name beside
    it, are given away."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()
        self._title = clean(self._root.name.replace("_", " ")) or "Stories"
        self._lock = Lock()
        self._seen: _Seen | None = None
        self._page = b""

    @property
    def is_empty(self) -> bool:
        """True while no story is in the folder."""
        return not any(map(episodes, _folders(self._root)))

    def find(self, path: str, base: str) -> Path | Text | Moved | None:
        """See answers.Find."""
        if not path:
            return Text(self._current_page())
        if path == STYLE:
            return Text(style())
        found = inside(self._root, path)
        if found is None or not found.is_file() or path.endswith("/"):
            return None
        is_story = found.suffix.lower() in AUDIO or any(found.with_suffix(suffix).is_file() for suffix in AUDIO)
        return found if is_story else None

    def _current_page(self) -> bytes:
        with self._lock:
            folders = list(_folders(self._root))
            seen = seen_in(*folders)
            if seen != self._seen:
                found = [episode for folder in folders for episode in episodes(folder)]
                found.sort(key=lambda one: (one.published is None, one.published and -one.published.toordinal()))
                self._page = shelf_page(self._title, map(self._item, found))
                self._seen = seen
            return self._page

    def _item(self, episode: Episode) -> Item:
        sound = episode.audio
        beside = ((name, sound.with_suffix(suffix)) for suffix, name in _OTHERS.items())
        return Item(
            episode.title,
            (episode.author, in_words(episode.published.isoformat(), "en") if episode.published else ""),
            episode.seconds,
            self._address(sound),
            episode.media_type,
            tuple((name, self._address(path)) for name, path in beside if is_own(path)),
        )

    def _address(self, path: Path) -> str:
        return quote(os.fsencode(path.relative_to(self._root).as_posix()))


def seen_in(*folders: Path) -> _Seen:
    """Return what changes when a file of the folders does."""
    found = []
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:  # gone since it was found
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found.append((entry.path, status.st_mtime_ns, status.st_size))
    return tuple(sorted(found))


def _folders(folder: Path, depth: int = 0) -> Iterator[Path]:
    """Yield a folder and those in it, without hidden ones, links, and those that cannot be read, such as lost+found."""
    try:
        folders = [path for path in sorted(folder.iterdir()) if path.is_dir() and not path.is_symlink()]
    except OSError:
        _logger.info("%s is left out", folder, exc_info=True)
        return
    yield folder
    for path in folders if depth < _DEEPEST else ():
        if not path.name.startswith("."):
            yield from _folders(path, depth + 1)
