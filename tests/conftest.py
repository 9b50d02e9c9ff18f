"""The tester's machine stays out: a home of its own, no settings, no sound device unless a test brings one."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.signals import heed_interrupts
from tests.support.tone_engine import tone_engine  # noqa: F401 - a fixture for all tests

heed_interrupts()

# The same examples every time, and no verdict on how fast the machine is.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

_APART = {
    "sound": (
        "tests/playback/test_sound",
        "tests/playback/test_lost_sound",
        "tests/playback/test_chosen_device",
        "tests/reliability/test_quick.py::test_nothing_is_lost[sound]",
    ),
    "screen": ("tests/end_to_end/", "tests/export/test_html_page", "tests/publish/test_listen_js"),
}
"""Tests that listen to a sound server, and those that watch a terminal or a browser's clock: two of a kind at once
would disturb each other. One of each may run at a time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what must run by itself, and of which kind it is."""
    for item in items:
        kind = next((kind for kind, beginnings in _APART.items() if item.nodeid.startswith(beginnings)), "")
        if kind:
            item.add_marker(pytest.mark.apart)
        if item.get_closest_marker("apart"):
            item.add_marker(pytest.mark.xdist_group(kind or "screen"))


class _Raised(logging.Handler):
    """Raises again what was logged, because a listener would be spared it, and a test must not be."""

    def emit(self, record: logging.LogRecord) -> None:
        """Raise the record's exception."""
        if record.exc_info and record.exc_info[1]:
            raise record.exc_info[1]


logging.getLogger("player.utterance.script").addHandler(_Raised())

_LONGEST_ID = 80
"""Characters of a parameter in a test's name."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by the beginning of a long text, and its length: names of 300,000 characters bury what failed."""
    if not isinstance(val, str | bytes) or len(val) <= _LONGEST_ID:
        return None
    return f"{val[:_LONGEST_ID]!a} … {len(val)}"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory, also for the processes that a test starts."""
    home = tmp_path_factory.mktemp("home")
    for name in [n for n in os.environ if n.startswith("LISTEN_") and n != "LISTEN_REQUIRE_ALL"]:
        monkeypatch.delenv(name)
    for name in ("COLUMNS", "LINES"):  # set for what pytest starts by the library that reads its debugger's lines
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(home / name.lower()))
    (home / "xdg_runtime_dir").mkdir(mode=0o700)
    monkeypatch.setenv("LISTEN_CACHE_DIR", str(home / "audio"))
    return home
