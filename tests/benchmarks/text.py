"""How fast text becomes sentences, and sentences what is spoken; and how soon a book is open."""

from __future__ import annotations

import time
from pathlib import Path

from player.speech.registry import profile
from player.story.opening import load
from player.utterance.script import Script
from player.utterance.sentences.splitting import spans
from player.utterance.spoken.speakable import speakable
from tests.benchmarks.measuring import article_times

TABLE = Path(__file__).parents[1] / "utterance" / "spoken" / "spoken.tsv"


def run(folder: Path) -> None:
    """Print the figures."""
    file = article_times(1250, folder)
    size = file.stat().st_size / 1e6
    spans("Warm up. It is warm.")
    speakable("Warm up.", "en", profile("pyttsx3").manner)
    began = time.perf_counter()
    story = load(str(file))
    print(f"a book of {size:.1f} MB is read in {time.perf_counter() - began:.2f} s")
    texts = [block.text for block in story.blocks]
    began = time.perf_counter()
    sentences = [text[start:end] for text in texts for start, end in spans(text)]
    print(f"sentences: {size / (time.perf_counter() - began):.1f} MB/s")
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
