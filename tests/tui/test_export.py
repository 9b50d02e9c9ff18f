from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, Static

from player.errors import ExportError, Unsaid
from player.export import Cancelled, Progress, Summary
from player.export.files.naming import safe_name
from player.library.left_exports import left_exports, news
from player.playback.position import State
from player.session.left_export import Order, start
from player.settings import Settings
from player.story.model import Block, BlockKind, Story
from player.tui import export_job
from tests.test_cli import listen
from tests.tui.stage import Stage, long_story, stage


async def _ask_for(stage: Stage, path: Path) -> None:
    await stage.pilot.press("e")
    stage.app.screen.query_one(Input).value = str(path)
    await stage.pilot.press("enter")


async def test_writes_the_file_while_the_story_plays(tmp_path: Path) -> None:
    async with stage(tmp_path / "cache") as s:
        s.player.transport.play()
        await _ask_for(s, tmp_path / "story [1].mp3")
        await s.until(lambda: "Exported" in s.text, "the notice")
        assert (tmp_path / "story [1].mp3").stat().st_size > 10_000
        assert "story [1].mp3" in s.text.replace("\n", "")
        assert len(s.app.screen_stack) == 1, "the progress dialog is closed"
        assert s.player.transport.position().state is State.PLAYING


async def test_offers_a_file_name_made_from_the_title(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("e")
        assert s.app.screen.query_one(Input).value == "The bold Harbour bold at Night.mp3"
        await s.pilot.press("escape")
        assert len(s.app.screen_stack) == 1


async def test_says_what_is_wrong_with_a_file_before_anything_is_done(tmp_path: Path) -> None:
    async with stage(tmp_path / "cache") as s:
        await _ask_for(s, tmp_path / "no such folder" / "story.mp3")
        assert "no such folder" in s.text
        await s.pilot.press("escape")
        await _ask_for(s, tmp_path / "story.xyz")
        assert ".mp3" in s.text and len(s.app.screen_stack) == 2


@pytest.mark.parametrize("name", ["~nobody-of-this-name/a.mp3", f"{'x' * 400}.mp3", ""], ids=["~", "long", "empty"])
async def test_any_name_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    async with stage(tmp_path / "cache") as s:
        await s.pilot.press("e")
        s.app.screen.query_one(Input).value = name
        await s.pilot.pause()
        await s.pilot.press("enter")
        problem = s.app.screen.query_one("#problem", Static)
        await s.until(lambda: str(problem.content), "the dialog to say what is wrong")


async def test_says_that_a_file_will_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "old.mp3").write_bytes(b"old")
    async with stage(tmp_path / "cache") as s:
        await s.pilot.press("e")
        s.app.screen.query_one(Input).value = str(tmp_path / "old.mp3")
        await s.until(lambda: "old.mp3 exists and will be replaced" in s.text, "the warning")


def _waits(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
    """An export that gets half-way, and then is never ready."""
    progress(Progress(1, 2))
    cancelled.wait(60)
    raise Cancelled


async def test_can_be_hidden_shown_again_and_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path / "cache", export=_waits) as s:
        await _ask_for(s, tmp_path / "story.mp3")
        await s.until(lambda: "50%" in s.text and "cancel" in s.text, "half of the work")
        await s.pilot.press("escape")
        await s.until(lambda: "exporting 50%" in s.lines()[-2], "the state line to show it")
        await s.pilot.press("space")
        assert s.player.transport.position().state is not State.PAUSED
        await s.pilot.press("e")
        await s.until(lambda: "cancel" in s.text, "the dialog again")
        await s.pilot.press("c")
        await s.until(lambda: "Export cancelled" in s.text, "the notice")
        await s.until(lambda: "exporting" not in s.lines()[-2], "the state line to forget it")


async def test_goes_through_the_formats_and_completes_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Books").mkdir()
    monkeypatch.chdir(tmp_path)
    async with stage(tmp_path / "cache", size=(80, 24)) as s:
        await s.pilot.press("e")
        await s.until(lambda: "▸ .mp3" in s.text and "audiobook" in s.text, "the formats")
        await s.pilot.press("down")
        assert s.app.screen.query_one(Input).value.endswith("at Night.m4b")
        await s.pilot.press("up", "up")
        await s.until(lambda: "▸ .json" in s.text, "the last one")
        path = s.app.screen.query_one(Input)
        path.value = ""
        await s.pilot.press("B", "o")
        await s.until(lambda: path._suggestion, "the folder to be found")
        await s.pilot.press("tab")
        assert path.value == "Books/"


def test_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(export_job, "monotonic", lambda: clock[0])

    def quarter(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
        progress(Progress(1, 4))
        return Summary(path, 1.0, 1)

    job = export_job.ExportJob(Path("story.mp3"), None, quarter, lambda message: None)
    assert job.left is None
    job.run()
    clock[0] += 30
    assert job.left == 90


class _Endless:
    """An export that never ends by itself."""

    def __init__(self) -> None:
        self.cancelled: Event | None = None
        self.finish = Event()

    def __call__(
        self, path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None
    ) -> Summary:
        self.cancelled = cancelled
        while not cancelled.wait(0.01):
            if self.finish.is_set():
                return Summary(path, 1.0, 1)
        raise Cancelled


@pytest.mark.parametrize("keys", [["q", "s"], ["escape", "q", "s"], ["escape", "ctrl+c", "ctrl+c"]])
async def test_quitting_asks_before_it_stops_an_export(tmp_path: Path, keys: list[str]) -> None:
    export = _Endless()
    async with stage(tmp_path / "cache", export=export) as s:
        await _ask_for(s, tmp_path / "story.mp3")
        await s.until(lambda: export.cancelled, "the export to begin")
        *first, last = keys
        await s.pilot.press(*first)
        assert "An export is not finished" in s.text and "story.mp3" in s.text
        assert export.cancelled is not None and not export.cancelled.is_set() and not s.app._exit
        await s.pilot.press(last)
        await s.until(lambda: s.app._exit, "the end")
    assert export.cancelled.is_set()


@pytest.mark.parametrize("keys", [["q", "w"], ["q"]])
async def test_quitting_waits_for_an_export_that_ends(tmp_path: Path, keys: list[str]) -> None:
    export, file = _Endless(), tmp_path / "story.mp3"
    async with stage(tmp_path / "cache", export=export) as s:
        await _ask_for(s, file)
        await s.until(lambda: export.cancelled, "the export to begin")
        await s.pilot.press(*keys)
        assert len(s.app.screen_stack) == 3 - len(keys) and not s.app._exit
        export.finish.set()
        await s.until(lambda: s.app._exit, "the end")
        assert s.app.farewell.startswith(f"Exported: {file}")
        assert export.cancelled is not None and not export.cancelled.is_set()


async def test_quitting_can_leave_an_export_in_the_background(tmp_path: Path) -> None:
    export, file = _Endless(), tmp_path / "story.mp3"
    async with stage(tmp_path / "cache", export=export) as s:
        await _ask_for(s, file)
        await s.until(lambda: export.cancelled, "the export to begin")
        await s.pilot.press("q", "b")
        await s.until(lambda: s.app._exit, "the end")
    assert s.app.left_to is not None and str(file) in s.app.farewell
    assert s.app.left_to.wait(60) == 0
    assert file.stat().st_size > 10_000
    async with stage(tmp_path / "cache") as s:
        await s.until(lambda: "Exported in the background" in s.text, "the notice")
    assert news(Settings().left_exports) == ([], False), "it is told once"


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
def test_an_export_in_the_background_that_is_killed_leaves_no_file(tmp_path: Path, by: int) -> None:
    folder = Settings().left_exports
    process = start(Order(Settings(), long_story(300), "pyttsx3:en-us", tmp_path / "long.flac", None))
    assert [str(one.state) for one in left_exports(folder)] == ["running"]
    process.send_signal(by)
    process.wait(60)
    (export,) = left_exports(folder)
    assert export.state in ("killed", "failed") and not (tmp_path / "long.flac").exists()
    assert str(tmp_path / "long.flac") in str(export)
    export.record.write_text('{"state": "odd"')  # damaged, it is none
    assert left_exports(folder) == []


def test_an_export_in_the_background_can_be_stopped_and_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "long.flac"
    process = start(Order(Settings(), long_story(300), "pyttsx3:en-us", file, None))
    assert "listen recent --stop ends" in listen("recent").stderr
    assert listen("recent", "--stop").stdout == f"Stopped: {file}\n"
    assert process.wait(60) == 0
    assert listen("recent").stdout == f"Not exported in the background: {file} (it was stopped)\n"
    assert "no export goes on" in listen("recent", "--stop").stderr
    assert list(tmp_path.iterdir()) == []


async def test_esc_stays_and_the_export_goes_on(tmp_path: Path) -> None:
    export = _Endless()
    async with stage(tmp_path / "cache", export=export) as s:
        await _ask_for(s, tmp_path / "story.mp3")
        await s.until(lambda: export.cancelled, "the export to begin")
        await s.pilot.press("q", "w", "q", "escape")
        assert export.cancelled is not None and not export.cancelled.is_set()
        export.finish.set()
        await s.until(lambda: "Exported" in s.text, "the notice")
        assert not s.app._exit
        await s.pilot.press("q")
        await s.until(lambda: s.app._exit, "the end: there is nothing to ask any more")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ExportError("the disk is full [really]"), "the disk is full [really]"),
        (RuntimeError("index out of range"), "the file could not be made"),  # what nobody foresaw is for the log
    ],
)
async def test_a_failure_is_a_notice_and_the_story_plays_on(tmp_path: Path, error: Exception, said: str) -> None:
    def fails(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
        raise error

    async with stage(tmp_path / "cache", export=fails) as s:
        s.player.transport.play()
        await _ask_for(s, tmp_path / "story.mp3")
        await s.until(lambda: said in s.text, "the notice")
        assert len(s.app.screen_stack) == 1
        assert s.player.transport.position().state is not State.PAUSED


CHINESE = Story(
    "A market",
    (
        Block(BlockKind.PARAGRAPH, "She met an old man at the market."),
        Block(BlockKind.PARAGRAPH, "你好，世界。这是一个故事。"),
        Block(BlockKind.PARAGRAPH, "He bought a cat."),
    ),
    language="en",
)


async def test_what_cannot_be_said_is_told_and_left_out_without_typing_anything_again(tmp_path: Path) -> None:
    async with stage(tmp_path / "cache", story=CHINESE, rendered=False) as s:
        await _ask_for(s, tmp_path / "market.mp3")
        await s.until(lambda: "leave them out, and export" in s.text, "the question")
        told = " ".join(s.text.replace("│", " ").split())
        assert "2 sentences could not be said: “你好，世界。”, “这是一个故事。”" in told
        assert "To have them said:" in told and "--skip" not in told
        await s.pilot.press("escape")
        await s.until(lambda: len(s.app.screen_stack) == 1, "the story again")
        await _ask_for(s, tmp_path / "market.mp3")
        await s.until(lambda: "leave them out, and export" in s.text, "the question")
        assert not (tmp_path / "market.mp3").exists()
        await s.pilot.press("enter")
        await s.until(lambda: "Exported" in s.text and "Left out: 2 sentences" in s.text, "the file")
    assert (tmp_path / "market.mp3").stat().st_size > 10_000


async def test_what_is_found_only_late_that_it_cannot_be_said_does_not_interrupt(tmp_path: Path) -> None:
    export, fails = _Endless(), Unsaid("1 sentence could not be said: “Hm.” (no sound)")

    def late(path: Path, progress: Callable[[Progress], None], cancelled: Event, chapter: int | None) -> Summary:
        export(path, progress, cancelled, chapter)
        raise fails

    async with stage(tmp_path / "cache", export=late) as s:
        await _ask_for(s, tmp_path / "story.mp3")
        await s.pilot.press("escape", "c")
        export.finish.set()
        await s.until(lambda: "e: leave them out" in s.text, "the notice")
        await s.pilot.press("escape", "e")
        await s.until(lambda: "leave them out, and export" in s.text, "the question")


@given(st.text(max_size=300))
def test_every_title_makes_a_file_name_that_every_system_takes(title: str) -> None:
    name = safe_name(title, ".mp3")
    assert name.endswith(".mp3") and 4 < len(name) <= 90
    assert not set(name) & set('/\\:*?"<>|\0\n') and name.isprintable()
    assert name[0] not in " .-" and name.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_a_title_is_known_again_in_its_file_name() -> None:
    assert safe_name("Peace talks: what's next?", ".mp3") == "Peace talks what's next.mp3"
    assert safe_name("../../etc/passwd", ".mp3") == "etc passwd.mp3"
    assert safe_name("夜の港", ".mp3") == "夜の港.mp3"
    assert safe_name("???", ".mp3") == "story.mp3"
