"""Engines that ask to wait: nobody else waits for them, and their own words are said by their own voice."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest

from player.audio.voicing.process import VoiceProcess
from player.errors import EngineBusy
from player.publish.voices import SharedVoices
from player.speech.process.host import Worker
from tests.audio.test_fallback import rendering
from tests.audio.test_languages import heard
from tests.support.waiting import wait_until


@pytest.mark.parametrize(
    ("busy", "other"),
    [
        ("It is FULL here.", "“It is fine.”"),
        ("“It is FULL here.”", "It is fine."),
        ("It is FULL here.", "“It says REFUSE.”"),
    ],
)
def test_other_voices_speak_while_one_is_waited_for(busy: str, other: str, tmp_path: Path, tone_engine: str) -> None:
    state, notices = tmp_path / "tone-state", deque[str]()
    with rendering(tmp_path, notices, busy, other, quoting="octave") as renderer:
        renderer.focus(0, 0)
        wait_until((state / "turned-away").exists, "the engine to be asked")
        wait_until(lambda: renderer.timeline.speech(1, 0), "the other voice", at_most=20)
        assert renderer.timeline.speech(0, 0) is None
        (state / "room").touch()
        assert renderer.segment(0, 0) is not None
        assert list(renderer.replaced()) == ([(1, 0)] if "REFUSE" in other else []) and not renderer.unsaid()


@pytest.mark.parametrize("when", ["voices", "load"])
def test_a_voice_whose_engine_asks_to_wait_before_it_has_begun_keeps_its_part(
    when: str, tmp_path: Path, tone_engine: str
) -> None:
    state = tmp_path / "tone-state"
    (state / f"busy-{when}").touch()
    with heard(tmp_path / "cache", voices={"fr": "tone:octave"}, ahead=3) as one:
        one.renderer.focus(1, 0)
        wait_until((state / "turned-away").exists, "the engine to be asked")
        wait_until(lambda: one.renderer.timeline.speech(1, 2), "the narrator", at_most=20)
        assert not one.renderer.recall(1, 1)
        (state / f"busy-{when}").unlink()
        one.segment(1, 1)
        assert one.renderer.timeline.words(1, 1)
        assert not one.notices and not one.renderer.replaced()


def test_a_process_loads_its_voice_again_once_it_may(tmp_path: Path, tone_engine: str) -> None:
    state = tmp_path / "tone-state"
    (state / "busy-load").touch()
    with Worker.start("tone", "", "en") as worker:
        with pytest.raises(EngineBusy):
            worker.render("")
        with pytest.raises(EngineBusy):
            worker.render("It is fine.")
        (state / "busy-load").unlink()
        assert worker.render("It is fine.").samples


def test_stories_that_share_a_voice_try_again_when_it_was_busy_at_first(tmp_path: Path, tone_engine: str) -> None:
    state = tmp_path / "tone-state"
    (state / "busy-voices").touch()
    voices = SharedVoices(1)
    try:
        for busy in (True, False):
            if not busy:
                (state / "busy-voices").unlink()
            process = VoiceProcess.start("tone", "octave", "en", voices.starts({}))
            if busy:
                with pytest.raises(EngineBusy):
                    process.voicing()
            else:
                assert process.voicing().hello.voice.name == "octave"
    finally:
        voices.close()
