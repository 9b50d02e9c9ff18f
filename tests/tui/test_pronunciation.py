"""Saying a word in another way while listening: typed, heard, kept, and spoken from the current word on."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from player.playback.position import State
from player.session import Session
from player.settings import Settings
from player.story.model import Block, BlockKind, LanguageSpan, Story
from player.tui.actions.pronouncing import meant
from player.tui.app import ListenApp
from player.tui.screens.pronunciation import PronunciationScreen
from player.utterance.lexicon import toml_file
from player.utterance.lexicon.entry import Entry
from tests.tui.stage import STORY, open_player, seek, until
from tests.tui.test_voices import opened


def settings(folder: Path) -> Settings:
    return Settings(silent=True, cache_dir=str(folder), voice="pyttsx3:en-gb")


def screen_text(app: ListenApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def ask(app: ListenApp, pilot: Pilot[None]) -> PronunciationScreen:
    await pilot.press("l")
    await until(pilot, lambda: isinstance(app.screen, PronunciationScreen) and app.screen.query("#say"), "the dialog")
    assert isinstance(app.screen, PronunciationScreen)
    return app.screen


def spoken(app: ListenApp) -> str:
    return " ".join(utterance.spoken for utterance in app.player.timeline.utterances(1))


async def test_a_word_is_heard_and_kept_for_this_story_and_playing_goes_on_there(tmp_path: Path) -> None:
    async with opened(settings(tmp_path)) as (app, pilot):
        player = app.player
        await seek(pilot, player, 1, "keeper")
        player.transport.play()
        await until(pilot, lambda: player.transport.position().state is State.PLAYING, "playing")
        before = player._store.usage().entries
        await ask(app, pilot)
        assert player.transport.position().state is State.PAUSED, "it is heard in silence"
        shown = screen_text(app)
        assert "Say it as …" in shown and "“The keeper climbed" in shown and "◂ in this story ▸" in shown
        app.screen.query_one("#written", Input).value = "keeper"
        await pilot.press(*"kipper")
        await until(pilot, lambda: player._store.usage().entries > before, "the sentence said so")
        assert "kipper" not in spoken(app), "hearing it changes nothing"
        at = player.place_to_keep(player.transport.position())
        await pilot.press("enter")
        told = "In this story “keeper” is said as “kipper”."
        await until(pilot, lambda: told in [one.message for one in app._notifications], "what was decided")
        await until(pilot, lambda: "kipper climbed" in spoken(app), "the new pronunciation")
        position = player.transport.position()
        assert position.state in (State.PLAYING, State.WAITING)
        assert player.place_to_keep(position) >= at and player.sentence_text(position).startswith("The keeper climbed")
        own = Settings().lexicons.file(STORY)
        assert toml_file.read(own) == [Entry("keeper", "kipper")]


async def test_the_clicked_word_of_the_sentence_is_meant_and_all_stories_can_be(tmp_path: Path) -> None:
    async with opened(settings(tmp_path)) as (app, pilot):
        player = app.player
        await seek(pilot, player, 1, "Nobody")
        at = STORY.blocks[1].text.index("sleep")
        cell = app.transcript.cell_of(1, at)
        await pilot.click(app.transcript, offset=(cell.x, cell.y))
        await until(pilot, lambda: app.clicked == (1, at), "the click")
        player.transport.pause()
        screen = await ask(app, pilot)
        assert screen.query_one("#written", Input).value == "sleep"
        await pilot.press(*"slape", "tab", "space")
        assert "◂ in all stories ▸" in screen_text(app)
        await pilot.press("tab", "space", "enter")
        user = Settings().lexicons.user
        await until(pilot, lambda: toml_file.read(user), "the entry to be kept")
        assert toml_file.read(user) == [Entry("sleep", "slape", match_case=True)]
        await until(pilot, lambda: "went to slape before" in spoken(app), "the new pronunciation")
        assert player.transport.position().state is State.PAUSED, "it was paused, and stays so"


async def test_it_is_shown_again_and_taken_back_by_emptying_it(tmp_path: Path) -> None:
    Settings().lexicons.keep(Entry("Nobody", "No body", language="en"))
    async with opened(settings(tmp_path)) as (app, pilot):
        assert spoken(app).startswith("No body in the town")
        await seek(pilot, app.player, 1, "Nobody")
        screen = await ask(app, pilot)
        assert screen.query_one("#say", Input).value == "No body"
        assert "◂ in all stories in this language (en) ▸" in screen_text(app)
        screen.query_one("#say", Input).value = ""
        await pilot.press("enter")
        told = "In all stories “Nobody” is said as it is written."
        await until(pilot, lambda: told in [one.message for one in app._notifications], "what was decided")
        await until(pilot, lambda: spoken(app).startswith("Nobody in the town"), "the word as written")
        assert toml_file.read(Settings().lexicons.user) == []


async def test_why_the_sentence_cannot_be_heard_is_told(tmp_path: Path, tone_engine: str) -> None:
    async with opened(replace(settings(tmp_path), voice="tone:sine")) as (app, pilot):
        app.player.transport.pause()
        screen = await ask(app, pilot)
        (tmp_path / "tone-state" / "broken").touch()
        await pilot.press("s", "l", "a", "p", "e", "ctrl+r")
        await until(pilot, lambda: "tone:sine does not work" in screen_text(app), "the reason")
        assert screen.is_current


@pytest.mark.parametrize(
    ("clicked", "word"),
    [("Mr", "Mr."), ("Nguyen", "Nguyen"), ("’s", "Nguyen"), ("(late)", "late"), ("end", "end"), ("Not here", "Mr.")],
)
def test_the_word_is_offered_as_it_is_meant(tmp_path: Path, clicked: str, word: str) -> None:
    text = "Mr. Nguyen’s (late) end. Not here."
    with closing(open_player(tmp_path, Story("", (Block(BlockKind.PARAGRAPH, text),), language="en"))) as player:
        spot = meant(player, player.transport.position(), (0, text.index(clicked)))
        assert spot is not None
        assert (spot.word, spot.sentence, spot.language) == (word, "Mr. Nguyen’s (late) end.", "en")


def test_words_of_another_language_are_offered_in_its_voice(tmp_path: Path) -> None:
    text = "He said: Guten Morgen, lieber Herr Nachbar, wie geht es Ihnen? She left."
    start, end = text.index("Guten"), text.index(" She")
    block = Block(BlockKind.PARAGRAPH, text, languages=(LanguageSpan(start, end, "de"),))
    session = Session.open(Story("", (block,), language="en", identity="x"), settings(tmp_path))
    try:
        with session.listen(from_start=True) as listening:
            position = listening.player.transport.position()
            spot = meant(listening.player, position, (0, text.index("Herr")))
            assert spot is not None
            assert (spot.word, spot.language) == ("Herr", "de")
            assert "Morgen" in spot.sentence and "said" not in spot.sentence
            heard = listening.preview(spot.voice, spot.sentence, Entry("Herr", "Hörr", language="de"), spot.language)
            with closing(heard):
                assert "Hörr" in heard.timeline.utterances(0)[0].spoken
                assert heard.voice.language.startswith("de")
    finally:
        session.close()


async def test_what_is_no_word_of_the_sentence_is_said_so_and_escape_changes_nothing(tmp_path: Path) -> None:
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "Nobody")
        screen = await ask(app, pilot)
        screen.query_one("#written", Input).value = "Nob[b]ody"
        await pilot.press("x", "enter")
        await pilot.pause()
        assert app.screen is screen
        assert "“Nob[b]ody” is no word of this sentence." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not screen, "the dialog to close")
        assert not Settings().lexicons.user.exists()


async def test_a_lexicon_that_cannot_be_written_is_a_notice(tmp_path: Path) -> None:
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "Nobody")
        folder = Settings().lexicons.stories
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("no folder")
        await ask(app, pilot)
        await pilot.press("x", "enter")
        await until(pilot, lambda: "The pronunciation is not kept" in screen_text(app), "the notice")
        assert spoken(app).startswith("Nobody")


async def test_the_dialog_fits_a_small_terminal(tmp_path: Path) -> None:
    async with opened(settings(tmp_path), size=(60, 16)) as (app, pilot):
        await ask(app, pilot)
        app.clear_notifications()  # one about the voice covers the dialog for some seconds
        await until(pilot, lambda: "Esc close" in screen_text(app), "the whole dialog")
        shown = screen_text(app)
        assert all(part in shown for part in ("Written", "Say", "Keep it", "Only with these capitals", "Enter keep it"))


async def kept(pilot: Pilot[None], app: ListenApp, told: str) -> None:
    """Accept the dialog, and wait until the player says what was decided."""
    await pilot.press("enter")
    await until(pilot, lambda: told in [one.message for one in app._notifications], told)


async def test_emptying_it_for_this_story_leaves_it_in_all_others(tmp_path: Path) -> None:
    common = Entry("Nobody", "No body")
    Settings().lexicons.keep(common)
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "Nobody")
        screen = await ask(app, pilot)
        screen.query_one("#say", Input).value = ""
        await pilot.press("tab", "space", "space")
        assert "◂ in this story ▸" in screen_text(app)
        await kept(pilot, app, "In this story “Nobody” is said as it is written.")
        await until(pilot, lambda: spoken(app).startswith("Nobody in the town"), "the word as written")
        assert toml_file.read(Settings().lexicons.user) == [common]


async def test_phonemes_for_other_voices_are_shown_and_stay(tmp_path: Path) -> None:
    Settings().lexicons.keep(Entry("Nobody", ipa="ˈnəʊbədi"))
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "Nobody")
        await ask(app, pilot)
        assert "IPA for other voices, which stays: ˈnəʊbədi" in screen_text(app)
        await kept(pilot, app, "In all stories “Nobody” is said as it is written.")
        await ask(app, pilot)
        await pilot.press(*"nowbody")
        await kept(pilot, app, "In all stories “Nobody” is said as “nowbody”.")
        await until(pilot, lambda: spoken(app).startswith("nowbody in the town"), "the new pronunciation")
        assert toml_file.read(Settings().lexicons.user) == [Entry("Nobody", "nowbody", "ˈnəʊbədi")]


async def test_an_entry_with_other_capitals_is_not_the_word_s(tmp_path: Path) -> None:
    Settings().lexicons.keep(Entry("Keeper", "Kipper", match_case=True))
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "keeper")
        screen = await ask(app, pilot)
        assert screen.query_one("#written", Input).value == "keeper"
        await pilot.press(*"kapper")
        await kept(pilot, app, "In this story “keeper” is said as “kapper”.")
        await until(pilot, lambda: "kapper climbed" in spoken(app), "the new pronunciation")


async def test_a_word_of_a_phrase_with_an_entry_is_offered_as_that_phrase(tmp_path: Path) -> None:
    Settings().lexicons.keep(Entry("the keeper climbed", "he climbed"))
    async with opened(settings(tmp_path)) as (app, pilot):
        await seek(pilot, app.player, 1, "keeper")
        screen = await ask(app, pilot)
        written, say = screen.query_one("#written", Input), screen.query_one("#say", Input)
        assert (written.value, say.value) == ("the keeper climbed", "he climbed")
        written.value, say.value = "keeper", "kipper"
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen
        assert "“The keeper climbed” has a pronunciation of its own here" in " ".join(screen_text(app).split())
        written.value, say.value = "the keeper climbed", "she climbed"
        await kept(pilot, app, "In all stories “the keeper climbed” is said as “she climbed”.")
        await until(pilot, lambda: "she climbed one hundred" in spoken(app), "the new pronunciation")


@pytest.mark.parametrize("elsewhere", ["en", "en-GB"])
async def test_this_language_is_every_country_s(tmp_path: Path, elsewhere: str) -> None:
    there = Story("", STORY.blocks, language="en-US", identity="there")
    async with opened(settings(tmp_path), story=there) as (app, pilot):
        await seek(pilot, app.player, 1, "Nobody")
        await ask(app, pilot)
        await pilot.press(*"nowbody", "tab", "space", "space")
        assert "◂ in all stories in this language (en) ▸" in screen_text(app)
        await kept(pilot, app, "In all stories “Nobody” is said as “nowbody”.")
        await until(pilot, lambda: spoken(app).startswith("nowbody in the town"), "the new pronunciation")
    lexicon = Settings().lexicons.of(Story("", (), identity="elsewhere"))
    assert [one.id for one in lexicon.readings("Nobody came.", elsewhere)] == ["lexicon: Nobody"]
    assert not lexicon.readings("Nobody came.", "de")
