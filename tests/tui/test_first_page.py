"""The story's text is on the screen before the interface is imported, where the interface shows it."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from player.tui.first_page import FirstPage
from tests.support.pty_terminal import PtyTerminal
from tests.tui.stage import STORY, stage

_PLACED = re.compile(r"\x1b\[(\d+);(\d+)H(?:\x1b\[1m)?([^\x1b]+)")


@pytest.mark.parametrize(
    ("size", "block", "words"), [((100, 30), 0, ""), ((60, 12), 7, "them again"), ((24, 8), 3, "")]
)
async def test_each_line_stands_where_the_interface_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], block: int, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(size[0]))
    monkeypatch.setenv("LINES", str(size[1]))
    shown = _shown(monkeypatch, block, STORY.blocks[block].text.index(words))
    async with stage(tmp_path, size) as player:
        await player.seek(block, words or STORY.blocks[block].text.split()[0])
        lines = player.lines()
        expected = [line for line in player.transcript_lines() if line.strip()]
    placed = [(int(row), int(column), text) for row, column, text in _PLACED.findall(shown)]
    assert [lines[row - 1][column - 1 :][: len(text)] for row, column, text in placed] == [text for *_, text in placed]
    assert [text for *_, text in placed][-len(expected) :] == [line.strip("•▌ ") for line in expected]


def _shown(monkeypatch: pytest.MonkeyPatch, block: int, character: int) -> str:
    """Return what a terminal is sent."""
    here, terminal = pty.openpty()
    with os.fdopen(terminal, "w") as output:
        monkeypatch.setattr(sys, "__stderr__", output)
        with FirstPage(STORY) as page:
            page.show(block, character)
            shown = os.read(here, 65536).decode()
        assert os.read(here, 65536) == b"\x1b[?1049l\x1b[?25h"  # nobody took the terminal
    os.close(here)
    return shown


def test_ended_while_the_interface_is_imported_it_gives_the_terminal_back(tmp_path: Path) -> None:
    slow = tmp_path / "slow" / "textual"
    slow.mkdir(parents=True)
    (slow / "__init__.py").write_text("import signal\nprint('importing', flush=True)\nsignal.pause()\n")
    story = tmp_path / "lamp.txt"
    story.write_text("The lamp was lit. Nobody slept.\n")
    command = [sys.executable, "-m", "player", str(story), "--silent"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(slow.parent), *sys.path))}
    with PtyTerminal(command, environment) as terminal:
        terminal.wait_for("importing")
        assert b"The lamp was lit. Nobody slept." in terminal.output
        assert terminal.modes == {7, 1049}
        assert terminal.end(signal.SIGTERM) == 130
        assert terminal.left_as_it_was == ""
        assert b"Traceback" not in terminal.output


def test_keys_need_not_wait_for_a_slow_frame() -> None:
    said = "import player.tui.app; from textual import constants; print(constants.MAX_FPS)"
    environment = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, env=environment)
    assert int(done.stdout) == 120
