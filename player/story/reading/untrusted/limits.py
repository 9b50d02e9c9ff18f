"""Limits on time and memory for reading, by the size of the source, and their enforcement."""

from __future__ import annotations

import sys
import time
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows: only the host's timeout ends a reader there
    resource = None  # type: ignore[assignment]

_CPU, _CPU_PER_MB = 9.0, 9.0
"""Seconds of CPU, for up to 1 MB and for each further MB: a novel of 1 MB as PDF takes 3 to 6, anything else less."""
_MEMORY, _MEMORY_PER_MB, _MOST_MEMORY = 380_000_000, 60_000_000, 2_000_000_000
"""Bytes of private memory, likewise: libraries take 60 MB of them, a page of 1 MB about 100."""
_WALL, _WALL_PER_CPU = 30.0, 6.0
"""Seconds of wall time, as a base and for each second of CPU: other programs need the processors as well."""

_LEAST_LEFT = 100_000_000
"""Bytes of memory that a helper program always gets."""


class Limits(NamedTuple):
    """Limits until an answer must be there."""

    cpu: float
    """Seconds of CPU time."""
    wall: float
    """Seconds of wall time."""
    memory: int
    """Memory in bytes."""


def limits_for(size: int) -> Limits:
    """Return the limits for reading `size` bytes."""
    further = max(size / 1e6 - 1, 0.0)
    cpu = _CPU + _CPU_PER_MB * further
    memory = min(_MEMORY + round(_MEMORY_PER_MB * further), _MOST_MEMORY)
    return Limits(cpu, _WALL + _WALL_PER_CPU * cpu, memory)


def hold_to(limits: Limits) -> None:
    """Enforce the limits on this process. The kernel kills it after the CPU time (SIGXCPU), and refuses more memory."""
    if resource is not None:
        _lower(resource.RLIMIT_CPU, round(time.process_time() + limits.cpu))
        _lower(resource.RLIMIT_DATA, limits.memory)  # macOS ignores it
        _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, to: int) -> None:
    """Lower the soft limit, within the hard one."""
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (to if hard == resource.RLIM_INFINITY else min(to, hard), hard))


def hold_helper(pid: int) -> None:
    """Limit a child process to this process's remaining CPU time. The memory limit is inherited."""
    if resource is None or not hasattr(resource, "prlimit"):
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        left = max(round(soft - time.process_time()), 1)
        resource.prlimit(pid, resource.RLIMIT_CPU, (left, hard))


def memory_left() -> int | None:
    """Return the bytes that child processes may use besides this process; None without a limit."""
    if resource is None:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY:
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return max(soft - used, _LEAST_LEFT)
