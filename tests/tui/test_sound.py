from __future__ import annotations

from pathlib import Path

from tests.support.hearing import hearing
from tests.support.pulse import pulse_server
from tests.tui.stage import make_app, until


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
