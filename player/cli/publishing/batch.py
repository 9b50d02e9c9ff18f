"""Publishing in a terminal: one bar for all stories; in a pipe, a line for each."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from player import atomic
from player.audio.clock import clock, in_bytes
from player.cli.output.printing import CountedLine, complain
from player.cli.process.interruption import interrupted
from player.errors import ExportError, PlayerError, UsageError
from player.export import Cancelled
from player.publish.fingerprint import Versions, fingerprint
from player.publish.lists import Lists
from player.publish.local import Executor, Local, studio
from player.publish.making import Made
from player.publish.plan import Failed, Task, Terms, plan
from player.publish.publishing import Result, forget_deleted, prune, publish, stopped_after, with_checked_voice
from player.publish.site import INDEX, check_folder, write_site
from player.publish.site.addresses import base_of
from player.publish.sources import MissingSource, Source
from player.publish.state import NAME, State
from player.settings import Settings
from player.sources import options_of
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from player.story.text import clean, printable


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for; see the command."""

    sources: Sequence[str]
    site: Path
    base_url: str
    title: str
    latest: int | None
    refresh: bool
    prune: bool
    as_json: bool
    fail_fast: bool
    skip_unspeakable: bool
    cores: int | None
    settings: Settings
    scheduler: str = ""

    def __post_init__(self) -> None:
        if not self.sources:
            raise UsageError("listen publish needs stories", "give files, folders, URLs, a feed or JSON lines")
        if self.cores is not None and self.cores < 1:
            raise UsageError("--cores takes 1 or more")
        if self.cores is not None and self.scheduler:
            raise UsageError("--cores is for this machine", "a cluster has its own: dask worker --nthreads")

    @property
    def opening(self) -> Options:
        """How the stories are read."""
        # Read stories are not kept: those of an archive would push out the ones that are listened to.
        return options_of(self.settings, latest=self.latest, refresh=self.refresh, stories=None)


def run(wanted: Wanted, *, estimate: bool = False) -> int:
    """Publish; return the exit code: 1 if a story failed. Raises PlayerError."""
    with Readers() as readers:
        sources = list(Lists(wanted.opening, readers, wanted.site).sources(wanted.sources))
        if estimate:
            from player.cli.publishing.estimating import tell_estimate

            return tell_estimate(
                sources, wanted.opening, wanted.settings, readers, wanted.cores, as_json=wanted.as_json
            )
    check_folder(wanted.site)
    if all(isinstance(source, MissingSource) for source in sources) and not (wanted.site / NAME).exists():
        for source in sources:
            source.digest(wanted.opening)  # tells why
        raise UsageError(
            f"there are no stories in {', '.join(wanted.sources)}", "give files, folders, URLs, a feed or JSON lines"
        )
    try:
        wanted.site.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"the folder {wanted.site} cannot be made ({error.strerror})"
        raise ExportError(reason, "choose another place") from error
    with State(wanted.site) as state:
        atomic.sweep(wanted.site)
        before = state.about()
        base_url = base_of(wanted.base_url) if wanted.base_url else before.get("base_url", "")
        title = clean(wanted.title) or before.get("title") or clean(wanted.site.resolve().name) or "Stories"
        teller = _Teller(wanted, len(sources))
        try:
            _make(wanted, sources, state, teller)
            atomic.sweep(wanted.site)  # what workers of a cluster left that were killed
            gone = forget_deleted(wanted.site, state)
            gone += prune(wanted.site, state, sources) if wanted.prune else []
        except Cancelled:
            raise  # at once: the next run writes the site
        except PlayerError:
            if len(state):
                with suppress(ExportError):
                    _write_site(wanted, state, title, base_url)
            raise
        _write_site(wanted, state, title, base_url)
        teller.sum_up(len(state), gone)
        if not base_url:
            complain("podcast programs need whole addresses: give --base-url https://…, or use listen serve")
    return 1 if teller.failures else 0


def _write_site(wanted: Wanted, state: State, title: str, base_url: str) -> None:
    try:
        write_site(wanted.site, state, title=title, base_url=base_url)
    except OSError as error:
        raise ExportError(f"{wanted.site} cannot be written ({error.strerror})", "make room") from error


def _make(wanted: Wanted, sources: Sequence[Source], state: State, teller: _Teller) -> None:
    """Make what has to be made."""
    cancelled = threading.Event()
    settings = fingerprint(wanted.settings, skip_unspeakable=wanted.skip_unspeakable)
    terms = Terms(wanted.opening, settings, Versions(wanted.settings.engines).same)
    planned = with_checked_voice(plan(sources, state, wanted.site, terms), wanted.settings)
    with interrupted(cancelled), teller.line:
        try:
            with _executor(wanted, cancelled) as executor:
                publish(planned, executor, state, teller.tell, teller.show)
        except Cancelled:
            raise stopped_after(teller.done, len(sources)) from None


@contextmanager
def _executor(wanted: Wanted, cancelled: threading.Event) -> Iterator[Executor]:
    """Context: who makes the stories, this machine or a cluster."""
    skip = wanted.skip_unspeakable
    if not wanted.scheduler:
        with studio(wanted.settings, wanted.opening, cancelled, cores=wanted.cores, skip_unspeakable=skip) as means:
            yield Local(wanted.site, means)
        return
    try:
        from player.publish.cluster import cluster
        from player.publish.desk import job
    except ImportError as error:
        raise UsageError("--scheduler needs dask", 'pip install "listen-to-story[cluster]"') from error
    wanted_job = job(wanted.site, wanted.settings, wanted.opening, skip_unspeakable=skip)
    with cluster(wanted.scheduler, wanted_job, cancelled) as workers:
        yield workers


class _Teller:
    """Tells of each story as it is finished, and of the failures at the end."""

    def __init__(self, wanted: Wanted, count: int) -> None:
        self._wanted = wanted
        self._began = time.monotonic()
        self.line = CountedLine(count)
        self.done = 0
        self.made = 0
        self.seconds = 0.0
        self.failures: list[Failed] = []

    def show(self, task: Task, share: float) -> None:
        """Show the progress of a story; called in its thread."""
        self.line.show(task.folder, share)

    def tell(self, result: Result) -> None:
        """Tell of a result. Raises a failure's error if the first one ends the run."""
        self.done += 1
        if isinstance(result, Failed):
            self.failures.append(result)
        elif isinstance(result, Made) and result.changed:
            self.made += 1
            self.seconds += result.row.seconds
        self.line.finished(result.folder if isinstance(result, Failed) else result.row.folder)
        if self._wanted.as_json:
            print(json.dumps(_as_json(result), ensure_ascii=False), flush=True)
        elif isinstance(result, Made) and result.changed:
            self._print(result)
        if isinstance(result, Made):
            for notice in result.notices:
                complain(f"{result.row.folder}: {notice}")
        if isinstance(result, Failed) and self._wanted.fail_fast:
            raise result.error.said_of(result.source.name) from result.error

    def _print(self, made: Made) -> None:
        """Print a line for a story; on a terminal the bar tells enough."""
        if not self.line.is_bar:
            row = made.row
            print(f"{printable(row.folder)}: {clock(round(row.seconds))}, {in_bytes(made.bytes)}", flush=True)

    def sum_up(self, stories: int, gone: Sequence[str]) -> None:
        """Print the failures and the site."""
        for folder in gone:
            complain(f"{folder} was removed")
        for failed in self.failures:
            complain(failed.line)
        if self._wanted.as_json:
            return
        took = time.monotonic() - self._began
        unchanged = self.done - self.made - len(self.failures)
        parts = [f"{self.made} made"] + [f"{unchanged} unchanged"] * bool(unchanged)
        parts += [f"{len(self.failures)} failed"] * bool(self.failures)
        said = f", {clock(round(self.seconds))} of speech in {took:.1f} s" if self.made else ""
        where = printable(str(self._wanted.site / INDEX))
        print(f"{where}: {stories} {'story' if stories == 1 else 'stories'}; {', '.join(parts)}{said}", flush=True)
        sys.stdout.flush()


def _as_json(result: Result) -> dict[str, object]:
    """Return a line of `--json`."""
    if isinstance(result, Failed):
        error = result.error
        return {"status": "failed", "key": result.source.key, "error": error.message, "hint": error.hint}
    row = asdict(result.row)
    changed = isinstance(result, Made) and result.changed
    names = ("key", "folder", "title", "byline", "published", "language", "seconds", "characters", "voice", "files")
    return {"status": "made" if changed else "unchanged", **{name: row[name] for name in names}}
