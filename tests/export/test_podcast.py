"""A podcast of exported stories: a feed that players of other people's making read, and a server that gives no more."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import feedparser
import pytest
from lxml import etree
from PIL import Image

from player.errors import ExportError, PlayerError, UsageError
from player.export.podcast_feed import write_feed
from player.export.podcast_server import FeedServer
from player.story.model import Story
from tests.support.stories import story_of
from tests.support.studio import export

BASE = "https://example.org/my%20podcast/"
NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}


def story(title: str, published: str, byline: str = "Ann <b>Author</b>") -> Story:
    made = story_of(f"{title} is told here.", "# Part & parcel", "It ends.", title=title)
    return replace(made, published=published, byline=byline, language="en", identity=title)


@pytest.fixture
def folder(tmp_path: Path, tone_engine: str) -> Path:
    """Three stories, exported; the second also with its transcript."""
    folder = tmp_path / "My Stories"
    folder.mkdir()
    cache = tmp_path / "cache"
    export(story("Old & <new>", "2025-01-02"), folder / "a b&c.mp3", cache, tone_engine)
    export(story("Newest ]]>", "2026-03-04", byline=""), folder / "b.mp3", cache, tone_engine)
    export(story("Newest ]]>", "2026-03-04", byline=""), folder / "b.vtt", cache, tone_engine)
    export(story("In between", "2025-06-07"), folder / "ü.mp3", cache, tone_engine)
    (folder / "notes.txt").write_text("private")
    (folder / "broken.mp3").write_bytes(b"no sound")
    return folder


def channel(folder: Path) -> etree._Element:
    found = etree.parse(str(folder / "feed.xml")).getroot().find("channel")
    assert found is not None
    return found


def test_it_has_a_picture(folder: Path) -> None:
    """One is drawn, with the podcast's title; one's own is left alone."""
    write_feed(folder, base_url=BASE)
    image = channel(folder).find("itunes:image", NAMES)
    assert image is not None and image.get("href") == BASE + "cover.jpg"
    with Image.open(folder / "cover.jpg") as picture:
        assert (picture.format, picture.size) == ("JPEG", (1400, 1400))  # the least that Apple takes
    first = (folder / "cover.jpg").read_bytes()
    write_feed(folder)
    assert (folder / "cover.jpg").read_bytes() == first
    write_feed(folder, title="Another name")
    assert (folder / "cover.jpg").read_bytes() != first
    (folder / "cover.jpg").write_bytes(b"my own")
    write_feed(folder, title="A third name")
    assert (folder / "cover.jpg").read_bytes() == b"my own"


def test_a_feed_reader_finds_the_episodes(folder: Path) -> None:
    made = write_feed(folder, base_url=BASE)
    assert (made.episodes, made.url) == (3, BASE + "feed.xml")
    read = feedparser.parse((folder / "feed.xml").read_bytes())
    assert not read.bozo and read.version == "rss20"
    assert (read.feed.title, read.feed.language, read.feed.link) == ("My Stories", "en", BASE)
    assert [entry.title for entry in read.entries] == ["Newest ]]>", "In between", "Old & <new>"]
    oldest = read.entries[2]
    (enclosure,) = oldest.enclosures
    assert (enclosure.href, enclosure.type) == (BASE + "a%20b%26c.mp3", "audio/mpeg")
    assert int(enclosure.length) == (folder / "a b&c.mp3").stat().st_size
    assert oldest.published.startswith("Thu, 02 Jan 2025")
    assert "told here" in oldest.description and oldest.author == "Ann <b>Author</b>"
    assert int(oldest.itunes_duration) >= 1
    assert len({entry.id for entry in read.entries}) == 3


def test_it_has_what_podcast_players_want(folder: Path) -> None:
    (folder / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    write_feed(folder, base_url=BASE)
    top = channel(folder)
    for name in ("itunes:author", "itunes:explicit", "itunes:category", "podcast:guid", "podcast:locked"):
        assert top.find(name, NAMES) is not None, name
    assert top.find("itunes:image", NAMES).get("href") == BASE + "cover.jpg"
    assert top.find("atom:link", NAMES).get("href") == BASE + "feed.xml"
    newest = top.find("item")
    assert newest.find("podcast:transcript", NAMES).attrib == {"url": BASE + "b.vtt", "type": "text/vtt"}
    marks = newest.find("podcast:chapters", NAMES)
    assert marks.attrib == {"url": BASE + "b.chapters.json", "type": "application/json+chapters"}
    chapters = json.loads((folder / "b.chapters.json").read_text())
    assert chapters["version"] == "1.2.0"
    assert [mark["title"] for mark in chapters["chapters"]][-1] == "Part & parcel"
    assert chapters["chapters"][0]["startTime"] == 0 < chapters["chapters"][1]["startTime"]


def test_guids_and_dates_never_change(folder: Path, tmp_path: Path, tone_engine: str) -> None:
    write_feed(folder, base_url=BASE, title="First name")
    first = {item.findtext("title"): item for item in channel(folder).iterfind("item")}
    unchanged = (folder / "feed.xml").read_bytes()
    write_feed(folder)
    assert (folder / "feed.xml").read_bytes() == unchanged, "nothing is new"
    export(story("Renamed", "2026-09-09"), folder / "a b&c.mp3", tmp_path / "cache", tone_engine)
    export(story("One more", "2026-10-10"), folder / "new.mp3", tmp_path / "cache", tone_engine)
    write_feed(folder, base_url="https://elsewhere.example/")
    now = {item.findtext("title"): item for item in channel(folder).iterfind("item")}
    assert channel(folder).findtext("title") == "First name"
    assert next(iter(now)) == "One more" and len(now) == 4
    for before, after in (("Old & <new>", "Renamed"), ("In between", "In between")):
        for name in ("guid", "pubDate"):
            assert now[after].findtext(name) == first[before].findtext(name)


def test_of_one_story_in_several_formats_one_is_an_episode(folder: Path) -> None:
    shutil.copy(folder / "b.mp3", folder / "b.m4a")  # what is in it does not matter
    assert write_feed(folder, base_url=BASE).episodes == 3


def test_what_cannot_be_is_one_line(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    wrong = ((tmp_path / "none", BASE), (tmp_path / "empty", BASE), (folder, ""), (folder, "ftp://x/"), (folder, "x"))
    for place, base in wrong:
        with pytest.raises(UsageError):
            write_feed(place, base_url=base)
    (folder / "feed.xml").write_text("<html>mine</html>")
    with pytest.raises(ExportError, match="no feed of ours"):
        write_feed(folder, base_url=BASE)
    assert (folder / "feed.xml").read_text() == "<html>mine</html>"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    with FeedServer("127.0.0.1", 0) as server:
        made = write_feed(folder, base_url=server.url)
        server.files = {path.name: path for path in made.files}
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def get(url: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read(), dict(error.headers)


def test_a_phone_gets_the_feed_and_its_files_in_parts(folder: Path) -> None:
    sound = (folder / "a b&c.mp3").read_bytes()
    with serving(folder) as url:
        read = feedparser.parse(get(url + "feed.xml")[1])
        address = read.entries[2].enclosures[0].href
        assert address.startswith(url)
        status, data, headers = get(address)
        assert (status, data, headers["Content-Type"]) == (200, sound, "audio/mpeg")
        for asked, part in (("bytes=10-19", sound[10:20]), ("bytes=100-", sound[100:]), ("bytes=-7", sound[-7:])):
            status, data, headers = get(address, Range=asked)
            assert (status, data) == (206, part)
            assert headers["Content-Range"].endswith(f"/{len(sound)}")
        assert get(address, Range=f"bytes={len(sound)}-")[0] == 416
        assert get(address, Range="bytes=0-4,9-12")[:2] == (200, sound)
        status, data, headers = get(address, "HEAD")
        assert (status, data, int(headers["Content-Length"])) == (200, b"", len(sound))
        assert get(url + "b.chapters.json")[2]["Content-Type"] == "application/json+chapters"


def test_nothing_else_can_be_reached(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.mp3").write_bytes((folder / "b.mp3").read_bytes())
    (folder / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    with serving(folder) as url:
        outside = ("../secret.mp3", "%2e%2e/secret.mp3", "..%2fsecret.mp3", "link.mp3", "//etc/passwd")
        for path in ("", ".", "notes.txt", "broken.mp3", *outside):
            assert get(url + path)[0] == 404, path
        assert get(url + "feed.xml", "POST")[0] == 501


def test_a_port_in_use_is_said() -> None:
    with FeedServer("127.0.0.1", 0) as server, pytest.raises(PlayerError, match="cannot serve"):
        FeedServer("127.0.0.1", server.server_address[1])
    with pytest.raises(PlayerError, match="cannot serve"):
        FeedServer("127.0.0.1", 99999)
