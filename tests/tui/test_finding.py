"""Finding text, and going to a time, a share or a chapter."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events

from player.playback.position import State
from player.story.model import Block, BlockKind, Note, Story
from tests.tui.stage import SLOWLY, long_story, open_player, stage
from tests.tui.test_chapters import BOOK


async def test_what_is_typed_is_marked_everywhere_and_enter_plays_from_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "habit")
        await s.pilot.press("slash", *"EVERY")
        await s.until(lambda: "1 of 2" in s.text, "the count")
        assert s.drawn("text sentence hit").count("every") == 1
        assert s.drawn("text sentence found").count("every") == 1, "the other one"
        await s.pilot.press("down")
        await s.until(lambda: "2 of 2" in s.text, "the next one")
        await s.pilot.press("enter")
        await s.until(lambda: s.player.transport.position().state is not State.PAUSED, "it to play")
        s.player.transport.pause()
        spoken = s.transcript.spoken
        assert spoken is not None and spoken.block == 1
        await s.pilot.press("n")
        await s.until(lambda: "1 of 2" in s.text, "n to lead to the first again")
        await s.pilot.press("N", "escape")
        await s.until(lambda: "of 2" not in s.text and s.transcript.marks.hits is None, "the end of it")
        assert s.transcript.following
        await s.pilot.press("space")
        assert s.player.transport.position().state is not State.PAUSED, "keys are the player's again"


@pytest.mark.parametrize("turns", range(0, 24, 3))
async def test_what_is_typed_before_the_line_is_there_is_typed_into_it(tmp_path: Path, turns: int) -> None:
    async with stage(tmp_path) as s:
        for key in ("slash", *"every"):
            s.app.post_message(events.Key(key, "/" if key == "slash" else key))
            for _ in range(turns):  # of everything else that happens meanwhile
                await asyncio.sleep(0)
        await s.until(lambda: "1 of 2" in s.text and "/ every" in s.text, "what was typed")
        assert len(s.app.screen_stack) == 1, "e asks for no export"


SHOWN = Story(
    "Sailing",
    (
        Block(BlockKind.PARAGRAPH, "First the wind turned. Then the harbour went quiet."),
        Block(BlockKind.PARAGRAPH, "Some code follows.", code="def tack(sail):\n    return jibe(sail)"),
        *(Block(BlockKind.PARAGRAPH, f"Nothing happens in paragraph {n}, and nobody minds.") for n in range(30)),
        Block(BlockKind.LIST_ITEM, "Boat: Merlin; Crew: Ann.", 1),
        Block(BlockKind.LIST_ITEM, "Boat: Kestrel; Crew: Bob.", 1),
    ),
    language="en",
    notes=(Note(0, 22, "Measured at the mole, by an anemometer."),),
)


async def test_what_is_shown_is_found_also_where_it_is_not_said(tmp_path: Path) -> None:
    async with stage(tmp_path, player=open_player(tmp_path, SHOWN, rendered=False, pace=SLOWLY)) as s:
        await s.seek(20, "Nothing")
        await s.pilot.press("slash", *"jibe")
        await s.until(lambda: "1 of 1" in s.text, "the word in the code")
        assert s.drawn("code hit").strip() == "jibe"
        await s.pilot.press("enter")
        await s.until(lambda: s.sentence == "Some code follows.", "the sentence before the code")
        await s.pilot.press("escape", "slash", *"anemo")
        await s.until(lambda: "1 of 1, in note ¹" in s.text, "the word in the note")
        assert s.drawn("text hit").strip() == "turned."
        await s.pilot.press("enter")
        await s.until(lambda: s.sentence == "First the wind turned.", "the sentence with its mark")


async def test_heads_of_tables_are_found_where_they_stand_and_then_in_the_rows(tmp_path: Path) -> None:
    async with stage(tmp_path, story=SHOWN, rendered=False) as s:
        await s.pilot.press("slash", *"crew")
        await s.until(lambda: "1 of 2" in s.text, "the head")
        assert s.drawn("head hit").split() == ["Crew", "Ann"]
        assert s.drawn("head found").split() == ["Bob"]
        await s.pilot.press("down")
        await s.until(lambda: s.drawn("head hit").split() == ["Bob"], "the cell of the next row")


async def test_escape_returns_to_where_the_listener_was(tmp_path: Path) -> None:
    async with stage(tmp_path, story=long_story(200), rendered=False) as s:
        await s.pilot.press("shift+down", "shift+down")
        await s.until(lambda: s.transcript.scroll_offset.y == 6, "the view to be elsewhere")
        await s.pilot.press("slash", *"number 180,")
        await s.until(lambda: "1 of 1" in s.text and "paragraph number 180," in s.text, "the place")
        await s.pilot.press("escape")
        await s.until(lambda: s.transcript.scroll_offset.y == 6, "the view to return")
        assert not s.transcript.following
        await s.pilot.press("slash", *"nowhere")
        await s.until(lambda: "nothing found" in s.text, "the answer")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("c2", "Two [of three]"), ("inner", "An inner part"), ("100%", "And this is the end."), ("0:00", "A Small Book")],
)
async def test_a_place_can_be_typed(tmp_path: Path, typed: str, sentence: str) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.seek(3, "two")
        await s.pilot.press("colon", *typed, "enter")
        await s.until(lambda: s.sentence == sentence, sentence)
        await s.pilot.press("u")
        await s.until(lambda: s.sentence == "It has two sentences.", "the way back")


async def test_times_are_typed_as_they_are_shown(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.player.transport.speed = 2.0
        await s.pilot.press("colon", *"0:05", "enter", "colon", *"+3", "enter")
        await s.until(lambda: "0:08" in s.lines()[-3], "the time")
        assert s.player.transport.position().elapsed == 8 * s.player.rate


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("9:00:00", "the story lasts"),
        ("c9", "the story has 3 chapters"),
        ("120%", "more than the story"),
        ("[red]", "no time, share or chapter: [red]"),
    ],
)
async def test_what_cannot_be_read_is_said(tmp_path: Path, typed: str, answer: str) -> None:
    async with stage(tmp_path, story=BOOK) as s:
        await s.pilot.press("colon", *typed, "enter")
        await s.until(lambda: answer in s.text, "the answer")
        await s.pilot.press("escape")
        await s.until(lambda: answer not in s.text, "the keys")
