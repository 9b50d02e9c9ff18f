"""A worker process seen from its host: whatever happens in there, the player hears of it and lives."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from player.errors import EngineError, UsageError, WorkerDied
from player.speech.process.host import Worker, patience
from player.speech.process.starting import start
from player.speech.protocol import write_message
from player.speech.survey import Survey, voices
from tests.speech.checks import marked_words


def test_sound_and_marks_come_back_exactly_though_the_engine_prints(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        assert worker.hello().voice.id == "tone:sine"
        assert worker.hello().version == "tone 1"
        text = "two “words”"
        speech = worker.render(text)
    assert marked_words(text, speech) == ["two", "words"]
    assert [(m.first, m.last) for m in speech.marks] == [(0, 960), (1280, 2880)]
    assert (speech.samples, speech.sample_rate, speech.estimated) == (2880, 16_000, False)


def test_the_voice_is_found_by_name_or_by_language(tone_engine: str) -> None:
    with Worker.start(tone_engine, "Octave") as a, Worker.start(tone_engine, "", "en_GB") as b:
        assert a.hello().voice == b.hello().voice
        assert a.render("word") == b.render("word")


def test_nothing_to_say_is_empty_speech(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        speech = worker.render("…")
    assert speech.pcm == b""
    assert speech.marks == ()


def test_a_crash_is_told_with_the_last_thing_the_process_said(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        worker.render("fine")
        with pytest.raises(WorkerDied) as caught:
            worker.render("CRASHALWAYS")
        assert caught.value.hint == "tone engine: about to crash"
        assert not worker.alive
        with pytest.raises(WorkerDied):
            worker.render("fine")


def test_a_sentence_that_crashed_one_worker_may_succeed_in_the_next(tone_engine: str) -> None:
    with Worker.start(tone_engine) as first, pytest.raises(WorkerDied):
        first.render("say CRASHONCE")
    with Worker.start(tone_engine) as second:
        assert second.render("say CRASHONCE").samples > 0


def test_a_worker_that_hangs_is_killed(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        worker.hello()
        with pytest.raises(WorkerDied, match=r"did not answer within 0\.2 s"):
            worker.render("HANG", timeout=0.2)
        assert not worker.alive


def test_an_engines_refusal_costs_only_that_sentence(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        with pytest.raises(EngineError, match="does not say this") as caught:
            worker.render("REFUSE")
        assert not isinstance(caught.value, WorkerDied)
        assert worker.render("fine").samples > 0


@pytest.mark.skipif(sys.platform == "win32", reason="no os.kill with SIGINT there")
def test_ctrl_c_does_not_reach_the_sentence_being_rendered(tone_engine: str) -> None:
    with Worker.start(tone_engine) as worker:
        worker.hello()
        os.kill(worker.pid, signal.SIGINT)
        assert worker.render("fine").samples > 0


@pytest.mark.parametrize("request_line", [b"", b'{"id": 1, "text": "HANG"}\n'], ids=["idle", "in a sentence"])
def test_the_process_ends_with_its_parent(tone_engine: str, request_line: bytes) -> None:
    with start() as process:
        assert process.stdin is not None and process.stdout is not None
        write_message(
            process.stdin, {"engine": tone_engine, "voice": "", "language": "", "options": {}, "patient": False}
        )
        assert b"sine" in process.stdout.readline()
        process.stdin.write(request_line)
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_an_unknown_engine_and_an_unknown_voice_are_wrong_use(tone_engine: str) -> None:
    with (
        Worker.start("festival") as worker,
        pytest.raises(UsageError, match="no speech engine 'festival'") as e,
    ):
        worker.hello()
    assert "pyttsx3" in e.value.hint
    with Worker.start(tone_engine, "sinus") as worker, pytest.raises(UsageError) as e:
        worker.hello()
    assert e.value.hint == "did you mean sine?"


@pytest.mark.usefixtures("odd_engines")
def test_marks_that_lie_outside_of_the_text_are_refused() -> None:
    with Worker.start("liar") as worker, pytest.raises(EngineError, match="word marks out of order"):
        worker.render("Hello.")


@pytest.mark.usefixtures("odd_engines")
def test_a_broken_engine_is_a_status_and_the_others_are_listed(tone_engine: str) -> None:
    found = {status.name: status for status in Survey().statuses()}
    assert {"pyttsx3", "hibari", "tone", "liar", "missing", "raises"} <= found.keys()
    assert found["pyttsx3"].ok
    assert [v.name for v in found["tone"].voices] == ["sine", "octave"]
    assert not found["missing"].ok
    assert "listen_odd_that_is_not_there" in found["missing"].reason
    assert found["raises"].reason == "the speech engine failed"  # what it raised is for the log
    assert found["dies"].reason == "the speech engine's process ended unexpectedly"
    assert {"pyttsx3", "tone"} <= {v.engine for v in voices()}
    with pytest.raises(EngineError, match="broken"):
        voices("missing")


def test_a_sentence_is_waited_for_as_long_in_chinese_as_in_english() -> None:
    english, chinese = (
        "The government promised more money for buses and trains.",
        "政府承诺为公共汽车和火车投入更多资金。",
    )
    assert patience(chinese, 1.2) >= 0.85 * patience(english, 1.2) > 50
