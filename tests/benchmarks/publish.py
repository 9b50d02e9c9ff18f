"""Publishing many stories: what two cores gain, what it costs beside rendering and encoding, memory, and a second run.

Words: the number of stories for the cores (200), of their paragraphs (all), then the numbers for memory (20 2000). The
stories say different things, but for a byline and a disclaimer, which all have.

"One core" is held to one by the system: with `--cores 1` alone, one process speaks while another encodes, which takes
1.3 cores. On a machine that others load, only processor seconds tell, unless the system lets this go first:
`sudo chrt -r 10 .venv/bin/python -m tests.benchmarks publish 24 3`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measuring import NEURAL, PeakMemory, numbered
from tests.benchmarks.start import used_by_children
from tests.support.stories import ARTICLE

_PLUGINS = Path(__file__).parents[1] / "support" / "plugins"


def run(folder: Path, *words: str) -> None:
    """Print the figures."""
    count, paragraphs, *sizes = (int(word) for word in words or ("200", "0", "20", "2000"))
    many = stories(folder / "many", count, paragraphs or None)
    both = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(both)})  # and so for its children
    one = _published(many, folder / "one", "--engine", NEURAL, "--cores", "1", cache=folder / "cache-one")
    os.sched_setaffinity(0, both)
    two = _published(many, folder / "two", "--engine", NEURAL, "--cores", "2", cache=folder / "cache-two")
    print(
        f"{count} stories, {NEURAL}: one core {one[0]:.1f} s, two {two[0]:.1f} s: {one[0] / two[0]:.2f} x", flush=True
    )
    alone = [_least(many, cores) for cores in (1, 2)]
    print(
        f"processor seconds: {one[1]:.1f} and {two[1]:.1f}; rendering and encoding alone, on as many cores, "
        f"{alone[0]:.1f} and {alone[1]:.1f}: {one[1] / alone[0] - 1:+.0%} and {two[1] / alone[1] - 1:+.0%}",
        flush=True,
    )
    again = _published(many, folder / "two", "--engine", NEURAL, cache=folder / "cache-two")
    first = next(many.iterdir())
    first.write_text(first.read_text().replace("Thursday", "Friday", 1))
    changed = _published(many, folder / "two", "--engine", NEURAL, cache=folder / "cache-two")
    print(f"again, without changes: {again[0]:.2f} s; with one story changed {changed[0]:.2f} s")
    for size in sizes:
        print(f"{size} stories, tone engine: {_memory(folder, size):.0f} MB at most in its own process")


def stories(folder: Path, count: int, paragraphs: int | None = None) -> Path:
    """Write so many stories into a folder: the article, or its first paragraphs, numbered so that no sentence is said
    in two of them."""
    folder.mkdir()
    lines = [line for line in ARTICLE.read_text().splitlines() if line and "Listen To Story" not in line][:paragraphs]
    for n in range(count):
        said = [found if (found := numbered(line, n)) != line else f"{line} {n}" for line in lines]
        folder.joinpath(f"{n:04}.txt").write_text("\n\n".join([*said, "Told by Ann Author.", "All rights reserved."]))
    return folder


def _least(many: Path, cores: int) -> float:
    """Return the processor seconds of rendering and encoding alone, in as many processes at the same time: two cores
    that share caches are each a little slower than one alone."""
    before = used_by_children()
    commands = [
        [sys.executable, "-c", f"from tests.benchmarks.publish import least; least({str(many)!r}, {part}, {cores})"]
        for part in range(cores)
    ]
    for process in [subprocess.Popen(command) for command in commands]:
        assert process.wait() == 0
    return used_by_children() - before


def least(folder: str, part: int, parts: int) -> None:
    """Render every sentence of a part of the stories once, and encode each of them as MP3 and Opus: no more."""
    from lameenc import Encoder

    from player.audio.timeline import Timeline
    from player.export.sound import opus_sound
    from player.speech.choosing.registry import manner
    from player.speech.process.host import Worker
    from player.story.model import Story
    from player.story.opening import load
    from player.utterance.script import Script

    said: dict[str, bytes] = {}
    with Worker.start(NEURAL, "", "en") as worker:
        rate = worker.hello().voice.sample_rate
        for path in sorted(Path(folder).iterdir())[part::parts]:
            story = load(str(path))
            assert isinstance(story, Story)
            script = Script(story, language="en").spoken_by(manner(NEURAL))
            timeline, pcm = Timeline(script, rate), bytearray()
            for block in range(len(script)):
                for one in script.utterances(block):
                    if one.spoken not in said:
                        said[one.spoken] = worker.render(one.spoken).pcm
                    pcm += said[one.spoken] + bytes(int(timeline.pause(one) * rate) * 2)
            encoder = Encoder()
            encoder.set_channels(1)
            encoder.set_in_sample_rate(rate)
            encoder.set_bit_rate(64)
            encoder.set_quality(7)
            encoder.silence()
            encoder.encode(bytes(pcm))
            encoder.flush()
            opus_sound.codec(rate, opus_sound.BITRATE).encode(pcm)


def _published(many: Path, site: Path, *options: str, cache: Path) -> tuple[float, float]:
    """Publish; return wall and processor seconds."""
    command = [sys.executable, "-m", "player", "publish", str(many), "-o", str(site), *options]
    return _timed([*command, "--cache-dir", str(cache), "--cache-limit", "20"])


def _timed(command: list[str]) -> tuple[float, float]:
    before, began = used_by_children(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began, used_by_children() - before


def _memory(folder: Path, count: int) -> float:
    """Publish so many short stories in tones; return the most memory of the process itself, in MB."""
    many = stories(folder / f"tone-{count}", count, paragraphs=2)
    command = [sys.executable, "-m", "player", "publish", str(many), "-o", str(folder / f"tone-site-{count}")]
    process = subprocess.Popen(
        [*command, "--engine", "tone", "--cores", "2", "--cache-dir", str(folder / f"tone-cache-{count}")],
        env={**os.environ, "PYTHONPATH": str(_PLUGINS)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = PeakMemory(process.pid)
    assert process.wait() == 0
    peak.stop()
    return peak.own
