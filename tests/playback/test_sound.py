"""What a listener hears of the real program, recorded from the monitor of a PulseAudio null sink."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing import Voicing
from player.speech.choosing.registry import profile
from player.speech.process.host import Worker
from player.story.opening import load
from player.utterance.script import Script
from tests.support.pulse import null_sink

RATE = 22050
LEAST_GAP = RATE // 200
"""Samples of a gap, or of a pause that is too long, that can be heard."""
STORY = """A heading\n\nThe first paragraph has two sentences. This is the second, and it is a little longer.\n
The last paragraph ends the story.\n"""


def rendered(story: Path, cache: Path) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """The timeline's samples, and its sentences as (first, last) sample."""
    worker = Worker.start("pyttsx3", "", "en")
    script = Script(load(str(story)), language="en").spoken_by(profile("pyttsx3").manner)
    timeline = Timeline(script, RATE)
    renderer = Renderer(timeline, Voicing(worker.hello(), lambda: worker, worker), DiskCache(cache), workers=1)
    try:
        parts = []
        for block in range(len(script)):
            for utterance in range(len(script.utterances(block))):
                segment = renderer.segment(block, utterance)
                assert segment is not None
                parts.append((block, utterance, np.frombuffer(segment.pcm, np.int16)))
        pcm = np.zeros(timeline.duration, np.int16)
        sentences = []
        for block, utterance, part in parts:
            start = timeline.start(block, utterance)
            pcm[start : start + len(part)] = part
            sentences.append((start, start + len(part)))
        return pcm, sentences
    finally:
        renderer.close()


def longest_silence(pcm: np.ndarray) -> int:
    """Samples of the longest run of exact zeros."""
    loud = np.flatnonzero(pcm)
    return int(np.diff(loud).max()) if len(loud) > 1 else len(pcm)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    return file


def record(story: Path, folder: Path, cache: Path) -> np.ndarray:
    """What a listener hears of the whole program."""
    folder.mkdir()
    with null_sink(folder, RATE) as sink, sink.recording() as heard:
        command = [sys.executable, "-m", "player", str(story), "--plain", "--engine", "pyttsx3"]
        said = subprocess.run(
            command,
            env={**sink.environment, "LISTEN_CACHE_DIR": str(cache)},
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert said.returncode == 0, said.stderr
    assert said.stderr == ""
    assert said.stdout.splitlines() == [
        "A heading",
        "The first paragraph has two sentences.",
        "This is the second, and it is a little longer.",
        "The last paragraph ends the story.",
    ]
    return np.fromfile(heard, np.int16)


def place_of(sentence: np.ndarray, recording: np.ndarray) -> int | None:
    """The sample of a recording at which a sentence begins; None when it is not there without a gap."""
    size = 1 << (len(recording) + len(sentence)).bit_length()
    wanted, heard = sentence.astype(np.float64), recording.astype(np.float64)
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)))
    energy = np.concatenate([[0.0], np.cumsum(heard * heard)])
    likeness = products[: len(heard) - len(wanted) + 1] / np.sqrt(
        np.maximum(energy[len(wanted) :] - energy[: -len(wanted)], 1.0) * (wanted @ wanted)
    )
    if not len(likeness) or likeness.max() <= 0.99:
        return None
    first = int(np.argmax(likeness))
    gap = longest_silence(recording[first : first + len(sentence)]) - longest_silence(sentence)
    return first if gap <= LEAST_GAP else None


def test_the_recording_equals_the_rendered_speech(tmp_path: Path, story: Path) -> None:
    """PulseAudio and its recorder run without real-time rights here: where the machine is taken from them for some
    50 ms, they drop sound that they were given. So each sentence, and each pause, is to be heard whole once."""
    whole, joined = set[int](), set[int]()
    for attempt in range(20):
        recording = record(story, tmp_path / f"run{attempt}", tmp_path / "cache")
        expected, sentences = rendered(story, tmp_path / "cache")
        places = [place_of(expected[first:last], recording) for first, last in sentences]
        for n, (place, (first, _)) in enumerate(zip(places, sentences, strict=True)):
            if place is None:
                continue
            whole.add(n)
            before = places[n - 1] if n else None
            if before is not None and abs(place - before - (first - sentences[n - 1][0])) <= LEAST_GAP:
                joined.add(n)
        if len(whole) == len(sentences) == len(joined) + 1:
            return
    pytest.fail(f"never heard whole: of {len(sentences)} sentences only {whole}, after the right pause {joined}")


def test_without_a_sound_device_stories_play_silently_and_say_so_once(tmp_path: Path, story: Path) -> None:
    story.write_text("Hello there.")
    other = tmp_path / "other.txt"
    other.write_text("Hello again.")
    environment = {**os.environ, "LISTEN_CACHE_DIR": str(tmp_path / "cache"), "LISTEN_NEXT_STORY": "show"}
    environment |= {"XDG_RUNTIME_DIR": str(tmp_path), "PULSE_SERVER": f"unix:{tmp_path}/none"}
    environment |= {"ALSA_CONFIG_PATH": str(tmp_path / "none"), "JACK_NO_START_SERVER": "1"}
    said = subprocess.run(
        [
            sys.executable,
            "-m",
            "player",
            str(story),
            str(other),
            "--plain",
            "--engine",
            "pyttsx3",
            "--next-story",
            "show",
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.returncode == 0
    assert said.stdout == "Hello there.\nHello again.\n"
    assert said.stderr == "listen: No sound device can be opened: the story plays silently.\n"
