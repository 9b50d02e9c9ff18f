"""Ten stories in every format, accepted by the programs that people have: no part of ours looks at them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import feedparser
import mutagen
import pysubs2
import pytest
import webvtt
from playwright.sync_api import Browser

from player.export import FORMATS
from player.sources import SAMPLE
from tests.support.browser import browser, opened
from tests.support.epub import Book
from tests.support.pdf import BODY, HEADING, outlined, write
from tests.support.programs import epubcheck, require
from tests.support.stories import ARTICLE, DATA

SOUNDS = (".mp3", ".m4b", ".m4a", ".opus", ".ogg", ".flac", ".wav")


def _book(folder: Path) -> Path:
    pages = {"a.xhtml": "<h1>One</h1><p>It was dark.</p>", "b.xhtml": "<h1>Two</h1><p>It was <i>light</i>.</p>"}
    return Book(pages, [("One", "a.xhtml", ()), ("Two", "b.xhtml", ())]).write(folder / "book.epub")


def _paper(folder: Path) -> Path:
    from reportlab.platypus import Paragraph

    told = [Paragraph(f"The lamp was lit on night {n}, and nobody saw it go out.", BODY) for n in range(9)]
    return write(folder / "paper.pdf", [outlined("Lamps", HEADING, 0), *told], title="Of Lamps")


def _excerpt(folder: Path, story: Path = SAMPLE) -> Path:
    file = folder / story.name
    file.write_text(story.read_text("utf-8")[:1200], "utf-8")
    return file


def _hostile(folder: Path) -> Path:
    file = folder / "hostile.md"
    file.write_text(
        '# </script> & ]]> "CON" ../../etc/passwd --> \U0001f600\n\n> Quote \u202e this 00:01 --> 00:02.\n\n'
        "- [x] One\n- <b>Two</b>\n\n## " + "long " * 200 + "\n\nمرحبا. 你好。 It ends\u2026"
    )
    return file


STORIES: dict[str, Callable[[Path], Path]] = {
    "article": lambda folder: _excerpt(folder, ARTICLE),
    "encyclopedia": lambda folder: DATA / "pages" / "encyclopedia.html",
    "book": _book,
    "hostile": _hostile,
    "sample": _excerpt,
    "blog": lambda folder: DATA / "pages" / "blog.html",
    "french": lambda folder: DATA / "pages" / "journal-fr.html",
    "dutch": lambda folder: DATA / "pages" / "krant.html",
    "letter": lambda folder: DATA / "office" / "moscow.rtf",
    "paper": _paper,
}


@pytest.fixture(scope="module", params=STORIES)
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One story in all formats: suffix -> file, made by one call of the program."""
    folder = tmp_path_factory.mktemp("all")
    targets = {suffix: folder / f"story{suffix}" for suffix in FORMATS if suffix != ".mp4"}  # test_video.py: slow
    targets[".m3u8"] = folder / "story.m3u8"
    command = [sys.executable, "-m", "player", "export", str(STORIES[request.param](folder)), "--engine", "pyttsx3"]
    command += ["--cache-dir", str(folder / "cache")]
    if request.param == "hostile":  # some of it is in scripts that the voice does not read
        command.append("--skip-unspeakable")
    for target in targets.values():
        command += ["-o", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return targets


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def silent(*command: object) -> str:
    """What a program prints that finds nothing wrong."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def seconds(files: dict[str, Path]) -> float:
    """How long the story is: the WAV's length is exact."""
    info = mutagen.File(files[".wav"]).info
    return float(info.length)


@pytest.mark.parametrize("suffix", SOUNDS)
def test_ffmpeg_and_mutagen_know_the_sound(files: dict[str, Path], suffix: str) -> None:
    require("ffmpeg", "ffprobe")
    file = files[suffix]
    asked = (
        "-show_entries",
        "format=duration:format_tags:stream_tags:stream=codec_type",
        "-show_chapters",
        "-of",
        "json",
    )
    told = json.loads(silent("ffprobe", "-v", "error", *asked, file))
    assert float(told["format"]["duration"]) == pytest.approx(seconds(files), abs=0.1)
    assert "audio" in [stream["codec_type"] for stream in told["streams"]]
    silent("ffmpeg", "-v", "error", "-i", file, "-map", "0:a", "-f", "null", "-")
    known = mutagen.File(file)
    assert known.info.length == pytest.approx(seconds(files), abs=0.1)
    assert known.tags or suffix == ".wav"  # whose few tags mutagen does not read


@pytest.mark.parametrize("suffix", SOUNDS)
def test_mediainfo_knows_the_sound(files: dict[str, Path], suffix: str) -> None:
    require("mediainfo")
    told = silent("mediainfo", "--Output=JSON", files[suffix])
    whole, *tracks = json.loads(told)["media"]["track"]
    assert float(whole["Duration"]) == pytest.approx(seconds(files), abs=0.1)
    assert "Audio" in [track["@type"] for track in tracks]
    assert re.findall("Invalid|Truncated|Error|Conformance", told) == []


@pytest.mark.parametrize("suffix", [".flac", ".wav"])
def test_sox_reads_it_whole(files: dict[str, Path], suffix: str) -> None:
    require("sox")
    done = subprocess.run(["sox", files[suffix], "-n", "stat"], capture_output=True, text=True, check=True)
    assert "WARN" not in done.stderr and "FAIL" not in done.stderr
    said = dict(line.split(":") for line in done.stderr.splitlines() if line.count(":") == 1)
    assert float(said["Length (seconds)"]) == pytest.approx(seconds(files), abs=0.001)
    assert float(said["Maximum amplitude"]) > 0.1


@pytest.mark.parametrize("files", ["book"], indirect=True)
@pytest.mark.parametrize("suffix", [*SOUNDS, ".cue", ".m3u8"])
def test_mpv_plays_it_whole(files: dict[str, Path], suffix: str, tmp_path: Path) -> None:
    require("mpv")
    sound, script = tmp_path / "heard.wav", tmp_path / "asked.lua"
    asked = 'mp.get_property("chapter-list/count") .. ": " .. mp.get_property("media-title")'
    script.write_text(f'mp.add_hook("on_preloaded", 50, function() print({asked}) end)')  # it waits before it plays
    output = ("--vo=null", "--ao=pcm", f"--ao-pcm-file={sound}", "--msg-level=all=error,asked=info")
    told = silent("mpv", "--no-config", f"--script={script}", *output, files[suffix])
    assert told.split(maxsplit=1)[1].strip() == "3: A Book"
    assert _length(sound) == pytest.approx(seconds(files), abs=0.1)


@pytest.mark.parametrize("files", ["book"], indirect=True)
def test_mpv_lights_the_words_of_subtitles(files: dict[str, Path], tmp_path: Path) -> None:
    """Over a black picture: nothing between the sentences, and within each more and more."""
    require("mpv")
    video = tmp_path / "seen.mkv"
    black = f"av://lavfi:color=black:s=640x360:r=10:d={seconds(files)}"
    output = (f"--o={video}", "--ovc=ffv1", "--msg-level=all=error")
    silent("mpv", "--no-config", *output, f"--sub-file={files['.ass']}", black)
    with av.open(str(video)) as container:
        frames = [(frame.time, frame.to_ndarray(format="gray")) for frame in container.decode(video=0)]
    light = {time: int((picture > 100).sum()) for time, picture in frames}
    said = [(event.start / 1000, event.end / 1000) for event in pysubs2.load(str(files[".ass"])).events]
    within = [[light[time] for time in light if start + 0.1 < time < end - 0.1] for start, end in said]
    assert all(seen[0] > 0 and seen == sorted(seen) for seen in within)
    assert any(seen[-1] > seen[0] for seen in within)
    silence = [time for time in light if not any(start - 0.1 < time < end + 0.1 for start, end in said)]
    assert silence and not any(light[time] for time in silence)


@pytest.mark.parametrize("files", ["book"], indirect=True)
@pytest.mark.parametrize("suffix", SOUNDS)
def test_vlc_plays_it_whole(files: dict[str, Path], suffix: str) -> None:
    require("cvlc")
    # VLC does not run as root, and nobody else reads pytest's folder.
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        played, sound = folder / files[suffix].name, folder / "heard.wav"
        played.write_bytes(files[suffix].read_bytes())
        output = f"#transcode{{acodec=s16l}}:std{{access=file,mux=wav,dst={sound}}}"
        command = ["cvlc", "-q", "--no-video", "--play-and-exit", "--sout", output, str(played)]
        own = {**os.environ, "HOME": name}
        done = subprocess.run(command, capture_output=True, text=True, check=True, user=user, env=own)
        assert "error" not in done.stderr.lower(), done.stderr
        assert _length(sound) == pytest.approx(seconds(files), abs=0.5)  # it leaves out the last buffer


def _length(sound: Path) -> float:
    """Return the seconds of sound that a player put out as WAV."""
    assert any(sound.read_bytes()[200:]), "nothing is heard"
    return float(mutagen.File(sound).info.length)


def test_mpg123_plays_it_whole(files: dict[str, Path]) -> None:
    require("mpg123")
    silent("mpg123", "-q", "-t", "--no-gapless", files[".mp3"])


# Java takes 3 to 5 s for each; these have all kinds of blocks.
@pytest.mark.parametrize("files", list(STORIES)[:4], indirect=True)
def test_epubcheck_finds_nothing(files: dict[str, Path]) -> None:
    told = epubcheck(files[".epub"])
    assert (told.returncode, told.stderr) == (0, ""), told.stdout + told.stderr


def test_readers_of_subtitles_find_cues(files: dict[str, Path]) -> None:
    cues = webvtt.read(str(files[".vtt"])).captions
    events = pysubs2.load(str(files[".srt"])).events
    assert len(cues) == len(events) == len(pysubs2.load(str(files[".ass"])).events) > 0
    require("ffmpeg")
    others = silent("ffmpeg", "-v", "error", "-i", files[".ass"], "-f", "srt", "-")
    assert len(re.findall(r"^\d+:\d+:[\d,]+ --> ", others, re.MULTILINE)) == len(cues)
    assert cues[-1].end_in_seconds <= seconds(files) + 0.001
    told = json.loads(files[".json"].read_text())
    assert [block["text"] for block in told["blocks"]]
    assert told["duration"] == pytest.approx(seconds(files), abs=0.001)


def test_chromium_opens_the_page(files: dict[str, Path], chromium: Browser) -> None:
    with opened(chromium, files[".html"]) as shown:
        shown.until("document.getElementById('sound').duration > 0")
        assert shown.do("document.getElementById('sound').duration") == pytest.approx(seconds(files), abs=0.2)
        assert shown.page.get_by_role("button", name="Listen · ").is_visible()


def test_a_feed_reader_finds_the_episode(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(files[".mp3"].read_bytes())
    command = [sys.executable, "-m", "player", "feed", str(tmp_path), "--base-url", "https://example.org/pod/"]
    subprocess.run(command, check=True, capture_output=True)
    found = feedparser.parse((tmp_path / "feed.xml").read_bytes())
    assert not found.bozo
    (entry,) = found.entries
    assert entry.title
    assert entry.enclosures[0].href == "https://example.org/pod/a.mp3"
