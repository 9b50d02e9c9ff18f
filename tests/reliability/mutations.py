"""Broken files of every format: thousands per reader, and none may end in a traceback, a crash or a hang.

A whole story that is lost because our own code met what it did not expect counts as a loss, though an error says it.

`python -m tests.reliability.mutations READER SEED` makes one again, opens it, and keeps it in the current folder.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.reliability.corpus import SUFFIXES, files
from tests.reliability.mutating import mutant
from tests.reliability.opening import OWN, Opened, Opener
from tests.reliability.tally import Tally

_LONG, _QUICK = 3_400, 10
"""Broken files of each reader."""
_MOST_SECONDS, _MOST_MEGABYTES = 10, 500
KNOWN: dict[str, tuple[int, ...]] = {
    "html": (107, 410, 889),
    "epub": (230,),
    "plain": (642,),
    "odt": (3003,),
    "json": (1332, 1621),
    "org": (1470,),
}
"""Seeds that once ended in a fault, by reader; always tried."""


def run(folder: Path, *, long: bool) -> Iterator[Tally]:
    """See `tally.Trial`."""
    with Opener() as opener:
        for reader in SUFFIXES:
            seeds = [*KNOWN.get(reader, ()), *range(_LONG if long else _QUICK)]
            yield _tried(opener, folder, reader, seeds)


def _tried(opener: Opener, folder: Path, reader: str, seeds: list[int]) -> Tally:
    tally = Tally(f"broken files: {reader}")
    outcomes: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for seed in seeds:
        opened = _opened(opener, folder, reader, seed)
        tally.trials += 1
        if opened.is_fault or opened.peak > _MOST_MEGABYTES:
            tally.faults.append(f"{reader} {seed}: {opened.last_line} ({opened.peak} MB)")
        outcomes[opened.outcome if opened.outcome in ("story", "feed") else "error"] += 1
        caught.update(opened.caught)
        tally.losses += (f"{reader} {seed}: {text}" for text in opened.caught if text.startswith(OWN))
    tally.note = f"{dict(outcomes)}; unforeseen, caught at the boundary: {caught.total()}"
    return tally


def _opened(opener: Opener, folder: Path, reader: str, seed: int) -> Opened:
    """What came of a broken file. A crash or a hang of foreign code counts only if the player is not safe from it."""
    path = folder / f"{reader} {seed}{SUFFIXES[reader]}"
    path.write_bytes(mutant(reader, seed, files(reader)))
    opened = opener.open(path, _MOST_SECONDS)
    if opened.is_fault and "Traceback" not in opened.outcome:
        opened = opener.open(path, _MOST_SECONDS, apart=True)
    path.unlink()
    return opened


def main() -> None:
    """`READER SEED`: make it again; `READER FIRST LAST`: try those, and print what is worth knowing."""
    reader, first = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) == 3:
        path = Path(f"mutant-{reader}-{first}{SUFFIXES[reader]}").absolute()  # what opens it works elsewhere
        path.write_bytes(mutant(reader, first, files(reader)))
        with Opener() as opener:
            print(path, opener.open(path), sep="\n")
        return
    seen: Counter[str] = Counter()
    with Opener() as opener:
        for seed in range(first, int(sys.argv[3])):
            opened = _opened(opener, Path("/tmp"), reader, seed)
            if opened.is_fault or opened.peak > _MOST_MEGABYTES or opened.cpu > _MOST_SECONDS / 4:
                print(f"{reader} {seed}: {opened.outcome[-1500:]} {opened.cpu} s {opened.peak} MB", flush=True)
            for text in opened.caught:
                if not seen[text[:80]]:
                    print(f"{reader} {seed}: caught {text}", flush=True)
                seen[text[:80]] += 1
    print(reader, first, sys.argv[3], "done", dict(seen))


if __name__ == "__main__":
    main()
