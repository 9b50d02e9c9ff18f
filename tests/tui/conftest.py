"""The tester's terminal stays out: screens have all colours, unless a test says otherwise."""

from __future__ import annotations

import pytest
from textual import constants


@pytest.fixture(autouse=True)
def all_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw in 16 million colours, whatever TERM and NO_COLOR are."""
    monkeypatch.setattr(constants, "COLOR_SYSTEM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
