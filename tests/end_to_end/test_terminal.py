"""The real program in a real terminal: opened on the article, driven by keys, read from the screen."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import require
from tests.support.stories import ARTICLE
from tests.support.waiting import wait_until


class Terminal:
    """A tmux session with one window."""

    def __init__(self, folder: Path, width: int = 100, height: int = 30) -> None:
        require("tmux")
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        self._size = ["-x", str(width), "-y", str(height)]

    def run(self, command: list[str], environment: dict[str, str]) -> None:
        """Start a program; its exit code is shown when it has ended."""
        line = f"{shlex.join(command)}; echo exit code $?; sleep 600"
        subprocess.run(
            [*self._tmux, "new-session", "-d", *self._size, line],
            env={**environment, "TERM": "xterm-256color"},
            check=True,
        )

    def keys(self, *keys: str) -> None:
        """Press keys, as tmux names them."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def resize(self, width: int, height: int) -> None:
        """Change the window's size."""
        size = ["-x", str(width), "-y", str(height)]
        subprocess.run([*self._tmux, "resize-window", *size], check=True)

    def screen(self) -> str:
        """What is on the screen."""
        shown = subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, text=True)
        return shown.stdout

    def wait_for(self, *texts: str) -> str:
        """Until all of these are on the screen; the screen."""
        try:
            wait_until(lambda: all(text in self.screen() for text in texts), str(texts))
        except AssertionError as error:
            raise AssertionError(f"{error} on the screen:\n{self.screen()}") from None
        return self.screen()

    @property
    def played(self) -> int:
        """The seconds that the player shows; 0 where it shows none."""
        found = re.search(r"^ *(\d+):(\d\d)  ", self.screen(), re.MULTILINE)
        return int(found[1]) * 60 + int(found[2]) if found else 0

    def close(self) -> None:
        """End it and what runs in it."""
        subprocess.run([*self._tmux, "kill-server"], capture_output=True)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def listen(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "player", *arguments]


def test_the_article_is_played_and_steered_by_keys(terminal: Terminal, tmp_path: Path) -> None:
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    terminal.run(listen(str(ARTICLE), "--engine", "pyttsx3"), environment)
    screen = terminal.wait_for("US-Russia Peace Talks Not Betraying Ukraine", "Defense Secretary Hegseth", "en-us")
    assert "Listen To Story Above" not in screen
    wait_until(lambda: terminal.played > 1, "it to play by itself")
    terminal.keys("Space")
    terminal.wait_for("aused")
    terminal.keys("End")
    terminal.wait_for("echoing earlier statements by Hegseth")
    terminal.keys("Home")
    terminal.wait_for("0:00", "Defense Secretary Hegseth defended")
    terminal.keys("]", "]")
    terminal.wait_for("1.2×")
    terminal.resize(60, 16)
    terminal.wait_for("Peace Talks", "1.2×")
    terminal.keys("?")
    terminal.wait_for("aragraph")
    terminal.keys("Escape")
    terminal.wait_for("1.2×")  # the help is gone
    terminal.keys("q")
    terminal.wait_for("exit code 0")


def test_it_goes_on_where_it_was(terminal: Terminal, tmp_path: Path) -> None:
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    again = f"{shlex.join(listen(str(ARTICLE), '--engine', 'pyttsx3'))}"
    terminal.run(["sh", "-c", f"{again} && {again}"], environment)
    terminal.wait_for("Defense Secretary Hegseth")
    terminal.keys("Space")
    terminal.wait_for("aused")
    terminal.keys("Down", "Down", "Down")
    terminal.wait_for("Addressing these worries")
    terminal.keys("q")
    terminal.wait_for("Home: beginning", "playing")
    assert "0:00" not in "".join(terminal.screen().splitlines()[-3:])
    terminal.keys("q")
    terminal.wait_for("exit code 0")


def test_a_story_from_a_pipe_leaves_the_keys_to_the_player(terminal: Terminal) -> None:
    line = f"printf 'One sentence. And another one.' | {shlex.join(listen('-', '--engine', 'pyttsx3'))}"
    terminal.run(["sh", "-c", line], {**os.environ, "LISTEN_SILENT": "1"})
    terminal.wait_for("And another one.", "1×")
    terminal.keys("]")
    terminal.wait_for("1.1×")
    terminal.keys("q")
    terminal.wait_for("exit code 0")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_ended_from_outside_it_keeps_the_place_and_leaves_the_terminal_as_it_was(
    terminal: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    line = f"echo $$ > {tmp_path}/pid; exec {shlex.join(listen(str(ARTICLE), '--engine', 'pyttsx3'))}"
    terminal.run(["sh", "-c", line], {**os.environ, "LISTEN_SILENT": "1"})
    terminal.wait_for("Defense Secretary Hegseth")
    wait_until(lambda: terminal.played > 0, "it to play")
    os.kill(int((tmp_path / "pid").read_text()), number)
    screen = terminal.wait_for("exit code 130")
    assert "Hegseth" not in screen
    heard = subprocess.run(listen("recent"), capture_output=True, text=True)
    assert str(ARTICLE) in heard.stdout


def test_it_can_be_left_for_the_shell_and_come_back_to(terminal: Terminal) -> None:
    terminal.run(["bash", "--norc", "-i"], {**os.environ, "LISTEN_SILENT": "1"})
    terminal.keys(shlex.join(listen(str(ARTICLE), "--engine", "pyttsx3")), "Enter")
    terminal.wait_for("Defense Secretary Hegseth")
    wait_until(lambda: terminal.played > 0, "it to play")
    terminal.keys("C-z")
    terminal.wait_for("Stopped")
    terminal.keys("fg", "Enter")
    terminal.wait_for("Defense Secretary Hegseth", "paused")
    terminal.keys("Space")
    terminal.wait_for("playing")
    terminal.keys("q")
    terminal.wait_for("Stopped")  # the shell's lines are back


def test_the_shell_can_be_gone_to_from_a_dialog_and_what_is_typed_there_is_the_shells(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.run(["bash", "--norc", "-i"], {**os.environ, "LISTEN_SILENT": "1"})
    terminal.keys(f"cd {tmp_path}", "Enter", shlex.join(listen(str(ARTICLE), "--engine", "pyttsx3")), "Enter")
    terminal.wait_for("Defense Secretary Hegseth", "playing")
    terminal.keys("e")
    terminal.wait_for("its suffix selects")
    terminal.keys("C-z")
    terminal.wait_for("Stopped")
    terminal.keys("echo one  and  two", "Enter")
    terminal.wait_for("one and two")
    assert not list(tmp_path.glob("*.mp3"))
    terminal.keys("fg", "Enter")
    terminal.wait_for("its suffix selects", "paused")
    terminal.keys("Escape")
    wait_until(lambda: "its suffix selects" not in terminal.screen(), "the dialog to close")
    terminal.keys("Space")
    terminal.wait_for("playing")
    terminal.keys("q")
    terminal.wait_for("one and two")  # the shell's lines are back


def test_where_no_shell_is_ctrl_z_does_not_stop_it_for_ever(terminal: Terminal) -> None:
    terminal.run(listen(str(ARTICLE), "--engine", "pyttsx3"), {**os.environ, "LISTEN_SILENT": "1"})
    terminal.wait_for("Defense Secretary Hegseth", "playing")
    terminal.keys("C-z")
    terminal.wait_for("There is no shell to go to")
    terminal.keys("q")
    terminal.wait_for("exit code 0")


def test_a_key_that_is_let_go_is_no_key(terminal: Terminal) -> None:
    terminal.run(listen(str(ARTICLE), "--engine", "pyttsx3"), {**os.environ, "LISTEN_SILENT": "1"})
    terminal.wait_for("Defense Secretary Hegseth", "playing")
    for sequence in ("\x1b[113;1:3u", "\x1b[113:81;2u", "\x1b[1;1:3C", "\x1b[99999999999999;1u", "\x1b[1114112u"):
        terminal.keys("-l", sequence)
    terminal.keys("-H", "ff", "c3", "28")  # no UTF-8
    terminal.keys("]")
    terminal.wait_for("1.1×", "playing")
    terminal.keys("-l", "\x1b[93;1:1u")  # ] was pressed
    terminal.wait_for("1.2×")
    terminal.keys("q")
    terminal.wait_for("exit code 0")


LONG = "This is a sentence " + "that goes on and on " * 30 + "for a minute."
"""However late a busy machine is with a signal, it sounds when that comes."""


def test_another_machine_goes_on_where_this_one_was(tmp_path: Path) -> None:
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[sync]\nfolder = "{tmp_path}/shared"\n')
    command = ["--plain", "--engine", "pyttsx3"]
    for machine, said in (("one", ["This is the beginning.", LONG]), ("two", [LONG])):
        story = tmp_path / f"{machine}.txt"
        story.write_text(f"This is the beginning.\n\n{LONG}\n\nThis is the end.")
        environment = {**os.environ, "LISTEN_SILENT": "1", "XDG_DATA_HOME": str(tmp_path / machine)}
        with subprocess.Popen(listen(str(story), *command), stdout=subprocess.PIPE, text=True, env=environment) as run:
            assert run.stdout is not None
            assert [run.stdout.readline().rstrip() for _ in said] == said
            run.send_signal(signal.SIGTERM)
            assert run.wait() == 130


def test_spoken_plainly_it_goes_on_where_it_was(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    texts = [*(f"This is paragraph number {n} of a story." for n in range(3)), LONG, "This is the end."]
    story.write_text("\n\n".join(texts))
    command = listen(str(story), "--plain", "--engine", "pyttsx3")
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as first:
        assert first.stdout is not None
        for text in texts[:4]:
            assert first.stdout.readline().rstrip() == text
        first.send_signal(signal.SIGTERM)
        assert first.wait() == 130
    for arguments, begun in (([], 3), (["--from-start"], 0)):
        with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True, env=environment) as again:
            assert again.stdout is not None
            assert again.stdout.readline().rstrip() == texts[begun]
            again.kill()


def test_the_progress_of_an_export_stays_on_one_line(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, width=50, height=12)
    story = tmp_path / "story.txt"
    story.write_text("\n\n".join(f"This is sentence number {n} of a story." for n in range(3000)))
    name = "A title longer than the bar leaves room for, 日本語.mp3"
    try:
        terminal.run(listen("export", str(story), "-o", str(tmp_path / name), "--engine", "pyttsx3"), dict(os.environ))
        screen = terminal.wait_for("A title", "██░", " left")
        assert screen.count("A title") == 1
        assert len(screen.strip().splitlines()) == 1
    finally:
        terminal.close()
