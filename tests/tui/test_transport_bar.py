"""The transport bar: times that stay, what is rendered, and parts that can be clicked."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from player.playback.position import State
from player.settings import Settings
from player.story.model import Block, BlockKind, Section, Story
from player.tui.app import ListenApp
from player.tui.bar.chapter_ticks import Ticks
from player.tui.bar.contents import Condition, Hint
from player.tui.bar.state_line import parts
from player.tui.bar.voice_wait import VoiceWait
from tests.tui.stage import STORY, Listened, Stage, long_story, open_player, stage


async def _click(s: Stage, words: str) -> None:
    await s.until(lambda: words in s.lines()[-2], words)
    await s.pilot.click(s.app.bar, offset=(s.lines()[-2].index(words) + 1, 1))


async def test_elapsed_time_stays_when_the_speed_changes(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(7, "gallery")
        before = s.lines()[-3].split()
        await s.pilot.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        await s.until(lambda: "1.3×" in s.lines()[-2], "the speed")
        after = s.lines()[-3].split()
        assert (after[0], after[-4]) == (before[0], before[-4]), "elapsed time and per cent"
        assert after[-1] != before[-1], "the time left is that of listening"


async def test_parts_of_the_state_line_can_be_clicked(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 30)) as s:
        await s.seek(1, "Nobody")
        await _click(s, "1×")
        await s.until(lambda: s.player.transport.speed == 1.2, "the next speed")
        await _click(s, "vol 100%")
        await _click(s, "muted")
        await s.until(lambda: "vol 100%" in s.lines()[-2], "the sound to be on again")
        await s.pilot.press("z")
        await s.pilot.press("enter")
        await _click(s, "z ")
        await s.until(lambda: "Sleep" in s.text, "the sleep timer")
        await s.pilot.press("escape")
        await _click(s, "pyttsx3:")
        await s.until(lambda: s.app.screen.id != "_default" and "voice" in s.text.lower(), "the voices")


async def test_what_is_rendered_is_shown_on_the_track(tmp_path: Path) -> None:
    async with stage(tmp_path, (100, 30), long_story(60), rendered=False) as s:
        bar = s.app.bar
        await s.until(lambda: 1 in bar._rendered and 0 in bar._rendered, "a part of the track")
        assert bar._rendered[0] == 1 and bar._rendered[-1] == 0
        rendered = bar._looks["rendered"].bgcolor
        assert any(part.style and part.style.bgcolor == rendered for part in bar.render_line(0))


def test_the_state_line_stands_still() -> None:
    def places(**changes: object) -> list[int]:
        shown = Condition(**{"state": State.PLAYING, "speed": 1.0, "volume": 1.0, "silent": False} | changes)  # type: ignore[arg-type]
        line = "".join(part.text for part in parts(shown, "piper:joe", 100))
        assert len(line) == 100
        return [line.index(words) for words in ("u: back", "piper:joe", "×")]

    back = (Hint("u: back", "undo_jump"),)
    usual = places(hints=back)
    assert places(hints=back, state=State.PAUSED) == usual
    assert places(hints=back, state=State.WAITING, waited=21) == usual
    assert places(hints=back, speed=1.25, volume=0.05)[:2] == usual[:2]
    assert places(hints=back, muted=True) == usual


def test_the_voice_that_is_being_prepared_is_named() -> None:
    shown = Condition(State.PLAYING, 1.0, 1.0, False, coming="kokoro:af_heart")
    assert "piper:joe → kokoro:af_heart …" in "".join(part.text for part in parts(shown, "piper:joe", 100))
    assert "→" not in "".join(part.text for part in parts(shown, "kokoro:af_heart", 100))


def test_the_sign_moves_only_while_the_voice_is_waited_for() -> None:
    now = 100.0
    wait = VoiceWait(lambda: now)
    assert wait.look(State.PLAYING) == (0, None)
    assert wait.look(State.WAITING) == (0, 0.25)
    now = 105.3
    waited, due = wait.look(State.WAITING)
    assert waited == 21 and due == pytest.approx(0.2)
    shown = Condition(State.WAITING, 1.0, 1.0, False, waited=waited)
    assert parts(shown, "piper:joe", 80)[0].text.strip() == "◓ rendering 5 s"
    assert parts(shown, "piper:joe", 80, moving=False)[0].text.strip() == "◌ rendering 5 s"
    assert wait.look(State.PAUSED) == (0, None)


async def test_a_book_has_ticks_for_chapters_and_an_article_for_paragraphs(tmp_path: Path) -> None:
    async with stage(tmp_path, (120, 30)) as s:
        timeline = s.player.timeline
        assert len(Ticks(STORY).shares(timeline, 30)) == 7
        assert len(Ticks(STORY).shares(timeline, 21)) == 0
    blocks = tuple(Block(BlockKind.PARAGRAPH, f"Paragraph {n}.") for n in range(200))
    book = Story("Book", blocks, sections=tuple(Section(n, f"Chapter {n}") for n in range(0, 200, 20)))
    async with stage(tmp_path, (120, 30), book, rendered=False) as s:
        assert len(Ticks(book).shares(s.player.timeline, 90)) == 9
        await s.until(lambda: "chapter" in s.lines()[-3], "what is left of the chapter")


def test_on_a_narrow_terminal_the_voice_gives_way_before_that_there_is_no_sound() -> None:
    shown = Condition(State.PLAYING, 1.0, 0.5, True, hints=(Hint("u: back", "undo_jump"),))
    lines = {width: "".join(part.text for part in parts(shown, "piper:joe", width)) for width in range(34, 100)}
    assert "silent" in lines[99] and "piper:joe" in lines[99]
    assert all(len(line) == width for width, line in lines.items())
    assert all("silent" in line for line in lines.values())
    assert "vol 50%" in lines[60] and "piper" not in lines[55]


@pytest.mark.parametrize(("motion", "turns"), [("full", True), ("reduced", False)])
async def test_the_sign_turns_unless_motion_is_reduced(tmp_path: Path, motion: str, turns: bool) -> None:
    with closing(open_player(tmp_path)) as player:
        app = ListenApp(Listened(player), theme="dark", settings=Settings(motion=motion))  # type: ignore[arg-type]
        async with app.run_test():
            app.bar.condition = Condition(State.WAITING, 1.0, 1.0, False, waited=21)
            assert ("◓ rendering" in app.bar.render_line(1).text) is turns
