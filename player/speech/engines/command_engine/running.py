"""Running a program with a time limit, so that it ends with this process, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from player.speech.kit import EngineError

_GUARD = "import os, signal, sys; sys.stdin.buffer.read(); os.killpg(0, signal.SIGKILL)"
"""Ends its process group, with the programs in it, when the pipe from this process closes."""


class Runner:
    """Runs programs one after the other, in the process group of a guard (except on Windows, which has none)."""

    def __init__(self) -> None:
        self._guard: subprocess.Popen[bytes] | None = None

    def run(self, arguments: Sequence[str], told: str | None, out: Path | None, seconds: float) -> None:
        """Run a program to its end. `told` is its standard input, `out` the file for its standard output.

        Raises EngineError when it cannot be started, fails, or takes longer than `seconds`.
        """
        name = Path(arguments[0]).name
        with (out or Path(os.devnull)).open("wb") as sound:
            try:
                process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL if told is None else subprocess.PIPE,
                    stdout=sound,
                    stderr=subprocess.PIPE,
                    process_group=self._group(),
                )
            except (OSError, ValueError) as e:
                reason = e.strerror if isinstance(e, OSError) else str(e)
                raise EngineError(f"{name} cannot be started ({reason})", "see [engines.command]") from e
            try:
                _, errors = process.communicate(None if told is None else told.encode(), timeout=seconds)
            except subprocess.TimeoutExpired as e:
                self._kill(process)
                raise EngineError(f"{name} did not end within {seconds:.0f} s") from e
        if process.returncode:
            lines = errors.decode(errors="replace").strip().splitlines()
            said = f": {lines[-1][:200]}" if lines else ""
            raise EngineError(f"{name} failed (exit code {process.returncode}){said}")

    def _group(self) -> int | None:
        """Return the guard's process group; None where there is none."""
        if os.name != "posix":
            return None
        if self._guard is None:
            self._guard = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _GUARD],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        return self._guard.pid

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        """End the program and what it has started."""
        process.kill()
        if self._guard is not None:
            with suppress(OSError):
                os.killpg(self._guard.pid, signal.SIGKILL)
            self._guard.wait()
            self._guard = None
        with suppress(subprocess.TimeoutExpired):  # what it has started elsewhere may keep the pipe open
            process.communicate(timeout=1.0)
