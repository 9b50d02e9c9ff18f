"""Texts said between: each once, soon, and never hours later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest

from player.errors import EngineError
from player.playback.player import Player
from player.playback.position import State
from player.remote.aside import Aside
from tests.support.stories import story_of
from tests.support.waiting import wait_until
from tests.tui.stage import SLOWLY, open_player

_T = TypeVar("_T")


class Screen:
    """An interface to one story, without a terminal. Some texts cannot be said."""

    def __init__(self, player: Player, folder: Path) -> None:
        self.player = player
        self.said: list[str] = []
        self.before_going_on: Callable[[], None] = lambda: None
        self._folder = folder

    def ask(self, action: Callable[[], _T]) -> _T:
        if action == self.player.transport.play:
            self.before_going_on()
        return action()

    def aside(self, text: str) -> Player:
        if "!" in text:
            raise EngineError("the voice cannot say it")
        self.said.append(text)
        return open_player(self._folder, story_of(text), pace=9.0)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with closing(open_player(tmp_path, pace=SLOWLY)) as player:
        player.transport.play()
        yield Screen(player, tmp_path)


def plays(screen: Screen) -> bool:
    return screen.player.transport.position().state is State.PLAYING


def test_a_text_put_while_the_story_is_about_to_go_on_is_said_as_well(screen: Screen) -> None:
    wait_until(lambda: plays(screen), "the story")
    aside = Aside(screen)

    def another() -> None:
        screen.before_going_on = lambda: None
        aside.say("Two.")

    screen.before_going_on = another
    aside.say("One.")
    wait_until(lambda: screen.said == ["One.", "Two."], "both texts")
    wait_until(lambda: plays(screen), "the story to go on")
    aside.say("Three.")
    wait_until(lambda: screen.said[2:] == ["Three."], "the last text, alone")
    wait_until(lambda: plays(screen), "the story to go on")


def test_after_a_text_that_cannot_be_said_come_the_others(screen: Screen) -> None:
    wait_until(lambda: plays(screen), "the story")
    aside = Aside(screen)
    for text in ("One!", "Two.", "Three!", "Four."):
        aside.say(text)
    wait_until(lambda: screen.said == ["Two.", "Four."], "the other texts")
    wait_until(lambda: plays(screen), "the story to go on")
    assert list(screen.player.notices) == ["The text is not said: the voice cannot say it"] * 2


def test_when_the_listener_plays_on_the_rest_is_dropped(screen: Screen) -> None:
    wait_until(lambda: plays(screen), "the story")
    aside = Aside(screen)
    aside.say("One. " * 99)
    wait_until(lambda: screen.said, "the first text")
    aside.say("Two.")
    screen.player.transport.play()
    wait_until(lambda: not aside._runs, "the end of it")
    assert len(screen.said) == 1 and plays(screen)
