"""Exports of one story or many: what is due is made, failures are kept for the end, until a signal ends it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from player.cli.exporting.making import Maker, Outcome
from player.cli.exporting.opening import Opened, Stories
from player.cli.exporting.reports import Failure, Reports, title_of
from player.cli.exporting.request import Request
from player.cli.exporting.updating import Updating
from player.cli.opening import Opening
from player.cli.output.printing import complain
from player.errors import PlayerError
from player.export import Cancelled, Summary
from player.export.audiobookshelf import write_metadata
from player.export.planning import Planner, Task, plan
from player.export.playlist import SOUNDS, write_playlist
from player.publish.workshop import fault
from player.settings import Settings, Source
from player.who_speaks import set_for_all

_logger = logging.getLogger(__name__)


def export_all(sources: Sequence[Source], settings: Settings, opening: Opening, request: Request) -> int:
    """Export the stories of the sources; return the exit code. Stories with a file of their own are opened one after
    another; those of one file together. Raises PlayerError: of a single story, with `fail_fast` of any."""
    set_for_all(settings, settings.language or "en")  # an engine or a cast that is wrong is so for all
    with ExitStack() as open_:
        updating: Updating | None = None
        if request.update:
            updating = Updating(request.outputs, request.chapters, settings, request.options)
            open_.callback(updating.own.close)  # once no thread makes a file any more
        maker = open_.enter_context(Maker(settings, opening, request.options))
        batch = _Batch(sources, settings, opening, request, maker=maker, updating=updating)
        try:
            if batch.planner.plain:
                batch.together()
            else:
                batch.apart()
            maker.settle()
            for path in request.playlists:
                write_playlist(path, batch.sounds)
                batch.reports.playlist(path, len(batch.sounds))
        finally:
            opening.done()
            batch.reports.list_failures()
        return 1 if batch.reports.failures else 0


class _Batch:
    """An export of many stories: counts, and goes on after failures."""

    def __init__(
        self,
        sources: Sequence[Source],
        settings: Settings,
        opening: Opening,
        request: Request,
        *,
        maker: Maker,
        updating: Updating | None,
    ) -> None:
        self._opening = opening
        self._request = request
        self._maker = maker
        self._updating = updating
        own = updating.own if updating else None
        self.planner = Planner(request.outputs, request.chapters, own)
        self.reports = Reports(request)
        self._stories = Stories(
            sources,
            settings,
            opening,
            planner=self.planner,
            chapters=request.chapters,
            surviving=self._surviving,
            ask=request.update,
        )
        self._many = len(sources) > 1
        self._counted = 0
        """Tasks so far, and stories that took none."""
        self.sounds: list[Path] = []
        """The first file with sound of each task, in order."""

    def apart(self) -> None:
        """Export each story to files of its own, then forget it."""
        for opened in self._stories(self._updating):
            self._many |= self._stories.many
            if opened.story is None:
                self._counted += 1
                self._maker.say(partial(self._unchanged, opened), counts=True)
                continue
            if opened.whole and not self._stories.left:
                self._opening.done()
            tasks: list[Task] = []
            with self._surviving(opened.name):
                tasks = self._tasks(opened)
            self._many |= len(tasks) > 1
            self._export_all(opened, tasks)

    def together(self) -> None:
        """Open all stories, then export them, joined where one file is to hold them."""
        found = list(self._stories(self._updating))
        if len(found) == 1 and found[0].story is None:
            self._unchanged(found[0])
        stories = [opened.story for opened in found if opened.story is not None]
        if not stories:
            return
        self._opening.done()
        self._counted = 0
        own = self._updating.own if self._updating else None
        tasks = plan(stories, self._request.outputs, self._request.chapters, own)
        self._many = len(tasks) > 1
        alone = len(found) == 1
        self._export_all(found[0] if alone else found[0]._replace(whole=False), tasks)

    def _tasks(self, opened: Opened) -> list[Task]:
        assert opened.story is not None
        if self._updating and self._updating.is_repeated(opened.story):
            return []
        parts = self.planner.parts(opened.story) if opened.whole else [(opened.story, None)]
        return [self.planner.task(*part) for part in parts]

    # -- making ---------------------------------------------------------------------------------------------------

    def _export_all(self, opened: Opened, tasks: Sequence[Task]) -> None:
        """Make the files of an opened story."""
        done: list[Task] = []
        for n, task in enumerate(tasks):
            self._counted += 1
            self._export(opened.name, task, len(tasks) - n - 1, done)
            self._maker.make_room()
        self._maker.say(partial(self._finish, opened, tasks, done))

    def _export(self, name: str, task: Task, following: int, done: list[Task]) -> None:
        """Make the files of a task, `following` of its story's tasks being still to come; it joins `done` when they are
        made."""
        title = title_of(task)
        shown = title if task.chapter is not None else name
        with self._surviving(shown, task):
            made_of = self._updating.made_of(task) if self._updating else ""
            due = self._updating.due(task, made_of) if self._updating else list(task.paths)
            if not due:
                done.append(task)
                self._maker.say(partial(self.reports.unchanged, name, title, task.paths), counts=True)
                return
            total = self._counted + following + self._stories.left
            place = f"{self._counted} of {total}" if total > 1 else ""

            def told(outcome: Outcome, new: Sequence[Summary] = ()) -> None:
                for notice in outcome.notices:
                    complain(notice)
                with self._surviving(shown, task, at_turn=True):
                    for summary, took in outcome.made:
                        keep(summary, took)
                    if outcome.error is not None:
                        raise outcome.error
                    done.append(task)
                    self.reports.made(name, title, [*new, *(summary for summary, _ in outcome.made)])

            def kept(path: Path) -> None:
                if self._updating:
                    self._updating.keep(task, path, made_of)

            keep = partial(self.reports.file, place=place)

            if self._many or total > 1:
                self._maker.submit(task, due, total, kept, told)
            else:
                made: list[Summary] = []

                def at_once(summary: Summary, took: float) -> None:
                    keep(summary, took)
                    kept(summary.path)
                    made.append(summary)

                told(self._maker.alone(task, due, at_once), made)

    def _finish(self, opened: Opened, tasks: Sequence[Task], done: Sequence[Task]) -> None:
        """Do what is due once a story's files are made."""
        self.sounds += (sound for task in done for sound in _sounds(task.paths)[:1])
        if self._request.audiobookshelf and opened.story is not None and done:
            with self._surviving(opened.name, at_turn=True):
                write_metadata(opened.story, [path for task in done for path in task.paths])
        if self._updating and opened.whole and opened.story is not None and tasks and len(done) == len(tasks):
            paths = [path for task in tasks for path in task.paths]
            self._updating.keep_source(opened.source, opened.story, paths)

    def _unchanged(self, opened: Opened) -> None:
        self.sounds += _sounds(opened.files)
        self.reports.unchanged(opened.name, "", opened.files)

    # -- failures -------------------------------------------------------------------------------------------------

    @contextmanager
    def _surviving(self, name: str, task: Task | None = None, *, at_turn: bool = False) -> Iterator[None]:
        """Context: keep a failure for the end, also one that shows a fault of this program; it is told of at its turn,
        or now if this is its turn. Raises it if it ends the export. `task` is None while a story is opened."""
        try:
            yield
        except (Cancelled, BrokenPipeError):
            raise
        except PlayerError as error:
            self._survive(name, task, error, at_turn=at_turn)
        except Exception as error:
            if not self._is_one_of_many:
                raise  # to where every command ends
            _logger.exception("%s was not made", name)
            self._survive(name, task, fault(error), at_turn=at_turn)

    def _survive(self, name: str, task: Task | None, error: PlayerError, *, at_turn: bool) -> None:
        if at_turn or not self._is_survived(error):
            if not at_turn:
                self._maker.settle()
            self._fail(name, task, error)
        else:
            self._counted += task is None  # it failed before it was counted
            self._maker.say(partial(self._fail, name, task, error), counts=True)

    def _fail(self, name: str, task: Task | None, error: PlayerError) -> None:
        self.reports.failed(name, title_of(task), error)
        if not self._is_survived(error):
            raise error.said_of(name) if self._is_one_of_many and self._request.fail_fast else error
        self.reports.failures.append(Failure(name, error))

    @property
    def _is_one_of_many(self) -> bool:
        """Return True if a failure leaves something to go on with."""
        return self._many or self._stories.many

    def _is_survived(self, error: PlayerError) -> bool:
        """Return False for a failure that ends the export: when it is asked to, when there is one story only, and when
        the voice that is set can say none of them."""
        return self._is_one_of_many and not self._request.fail_fast and error is not self._maker.unusable


def _sounds(paths: Sequence[Path]) -> list[Path]:
    """Return the files of the first format with sound."""
    suffix = next((path.suffix.lower() for path in paths if path.suffix.lower() in SOUNDS), "")
    return [path for path in paths if path.suffix.lower() == suffix]
