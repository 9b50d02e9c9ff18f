"""A story that takes long to open, in a real terminal: how far it is, and leaving."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.platypus import Paragraph

from tests.end_to_end.test_terminal import Terminal, listen, terminal  # noqa: F401 (a fixture)
from tests.reliability.bomb_shapes import LINES, packed, pdf
from tests.support.pdf import BODY, write


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A PDF that takes half a minute of computing, at least."""
    path = tmp_path / "endless.pdf"
    path.write_bytes(pdf(packed(LINES, 4000), kids=200_000) + b"%" * 2_500_000)
    return path


@pytest.mark.parametrize("key", ["Escape", "q", "C-c"])
def test_it_tells_how_far_it_is_and_a_key_stops_it(terminal: Terminal, endless: Path, key: str) -> None:  # noqa: F811
    line = f"{shlex.join(listen(str(endless)))}; echo ended with $?; stty -a | grep -wo '[-]*icanon' | sed 's/^/mode /'"
    terminal.run(["sh", "-c", f"trap : INT; {line}"], dict(os.environ))
    terminal.wait_for("Opening endless.pdf: page", "of 200000")
    terminal.keys(key)
    screen = terminal.wait_for("ended with 130", "mode icanon")
    assert "Opening" not in screen


def test_an_export_tells_it_too_and_is_stopped_by_ctrl_c(terminal: Terminal, endless: Path) -> None:  # noqa: F811
    made = endless.with_name("a.mp3")
    terminal.run(
        ["sh", "-c", f"trap : INT; {shlex.join(listen('export', str(endless), '-o', str(made)))}; echo ended with $?"],
        dict(os.environ),
    )
    terminal.wait_for("Opening endless.pdf: page", "Ctrl-C stops")
    terminal.keys("C-c")
    assert "Opening" not in terminal.wait_for("ended with 130")
    assert not made.exists()


def test_nothing_is_told_where_nobody_looks(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", [Paragraph("The lamp was lit, and nobody saw it.", BODY)])
    run = subprocess.run([sys.executable, "-m", "player", "script", str(path)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
