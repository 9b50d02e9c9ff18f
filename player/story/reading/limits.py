"""How much time and memory reading may take, by the size of what is read, and holding a process to it."""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows: there the host's wall clock alone ends a reader
    resource = None  # type: ignore[assignment]

_CPU, _CPU_PER_MB = 9.0, 9.0
"""Seconds, for up to 1 MB, and for each further MB: a novel of 1 MB as PDF takes 3 to 6, anything else less."""
_MEMORY, _MEMORY_PER_MB, _MOST_MEMORY = 380_000_000, 60_000_000, 2_000_000_000
"""Bytes that are the process's own, in the same way: libraries take 60 MB of them, a page of 1 MB some 100."""
_WALL, _WALL_PER_CPU = 30.0, 6.0
"""Seconds that pass, and for each of computing: other programs want the processors as well."""

_LEAST_LEFT = 100_000_000
"""Bytes."""


class Limits(NamedTuple):
    """What may be used before there has to be an answer."""

    cpu: float
    """Seconds of computing."""
    wall: float
    """Seconds that pass."""
    memory: int
    """Bytes."""


def limits_for(size: int) -> Limits:
    """The limits for reading so many bytes."""
    further = max(size / 1e6 - 1, 0.0)
    cpu = _CPU + _CPU_PER_MB * further
    memory = min(_MEMORY + round(_MEMORY_PER_MB * further), _MOST_MEMORY)
    return Limits(cpu, _WALL + _WALL_PER_CPU * cpu, memory)


def hold_to(limits: Limits) -> None:
    """Hold this process to the limits, from now on. The kernel ends it when it computes longer (SIGXCPU), and gives
    it no more memory than that."""
    if resource is not None:
        _lower(resource.RLIMIT_CPU, round(time.process_time() + limits.cpu))
        _lower(resource.RLIMIT_DATA, limits.memory)  # macOS does not heed it
        _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, to: int) -> None:
    """Set the soft limit, as far as the hard one (the user's own) lets us."""
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (to if hard == resource.RLIM_INFINITY else min(to, hard), hard))


def hold_helper(pid: int) -> None:
    """Hold a program that this process has started to what is left of its own time. Its memory is inherited."""
    if resource is None or not hasattr(resource, "prlimit"):
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        left = max(round(soft - time.process_time()), 1)
        resource.prlimit(pid, resource.RLIMIT_CPU, (left, hard))


def memory_left() -> int | None:
    """Bytes that programs started by this process may have beside it; None when there is no limit."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY:
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return max(soft - used, _LEAST_LEFT)
