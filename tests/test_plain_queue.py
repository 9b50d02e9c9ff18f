"""`listen` without a screen and without a story: what waits in the library."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from player.library.shelf import Addition, Shelf
from player.settings import Settings
from player.story.opening.locate import identity
from tests.test_cli import complaint


def _listen(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "player", *arguments]
    return subprocess.run(
        command, env={**os.environ, "LISTEN_SILENT": "1"}, capture_output=True, stdin=subprocess.DEVNULL, text=True
    )


def _queued(folder: Path, *names: str) -> None:
    """Queue stories of one sentence, by their names; the file of "gone" is missing."""
    with closing(Shelf(Settings().library)) as shelf:
        for name in names:
            file = folder / f"{name}.txt"
            if name != "gone":
                file.write_text(f"This is the {name}.")
            shelf.add([Addition(identity(str(file)), name, str(file))])


def _waiting() -> list[str]:
    with closing(Shelf(Settings().library)) as shelf:
        return [one.title for one in shelf.stories() if one.queued is not None]


@pytest.fixture
def plain(tone_engine: str) -> list[str]:
    return ["--plain", "--engine", tone_engine, "--speed", "4"]


def test_the_queue_plays_in_its_order(tmp_path: Path, plain: list[str]) -> None:
    _queued(tmp_path, "crow", "owl")
    run = _listen(*plain)
    assert run.stdout == "This is the crow.\nThis is the owl.\n"
    assert (run.returncode, _waiting()) == (0, [])
    heard = _listen(*plain)
    assert "all stories of the library have been heard: name one" in complaint(heard)
    assert heard.returncode == 1


@pytest.mark.parametrize("names", [("gone", "owl"), ("owl", "gone")])
def test_what_cannot_be_opened_is_told_and_leaves_the_queue(
    tmp_path: Path, plain: list[str], names: tuple[str, ...]
) -> None:
    _queued(tmp_path, *names)
    run = _listen(*plain)
    assert run.stdout == "This is the owl.\n"
    assert run.stderr.startswith(f"listen: there is no file {tmp_path / 'gone.txt'}")
    assert _waiting() == []


@pytest.mark.parametrize(("name", "reason"), [("typo.txt", "there is no file "), ("", "is a folder")])
def test_a_later_story_that_is_not_there_is_told_before_the_first_one_plays(
    tmp_path: Path, plain: list[str], name: str, reason: str
) -> None:
    (tmp_path / "crow.txt").write_text("This is the crow.")
    run = _listen(*plain, str(tmp_path / "crow.txt"), "https://127.0.0.1:9/later", str(tmp_path / name))
    assert (run.returncode, run.stdout, _waiting()) == (2, "", [])
    assert reason in complaint(run)


def test_a_first_story_that_cannot_be_read_is_told_and_the_next_one_plays(tmp_path: Path, plain: list[str]) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "owl.txt").write_text("This is the owl.")
    run = _listen(*plain, str(tmp_path / "empty.txt"), str(tmp_path / "owl.txt"))
    assert (run.returncode, run.stdout) == (1, "This is the owl.\n")
    assert run.stderr.startswith(f"listen: there is no story in {tmp_path}")


def test_what_is_added_meanwhile_follows(tmp_path: Path, plain: list[str]) -> None:
    _queued(tmp_path, "crow")
    (tmp_path / "crow.txt").write_text("This is the crow.\n\n" * 10)
    command = [sys.executable, "-m", "player", *plain]
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "This is the crow.\n"
        _queued(tmp_path, "owl")
        assert run.stdout.read() == "This is the crow.\n" * 9 + "This is the owl.\n"
    assert run.returncode == 0


def test_the_empty_library_has_the_bundled_story(plain: list[str]) -> None:
    command = [sys.executable, "-m", "player", *plain]
    environment = {**os.environ, "LISTEN_SILENT": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "The Keeper of the Lamp Room\n"
        run.terminate()


@pytest.mark.parametrize("command", [(), ("export", "-o", "a.mp3"), ("script",), ("add",), ("notes",)])
def test_an_empty_name_is_no_story(command: tuple[str, ...]) -> None:
    run = _listen(*command, "")
    assert "the name of a story is empty" in complaint(run)
    assert run.returncode == 2
