from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deck import Deck
from tests.support.pulse import Server, pulse_server


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Deck]:
    """Four short paragraphs, spoken by espeak-ng into an output that plays when told to."""
    with Deck.open(tmp_path / "cache") as deck:
        yield deck


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "server"
    folder.mkdir()
    with pulse_server(folder) as server:
        yield server


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"
