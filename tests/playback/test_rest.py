"""A pause that rests: nothing is held of the sound server, and what was paused sounds again where it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.playback.position import State
from tests.playback.test_lost_sound import BACK, GONE, goes_on
from tests.support.hearing import Hearing, heard_at_its_place, hearing
from tests.support.pulse import Server, pulse_server
from tests.support.waiting import wait_until


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Hearing]:
    """A story that plays."""
    (tmp_path / "server").mkdir()
    with pulse_server(tmp_path / "server") as server:
        server.start()
        with hearing(server, tmp_path / "cache") as heard:
            with server.recording():
                heard.player.transport.play()
                heard_at_its_place(heard)
            yield heard


def paused(heard: Hearing) -> Server:
    """Paused until nothing is held of the sound server."""
    assert heard.server.streams == 1
    heard.player.transport.pause()
    wait_until(lambda: not heard.server.streams and not heard.server.clients, "the device to be let go")
    assert not heard.player.silent and not heard.player.notices
    return heard.server


def devices() -> int:
    """Threads that hold a sound device, or did just now."""
    return [thread.name for thread in threading.enumerate()].count("sound-device")


def comes_by_itself(server: Server) -> bool:
    """True if a device is taken within a few looks, though nothing is to be heard."""
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        if server.streams:
            return True
    return False


def test_a_pause_lets_the_device_go_and_playing_takes_it_again_at_the_same_word(heard: Hearing) -> None:
    server = paused(heard)
    transport = heard.player.transport
    place = transport.position().place
    wait_until(lambda: devices() == 0, "its thread to end")
    with server.recording():
        assert not comes_by_itself(server)
        assert transport.position().place == place
        transport.play()
        wait_until(lambda: transport.position().place != place, "the story to go on")
        assert transport.position().place.block == place.block
        heard_at_its_place(heard)
        assert devices() == 1
        assert not heard.player.notices
    paused(heard)
    heard.player.navigation.skip_paragraphs(1)
    assert not comes_by_itself(server)


def test_the_end_of_a_story_lets_the_device_go_and_a_jump_takes_it_again_or_misses_it(heard: Hearing) -> None:
    transport, server = heard.player.transport, heard.server
    with server.recording():
        heard.player.navigation.to_end()
        wait_until(lambda: transport.position().state is State.ENDED, "the end")
        wait_until(lambda: not server.streams, "the device to be let go")
        heard.player.navigation.skip_paragraphs(-2)
        heard_at_its_place(heard)
    paused(heard)
    server.kill()
    transport.play()
    wait_until(lambda: heard.said(GONE), "a notice")
    goes_on(heard)
    transport.pause()
    server.start()
    wait_until(lambda: heard.said(BACK), "a notice")


def test_a_server_that_was_another_meanwhile_is_not_missed(heard: Hearing) -> None:
    server = paused(heard)
    server.kill()
    server.start()
    with server.recording():
        heard.player.transport.play()
        heard_at_its_place(heard)
        assert not heard.player.notices
