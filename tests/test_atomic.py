"""A file is there whole or not at all, and what a killed process leaves is removed: nothing else ever is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from player import atomic

_WRITES = """
import sys
from pathlib import Path
from player import atomic
with atomic.replacing(Path(sys.argv[1]) / "a.txt") as file, atomic.temporary_folder() as folder:
    file.write(b"half")
    file.flush()
    (folder / "packets").write_bytes(b"some")
    print("writing", flush=True)
    sys.stdin.readline()
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def start_writing(folder: Path) -> subprocess.Popen[bytes]:
    """A process in the middle of writing "a.txt" and a temporary folder, both in this one."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITES, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(folder)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"writing\n"
    return writer


def test_it_takes_its_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with atomic.replacing(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["a.txt"]


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(ValueError), atomic.replacing(target) as file:
        file.write(b"half")
        raise ValueError
    with pytest.raises(ValueError), atomic.temporary_folder() as folder:
        (folder / "b.txt").write_text("some")
        raise ValueError
    assert not folder.exists()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("links", [True, False])
def test_one_that_has_to_be_new_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:  # as on a USB stick

        def link(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", link)
    with atomic.replacing(tmp_path / "a.txt", new=True) as file:
        file.write(b"first")
    with pytest.raises(FileExistsError), atomic.replacing(tmp_path / "a.txt", new=True) as file:
        file.write(b"second")
    assert (tmp_path / "a.txt").read_bytes() == b"first"
    assert names(tmp_path) == ["a.txt"]


def test_it_has_the_permissions_of_any_other_file(tmp_path: Path) -> None:
    atomic.write(tmp_path / "a.txt", b"a")
    (tmp_path / "plain").write_text("")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_a_living_process_writes_stays_and_what_a_killed_one_left_goes(tmp_path: Path) -> None:
    writer = start_writing(tmp_path)
    try:
        assert len(names(tmp_path)) == 2
        atomic.sweep(tmp_path)
        assert len(names(tmp_path)) == 2, "it is being written"
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    assert len(names(tmp_path)) == 2
    atomic.sweep(tmp_path)
    assert names(tmp_path) == []


def test_what_lived_through_a_sweep_is_finished(tmp_path: Path) -> None:
    writer = start_writing(tmp_path)
    atomic.sweep(tmp_path)
    writer.communicate(b"\n")
    assert writer.returncode == 0
    assert (tmp_path / "a.txt").read_bytes() == b"half"
    assert names(tmp_path) == ["a.txt"]


def test_whoever_sweeps_and_writes_at_once_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def write(n: int) -> None:
        for _ in range(40):
            atomic.write(tmp_path / str(n), b"whole")
            with atomic.temporary_folder() as folder:
                (folder / "packets").write_bytes(b"some")
                assert (folder / "packets").read_bytes() == b"some"

    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, n) for n in range(3)]
        while not all(writer.done() for writer in writers):
            atomic.sweep(tmp_path)
        for writer in writers:
            writer.result()
    assert names(tmp_path) == ["0", "1", "2"]


def test_nothing_of_others_is_swept_away(tmp_path: Path) -> None:
    folder = tmp_path / "swept"
    folder.mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    for name in (".listen-1.new", "listen-0123456789abcdef.new", ".listen-0123456789abcdef.new.txt", ".tmpabc"):
        (folder / name).write_text("mine")
    (folder / ".listen-0000000000000000.new").symlink_to(tmp_path / "mine")
    (folder / ".listen-0000000000000001.new").symlink_to(tmp_path / "mine" / "letter.txt")
    os.mkfifo(folder / ".listen-0000000000000002.new")
    before = names(folder)
    atomic.sweep(folder)
    atomic.sweep(tmp_path / "nowhere")
    assert names(folder) == before
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"
