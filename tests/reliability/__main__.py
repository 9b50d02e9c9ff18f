"""`python -m tests.reliability [--long] [NAME …]`: run the trials, and print a table of what they found."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import cast

from tests.reliability import ALL
from tests.reliability.tally import Tally, Trial
from tests.support.signals import heed_interrupts


def main() -> int:
    """Exit code 1 if anything went wrong."""
    heed_interrupts()
    long = "--long" in sys.argv
    names = [word for word in sys.argv[1:] if word != "--long"] or ALL
    if unknown := [name for name in names if name not in ALL]:
        print(f"no such trial: {', '.join(unknown)} (there are {', '.join(ALL)})", file=sys.stderr)
        return 2
    print(f"{'trial':52} {'trials':>8} {'faults':>7} {'losses':>7}  seconds", flush=True)
    all_clean = True
    for name in names:
        trial = cast(Trial, import_module(f"tests.reliability.{name}"))
        with tempfile.TemporaryDirectory() as folder:
            for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
                os.environ[variable] = folder
            began = time.monotonic()
            for tally in trial.run(Path(folder), long=long):
                _print(tally, time.monotonic() - began)
                all_clean = all_clean and tally.clean
                began = time.monotonic()
    return 0 if all_clean else 1


def _print(tally: Tally, seconds: float) -> None:
    row = f"{tally.name:52} {tally.trials:8,} {len(tally.faults):7} {len(tally.losses):7}  {seconds:7.1f}"
    print(f"{row}  {tally.note}".rstrip(), flush=True)
    for text in (tally.faults + tally.losses)[:20]:
        print(f"    {text}", flush=True)


sys.exit(main())
