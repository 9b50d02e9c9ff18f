"""A PulseAudio server of our own with null sinks, whose monitor is recorded: what a listener would hear.

It can be killed and started again, frozen, and its sinks taken away, as a real one's are.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.programs import require
from tests.support.waiting import wait_until

_MAIN = "cap"


@dataclass
class Server:
    """A server, running or not, at one address."""

    folder: Path
    rate: int
    """The sinks' own, so that nothing is resampled on the way."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to play into it."""
        return {**os.environ, **self.variables}

    @property
    def variables(self) -> dict[str, str]:
        """The part of it that is the server's; with it, ALSA and JACK are not there."""
        home = str(self.folder)
        address = f"unix:{self.folder}/native"
        return {"XDG_RUNTIME_DIR": home, "HOME": home, "PULSE_SERVER": address, "JACK_NO_START_SERVER": "1"} | {
            "ALSA_CONFIG_PATH": f"{home}/none"
        }

    def start(self) -> None:
        """Start it, with one sink, and wait until that is there."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        command += ["--disallow-exit", "--realtime=no", "--high-priority=no"]
        command += ["-L", f"module-native-protocol-unix socket={self.folder}/native auth-anonymous=1"]
        command += ["-L", f"module-null-sink sink_name={_MAIN} rate={self.rate} channels=1"]
        self._process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: _MAIN in self._pactl("list", "short", "sinks"), "PulseAudio to answer")

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Have it answer nothing from now on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Have it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def add_sink(self, name: str = _MAIN) -> None:
        """One (more) sink."""
        self._pactl("load-module", "module-null-sink", f"sink_name={name}", f"rate={self.rate}", "channels=1")

    def remove_sink(self, name: str = _MAIN) -> None:
        """Take a sink away."""
        modules = self._pactl("list", "short", "modules").splitlines()
        self._pactl("unload-module", next(line.split()[0] for line in modules if f"sink_name={name}" in line))

    def suspend_sink(self, suspended: bool) -> None:
        """Have the sink stand still, or go on."""
        self._pactl("suspend-sink", _MAIN, str(int(suspended)))

    def make_default(self, name: str) -> None:
        """Have new sound go to another sink."""
        self._pactl("set-default-sink", name)

    def move_sound(self, name: str) -> None:
        """Have all sound that plays go to another sink."""
        for line in self._pactl("list", "short", "sink-inputs").splitlines():
            self._pactl("move-sink-input", line.split()[0], name)

    @property
    def clients(self) -> int:
        """How many processes are connected, or how often."""
        return sum("pactl" not in line for line in self._pactl("list", "short", "clients").splitlines())

    @property
    def streams(self) -> int:
        """How many play into it, whether there is a sound or not."""
        return len(self._pactl("list", "short", "sink-inputs").splitlines())

    @contextmanager
    def recording(self, name: str = _MAIN) -> Iterator[Path]:
        """Record what is heard, as raw 16-bit mono, until the end of the with block or of the sink.

        A null sink that nobody listens to closely takes two seconds of sound at a time; one that is recorded does not.
        """
        file = self.folder / f"heard-{name}.raw"
        file.unlink(missing_ok=True)
        command = ["parec", "-d", f"{name}.monitor", "--raw", "--format=s16le", "--channels=1"]
        command += [f"--rate={self.rate}", "--latency-msec=10", str(file)]
        with subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL) as recorder:
            try:
                wait_until(lambda: file.exists() and file.stat().st_size > 0, "the recorder to record")
                yield file
            finally:
                recorder.terminate()

    def _pactl(self, *words: str) -> str:
        return subprocess.run(["pactl", *words], env=self.environment, capture_output=True, text=True).stdout


@contextmanager
def pulse_server(folder: Path, rate: int = 22050) -> Iterator[Server]:
    """A server that is not started yet, and has ended at the end of the with block."""
    require("pulseaudio", "parec", "pactl")
    server = Server(folder, rate)
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def null_sink(folder: Path, rate: int = 22050) -> Iterator[Server]:
    """A server that runs."""
    with pulse_server(folder, rate) as server:
        server.start()
        yield server
