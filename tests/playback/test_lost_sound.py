"""Sound that goes away and comes back: a real sound server, killed, restarted, frozen, its sinks taken away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from player.errors import OutputError
from player.playback.output.device import DeviceOutput
from player.playback.position import State
from player.settings import Settings
from player.stories import Stories
from tests.support.hearing import Hearing, heard_at_its_place, hearing
from tests.support.pulse import Server
from tests.support.waiting import wait_until

GONE, BACK = "The sound device is gone", "Sound is back"


def goes_on(heard: Hearing) -> None:
    """The story's place moves."""
    before = heard.elapsed
    wait_until(lambda: heard.elapsed > before + 0.2, "the story to go on")


AWAY: dict[str, tuple[Callable[[Server], None], Callable[[Server], None]]] = {
    "killed": (Server.kill, Server.start),
    "frozen": (Server.freeze, Server.thaw),
    "frozen, then killed": (Server.freeze, lambda server: (server.kill(), server.start())[1]),  # type: ignore[func-returns-value]
    "its sink unloaded": (Server.remove_sink, Server.add_sink),
    "its sink suspended": (lambda server: server.suspend_sink(True), lambda server: server.suspend_sink(False)),
}


@pytest.mark.parametrize("what", AWAY)
def test_the_story_goes_on_silently_and_sounds_again_at_its_place(server: Server, cache: Path, what: str) -> None:
    take_away, give_back = AWAY[what]
    server.start()
    with hearing(server, cache) as heard, server.recording():
        assert not heard.player.silent
        heard.player.transport.play()
        heard_at_its_place(heard)
        place, began = heard.elapsed, time.monotonic()
        take_away(server)
        wait_until(lambda: heard.said(GONE), "a notice")
        assert heard.player.silent
        assert heard.elapsed < place + time.monotonic() - began + 0.5, "nothing is passed over"
        goes_on(heard)
        give_back(server)
        wait_until(lambda: heard.said(BACK), "a notice")
        assert not heard.player.silent
        heard_at_its_place(heard)
        assert not heard.player.notices


@pytest.mark.parametrize("how", [Server.move_sound, Server.make_default], ids=["moved", "another default"])
def test_sound_that_is_moved_is_heard_there(server: Server, cache: Path, how: Callable[[Server, str], None]) -> None:
    server.start()
    server.add_sink("other")
    with hearing(server, cache) as heard, server.recording(), server.recording("other"):
        heard.player.transport.play()
        heard_at_its_place(heard)
        how(server, "other")
        heard_at_its_place(heard, "other")
        server.remove_sink("other")
        heard_at_its_place(heard)


def test_a_device_that_appears_after_the_start_is_taken(server: Server, cache: Path) -> None:
    with hearing(server, cache) as heard:
        assert heard.said("No sound device can be opened: the story plays silently.")
        assert heard.player.silent
        heard.player.transport.play()
        goes_on(heard)
        server.start()
        wait_until(lambda: heard.said(BACK), "a notice")
        heard_at_its_place(heard)


@pytest.mark.parametrize("voice", ["pyttsx3:en-gb-x-rp", "hibari:heart"])
def test_another_voice_is_heard_at_its_place_and_sound_that_went_comes_back_to_it(
    server: Server, cache: Path, voice: str
) -> None:
    server.start()
    with hearing(server, cache) as heard, server.recording():
        heard.player.transport.play()
        heard_at_its_place(heard)
        heard.recast(voice)
        assert heard.player.voice.id == voice
        wait_until(lambda: not heard.player.silent, "sound in that voice")  # a busy machine may take a second try
        heard_at_its_place(heard)
        server.kill()
        wait_until(lambda: heard.said(GONE), "a notice")
        server.start()
        wait_until(lambda: heard.said(BACK), "a notice")
        heard_at_its_place(heard)
        assert not heard.player.notices


def test_it_pauses_until_sound_is_back_if_that_is_wanted(server: Server, cache: Path) -> None:
    server.start()
    with hearing(server, cache, pause_without_sound=True) as heard:
        transport = heard.player.transport
        transport.play()
        heard_at_its_place(heard)
        server.kill()
        wait_until(lambda: transport.position().state is State.PAUSED, "a pause")
        place = transport.position().place
        server.start()
        wait_until(lambda: transport.position().state is State.PLAYING, "the story to go on")
        assert transport.position().place.block == place.block
        heard_at_its_place(heard)
        server.kill()
        wait_until(lambda: transport.position().state is State.PAUSED, "a pause")
        heard.player.navigation.skip_paragraphs(1)  # the listener has taken over
        server.start()
        wait_until(lambda: not heard.player.silent, "sound")
        assert transport.position().state is State.PAUSED


def test_a_sound_server_that_hangs_delays_neither_the_player_nor_its_end(server: Server, cache: Path) -> None:
    server.start()
    with hearing(server, cache) as heard:
        heard.player.transport.play()
        server.freeze()
        wait_until(lambda: heard.player.silent, "silence")
        heard.player.navigation.skip_paragraphs(1)
        heard.player.transport.position()
        heard.player.close()  # it returns though the server is frozen still


def test_a_player_opens_although_the_sound_server_hangs(server: Server, cache: Path) -> None:
    server.start()
    server.freeze()
    with hearing(server, cache) as heard:
        assert heard.player.silent
        server.thaw()
        wait_until(lambda: heard.said(BACK), "a notice")


def test_looking_for_a_device_leaves_nothing_behind(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)

    def look() -> None:
        for _ in range(5):
            with pytest.raises(OutputError):
                DeviceOutput(22050)

    def left() -> tuple[int, int, int]:
        return sum(1 for _ in Path("/proc/self/fd").iterdir()), threading.active_count(), server.clients

    look()
    without_server = left()
    look()
    wait_until(lambda: left() == without_server, "nothing to be left")
    server.start()
    server.remove_sink()
    before = left()
    look()
    wait_until(lambda: left() == before, "nothing to be left without a sink")
    server.add_sink()
    for _ in range(5):
        device = DeviceOutput(22050)
        device.start(lambda frames: bytes(2 * frames))
        device.close()
    wait_until(lambda: left() == before, "nothing to be left of devices")


def test_a_second_story_does_not_tell_again_that_there_is_no_sound_and_sounds_when_there_is(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)
    for one in ("fox", "crow"):
        (tmp_path / f"{one}.txt").write_text(f"The {one} went out. It rained.\n")
    with closing(Stories(Settings(engine="pyttsx3"))) as stories:
        told = [stories.begin(stories.open_story(str(tmp_path / f"{one}.txt"))).player for one in ("fox", "crow")]
        assert [[notice[:15] for notice in player.notices] for player in told] == [["No sound device"], []]
        assert told[1].silent
        goes_silently = told[1].transport
        goes_silently.play()
        wait_until(lambda: goes_silently.position().state is State.ENDED, "the end of the second")
        server.start()
        told[1].navigation.to_start()
        goes_silently.play()
        wait_until(lambda: BACK in "".join(told[1].notices), "sound")
