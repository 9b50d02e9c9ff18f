"""Every engine's first English voice: speed on one core, gain of a second worker, memory; the change to another voice
while playing; and the loudness of exported stories. `voices loudness` measures the last alone."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from player.audio.store.cache import MemoryCache
from player.audio.voicing.process import VoiceProcess
from player.playback.output import SilentOutput
from player.playback.player import Player
from player.playback.position import State
from player.speech.engine import Voice
from player.speech.process.host import Worker
from player.speech.survey import Survey
from player.story.language_tag import same_language
from player.story.opening import load
from player.utterance.script import Script
from tests.benchmarks.idle import spent
from tests.benchmarks.measuring import article_times
from tests.support.stories import ARTICLE

_SENTENCES = 4
_STORIES = 10


def run(folder: Path, *what: str) -> None:
    """Print the figures."""
    voices = list(_one_of_each_engine())
    if "loudness" not in what:
        for voice in voices:
            _speed(voice)
        _changes(voices)
    _loudness(folder, voices)


def _one_of_each_engine() -> Iterator[Voice]:
    for status in Survey().statuses():
        english = [voice for voice in status.voices if same_language(voice.language, "en")]
        yield from english[:1]


def _texts() -> list[str]:
    script = Script(load(str(ARTICLE)), language="en")
    said = [u.spoken for block in range(len(script)) for u in script.spoken_by().utterances(block)]
    return [text for text in said if len(text) > 60][:_SENTENCES]


def _speed(voice: Voice) -> None:
    texts = _texts()
    with _worker(voice) as one:
        cpu = _cpu(one)
        began = time.perf_counter()
        seconds = sum(_said(one, text) for text in texts)
        alone = time.perf_counter() - began
        used = _cpu(one) - cpu
        memory = psutil.Process(one.pid).memory_info().rss / 1e6
        with _worker(voice) as two:
            began = time.perf_counter()
            threads = [threading.Thread(target=lambda w=w: [_said(w, t) for t in texts]) for w in (one, two)]  # type: ignore[misc]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            both = time.perf_counter() - began
    print(
        f"{voice.id}: real-time factor {alone / seconds:.3f} ({used / seconds:.3f} of a core), "
        f"two workers {2 * alone / both:.2f} x one, {memory:.0f} MB a worker"
    )


@contextmanager
def _worker(voice: Voice) -> Iterator[Worker]:
    with Worker.start(voice.engine, voice.name, voice.language) as worker:
        worker.render("")
        worker.render("One.")
        yield worker


def _said(worker: Worker, text: str) -> float:
    speech = worker.render(text)
    return speech.samples / speech.sample_rate


def _cpu(worker: Worker) -> float:
    return spent(psutil.Process(worker.pid))


def _changes(voices: list[Voice]) -> None:
    """Print the seconds from asking for a voice until it speaks, while another plays; and from asking for the one
    before."""
    first = next(voice for voice in voices if voice.engine == "pyttsx3")
    others = ["pyttsx3:en-gb", *(voice.id for voice in voices if voice.engine != "pyttsx3")]
    for other in others:
        narrator = VoiceProcess.start(first.engine, first.name, "en").voicing()
        script, output = Script(load(str(ARTICLE)), language="en"), SilentOutput(narrator.rate)
        player = Player.open(script, narrator, output, MemoryCache(100_000_000))
        try:
            player.transport.play()
            _until(lambda player=player: player.transport.position().state is State.PLAYING)
            there, back = (_change(player, voice) for voice in (other, first.id))
            print(f"from {first.id} to {other}: {there:.2f} s; back: {back:.2f} s")
        finally:
            player.close()


def _change(player: Player, voice: str) -> float:
    began = time.perf_counter()
    player.recast(voice)
    _until(lambda: player.voice.id == voice and player.wanted_voice is None)
    _until(lambda: player.transport.position().state is State.PLAYING)
    return time.perf_counter() - began


def _until(holds: object) -> None:
    end = time.monotonic() + 30
    while not holds():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def _loudness(folder: Path, voices: list[Voice]) -> None:
    """Print how loud ten stories are in each voice: by FFmpeg's ebur128."""
    lines = article_times(1, folder).read_text().split("\n\n")[1:]
    stories = [folder / f"story-{n}.txt" for n in range(_STORIES)]
    for n, story in enumerate(stories):
        story.write_text("\n\n".join(lines[n % len(lines) :][:2]))
    for voice in voices:
        found = []
        for story in stories:
            out = story.with_suffix(".wav")
            command = [
                sys.executable,
                "-m",
                "player",
                "export",
                str(story),
                "-o",
                str(out),
                "--voice",
                voice.id,
                "--language",
                "en",
            ]
            subprocess.run(command, check=True, capture_output=True)
            command = ["ffmpeg", "-nostats", "-i", str(out), "-af", "ebur128=peak=true", "-f", "null", "-"]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
            loud = re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1]
            peak = re.findall(r"Peak:\s+(-?[\d.]+)", told)[-1]
            found.append((float(loud), float(peak)))
            out.unlink()
        louds, peaks = zip(*found, strict=True)
        told = f"{min(louds):.1f} to {max(louds):.1f} LUFS, true peak at most {max(peaks):.1f} dB"
        print(f"{voice.id}: {_STORIES} stories, {told}")
