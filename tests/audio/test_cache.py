"""The cache returns what was put, or nothing; keeps within its limit; and never deletes what is not its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.cache import DiskCache, MemoryCache, Store, make_key
from player.errors import CacheError

KEYS = [make_key(n) for n in range(6)]


@pytest.mark.parametrize("kind", ["disk", "memory"])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["put", "get", "drop"]), st.sampled_from(KEYS), st.binary(max_size=50)))
)
def test_it_returns_what_was_put_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, kind: str, steps: list[tuple[str, str, bytes]]
) -> None:
    store: Store = DiskCache(tmp_path_factory.mktemp("cache")) if kind == "disk" else MemoryCache()
    model: dict[str, bytes] = {}
    for step, key, data in steps:
        if step == "put":
            store.put(key, ".flac", data)
            model[key] = data
        elif step == "drop":
            store.drop(key, ".flac")
            model.pop(key, None)
        assert store.get(key, ".flac") == model.get(key)


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, limit=1000)
    for n, key in enumerate(KEYS):
        cache.put(key, ".flac", bytes(90))
        os.utime(tmp_path / key[:2] / f"{key}.flac", (1000 + n, 1000 + n))
    assert cache.get(KEYS[0], ".flac")  # used just now
    for n in range(100, 106):
        cache.put(make_key(n), ".flac", bytes(90))
    cache.close()
    assert cache.usage().size <= 1000
    assert cache.get(KEYS[0], ".flac")
    assert cache.get(KEYS[1], ".flac") is None


def test_clearing_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.flac").write_text("mine too")
    cache = DiskCache(tmp_path)
    cache.put(KEYS[0], ".flac", b"x")
    assert cache.clear().entries == 1
    assert cache.usage().entries == 0
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["README.md", "cat.flac", "photos"]


def test_a_failed_write_leaves_no_half_file(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache")
    (tmp_path / "cache" / KEYS[0][:2]).write_text("a file where a folder should be")
    with pytest.raises(CacheError, match="cannot write to the audio cache"):
        cache.put(KEYS[0], ".flac", b"x")
    assert cache.get(KEYS[0], ".flac") is None


def test_a_cache_that_cannot_be_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheError, match="--cache-dir"):
        DiskCache(tmp_path / "file" / "cache")


def test_memory_keeps_within_its_limit() -> None:
    store = MemoryCache(limit=100)
    for key in KEYS:
        store.put(key, ".flac", bytes(40))
    assert store.get(KEYS[-1], ".flac") == bytes(40)
    assert store.get(KEYS[0], ".flac") is None
