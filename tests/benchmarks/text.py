"""How fast text becomes sentences, and sentences what is spoken; and how soon a book is open."""

from __future__ import annotations

import time
from pathlib import Path

from player.story.sources import load
from player.utterance.script import Script
from player.utterance.sentences import spans
from player.utterance.speakable import speakable
from tests.benchmarks.measuring import article_times


def run(folder: Path) -> None:
    """Print the figures."""
    file = article_times(1250, folder)
    size = file.stat().st_size / 1e6
    spans("Warm up. It is warm.")
    speakable("Warm up.", "en", "pyttsx3")
    began = time.perf_counter()
    story = load(str(file))
    print(f"a book of {size:.1f} MB is read in {time.perf_counter() - began:.2f} s")
    texts = [block.text for block in story.blocks]
    began = time.perf_counter()
    sentences = [text[start:end] for text in texts for start, end in spans(text)]
    print(f"sentences: {size / (time.perf_counter() - began):.1f} MB/s")
    began = time.perf_counter()
    for sentence in sentences:
        speakable(sentence, "en", "pyttsx3")
    print(f"spoken text: {size / (time.perf_counter() - began):.1f} MB/s")
    began = time.perf_counter()
    script = Script(story, language="en", engine="pyttsx3")
    for block in range(len(script)):
        script.utterances(block)
    print(f"the whole script: {size / (time.perf_counter() - began):.1f} MB/s")
