"""Workers of the real engines, started once: a worker's answers do not depend on what it said before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player.speech.choosing.registry import profile
from player.speech.process.host import Worker
from tests.support.tone_engine import odd_engines, tone_engine

__all__ = ["espeak", "neural", "odd_engines", "tone_engine"]


@pytest.fixture(scope="session")
def espeak() -> Iterator[Worker]:
    with Worker.start("pyttsx3", "en-us", "en") as worker:
        yield worker


@pytest.fixture(scope="session")
def neural() -> Iterator[Worker]:
    if profile("hibari").missing:
        pytest.skip("the extra `neural` is not installed")
    with Worker.start("hibari", "heart", "en") as worker:
        yield worker
