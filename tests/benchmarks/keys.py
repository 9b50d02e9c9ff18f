"""From a key press to the first sound of its target handed to the device: cached, and not cached."""

from __future__ import annotations

import os
import statistics
import threading
import time
from pathlib import Path

from player.audio.rendering.renderer import AHEAD
from player.audio.store.cache import DiskCache
from player.audio.voicing.process import VoiceProcess
from player.notices import Notices
from player.playback.output import Idle, Pull
from player.playback.output.supervised import SupervisedOutput
from player.playback.player import Player
from player.playback.position import State
from player.story.opening import load
from player.utterance.script import Script
from tests.benchmarks.measuring import ENGINES, article_times
from tests.support.pulse import null_sink


class WatchedOutput(SupervisedOutput):
    """A device that notes when it is handed sound again after it was told to watch."""

    def start(self, pull: Pull, idle: Idle) -> None:
        self.sound = threading.Event()
        self.at = 0.0

        def watched(frames: int) -> bytes:
            pcm = pull(frames)
            if not self.sound.is_set() and self.fresh():
                self.at = time.perf_counter()
                self.sound.set()
            return pcm

        self.fresh = lambda: False
        super().start(watched, idle)


def run(folder: Path) -> None:
    """Print the figures."""
    story = load(str(article_times(60, folder)))
    # Recorded all along: a null sink that nobody listens to closely takes two seconds of sound at a time.
    with null_sink(folder) as sink, sink.recording():
        os.environ.update(sink.environment)
        for engine in ENGINES:
            script = Script(story, language="en")
            narrator, notices = VoiceProcess.start(engine, "", "en").voicing(), Notices()
            output = WatchedOutput(narrator.rate, notices.append)
            player = Player.open(script, narrator, output, DiskCache(folder / "cache"), notices=notices)
            player.transport.play()
            cold = [jump(player, 5 + n * (AHEAD + 5)) for n in range(15)]
            warm = [jump(player, 5 + n * (AHEAD + 5)) for n in range(15)]
            print(
                f"{engine}: cached {1000 * statistics.median(warm):.0f} ms (worst {1000 * max(warm):.0f}), "
                f"not cached {1000 * statistics.median(cold):.0f} ms (worst {1000 * max(cold):.0f})"
            )
            player.close()


def jump(player: Player, block: int) -> float:
    """Seconds from the key press to the first frames of its target."""
    transport = player.transport
    output = player.output
    assert isinstance(output, WatchedOutput)
    while transport.position().state is not State.PLAYING:
        time.sleep(0.01)
    output.fresh = lambda: transport.handed > 0
    time.sleep(0.3)
    began = time.perf_counter()
    player.navigation.seek(block, 0)
    output.sound.clear()
    output.sound.wait(10)
    return output.at - began
