"""Tables in TOML are what their files say, whatever was kept of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from player.tables import table


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "units.toml"
    file.write_text('[long]\nkm = "kilometre"\n"µs" = ["microsecond", 2]\n')
    return file


LONG = {"long": {"km": "kilometre", "µs": ["microsecond", 2]}}


def kept(file: Path) -> list[Path]:
    return list((file.parent / "__pycache__").iterdir())


def test_it_is_read_from_what_was_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert table(file) == LONG
    assert len(kept(file)) == 1
    monkeypatch.setitem(sys.modules, "tomllib", None)  # cannot be imported
    assert table(file) == LONG


def test_a_changed_file_is_read_anew(file: Path) -> None:
    table(file)
    file.write_text('[long]\nkm = "kilometer"\n')
    assert table(file) == {"long": {"km": "kilometer"}}
    assert len(kept(file)) == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"\0" * 200])
def test_what_was_kept_and_is_damaged_is_made_anew(file: Path, damage: bytes) -> None:
    table(file)
    (one,) = kept(file)
    whole = one.read_bytes()
    one.write_bytes(damage)
    assert table(file) == LONG
    assert one.read_bytes() == whole


def test_where_nothing_can_be_kept_it_is_read(file: Path) -> None:
    (file.parent / "__pycache__").write_text("no folder")
    assert table(file) == LONG


def test_nothing_is_kept_where_python_keeps_no_bytecode(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert table(file) == LONG
    assert not (file.parent / "__pycache__").exists()
