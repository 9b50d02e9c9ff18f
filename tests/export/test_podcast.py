"""A podcast of exported stories: a feed that players of other people's making read, and a server that gives no more."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import feedparser
import pytest
import segno
from lxml import etree
from mutagen.id3 import ID3, TDRC, TIT2, TRCK, USLT
from PIL import Image

from player.errors import ExportError, PlayerError, UsageError
from player.export.podcast.feed import NOTHING_SAID, write_feed
from player.export.podcast.rss import About
from player.publish.serving.answers import Text
from player.publish.serving.http import HouseServer
from player.publish.serving.podcast import Podcast, served
from player.story.model import PartOf, Story
from tests.support.programs import require
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


@pytest.mark.quick
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
    transcript = {"url": BASE + "b.vtt", "type": "text/vtt", "language": "en"}
    assert newest.find("podcast:transcript", NAMES).attrib == transcript
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


def constants(folder: Path) -> dict[str, tuple[str | None, str | None]]:
    """Title -> (GUID, date)"""
    items = channel(folder).iterfind("item")
    return {str(item.findtext("title")): (item.findtext("guid"), item.findtext("pubDate")) for item in items}


def test_a_renamed_file_is_the_same_episode(folder: Path, tmp_path: Path, tone_engine: str) -> None:
    """And what is exported under its old name is another one, whose GUID nobody has had."""
    write_feed(folder, base_url=BASE)
    first = constants(folder)
    (folder / "b.mp3").rename(folder / "2026 newest.mp3")
    write_feed(folder)
    assert constants(folder) == first
    export(story("Newer still", "2026-05-06"), folder / "b.mp3", tmp_path / "cache", tone_engine)
    write_feed(folder)
    now = constants(folder)
    assert {title: said for title, said in now.items() if title != "Newer still"} == first
    assert len({guid for guid, _ in now.values()}) == 4


def test_an_episode_in_another_format_is_the_same_episode(folder: Path, tmp_path: Path, tone_engine: str) -> None:
    export(story("Fourth", "2025-08-08"), folder / "d.flac", tmp_path / "cache", tone_engine)
    write_feed(folder, base_url=BASE)
    first = constants(folder)
    export(story("Fourth", "2025-08-08"), folder / "d.mp3", tmp_path / "cache", tone_engine)
    write_feed(folder)
    assert constants(folder) == first
    assert [item.find("enclosure").get("type") for item in channel(folder).iterfind("item")] == ["audio/mpeg"] * 4


@pytest.mark.parametrize("published", ["2026-03-04", ""])
def test_stories_of_one_day_keep_their_order(tmp_path: Path, tone_engine: str, published: str) -> None:
    (tmp_path / "pod").mkdir()
    for n in (1, 2, 3):
        file = tmp_path / "pod" / f"{n}.mp3"
        export(story(f"Part {n}", published), file, tmp_path / "cache", tone_engine)
        os.utime(file, (1_700_000_000, 1_700_000_000))
    write_feed(tmp_path / "pod", base_url=BASE)
    read = feedparser.parse((tmp_path / "pod" / "feed.xml").read_bytes())
    assert [entry.title for entry in read.entries] == ["Part 3", "Part 2", "Part 1"]
    assert len({entry.published for entry in read.entries}) == 3


def test_what_is_written_into_its_head_by_hand_stays(folder: Path) -> None:
    write_feed(folder, base_url=BASE)
    feed = folder / "feed.xml"
    owner = "<itunes:owner><itunes:name>Ann</itunes:name><itunes:email>ann@example.org</itunes:email></itunes:owner>"
    text = re.sub(
        r"<description>.*?</description>",
        f"<description>Mine &amp; yours</description>{owner}",
        feed.read_text(),
        count=1,
    )
    feed.write_text(text.replace('text="News"', 'text="Fiction"'))
    write_feed(folder)
    written = feed.read_bytes()
    write_feed(folder)
    assert feed.read_bytes() == written
    top = channel(folder)
    assert [element.text for element in top.findall("description")] == ["Mine & yours"]
    assert top.findtext("itunes:owner/itunes:email", namespaces=NAMES) == "ann@example.org"
    assert [element.get("text") for element in top.findall("itunes:category", NAMES)] == ["Fiction"]
    assert top[-4].tag == "{https://podcastindex.org/namespace/1.0}locked"  # the head comes before the three episodes


def test_chapters_of_a_book_are_a_serial_in_order(tmp_path: Path, tone_engine: str) -> None:
    """By their numbers, whatever their files are called."""
    folder = tmp_path / "book"
    folder.mkdir()
    for number, name in enumerate(("zero", "alpha", "middle"), 1):
        chapter = replace(story(f"Chapter {name}", "2024-05-06"), part_of=PartOf("The Book", number, 3))
        suffix = (".mp3", ".m4a", ".opus")[number - 1]
        export(chapter, folder / f"{name}{suffix}", tmp_path / "cache", tone_engine)
    for _ in range(2):
        write_feed(folder, base_url=BASE)
        assert channel(folder).findtext("itunes:type", namespaces=NAMES) == "serial"
        items = channel(folder).findall("item")
        assert [item.findtext("title") for item in items] == ["Chapter zero", "Chapter alpha", "Chapter middle"]
        assert [item.findtext("itunes:episode", namespaces=NAMES) for item in items] == ["1", "2", "3"]
        assert channel(folder).find("item/itunes:season", NAMES) is None
    dates = [entry.published_parsed for entry in feedparser.parse((folder / "feed.xml").read_bytes()).entries]
    assert dates == sorted(dates)
    other = replace(story("Another", "2023-05-06"), part_of=PartOf("Before It", 1, 1))
    export(other, folder / "other.mp3", tmp_path / "cache", tone_engine)
    write_feed(folder)
    seasons = [item.findtext("itunes:season", namespaces=NAMES) for item in channel(folder).findall("item")]
    assert seasons == ["1", "2", "2", "2"]


def test_a_book_beside_other_stories_is_a_season_in_order(tmp_path: Path, tone_engine: str) -> None:
    """Whatever is listed first, and though the first chapter was made last and the book has no date."""
    folder, cache = tmp_path / "mixed", tmp_path / "cache"
    folder.mkdir()
    for number in (1, 2, 3):
        chapter = replace(story(f"Chapter {number}", ""), part_of=PartOf("The Book", number, 3))
        export(chapter, folder / f"b{number}.mp3", cache, tone_engine)
        os.utime(folder / f"b{number}.mp3", (1_700_000_000 - number * 100,) * 2)
    export(story("Before it", "2023-05-06"), folder / "z.mp3", cache, tone_engine)
    export(story("After it", "2026-05-06"), folder / "a.mp3", cache, tone_engine)
    write_feed(folder, base_url=BASE)
    assert channel(folder).findtext("itunes:type", namespaces=NAMES) == "episodic"
    assert listed(folder) == [
        ("After it", None, None),
        ("Chapter 1", "1", "1"),
        ("Chapter 2", "1", "2"),
        ("Chapter 3", "1", "3"),
        ("Before it", None, None),
    ]
    entries = feedparser.parse((folder / "feed.xml").read_bytes()).entries
    by_date = [entry.title for entry in sorted(entries, key=lambda entry: entry.published_parsed)]
    assert by_date == ["Before it", "Chapter 1", "Chapter 2", "Chapter 3", "After it"]


def test_stories_added_to_a_book_come_behind_it(tmp_path: Path, tone_engine: str) -> None:
    """By their dates; the podcast stays a serial, as its subscribers have it."""
    folder, cache = tmp_path / "book", tmp_path / "cache"
    folder.mkdir()
    for number in (1, 2):
        chapter = replace(story(f"Chapter {number}", "2024-05-06"), part_of=PartOf("The Book", number, 2))
        export(chapter, folder / f"m{number}.mp3", cache, tone_engine)
    write_feed(folder, base_url=BASE)
    export(story("Later", "2026-01-02"), folder / "a.mp3", cache, tone_engine)
    export(story("Earlier", "2025-01-02"), folder / "z.mp3", cache, tone_engine)
    write_feed(folder)
    assert channel(folder).findtext("itunes:type", namespaces=NAMES) == "serial"
    assert listed(folder) == [
        ("Chapter 1", "1", "1"),
        ("Chapter 2", "1", "2"),
        ("Earlier", None, None),
        ("Later", None, None),
    ]


def listed(folder: Path) -> list[tuple[str | None, str | None, str | None]]:
    """Return (title, season, number) of each episode in the feed."""
    tags = ("title", "itunes:season", "itunes:episode")
    return [
        tuple(item.findtext(tag, namespaces=NAMES) for tag in tags)  # type: ignore[misc]
        for item in channel(folder).findall("item")
    ]


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".m4a", ".opus", ".flac"])
def test_it_has_the_language_of_its_stories(tmp_path: Path, tone_engine: str, suffix: str) -> None:
    folder = tmp_path / "pod"
    folder.mkdir()
    german = replace(story("Die Lampe", "2026-01-02"), language="de-AT")
    for name in (f"lampe{suffix}", "lampe.vtt"):
        export(german, folder / name, tmp_path / "cache", tone_engine, language="de")
    write_feed(folder, base_url=BASE)
    assert channel(folder).findtext("language") == "de"
    (transcript,) = channel(folder).iterfind("item/podcast:transcript", NAMES)
    assert transcript.get("language") == "de"


def test_what_the_podcast_is_can_be_said(folder: Path) -> None:
    about = About("Arts > Books", "Ann & Bob <ann@example.org>", "Stories & <more>.")
    write_feed(folder, base_url=BASE, about=about)
    for told in (about, About(), About(category="Fiction")):
        write_feed(folder, about=told)
        top = channel(folder)
        assert [element.text for element in top.findall("description")] == ["Stories & <more>."]
        assert top.findtext("itunes:owner/itunes:email", namespaces=NAMES) == "ann@example.org"
        (category,) = top.findall("itunes:category", NAMES)
    assert category.get("text") == "Fiction" and not len(category)
    write_feed(folder, about=about)
    inner = channel(folder).find("itunes:category/itunes:category", NAMES)
    assert inner is not None and inner.get("text") == "Books"
    assert not feedparser.parse((folder / "feed.xml").read_bytes()).bozo
    with pytest.raises(UsageError, match="no mail address"):
        write_feed(folder, about=About(owner="Ann"))


def test_a_summary_has_no_headings_in_it(folder: Path) -> None:
    write_feed(folder, base_url=BASE)
    assert {item.findtext("description") for item in channel(folder).iterfind("item")} == {
        "Old &amp; &lt;new&gt; is told here. It ends.", "Newest ]]&gt; is told here. It ends.",
        "In between is told here. It ends.",
    }  # fmt: skip


def test_the_podcast_keeps_its_identity_when_it_moves(folder: Path) -> None:
    """But one that was only served at home gets its own with its first address on the web."""

    def identity() -> str | None:
        return channel(folder).findtext("podcast:guid", namespaces=NAMES)

    write_feed(folder, served_at="http://192.168.1.20:8377/")
    at_home = identity()
    write_feed(folder, base_url=BASE)
    first = identity()
    assert first != at_home
    write_feed(folder, base_url="https://elsewhere.example/")
    assert identity() == first


def test_to_serve_it_changes_nothing_of_what_is_for_the_web(folder: Path) -> None:
    write_feed(folder, base_url=BASE)
    before = (folder / "feed.xml").read_bytes()
    with serving(folder) as url:
        read = feedparser.parse(get(url + "feed.xml")[1])
        assert all(entry.enclosures[0].href.startswith(url) for entry in read.entries)
        assert {entry.id for entry in read.entries} == {guid for guid, _ in constants(folder).values()}
    assert (folder / "feed.xml").read_bytes() == before


def test_a_base_url_may_be_written_as_people_write_it(folder: Path) -> None:
    for written in ("https://example.org/my podcast", "https://example.org/my%20podcast/"):
        assert write_feed(folder, base_url=written).url == BASE + "feed.xml"


def test_odd_names_and_tags_are_no_obstacle(folder: Path) -> None:
    """A name that is no text, a day that never was, and markup, which players would take for markup."""
    odd = folder / "\udcff #1?.mp3"
    try:
        shutil.copy(folder / "b.mp3", odd)
    except OSError:
        odd = folder / "#1 %20?.mp3"
        shutil.copy(folder / "b.mp3", odd)
    tags = ID3(odd)
    tags.setall("TDRC", [TDRC(text="2024-02-30")])
    tags.setall("TIT2", [TIT2(text="Odd")])
    tags.setall("USLT", [USLT(lang="eng", text="<img src=x onerror=alert(1)> was said.")])
    tags.save()
    with serving(folder) as url:
        read = feedparser.parse(get(url + "feed.xml")[1], sanitize_html=False)
        entry = next(entry for entry in read.entries if entry.title == "Odd")
        assert get(entry.enclosures[0].href)[1] == odd.read_bytes()
        assert entry.description == "&lt;img src=x onerror=alert(1)&gt; was said."


def test_a_numbered_file_without_a_book_keeps_its_date(folder: Path) -> None:
    tags = ID3(folder / "ü.mp3")
    tags.delall("TALB")
    tags.setall("TRCK", [TRCK(text="1")])
    tags.save()
    write_feed(folder, base_url=BASE)
    assert constants(folder)["In between"][1] == "Sat, 07 Jun 2025 12:00:00 +0000"


def test_of_one_story_in_several_formats_one_is_an_episode(folder: Path) -> None:
    shutil.copy(folder / "b.mp3", folder / "b.m4a")  # what is in it does not matter
    assert write_feed(folder, base_url=BASE).episodes == 3


def test_what_cannot_be_is_one_line(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    wrong = (
        (tmp_path / "none", BASE),
        (tmp_path / "empty", BASE),
        (folder, ""),
        *((folder, base) for base in ("ftp://x/", "x", "https://x/?a=", "https://[x/")),
    )
    for place, base in wrong:
        with pytest.raises(UsageError):
            write_feed(place, base_url=base)
    (folder / "feed.xml").write_text("<html>mine</html>")
    with pytest.raises(ExportError, match="not made by listen feed"):
        write_feed(folder, base_url=BASE)
    assert (folder / "feed.xml").read_text() == "<html>mine</html>"
    foreign = (
        '<rss xmlns:a="http://www.w3.org/2005/Atom"><channel><a:link rel="self" href="https://x/f"/></channel></rss>'
    )
    (folder / "feed.xml").write_text(foreign)
    with pytest.raises(ExportError, match="not made by listen feed"):
        write_feed(folder, base_url=BASE)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    with served(folder, "127.0.0.1", 0) as (server, _):
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def test_gpodder_follows_the_feed_and_fetches_its_episodes(folder: Path, tmp_path: Path) -> None:
    require("gpo")
    own = {**os.environ, "HOME": str(tmp_path), "GPODDER_HOME": str(tmp_path / "gpodder")}

    def gpo(*command: str) -> str:
        return subprocess.run(["gpo", *command], env=own, capture_output=True, text=True, check=True).stdout

    with serving(folder) as url:
        gpo("subscribe", url + "feed.xml")
        found = gpo("episodes")
        assert [title in found for title in ("Old & <new>", "Newest ]]>", "In between")] == [True] * 3
        gpo("download")
    fetched = {file.read_bytes() for file in (tmp_path / "gpodder" / "Downloads").rglob("*.mp3")}
    assert fetched == {(folder / name).read_bytes() for name in ("a b&c.mp3", "b.mp3", "ü.mp3")}


def get(url: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
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
        whole = f"bytes=0-{len(sound) - 1}"
        for asked, part in (
            ("bytes=10-19", sound[10:20]), ("bytes=100-", sound[100:]), ("bytes=-7", sound[-7:]), (whole, sound),
            ("bytes=0-", sound), ("bytes=-99999999", sound),
        ):  # fmt: skip
            status, data, headers = get(address, Range=asked)
            assert (status, data) == (206, part)
            assert headers["Content-Range"].endswith(f"/{len(sound)}")
        assert get(address, Range=f"bytes={len(sound)}-")[0] == 416
        assert get(address, Range="bytes=-0")[0] == 416
        for asked in ("bytes=0-4,9-12", "bytes=9-5", "bytes=x", f"bytes=0-{'9' * 5000}"):
            assert get(address, Range=asked)[:2] == (200, sound)
        status, data, headers = get(address, "HEAD")
        assert (status, data, int(headers["Content-Length"])) == (200, b"", len(sound))
        assert get(url + "b.chapters.json")[2]["Content-Type"] == "application/json+chapters"


def test_nothing_else_can_be_reached(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.mp3").write_bytes((folder / "b.mp3").read_bytes())
    for name in ("link.mp3", "cover.png", "b.srt"):
        (folder / name).symlink_to(tmp_path / "secret.mp3")
    with serving(folder) as url:
        (folder / "ü.mp3").unlink()
        (folder / "ü.mp3").symlink_to(tmp_path / "secret.mp3")
        outside = (
            "cover.png",
            "b.srt",
            "%C3%BC.mp3",
            "../secret.mp3",
            "%2e%2e/secret.mp3",
            "..%2fsecret.mp3",
            "link.mp3",
            "//etc/passwd",
        )
        for path in (".", "notes.txt", "broken.mp3", *outside):
            assert get(url + path)[0] == 404, path
        assert get(url + "feed.xml", "POST")[0] == 501
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        for target, said in (
            ("http://[", ""),  # no address at all: the connection is closed
            *((target, "HTTP/1.1 404 Not Found\n") for target in ("/../secret.mp3", "/%00", "*")),
        ):
            with socket.create_connection((host, int(port)), timeout=60) as raw:
                raw.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
                assert raw.makefile().readline() == said, target


def test_a_new_episode_is_noticed_and_the_page_tells_how_to_subscribe(
    folder: Path, tmp_path: Path, tone_engine: str
) -> None:
    with serving(folder) as url:
        _, first, headers = get(url + "feed.xml")
        assert get(url + "feed.xml", If_None_Match=headers["Etag"])[0] == 304
        assert get(url + "feed.xml", If_Modified_Since=headers["Last-Modified"])[0] == 304
        status, page, headers = get(url)
        text = page.decode()
        assert status == 200 and headers["Content-Type"].startswith("text/html")
        assert f'href="{url}feed.xml"' in text and "Newest ]]&gt;" in text and "<script" not in text
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        sound = get(url + "b.mp3")[2]
        assert get(url + "b.mp3", If_None_Match=sound["Etag"])[0] == 304
        assert get(url + "b.mp3", If_Modified_Since=sound["Last-Modified"])[0] == 304
        assert get(url + "b.mp3", Range="bytes=0-3", If_Range='"other"')[0] == 200
        export(story("One more", "2026-10-10"), folder / "new.mp3", tmp_path / "cache", tone_engine)
        now = feedparser.parse(get(url + "feed.xml")[1])
        assert now.entries[0].title == "One more" and len(now.entries) == 4
        assert get(now.entries[0].enclosures[0].href)[1] == (folder / "new.mp3").read_bytes()
        (folder / "b.mp3").unlink()
        assert len(feedparser.parse(get(url + "feed.xml")[1]).entries) == 3
        assert first != get(url + "feed.xml")[1]


def test_its_page_shows_the_cover(folder: Path) -> None:
    with serving(folder) as url:
        page = get(url)[1].decode()
        (cover,) = re.findall(r'<img class="cover" src="([^"]+)"', page)
        status, picture, headers = get(url + cover)
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert picture == (folder / "cover.jpg").read_bytes()


def test_phones_are_given_an_address_that_they_reach(folder: Path) -> None:
    """On 127.0.0.1 every phone would look for the feed in itself."""
    with serving(folder) as url:
        for here in (url, url.replace("127.0.0.1", "localhost"), url.replace("127.0.0.1", "[::1]")):
            host = here.removeprefix("http://").rstrip("/")
            page = get(url, Host=host)[1].decode()
            assert f'href="{here}feed.xml"' in page and "--host 0.0.0.0" in page and "qr.svg" not in page
            assert get(url + "qr.svg", Host=host)[0] == 404
        page = get(url, Host="192.168.7.8:8377")[1].decode()
        assert 'href="http://192.168.7.8:8377/feed.xml"' in page and 'src="qr.svg"' in page
        assert "--host" not in page
        status, code, headers = get(url + "qr.svg", Host="192.168.7.8:8377")
        assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
        assert drawn(code) == modules("http://192.168.7.8:8377/feed.xml")


def test_on_this_machine_the_address_is_that_for_all(folder: Path) -> None:
    served_at = "http://192.168.7.8:8377/"
    podcast = Podcast(folder, base_url="", title="", served_at=served_at, about=NOTHING_SAID)
    page, code = (podcast.find(path, "http://127.0.0.1:8377/") for path in ("", "qr.svg"))
    assert isinstance(page, Text) and isinstance(code, Text)
    assert f'href="{served_at}feed.xml"' in page.data.decode()
    assert drawn(code.data) == modules(f"{served_at}feed.xml")


def drawn(svg: bytes) -> set[tuple[int, int]]:
    """Return (line, column) of the dark squares of a code: segno draws each run of them as a line to the right."""
    (strokes,) = re.findall(r'class="qrline"[^>]* d="([^"]+)"', svg.decode())
    found, column, line = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", strokes):
        given = [float(number) for number in numbers.split()]
        if command == "h":
            found |= {(int(line) - 4, int(column) - 4 + n) for n in range(int(given[0]))}
            column += given[0]
        else:
            column, line = given if command == "M" else (column + given[0], line + given[1])
    return found


def modules(address: str) -> set[tuple[int, int]]:
    """Return the dark squares of an address's code."""
    code = segno.make(address, error="m", micro=False)
    return {(line, n) for line, row in enumerate(code.matrix) for n, dark in enumerate(row) if dark}


def test_many_phones_at_once(folder: Path) -> None:
    sound = (folder / "b.mp3").read_bytes()
    with serving(folder) as url, ThreadPoolExecutor(40) as phones:
        answers = list(phones.map(lambda _: get(url + "b.mp3")[1], range(200)))
    assert answers == [sound] * 200


def test_a_port_in_use_is_said() -> None:
    with HouseServer("127.0.0.1", 0, list) as server, pytest.raises(PlayerError, match="cannot serve"):
        HouseServer("127.0.0.1", server.address[1], list)
    with pytest.raises(PlayerError, match="cannot serve"):
        HouseServer("127.0.0.1", 99999, list)
