"""Notes in the player, copying, and what is said slowly."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from textual.events import MouseDown, MouseMove, MouseUp

from player.library import Library
from player.library.notes import Note, Notes
from player.playback.position import State
from player.story.model import Span
from tests.tui.stage import STORY, Stage, stage


async def _notes(s: Stage, count: int) -> None:
    await s.until(lambda: sum(map(len, s.transcript.marks.noted.values())) == count, f"{count} noted sentences")


async def test_a_note_is_marked_kept_commented_and_removed(tmp_path: Path) -> None:
    library = tmp_path / "library"
    async with stage(tmp_path / "cache", library=library) as s:
        await s.pilot.press("B")
        await s.until(lambda: "no notes yet" in s.text, "how to make one")
        await s.seek(1, "habit")
        await s.pilot.press("b")
        await s.until(lambda: "Noted at 0:0" in s.text and s.text.count("▎") == 1, "the mark beside its line")
        await s.seek(7, "counted")
        await s.pilot.press("b", "b", "b", "B")
        await s.until(lambda: "She counted them from" in "\n".join(s.lines()[5:25]) and "remove" in s.text, "the list")
        await s.pilot.press("e", *"[why]")
        await s.until(lambda: "Enter keep the comment   Esc leave it" in s.text, "the keys of the comment")
        assert "d remove" not in s.text
        await s.pilot.press("enter")
        await s.until(lambda: s.text.count("[why]") == 1 and "d remove" in s.text, "the comment, and the list's keys")
        await s.pilot.press("up", "d")
        await _notes(s, 1)
        await s.pilot.press("u")
        await _notes(s, 2)
        await s.pilot.press("d", "down", "escape")
    async with stage(tmp_path / "cache", library=library) as s:
        await _notes(s, 1)
        await s.seek(7, "counted")
        await s.pilot.press("b")
        await s.until(lambda: "with a comment" in s.text, "the comment not to be lost")
        await s.pilot.press("home", "B", "enter")
        await s.until(lambda: s.sentence.startswith("She counted"), "the sentence")
    with closing(Library(library)) as opened:
        assert [(note.quote[:11], note.comment) for note in Notes(opened).of(STORY)] == [("She counted", "[why]")]


async def test_notes_of_another_player_of_the_story_are_listed_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.tui.actions.noting._PATIENCE", 60)  # on a busy machine the list would do without
    async with stage(tmp_path / "cache", library=tmp_path / "library") as s:
        await s.pilot.press("B")
        await s.until(lambda: "no notes yet" in s.text, "that there are none")
        with closing(Library(tmp_path / "library")) as other:
            Notes(other).put(STORY, Note(1, Span(0, 5), "Elsewhere kept.", 1.0))
        await s.pilot.press("B", "e", *"why", "enter")
        await s.until(lambda: "Elsewhere kept." in s.text and s.text.count("why") == 1, "the other's note")
        await _notes(s, 1)


async def test_what_keys_tell_does_not_pile_up(tmp_path: Path) -> None:
    async with stage(tmp_path / "cache") as s:
        s.app.notify("The voice is slow.")
        await s.pilot.press("b", "b", "b", "b", "u")
        await s.until(lambda: "There is no jump to undo." in s.text, "the last answer")
        assert "Note" not in s.text
        assert "The voice is slow." in s.text
        await s.pilot.press("b")
        await s.until(lambda: "Noted at" in s.text, "another answer")
        await s.pilot.press("B")
        await s.until(lambda: "Enter play from there" in s.text, "the notes")
        assert "Noted at" not in s.text, "nothing covers the dialog"


async def test_notices_that_come_one_after_another_share_a_place(tmp_path: Path) -> None:
    async with stage(tmp_path, (80, 24)) as s:
        for name in ("fox", "crow", "owl", "hen", "hen"):
            s.player.notices.append(f"Skipped the {name}.")
            s.app.wake()
            await s.until(lambda name=name: f"Skipped the {name}." in s.text, "the notice")
        await s.pilot.press("u")
        await s.until(lambda: "There is no jump to undo." in s.text, "what the key did")
        assert len(s.app._notifications) == 2
        assert [name for name in ("fox", "crow", "owl", "hen") if name in s.text] == ["crow", "owl", "hen"]
        assert s.text.count("the hen") == 1
        s.app.notify("There was no room.", title="Not exported", severity="error", markup=False)
        await s.until(lambda: "Not exported: There was no room." in s.text, "the error")
        assert [one.severity for one in s.app._notifications if one.message.startswith("Skipped")] == ["error"]


async def test_the_mouse_selects_and_copies_without_playing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):  # the desktop's clipboard stays as it is
        monkeypatch.delenv(variable, raising=False)
    async with stage(tmp_path) as s:
        await s.seek(1, "habit")
        await s.pilot.press("y")
        await s.until(lambda: s.app.clipboard == "It was an old habit.", "the sentence")
        start = s.transcript.cell_of(1, STORY.blocks[1].text.index("habit"))
        end = s.transcript.cell_of(3, 5)
        await s.pilot._post_mouse_events([MouseDown], s.transcript, offset=start, button=1)
        await s.pilot._post_mouse_events([MouseMove], s.transcript, offset=end, button=1)
        await s.pilot._post_mouse_events([MouseUp], s.transcript, offset=end, button=1)
        await s.until(lambda: "habit" in s.drawn("text selected"), "the selection")
        await s.until(lambda: s.app.clipboard.startswith("habit. "), "it to be copied")
        copied = s.app.clipboard.splitlines()
        assert copied[0].startswith("habit. The keeper") and copied[1:] == ["What she carried", "A can "]
        assert s.player.transport.position().state is State.PAUSED, "dragging is no click"
        await s.pilot.click(s.transcript, offset=start)
        await s.until(lambda: not s.transcript.selected_text, "nothing to be selected")


async def test_a_sentence_is_said_again_also_when_paused(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "old habit")
        s.player.transport.pause()
        await s.pilot.press("r")
        assert s.sentence == "It was an old habit."
        assert s.player.transport.position().state in (State.PLAYING, State.WAITING)


@pytest.mark.parametrize("speed", [1.0, 2.0])
async def test_a_sentence_is_said_slowly_once(tmp_path: Path, speed: float) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "old habit")
        s.player.transport.speed = speed
        await s.pilot.press("R")
        assert s.player.transport.speed == 0.7
        assert s.sentence == "It was an old habit."
        await s.until(lambda: s.player.transport.speed == speed, "the speed before")
        assert s.player.transport.position().state in (State.PLAYING, State.WAITING)
