"""A PulseAudio server for tests, with null sinks whose monitor is recorded: what a listener would hear.

It can be killed and restarted, frozen, and lose its sinks, like a real one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.programs import require
from tests.support.waiting import wait_until

_MAIN = "cap"
_RECORDERS = 4
_PATIENCE = 15.0
"""Seconds in which a recorder has begun, on a machine however slow."""


@dataclass
class Server:
    """A sound server, running or not, at one address."""

    folder: Path
    rate: int
    """Sample rate of the sinks, so that nothing is resampled on the way."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables for a process that plays into it."""
        return {**os.environ, **self.variables}

    @property
    def variables(self) -> dict[str, str]:
        """Those of the variables that concern the server; with them, ALSA and JACK are unavailable."""
        home = str(self.folder)
        address = f"unix:{self.folder}/native"
        return {"XDG_RUNTIME_DIR": home, "HOME": home, "PULSE_SERVER": address, "JACK_NO_START_SERVER": "1"} | {
            "ALSA_CONFIG_PATH": f"{home}/none"
        }

    def start(self) -> None:
        """Start the server with one sink, and wait for that."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        command += ["--disallow-exit", "--realtime=no", "--high-priority=no"]
        command += ["-L", f"module-native-protocol-unix socket={self.folder}/native auth-anonymous=1"]
        command += ["-L", f"module-null-sink sink_name={_MAIN} rate={self.rate} channels=1"]
        said = self.folder / "server.txt"
        with said.open("w") as errors:
            self._process = subprocess.Popen(command, env=self.environment, stdout=errors, stderr=errors)
        try:
            wait_until(lambda: _MAIN in self._pactl("list", "short", "sinks"), "PulseAudio to answer")
        except AssertionError as error:
            raise AssertionError(f"{error}: {self._process.poll()}, {said.read_text()}") from None

    def kill(self) -> None:
        """Kill the server."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Stop the server from answering."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def add_sink(self, name: str = _MAIN) -> None:
        """Add a sink, which programs show by its name."""
        shown = f"sink_properties=device.description={name}"
        self._pactl("load-module", "module-null-sink", f"sink_name={name}", f"rate={self.rate}", "channels=1", shown)

    def remove_sink(self, name: str = _MAIN) -> None:
        """Remove a sink."""
        modules = self._pactl("list", "short", "modules").splitlines()
        self._pactl("unload-module", next(line.split()[0] for line in modules if f"sink_name={name}" in line))

    def suspend_sink(self, suspended: bool) -> None:
        """Suspend the sink, or resume it."""
        self._pactl("suspend-sink", _MAIN, str(int(suspended)))

    def make_default(self, name: str) -> None:
        """Send new sound to another sink."""
        self._pactl("set-default-sink", name)

    def move_sound(self, name: str) -> None:
        """Move all playing sound to another sink."""
        for line in self._pactl("list", "short", "sink-inputs").splitlines():
            self._pactl("move-sink-input", line.split()[0], name)

    @property
    def clients(self) -> int:
        """Number of connections."""
        return sum("pactl" not in line for line in self._pactl("list", "short", "clients").splitlines())

    @property
    def streams(self) -> int:
        """Number of streams, with or without sound."""
        return len(self._pactl("list", "short", "sink-inputs").splitlines())

    def streams_of(self, name: str) -> int:
        """Number of streams into a sink."""
        sinks = [line.split() for line in self._pactl("list", "short", "sinks").splitlines()]
        number = next(sink[0] for sink in sinks if sink[1] == name)
        return sum(line.split()[1] == number for line in self._pactl("list", "short", "sink-inputs").splitlines())

    @contextmanager
    def recording(self, name: str = _MAIN) -> Iterator[Path]:
        """Context: record what is heard, as raw 16-bit mono, until the end or until the sink is removed. (An idle null
        sink takes two seconds of sound at a time; a recorded one does not.)"""
        file = self.folder / f"heard-{name}.raw"
        command = ["parec", "-d", f"{name}.monitor", "--raw", "--format=s16le", "--channels=1"]
        command += [f"--rate={self.rate}", "--latency-msec=10", str(file)]
        with self._recorder(command, file) as recorder:
            try:
                yield file
            finally:
                recorder.terminate()

    def _recorder(self, command: list[str], file: Path) -> subprocess.Popen[bytes]:
        """Return a recorder that records: now and then the server gives a new one nothing."""
        said = self.folder / "recorder.txt"
        for _ in range(_RECORDERS):
            file.unlink(missing_ok=True)
            with said.open("w") as errors:
                recorder = subprocess.Popen(command, env=self.environment, stderr=errors)
            end = time.monotonic() + _PATIENCE
            while recorder.poll() is None and time.monotonic() < end:
                if file.exists() and file.stat().st_size > 0:
                    return recorder
                time.sleep(0.005)
            recorder.kill()
            recorder.wait()
        known = self._pactl("list", "short")
        raise AssertionError(f"{command[2]} cannot be recorded: {said.read_text()}\n{known}")

    def _pactl(self, *words: str) -> str:
        return subprocess.run(["pactl", *words], env=self.environment, capture_output=True, text=True).stdout


@contextmanager
def pulse_server(folder: Path, rate: int = 22050) -> Iterator[Server]:
    """Context: a server, not yet started; ended with the block."""
    require("pulseaudio", "parec", "pactl")
    server = Server(folder, rate)
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def null_sink(folder: Path, rate: int = 22050) -> Iterator[Server]:
    """Context: a running server."""
    with pulse_server(folder, rate) as server:
        server.start()
        yield server
