"""Starting the process of a worker, which needs few imports: it can be done before anything else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_START = (
    "import gc, sys; gc.disable(); sys.path.append(sys.argv[1]); from player.speech.process.worker import main; main()"
)
"""Used instead of `-m`, which imports runpy (5 ms) and finds the package only where it is installed.
Garbage is not collected before the voice is loaded: nothing of what is imported becomes any."""


def start(environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Return a process that imports what all engines need, and waits to be told what to do (see `protocol`).

    By default it has this process's environment.
    """
    root = str(Path(__file__).resolve().parents[3])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
