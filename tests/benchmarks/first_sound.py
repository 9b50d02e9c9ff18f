"""From process start to the first sound, in a terminal, with an empty cache: recorded from the sound server, so
that the device's own latency is part of the figure. Beside it: the time Python needs to import the libraries."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.measuring import ENGINES, article_times, forget_stories, import_time
from tests.benchmarks.terminal import listen
from tests.support import typesetting
from tests.support.pulse import Server, null_sink
from tests.support.stories import ARTICLE

RUNS = 5
PDF_PARAGRAPHS = 4560
"""Of a PDF of 600 pages."""
SETTLE_SECONDS = 5.0
"""Until the sentences after the first are rendered."""


def run(folder: Path) -> None:
    """Print the figures."""
    book = article_times(1250, folder)
    pdf = typesetting.compiled(typesetting.novel(PDF_PARAGRAPHS), folder / "book.pdf")
    print(f"the book: {book.stat().st_size / 1e6:.1f} MB")
    with null_sink(folder) as sink:
        for engine in ENGINES:
            article, cold = _beside_import(lambda engine=engine: first_sound(sink, folder, ARTICLE, engine))
            large = statistics.median(first_sound(sink, folder, book, engine) for _ in range(RUNS))
            pages = statistics.median(first_sound(sink, folder, pdf, engine) for _ in range(RUNS))
            first_sound(sink, folder, ARTICLE, engine, settle=SETTLE_SECONDS)
            again, warm = _beside_import(lambda engine=engine: first_sound(sink, folder, ARTICLE, engine, cold=False))
            first_sound(sink, folder, pdf, engine, settle=SETTLE_SECONDS)
            kept = statistics.median(first_sound(sink, folder, pdf, engine, cold=False) for _ in range(RUNS))
            print(
                f"{engine}: article {article:.2f} s ({cold:.2f} x the import), "
                f"book {large:.2f} s ({large / article:.2f} x the article), "
                f"PDF of 600 pages {pages:.2f} s ({pages / article:.2f} x the article), "
                f"article again {again:.2f} s ({warm:.2f} x the import; wanted: at most 1.3 x), "
                f"PDF again {kept:.2f} s"
            )


def _beside_import(measure: Callable[[], float]) -> tuple[float, float]:
    """Return (median seconds, median of the ratios to the import of the libraries, each run directly after it)."""
    pairs = [(measure(), import_time(1)) for _ in range(2 * RUNS)]
    return statistics.median(took for took, _ in pairs), statistics.median(took / peer for took, peer in pairs)


def first_sound(
    sink: Server, folder: Path, story: Path, engine: str, *, cold: bool = True, settle: float = 0.0
) -> float:
    """Return the seconds from starting the process to the first sample that is not silence.

    Unless `cold`, with what was read and rendered last time. It plays on for `settle` seconds, to fill the cache.
    """
    cache = folder / "cold"
    if cold:
        shutil.rmtree(cache, ignore_errors=True)
        forget_stories()
    environment = {**sink.environment, "LISTEN_CACHE_DIR": str(cache)}
    command = ["parec", "-d", "cap.monitor", "--raw", "--format=s16le", "--channels=1", "--latency-msec=5"]
    with subprocess.Popen(command, env=sink.environment, stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout is not None
        recorder.stdout.read(64)  # it records
        began = time.perf_counter()
        with listen([str(story), "--engine", engine, "--from-start"], environment):
            while not any(recorder.stdout.read1(4096)):
                pass
            took = time.perf_counter() - began
            time.sleep(settle)
        recorder.kill()
    return took
