"""The quick form of every trial."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from tests.reliability import ALL
from tests.reliability.tally import Trial

_UNDISTURBED = frozenset(("cache", "headers", "hosts", "lexicons", "mutations", "places", "recordings"))
"""Trials that only compute: others listen to a sound server, watch a terminal, or measure time and memory."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in _UNDISTURBED else pytest.mark.apart) for name in ALL]
)
def test_nothing_is_lost(name: str, tmp_path: Path) -> None:
    trial = cast(Trial, import_module(f"tests.reliability.{name}"))
    tallies = list(trial.run(tmp_path, long=False))
    assert tallies
    assert [t for t in tallies if not t.clean] == []
