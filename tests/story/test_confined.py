"""Reading in processes of their own: bounded, stopped at once, gone with whoever started them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from player.errors import SourceError
from player.story.model import Story
from player.story.opening import load
from player.story.opening.confined.host import Readers
from player.story.opening.confined.plain import from_plain
from player.story.opening.registry import format_of, read_story
from player.story.opening.waiting import answer_within
from player.story.reading.naming import Naming
from player.story.reading.options import DEFAULTS
from player.story.reading.raw_source import RawSource
from tests.reliability.bomb_shapes import LINES, packed, pdf
from tests.story.reading import PAGES
from tests.support.epub import Book
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes as Linux lists them")


def children(pid: int | None = None) -> list[int]:
    """The processes that one (this one by default) has started and not yet waited for."""
    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A PDF that takes longer to read than anybody waits."""
    path = tmp_path / "endless.pdf"
    path.write_bytes(pdf(packed(LINES, 4000), kids=90_000))
    return path


@pytest.mark.parametrize("name", ["wire.html", "recipe.html"])
def test_a_story_is_the_same_as_read_here(name: str) -> None:
    raw = RawSource((PAGES / name).read_bytes(), name)
    naming = Naming(name, f"/{name}", "1", "")
    form = format_of(raw, name)
    with Readers() as readers:
        there = readers.read(form, raw, naming, DEFAULTS, watch=lambda told: None)
    assert there == read_story(form, raw, naming, DEFAULTS)


def test_a_books_picture_and_chapters_come_along(tmp_path: Path) -> None:
    book = Book({"a.xhtml": "<h1>One</h1><p>First.</p>"}, cover=b"\x89PNG\x00\xff").write(tmp_path / "a.epub")
    story = load(str(book))
    assert story.picture is not None
    assert story.picture.data == b"\x89PNG\x00\xff"


@pytest.mark.parametrize("answer", [{}, {"story": {"title": 1}}, {"story": 7}, {"feed": {"entries": [3]}}])
def test_an_answer_in_no_known_form_is_an_error(answer: dict[str, object]) -> None:
    with pytest.raises(SourceError, match="no known form"):
        from_plain(answer)


@pytest.mark.parametrize("name", ["long.ipynb", "long.srt", "long.md", "long.txt"])
def test_what_is_long_is_read_in_a_process_whatever_its_format(tmp_path: Path, name: str) -> None:
    line, picture = "The boats came in.", "A" * 1_100_000
    cells = [
        {"cell_type": "markdown", "source": [line]},
        {"cell_type": "code", "source": [], "outputs": [{"data": {"image/png": picture}}]},
    ]
    cue = f"\n\n1\n00:00:01,000 --> 00:00:02,000\n{line}"
    written = {".ipynb": json.dumps({"cells": cells, "nbformat": 4}), ".srt": cue * 18_000}.get(
        Path(name).suffix, f"{line * 60}\n\n" * 1_000
    )
    (tmp_path / name).write_text(written.strip())
    story = load(str(tmp_path / name))
    assert isinstance(story, Story)
    assert story.blocks[0].text.startswith(line)


def test_a_bomb_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(pdf(packed(b" ", 256_000_000)))
    assert path.stat().st_size < 300_000
    with pytest.raises(SourceError, match="too much"):
        load(str(path))


def stop_when(begun: Callable[[str], bool]) -> Callable[[str], None]:
    def watch(told: str) -> None:
        if begun(told):
            raise KeyboardInterrupt

    return watch


def test_it_tells_how_far_it_is_and_stops_at_once(endless: Path) -> None:
    told: list[str] = []
    before = set(children())
    with pytest.raises(KeyboardInterrupt):
        load(str(endless), watch=stop_when(lambda now: told.append(now) or now.startswith("page")))  # type: ignore[func-returns-value]
    assert told[-1].endswith(" of 90000")
    assert set(children()) <= before


def test_answers_that_come_quickly_can_be_stopped_as_well() -> None:
    answers: SimpleQueue[str] = SimpleQueue()
    answers.put("page 1")
    with pytest.raises(KeyboardInterrupt):
        answer_within(answers, time.monotonic() + 60, stop_when(lambda told: told == "page 0"), "page 0")


def test_one_that_is_killed_is_one_line_and_the_next_story_is_read(endless: Path) -> None:
    before = set(children())

    def kill(told: str) -> None:
        if told:
            for child in set(children()) - before:
                os.kill(child, signal.SIGKILL)

    with Readers() as readers:
        with pytest.raises(SourceError, match=r"endless\.pdf needs too much memory"):
            load(str(endless), readers=readers, watch=kill)
        endless.write_bytes(pdf(packed(LINES, 1000)))
        assert "The lamp was lit" in load(str(endless), readers=readers).blocks[0].text


def test_it_dies_with_whoever_started_it(endless: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "player", "script", str(endless)], stdout=subprocess.DEVNULL) as run:
        wait_until(lambda: children(run.pid), "a reader")
        reader = children(run.pid)[0]
        run.kill()
    wait_until(lambda: not Path(f"/proc/{reader}/exe").exists(), "the reader's end")  # also of one nobody waits for
