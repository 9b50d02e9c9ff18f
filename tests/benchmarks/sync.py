"""The place the player says it is at, against the sound that a listener hears at that moment.

The monitor of a null sink is recorded with the time at which each piece arrived; half a second around a moment is
then looked for in the story's own samples. The figure is how far the said place is ahead of the heard one. What
the recording itself is late by (under 10 ms) makes the player look behind by as much.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from player.audio.store.cache import DiskCache
from player.audio.tempo import Tempo
from player.audio.voicing.process import VoiceProcess
from player.playback.output.supervised import SupervisedOutput
from player.playback.player import Player
from player.playback.position import State
from player.story.opening import load
from player.utterance.script import Script
from tests.benchmarks.measuring import ENGINES
from tests.support.pulse import Server, null_sink
from tests.support.stories import ARTICLE

_SPEEDS = (0.5, 1.0, 2.0, 4.0)
_STEPS = 50
"""Random seeks, each with a random change of speed; every fifth with a pause between."""
_SECONDS = 1.5
"""Seconds heard after each."""
_SETTLED = 0.3
"""Seconds after a step whose half second around holds sound from before it."""
_BOUND = 40.0
"""Milliseconds."""


@dataclass
class Recording:
    """What was heard, and when each piece of it arrived."""

    rate: int
    pieces: list[bytes] = field(default_factory=list)
    arrivals: list[tuple[float, int]] = field(default_factory=list)
    samples: int = 0

    def listen(self, recorder: subprocess.Popen[bytes]) -> None:
        assert recorder.stdout is not None
        while piece := os.read(recorder.stdout.fileno(), 65536):
            self.arrivals.append((time.monotonic(), self.samples))
            self.samples += len(piece) // 2
            self.pieces.append(piece)

    def around(self, moment: float) -> NDArray[np.float64]:
        """Half a second of sound with the moment in its middle."""
        began = min(when - samples / self.rate for when, samples in self.arrivals[5:])
        middle = int((moment - began) * self.rate)
        self.pieces = [b"".join(self.pieces)]
        sound = np.frombuffer(self.pieces[0], np.int16)
        return sound[middle - self.rate // 4 : middle + self.rate // 4].astype(np.float64)


def run(folder: Path) -> None:
    """Print the figures."""
    for engine in ENGINES:
        place = folder / engine
        place.mkdir()
        with null_sink(place, 24_000 if engine == "hibari" else 22_050) as sink:
            os.environ.update(sink.environment)
            measure(engine, place, sink)


def measure(engine: str, folder: Path, sink: Server) -> None:
    """Play, jump and change speed, noting the position all along; then compare."""
    script = Script(load(str(ARTICLE)), language="en")
    narrator = VoiceProcess.start(engine, "", "en").voicing()
    output = SupervisedOutput(narrator.rate, print)
    player = Player.open(script, narrator, output, DiskCache(folder / "cache"))
    recording = Recording(player.timeline.rate)
    command = ["parec", "-d", "cap.monitor", "--raw", "--format=s16le", "--channels=1"]
    command += [f"--rate={player.timeline.rate}", "--latency-msec=10"]
    chance = random.Random(50)
    noted: dict[float, list[tuple[float, float, int]]] = {}
    story = whole(player)
    with subprocess.Popen(command, env=sink.environment, stdout=subprocess.PIPE) as recorder:
        listener = threading.Thread(target=recording.listen, args=(recorder,), daemon=True)
        listener.start()
        while recording.samples == 0:
            time.sleep(0.01)
        player.transport.play()
        for step in range(_STEPS):
            if step % 5 == 4:
                player.transport.pause()
                time.sleep(0.2)
            speed = player.transport.speed = chance.choice(_SPEEDS)
            last = player.timeline.duration - 2 * int(_SECONDS * speed * player.timeline.rate)
            player.navigation.seek_sample(chance.randrange(last))
            player.transport.play()
            begun = time.monotonic()
            while (now := time.monotonic()) < begun + _SECONDS:
                time.sleep(0.05)
                position = player.transport.position()
                settled = begun + _SETTLED < now < begun + _SECONDS - _SETTLED
                if settled and position.state is State.PLAYING and position.word:
                    noted.setdefault(speed, []).append((time.monotonic(), speed, position.elapsed))
        time.sleep(0.5)
        recorder.terminate()
        listener.join()
    for speed, moments in sorted(noted.items()):
        errors = [e for m in moments if (e := error(recording, story, *m)) is not None]
        late = sum(abs(e) > _BOUND for e in errors)
        print(
            f"{engine}, {_STEPS} seeks, at {speed:g}x: median {np.median(errors):+.0f} ms, 95 % within "
            f"{np.percentile(np.abs(errors), 95):.0f} ms, worst {max(errors, key=abs):+.0f} ms; {late} of "
            f"{len(errors)} moments more than {_BOUND:.0f} ms apart"
        )
    player.close()


def whole(player: Player) -> NDArray[np.int16]:
    """All samples of the story."""
    pcm = bytearray()
    for block in range(len(player.script)):
        for utterance in range(len(player.timeline.utterances(block))):
            segment = player.renderer.segment(block, utterance)
            assert segment is not None
            pcm += bytes(player.timeline.start(block, utterance) * 2 - len(pcm)) + segment.pcm
    return np.frombuffer(bytes(pcm), np.int16)


def correlated(long: NDArray[np.float64], short: NDArray[np.float64]) -> NDArray[np.float64]:
    """`np.correlate(long, short, "valid")` by Fourier transforms: 5 ms for two seconds, instead of 500."""
    size = 1 << (len(long) + len(short) - 1).bit_length()
    product = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    return np.fft.irfft(product, size)[: len(long) - len(short) + 1]


def error(recording: Recording, story: NDArray[np.int16], moment: float, speed: float, elapsed: int) -> float | None:
    """Milliseconds that the said place is ahead of the heard one; None where the sound is not telling."""
    heard = recording.around(moment)
    first = max(0, int(elapsed - recording.rate * speed))
    near = story[first : int(elapsed + recording.rate * speed)]
    if speed != 1.0:
        tempo = Tempo(recording.rate, speed)
        near = np.frombuffer(tempo.push(near.tobytes()) + tempo.flush(), np.int16)
    if np.abs(heard).max(initial=0) < 1000 or len(near) < len(heard):
        return None
    near = near.astype(np.float64)
    squares = np.concatenate(([0.0], np.cumsum(near**2)))
    energy = np.sqrt((squares[len(heard) :] - squares[: -len(heard)]) * np.sum(heard**2)) + 1
    match = correlated(near, heard) / energy
    best = int(np.argmax(match))
    if match[best] < (0.95 if speed == 1.0 else 0.6):
        return None
    said = (elapsed - first) / speed
    return float((said - best - len(heard) / 2) / recording.rate * 1000)
