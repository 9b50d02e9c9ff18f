"""The hosted checks run where everything that they install is to be had."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKFLOW = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")


def test_they_run_on_debian_whose_packages_the_script_names() -> None:
    """firefox-esr is in Debian's archive only, and Ubuntu's chromium is no package but a snap."""
    packages = re.findall(r"^packages=\((.*)\)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"firefox-esr", "chromium"} <= set(packages[0].split())
    assert "image: python:${{ matrix.python }}-bookworm" in WORKFLOW


def test_they_try_every_python_from_the_first() -> None:
    first = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=3.")
    tried = re.findall(r'"3\.(\d+)"', WORKFLOW)
    assert list(map(int, tried)) == list(range(int(first), int(tried[-1]) + 1))
