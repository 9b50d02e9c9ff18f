from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.events import MouseScrollDown
from textual.widgets import Input

from player.audio.clock import clock
from player.errors import UsageError
from player.library import Remembered
from player.library.step_back import StepBack
from player.playback.position import State
from player.story.model import Block, BlockKind, Story
from player.tui.keys.table import KEYS, changed
from player.tui.screens.export import ExportScreen
from tests.tui.stage import SLOWLY, STORY, long_story, open_player, stage


@pytest.mark.quick
async def test_lights_up_the_sentence_and_the_word_that_sound(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        assert s.sentence.startswith("The keeper climbed") and s.sentence.endswith("first time.")
        assert s.drawn("text sentence word") == "windows"
        lit = s.drawn("text sentence")
        assert lit.startswith("The keeper climbed") and "It was an old habit" not in lit


async def test_what_was_said_is_dim_and_what_comes_is_not(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "habit")
        dim = s.transcript._looks["text said"].color
        y = s.transcript.cell_of(1, 0).y
        colours = {seg.text: seg.style.color for seg in s.transcript.render_line(y) if seg.style and seg.text.strip()}
        said = next(text for text in colours if text.startswith("Nobody"))
        assert colours[said] == dim
        after = s.transcript.render_line(y + 1)
        assert dim not in {seg.style.color for seg in after if seg.style and "every evening" in seg.text}


async def test_square_brackets_are_text_everywhere(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "Two newspapers [one of them old] and a pencil." in s.text
        s.player.notices.append("No [red]sound[/red] device\x1b[31m")
        await s.until(lambda: "No [red]sound[/red] device" in s.text, "the notice")
        assert "The [bold]Harbour[/bold] at Night" in s.lines()[0]
        assert "Ada [x] Lind · 2026-03-14" in s.lines()[1]
        assert "\x1b" not in s.text


async def test_keys_reach_the_transport(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        transport = s.player.transport
        await s.seek(1, "Nobody")
        await s.pilot.press("right")
        await s.until(lambda: s.sentence == "It was an old habit.", "the next sentence")
        await s.pilot.press("left")
        await s.until(lambda: s.sentence.startswith("Nobody"), "the sentence before")
        await s.pilot.press("down")
        await s.until(lambda: s.sentence == "What she carried", "the next paragraph")
        await s.pilot.press("up")
        await s.until(lambda: s.sentence.startswith("Nobody"), "the paragraph before")
        await s.pilot.press("end")
        await s.until(lambda: s.sentence.startswith("She counted them"), "the last sentence")
        await s.pilot.press("home")
        await s.until(lambda: s.sentence == STORY.title, "the title")
        await s.pilot.press("full_stop")
        await s.until(lambda: transport.position().elapsed == 10 * s.player.rate, "10 seconds on")
        await s.pilot.press("comma")
        await s.until(lambda: transport.position().elapsed == 0, "10 seconds back")
        await s.pilot.press("right_square_bracket", "right_square_bracket")
        assert transport.speed == 1.2
        await s.pilot.press("left_square_bracket")
        assert transport.speed == 1.1
        await s.pilot.press("equals_sign")
        assert transport.speed == 1.0
        await s.pilot.press("minus", "minus", "plus")
        assert transport.volume == 0.95
        await s.pilot.press("space")
        assert transport.position().state in (State.PLAYING, State.WAITING)
        await s.pilot.press("space")
        assert transport.position().state is State.PAUSED


async def test_an_estimated_duration_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path, story=long_story(400), rendered=False) as s:
        assert "≈ -" in s.lines()[-3]


@pytest.mark.parametrize("words", ["habit", "one hundred", "quay"])
async def test_clicking_a_word_plays_from_there(tmp_path: Path, words: str) -> None:
    async with stage(tmp_path, player=open_player(tmp_path, pace=SLOWLY)) as s:
        at = STORY.blocks[1].text.index(words)
        cell = s.transcript.cell_of(1, at)
        await s.pilot.click(s.transcript, offset=cell)
        assert s.player.transport.position().state is not State.PAUSED
        await s.until(lambda: s.transcript.spoken and s.transcript.spoken.block == 1, "the paragraph")
        word = s.transcript.spoken.word
        assert word is not None and word.start <= at < word.end


async def test_clicking_is_exact_beside_wide_characters(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        at = STORY.blocks[6].text.index("book dry")
        assert s.transcript.character_at(*s.transcript.cell_of(6, at)) == (6, at)
        wide = STORY.blocks[6].text.index("東")
        x, y = s.transcript.cell_of(6, wide)
        assert s.transcript.character_at(x + 1, y) == (6, wide)
        assert s.transcript.character_at(x + 2, y) == (6, wide + 1)


async def test_clicking_the_bar_goes_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        first, last = s.app.bar.track
        await s.pilot.click(s.app.bar, offset=((first + last) // 2, 0))
        position = s.player.transport.position()
        assert abs(position.elapsed / position.duration - 0.5) < 2 / (last - first)


async def test_the_view_follows_until_the_reader_scrolls(tmp_path: Path) -> None:
    async with stage(tmp_path, story=long_story(120), rendered=False) as s:
        s.player.navigation.seek(60, 0)
        await s.until(lambda: "paragraph number 60," in s.text, "the view to follow")
        await s.pilot.press("shift+down", "ctrl+down")
        await s.until(lambda: "follow the voice (f)" in s.text, "the way back")
        was = s.transcript.scroll_offset.y
        s.player.navigation.seek(100, 0)
        await s.until(lambda: s.transcript.spoken and s.transcript.spoken.block == 100, "the sound to be elsewhere")
        assert s.transcript.scroll_offset.y == was
        await s.until(lambda: "↓ back to the voice (f)" in s.text, "the way back to be below")
        await s.pilot.click("#pill")
        await s.until(lambda: "paragraph number 100," in s.text, "the view to come back")
        await s.until(lambda: "the voice (f)" not in s.text, "the way back to go")


async def test_what_tells_of_a_key_names_the_one_that_was_chosen(tmp_path: Path) -> None:
    keys = changed({"preset": "vim", "follow": "ctrl+g", "jump.undo": "backspace", "notes": "o", "library": "O"})
    async with stage(tmp_path, story=long_story(60), rendered=False, keys=keys) as s:
        await s.pilot.press("G")
        await s.until(lambda: "⌫: back" in s.text, "the key that undoes a jump")
        await s.pilot.press("b")
        await s.until(lambda: "o: all notes" in s.text, "the key of the notes")
        await s.pilot.press("pageup")
        await s.until(lambda: "the voice (^g)" in s.text, "the key that follows")
        await s.pilot.press("slash", *"number 7,")
        await s.until(lambda: "back to the voice" in s.text and "(^g)" not in s.text, "no key that would be typed")


async def test_the_mouse_wheel_stops_following(tmp_path: Path) -> None:
    async with stage(tmp_path, story=long_story(120), rendered=False) as s:
        s.player.navigation.seek(60, 0)
        await s.until(lambda: "paragraph number 60," in s.text, "the view to follow")
        await s.pilot._post_mouse_events([MouseScrollDown], s.transcript)
        await s.until(lambda: not s.transcript.following, "the view to stay")


@pytest.mark.parametrize("following", [True, False])
async def test_resizing_keeps_the_place(tmp_path: Path, following: bool) -> None:
    async with stage(tmp_path, story=long_story(200), rendered=False) as s:
        s.player.navigation.seek(90, 0)
        await s.until(lambda: "paragraph number 90," in s.text, "the view to follow")
        if not following:
            await s.pilot.press("shift+down")
        top = s.transcript.character_at(s.transcript.left, 1) or s.transcript.character_at(s.transcript.left, 2)
        assert top is not None
        for size in ((60, 16), (200, 60), (44, 24), (100, 30)):
            await s.pilot.resize_terminal(*size)
            if following:
                await s.until(lambda: "number 90," in s.text, f"the place at {size}")
            else:
                assert abs(s.transcript.cell_of(*top).y) <= 2


async def test_a_book_opens_at_once_and_its_end_is_where_it_should_be(tmp_path: Path) -> None:
    async with stage(tmp_path, story=long_story(20_000), rendered=False) as s:
        await s.until(lambda: s.transcript._settled, "all lines to be broken")
        s.player.navigation.seek(19_999, 0)
        await s.until(lambda: "paragraph number 19999," in s.text, "the last paragraph")
        page = s.transcript.layout_of_text
        assert page.height == page.y(page.line_of(19_999, 10_000)) + 2


async def test_only_lines_that_change_are_painted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        painted: list[int] = []
        real = s.transcript.render_line

        def render_line(y: int):  # type: ignore[no-untyped-def]
            painted.append(y)
            return real(y)

        monkeypatch.setattr(s.transcript, "render_line", render_line)
        s.transcript.refresh()
        await s.until(lambda: len(painted) >= s.transcript.size.height, "all that is due to be painted")
        painted.clear()
        for _ in range(10):
            s.app.look_at_transport()
            await s.pilot.pause()
        assert painted == []
        await s.seek(1, "along")
        assert 1 <= len(set(painted)) <= 2


async def test_tells_where_the_story_goes_on_and_asks_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, resume=Remembered(7, 20)) as s:
        await s.until(lambda: "Home: beginning" in s.text, "the notice")
        timeline = s.player.timeline
        seconds = timeline.time(timeline.find(7, 20)) / timeline.rate
        assert f"from {clock(seconds)} · Home: beginning" in s.text
        assert len(s.app.screen_stack) == 1


async def test_a_jump_is_undone_and_redone(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        await s.pilot.press("end")
        await s.until(lambda: "u: back" in s.lines()[-2], "the way back to be told")
        await s.pilot.press("u")
        await s.until(lambda: s.drawn("text sentence word") == "windows", "the word left")
        assert "U: forth again" in s.lines()[-2]
        await s.pilot.press("U")
        await s.until(lambda: s.player.transport.position().place.block == 7, "the jump again")
        assert "u: back" in s.lines()[-2]


async def test_without_a_jump_there_is_none_to_undo(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("u")
        await s.until(lambda: "There is no jump to undo." in s.text, "the notice")
        assert "u: back" not in s.lines()[-2]


async def test_the_next_paragraph_is_no_jump_to_tell_of(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        await s.pilot.press("down")
        await s.until(lambda: s.sentence == "What she carried", "the next paragraph")
        assert "u: back" not in s.text


async def test_after_a_long_break_the_sentence_is_said_again(tmp_path: Path) -> None:
    async with stage(tmp_path, step_back=StepBack(sentence=0)) as s:
        await s.seek(1, "windows")
        s.player.transport.play()
        await s.pilot.press("space", "space")
        await s.until(lambda: s.player.transport.position().state is State.PLAYING, "the story to go on")
        first = s.player.place_to_keep(s.player.transport.position())
        assert first < (1, STORY.blocks[1].text.index("windows"))


async def test_remembers_the_place_on_leaving(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(5, "promise")
        await s.pilot.press("q")
    block, character = s.remembered[-1]
    assert block == 5
    assert STORY.blocks[5].text[character:].startswith("promise")


async def test_a_look_elsewhere_does_not_move_the_place_until_the_player_is_left(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        await s.until(lambda: s.remembered and s.remembered[-1][0] == 1, "the place to be kept")
        await s.pilot.press("end")
        await s.until(lambda: "u: back" in s.text, "the jump")
        assert s.remembered[-1][0] == 1
        await s.pilot.press("q")
    assert s.remembered[-1][0] == 7


async def test_a_place_is_remembered_when_the_story_is_paused(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "windows")
        s.player.transport.play()
        await s.until(lambda: s.transcript.spoken and s.transcript.spoken.word, "a word to sound")
        await s.pilot.press("space")
        place = s.player.place_to_keep(s.player.transport.position())
        await s.until(lambda: s.remembered[-1] == place, "the place to be kept")


async def test_every_sentence_is_remembered_as_it_begins(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.player.transport.speed = 3
        s.player.navigation.seek(1, 0)
        s.player.transport.play()
        second, third = map(STORY.blocks[1].text.index, ("It was", "The keeper"))
        await s.until(lambda: any(place >= (1, third) for place in s.remembered), "the third sentence to be kept")
        assert any((1, 0) <= place < (1, second) for place in s.remembered)


async def test_notices_do_not_cover_the_transport_bar(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.player.notices.append("Something went wrong")
        await s.until(lambda: "Something went wrong" in s.text, "the notice")
        assert s.lines()[-2].endswith("vol 100%")
        assert "-0:" in s.lines()[-3]


@pytest.mark.quick
async def test_help_and_palette_have_every_key(tmp_path: Path) -> None:
    async with stage(tmp_path, (100, 50)) as s:
        await s.pilot.press("question_mark")
        assert all(key.shown.split()[0] in s.text for key in KEYS)
        assert "Previous, next sentence" in s.text
        await s.pilot.press("space")
        assert s.player.transport.position().state is not State.PAUSED
        await s.pilot.press("escape")
        names = {command.title for command in s.app.get_system_commands(s.app.screen)}
        assert names == {key.title for key in KEYS}


async def test_what_is_typed_before_a_dialog_is_there_is_typed_into_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        before = s.app.theme
        for key in "e2t":
            s.app.post_message(events.Key(key, key))
        await s.until(lambda: any(line.value == "2t" for line in s.app.screen.query(Input)), "what was typed")
        await s.pilot.press("escape")
        assert s.app.theme == before, "t was no key of the player"


async def test_keys_can_be_changed_and_a_preset_chosen(tmp_path: Path) -> None:
    keys = changed({"preset": "vim", "note": "e", "export": "ctrl+o"})
    async with stage(tmp_path, keys=keys) as s:
        await s.seek(1, "Nobody")
        await s.pilot.press("l")
        await s.until(lambda: s.sentence == "It was an old habit.", "the next sentence")
        await s.pilot.press("k")
        await s.until(lambda: s.sentence.startswith("Nobody"), "the paragraph's beginning")
        await s.pilot.press("G")
        await s.until(lambda: s.sentence.startswith("She counted them"), "the last sentence")
        await s.pilot.press("ctrl+o")
        await s.until(lambda: isinstance(s.app.screen, ExportScreen), "the export")
        await s.pilot.press("escape", "question_mark")
        assert "^o Export" in s.text and " e Note" in s.text and "L Say it as" in s.text


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"preset": "emacs"}, "no preset 'emacs'"),
        ({"dance": "d"}, "no 'dance'"),
        ({"note": "e", "export": "e"}, "'e' to note and to export"),
        ({"note": "ctrl+bananas"}, "'ctrl.bananas', which there is not"),
        ({"note": "space"}, "'space' to note, which leaves play without a key"),
    ],
)
def test_keys_that_cannot_be_are_refused(keys: dict[str, str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        changed(keys)


@pytest.mark.parametrize("key", ["ctrl+n", "CTRL+N", "F5", "é", "/", "slash", "full_stop", "hyphen-minus", "shift+tab"])
def test_keys_are_named_in_any_usual_way(key: str) -> None:
    given = {"find": "ctrl+f", "seconds.next": "ctrl+e", "volume.down": "ctrl+d", "note": key}
    assert next(one for one in changed(given) if one.id == "note").keys


async def test_an_action_may_have_no_key(tmp_path: Path) -> None:
    async with stage(tmp_path, keys=changed({"note": "space", "play": "", "mute": ""})) as s:
        await s.seek(1, "Nobody")
        await s.pilot.press("m", "space")
        await s.until(lambda: "Noted" in s.text, "the note")
        assert s.player.transport.position().state is State.PAUSED
        assert not s.app.sleep_timer.muted


async def test_the_palette_runs_a_command(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press("ctrl+p")
        await s.pilot.press(*"Faster")
        await s.until(lambda: "Faster by 0.1" in s.text, "the palette's answer")
        await s.pilot.press("down", "enter")
        await s.until(lambda: s.player.transport.speed == 1.1, "the command to run")


async def test_keys_on_the_line_can_be_clicked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        line = s.lines()[-1]
        await s.pilot.click("KeyLine", offset=(line.index("]"), 0))
        assert s.player.transport.speed == 1.1
        await s.pilot.click("KeyLine", offset=(line.index("keys"), 0))
        assert len(s.app.screen_stack) == 2


@pytest.mark.parametrize("size", [(60, 16), (100, 30), (200, 60)])
async def test_the_line_of_keys_fits_and_always_says_how_to_leave(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage(tmp_path, size) as s:
        assert "? keys" in s.lines()[-1] and "q quit" in s.lines()[-1]
        assert len(s.lines()[-1]) <= size[0]


async def test_keys_that_a_dialog_does_not_know_reach_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(5, "promise")
        await s.pilot.press("question_mark")
        await s.pilot.press(*"ect[]-+fnp", "enter", "down", "home", "end", "ctrl+p")
        assert len(s.app.screen_stack) == 2 and "All of these, by name" in s.text
        transport = s.player.transport
        assert transport.position().place.block == 5 and transport.position().state is State.PAUSED
        assert (transport.speed, transport.volume, s.app.theme) == (1.0, 1.0, "dark")


@pytest.mark.parametrize("opened", ["question_mark", "e", "ctrl+p"])
async def test_ctrl_c_quits_whatever_is_open(tmp_path: Path, opened: str) -> None:
    async with stage(tmp_path) as s:
        await s.pilot.press(opened)
        assert len(s.app.screen_stack) == 2
        await s.pilot.press("ctrl+c")
        await s.until(lambda: s.app._exit, "the end")


async def test_an_error_that_nobody_expected_ends_it_in_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with stage(tmp_path) as s:
            s.app.call_later(lambda: 1 / 0)
            await s.until(lambda: s.app.failure, "the failure")
    assert s.app.failure == "ZeroDivisionError: division by zero" and s.app.return_code == 1
    assert "Traceback" in caplog.text


async def test_emoji_that_are_joined_stay_joined(tmp_path: Path) -> None:
    emoji = ("👨\u200d👩\u200d👧\u200d👦", "👋🏽", "🏳️\u200d🌈")
    text = f"The family {emoji[0]} waved {emoji[1]} at the {emoji[2]} flag."
    story = Story(text, (Block(BlockKind.HEADING, text, 1), Block(BlockKind.PARAGRAPH, text)), language="en")
    async with stage(tmp_path, story=story) as s:
        assert [line.strip() for line in s.lines() if "family" in line] == [text] * 3
        s.player.notices.append(f"No such file: {emoji[0]}.txt")
        await s.until(lambda: f"{emoji[0]}.txt" in s.text, "the notice")
        at = text.index("at the")
        await s.pilot.click(s.transcript, offset=s.transcript.cell_of(1, at))
        await s.until(lambda: s.transcript.spoken and s.transcript.spoken.block == 1, "the paragraph")
        word = s.transcript.spoken.word
        assert word is not None and word.start >= at
