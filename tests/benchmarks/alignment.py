"""How far words are off that were aligned with espeak-ng, against the durations that a neural voice knows.

Beside it the proportional estimate. Sentences of the article and of ten other texts, every one of them up to `_MOST` a
text; a story of your own: `python -m tests.benchmarks alignment story.txt`.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from player.speech.aligner import estimate
from player.speech.alignment import Aligner
from player.speech.choosing import registry
from player.speech.engine import Speech
from player.speech.process.host import Worker
from player.speech.words import words
from player.story.opening import load
from player.utterance.script import Script
from tests.support.stories import ARTICLE, DATA

_ROOT = DATA.parents[1]
_STORIES = (
    ARTICLE,
    *(DATA / "pages" / f"{name}.html" for name in ("typewriter", "river", "beekeeper", "galley", "corn-mill")),
    _ROOT / "player" / "samples" / "the-lamp-room.md",
    *(_ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE")),
)
_MOST = 25
_ENGINES = {"hibari": "heart", "piper": "joe"}


@dataclass
class Figures:
    """What was measured of one engine."""

    aligned: list[float] = field(default_factory=list)
    """Seconds that a word's beginning is off."""
    estimated: list[float] = field(default_factory=list)
    sentences: int = 0
    trusted: int = 0
    unmarked: int = 0
    speech: float = 0.0
    """Seconds."""
    wall: float = 0.0


def run(folder: Path, *stories: str) -> None:
    """Print the figures of each installed engine that knows its word times."""
    paths = [Path(story) for story in stories] or list(_STORIES)
    texts = [text for path in paths for text in sentences(path)]
    for engine, voice in _ENGINES.items():
        if registry.profile(engine).missing:
            continue
        with Worker.start(engine, voice, "en") as worker:
            exact = [(text, worker.render(text)) for text in texts]
        before = _processor()
        figures = measure(exact)
        report(engine, figures, _processor() - before)


def sentences(path: Path) -> Iterator[str]:
    """Yield the spoken form of some sentences, evenly from the whole text."""
    script = Script(load(str(path)), language="en")
    said = (utterance.spoken for block in range(len(script)) for utterance in script.spoken(block))
    found = [text for text in said if any(map(str.isalpha, text))]
    yield from found[:: max(-(-len(found) // _MOST), 1)]


def measure(exact: list[tuple[str, Speech]]) -> Figures:
    """Align each sentence without its times, and compare."""
    figures = Figures()
    aligner = Aligner("en-US")
    for text, speech in exact:
        guess = replace(speech, marks=estimate(text, speech.pcm, speech.sample_rate), estimated=True)
        began = time.perf_counter()
        found = aligner.improved(text, guess)
        figures.wall += time.perf_counter() - began
        figures.speech += speech.samples / speech.sample_rate
        figures.sentences += 1
        figures.trusted += not found.estimated
        figures.unmarked += len(words(text)) - len(found.marks)
        figures.aligned += errors(speech, found)
        figures.estimated += errors(speech, guess)
    aligner.close()
    return figures


def errors(exact: Speech, found: Speech) -> list[float]:
    """Seconds that the beginnings of the words in `found` are off."""
    firsts = {mark.start: mark.first for mark in found.marks}
    said = [mark for mark in exact.marks if mark.first < mark.last and mark.start in firsts]
    return [abs(firsts[mark.start] - mark.first) / exact.sample_rate for mark in said]


def report(engine: str, figures: Figures, processor: float) -> None:
    print(
        f"{engine}: {figures.sentences} sentences, {figures.trusted} trusted, {len(figures.aligned)} words, "
        f"{figures.unmarked} unmarked; {figures.speech / processor:.0f} times real time (processor), "
        f"{figures.speech / figures.wall:.0f} (wall)"
    )
    for name, seconds in (("aligned", figures.aligned), ("estimate", figures.estimated)):
        median, most, nearly_all = 1000 * np.percentile(seconds, [50, 95, 99])
        print(f"  {name:9} median {median:4.0f} ms, 95th percentile {most:4.0f} ms, 99th {nearly_all:4.0f} ms")


def _processor() -> float:
    """Seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
