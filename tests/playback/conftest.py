from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.deck import Deck


@pytest.fixture
def deck(tmp_path: Path) -> Iterator[Deck]:
    """Four short paragraphs, spoken by espeak-ng into an output that plays when told to."""
    with Deck.open(tmp_path / "cache") as deck:
        yield deck
