"""A site of many stories: everything in it, made once, and again only where something changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event, Lock, Thread
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from player.background_work import in_background
from player.cli.publishing.batch import Wanted, run
from player.errors import PlayerError, UsageError
from player.publish.voices import SharedVoices
from player.settings import Settings
from player.speech.choosing.chosen import keep_voice
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.process.host import Worker
from player.speech.process.workers import Hello, SpeechWorker, StartWorker
from tests.story.reading import PAGES
from tests.support.waiting import wait_until
from tests.support.web import serving

TONE = Settings(engine="tone")
BASE = "https://example.org/stories/"
RECORDS = [
    {"id": "rec-1", "text": "A record is told here.", "title": "Of a record", "byline": "Ann", "date": "2026-03-04"},
    {"id": "rec-2", "html": "<article><h1>Markup</h1><p>This <b>markup</b> is read.</p></article>", "language": "en"},
]


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A folder with a story, a folder in it, and records."""
    folder = tmp_path / "in"
    (folder / "deep er").mkdir(parents=True)
    (folder / "First One.md").write_text(
        "# First & foremost\n\nIt *begins* [on **one** \\<day> here](https://example.org/?a=1&b=2).\n\n"
        "1. one\n   - two\n\n> Quoted.\n\n# Next\n"
    )
    (folder / "deep er" / "second.txt").write_text("A second story.\n\nIt ends.")
    (folder / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden.txt").write_text("Nobody reads this.")
    return folder


def publish(*sources: str | Path, to: Path, settings: Settings = TONE, **wanted: Any) -> int:
    """Publish as the command does; return its exit code."""
    return run(_wanted(*sources, to=to, settings=settings, **wanted))


def _wanted(*sources: str | Path, to: Path, settings: Settings, **wanted: Any) -> Wanted:
    usual = dict.fromkeys(("base_url", "title"), "") | dict.fromkeys(("latest", "cores"))
    usual |= dict.fromkeys(("refresh", "prune", "as_json", "fail_fast", "skip_unspeakable"), False)
    return Wanted(sources=[*map(str, sources)], site=to, settings=settings, **{**usual, **wanted})


def test_a_page_of_somebody_else_is_never_replaced(stories: Path, tmp_path: Path) -> None:
    site = tmp_path / "mine"
    site.mkdir()
    (site / "index.html").write_text("My own page.")
    with pytest.raises(UsageError, match=r"mine has index\.html, which no listen publish made") as caught:
        publish(stories, to=site)
    assert caught.value.hint == "name another folder, or move it away"
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "My own page."


def test_a_folder_without_stories_makes_no_site(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="there are no stories in "):
        publish(tmp_path / "in", to=tmp_path / "site")
    with pytest.raises(PlayerError, match=r"^there is no file nowhere/: give files"):
        publish("nowhere/", to=tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_story_is_published_in_the_usual_voice_if_the_chosen_one_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """German, because only one engine here speaks it."""
    (tmp_path / "lampe.txt").write_text("Der Wärter steigt jeden Abend die Treppe hinauf.")
    keep_voice(Settings().chosen_voices, "de", "pyttsx3:nobody")
    assert publish(tmp_path / "lampe.txt", to=tmp_path / "site", settings=Settings(language="de")) == 0
    assert "pyttsx3:nobody cannot speak" in capsys.readouterr().err
    assert json.loads((tmp_path / "site" / "lampe" / "story.json").read_bytes())["voice"] == "de"


def made_at(site: Path) -> dict[str, int]:
    return {str(path.relative_to(site)): path.stat().st_mtime_ns for path in site.rglob("story.*")}


@pytest.mark.quick
def test_every_story_has_a_folder_with_sound_times_captions_and_a_page(
    stories: Path, tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    assert publish(stories, to=site, base_url=BASE, title="My stories") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"{site}/index.html: 4 stories; 4 made")
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert folders == {"first-one", "second", "rec-1", "rec-2"}
    for folder in folders:
        names = {path.name for path in (site / folder).iterdir()}
        assert names == {"story.mp3", "story.opus", "story.vtt", "story.json", "index.html"}
    told = json.loads((site / "rec-1" / "story.json").read_bytes())
    assert (told["title"], told["byline"], told["published"]) == ("Of a record", "Ann", "2026-03-04")
    assert [sound["src"] for sound in told["sound"]] == ["story.opus", "story.mp3"]
    assert (told["captions"], told["voice"]) == ("story.vtt", "sine")
    assert told["blocks"][0]["sentences"][0]["words"]
    _check_page(site / "first-one" / "index.html")
    index = html.parse(str(site / "index.html"))
    links = [link.get("href") for link in index.iterfind(".//ol//a")]
    assert "4 March 2026" in index.find(".//ol").text_content()
    assert sorted(links) == sorted(f"{folder}/index.html" for folder in folders)
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo and feed.feed.title == "My stories" and len(feed.entries) == 4
    assert {entry.enclosures[0].href for entry in feed.entries} == {f"{BASE}{name}/story.mp3" for name in folders}
    urls = [place.text for place in etree.parse(str(site / "sitemap.xml")).iterfind(".//{*}loc")]
    assert sorted(urls) == sorted(f"{BASE}{folder}/" for folder in folders)


def _check_page(file: Path) -> None:
    page = html.parse(str(file))
    assert [one.text for one in page.iterfind(".//h1")] == ["First & foremost"]
    assert [one.text for one in page.iterfind(".//article/h2")] == ["Next"]
    paragraph = page.find(".//article/p")
    assert paragraph.text_content() == "It begins on one <day> here."
    assert [(one.tag, one.text_content(), one.get("href")) for one in paragraph.iterdescendants()] == [
        ("em", "begins", None), ("a", "on one <day> here", "https://example.org/?a=1&b=2"), ("strong", "one", None)
    ]  # fmt: skip
    assert page.findtext(".//ul[@class='numbered']/li/span") == "1. one", "its number is text, without a bullet"
    assert page.findtext(".//ul/li/ul/li/span") == "two" and page.findtext(".//blockquote/p") == "Quoted."
    assert page.find(".//listen-to-story").get("src") == "story.json"
    assert not page.xpath("//script[not(@src)] | //style | //@style | //@onclick"), "a strict policy forbids it"


def test_only_what_changed_is_made_again(
    stories: Path, tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    publish(stories, to=site)
    first = made_at(site)
    index = (site / "index.html").stat().st_mtime_ns
    assert publish(stories, to=site) == 0
    assert made_at(site) == first and (site / "index.html").stat().st_mtime_ns == index
    (stories / "deep er" / "second.txt").write_text("A second story.\n\nIt ends otherwise.")
    (stories / "First One.md").touch()
    publish(stories, to=site)
    now = made_at(site)
    assert {name for name, moment in now.items() if moment != first[name]} == {
        f"second/story.{suffix}" for suffix in ("mp3", "opus", "vtt", "json")
    }
    monkeypatch.setenv("LISTEN_TONE_VERSION", "tone 2")
    publish(stories, to=site)
    assert not now.items() & made_at(site).items(), "another version of the engine changes them all"


def test_lines_that_are_no_story_of_their_own_are_named(
    tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ['{"id": "a", "text": "It begins."}', '{"id": "a", "text": "It begins."}', "nothing"]
    lines += ['{"id": "a", "text": "Another one."}', '{"id": "b"}', '{"id": 3, "text": ["One."]}']
    lines += ['{"id": 4, "text": "Two.", "byline": ["Ann", "Ben"], "title": null}']
    (tmp_path / "records.jsonl").write_text("\n".join(lines))
    assert publish(tmp_path / "records.jsonl", to=tmp_path / "site", base_url=BASE) == 1
    told = capsys.readouterr()
    assert "1 story; 1 made, 5 failed" in told.out
    assert [line.partition(":")[2].partition(":")[0] for line in told.err.splitlines()] == [
        " records.jsonl, line 3 is no JSON",
        ' records.jsonl, line 4 has the id of an earlier line ("a")',
        " records.jsonl, line 5 has no story",
        ' records.jsonl, line 6 has a "text" that is no text',
        ' records.jsonl, line 7 has a "byline" that is no text',
    ]


def test_what_a_killed_run_finished_and_did_not_keep_in_mind_is_made_in_its_place(
    stories: Path, tmp_path: Path, tone_engine: str
) -> None:
    site = tmp_path / "site"
    publish(stories, to=site)
    first = {path.name for path in site.iterdir()}
    (site / ".listen-site.sqlite").unlink()
    (site / "second" / "mine.txt").write_text("the owner's")
    publish(stories, to=site)
    assert {path.name for path in site.iterdir()} - first == {"second-2"}


def test_what_is_gone_stays_until_it_is_pruned(stories: Path, tmp_path: Path, tone_engine: str) -> None:
    site = tmp_path / "site"
    publish(stories, to=site)
    (stories / "First One.md").unlink()
    (site / "first-one" / "mine.txt").write_text("the owner's")
    left = site / ".listen-0123456789abcdef.new"
    left.mkdir()
    (left / "story.mp3").touch()
    publish(stories, to=site)
    assert (site / "first-one" / "story.mp3").is_file()
    assert not left.exists(), "a killed process left it"
    (site / "second" / "story.mp3").unlink()
    assert publish(stories, to=site, prune=True) == 0
    assert [path.name for path in (site / "first-one").iterdir()] == ["mine.txt"]
    assert (site / "second" / "story.mp3").is_file(), "what is missing is made again"
    assert "first-one" not in (site / "index.html").read_text()


def test_one_that_cannot_be_read_stops_no_other(
    stories: Path, tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (stories / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (stories / "bad.txt").write_text("This is REFUSE.\n\n" * 8)
    (stories / "a.xml").write_text("<rss version='2.0'><channel><title>Empty</title></channel></rss>")
    site = tmp_path / "site"
    assert publish(stories, "nowhere/*.txt", to=site, as_json=True) == 1
    out, err = capsys.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert Counter(line["status"] for line in lines) == {"made": 4, "failed": 4}
    assert "nowhere/*.txt" in err and "broken.pdf" in err
    with pytest.raises(PlayerError, match="nothing is pruned"):
        publish(stories, "nowhere/*.txt", to=site, prune=True)
    with pytest.raises(PlayerError, match="no file nowhere"):
        publish("nowhere.txt", stories, to=tmp_path / "other", fail_fast=True)
    assert not (tmp_path / "other" / "second").exists()


def test_feeds_and_site_maps_name_stories(tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        urls = [
            web.page(f"/{name}.html", (PAGES / name).with_suffix(".html").read_bytes()) for name in ("wire", "brief")
        ]
        places = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        inner = web.page("/inner.xml", f"<urlset {space}>{places}</urlset>".encode(), "application/xml")
        outer = f"<sitemapindex {space}><sitemap><loc>{inner}</loc></sitemap></sitemapindex>"
        site_map = web.page("/sitemap.xml", outer.encode(), "application/xml")
        item = "<item><title>Gamma</title><description>A whole text.</description></item>"
        entry = f"<item><title>Brief</title><link>{urls[1]}</link></item>"
        feed = web.page("/feed", f"<rss version='2.0'><channel>{item}{entry}</channel></rss>".encode(), "text/xml")
        site = tmp_path / "site"
        assert publish(site_map, feed, to=site) == 0
        assert {path.name for path in site.iterdir() if path.is_dir()} == {"wire", "brief", "gamma"}
        asked = len(web.asked)
        first = made_at(site)
        assert publish(site_map, feed, to=site) == 0
        assert made_at(site) == first
        assert web.asked[asked:] == ["/sitemap.xml", "/inner.xml", "/feed"], "pages are kept"


class Counting:
    """A worker that counts what it says, and lets two stories ask at the same moment."""

    def __init__(self, worker: Worker, said: Counter[str], lock: Lock) -> None:
        self._worker, self._said, self._lock = worker, said, lock

    def hello(self) -> Hello:
        return self._worker.hello()

    def render(self, text: str) -> Speech:
        with self._lock:
            self._said[text] += 1
        return self._worker.render(text)

    def kill(self) -> None:
        self._worker.kill()


def test_a_sentence_of_many_stories_is_rendered_once(tone_engine: str) -> None:
    said, lock, started = Counter[str](), Lock(), list[SpeechWorker]()

    def starts(options: Mapping[str, Options]) -> StartWorker:
        def start(engine: str, voice: str, language: str) -> SpeechWorker:
            started.append(Counting(Worker.start(engine, voice, language), said, lock))
            return started[-1]

        return start

    voices = SharedVoices(2, starts)
    together, heard = Barrier(6), list[Speech]()

    def story() -> None:
        worker = voices.starts({})("tone", "", "en")
        together.wait()
        heard.extend(worker.render(text) for text in ("By Ann.", "All rights reserved."))
        worker.kill()

    threads = [Thread(target=story) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    voices.close()
    assert said == {"By Ann.": 1, "All rights reserved.": 1}
    assert len(heard) == 12 and len({speech.pcm for speech in heard}) == 2
    assert len(started) <= 2


def test_a_process_that_cannot_be_started_takes_no_room(tone_engine: str) -> None:
    refused = Event()

    def starts(options: Mapping[str, Options]) -> StartWorker:
        def start(engine: str, voice: str, language: str) -> SpeechWorker:
            if not refused.is_set():
                refused.set()
                raise BlockingIOError("too many processes")
            return Worker.start(engine, voice, language)

        return start

    with closing(SharedVoices(1, starts)) as voices:
        worker = voices.starts({})("tone", "", "en")
        with pytest.raises(BlockingIOError):
            worker.render("It is fine.")
        assert in_background(lambda: worker.render("It is fine."), "speak").result(60).samples


def test_stopped_and_started_again_it_repeats_nothing(tmp_path: Path, tone_engine: str) -> None:
    folder, site = tmp_path / "in", tmp_path / "site"
    folder.mkdir()
    for n in range(8):
        (folder / f"{n:02}.txt").write_text(f"Story {n} has words, and then some more of them.\n\n" * 20)
    command = [
        sys.executable,
        "-m",
        "player",
        "publish",
        str(folder),
        "-o",
        str(site),
        "--engine",
        "tone",
        "--cores",
        "1",
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    wait_until(lambda: len(list(site.glob("[!.]*/story.mp3"))) >= 2, "two stories")
    running.send_signal(signal.SIGINT)
    assert running.wait(60) == 130
    assert running.stderr is not None and "start again to go on" in running.stderr.read()
    first = made_at(site)
    assert 2 <= len({Path(name).parent for name in first}) < 8
    assert subprocess.run(command, env=dict(os.environ)).returncode == 0
    now = made_at(site)
    assert first.items() <= now.items() and len(now) == 32
    assert not list(site.glob(".listen-*.new"))


def test_an_estimate_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """German, because only one engine here speaks it."""
    text = "Der Leuchtturm steht am Ende der Mole, und jeden Abend steigt der Wärter die Treppe hinauf."
    for n in range(2):
        (tmp_path / f"{n}.txt").write_text(f"{text}\n\nNummer {n}.")
    wanted = _wanted(tmp_path, to=tmp_path / "site", settings=Settings(), as_json=True)
    assert run(wanted, estimate=True) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["voice"].startswith("pyttsx3:") and told["chosen"]
    assert (told["stories"], told["characters"]) == (2, 2 * (len(text) + len("Nummer 1.")))
    assert 8 < told["speech"] < 20 and 0 < told["compute"] < told["speech"] and told["disk"] > 200_000
    assert not (tmp_path / "site").exists()


def test_an_estimate_has_the_engines_that_speak_a_language_as_they_are_set(
    tmp_path: Path, tone_engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Der Leuchtturm steht am Ende der Mole, und jeden Abend steigt der Wärter hinauf.")
    settings = Settings(engine="pyttsx3", engines={"tone": {"shape": "square"}})
    assert run(_wanted(tmp_path, to=tmp_path / "site", settings=settings, as_json=True), estimate=True) == 0
    told = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["voice"].partition(":")[0] for one in told] == ["pyttsx3", "tone"]
