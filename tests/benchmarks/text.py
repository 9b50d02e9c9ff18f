"""How fast text becomes sentences, and sentences what is spoken; and how soon a book is open.

`python -m tests.benchmarks text FILE …`: how fast the paragraphs of stories are split, beside nupunkt where it is there
(`pip install nupunkt`): in turns, in processor time. Both keep what they found out about pairs of words, so that a text
is split faster when it is split again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from player.speech.choosing.registry import profile
from player.story.opening import load
from player.utterance.script import Script
from player.utterance.sentences.splitting import spans
from player.utterance.spoken.speakable import speakable
from tests.benchmarks.measuring import article_times

TABLE = Path(__file__).parents[1] / "utterance" / "spoken" / "spoken.tsv"


ROUNDS = 5


def run(folder: Path, *files: str) -> None:
    """Print the figures."""
    spans("Warm up, Dr. Smith. It is warm.")
    for name in files:
        _print_sentences(name, [block.text for block in load(name).blocks])
    if files:
        return
    file = article_times(1250, folder)
    size = file.stat().st_size / 1e6
    speakable("Warm up.", "en", profile("pyttsx3").manner)
    began = time.perf_counter()
    story = load(str(file))
    print(f"a book of {size:.1f} MB is read in {time.perf_counter() - began:.2f} s")
    texts = [block.text for block in story.blocks]
    _print_sentences("sentences", texts)
    sentences = [text[start:end] for text in texts for start, end in spans(text)]
    pairs = [line.split("\t")[1] for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    mixed = [f"{sentence[:80]} {pairs[i % len(pairs)]}" for i, sentence in enumerate(sentences[:9000])]
    dense = [" ".join(pairs[i : i + 3]) for i in range(len(pairs))] * 9
    for name, texts in (
        ("prose", sentences),
        ("a sum, date or name in every sentence", mixed),
        ("nothing but sums, dates and names", dense),
    ):
        began = time.perf_counter()
        for text in texts:
            speakable(text, "en", profile("pyttsx3").manner)
        print(f"spoken text, {name}: {sum(map(len, texts)) / 1e6 / (time.perf_counter() - began):.1f} MB/s")
    began = time.perf_counter()
    script = Script(story, language="en").spoken_by(profile("pyttsx3").manner)
    for block in range(len(script)):
        script.utterances(block)
    print(f"the whole script: {size / (time.perf_counter() - began):.1f} MB/s")


def _print_sentences(name: str, texts: list[str]) -> None:
    splitters: dict[str, Callable[[str], Any]] = {"ours": spans}
    if find_spec("nupunkt"):
        nupunkt = import_module("nupunkt")
        nupunkt.sent_spans("Warm up, Dr. Smith. It is warm.")
        splitters["nupunkt"] = nupunkt.sent_spans
    speeds: dict[str, list[float]] = {splitter: [] for splitter in splitters}
    for _ in range(ROUNDS):
        for splitter, split in splitters.items():
            began = time.process_time()
            for text in texts:
                split(text)
            speeds[splitter].append(sum(map(len, texts)) / 1e6 / (time.process_time() - began))
    figures = (f"{splitter} {first:.1f}, again {median(more):.1f}" for splitter, (first, *more) in speeds.items())
    print(f"{name}: {'; '.join(figures)} million characters a second", flush=True)
