"""Sealed files are given back whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from player import sealed

pytestmark = pytest.mark.quick


@pytest.mark.parametrize("size", [1_000, 5_000_000])
def test_a_flipped_bit_or_another_key_is_noticed(tmp_path: Path, size: int) -> None:
    file, content = tmp_path / "kept", bytes(range(250)) * (size // 250)
    sealed.write(file, "key", content)
    assert sealed.read(file, "key") == content and sealed.is_whole(file, "key")
    assert sealed.read(file, "another key") is None and not sealed.is_whole(file, "another key")
    with file.open("r+b") as damaged:
        damaged.seek(size // 2)
        damaged.write(bytes([content[size // 2] ^ 4]))
    assert sealed.read(file, "key") is None and not sealed.is_whole(file, "key")
    file.write_bytes(b"")
    assert not sealed.is_whole(file, "key") and not sealed.is_whole(tmp_path / "none", "key")
