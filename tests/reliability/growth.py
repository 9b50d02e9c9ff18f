"""Bounds for all readers: the time and memory that 1 MB of anything takes, and how both grow.

Each kind of input in `growing` is opened at a size and at four times that. `python -m tests.reliability.growth
[WORD …]` prints the figures of those whose names have a word in them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.reliability import growing, growing_formats
from tests.reliability.opening import Opened, Opener
from tests.reliability.tally import Tally

ALL = {**growing.ALL, **growing_formats.ALL}
_LONG, _QUICK, _QUICKEST = 1_000_000, 60_000, 20_000
"""Bytes of the larger input; in the quick form of what was slow once, and of the rest."""
_TIMES = 4
_MOST_TIMES = 7.0
"""How much longer the larger one may take: more than in proportion, for it does not fit into the processor's caches."""
_MOST_SECONDS, _MOST_MEGABYTES = 10.0, 500
_COUNTS = 0.1
"""Seconds, at least, of the smaller one: what takes less is too short for its growth to be measured."""
_QUICK_SHARE = 12
"""Every twelfth of the kinds that were never slow is tried in the quick form."""
_WERE_SLOW = frozenset(
    ("contents page by page", "contents of dots",
     "mixed combining marks", "inline footnotes", "footnote marks", "brackets", "skipped", "many tables", "sup",
     "many attributes", "tiny paragraphs", "inline HTML", "ODT, spans", "ODT, headings", "ODT, rows", "figures", "math",
     "code in a row", "films in a figure", "marks to one place", "links")
)  # fmt: skip


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See `tally.Trial`."""
    tally = Tally("1 MB of anything: 10 s, 500 MB, in proportion")
    names = [n for i, n in enumerate(ALL) if long or n in _WERE_SLOW or i % _QUICK_SHARE == 0]
    worst = (0.0, "")
    with Opener() as opener:
        for name in names:
            size = _LONG if long else _QUICK if name in _WERE_SLOW else _QUICKEST
            smaller, larger = measured(opener, folder, name, size)
            if any(faults(smaller, larger)):  # what else the machine does may have slowed it down
                smaller, larger = map(_better, (smaller, larger), measured(opener, folder, name, size))
            tally.trials += 2
            tally.faults += (f"{name}: {fault}" for fault in faults(smaller, larger))
            worst = max(worst, (larger.cpu, name))
    tally.note = f"slowest: {worst[0]:.1f} s, {worst[1]}"
    yield tally


def _better(one: Opened, other: Opened) -> Opened:
    return one if one.is_fault or (not other.is_fault and one.cpu < other.cpu) else other


def measured(opener: Opener, folder: Path, name: str, size: int) -> tuple[Opened, Opened]:
    """What a kind of input takes at a quarter of a size, and at that size."""
    suffix, make = ALL[name]
    found = []
    for bytes_wanted in (size // _TIMES, size):
        path = folder / f"grown{suffix}"
        path.write_bytes(make(bytes_wanted))
        found.append(opener.open(path))
        path.unlink()
    return found[0], found[1]


def faults(smaller: Opened, larger: Opened) -> Iterator[str]:
    """What of these is out of bounds."""
    for one in (smaller, larger):
        if one.is_fault:
            yield one.last_line
    if larger.cpu > _MOST_SECONDS:
        yield f"{larger.cpu:.1f} s"
    if larger.peak > _MOST_MEGABYTES:
        yield f"{larger.peak} MB"
    if larger.cpu > _MOST_TIMES * max(_COUNTS, smaller.cpu):
        yield f"{smaller.cpu:.2f} s, and {larger.cpu:.2f} s for {_TIMES} times as much"


def main() -> None:
    """Print the figures."""
    words = [word for word in sys.argv[1:] if not word.isdigit()]
    size = next((int(word) for word in sys.argv[1:] if word.isdigit()), _LONG)
    with tempfile.TemporaryDirectory() as folder, Opener() as opener:
        for name in ALL:
            if not words or any(word in name for word in words):
                smaller, larger = measured(opener, Path(folder), name, size)
                bad = "; ".join(faults(smaller, larger))
                print(
                    f"{name:28} {smaller.cpu:7.2f} s {larger.cpu:7.2f} s {larger.peak:6} MB  "
                    f"{larger.last_line[:60]:60} {bad and 'FAULT ' + bad}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
