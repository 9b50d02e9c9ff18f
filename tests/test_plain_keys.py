"""Keys without a screen, in a real terminal that can do nothing but print."""

from __future__ import annotations

import os
import sys

import pytest

from tests.support.stories import ARTICLE

pty_terminal = pytest.importorskip("tests.support.pty_terminal", reason="needs a Unix terminal")


def test_a_terminal_without_a_cursor_gets_sentences_and_takes_keys() -> None:
    command = [sys.executable, "-m", "player", str(ARTICLE), "--engine", "pyttsx3"]
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    with pty_terminal.PtyTerminal(command, environment, kind="dumb") as terminal:
        terminal.wait_for("Betraying Ukraine")
        terminal.type(" ")
        terminal.wait_for("paused: space plays on")
        terminal.type("\x1b[B")
        terminal.wait_for("Defense Secretary")
        terminal.type("]")
        terminal.wait_for("1.1×")
        terminal.type("?")
        terminal.wait_for("q: quit")
        terminal.type("q")
        assert terminal.process.wait(timeout=60) == 0
        assert b"\x1b" not in terminal.output
        assert terminal.left_as_it_was == ""
