"""A running player, steered from other processes: `listen ctl`, and media keys over a real session bus."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, closing
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from player.playback.player import Player
from player.playback.position import State
from player.remote.client import ask
from player.remote.controls import NoStory, RemoteError
from player.remote.doors import Door, announce, doors, folder
from player.remote.server import RemoteServer
from player.settings import Settings
from player.stories import Stories
from player.tui.app import ListenApp
from player.tui.reachable import Reachable
from tests.support.programs import require
from tests.tui.stage import Stage, stage, text_of, until


def reachable_stage(cache: Path) -> AbstractAsyncContextManager[Stage]:
    return stage(cache, reachable=True)


async def opened(s: Stage) -> Door:
    """The address of the player on the stage, once it can be reached."""
    await s.until(lambda: list(doors()), "the player to be reachable")
    return next(door for _, door in doors())


async def ctl(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `listen ctl` in a process of its own."""
    command = [sys.executable, "-m", "player", "ctl", *words]
    return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True)


async def test_a_command_steers_the_player_and_tells_what_plays(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)
        told = await ctl("next", "paragraph", "--json")
        assert told.returncode == 0, told.stderr
        now = json.loads(told.stdout)
        assert (now["state"], now["title"], now["speed"]) == ("paused", "The [bold]Harbour[/bold] at Night", 1.0)
        assert now["sentence"].startswith("Nobody in the town")
        plain = await ctl("status")
        assert plain.stdout.startswith("paused: The [bold]Harbour[/bold] at Night\n")
        assert "Nobody in the town went to sleep before the lamp was lit." in plain.stdout


async def test_each_command_does_what_its_key_does(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)

        async def told(*words: str) -> dict[str, object]:
            answer = await asyncio.to_thread(ask, words[0], words[1:])
            return dict(answer["status"])

        assert (await told("speed", "+0.5"))["speed"] == 1.5
        assert (await told("speed", "9"))["speed"] == 4.0
        assert (await told("volume", "30%"))["volume"] == 30
        assert (await told("seek", "0:10"))["position"] == pytest.approx(10, abs=0.01)
        assert (await told("seek", "-0:04"))["position"] == pytest.approx(6, abs=0.01)
        assert "\n0:06 of " in (await ctl("status")).stdout, "as the player shows it, and seek takes it, at any speed"
        assert (await told("seek", "0h 0m 12s"))["position"] == pytest.approx(12, abs=0.01)
        half = await told("seek", "50%")
        assert float(str(half["position"])) == pytest.approx(float(str(half["duration"])) / 2, abs=0.01)
        assert str((await told("next", "sentence"))["sentence"]).startswith("“A light is a promise")
        assert (await told("play"))["state"] in ("playing", "waiting")
        assert (await told("toggle"))["state"] == "paused"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("dance",), "there is no command 'dance'"),
        (("seek", "soon"), "no time, share or chapter: soon"),
        (("seek", "1:00:00"), "the story lasts"),
        (("seek", "c9"), "the story has no chapters"),
        (("speed", "fast"), "'fast' is no speed"),
        (("next", "book"), "'book' cannot be skipped"),
        (("pause", "now"), "pause takes no value"),
        (("say",), "there is nothing to say"),
    ],
)
async def test_what_it_does_not_understand_is_refused_in_one_line(
    tmp_path: Path, words: tuple[str, ...], reason: str
) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)
        with pytest.raises(RemoteError, match=reason):
            await asyncio.to_thread(ask, words[0], words[1:])


async def test_a_text_is_said_between_and_the_story_goes_on(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)
        s.player.transport.play()
        await asyncio.to_thread(ask, "say", ["A short text."])
        await s.until(lambda: s.player.transport.position().state is State.PAUSED, "the story to wait")
        await s.until(lambda: s.player.transport.position().state is State.PLAYING, "the story to go on")


async def test_leaving_by_a_command_ends_the_player_and_its_address(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)
        await asyncio.to_thread(ask, "quit", [])
        await s.until(lambda: s.app._exit, "the end")
    assert list(doors()) == []
    with pytest.raises(RemoteError, match="no player runs"):
        ask("status", [])


async def test_a_player_that_shows_its_library_takes_stories_and_nothing_else(tmp_path: Path) -> None:
    story = tmp_path / "crow.txt"
    story.write_text("The crow\n\nThis is the story of the crow, and of nobody else.\n")
    with closing(Stories(Settings(engine="pyttsx3", silent=True))) as stories:
        app = ListenApp(None, theme="dark", stories=stories)
        async with app.run_test(size=(100, 24), notifications=True) as pilot:
            await until(pilot, lambda: list(doors()), "the player to be reachable")
            refused = await ctl("pause")
            assert refused.returncode and "no story plays yet: open one in the library" in refused.stderr
            added = await ctl("add", str(story))
            assert added.returncode == 0, added.stderr
            await until(pilot, lambda: "1. The crow" in text_of(pilot), "the story in the list")
            await pilot.press("enter")
            await until(pilot, lambda: app._follows, "the story")
            now = json.loads((await ctl("pause", "--json")).stdout)
            assert (now["title"], now["state"]) == ("The crow", "paused")


class _Idle:
    """The interface of a player without a story."""

    @property
    def player(self) -> Player:
        raise NoStory

    def ask(self, action: Callable[[], object]) -> object:
        return action()


async def test_a_player_with_a_story_is_steered_though_a_newer_one_shows_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reachable_stage(tmp_path) as s:
        await opened(s)
        with monkeypatch.context() as other:
            other.setattr(os, "getpid", os.getppid)
            newer = RemoteServer(_Idle())  # type: ignore[arg-type]
        with closing(newer):
            first, second = doors()
            assert (first[1].pid, second[1].pid) == (os.getppid(), os.getpid())
            assert json.loads((await ctl("next", "--json")).stdout)["title"] == s.player.story.title
            refused = await ctl("seek", "c9")
            assert "the story has no chapters" in refused.stderr


async def test_who_does_not_know_the_secret_is_not_heard(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:
        door = await opened(s)

        def intrude() -> bytes:
            with Client(door.address) as connection:
                connection.recv_bytes()  # the challenge
                connection.send_bytes(b"a wrong answer")
                return connection.recv_bytes()

        assert await asyncio.to_thread(intrude) == b"#FAILURE#"


def test_a_player_that_was_killed_is_forgotten() -> None:
    file = announce(Door(str(folder() / "1.socket"), "00", 1))
    with pytest.raises(RemoteError, match="no player runs"):
        ask("status", [])
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows makes no links")
def test_a_player_that_ends_while_players_are_looked_for_is_none() -> None:
    file = announce(Door(str(folder() / "1.socket"), "00", 1))
    file.unlink()
    file.symlink_to("gone")  # is listed, and nowhere when it is looked at
    with pytest.raises(RemoteError, match="no player runs"):
        ask("status", [])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_folder_that_others_can_enter_is_not_used() -> None:
    folder().chmod(0o755)
    with pytest.raises(RemoteError, match="open to them"):
        ask("status", [])


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of our own."""
    require("dbus-daemon")
    require("playerctl")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield
        daemon.terminate()


async def playerctl(*words: str) -> str:
    done = await asyncio.to_thread(subprocess.run, ["playerctl", *words], capture_output=True, text=True)
    return done.stdout.strip()


async def set_rate(rate: float) -> None:
    """Set the speed as a desktop does."""
    from dbus_fast import Message, MessageType, Variant  # on Linux
    from dbus_fast.aio import MessageBus

    bus = await MessageBus().connect()
    try:
        body = ["org.mpris.MediaPlayer2.Player", "Rate", Variant("d", rate)]
        name = f"org.mpris.MediaPlayer2.listen_to_story.instance{os.getpid()}"
        properties = "org.freedesktop.DBus.Properties"
        answer = await bus.call(Message(name, "/org/mpris/MediaPlayer2", properties, "Set", signature="ssv", body=body))
        assert answer is not None and answer.message_type is MessageType.METHOD_RETURN
    finally:
        bus.disconnect()


@pytest.mark.usefixtures("bus")
async def test_media_keys_steer_it_and_desktops_show_it(tmp_path: Path) -> None:
    async with reachable_stage(tmp_path) as s:

        async def shown(wanted: str, *words: str) -> None:
            for _ in range(600):
                if (found := await playerctl(*words)) == wanted:
                    return
            raise AssertionError(f"playerctl {words}: {found!r}, not {wanted!r}")

        await shown("Paused", "status")
        assert await playerctl("metadata", "xesam:title") == "The [bold]Harbour[/bold] at Night"
        assert await playerctl("metadata", "xesam:artist") == "Ada [x] Lind"
        length = int(await playerctl("metadata", "mpris:length")) / 1e6
        assert length == pytest.approx(s.player.transport.position().duration / s.player.rate, abs=0.001)
        await playerctl("next")
        await s.until(lambda: s.player.transport.position().place.block == 1, "the next paragraph")
        await playerctl("previous")
        await s.until(lambda: s.player.transport.position().place.block == 0, "the paragraph before")
        await playerctl("next")
        await playerctl("play")
        await shown("Playing", "status")
        await playerctl("play-pause")
        await shown("Paused", "status")
        await playerctl("position", "10")
        assert s.player.transport.position().elapsed / s.player.rate == pytest.approx(10, abs=0.01)
        await playerctl("position", "9999")
        assert s.player.transport.position().elapsed / s.player.rate == pytest.approx(10, abs=0.01)
        assert float(await playerctl("position")) == pytest.approx(10, abs=0.01)
        await playerctl("position", "3+")
        assert s.player.transport.position().elapsed / s.player.rate == pytest.approx(13, abs=0.01)
        await playerctl("position", "5-")
        assert s.player.transport.position().elapsed / s.player.rate == pytest.approx(8, abs=0.01)
        for rate, speed in ((1.5, 1.5), (9.0, 4.0), (0.1, 0.5)):
            await set_rate(rate)
            assert s.player.transport.speed == speed
        await playerctl("play")
        await set_rate(0.0)
        await shown("Paused", "status")
        assert s.player.transport.speed == 0.5
        await playerctl("volume", "0.25")
        await shown("0.250000", "volume")
        s.player.transport.volume = 0.5  # by its own keys
        await shown("0.500000", "volume")
        assert isinstance(s.app._reachable, Reachable)
