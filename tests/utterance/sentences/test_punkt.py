"""Punkt comes alone, and leaves nltk to whoever else wants it."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.quick

_PROGRAM = """
import sys
from player.utterance.sentences.splitting import spans
assert len(spans("Dr. Smith met Mr. Jones of the U.S. Senate. He left.")) == 2
assert "nltk.metrics" not in sys.modules and "numpy" not in sys.modules
import nltk
from nltk.tokenize.punkt import PunktSentenceTokenizer
assert nltk.tokenize.punkt.PunktSentenceTokenizer is PunktSentenceTokenizer
assert nltk.word_tokenize("One two", preserve_line=True) == ["One", "two"]
assert len(spans("Dr. Smith met Mr. Jones of the U.S. Senate. He left.")) == 2
"""


def test_only_punkt_is_loaded_and_nltk_is_whole_for_others() -> None:
    run = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


_THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from player.utterance.sentences.splitting import spans
sys.setswitchinterval(1e-6)
together = Barrier(8)
def split(n):
    together.wait()
    return len(spans("Dr. Smith met Mr. Jones of the U.S. Senate. He left."))
with ThreadPoolExecutor(8) as pool:
    assert set(pool.map(split, range(8))) == {2}
"""


def test_threads_may_need_it_at_the_same_time() -> None:
    run = subprocess.run([sys.executable, "-c", _THREADS], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


_IMPORTING = """
import sys
from types import ModuleType
class Name(str):
    def partition(self, separator):  # as another thread does between any two names
        sys.modules["imported meanwhile"] = ModuleType("imported meanwhile")
        return super().partition(separator)
from player.utterance.sentences.splitting import spans
sys.modules[Name("imported")] = ModuleType("imported")
assert len(spans("Dr. Smith met Mr. Jones of the U.S. Senate. He left.")) == 2
assert "imported meanwhile" in sys.modules
"""


def test_others_may_import_meanwhile() -> None:
    run = subprocess.run([sys.executable, "-c", _IMPORTING], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
