"""Publishing stories on this machine's cores, and on a Dask cluster of as many workers on the same cores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psutil

from tests.benchmarks.measuring import article_times
from tests.benchmarks.start import used_by_children
from tests.support.waiting import wait_until

STORIES = 8
PARAGRAPHS = 5
WORKERS = 2


def run(folder: Path, engine: str = "pyttsx3", runs: str = "3") -> None:
    """Print the figures; a word behind the name is the engine, another the number of runs."""
    from distributed import LocalCluster

    stories = folder / "stories"
    stories.mkdir()
    text = "\n\n".join(article_times(1, folder).read_text().split("\n\n")[:PARAGRAPHS])
    for n in range(STORIES):
        (stories / f"{n}.txt").write_text(text.replace("part 0", f"part {n}"))
    ratios = []
    with LocalCluster(n_workers=0, dashboard_address=None, silence_logs=40) as cluster:
        address = cluster.scheduler_address
        workers = [_worker(address, folder) for _ in range(WORKERS)]
        try:
            wait_until(lambda: len(cluster.scheduler.workers) == WORKERS, "the workers")
            for _ in range(int(runs)):
                plain = _published(folder, stories, engine, [], "--cores", str(WORKERS))
                clustered = _published(folder, stories, engine, workers, "--scheduler", address)
                ratios.append([theirs / ours for ours, theirs in zip(plain, clustered, strict=True)])
                print(
                    f"{STORIES} stories: {plain[0]:.1f} s (processor {plain[1]:.1f} s); "
                    f"on the cluster {clustered[0]:.1f} s ({clustered[1]:.1f} s)",
                    flush=True,
                )
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    wall, processor = (median(column) for column in zip(*ratios, strict=True))
    print(f"{wall:.2f} x, processor {processor:.2f} x (which tells more on a machine that others load)")


def _worker(address: str, folder: Path) -> psutil.Popen:
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, *options]
    return psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _published(
    folder: Path, stories: Path, engine: str, workers: Sequence[psutil.Popen], *how: str
) -> tuple[float, float]:
    """Return the wall seconds of one run into an empty site with an empty cache, and its processor seconds: those of
    the command, of the workers, and of the scheduler in this process."""
    site, cache = folder / "site", folder / "cache"
    for old in (site, cache):
        shutil.rmtree(old, ignore_errors=True)
    command = [sys.executable, "-m", "player", "publish", str(stories), "-o", str(site), "--engine", engine, *how]
    before = time.process_time() + used_by_children() + sum(sum(worker.cpu_times()[:4]) for worker in workers)
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "LISTEN_CACHE_DIR": str(cache)})
    took = time.perf_counter() - began
    after = time.process_time() + used_by_children() + sum(sum(worker.cpu_times()[:4]) for worker in workers)
    return took, after - before
