"""Where nothing may be written, everything works that can: what is kept serves, what is new stays in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from player.story.opening.page_store import About, Page, keep
from tests.support.permissions import without_privileges

NOTICE = "Rendered speech is not kept: cannot write to the audio cache"
FIRST, SECOND = "The lamp was lit at six, as on every evening.", "Nobody came up the stairs that night."


def listen(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program as somebody to whom permissions apply."""
    command = [sys.executable, "-m", "player", *map(str, arguments), "--engine", "pyttsx3", "--silent"]
    return subprocess.run(without_privileges(command), capture_output=True, text=True, timeout=120, check=False)


def exported(text: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Export a story that says so."""
    story = out.parent / "story.txt"
    story.write_text(text)
    return listen("export", story, "-o", out)


def everything(folder: Path) -> dict[Path, bytes]:
    """The content of every file in a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def protect(folder: Path, mode: int = 0o555) -> None:
    """Nothing in it can be written (or, with another mode, more) from now on."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(mode & 0o444 if path.is_file() else mode)


def test_exports_run_from_what_is_there_and_keep_what_is_new_in_memory(own_home: Path, tmp_path: Path) -> None:
    before = exported(f"{FIRST}\n", tmp_path / "before.mp3")
    assert (before.returncode, NOTICE in before.stderr) == (0, False)
    protect(own_home)
    kept = everything(own_home)
    again = exported(f"{FIRST}\n", tmp_path / "again.mp3")
    assert (again.returncode, NOTICE in again.stderr) == (0, False), "nothing had to be kept"
    assert (tmp_path / "again.mp3").read_bytes() == (tmp_path / "before.mp3").read_bytes()
    more = exported(f"{FIRST}\n\n{SECOND}\n", tmp_path / "more.mp3")
    assert more.returncode == 0
    assert more.stderr.count(NOTICE) == 1
    assert everything(own_home) == kept
    protect(own_home, 0o755)
    assert exported(f"{FIRST}\n\n{SECOND}\n", tmp_path / "whole.mp3").returncode == 0
    assert (tmp_path / "more.mp3").read_bytes() == (tmp_path / "whole.mp3").read_bytes()


@pytest.mark.parametrize(("folder", "mode"), [(".", 0o555), ("audio", 0o555), ("audio", 0o000)])
def test_a_story_is_played_all_the_same(own_home: Path, tmp_path: Path, folder: str, mode: int) -> None:
    (tmp_path / "story.txt").write_text(FIRST)
    (own_home / "audio").mkdir()
    protect(own_home / folder, mode)
    run = listen(tmp_path / "story.txt", "--plain")
    assert (run.returncode, run.stdout) == (0, f"{FIRST}\n")
    assert run.stderr.count(NOTICE) == 1
    assert all(line.startswith("listen: ") for line in run.stderr.splitlines())


def test_a_kept_page_opens_where_nothing_can_be_written(own_home: Path) -> None:
    url = "http://127.0.0.1:9/lamp"
    pages = own_home / "xdg_cache_home" / "listen-to-story" / "pages"
    keep(pages, Page(About(url, "text/plain", "utf-8", "", ""), f"{FIRST} {SECOND}".encode()))
    protect(own_home)
    kept = everything(own_home)
    run = listen("script", url)
    assert (run.returncode, run.stderr) == (0, "")
    assert FIRST in run.stdout
    assert everything(own_home) == kept


def test_the_cache_is_shown_but_not_cleared_where_nothing_can_be_written(own_home: Path, tmp_path: Path) -> None:
    assert exported(FIRST, tmp_path / "a.mp3").returncode == 0
    protect(own_home)
    shown, cleared = listen("cache"), listen("cache", "clear")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "entries  0" not in shown.stdout
    assert (cleared.returncode, cleared.stdout) == (1, "")
    assert cleared.stderr.startswith("listen: cannot clear the audio cache")


def test_why_there_can_be_no_library_is_told_in_words(own_home: Path) -> None:
    protect(own_home)
    said = listen("recent")
    protect(own_home, 0o755)
    assert said.returncode == 1
    assert "library.sqlite cannot be used (Permission denied): " in said.stderr
