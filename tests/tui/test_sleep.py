"""The sleep timer and mute, as the listener meets them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from player.playback.position import State
from player.playback.sleep_timer import End, SleepTimer
from player.story.model import Section
from tests.support.stories import story_of
from tests.support.waiting import wait_until
from tests.tui.stage import SLOWLY, open_player, stage

STORY = story_of(*(f"This is paragraph {n}. It has another sentence, and goes on for a while." for n in range(6)))


def test_minutes_count_while_playing_fade_out_and_pause(tmp_path: Path) -> None:
    now = 0.0
    with closing(open_player(tmp_path, STORY, rendered=False, pace=SLOWLY)) as player:
        timer = SleepTimer(player, lambda: now, "Z")
        timer.set(1)
        now = 500.0
        timer.look(player.transport.position())  # paused: nothing counts
        assert timer.seconds_left(player.transport.position()) == 60
        player.transport.play()
        wait_until(lambda: player.transport.position().state is State.PLAYING, "it to play")
        timer.look(player.transport.position())
        now += 56
        timer.look(player.transport.position())
        assert player.transport.gain == 0.5
        now += 4
        timer.look(player.transport.position())
        paused = player.transport.position()
        assert paused.state is State.PAUSED and player.transport.gain == 0
        assert player.notices[-1] == "The sleep timer has paused the story. Z: back to where it was set"
        timer.look(paused)
        assert player.transport.gain == 1 and not timer.running
        player.navigation.seek(4, 0)
        assert player.navigation.back() and player.navigation.back()
        assert player.place_to_keep(player.transport.position()) == (0, 0)
        timer.set(1)
        player.transport.play()
        timer.look(player.transport.position())
        now += 20
        timer.look(player.transport.position())
        now += 20
        timer.look(replace(paused, state=State.ENDED))
        assert timer.running and timer.seconds_left(paused) == 40, "it is for what plays next, too"
        timer.set(End.STORY)
        timer.look(replace(paused, state=State.ENDED))
        assert not timer.running


def test_the_end_of_a_paragraph_is_aimed_at_anew_after_a_jump(tmp_path: Path) -> None:
    with closing(open_player(tmp_path, STORY)) as player:
        timer = SleepTimer(player, lambda: 0.0)
        timer.set(End.PARAGRAPH)
        timer.look(player.transport.position())
        before = timer.seconds_left(player.transport.position())
        player.navigation.seek(4, 0)
        timer.look(player.transport.position())
        after = timer.seconds_left(player.transport.position())
        assert before and after and 0 < after < 2 * before


async def test_a_key_sets_shows_and_mutes(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("z", "enter")
        await s.until(lambda: "z 5:00" in s.text, "the time left")
        await s.pilot.press("z", "0")
        assert "Enter: off" in s.text
        await s.pilot.press("enter")
        await s.until(lambda: " z " not in s.text, "no timer")
        await s.pilot.press("m")
        await s.until(lambda: "muted" in s.text and s.player.transport.gain == 0, "mute")
        await s.pilot.press("m")
        await s.until(lambda: "muted" not in s.text and s.player.transport.gain == 1, "sound")


def test_the_end_of_a_chapter_is_where_the_bar_counts_to(tmp_path: Path) -> None:
    sections = (Section(1, "One"), Section(2, "Of one", 2), Section(4, "Two"))
    with closing(open_player(tmp_path, replace(STORY, sections=sections))) as player:
        timer = SleepTimer(player, lambda: 0.0)

        def aims_at() -> int:
            position = player.transport.position()
            left = timer.seconds_left(position)
            assert left is not None
            return position.elapsed + round(left * position.timeline.rate)

        for block, end in ((0, 1), (1, 4), (2, 4)):
            player.navigation.seek(block, 0)
            timer.set(End.CHAPTER)
            assert aims_at() == player.timeline.start(end)
        timer.look(player.transport.position())
        player.navigation.seek(5, 0)
        timer.look(player.transport.position())
        assert aims_at() == player.timeline.duration


def test_the_end_of_a_chapter_pauses_and_one_key_leads_back(tmp_path: Path) -> None:
    with closing(open_player(tmp_path, replace(STORY, sections=(Section(0, "One"), Section(3, "Two"))))) as player:
        timer = SleepTimer(player, lambda: 0.0, "Z")
        timer.set(End.CHAPTER)
        player.navigation.seek_sample(player.timeline.start(3) - player.rate // 10)
        player.transport.play()
        wait_until(lambda: player.transport.position().state is State.PLAYING, "it to play")
        timer.look(player.transport.position())
        assert player.transport.position().state is State.PAUSED and not timer.running
        assert player.notices.pop() == "The sleep timer has paused the story. Z: back to where it was set"
        assert player.navigation.back()
        assert player.place_to_keep(player.transport.position()) == (0, 0)


def test_a_timer_that_pauses_a_later_story_names_the_one_it_was_set_in_and_leads_back_there(tmp_path: Path) -> None:
    now = 0.0
    later = replace(STORY, title="The crow", identity="crow")
    with closing(open_player(tmp_path, STORY)) as first, closing(open_player(tmp_path, later)) as second:
        first.navigation.seek(2, 0)
        timer = SleepTimer(first, lambda: now)
        timer.set(1)
        in_second = SleepTimer(second, lambda: now, "Z", "V")
        timer.hand_over(in_second)
        second.transport.play()
        wait_until(lambda: second.transport.position().state is State.PLAYING, "it to play")
        in_second.look(second.transport.position())
        now = 60.0
        in_second.look(second.transport.position())
        assert second.transport.position().state is State.PAUSED
        told = "The sleep timer has paused the story. Z: back to where it was set, in A test, where V leads"
        assert second.notices.pop() == told
        assert not second.navigation.back()
    with closing(open_player(tmp_path, STORY)) as first:
        in_second.look(second.transport.position())
        in_second.hand_over(SleepTimer(first))
        assert first.navigation.back()
        assert first.place_to_keep(first.transport.position()) == (2, 0)


def test_only_a_timer_that_has_paused_leads_back_and_only_once(tmp_path: Path) -> None:
    now = 0.0
    later = replace(STORY, title="The crow", identity="crow")
    with closing(open_player(tmp_path, STORY)) as first, closing(open_player(tmp_path, later)) as second:

        def returned(timer: SleepTimer) -> SleepTimer:
            """Go to the other story and come back."""
            away, home = SleepTimer(second, lambda: now), SleepTimer(first, lambda: now)
            timer.hand_over(away)
            away.hand_over(home)
            return home

        timer = SleepTimer(first, lambda: now)
        timer.set(1)
        timer.clear()
        timer = returned(timer)
        assert not first.navigation.back(), "the timer was cancelled"
        timer.set(1)
        first.transport.play()
        wait_until(lambda: first.transport.position().state is State.PLAYING, "it to play")
        timer.look(first.transport.position())
        now = 60.0
        timer.look(first.transport.position())
        timer.look(first.transport.position())
        returned(timer)
        assert first.navigation.back() and not first.navigation.back()
