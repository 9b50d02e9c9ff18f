"""Publishing: what is planned is made, and kept; what is gone may be pruned; the site around it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from player.errors import ExportError
from player.export import Cancelled
from player.publish.local import Executor, Show
from player.publish.making import Made
from player.publish.plan import Failed, Task, Unchanged
from player.publish.sources import MissingSource, Source
from player.publish.state import NAME, State
from player.publish.workshop import check_voices
from player.settings import Settings
from player.speech.process.host import starter

Result = Made | Failed | Unchanged


def publish(
    planned: Iterable[Task | Unchanged | Failed],
    executor: Executor,
    state: State,
    told: Callable[[Result], None],
    show: Show,
) -> None:
    """Make what is planned, and keep what was made of what. `told` gets each result, in this thread, as it comes;
    `show` the progress of a task. Raises as Executor, and what `told` raises."""

    def to_make() -> Iterator[Task]:
        for one in planned:
            if isinstance(one, Task):
                yield one
                continue
            if isinstance(one, Unchanged):
                state.put_place(one.row.key, one.place)
            told(one)

    for result in executor(to_make(), show):
        if isinstance(result, Made):
            if result.changed:
                state.outdate()  # also for a run that ends before it writes the site
            state.put(result.row)
            state.put_place(result.row.key, result.place)
        told(result)


def with_checked_voice(
    planned: Iterable[Task | Unchanged | Failed], settings: Settings
) -> Iterator[Task | Unchanged | Failed]:
    """Yield what is planned. Raises as `check_voices` before the first task."""
    is_checked = False
    for one in planned:
        if isinstance(one, Task) and not is_checked:
            check_voices(settings, starter(settings.engines))
            is_checked = True
        yield one


def stopped_after(made: int, count: int) -> Cancelled:
    """Return the error of a run that was stopped."""
    error = Cancelled()
    error.message, error.hint = f"stopped after {made} of {count}", "start again to go on"
    return error


def forget_deleted(site: Path, state: State) -> list[str]:
    """Forget the stories whose folders somebody deleted, so that no index names them; return the folders' names.

    A site that is not there at all, as on a disk that is away, deletes none. Raises ExportError if it cannot be read.
    """
    # Listed, not asked for each: a network file system remembers for a while that a folder was not there, though
    # another machine has made it since.
    try:
        there = {path.name for path in site.iterdir()}
    except OSError as error:
        raise ExportError(f"{site} cannot be read ({error.strerror})", "start again to go on") from error
    gone = [(key, folder) for key, folder in state.folders() if folder not in there] if NAME in there else []
    for key, _ in gone:
        state.outdate()
        state.drop(key)
    return [folder for _, folder in gone]


def prune(site: Path, state: State, sources: Collection[Source]) -> list[str]:
    """Delete the folders of stories that no source names any more; return their names. Raises ExportError, also when
    what a source names is not known: a feed that did not answer names nothing."""
    missing = next((source for source in sources if isinstance(source, MissingSource)), None)
    if missing is not None:
        raise ExportError(f"nothing is pruned, because {missing.name} could not be read", "see above")
    named = {source.key for source in sources}
    gone = []
    for key in state.keys():  # noqa: SIM118 (no mapping)
        row = state.get(key)
        if key in named or row is None:
            continue
        state.outdate()
        for name in row.files:
            (site / row.folder / name).unlink(missing_ok=True)
        with suppress(OSError):  # the owner's own files stay, and the folder with them
            (site / row.folder).rmdir()
        state.drop(key)
        gone.append(row.folder)
    return gone
