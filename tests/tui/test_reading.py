"""The reading modes of the key w."""

from __future__ import annotations

from pathlib import Path

from player.library.habits import Habits
from player.story.model import Span
from player.tui.transcript.large_letters import draw, focus_of
from player.tui.transcript.one_word import OneWord, written_word
from player.tui.transcript.page import Spoken
from player.tui.transcript.reading_modes import ReadingMode
from tests.tui.stage import Listened, Stage, stage


def _said(s: Stage) -> str:
    """The text of the view that is dimmed."""
    dimmed = {s.transcript._looks[f"{kind} said"].color for kind in ("text", "heading", "quotation")}
    strips = (s.transcript.render_line(y) for y in range(s.transcript.size.height))
    return "".join(part.text for strip in strips for part in strip if part.style and part.style.color in dimmed)


async def test_w_goes_through_what_is_marked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.seek(1, "habit")
        assert (s.drawn("text sentence word"), "old" in s.drawn("text sentence")) == ("habit", True)
        await s.pilot.press("w")
        assert (s.drawn("text sentence word"), s.drawn("text sentence")) == ("", "It was an old habit.")
        await s.until(lambda: "w: sentence" in s.text, "its name")
        await s.pilot.press("w")
        assert (s.drawn("text word"), s.drawn("text sentence")) == ("habit", "")
        assert "Nobody" in _said(s)
        await s.pilot.press("w")
        assert (s.drawn("text word"), s.drawn("text sentence"), _said(s)) == ("", "", "")
        await s.pilot.press("w")
        assert s.drawn("text sentence word") == "habit"
        assert "Nobody" not in _said(s) and "Harbour" in _said(s) and "counted" in _said(s)


async def test_one_word_is_shown_large_and_in_time(tmp_path: Path) -> None:
    async with stage(tmp_path, reading="one word") as s:
        shown = s.app.query_one(OneWord)
        assert not s.transcript.display and shown.size.height > 20
        await s.seek(1, "habit")
        large = draw("habit.", shown.type_size or 0)
        assert large is not None and any(large.lines[4].strip() in line for line in s.lines())
        await s.seek(6, "東京")
        assert any(line.strip() == "東京" for line in s.lines()), "a word that the font lacks is shown as it is"
        shown.show(Spoken(1, Span(58, 78), None), s.player.story.blocks[1].text)
        assert shown._word == "It", "before a sentence its first word stands"
        await s.pilot.press("w")
        assert s.transcript.display and not shown.display
        await s.until(lambda: s.transcript.size.height and "東京" in s.text, "the text, at the same place")
        listening = s.app.listening
    assert isinstance(listening, Listened) and listening.kept == [Habits(reading="word and sentence")]


async def test_a_small_terminal_gets_the_word_in_its_own_letters(tmp_path: Path) -> None:
    async with stage(tmp_path, size=(30, 9), reading="one word") as s:
        await s.seek(1, "evening,")
        assert any(line.strip() == "evening," for line in s.lines())


def test_words_and_their_letter_to_look_at() -> None:
    text = "“A light is a promise,” she said."
    at = text.index("promise")
    assert written_word(text, Span(at, at + 7)) == "promise,”"
    assert [focus_of(word) for word in ("", "I", "lamp", "harbour", "“promise”")] == [0, 0, 1, 2, 3]
    assert ReadingMode.named("unheard of") is ReadingMode.BOTH
