"""Exports of one story or many: a line for each file, failures at the end, until a signal ends it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from player.audio.clock import clock
from player.cli.interruption import interrupted
from player.cli.opening import Opening, called
from player.cli.printing import Among, ProgressLine, complain, in_bytes, print_notices
from player.cli.updating import Updating
from player.errors import EngineError, PlayerError, UsageError
from player.export import Cancelled, Options, Summary
from player.export.audiobookshelf import write_metadata
from player.export.planning import Planner, Task, chosen, folders, plan
from player.export.playlist import SOUNDS, write_playlist
from player.export.targets import name_of
from player.session import Session, load_entry, load_story, open_source
from player.settings import Settings, Source
from player.story.model import Story
from player.story.reading.feed import Feed, undecided
from player.story.text import printable


@dataclass(frozen=True, slots=True)
class Request:
    """What to export, and how."""

    outputs: Sequence[Path]
    options: Options
    chapters: str
    told: TextIO
    """Where summaries go."""
    update: bool = False
    """Make again only what changed since the last time."""
    fail_fast: bool = False
    """Let the first failure end the export."""
    as_json: bool = False
    """Tell of each story in a line of JSON."""
    playlists: Sequence[Path] = ()
    """Lists of the sound files to write at the end."""
    audiobookshelf: bool = False
    """Write the metadata of each story as Audiobookshelf reads it."""


class Failure(NamedTuple):
    """A story that could not be exported."""

    name: str
    error: PlayerError


class Opened(NamedTuple):
    """A story, with the name and the source it was asked for by."""

    name: str
    source: Source
    story: Story | None
    """None: nothing has to be opened, because its `files` are what they should be."""
    whole: bool
    """False for an entry of a feed."""
    files: Sequence[Path] = ()


def export_all(sources: Sequence[Source], settings: Settings, opening: Opening, request: Request) -> int:
    """Export the stories of the sources; return the exit code. Stories with a file of their own are opened one after
    another; those of one file together. Raises PlayerError: of a single story, with `fail_fast` of any."""
    batch = _Batch(sources, settings, opening, request)
    try:
        if batch.planner.plain:
            batch.together()
        else:
            batch.apart()
        for path in request.playlists:
            write_playlist(path, batch.sounds)
    finally:
        opening.done()
        batch.list_failures()
    return 1 if batch.failures else 0


@dataclass
class _Batch:
    """An export of many stories: counts, and goes on after failures."""

    sources: Sequence[Source]
    settings: Settings
    opening: Opening
    request: Request
    failures: list[Failure] = field(default_factory=list)

    def __post_init__(self) -> None:
        request = self.request
        self.updating: Updating | None = None
        if request.update:
            self.updating = Updating(request.outputs, request.chapters, self.settings, request.options)
        self.planner = Planner(request.outputs, request.chapters, self.updating.own if self.updating else None)
        self._cancelled = threading.Event()
        self._began = time.monotonic()
        self._tasks_done = 0
        self._made_any = False
        self.sounds: list[Path] = []
        """The first file with sound of each task, in order."""
        self._many = len(self.sources) > 1
        """True if a failure leaves something to go on with."""
        self._left = len(self.sources)
        """Stories behind the present one, as far as they are known."""

    # -- stories ------------------------------------------------------------------------------------------------

    def apart(self) -> None:
        """Export each story to files of its own, then forget it."""
        for opened in self._stories():
            if opened.story is None:
                self._tasks_done += 1
                self._unchanged(opened)
                continue
            if opened.whole and not self._left:
                self.opening.done()
            tasks: list[Task] = []
            with self._surviving(opened.name):
                tasks = self._tasks(opened)
            self._many |= len(tasks) > 1
            self._export_all(opened, tasks)

    def together(self) -> None:
        """Open all stories, then export them, joined where one file is to hold them."""
        found = list(self._stories())
        if len(found) == 1 and found[0].story is None:
            self._unchanged(found[0])
        stories = [opened.story for opened in found if opened.story is not None]
        if not stories:
            return
        self.opening.done()
        self._tasks_done = self._left = 0
        own = self.updating.own if self.updating else None
        tasks = plan(stories, self.request.outputs, self.request.chapters, own)
        self._many = len(tasks) > 1
        alone = len(found) == 1
        self._export_all(found[0] if alone else found[0]._replace(whole=False), tasks)

    def _export_all(self, opened: Opened, tasks: Sequence[Task]) -> None:
        """Make the files of an opened story."""
        done = [self._export(opened.name, task, len(tasks) - n - 1) for n, task in enumerate(tasks)]
        made = [task.paths for task, is_done in zip(tasks, done, strict=True) if is_done]
        self.sounds += (sound for paths in made for sound in _first_sound(paths))
        if self.request.audiobookshelf and opened.story is not None and made:
            write_metadata(opened.story, [path for paths in made for path in paths])
        if self.updating and opened.whole and opened.story is not None and tasks and all(done):
            paths = [path for task in tasks for path in task.paths]
            self.updating.keep_source(opened.source, opened.story, paths)

    def _stories(self) -> Iterator[Opened]:
        """Yield the stories as they are opened; a feed's one by one if each becomes a file."""
        for source in self.sources:
            self._left -= 1
            name = called(source)
            looks = self.updating if len(self.sources) == 1 or not self.planner.plain else None
            if looks and (files := looks.unchanged(source)):
                yield Opened(name, source, None, True, files)
                continue
            opened: Story | Feed | None = None
            with self._surviving(name):
                opened = self._open(source, name)
            if isinstance(opened, Story):
                print_notices_of(opened)
                yield Opened(name, source, opened, True)
            elif opened is not None:
                yield from self._entries(source, name, opened)

    def _open(self, source: Source, name: str) -> Story | Feed:
        readers = self.opening.readers
        with self.opening.of(name) as line:
            if not self.planner.patterns:
                return load_story(source, self.settings, readers, line.watch)
            found = open_source(replace(source, latest=None), self.settings, readers, line.watch)
            if isinstance(found, Feed) and self.planner.plain and source.latest is None:
                raise undecided(found, name)
            return found

    def _entries(self, source: Source, name: str, feed: Feed) -> Iterator[Opened]:
        entries: list[Any] = []
        with self._surviving(name):
            found = feed.entries[: source.latest]
            entries = [found[n] for n in chosen(self.request.chapters, len(found))]
        self._left += len(entries)
        self._many |= len(entries) > 1
        for entry in entries:
            self._left -= 1
            story: Story | None = None
            with self._surviving(entry.name), self.opening.of(entry.name):
                story = load_entry(feed, entry, source, self.settings, self.opening.readers)
            if story is not None:
                print_notices_of(story)
                yield Opened(entry.name, source, story, False)

    def _tasks(self, opened: Opened) -> list[Task]:
        assert opened.story is not None
        if self.updating and self.updating.is_repeated(opened.story):
            return []
        parts = self.planner.parts(opened.story) if opened.whole else [(opened.story, None)]
        return [self.planner.task(*part) for part in parts]

    def _unchanged(self, opened: Opened) -> None:
        self.sounds += (path for path in opened.files if path.suffix.lower() == _suffix_of(opened.files))
        self._tell(opened.name, "", "unchanged", files=opened.files)

    # -- files --------------------------------------------------------------------------------------------------

    def _export(self, name: str, task: Task, following: int) -> bool:
        """Make the files of a task, `following` of its story's tasks being still to come. Return True if they are
        made."""
        self._tasks_done += 1
        among = Among(self._tasks_done, self._tasks_done + following + self._left, self._began)
        title = task.story.title if task.chapter is None else task.part.title
        with self._surviving(title if task.chapter is not None else name, title):
            made_of = self.updating.made_of(task) if self.updating else ""
            due = self.updating.due(task, made_of) if self.updating else list(task.paths)
            if not due:
                self._tell(name, title, "unchanged", files=task.paths)
                return True
            session = Session.open(task.story, self.settings, self.opening.voice, parts=task.parts)
            made = []
            for summary in self._files(session, task, due, among if among.total > 1 else None):
                made.append(summary)
                self._made_any = True
                if self.updating:
                    self.updating.keep(task, summary.path, made_of)
            self._tell(name, title, "made", made=made)
            return True
        return False

    def _files(self, session: Session, task: Task, due: Sequence[Path], among: Among | None) -> Iterator[Summary]:
        """Yield a summary of each file when it is made, and print it."""
        try:
            if task.notice and session.settings.one_voice and not session.settings.language:
                complain(task.notice)
            names = [Path(name_of(path)).name for path in due]
            with interrupted(self._cancelled), folders(due), ProgressLine(names, among) as progress:
                began = time.monotonic()
                left_out = ""
                made = session.export(
                    due,
                    progress.show,
                    self._cancelled,
                    chapter=task.chapter,
                    options=self.request.options,
                    new=task.new,
                )
                for summary in made:
                    now = time.monotonic()
                    progress.next()
                    print_notices(session.notices)
                    if summary.left_out != left_out:  # the same for every file of a task
                        complain(left_out := summary.left_out)
                    if not self.request.as_json:
                        line = _told(summary, max(now - began, 1e-3))
                        print(f"{among}: {line}" if among else line, file=self.request.told, flush=True)
                    began = now
                    yield summary
                print_notices(session.notices)  # of what happened after the last file, when its speech was kept
        finally:
            session.close()

    # -- failures -----------------------------------------------------------------------------------------------

    @contextmanager
    def _surviving(self, name: str, title: str = "") -> Iterator[None]:
        """Context: keep a failure for the end. Raises it if it ends the export: when it is asked to, when there is one
        story only, and when the first that is exported shows that no voice can speak, or that the options are wrong."""
        try:
            yield
        except Cancelled:
            raise
        except PlayerError as error:
            wrong = title and not self._made_any and (isinstance(error, UsageError) or type(error) is EngineError)
            self._tell(name, title, "failed", error=error)
            if self.request.fail_fast or not self._many or wrong:
                raise
            self.failures.append(Failure(name, error))
            self._tasks_done += not title  # it failed before it was counted

    def list_failures(self) -> None:
        """Print them at the end."""
        if self.failures and not self.request.as_json:
            count = len(self.failures)
            complain(f"{count} {'story' if count == 1 else 'stories'} could not be exported:")
            for name, error in self.failures:
                complain(f"  {name}: {error}")

    def _tell(
        self,
        name: str,
        title: str,
        result: str,
        *,
        made: Sequence[Summary] = (),
        files: Sequence[Path] = (),
        error: PlayerError | None = None,
    ) -> None:
        """Print a line of JSON about a story, or that it is unchanged."""
        if not self.request.as_json:
            if result == "unchanged":
                names = ", ".join(printable(str(path)) for path in files)
                print(f"{names}: unchanged", file=self.request.told, flush=True)
            return
        told: dict[str, Any] = {"story": name, "title": title, "result": result}
        told["files"] = [str(path) for path in files] + [str(summary.path) for summary in made]
        if made:
            told["seconds"] = round(made[0].seconds, 3)
        if error is not None:
            told |= {"error": error.message, "hint": error.hint}
        print(json.dumps(told, ensure_ascii=False), file=self.request.told, flush=True)


def _suffix_of(paths: Sequence[Path]) -> str:
    """Return the suffix of the first file with sound; empty when there is none."""
    return next((path.suffix.lower() for path in paths if path.suffix.lower() in SOUNDS), "")


def _first_sound(paths: Sequence[Path]) -> list[Path]:
    suffix = _suffix_of(paths)
    return [path for path in paths if path.suffix.lower() == suffix][:1]


def print_notices_of(story: Story) -> None:
    """Print what was noticed while a story was read."""
    for notice in story.notices:
        complain(notice)


def _told(summary: Summary, took: float) -> str:
    """Return a line about a file made in `took` seconds."""
    return (
        f"{printable(name_of(summary.path))}: {clock(round(summary.seconds))}, {in_bytes(summary.bytes)}, "
        f"made in {took:.1f} s ({summary.seconds / took:.0f} times real time)"
    )
