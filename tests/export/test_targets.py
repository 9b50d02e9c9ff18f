"""Where an export may go: regular files are replaced, pipes and standard output are written to, all else is refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.errors import ExportError, UsageError
from player.export import FORMATS, Options, check_target, export_story
from tests.support.permissions import nobody
from tests.support.stories import story_of
from tests.support.studio import export, studio
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
STORY = story_of("The lamp was lit at six.", "Nobody came.")


def listen(*arguments: str, **pipes: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "player", *arguments], stderr=subprocess.PIPE, **pipes)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "s.txt").write_text("The lamp was lit at six. Nobody came.")
    yield str(tmp_path / "s.txt")


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path, tone_engine: str) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("old.vtt", "new.vtt"):
        (tmp_path / name).symlink_to(f"folder/{name}")
    (tmp_path / "folder" / "old.vtt").write_text("old")
    for name in ("old.vtt", "new.vtt"):
        export(STORY, tmp_path / name, tmp_path / "cache", tone_engine)
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / "folder" / name).read_text().startswith("WEBVTT")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("device.vtt", "is a device, not a file"),
        ("socket.vtt", "is a socket, not a file"),
        ("folder.vtt", "is a folder"),
        ("loop.vtt", "is no name for a file"),
        ("nowhere.vtt", "there is no folder .*/no"),
        ("file.vtt", "there is no folder"),
    ],
)
def test_nothing_but_files_is_replaced(
    tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    made = tmp_path / name
    where = {"device": os.devnull, "loop": str(made), "nowhere": "no/a.vtt", "file": __file__ + "/a.vtt"}
    if made.stem in where:
        made.symlink_to(where[made.stem])
    elif made.stem == "folder":
        made.mkdir()
    else:
        monkeypatch.chdir(tmp_path)  # a socket's name may have 100 characters
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(name)
    before = made.lstat()
    with pytest.raises(UsageError, match=says):
        check_target(made)
    with pytest.raises(UsageError, match=says):
        export(STORY, made, tmp_path / "cache", tone_engine)
    assert made.lstat() == before


def test_a_folder_that_may_not_be_entered_is_not_taken_for_a_wrong_name(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    with nobody(), pytest.raises(UsageError, match="cannot be written"):
        check_target(tmp_path / "closed" / "story.mp3")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_goes_through_a_pipe(tmp_path: Path, tone_engine: str, suffix: str) -> None:
    pipe, file = tmp_path / f"pipe{suffix}", tmp_path / f"file{suffix}"
    os.mkfifo(pipe)
    with (tmp_path / "read").open("wb") as got, subprocess.Popen(["cat", str(pipe)], stdout=got) as reader:
        summary = export(STORY, pipe, tmp_path / "cache", tone_engine)
        assert reader.wait(60) == 0
    export(STORY, file, tmp_path / "cache", tone_engine)
    read, whole = (tmp_path / "read").read_bytes(), file.read_bytes()
    assert summary.bytes == len(read)
    assert pipe.is_fifo()
    if suffix == ".wav":  # of which the length is not known when it begins
        assert read[44:] == whole[44 : len(read)]
        assert whole[len(read) :].startswith(b"LIST"), "what is said of it follows the sound"
        assert read[40:44] == b"\xff" * 4
    else:
        assert read.replace(b"pipe.mp3", b"file.mp3") == whole, "a cue sheet names its sound"


def test_a_wav_is_heard_while_it_is_rendered(tmp_path: Path, tone_engine: str) -> None:
    """Its reader goes when it has heard the first second: then the rest is not rendered."""
    os.mkfifo(tmp_path / "a.wav")
    story = story_of(*(f"Sentence number {n} of a long story." for n in range(200)))
    with (
        subprocess.Popen(["head", "-c", "32000", str(tmp_path / "a.wav")], stdout=subprocess.DEVNULL),
        studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer),
        pytest.raises(ExportError, match="its reader is gone"),
    ):
        export_story(timeline, renderer, tmp_path / "a.wav")
    assert timeline.speech(0, 0) is not None
    assert not timeline.exact


def test_standard_output_needs_the_format_and_gets_nothing_else(story: str) -> None:
    with listen("export", story, "-o", "-", "--format", "vtt", stdout=subprocess.PIPE) as run:
        out, err = run.communicate(timeout=60)
    assert run.returncode == 0
    assert out.startswith(b"WEBVTT") and b"made in" not in out
    assert b"standard output: 0:0" in err
    with listen("export", story, "-o", "-", stdout=subprocess.PIPE) as run:
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (2, b"")
    assert err == b"listen: the format for standard output is not known: name it with --format, as in --format mp3\n"


def test_the_format_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown format '.xyz'"):
        Options(format=".xyz")
    check_target(tmp_path / "story", Options(format=".mp3"))
    with pytest.raises(UsageError, match="does not tell the format"):
        check_target(tmp_path / "story")


def test_a_pipe_that_nobody_reads_can_be_left(tmp_path: Path, story: str) -> None:
    os.mkfifo(tmp_path / "a.vtt")
    with listen("export", story, "-o", str(tmp_path / "a.vtt")) as run:
        assert run.stderr is not None
        wait_until(lambda: b"100 %" in run.stderr.readline(), "the export to be rendered")  # type: ignore[union-attr]
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130


@pytest.mark.parametrize("suffix", [".mp3", ".m4b", ".opus", ".flac", ".wav", ".epub", ".html"])
def test_a_full_disk_is_one_line_and_the_old_file_stays(tmp_path: Path, story: str, suffix: str) -> None:
    """No file may grow over 30 kB, less than any of these."""
    target = tmp_path / "out" / f"a{suffix}"
    target.parent.mkdir()
    target.write_text("old")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000));"
    limited += "from player.__main__ import main; main()"
    command = [sys.executable, "-c", limited, "export", story, "-o", str(target), "--engine", "pyttsx3"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be written (File too large)" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert target.read_text() == "old"
