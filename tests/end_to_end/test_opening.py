"""A story that takes long to open, in a real terminal: how far it is, and leaving."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from tests.end_to_end.test_terminal import Terminal, listen, terminal  # noqa: F401 (a fixture)
from tests.reliability.bomb_shapes import LINES, packed, pdf
from tests.support import pty_terminal
from tests.support.pdf import BODY, write

SILENT = ("--engine", "pyttsx3", "--silent")


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A PDF that takes half a minute of computing, at least."""
    path = tmp_path / "endless.pdf"
    path.write_bytes(pdf(packed(LINES, 4000), kids=200_000) + b"%" * 2_500_000)
    return path


@pytest.fixture
def long_winded(tmp_path: Path) -> Path:
    """A PDF whose first pages are read at once, and the others in half a minute, at least."""
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path))
    for n in range(1, 31):
        canvas.drawString(72, 500, f"On evening {n} the lamp was lit, and nobody saw it.")
        canvas.showPage()
    canvas.beginForm("many")
    for n in range(4000):
        canvas.drawString(72, 72 + n / 6, "Nobody came.")
    canvas.endForm()
    for _ in range(3000):
        canvas.doForm("many")
        canvas.showPage()
    canvas.save()
    path.write_bytes(path.read_bytes() + b"%" * 2_500_000)
    return path


def begin(terminal: Terminal, path: Path) -> None:  # noqa: F811
    """Open a PDF, and tell at the end how it ended, and the terminal's mode."""
    line = f"trap : INT; {shlex.join(listen(str(path), *SILENT))}; echo ended with $?"
    terminal.run(["sh", "-c", f"{line}; stty -a | grep -wo '[-]*icanon' | sed 's/^/mode /'"], dict(os.environ))


@pytest.mark.parametrize("key", ["Escape", "q", "C-c"])
def test_it_tells_how_far_it_is_and_a_key_stops_it(terminal: Terminal, endless: Path, key: str) -> None:  # noqa: F811
    begin(terminal, endless)
    terminal.wait_for("Opening endless.pdf: page", "Esc stops")
    terminal.keys(key)
    assert "Opening" not in terminal.wait_for("ended with 130", "mode icanon")


@pytest.mark.parametrize("key", ["q", "C-c"])
def test_the_beginning_is_shown_meanwhile_and_a_key_leaves_it(terminal: Terminal, long_winded: Path, key: str) -> None:  # noqa: F811
    begin(terminal, long_winded)
    terminal.wait_for("On evening 1 the lamp was lit", "reading page", "playing")
    terminal.keys(key)
    terminal.wait_for("ended with 0", "mode icanon")


def test_when_the_rest_cannot_be_read_the_beginning_plays_on(terminal: Terminal, long_winded: Path) -> None:  # noqa: F811
    terminal.run(listen(str(long_winded), *SILENT), dict(os.environ))
    terminal.wait_for("On evening 1 the lamp was lit", "reading page", "playing")
    terminal.keys("Space")
    for process in psutil.process_iter(["cmdline"]):
        if (process.info["cmdline"] or [])[1:4] == ["-m", "player", str(long_winded)]:
            for child in process.children():
                with suppress(psutil.Error):  # one that has just ended
                    if any("confined.process" in word for word in child.cmdline()):
                        child.kill()
    terminal.wait_for("Only the beginning can be heard", "On evening 1 the lamp was lit", "paused")


def test_a_long_text_from_a_pipe_is_kept_whole_for_the_queue(terminal: Terminal, tmp_path: Path) -> None:  # noqa: F811
    long, later = tmp_path / "long.txt", tmp_path / "later.txt"
    long.write_text("\n\n".join(f"On evening {n} the lamp was lit, and nobody saw it." for n in range(1, 50001)))
    later.write_text("The crow came later.")
    piped = f"{shlex.join(['cat', str(long)])} | {shlex.join(listen('-', str(later), *SILENT))}"
    terminal.run(["sh", "-c", piped], dict(os.environ))
    terminal.wait_for("On evening 1 the lamp was lit", "playing")
    terminal.keys("q")
    terminal.wait_for("exit code 0")
    (kept,) = Path(os.environ["XDG_DATA_HOME"]).rglob("texts/*.txt")
    assert "On evening 50000 the lamp was lit" in kept.read_text()


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


def test_a_terminal_without_a_cursor_is_told_once_in_plain_text(endless: Path) -> None:
    command = listen(str(endless), *SILENT)
    with pty_terminal.PtyTerminal(command, dict(os.environ), kind="dumb") as shown:
        shown.wait_for("Opening endless.pdf", 60)
        assert shown.end(signal.SIGINT) == 130
        assert shown.output.count(b"Opening") == 1
        assert b"\x1b" not in shown.output


def test_nothing_is_told_where_nobody_looks(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", [Paragraph("The lamp was lit, and nobody saw it.", BODY)])
    run = subprocess.run([sys.executable, "-m", "player", "script", str(path)], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
