"""`listen export --update`: what an exported file depends on, so that only what changed is made again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from player.errors import ExportError
from player.export import Options
from player.export.files.own_files import OwnFiles
from player.export.planning import Task
from player.publish.fingerprint import fingerprint, hash_of_bytes
from player.settings import Settings, Source
from player.story.model import Story
from player.who_speaks import choose_voice

_ADDRESS = re.compile(r"\w{2,}:/")


class Updating:
    """The files of earlier exports, and whether they are still what they would be now.

    A newer version of this program makes all again; one of an engine alone does not.
    """

    def __init__(self, outputs: Sequence[Path], chapters: str, settings: Settings, options: Options) -> None:
        self.own = OwnFiles(outputs)
        self._settings = settings
        self._options = repr(options)
        self._request = repr((chapters, [str(path) for path in outputs]))
        self._seen: set[str] = set()

    def unchanged(self, source: Source) -> list[Path]:
        """Return the files of a source, if it is a file and everything is as when they were made; else none. The story
        is not opened."""
        kept = self.own.of_source(_absolute(source))
        data = _content(source)
        if not kept or data is None or kept.get("made_of") != self._of_source(source, data, str(kept.get("story"))):
            return []
        paths = [Path(str(path)) for path in kept.get("files", ())]
        return paths if all(self.own.is_own(path) for path in paths) else []

    def keep_source(self, source: Source, story: Story, paths: Sequence[Path]) -> None:
        """Remember that all files of a source are made. Raises ExportError."""
        data = _content(source)
        if data is None or (story.picture is not None and story.picture.path):  # which may change by itself
            return
        facts = {
            "made_of": self._of_source(source, data, story.identity),
            "story": story.identity,
            "files": [str(path) for path in paths],
        }
        try:
            self.own.keep_source(_absolute(source), facts)
        except OSError as error:
            raise _not_kept(error) from error

    def is_repeated(self, story: Story) -> bool:
        """Return True from the second time that a story is asked about."""
        repeated = story.identity in self._seen
        self._seen.add(story.identity)
        return repeated

    def due(self, task: Task, made_of: str) -> list[Path]:
        """Return the files of a task that have to be made. Raises ExportError for one that is somebody else's."""
        found = [path for path in task.paths if not self.own.is_made_of(path, made_of)]
        for path in found:
            if path not in task.new and path.exists() and not self.own.is_own(path):
                raise ExportError(
                    f"{path} is not as an earlier export with --update made it",
                    "move it away, or replace it without --update",
                )
        return found

    def keep(self, task: Task, path: Path, made_of: str) -> None:
        """Remember a file that was made. Raises ExportError."""
        output = task.outputs[task.paths.index(path)]
        try:
            self.own.keep(output, task.part.identity, path, made_of)
        except OSError as error:
            raise _not_kept(error) from error

    def made_of(self, task: Task) -> str:
        """Return the checksum of all that the files of a task depend on. Raises UsageError."""
        story = task.part
        language = self._settings.language or story.language
        told = repr((self._options, replace(story, notices=()), choose_voice(self._settings, language)))
        picture = Path(story.source).parent / story.picture.path if story.picture and story.picture.path else None
        return hash_of_bytes(
            told.encode("utf-8", "surrogatepass"),
            self._settings_of(story.identity),
            _bytes(picture),
        )

    def _of_source(self, source: Source, data: bytes, story: str) -> str:
        return hash_of_bytes(
            repr((self._options, self._request, source)).encode(),
            self._settings_of(story),
            data,
        )

    def _settings_of(self, story: str) -> bytes:
        return fingerprint(self._settings, story=story).encode()


def _absolute(source: Source) -> str:
    return str(Path(source.story).expanduser().absolute())


def _content(source: Source) -> bytes | None:
    """Return the bytes of a source that is a file; None for any other."""
    if source.clipboard or source.story in ("", "-") or _ADDRESS.match(source.story):
        return None
    return _bytes(Path(source.story).expanduser()) or None


def _bytes(path: Path | None) -> bytes:
    """Return a file's content; empty when it cannot be read, which whoever needs it reports."""
    try:
        return path.read_bytes() if path is not None else b""
    except OSError:
        return b""


def _not_kept(error: OSError) -> ExportError:
    return ExportError(f"what was made cannot be remembered ({error.strerror})", "make room, or leave out --update")
