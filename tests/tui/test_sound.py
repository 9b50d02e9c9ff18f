from __future__ import annotations

from pathlib import Path

import pytest

from player import settings_file
from player.tui.widgets import OneOf
from tests.support.hearing import heard_at_its_place, hearing
from tests.support.pulse import pulse_server
from tests.tui.stage import make_app, stage, until


async def test_the_state_line_and_a_notice_say_when_sound_goes_away_and_is_back(tmp_path: Path) -> None:
    with pulse_server(tmp_path) as server:
        server.start()
        with hearing(server, tmp_path / "cache") as heard:
            app = make_app(heard.player)
            async with app.run_test(size=(100, 30), notifications=True) as pilot:

                def screen() -> str:
                    strips = app.screen._compositor.render_strips()
                    return "\n".join("".join(segment.text for segment in strip) for strip in strips)

                heard.player.transport.play()
                await until(pilot, lambda: "playing" in screen(), "the story to play")
                assert "silent" not in screen().splitlines()[-2]
                server.kill()
                await until(pilot, lambda: "silent" in screen().splitlines()[-2], "the state line to say so")
                await until(pilot, lambda: "The sound device is gone" in screen(), "a notice")
                server.start()
                await until(pilot, lambda: "Sound is back" in screen(), "another notice")
                await until(pilot, lambda: "silent" not in screen().splitlines()[-2], "the state line to say so")


async def test_a_device_is_chosen_in_the_settings_and_plays_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    monkeypatch.setattr(settings_file, "SETTINGS_FILE", file)
    with pulse_server(tmp_path) as server:
        server.start()
        server.add_sink("Headset")
        server.make_default("cap")
        with hearing(server, tmp_path / "cache") as heard, server.recording("Headset"):
            async with stage(tmp_path, player=heard.player) as s:
                heard.player.transport.play()
                await s.pilot.press("s")
                device = s.app.screen.query_one("#device", OneOf)
                device.focus()
                await s.until(lambda: "◂ the system's default ▸" in s.text, "the line")

                def is_headset() -> bool:
                    """Go to the one before, until it is the headset: the devices are known in a moment."""
                    if device.text != "Headset":
                        s.app.simulate_key("left")
                    return device.text == "Headset"

                await s.until(is_headset, "the devices that are there")
                await s.until(lambda: "◂ Headset ▸" in s.text and "at once" in s.text, "the device")
                assert server.streams_of("cap") == 1, "it is not heard before it is kept"
                await s.pilot.press("enter")
                await s.until(lambda: server.streams_of("Headset") and not server.streams_of("cap"), "the sound there")
                await s.until(file.exists, "the file")
                heard_at_its_place(heard, "Headset")
            assert file.read_text() == 'device = "Headset"\n'
