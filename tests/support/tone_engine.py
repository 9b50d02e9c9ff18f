"""Fixtures that install the engines of tests/support as plugins, through an entry point as any package does.

They put a folder with a `.dist-info` on the path of this process and its children. Import the fixture into a conftest
or a test module to use it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_HERE = Path(__file__).parent


@pytest.fixture
def tone_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Install the engine "tone" (see plugins/listen_tone.py); return its name."""
    _install(monkeypatch, _HERE / "plugins")
    state = tmp_path / "tone-state"
    state.mkdir()
    monkeypatch.setenv("LISTEN_TONE_STATE", str(state))
    return "tone"


@pytest.fixture
def odd_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the engines of odd_plugins/listen_odd.py."""
    _install(monkeypatch, _HERE / "odd_plugins")


def _install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
