"""The beginning of a long PDF, played while the rest is read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from reportlab.platypus import PageBreak, Paragraph

from player.audio.timeline import Timeline
from player.library.notes import Note
from player.playback.player import Player
from player.playback.position import State
from player.playback.spoken_sentences import SpokenSentences
from player.playback.transport.run import Target
from player.session.prelude import Prelude, may_begin
from player.settings import Settings, Source
from player.sources import read_source
from player.stories import Stories
from player.story.model import Block, BlockKind, Span, Story
from player.story.opening.reading import Reading
from player.story.opening.waiting import Watch, unwatched
from player.utterance.lexicon.entry import Entry
from player.utterance.lexicon.matching import Lexicon
from tests.support.pdf import BODY, write
from tests.support.waiting import wait_until

PAGES = 100


@pytest.fixture
def settings(tone_engine: str) -> Settings:
    return Settings(engine=tone_engine, silent=True, speed=2.0)


@pytest.fixture
def stories(settings: Settings) -> Iterator[Stories]:
    with closing(Stories(settings)) as stories:
        yield stories


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A book of many pages."""
    pages = [Paragraph(f"Sentence {n} is short. Mark {n} is lit.", BODY) for n in range(1, PAGES + 1)]
    return Source(story=str(write(tmp_path / "book.pdf", [part for page in pages for part in (page, PageBreak())])))


def _begun(source: Source, settings: Settings) -> tuple[Story, Reading]:
    """The beginning, and what reads the rest."""
    reading = read_source(source, settings)
    found = reading.next(unwatched)
    assert isinstance(found.story, Story) and not found.whole
    return found.story, reading


def _whole(reading: Reading) -> Story:
    found = reading.next(unwatched)
    assert isinstance(found.story, Story) and found.whole
    return found.story


def _heard(player: Player, count: int) -> list[str]:
    """The next sentences that begin to sound."""
    heard: list[str] = []

    def tick() -> bool:
        time.sleep(0.005)
        return len(heard) < count

    for sentence in SpokenSentences(player).until_end(tick):
        heard.append(sentence)
    return heard[:count]


def _texts(first: int, last: int) -> list[str]:
    return [text for n in range(first, last + 1) for text in (f"Sentence {n} is short.", f"Mark {n} is lit.")]


def test_it_sounds_before_all_is_read_and_goes_on_as_if_all_had_been_there(
    source: Source, settings: Settings, stories: Stories
) -> None:
    beginning, reading = _begun(source, settings)
    count = len(beginning.blocks)
    assert 4 < count < PAGES / 2
    prelude = stories.begin_early(beginning, reading)
    prelude.player.transport.play()
    assert _heard(prelude.player, 1) == _texts(1, 1)[:1]
    whole = _whole(reading)
    prelude.player.navigation.move_to(count - 1, 0)
    heard = _heard(prelude.player, 1)
    playing = stories.begin(whole, after=prelude)
    assert playing.player is prelude.player and playing.player.story is whole
    heard += _heard(playing.player, 4)
    assert list(dict.fromkeys(heard))[:4] == _texts(count, count + 1)
    timeline = playing.player.timeline
    assert timeline.start(PAGES) == timeline.duration


def test_from_a_library_it_is_the_same(source: Source, stories: Stories) -> None:
    prelude = stories.listen_to(source.story, unwatched)
    assert isinstance(prelude, Prelude) and not prelude.is_whole
    playing = stories.go_on(prelude, unwatched)
    assert playing.player is prelude.player and playing.is_whole
    assert len(playing.player.story.blocks) == PAGES
    playing.remember(PAGES - 2, 0)
    stories.close()
    assert stories.listen_to(source.story, unwatched).is_whole, "a kept place may be anywhere"


def test_a_note_that_was_made_of_the_beginning_is_one_of_the_whole(source: Source, stories: Stories) -> None:
    prelude = stories.listen_to(source.story, unwatched)
    assert isinstance(prelude, Prelude)
    prelude.notes.put(Note(1, Span(0, 20), "Sentence 2 is short.", 1.0))
    playing = stories.go_on(prelude, unwatched)
    assert [note.quote for note in playing.notes.read()] == ["Sentence 2 is short."]
    stories.close()
    assert [note.quote for note in stories.listen_to(source.story, unwatched).notes.read()] == ["Sentence 2 is short."]


def test_the_voice_and_pronunciations_may_change_before_all_is_read(
    source: Source, settings: Settings, stories: Stories
) -> None:
    beginning, reading = _begun(source, settings)
    prelude = stories.begin_early(beginning, reading)
    player, whole = prelude.player, _whole(reading)
    first, lexicon = player.voice.id, Lexicon(("", (Entry("lit", "bright"),)))
    player.recast("tardy:sine")
    wait_until(lambda: player.voice.id == "tardy:sine" and not player.wanted_voice, "the other voice")
    player.respell(lexicon)
    wait_until(lambda: player.timeline.script.written.lexicon is lexicon, "the pronunciation")
    playing = stories.begin(whole, after=prelude)
    player.recast(first)
    wait_until(lambda: player.voice.id == first and not player.wanted_voice, "the first voice")
    assert playing.player is player and len(player.script) == PAGES == len(playing._session.story.blocks)
    player.navigation.move_to(PAGES - 1, 0)
    player.transport.play()
    assert _heard(player, 2) == _texts(PAGES, PAGES)
    assert player.timeline.utterances(PAGES - 1)[1].spoken == f"Mark {PAGES} is bright."


@pytest.mark.parametrize("respells", [False, True])
def test_what_is_changing_when_all_is_read_changes_then(
    source: Source, settings: Settings, stories: Stories, respells: bool
) -> None:
    beginning, reading = _begun(source, settings)
    prelude = stories.begin_early(beginning, reading)
    player, whole, lexicon = prelude.player, _whole(reading), Lexicon(("", (Entry("lit", "bright"),)))
    begun, go_on, transport = Event(), Event(), player.transport
    target_on = transport.target_on

    def waiting(timeline: Timeline) -> Target:
        begun.set()
        assert go_on.wait(60)
        return target_on(timeline)

    transport.target_on = waiting  # type: ignore[method-assign]
    player.respell(lexicon) if respells else player.recast("tardy:sine")
    assert begun.wait(60), "it is being prepared"
    stories.begin(whole, after=prelude)
    go_on.set()
    if respells:
        wait_until(lambda: player.script.lexicon == lexicon, "the pronunciation")
    else:
        wait_until(lambda: player.voice.id == "tardy:sine" and not player.wanted_voice, "the voice")
    assert player.story is whole
    assert not player.notices
    player.navigation.move_to(PAGES - 1, 0)
    player.transport.play()
    assert _heard(player, 2) == _texts(PAGES, PAGES)


def test_a_beginning_that_has_ended_goes_on(source: Source, settings: Settings, stories: Stories) -> None:
    beginning, reading = _begun(source, settings)
    prelude = stories.begin_early(beginning, reading)
    prelude.player.navigation.to_end()
    prelude.player.transport.play()
    wait_until(lambda: prelude.player.transport.position().state is State.ENDED, "the end of the beginning")
    playing = stories.begin(_whole(reading), after=prelude)
    assert _heard(playing.player, 2) == _texts(len(beginning.blocks) + 1, len(beginning.blocks) + 1)


def test_steps_are_taken_until_it_is_read_and_no_longer() -> None:
    story, wanted = Story("The Quay", (Block(BlockKind.PARAGRAPH, "It rained."),)), Event()

    def load(watch: Watch, begun: object) -> Story:
        assert wanted.wait(60)
        return story

    def steps() -> Iterator[float]:
        yield 0.001
        wanted.set()
        while True:
            yield 0

    assert Reading(load).next(unwatched, steps()) == (story, True)


@pytest.mark.parametrize("paused", [False, True])
def test_what_turns_out_otherwise_goes_on_in_the_nearest_paragraph(
    source: Source, settings: Settings, stories: Stories, paused: bool
) -> None:
    beginning, reading = _begun(source, settings)
    blocks = beginning.blocks
    head = replace(blocks[0], text="A running head.")
    prelude = stories.begin_early(replace(beginning, blocks=(blocks[0], head, *blocks[1:])), reading)
    prelude.player.navigation.move_to(5, 0)
    whole = _whole(reading)
    if not paused:
        prelude.player.transport.play()
        assert _heard(prelude.player, 1) == _texts(5, 5)[:1]
    playing = stories.begin(whole, after=prelude)
    assert playing.player is not prelude.player
    assert (playing.player.transport.position().state is State.PAUSED) == paused
    playing.player.transport.play()
    heard = _heard(playing.player, 2)
    texts = _texts(5, PAGES)
    at = texts.index(heard[0])
    assert heard == texts[at : at + 2]
    assert at <= 1 or not paused, "what plays goes on meanwhile"


def test_without_a_screen_each_sentence_is_printed_once(source: Source, tone_engine: str) -> None:
    command = [
        sys.executable,
        "-m",
        "player",
        source.story,
        "--plain",
        "--silent",
        "--engine",
        tone_engine,
        "--speed",
        "4",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        printed = [next(run.stdout).rstrip() for _ in range(6)]
        run.terminate()
    assert printed == _texts(1, 3)


def test_a_story_whose_place_is_kept_is_awaited(source: Source, settings: Settings, stories: Stories) -> None:
    beginning, reading = _begun(source, settings)
    assert may_begin(beginning, settings, from_start=False)
    whole = _whole(reading)
    stories.begin(whole).remember(PAGES - 2, 0)
    stories.close()
    assert not may_begin(beginning, settings, from_start=False)
    assert may_begin(beginning, settings, from_start=True)
    assert (
        stories.begin(whole, after=stories.begin_early(beginning, reading)).player.transport.position().place.block
        > PAGES / 2
    )


def test_a_story_that_is_opened_again_lasts_as_long_as_it_did(tmp_path: Path, stories: Stories) -> None:
    file = tmp_path / "book.txt"
    file.write_text("\n\n".join(f"Sentence {n} is short. Mark {n} is lit." for n in range(40)))
    first = stories.begin(stories.open_story(str(file))).player
    guessed = first.timeline.duration
    for block in range(len(first.script)):
        for utterance in range(len(first.timeline.utterances(block))):
            first.renderer.segment(block, utterance)
    measured = first.timeline.duration
    assert abs(guessed - measured) > 0.05 * measured, "the usual pace is not this voice's"
    stories.close()
    with closing(Stories(replace(stories.settings, cache_dir="memory:"))) as later:
        again = later.begin(later.open_story(str(file))).player
        assert again.timeline.duration == pytest.approx(measured, rel=0.02)
