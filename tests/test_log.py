"""The log file: what is behind a notice or an error, from every process; and nothing anywhere without one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import player

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w:]+\[\d+\] \S.* [\w.]+: ")


def listen(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "player", *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={**os.environ, "LISTEN_SILENT": "1", **environment},
    )


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.txt"
    file.write_text("It rains. REFUSE this.")
    return file


def test_what_fails_in_an_engines_process_is_there_with_its_traceback(
    tone_engine: str, story: Path, tmp_path: Path
) -> None:
    log = tmp_path / "listen.log"
    run = listen(story, "--engine", tone_engine, "--log", log)
    assert "Traceback" not in run.stderr
    text = log.read_text()
    worker = r"WARNING engine:tone\[\d+\] MainThread player.speech.process.worker: request \d+ failed\nTraceback"
    assert re.search(worker, text)
    assert re.search(r"WARNING listen\[\d+\] \S+ .*player.audio.rendering.saying: utterance 1 of block 0 cannot", text)
    assert "listen_tone.py" in text
    assert re.search(r"player.speech.process.host: process \d+ says: ", text), "the tone engine prints all along"
    pids = set(re.findall(r"\[(\d+)\]", text))
    assert len(pids) >= 2


def test_nothing_is_written_or_printed_without_it(tone_engine: str, story: Path) -> None:
    run = listen(story, "--engine", tone_engine)
    assert all(line.startswith("listen: ") for line in run.stderr.splitlines()), run.stderr
    assert [file.name for file in story.parent.glob("*.log")] == []


def test_it_is_named_in_the_environment_or_in_the_settings(story: Path, own_home: Path) -> None:
    listen("script", story, LISTEN_LOG=str(own_home / "a.log"))
    settings = own_home / "xdg_config_home" / "listen-to-story" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'log = "{own_home / "b.log"}"\n')
    listen("script", story)
    for name in ("a.log", "b.log"):
        assert STAMP.match((own_home / name).read_text())


def test_runs_are_appended(story: Path, tmp_path: Path) -> None:
    log = tmp_path / "listen.log"
    for _ in range(2):
        listen("script", story, "--log", log)
    assert log.read_text().count("player.cli: listen ") == 2


@pytest.mark.parametrize("command", ["script", "voices", "recent", "cache", "cache clear", "feed ."])
def test_every_command_takes_it(command: str, tmp_path: Path) -> None:
    log = tmp_path / "listen.log"
    run = listen(*command.split(), "--log", log)
    assert "--log" not in run.stderr
    assert STAMP.match(log.read_text())


def test_one_that_cannot_be_written_is_an_error(story: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for log in (tmp_path, tmp_path / "no" / "such.log", pipe, story / "x", Path("~nobody/x.log"), Path("x" * 5000)):
        run = listen("script", story, "--log", log)
        assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1), run.stderr
        assert run.stderr.startswith("listen: the log ")


def test_a_log_that_fills_up_does_not_disturb(story: Path) -> None:
    run = listen("script", story, "--log", "/dev/full")
    assert (run.returncode, run.stderr) == (0, "")


def test_secrets_in_addresses_are_left_out(tmp_path: Path) -> None:
    log = tmp_path / "listen.log"
    run = listen("script", "http://ada:hunter2@127.0.0.1:9/a?lang=en&api_token=tok1&Signature=sig2", "--log", log)
    assert run.returncode == 1
    text = log.read_text()
    assert "127.0.0.1:9/a?lang=en" in text
    assert not any(secret in text for secret in ("ada", "hunter2", "tok1", "sig2"))


def test_a_message_is_one_line_and_has_no_escapes(tmp_path: Path) -> None:
    log = tmp_path / "listen.log"
    listen("script", "no\nsuch\x1b[31m file", "--log", log)
    text = log.read_text()
    assert "\x1b" not in text
    assert all(STAMP.match(line) for line in text.partition("Traceback")[0].splitlines())


def test_every_way_in_keeps_quiet_without_one() -> None:
    """Importing `player.errors` does that, for programs that use the player as a library, too."""
    ways = sorted({*player._ROOMS.values(), "player.cli", "player.session", "player.speech.process.worker"})
    code = (
        "import sys, importlib, logging\nfor name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    loggers = [n for n in logging.root.manager.loggerDict if n.split('.')[0] == 'player']\n"
        "    if loggers and not logging.getLogger('player').handlers: print(name)\n"
        "    for n in loggers: del logging.root.manager.loggerDict[n]\n"
        "    [sys.modules.pop(m) for m in list(sys.modules) if m.split('.')[0] == 'player']\n"
    )
    run = subprocess.run([sys.executable, "-c", code, *ways], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("", "")
