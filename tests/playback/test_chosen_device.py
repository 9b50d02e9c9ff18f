"""Playing on a sound device that was chosen: what its sink is heard to play, and what the default one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.errors import OutputError
from player.playback.output.devices import SoundDevice, find, sound_devices
from tests.support.hearing import Hearing, heard_at_its_place, hearing
from tests.support.pulse import Server
from tests.support.waiting import wait_until

INSTEAD, AGAIN = "There is no sound device 'headset': another one plays.", "The chosen sound device plays again."


@pytest.fixture
def two(server: Server) -> Server:
    """A server whose default sink is "cap"; there is also "Headset-USB"."""
    server.start()
    server.add_sink("Headset-USB")
    server.make_default("cap")
    return server


def not_heard(heard: Hearing, sink: str) -> None:
    """Nothing comes out of a sink while the story goes on."""
    with heard.server.recording(sink) as recording:
        before = heard.elapsed
        wait_until(lambda: heard.elapsed > before + 1.0, "the story to go on")
        assert not any(recording.read_bytes())


def test_devices_are_listed_with_the_default_one_marked(two: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in two.variables.items():
        monkeypatch.setenv(name, value)
    assert [(one.name, one.is_default) for one in sound_devices()] == [("Null Output", True), ("Headset-USB", False)]
    two.make_default("Headset-USB")
    assert [one.name for one in sound_devices() if one.is_default] == ["Headset-USB"]
    two.freeze()
    with pytest.raises(OutputError, match="does not tell its devices"):
        sound_devices()


def test_alsa_s_plug_ins_are_no_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    assert not [one.name for one in sound_devices() if "Discard all samples" in one.name or "Plugin" in one.name]


def test_a_name_means_a_device_when_it_can_mean_one_only() -> None:
    devices = [SoundDevice(name, False) for name in ("HDMI", "HDMI 2", "USB Headset", "Built-in Audio")]
    assert find(devices, "hdmi").name == "HDMI"
    assert find(devices, "HEADSET").name == "USB Headset"
    with pytest.raises(OutputError, match="several sound devices are called 'u': USB Headset, Built-in Audio"):
        find(devices, "u")
    with pytest.raises(OutputError, match="there is no sound device 'Bluetooth'"):
        find(devices, "Bluetooth")


def test_only_the_chosen_device_is_heard(two: Server, cache: Path) -> None:
    with hearing(two, cache, device="headset") as heard, two.recording(), two.recording("Headset-USB"):
        heard.player.transport.play()
        heard_at_its_place(heard, "Headset-USB")
        not_heard(heard, "cap")
        assert not heard.player.notices


def test_the_story_moves_to_another_device_and_back_at_the_same_word(two: Server, cache: Path) -> None:
    with hearing(two, cache) as heard, two.recording(), two.recording("Headset-USB"):
        heard.player.transport.play()
        heard_at_its_place(heard)
        place = heard.elapsed
        heard.player.play_on("headset")
        wait_until(lambda: two.streams_of("Headset-USB") == 1 and not two.streams_of("cap"), "the story to move")
        assert heard.elapsed >= place
        heard_at_its_place(heard, "Headset-USB")
        not_heard(heard, "cap")
        heard.player.play_on("")
        wait_until(lambda: two.streams_of("cap") == 1 and not two.streams_of("Headset-USB"), "the story to move back")
        heard_at_its_place(heard)
        assert not heard.player.notices and not heard.player.silent


def test_a_device_that_goes_is_missed_and_taken_again_when_it_comes(two: Server, cache: Path) -> None:
    with hearing(two, cache, device="headset") as heard, two.recording():
        heard.player.transport.play()
        heard_at_its_place(heard, "Headset-USB")
        two.remove_sink("Headset-USB")
        wait_until(lambda: heard.said(INSTEAD), "a notice")
        assert not heard.player.silent
        heard_at_its_place(heard)
        two.add_sink("Headset-USB")
        two.make_default("cap")
        with two.recording("Headset-USB"):
            wait_until(lambda: heard.said(AGAIN), "a notice")
            heard_at_its_place(heard, "Headset-USB")
            not_heard(heard, "cap")


def test_a_device_that_is_not_there_at_first_is_missed_once(two: Server, cache: Path) -> None:
    two.remove_sink("Headset-USB")
    with hearing(two, cache, device="headset") as heard, two.recording():
        heard.player.transport.play()
        wait_until(lambda: heard.said(INSTEAD), "a notice")
        heard_at_its_place(heard)
        heard.recast("pyttsx3:en-gb-x-rp")
        heard_at_its_place(heard)
        assert not heard.player.notices
        heard.player.play_on("nothing like it")
        wait_until(lambda: heard.said("There is no sound device 'nothing like it'"), "a notice")
        heard_at_its_place(heard)


def test_another_voice_stays_on_the_chosen_device(two: Server, cache: Path) -> None:
    with hearing(two, cache, device="headset") as heard, two.recording(), two.recording("Headset-USB"):
        heard.player.transport.play()
        heard_at_its_place(heard, "Headset-USB")
        heard.recast("hibari:heart")
        heard_at_its_place(heard, "Headset-USB")
        not_heard(heard, "cap")
