"""What an export tells: a line for each file or story, and the failures at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from player.audio.clock import clock, in_bytes
from player.cli.exporting.request import Request
from player.cli.output.printing import complain
from player.errors import PlayerError
from player.export import Summary
from player.export.files.targets import name_of
from player.export.planning import Task
from player.story.text import printable


def title_of(task: Task | None) -> str:
    """Return what a task is called: the chapter, or the story; empty for a story that was not opened."""
    if task is None:
        return ""
    return task.story.title if task.chapter is None else task.part.title


class Failure(NamedTuple):
    """A story that could not be exported."""

    name: str
    error: PlayerError


class Reports:
    """Prints results, and remembers failures."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.failures: list[Failure] = []

    def file(self, summary: Summary, took: float, place: str = "") -> None:
        """Tell of a file made in `took` seconds; `place` is as in "3 of 30"."""
        if not self._request.as_json:
            line = (
                f"{printable(name_of(summary.path))}: {clock(round(summary.seconds))}, {in_bytes(summary.bytes)}, "
                f"made in {took:.1f} s ({summary.seconds / took:.0f} times real time)"
            )
            self._print(f"{place}: {line}" if place else line)

    def made(self, name: str, title: str, made: Sequence[Summary]) -> None:
        """Tell of a story of which files were made."""
        seconds = {"seconds": round(made[0].seconds, 3)} if made else {}
        self._story(name, title, "made", [summary.path for summary in made], **seconds)

    def playlist(self, path: Path, files: int) -> None:
        """Tell of a playlist that was written."""
        if not self._request.as_json:
            self._print(f"{printable(str(path))}: lists {files} {'file' if files == 1 else 'files'}")

    def unchanged(self, name: str, title: str, files: Sequence[Path]) -> None:
        """Tell of a story of which nothing was due."""
        if not self._request.as_json:
            self._print(f"{', '.join(printable(str(path)) for path in files)}: unchanged")
        self._story(name, title, "unchanged", files)

    def failed(self, name: str, title: str, error: PlayerError) -> None:
        """Tell of a failure."""
        self._story(name, title, "failed", (), error=error.message, hint=error.hint)

    def list_failures(self) -> None:
        """Print those that were kept for the end."""
        if self.failures and not self._request.as_json:
            count = len(self.failures)
            complain(f"{count} {'story' if count == 1 else 'stories'} could not be exported:")
            for name, error in self.failures:
                complain(f"  {error.of(name)}")

    def _story(self, name: str, title: str, result: str, files: Iterable[Path], **more: object) -> None:
        """Print a line of JSON, where it is asked for."""
        if self._request.as_json:
            told: dict[str, Any] = {"story": name, "title": title, "result": result}
            told["files"] = [str(path) for path in files]
            self._print(json.dumps({**told, **more}, ensure_ascii=False))

    def _print(self, line: str) -> None:
        print(line, file=self._request.told, flush=True)
