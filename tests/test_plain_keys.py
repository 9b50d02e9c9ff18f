"""Keys without a screen, in a real terminal that can do nothing but print."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from player.cli.plain.keys import names_of
from player.settings_file import SETTINGS_FILE
from tests.support.stories import ARTICLE
from tests.support.waiting import wait_until

pty_terminal = pytest.importorskip("tests.support.pty_terminal", reason="needs a Unix terminal")


def test_what_terminals_send_has_the_names_of_the_table() -> None:
    assert names_of("\x1b[A\x1bOD\x1b[1;5B[\x02/G \x1b") == (
        ["up", "left", "ctrl+down", "left_square_bracket", "ctrl+b", "slash", "G", "space", "escape"]
    )


def _ctl(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "player", "ctl", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_a_terminal_without_a_cursor_takes_the_same_keys_and_commands(tmp_path: Path) -> None:
    (tmp_path / "crow.txt").write_text("The crow\n\nThis is the story of the crow.\n")
    settings = tmp_path / "config" / "listen-to-story" / SETTINGS_FILE.name
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\npreset = "vim"\n"speed.up" = "f"\nfollow = ""\n')
    environment = {**os.environ, "LISTEN_SILENT": "1", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    command = [sys.executable, "-m", "player", str(ARTICLE), "--engine", "pyttsx3"]
    with pty_terminal.PtyTerminal(command, environment, kind="dumb") as terminal:
        terminal.wait_for("Betraying Ukraine")
        terminal.type(" ")
        terminal.wait_for("paused: space plays on")
        terminal.type("j")
        terminal.wait_for("Defense Secretary")
        terminal.type("f")
        terminal.wait_for("1.1×")
        terminal.type("?")
        terminal.wait_for("q quit")
        wait_until(lambda: _ctl(environment, "speed", "2").returncode == 0, "listen ctl to reach it")
        assert "paused: US-Russia Peace Talks" in _ctl(environment, "status").stdout
        _ctl(environment, "add", str(tmp_path / "crow.txt"))
        terminal.wait_for("Added: ")
        terminal.type("N")
        terminal.wait_for("This is the story of the crow.")
        terminal.type("q")
        assert terminal.process.wait(timeout=60) == 0
        assert b"\x1b" not in terminal.output
        assert terminal.left_as_it_was == ""


def test_what_is_told_breaks_between_words_and_leaves_paths_whole(tmp_path: Path) -> None:
    name = f"a story that was moved elsewhere since {'x' * 120}.txt"
    command = [sys.executable, "-m", "player", "--plain", str(tmp_path / name)]
    with pty_terminal.PtyTerminal(command, {**os.environ, "LISTEN_SILENT": "1"}, kind="dumb") as terminal:
        assert terminal.wait() != 0
    lines = terminal.output.decode().splitlines()
    lines = [line for line in lines if not line.startswith("Opening")]  # shown where it takes a while
    told = " ".join(lines)
    assert str(tmp_path / name) in told
    assert [line for line in lines if len(line) > 99] == [line for line in lines if "xxx" in line], (
        "all but a long name"
    )
    assert len(lines) > 2
