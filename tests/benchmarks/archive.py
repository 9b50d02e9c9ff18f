"""An archive of 10,000 stories, simulated: tasks, operations on the store of rendered speech, and what the plan, its
state and the site around the stories cost, apart from speaking and encoding.

Words: the number of stories (10000), and how many of them are really made, in tones (20). The plan, its SQLite state,
index, feed and site map are the real ones for all; an executor that makes nothing stands in for speaking and encoding,
whose time `listen publish --estimate` tells. `player/publish/ARCHIVES.md` has what follows from the figures.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Event

from player.audio.store.cache import MemoryCache
from player.publish.estimate import Amount, encoding_speed, estimates
from player.publish.fingerprint import fingerprint
from player.publish.lists import Lists
from player.publish.local import Show, studio
from player.publish.making import Made, make
from player.publish.plan import Failed, Task, Terms, plan
from player.publish.publishing import Result, publish
from player.publish.site import write_site
from player.publish.sources import Source
from player.publish.state import NAME, Published, State
from player.settings import Settings
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from tests.support.stories import ARTICLE

_PLUGINS = Path(__file__).parents[1] / "support" / "plugins"
_DAY = 86_400


class _Counted(MemoryCache):
    """A store in memory that counts what is asked of it."""

    def __init__(self) -> None:
        super().__init__(1 << 30)
        self.asked: Counter[str] = Counter()
        self.put_bytes = 0

    def get(self, key: str, suffix: str) -> bytes | None:
        found = super().get(key, suffix)
        self.asked["get, there" if found is not None else "get, not there"] += 1
        return found

    def put(self, key: str, suffix: str, data: bytes) -> None:
        self.asked["put"] += 1
        self.put_bytes += len(data)
        super().put(key, suffix, data)


def run(folder: Path, count: str = "10000", made: str = "20") -> None:
    """Print the figures."""
    sys.path.insert(0, str(_PLUGINS))
    os.environ["PYTHONPATH"] = str(_PLUGINS)  # for the voice's process
    settings = replace(Settings(), engine="tone")
    site = folder / "site"
    site.mkdir()
    with Readers() as readers:
        sources = list(Lists(Options(), readers, site).sources([str(_archive(folder, int(count)))]))
    row = _made(sources, site, settings, int(made))
    _planned(sources, site, settings, row)
    _by_voice(row)


def _archive(folder: Path, count: int) -> Path:
    """Write so many records; no sentence is in two of them but a byline and a disclaimer."""
    lines = [line for line in ARTICLE.read_text().splitlines() if line and "Listen To Story" not in line]
    file = folder / "archive.jsonl"
    with file.open("w") as records:
        for n in range(count):
            said = [f"{line[:-1]} in part {n}{line[-1]}" if line[-1] in ".”" else f"{line} {n}" for line in lines]
            text = "\n\n".join([*said[1:], "Told by Ann Author.", "All rights reserved."])
            records.write(json.dumps({"id": str(n), "title": said[0], "text": text}) + "\n")
    return file


def _made(sources: list[Source], site: Path, settings: Settings, count: int) -> Published:
    """Make some stories in tones, and print what a story asks of the store; return one's row."""
    store = _Counted()
    with State(site) as state, studio(settings, Options(), Event(), cores=1, store=store) as means:
        terms = Terms(Options(), fingerprint(settings))
        tasks = [one for one in islice(plan(sources, state, site, terms), count) if isinstance(one, Task)]
        size = 0
        for task in tasks:
            made = make(task, site, means)
            size += sum(file.stat().st_size for file in (site / task.folder).iterdir())
    told = ", ".join(f"{number / count:.1f} × {what}" for what, number in sorted(store.asked.items()))
    print(
        f"{count} stories of {made.row.characters:,} characters in tones: 1 task a story; of the store {told}, "
        f"{store.put_bytes / count / 1e6:.2f} MB a story; of the site {len(made.row.files)} files, "
        f"{size / count / 1e6:.2f} MB",
        flush=True,
    )
    return made.row


def _planned(sources: list[Source], site: Path, settings: Settings, row: Published) -> None:
    """Plan all, and keep what an executor says that makes nothing; then once more, when nothing has changed."""
    terms = Terms(Options(), fingerprint(settings))
    told: Counter[str] = Counter()
    asked = 0

    def pretending(tasks: Iterable[Task], show: Show) -> Iterator[Made | Failed]:
        nonlocal asked
        for task in tasks:
            asked += 1
            (site / task.folder).mkdir(exist_ok=True)
            for name in row.files:
                (site / task.folder / name).touch()
            named = replace(row, key=task.source.key, folder=task.folder, went_in=task.went_in, story=task.went_in)
            yield Made(named, changed=True)

    def tell(result: Result) -> None:
        told[type(result).__name__] += 1

    for what in ("first", "again, without changes"):
        told.clear()
        asked = 0
        with State(site) as state:
            began, used = time.perf_counter(), time.process_time()
            publish(plan(sources, state, site, terms), pretending, state, tell, lambda task, share: None)
            planned, computed = time.perf_counter() - began, time.process_time() - used
            began = time.perf_counter()
            write_site(site, state, title="Archive", base_url="https://example.org/")
            print(
                f"{what}: {asked:,} tasks, {dict(told)}; plan and state {planned:.1f} s (processor {computed:.1f} s, "
                f"{computed / len(sources) * 1000:.2f} ms a story), index, feed and site map "
                f"{time.perf_counter() - began:.1f} s",
                flush=True,
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"state {(site / NAME).stat().st_size / 1e6:.1f} MB; {peak:.0f} MB of memory at most")


def _by_voice(row: Published) -> None:
    """Print what --estimate says of a million such stories, and so of a day that has as many."""
    print(f"encoding: {encoding_speed():.0f} s of sound in a second of one core")
    found = {"en": Amount(1_000_000, 1_000_000 * row.characters)}
    for one in estimates(found, Settings()):
        if one.voice.startswith("tone"):
            continue
        print(
            f"{one.voice}: {one.compute / one.stories:.2f} s of a core a story; a million a day "
            f"{one.compute / _DAY:.0f} cores, {one.disk / 1e12:.2f} TB of site and {one.kept / 1e12:.2f} TB of speech"
        )
