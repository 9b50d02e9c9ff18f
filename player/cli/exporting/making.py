"""Making the files of stories: one story with all it needs of its own, many side by side with shared voices."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from player.cli.opening import Opening
from player.cli.output.printing import CountedLine, ProgressLine, print_notices
from player.cli.process.interruption import interrupted
from player.errors import PlayerError
from player.export import Cancelled, Options, Progress, Summary
from player.export.files.targets import name_of
from player.export.planning import Folders, Task
from player.publish.workshop import Workshop, attempted, check_voices, import_libraries, workshop
from player.session import Session
from player.settings import Settings

_TICK = 0.1
"""Seconds between two looks at whether somebody wants to stop."""


@dataclass(slots=True)
class Outcome:
    """What became of a task."""

    made: list[tuple[Summary, float]] = field(default_factory=list)
    """Files, and the seconds that each took."""
    notices: list[str] = field(default_factory=list)
    name: str = ""
    """What its progress is shown under."""
    error: PlayerError | None = None
    """Why there are no more files."""


class Maker:
    """Makes files, and tells of them in the order in which they were asked for. A context: at its end its processes
    are gone, and new folders that stayed empty."""

    def __init__(self, settings: Settings, opening: Opening, options: Options) -> None:
        self._settings = settings
        self._opening = opening
        self._options = options
        self._cancelled = Event()
        self._waiting: deque[tuple[Future[Outcome] | None, Callable[[Outcome], None]]] = deque()
        self._open = ExitStack()
        self._folders = Folders()
        self._pool: ThreadPoolExecutor | None = None
        self._shared: Workshop | None = None
        self.unusable: PlayerError | None = None
        """Why the voice that is set can say no story; None if nothing is known to be wrong with it."""
        self._line: CountedLine | None = None
        self._uncounted = 0
        """Stories that took no task and are not in the bar yet."""

    def __enter__(self) -> Self:
        self._open.enter_context(self._folders)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._cancelled.set()
            for future, _ in self._waiting:
                if future is not None:
                    future.cancel()
        self._open.close()

    def alone(self, task: Task, due: Sequence[Path], told: Callable[[Summary, float], None]) -> Outcome:
        """Make the files of the only task there is; `told` gets each as it is made, and its seconds. Raises
        Cancelled."""
        session = Session.open(task.story, self._settings, self._opening.voice, parts=task.parts)
        names = [Path(name_of(path)).name for path in due]
        outcome = Outcome()
        self._folders.make(due)
        with interrupted(self._cancelled), ProgressLine(names) as progress:
            for summary, took in self._files(session, task, due, progress.show, outcome):
                progress.next()
                print_notices(session.notices)
                told(summary, took)
            print_notices(session.notices)  # of what happened after the last file, when its speech was kept
        return outcome

    def submit(
        self,
        task: Task,
        due: Sequence[Path],
        expected: int,
        kept: Callable[[Path], None],
        told: Callable[[Outcome], None],
    ) -> None:
        """Make the files of one of many tasks, `expected` in all. `kept` gets each file as soon as it is made, in a
        thread, because the run may end before its turn; `told` the result at its turn. Raises ExportError, and
        UsageError."""
        pool, shared = self._workshop(task.part.language)
        assert self._line is not None
        self._line.expect(expected)
        self._folders.make(due)
        self._waiting.append((pool.submit(self._made, shared, task, due, kept), told))

    def make_room(self) -> None:
        """Wait while too many tasks are not told of. Raises as `settle`."""
        if self._shared is not None:
            self.settle(2 * (self._shared.at_once + 1))

    def say(self, told: Callable[[], None], *, counts: bool = False) -> None:
        """Call a function at its turn: when all tasks before are told of. `counts`: it tells of a story."""
        self._waiting.append((None, lambda _: told()))
        self._uncounted += counts
        while self._waiting and self._waiting[0][0] is None:
            self._tell()

    def settle(self, left: int = 0) -> None:
        """Wait until at most so many results are not told of. Raises Cancelled, and what telling raises."""
        with interrupted(self._cancelled):
            while len(self._waiting) > left:
                future = self._waiting[0][0]
                if future is not None and not wait((future,), timeout=_TICK).done:
                    if self._cancelled.is_set():
                        raise Cancelled
                    continue
                self._tell()

    def _tell(self) -> None:
        future, told = self._waiting.popleft()
        outcome = Outcome() if future is None else future.result()
        if self._line is None:
            told(outcome)
            return
        with self._line.apart():
            told(outcome)
        for _ in range(self._uncounted + (future is not None)):
            self._line.finished(outcome.name)
        self._uncounted = 0

    def _workshop(self, language: str) -> tuple[ThreadPoolExecutor, Workshop]:
        """Return threads, and what they share: begun with the first story of many, whose language is given. Raises
        `unusable`."""
        if self._pool is None or self._shared is None:
            import_libraries()
            self._line = self._open.enter_context(CountedLine(1))
            # Entered first, so left last: its threads end when the voices that they wait for are gone.
            self._pool = self._open.enter_context(
                ThreadPoolExecutor((os.cpu_count() or 1) + 1, thread_name_prefix="story")
            )
            self._shared = self._open.enter_context(workshop(self._settings, early=self._opening.voice))
            try:
                check_voices(self._settings, self._shared.voices.starts(self._settings.engines), language)
            except PlayerError as error:
                self.unusable = error
                raise
        return self._pool, self._shared

    def _made(self, shared: Workshop, task: Task, due: Sequence[Path], kept: Callable[[Path], None]) -> Outcome:
        """Make the files of a task; called in a thread."""
        line = self._line
        name = Path(name_of(due[0])).name
        outcome = Outcome(name=name)

        def show(progress: Progress) -> None:
            if line is not None:
                line.show(name, progress.done / progress.total if progress.total else 1.0)

        def make() -> None:
            session = shared.session(task.story, parts=task.parts)
            for made in self._files(session, task, due, show, outcome):
                outcome.made.append(made)
                kept(made[0].path)
            outcome.notices += session.notices

        outcome.error = attempted(make, name, self._cancelled)
        return outcome

    def _files(
        self,
        session: Session,
        task: Task,
        due: Sequence[Path],
        show: Callable[[Progress], None],
        outcome: Outcome,
    ) -> Iterator[tuple[Summary, float]]:
        """Yield a summary of each file when it is made, and its seconds; then end the session."""
        try:
            if task.notice and session.settings.one_voice and not session.settings.language:
                outcome.notices.append(task.notice)
            began = time.monotonic()
            made = session.export(due, show, self._cancelled, chapter=task.chapter, options=self._options, new=task.new)
            for summary in made:
                now = time.monotonic()
                if summary.left_out and summary.left_out not in outcome.notices:  # the same for every file of a task
                    outcome.notices.append(summary.left_out)
                yield summary, max(now - began, 1e-3)
                began = now
        finally:
            session.close()
