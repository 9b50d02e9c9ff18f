"""Locks between processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from player.locks import alone

_ENTERS = """
import os, sys
from pathlib import Path
from player.locks import alone
file = Path(sys.argv[1])
if sys.argv[2] == "before":  # opened while another process is in it, and locked when that has deleted it
    descriptor = os.open(file, os.O_RDWR)
    print("opened", flush=True)
    input()
    real, os.open = os.open, lambda *_: (setattr(os, "open", real), descriptor)[1]
with alone(file) as is_first:
    print(is_first, flush=True)
    input()
"""


def _entering(file: Path, when: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _ENTERS, str(file), when]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_one_process_is_alone_also_when_the_file_was_deleted_meanwhile(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with alone(file) as is_first:
        assert is_first
        late = _entering(file, "before")
        assert _said(late) == "opened"
        with _entering(file, "now") as second:
            assert _said(second) == "False"
            second.communicate("\n")
    assert not file.exists()
    with late:
        _go_on(late)
        assert _said(late) == "True"
        with _entering(file, "now") as third:
            assert _said(third) == "False"
            third.communicate("\n")
        late.communicate("\n")
    assert not file.exists()
