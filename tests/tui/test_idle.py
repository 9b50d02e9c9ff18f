"""A screen on which nothing changes costs nothing, and one that slept misses nothing."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from player.playback.position import State
from player.tui.screens.sleeping import SleepScreen
from tests.tui.stage import Stage, stage


def looks(s: Stage, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with each look at the transport."""
    seen: list[object] = []
    look = s.player.transport.position

    def counted() -> object:
        seen.append(None)
        return look()

    monkeypatch.setattr(s.player.transport, "position", counted)
    return seen


async def looks_within_a_second(s: Stage, seen: list[object]) -> int:
    before = len(seen)
    await s.pilot.pause(1.0)
    return len(seen) - before


@pytest.mark.parametrize("keys", [(), ("question_mark",)], ids=["story", "dialog"])
async def test_a_pause_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press(*keys)
        seen = looks(s, monkeypatch)
        for _ in range(60):
            if not await looks_within_a_second(s, seen):
                return
        pytest.fail("it is looked at all the time")


async def test_the_end_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        await s.seek(7, "kettle")
        s.player.transport.play()
        await s.until(lambda: "the end" in s.text, "the end")
        assert "-0:00" in s.text
        assert await looks_within_a_second(s, looks(s, monkeypatch)) == 0


async def test_what_plays_is_looked_at_as_often_as_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "Nobody")
        s.player.transport.play()
        await s.until(lambda: s.drawn("text sentence word") == "town", "the story to go on")
        began = s.player.transport.position().elapsed
        seen = looks(s, monkeypatch)
        await s.until(lambda: len(seen) > 2, "looks")
        await s.pilot.pause(1.0)
        count = len(seen)
        seconds = (s.player.transport.position().elapsed - began) / s.player.rate
        assert count <= 12 * max(seconds, 1)


async def test_below_a_dialog_the_story_goes_on_by_sentences_and_afterwards_by_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "Nobody")
        await s.pilot.press("space", "question_mark")
        await s.until(lambda: not s.sentence.startswith("Nobody"), "the next sentence, below the dialog")
        await s.pilot.press("escape", "space")
        assert s.player.transport.position().state is State.PAUSED
        position = s.player.transport.position()
        await s.until(lambda: "paused" in s.text, "the pause to be shown")
        word = s.player.word(position)
        assert word is not None and s.drawn("text sentence word") == s.player.story.blocks[1].text[slice(*word)]


async def test_playing_and_pausing_are_seen_below_a_dialog(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(100, 40)) as s:
        await s.pilot.press("z", "space")
        assert isinstance(s.app.screen, SleepScreen)
        await s.until(lambda: "playing" in s.text, "it to play")
        await s.pilot.press("space")
        await s.until(lambda: "paused" in s.text, "it to be paused")


async def test_a_notice_of_another_thread_is_shown_at_once_while_nothing_plays(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.pause(0.3)
        thread = Thread(target=s.player.notices.append, args=("Something is not kept",))
        thread.start()
        await s.until(lambda: "Something is not kept" in s.text, "the notice")


async def test_what_is_rendered_in_a_pause_makes_the_times_exact(tmp_path: Path) -> None:
    async with stage(tmp_path, rendered=False) as s:
        await s.until(lambda: "≈" not in s.lines()[-3] and "-0:" in s.lines()[-3], "times that are known")
        assert s.player.timeline.exact
