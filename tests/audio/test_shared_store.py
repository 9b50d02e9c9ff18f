"""A store that machines share keeps speech as a folder does, wherever fsspec can write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event
from uuid import uuid4

import fsspec
import pytest

from player.audio.store import open_store
from player.audio.store.cache import Store, make_key
from player.errors import CacheError, UsageError
from player.session import Session
from player.settings import Settings, Source
from player.sources import load_story

KEYS = [make_key(n) for n in range(3)]


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The URL of a bucket on a server that speaks S3."""
    from moto.server import ThreadedMotoServer  # 3 s

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    access = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in access.items():
            patch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("stories")
        yield "s3://stories/speech"
    server.stop()


@pytest.fixture(params=["memory", "local", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A store's URL: one that shows whole files only, a folder that shows what is being written, a bucket."""
    if request.param == "s3":
        return str(request.getfixturevalue("bucket"))
    return f"memory://{uuid4().hex}/speech" if request.param == "memory" else f"local://{tmp_path}/speech"


def put_and_read(url: str) -> Store:
    store = open_store(url)
    assert store.usage().entries == 0 and store.get(KEYS[0], ".flac") is None
    store.put(KEYS[0], ".flac", b"sound")
    store.put(KEYS[1], ".frames", b"frames")
    return store


def test_what_was_put_is_there_for_others_until_it_is_cleared(url: str) -> None:
    store = put_and_read(url)
    other = open_store(url)
    assert other.get(KEYS[0], ".flac") == b"sound" and other.get(KEYS[1], ".frames") == b"frames"
    assert (other.usage().entries, other.usage().limit) == (2, None)
    files, base = fsspec.url_to_fs(url)
    files.pipe_file(f"{base}/README.md", b"mine")
    assert store.clear().entries == 2 and open_store(url).get(KEYS[0], ".flac") is None
    assert [Path(path).name for path in files.find(base)] == ["README.md"]


def test_what_is_damaged_is_as_good_as_missing_and_is_replaced(url: str) -> None:
    put_and_read(url)
    files, base = fsspec.url_to_fs(url)
    path = f"{base}/{KEYS[0][:2]}/{KEYS[0]}.flac"
    good = files.cat_file(path)
    for bad in (good[:-1], b"", good[:3] + b"!" + good[4:], files.cat_file(f"{base}/{KEYS[1][:2]}/{KEYS[1]}.frames")):
        files.pipe_file(path, bad)
        store = open_store(url)
        assert store.get(KEYS[0], ".flac") is None
        store.put(KEYS[0], ".flac", b"sound")
        assert files.cat_file(path) == good
    assert open_store(url).get(KEYS[0], ".flac") == b"sound"
    open_store(url).clear()


def test_half_a_file_never_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    move = fsspec.get_filesystem_class("local").mv

    def watched(files: object, source: str, target: str) -> None:
        seen.extend(path.name for path in tmp_path.rglob("*") if path.is_file())
        move(files, source, target)

    monkeypatch.setattr(fsspec.get_filesystem_class("local"), "mv", watched)
    open_store(f"local://{tmp_path}").put(KEYS[0], ".flac", b"sound")
    assert [name.startswith(".listen-") for name in seen] == [True]


def test_what_cannot_be_written_is_kept_in_memory_and_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = open_store(f"local://{tmp_path}/file/speech")
    with pytest.raises(CacheError, match=r"cannot write to the audio cache local://.* --cache"):
        store.put(KEYS[0], ".flac", b"sound")
    store.put(KEYS[1], ".flac", b"more")  # it is not tried again at once
    assert (store.get(KEYS[0], ".flac"), store.get(KEYS[1], ".flac")) == (b"sound", b"more")


@pytest.mark.parametrize("url", ["nowhere://x", "dropbox://x", "sftp://ann:secret@127.0.0.1:1/x"])
def test_a_store_that_cannot_be_opened_is_one_line_without_passwords(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(url)
    assert url.partition(":")[0] in caught.value.message and "secret" not in str(caught.value)


def test_an_export_finds_the_speech_of_an_earlier_one(tmp_path: Path, tone_engine: str) -> None:
    url = f"memory://{uuid4().hex}"
    story = tmp_path / "story.txt"
    story.write_text("It begins here.\n\nIt ends there.\n")
    settings = Settings(engine=tone_engine, cache_dir=url)
    made = []
    for name in ("a.mp3", "b.mp3"):
        with closing(Session.open(load_story(Source(str(story)), settings), settings)) as session:
            list(session.export([tmp_path / name], lambda _: None, Event()))
        made.append(((tmp_path / name).read_bytes(), open_store(url).usage()))
    assert made[0] == made[1] and made[0][1].entries >= 2
