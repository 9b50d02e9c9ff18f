"""The cache returns what was put, or nothing; keeps within its limit; and never deletes what is not its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.store import open_store
from player.audio.store.cache import DiskCache, MemoryCache, Store, make_key
from player.errors import CacheError, UsageError

pytestmark = pytest.mark.quick

KEYS = [make_key(n) for n in range(6)]
SEAL = 48
"""Bytes behind what is kept."""


@pytest.mark.parametrize("kind", ["disk", "memory"])
@given(steps=st.lists(st.tuples(st.sampled_from(["put", "get"]), st.sampled_from(KEYS), st.binary(max_size=50))))
def test_it_returns_what_was_put_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, kind: str, steps: list[tuple[str, str, bytes]]
) -> None:
    store: Store = DiskCache(tmp_path_factory.mktemp("cache")) if kind == "disk" else MemoryCache()
    model: dict[str, bytes] = {}
    for step, key, data in steps:
        if step == "put":
            store.put(key, ".flac", data)
            model[key] = data
        assert store.get(key, ".flac") == model.get(key)


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, limit=1000)
    for n, key in enumerate(KEYS):
        cache.put(key, ".flac", bytes(90 - SEAL))
        os.utime(tmp_path / key[:2] / f"{key}.flac", (1000 + n, 1000 + n))
    assert cache.get(KEYS[0], ".flac")  # used just now
    for n in range(100, 106):
        cache.put(make_key(n), ".flac", bytes(90 - SEAL))
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


def test_counting_and_clearing_follow_no_links(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    cache = DiskCache(tmp_path / "cache", limit=10)
    cache.put(KEYS[0], ".flac", b"x")
    inside = tmp_path / "cache" / KEYS[0][:2]
    (inside / "one").symlink_to(tmp_path / "mine")
    (inside / "two").symlink_to(tmp_path / "nowhere")
    (inside / "three").mkdir()
    (tmp_path / "cache" / "00").symlink_to(tmp_path / "mine")
    cache.trim()
    cache.clear()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["00"]
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_what_cannot_be_written_is_kept_in_memory_and_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / KEYS[0][:2]).write_text("a file where a folder should be")
    for folder in (tmp_path / "cache", tmp_path / "file", tmp_path / "file" / "cache"):
        cache = DiskCache(folder)
        with pytest.raises(CacheError, match=r"cannot write to the audio cache .*--cache-dir"):
            cache.put(KEYS[0], ".flac", b"x")
        assert cache.get(KEYS[0], ".flac") == b"x"
        assert not list(folder.rglob("*.flac"))
        cache.close()
        assert DiskCache(folder).get(KEYS[0], ".flac") is None


@given(st.binary(min_size=1, max_size=300), st.data())
def test_what_is_not_as_it_was_put_is_as_good_as_not_there(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    cache = DiskCache(tmp_path_factory.mktemp("cache"))
    cache.put(KEYS[0], ".flac", content)
    path = cache.folder / KEYS[0][:2] / f"{KEYS[0]}.flac"
    good = path.read_bytes()
    bit = data.draw(st.integers(0, 8 * len(good) - 1))
    flipped = (int.from_bytes(good, "big") ^ 1 << bit).to_bytes(len(good), "big")
    for bad in (flipped, good[: bit // 8], good[bit // 8 + 1 :], good + b"\0", good + good):
        path.write_bytes(bad)
        assert cache.get(KEYS[0], ".flac") is None
    path.write_bytes(good)
    assert cache.get(KEYS[0], ".flac") == content


@pytest.mark.parametrize("other", [(KEYS[1], ".flac"), (KEYS[0], ".frames")])
def test_what_was_put_under_another_key_is_not_taken_for_it(tmp_path: Path, other: tuple[str, str]) -> None:
    cache = DiskCache(tmp_path)
    cache.put(KEYS[0], ".flac", b"x")
    cache.put(*other, b"x")
    path = tmp_path / KEYS[0][:2] / f"{KEYS[0]}.flac"
    path.write_bytes((tmp_path / other[0][:2] / "".join(other)).read_bytes())
    assert cache.get(KEYS[0], ".flac") is None


def test_what_stands_in_a_files_place_is_replaced(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache")
    cache.put(KEYS[0], ".flac", b"x")
    path = tmp_path / "cache" / KEYS[0][:2] / f"{KEYS[0]}.flac"
    good = path.read_bytes()
    (tmp_path / "mine").write_bytes(good)

    def folder() -> None:
        path.mkdir()
        (path / "inside").write_text("x")

    def huge() -> None:
        with path.open("wb") as file:
            file.truncate(1 << 40)

    places = (path.mkdir, folder, huge, path.touch)
    links = (lambda: path.symlink_to(tmp_path / "mine"), lambda: path.symlink_to("nowhere"), lambda: os.mkfifo(path))
    for place in (*places, *links):
        path.unlink()
        place()
        assert cache.get(KEYS[0], ".flac") is None
        cache.put(KEYS[0], ".flac", b"x")
        assert cache.get(KEYS[0], ".flac") == b"x"
        assert path.read_bytes() == good
    assert (tmp_path / "mine").read_bytes() == good


def test_what_was_being_written_when_a_process_was_killed_is_removed(tmp_path: Path) -> None:
    DiskCache(tmp_path).put(KEYS[0], ".flac", b"x")
    (tmp_path / ".listen-0123456789abcdef.new").write_bytes(b"half")
    assert DiskCache(tmp_path).get(KEYS[0], ".flac") == b"x"
    assert [path.name for path in tmp_path.iterdir()] == [KEYS[0][:2]]


def test_memory_keeps_within_its_limit() -> None:
    store = MemoryCache(limit=100)
    for key in KEYS:
        store.put(key, ".flac", bytes(40))
    assert store.get(KEYS[-1], ".flac") == bytes(40)
    assert store.get(KEYS[0], ".flac") is None


@pytest.mark.parametrize("where", ["{}", "file://{}", "FILE://localhost{}", "file:{}"])
def test_a_store_is_opened_by_path_or_url(tmp_path: Path, where: str) -> None:
    folder = tmp_path / "my speech, 100%"
    named = str(folder) if where == "{}" else where.format(folder.as_uri().removeprefix("file://"))
    open_store(named).put(KEYS[0], ".flac", b"x")
    assert DiskCache(folder).get(KEYS[0], ".flac") == b"x"
    assert open_store(named).usage().folder == str(folder)


def test_a_store_in_memory_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("memory:", "memory://", "Memory:"):
        store = open_store(name)
        assert store.get(KEYS[0], ".flac") is None
        store.put(KEYS[0], ".flac", b"abc")
        assert (store.usage().entries, store.usage().size) == (1, 3)
        assert (store.clear().entries, store.usage().entries) == (1, 0)
        assert store.get(KEYS[0], ".flac") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["s3:bucket", "x-y:", "http://127.0.0.1/", "memory:mine"])
def test_a_url_of_no_known_kind_is_one_line_that_names_the_known(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(name)
    said = f"{caught.value.message} {caught.value.hint}"
    assert "\n" not in said and "memory:" in said


@pytest.mark.parametrize("name", ["file:speech", "file://elsewhere/speech", "file:///a?old", "~nobody-here/speech"])
def test_a_url_or_path_that_is_no_folder_here_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"names no folder here|cannot be found"):
        open_store(name)


@pytest.mark.parametrize("name", ["a:b", "./s3:speech", "2024:speech", "speech"])
def test_what_is_no_url_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    open_store(name).put(KEYS[0], ".flac", b"x")
    assert (tmp_path / name).is_dir()
