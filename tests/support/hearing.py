"""A player recorded at its sound server, so that what is heard can be compared with what the player reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.notices import Notices
from player.playback.output.supervised import SupervisedOutput
from player.playback.player import Player
from player.utterance.script import Script
from tests.support.pulse import Server
from tests.support.stories import story_of
from tests.support.waiting import wait_until

_SENTENCES = (
    "Nobody in the town went to sleep before the lamp was lit, and number {0} was no exception.",
    "The keeper climbed {1} steps every evening with a can of oil, and counted them aloud on the way.",
    "In the winter of the year {2} the boats came in late, so she put the kettle on and waited for them.",
)
_ENOUGH = 0.8
"""Least correlation of recorded and rendered sound."""


@dataclass
class Hearing:
    """A story playing, or about to, into a sound server."""

    player: Player
    server: Server
    story: np.ndarray
    """The story's sound."""

    @property
    def elapsed(self) -> float:
        """Seconds into the story."""
        return self.player.transport.position().elapsed / self.player.rate

    def said(self, words: str) -> bool:
        """Return True if the listener got a notice with these words. Each notice counts once."""
        found = next((notice for notice in tuple(self.player.notices) if words in notice), None)
        if found is not None:
            self.player.notices.remove(found)
        return found is not None

    def recast(self, voice: str) -> None:
        """Change the voice, and compare with it from now on, at its rate."""
        self.player.recast(voice)
        wait_until(lambda: self.player.wanted_voice is None, f"{voice} to speak")
        self.server.rate = self.player.rate
        self.story = _sound(self.player)

    def off_by(self, recording: Path) -> float | None:
        """Return the seconds between what was last heard and the player's place; None when it was not the story's
        sound."""
        rate = self.player.rate
        heard = np.frombuffer(recording.read_bytes()[: recording.stat().st_size // 2 * 2], np.int16)
        place = self.elapsed
        heard = heard[-rate:].astype(np.float64)
        if len(heard) < rate or not heard.any():
            return None
        first = max(int((place - 3.0) * rate), 0)
        part = self.story[first : first + 5 * rate].astype(np.float64)
        size = len(part) - len(heard) + 1
        if size < 1:
            return None
        spectrum = np.fft.rfft(part, 1 << 17) * np.conj(np.fft.rfft(heard, 1 << 17))
        products = np.fft.irfft(spectrum)[:size]  # 10 ms; np.correlate takes seconds
        sums = np.concatenate([[0.0], np.cumsum(part * part)])
        energy = sums[len(heard) :] - sums[: -len(heard)]
        likeness = products / np.sqrt(np.maximum(energy, 1.0) * (heard @ heard))
        best = int(np.argmax(likeness))
        if likeness[best] < _ENOUGH:
            return None
        return abs((first + best + len(heard)) / rate - place)


@contextmanager
def hearing(server: Server, cache: Path, *, pause_without_sound: bool = False, device: str = "") -> Iterator[Hearing]:
    """Yield a player of a story of two minutes, rendered completely, in this process; paused at first."""
    before = {name: os.environ.get(name) for name in server.variables}
    os.environ.update(server.variables)
    texts = [" ".join(s.format(n + 3, 7 * n + 30, 1800 + 11 * n) for s in _SENTENCES) for n in range(9)]
    narrator, notices = VoiceProcess.start("pyttsx3", "", "en").voicing(), Notices()
    player = Player.open(
        Script(story_of(*texts), language="en"),
        narrator,
        SupervisedOutput(narrator.rate, notices.append, device=device),
        DiskCache(cache),
        notices=notices,
        pause_without_sound=pause_without_sound,
    )
    try:
        yield Hearing(player, server, _sound(player))
    finally:
        player.close()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def heard_at_its_place(heard: Hearing, sink: str = "cap") -> None:
    """What comes out of a sink is what the player says it plays."""
    with heard.server.recording(sink) as recording:
        wait_until(lambda: heard.off_by(recording) is not None, "the story to be heard")
        wait_until(lambda: (heard.off_by(recording) or 1) < 0.15, "the word that sounds to be the one that is shown")


def _sound(player: Player) -> np.ndarray:
    parts = []
    for block in range(len(player.script)):
        for utterance in range(len(player.timeline.utterances(block))):
            segment = player.renderer.segment(block, utterance)
            assert segment is not None
            parts.append((block, utterance, np.frombuffer(segment.pcm, np.int16)))
    pcm = np.zeros(player.timeline.duration, np.int16)
    for block, utterance, part in parts:
        start = player.timeline.start(block, utterance)
        pcm[start : start + len(part)] = part
    return pcm
