"""A cluster makes the same site as one machine, also when a worker is killed in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from player.errors import ExportError, UsageError, WorkerDied
from player.publish.plan import Failed, Task
from player.publish.sources import FileSource
from player.publish.state import State
from player.settings import Settings
from player.speech.process.host import Worker
from player.story.model import Story
from player.story.opening.confined.host import Readers
from player.story.opening.waiting import Watch, unwatched
from player.story.reading.options import Options
from tests.publish.test_publish import TONE, publish
from tests.support.waiting import wait_until

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.apart

STORIES = 8


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder of stories long enough to be interrupted, and one that no worker can read."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(STORIES):
        words = "\n\n".join(f"Paragraph {n} {p} tells of many things, and goes on for a while." for p in range(5))
        (folder / f"story-{n}.txt").write_text(f"Shared by all.\n\n{words}\n")
    (folder / "unread.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


@pytest.fixture
def scheduler() -> Iterator[LocalCluster]:
    """A scheduler without workers."""
    from distributed import LocalCluster  # 2 s

    with LocalCluster(n_workers=0, dashboard_address=None, silence_logs=40) as scheduler:
        yield scheduler


@pytest.fixture
def address(scheduler: LocalCluster) -> str:
    return str(scheduler.scheduler_address)


@contextmanager
def worker(folder: Path, address: str, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Context: a worker in a process of its own."""
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / name))
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--name", name, *options]
    with (folder / f"{name}.log").open("wb") as log:
        run = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield run
    finally:
        run.kill()
        run.wait()


def keeping(folder: Path) -> Settings:
    """Settings with a cache of speech of their own."""
    return replace(TONE, cache_dir=str(folder))


def files(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("story.*")}


def test_a_site_made_by_a_cluster_is_the_same_though_a_worker_is_killed(
    stories: Path, tmp_path: Path, tone_engine: str, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, kept = tmp_path / "here", tmp_path / "there", keeping(tmp_path / "cache")
    with worker(tmp_path, address, "one") as first, worker(tmp_path, address, "two"):

        def kill_in_the_middle() -> None:
            wait_until(lambda: len(list(there.glob("story-*"))) > 1, "the first stories")
            first.kill()

        killer = Thread(target=kill_in_the_middle)
        killer.start()
        assert publish(stories, to=there, scheduler=address, settings=kept) == 1
        killer.join()
        assert first.wait() == -signal.SIGKILL
        told = capsys.readouterr()
        assert not list(there.glob(".listen-*.new")), "nothing half is left"
        assert f"{STORIES} made, 1 failed" in told.out and told.err.count("listen: unread.pdf") == 1, told.err
        assert publish(stories, to=there, scheduler=address, settings=kept) == 1, "the one is tried again"
        assert f"{STORIES} unchanged" in capsys.readouterr().out
    assert publish(stories, to=here, settings=keeping(tmp_path / "other")) == 1
    assert len(files(here)) == 4 * STORIES and files(there) == files(here)


def test_every_worker_speaks_a_long_story(
    tmp_path: Path, tone_engine: str, scheduler: LocalCluster, address: str
) -> None:
    """Also when one of them is killed once both have spoken, the sound is the same."""
    book = tmp_path / "book.txt"
    told = "tells of many things" + " and of many others at greater length" * 4
    book.write_text("\n\n".join(f"Paragraph {n} of a book {told}." for n in range(110)))
    here, there, kept = tmp_path / "here", tmp_path / "there", keeping(tmp_path / "cache")
    with worker(tmp_path, address, "one") as first, worker(tmp_path, address, "two") as second:
        speakers = watched(scheduler, "_spoken", lambda found: second.kill() if len(found) == 2 else None)
        wait_until(lambda: len(scheduler.scheduler.workers) == 2, "the workers")
        assert publish(book, to=there, scheduler=address, settings=kept) == 0
        assert len(speakers) == 2
        assert second.wait() == -signal.SIGKILL
        assert first.poll() is None
    assert publish(book, to=here, settings=keeping(tmp_path / "other")) == 0
    assert files(there) == files(here) != {}


def test_what_another_worker_refuses_is_said_by_the_one_that_makes_the_story(tone_engine: str) -> None:
    from distributed import Client, LocalCluster, WorkerPlugin

    from player.publish.spread import Spread

    class Refusing(WorkerPlugin):
        def speak(self, *given: Any) -> None:
            raise UsageError("a worker has another version of this program")

    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as scheduler, Client(scheduler) as client:
        client.register_plugin(Refusing(), name="job")
        with Worker.start(tone_engine, "sine", "en") as alone:
            voice = Spread(client, "job", lambda options: lambda *names: alone)({})(tone_engine, "sine", "en")
            assert voice.render("It rains.") == alone.render("It rains.") != alone.render("")
            voice.kill()
            with pytest.raises(WorkerDied):
                voice.render("It snows.")


def watched(scheduler: LocalCluster, task: str, then: Callable[[set[str]], None]) -> set[str]:
    """A set of the workers that have done a task of some name, which grows; `then` is called each time with it."""
    from distributed import SchedulerPlugin

    found: set[str] = set()

    class Watch(SchedulerPlugin):
        def transition(self, key: Any, start: str, finish: str, *args: Any, **told: Any) -> None:
            if str(key).startswith(task) and finish == "memory":
                found.add(told["worker"])
                then(found)

    scheduler.scheduler.add_plugin(Watch())
    return found


def test_a_scheduler_that_does_not_answer_is_one_line(stories: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no Dask scheduler answers at 127\.0\.0\.1:9"):
        publish(stories, to=tmp_path / "site", scheduler="127.0.0.1:9")


class Broken(FileSource):
    """A story at which a library breaks."""

    def open(self, options: Options, readers: Readers, watch: Watch = unwatched) -> Story:
        raise IndexError("list index out of range")


def test_a_fault_of_a_library_in_a_worker_is_a_failure_of_its_story(
    tmp_path: Path, tone_engine: str, caplog: pytest.LogCaptureFixture
) -> None:
    from distributed.worker import Worker as DaskWorker

    from player.publish.desk import Desk, job

    State(tmp_path).close()
    desk = Desk(job(tmp_path, TONE, Options(), skip_unspeakable=False))
    desk.setup(cast(DaskWorker, SimpleNamespace(state=SimpleNamespace(nthreads=1))))
    try:
        task = Task(Broken(str(tmp_path / "a.txt"), "a.txt"), "a", "", "")
        result = desk.make(task, lambda share: None)
    finally:
        desk.teardown(cast(DaskWorker, None))
    assert isinstance(result, Failed)
    assert result.line.startswith("a.txt: the program failed (IndexError: list index out of range)")
    assert any(record.exc_info for record in caplog.records if "a.txt was not made" in record.message)
