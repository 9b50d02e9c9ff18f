"""A PulseAudio server of our own with one null sink, whose monitor is recorded: what a listener would hear."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import require
from tests.support.waiting import wait_until


@dataclass(frozen=True)
class Sink:
    """A running null sink."""

    environment: dict[str, str]
    """What a process needs in its environment to play into it."""
    folder: Path
    rate: int

    @contextmanager
    def recording(self) -> Iterator[Path]:
        """Record what is heard, as raw 16-bit mono, until the end of the with block."""
        file = self.folder / "heard.raw"
        command = ["parec", "-d", "cap.monitor", "--raw", "--format=s16le", "--channels=1"]
        command += [f"--rate={self.rate}", "--latency-msec=10", str(file)]
        with subprocess.Popen(command, env=self.environment) as recorder:
            try:
                wait_until(lambda: file.exists() and file.stat().st_size > 0, "the recorder to record")
                yield file
            finally:
                recorder.terminate()


@contextmanager
def null_sink(folder: Path, rate: int = 22050) -> Iterator[Sink]:
    """Start the server; `rate` is the sink's own, so that nothing is resampled on the way."""
    require("pulseaudio", "parec", "pactl")
    socket = folder / "native"
    environment = {
        **os.environ,
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
    }
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    command += ["--disallow-exit", "--realtime=no", "--high-priority=no"]
    command += ["-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"]
    command += ["-L", f"module-null-sink sink_name=cap rate={rate} channels=1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until(lambda: _answers(environment), "PulseAudio to answer")
            yield Sink(environment, folder, rate)
        finally:
            server.terminate()


def _answers(environment: dict[str, str]) -> bool:
    asked = subprocess.run(["pactl", "list", "short", "sinks"], env=environment, capture_output=True, text=True)
    return "cap" in asked.stdout
