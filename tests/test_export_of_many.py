"""Many stories exported by one command: failures, and what is made again, told by what is on the disk afterwards."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from itertools import accumulate
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import mutagen
import pytest
from mutagen.id3 import ID3

from player.cli import run as run_command
from player.session import Session
from tests.support.waiting import wait_until
from tests.support.web import serving

FEED = """<rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Fog</title><description>It was foggy.</description><pubDate>Mon, 06 Jan 2025 10:00:00 GMT</pubDate></item>
<item><title>Ice</title><description>It froze.</description><pubDate>Tue, 07 Jan 2025 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>http://127.0.0.1:9/gone</link><pubDate>Sun, 05 Jan 2025 10:00:00 GMT</pubDate></item>
</channel></rss>"""

PAGE = "<html><body><article><h1>{0}</h1><p>{0}: a sentence of many words, as there are in stories.</p></article>"


class Run(NamedTuple):
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, with three stories."""
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"This is story {name}.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*arguments: str, engine: str = "pyttsx3") -> Run:
    """Run the command in this process, which a new one would take a second to begin."""
    out, err = BytesIO(), BytesIO()
    with redirect_stdout(TextIOWrapper(out)), redirect_stderr(TextIOWrapper(err)):
        code = run_command(["export", *arguments, "--engine", engine, "--cache-dir", "cache"])
        sys.stdout.flush()
        sys.stderr.flush()
        return Run(code, out.getvalue().decode(), err.getvalue().decode())


def contents(folder: Path) -> dict[str, str]:
    """{name: first cue} of the subtitles in out/."""
    return {path.name: path.read_text().splitlines()[-1] for path in sorted((folder / "out").glob("*.vtt"))}


def results(run: Run) -> dict[str, str]:
    """{story: result} from lines of JSON."""
    return {told["story"]: told["result"] for told in map(json.loads, run.stdout.splitlines())}


@pytest.mark.quick
def test_a_story_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "two.txt").write_text("")
    given = ("one.txt", "two.txt", "nowhere.txt", "three.txt", "-o", "out/", "--format", "vtt")
    run = export(*given)
    assert run.returncode == 1
    assert [line.partition(": out")[0] for line in run.stdout.splitlines()] == ["1 of 4", "4 of 4"]
    said = run.stderr.splitlines()
    assert said[0] == "listen: 2 stories could not be exported:"
    assert said[1].startswith("listen: two.txt: there is no story in two.txt")
    assert said[2].startswith("listen: nowhere.txt: there is no file nowhere.txt")
    assert list(contents(folder)) == ["one.vtt", "three.vtt"]
    run = export(*given, "--json")
    assert run.returncode == 1 and run.stderr == ""
    assert results(run) == {"one.txt": "made", "two.txt": "failed", "nowhere.txt": "failed", "three.txt": "made"}
    run = export(*given, "--fail-fast", "--json")
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1)
    assert results(run) == {"one.txt": "made", "two.txt": "failed"}
    assert list(contents(folder)) == ["one (2).vtt", "one (3).vtt", "one.vtt", "three (2).vtt", "three.vtt"]
    run = export(*given[:-4], "-o", "all.vtt")
    assert run.returncode == 1 and "2 stories" in run.stderr
    assert "story one" in (folder / "all.vtt").read_text() and "story three" in (folder / "all.vtt").read_text()


def test_a_voice_that_is_not_there_is_said_once(folder: Path) -> None:
    for wrong in (("--voice", "pyttsx3:nobody"), ("--quote-voice", "nobody:x"), ("--cast", "cast.toml")):
        for flags in ((), ("--update",)):
            run = export("one.txt", "two.txt", "-o", "out/", *wrong, *flags)
            assert (run.returncode, len(run.stderr.splitlines())) == (2, 1)
            assert not (folder / "out").exists()


def test_an_update_makes_only_what_changed_and_replaces_only_its_own(folder: Path) -> None:
    given = ("one.txt", "two.txt", "three.txt", "-o", "out/{title}.vtt", "--update", "--json")
    assert set(results(export(*given)).values()) == {"made"}
    first = contents(folder)
    assert set(results(export(*given)).values()) == {"unchanged"}
    (folder / "two.txt").write_text("This is another story two.")
    (folder / "out" / "three.vtt").write_text("WEBVTT\n\nmine")
    assert results(export(*given)) == {"one.txt": "unchanged", "two.txt": "made", "three.txt": "made"}
    now = contents(folder)
    assert now == first | {
        "two.vtt": "This is another story two.", "three.vtt": "mine", "three (2).vtt": first["three.vtt"]
    }  # fmt: skip
    assert set(results(export(*given)).values()) == {"unchanged"}
    assert set(results(export(*given, "--speed", "1.5")).values()) == {"made"}
    (folder / "out" / "one.vtt").unlink()
    run = export(*given, "--speed", "1.5")
    assert results(run) == {"one.txt": "made", "two.txt": "unchanged", "three.txt": "unchanged"}
    assert contents(folder) == now


def test_an_update_of_a_named_file_refuses_one_that_is_not_its_own(folder: Path) -> None:
    (folder / "book.vtt").write_text("mine")
    given = ("one.txt", "two.txt", "-o", "book.vtt", "--update")
    run = export(*given)
    assert run.returncode == 1 and "not as an earlier export" in run.stderr
    assert (folder / "book.vtt").read_text() == "mine"
    (folder / "book.vtt").unlink()
    assert export(*given).returncode == 0
    made = (folder / "book.vtt").stat().st_mtime_ns
    assert "unchanged" in export(*given).stdout
    assert (folder / "book.vtt").stat().st_mtime_ns == made


def test_a_feed_is_a_file_for_each_entry_with_its_date(folder: Path) -> None:
    (folder / "feed.rss").write_text(FEED)
    run = export("feed.rss", "-o", "out/{date} {title}.vtt", "--update")
    assert run.returncode == 1 and "1 story could not be exported" in run.stderr and "Gone" in run.stderr
    assert contents(folder) == {"2025-01-06 Fog.vtt": "It was foggy.", "2025-01-07 Ice.vtt": "It froze."}
    (folder / "feed.rss").write_text(FEED.replace("Ice", "Snow").replace("froze", "snowed"))
    run = export("feed.rss", "-o", "out/{date} {title}.vtt", "--update", "--chapters", "1-2")
    assert run.returncode == 0, run.stderr
    assert len(contents(folder)) == 3, "an entry without a link is known by its text"


def test_a_playlist_lists_what_was_made_and_a_cue_sheet_its_chapters(folder: Path) -> None:
    (folder / "two.md").write_text('# Of "two"\n\nBefore.\n\n## First\n\nHere.\n\n## Second\n\nThere.')
    given = ("one.txt", "two.md", "-o", "out/", "-o", "out/{title}.cue", "-o", "out/all.m3u8", "--update")
    for _ in range(2):
        run = export(*given)
        assert run.returncode == 0
        assert f"{Path('out', 'all.m3u8')}: lists 2 files" in run.stdout.splitlines()
        lines = (folder / "out" / "all.m3u8").read_text().splitlines()
        assert [line for line in lines if not line.startswith("#EXTINF:")] == ["#EXTM3U", "one.mp3", "Of two.mp3"]
        assert lines[3].endswith(',Of "two"')
    sheet = (folder / "out" / "Of two.cue").read_text()
    assert 'FILE "Of two.mp3" MP3' in sheet
    assert re.findall(r'TITLE "(.*)"', sheet) == ["Of \u2033two\u2033"] * 2 + ["First", "Second"]
    marks = [mark.start_time / 1000 for mark in ID3(folder / "out" / "Of two.mp3").getall("CHAP")]
    times = re.findall(r"INDEX 01 (\d+):(\d+):(\d+)", sheet)
    assert [int(m) * 60 + int(s) + int(f) / 75 for m, s, f in times] == pytest.approx(marks, abs=1 / 75)
    (folder / "mine.m3u8").write_text("mine")
    run = export("one.txt", "-o", "one.vtt", "-o", "mine.m3u8")
    assert run.returncode == 1 and "no playlist" in run.stderr
    assert (folder / "mine.m3u8").read_text() == "mine"


def test_audiobookshelf_gets_a_folder_for_each_book(folder: Path) -> None:
    (folder / "two.md").write_text("# Of two\n\nBy Ann Author\n\nBefore.\n\n## First\n\nHere.\n\n## Second\n\nThere.")
    assert export("two.md", "-o", "shelf", "--audiobookshelf").returncode == 0
    (book,) = (folder / "shelf").rglob("metadata.json")
    assert sorted(path.name for path in book.parent.iterdir()) == ["Of two.m4b", "metadata.json"]
    assert book.parent.relative_to(folder / "shelf").parts[1] == "Of two"
    told = json.loads(book.read_text())
    assert (told["title"], told["narrators"], told["language"]) == ("Of two", ["pyttsx3:en-us"], "en")
    assert [chapter["title"] for chapter in told["chapters"]] == ["Of two", "First", "Second"]
    length = mutagen.File(book.parent / "Of two.m4b").info.length
    assert told["chapters"][-1]["end"] == pytest.approx(length, abs=0.1)
    assert export("two.md", "-o", "shelf2", "--audiobookshelf", "--chapters", "all").returncode == 0
    (book,) = (folder / "shelf2").rglob("metadata.json")
    assert sorted(path.name for path in book.parent.iterdir())[-1] == "metadata.json"
    assert len(json.loads(book.read_text())["chapters"]) >= 2
    book.write_text(book.read_text().replace("Of two", "My own name").replace('"Exported', '"Mine", "Exported'))
    assert export("two.md", "-o", "shelf2", "--audiobookshelf", "--chapters", "all").returncode == 0
    assert "My own name" in book.read_text()
    for chapters in ("2", "1"):
        assert export("two.md", "-o", "shelf3", "--audiobookshelf", "--chapters", chapters).returncode == 0
    (book,) = (folder / "shelf3").rglob("metadata.json")
    told = json.loads(book.read_text())["chapters"]
    assert [chapter["title"] for chapter in told] == ["First", "Second"], "also of what was exported before"
    lengths = [mutagen.File(path).info.length for path in sorted(book.parent.glob("*.mp3"))]
    assert [chapter["end"] for chapter in told] == pytest.approx(list(accumulate(lengths)), abs=0.1)


def test_an_entry_without_a_date_on_its_page_has_that_of_the_feed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        page = web.page("/ice", PAGE.format("It froze").encode())
        feed = FEED.replace("<title>Ice</title>", f"<title>Ice</title><link>{page}</link>")
        run = export(web.page("/feed", feed.encode(), "text/xml"), "-o", "out/{date} {title}.vtt", "--chapters", "1")
    assert run.returncode == 0, run.stderr
    assert [path.name for path in (folder / "out").iterdir()] == ["2025-01-07 It froze.vtt"]


def test_an_update_asks_whether_a_page_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as web:
        page = web.page("/ice", PAGE.format("Ice").encode(), ETag='"1"')
        given = (page, "-o", "story.vtt", "--update", "--json")
        assert set(results(export(*given)).values()) == {"made"}
        assert set(results(export(*given)).values()) == {"unchanged"}
        web.page("/ice", PAGE.format("Thaw").encode(), ETag='"2"')
        assert set(results(export(*given)).values()) == {"made"}
        assert "Thaw" in (folder / "story.vtt").read_text()
        web.pages.clear()
        assert set(results(export(*given)).values()) == {"unchanged"}, "off-line it is read as it was kept"


def test_what_was_made_is_remembered_though_the_run_ends_before_its_turn(
    folder: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {folder / "out" / f"{name}.mp3" for name in ("two", "three")}
    (folder / "one.txt").write_text("LATE this is REFUSE.\n\n" * 8)
    given = ("one.txt", "two.txt", "three.txt", "-o", "out/", "--update", "--fail-fast")
    monkeypatch.setattr(os, "cpu_count", lambda: 4)

    def let_the_first_one_end() -> None:
        wait_until(lambda: all(path.exists() for path in made), "the others")
        (folder / "tone-state" / "go").touch()

    freed = Thread(target=let_the_first_one_end)
    freed.start()
    run = export(*given, engine="slow")
    freed.join()
    assert run.returncode == 1 and run.stderr.startswith("listen: one.txt: "), run.stderr
    (folder / "one.txt").write_text("This is story one.")
    assert export(*given, engine="slow").returncode == 0
    assert sorted(path.name for path in (folder / "out").glob("*.mp3")) == ["one.mp3", "three.mp3", "two.mp3"]


def test_a_fault_of_a_library_in_one_story_stops_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = Session.export

    def breaking(session: Session, *given: Any, **more: Any) -> Any:
        if session.story.title == "two":
            raise IndexError("list index out of range")
        return real(session, *given, **more)

    monkeypatch.setattr(Session, "export", breaking)
    run = export("one.txt", "two.txt", "three.txt", "-o", "out/", "--format", "vtt")
    assert run.returncode == 1 and list(contents(folder)) == ["one.vtt", "three.vtt"]
    assert "two.txt: the program failed (IndexError: list index out of range)" in run.stderr
    assert any(record.exc_info for record in caplog.records if "two.vtt was not made" in record.message)


GERMAN = "Der Leuchtturm steht am Ende der Mole, und jeden Abend steigt der Wärter hinauf."
"""One sentence."""
ENGLISH = "The lighthouse stands at the end of the pier, and every evening the keeper climbs up to light its lamp."


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (f"<p>{GERMAN}", ()),
        (f'<p>{ENGLISH}<p lang="de">{GERMAN}</p><p>{ENGLISH}', ("--engine", "pyttsx3")),
    ],
)
def test_a_voice_that_is_missing_for_a_language_is_a_failure_of_its_stories(
    text: str, flags: tuple[str, ...], folder: Path
) -> None:
    (folder / "one.html").write_text(f"<html><body><article><h1>One</h1>{text}</article>")
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[voices]\nde = "pyttsx3:nobody"\n')
    command = [sys.executable, "-m", "player", "export", "one.html", "two.txt", "-o", "out/", "--format", "vtt"]
    run = subprocess.run([*command, *flags], capture_output=True, text=True)  # this process has read its settings file
    assert run.returncode == 1 and "one.html: no voice 'nobody'" in run.stderr
    assert list(contents(folder)) == ["two.vtt"]
