"""What must be true of the speech of every engine."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import pytest

from player.speech.engine import Speech
from tests.support.waiting import wait_until

PATIENCE = 600.0
"""Seconds: a large network takes a core as long as its speech, and a busy machine many times that."""


def marked_words(text: str, speech: Speech) -> list[str]:
    """The text under each mark, after checking that marks follow one another in the text and in the sound."""
    end = last = 0
    for mark in speech.marks:
        assert end <= mark.start < mark.end <= len(text)
        assert last <= mark.first <= mark.last <= speech.samples
        end, last = mark.end, mark.last
    return [text[m.start : m.end] for m in speech.marks]


def seconds_of_near_silence(speech: Speech) -> tuple[float, float]:
    """How long nothing can be heard at the start and at the end."""
    loud = [i for i, sample in enumerate(array("h", speech.pcm)) if abs(sample) > 100]
    return loud[0] / speech.sample_rate, (speech.samples - 1 - loud[-1]) / speech.sample_rate


def kept_files(home: Path, engine: str, names: set[str]) -> Path:
    """The folder of what an engine keeps, once exactly these files are in it: they are made while it speaks, and only
    while the machine has nothing else to do."""
    kept = home / "xdg_cache_home" / "listen-to-story" / "engines" / engine
    what = f"{names} in {kept}"
    wait_until(lambda: kept.is_dir() and {file.name for file in kept.iterdir()} == names, what, PATIENCE)
    return kept


def shared_cache(temporary: pytest.TempPathFactory) -> Path:
    """A home of caches for all tests of a run, so that what an engine keeps of a large network is made once."""
    base = temporary.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "caches"
    shared.mkdir(exist_ok=True)
    return shared
