"""An engine that misbehaves: its sentence is said by the fall-back voice, and five in a row are a question."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import run

import pytest

from player.audio.rendering.fallback import IN_A_ROW, Fallback
from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.errors import EngineError, VoiceFailing
from player.speech.choosing.registry import profile
from player.speech.process.host import Worker
from player.story.model import Block, BlockKind, Story
from player.utterance.script import Script
from tests.support.casting import quoted_by


@contextmanager
def rendering(
    cache: Path,
    notices: deque[str],
    *paragraphs: str,
    engine: str = "tone",
    start: Callable[..., Worker] = Worker.start,
    fallback: Callable[[], Fallback] = Fallback,
    quoting: str = "",
) -> Iterator[Renderer]:
    """A renderer in an engine's voice; what begins with “ is a quotation, in the voice `quoting` of that engine."""
    narrator = VoiceProcess.start(engine, "", "en", start).voicing()
    casting = quoted_by(VoiceProcess.start("tone", quoting, "en", start).voicing() if quoting else None)
    blocks = (Block(BlockKind.QUOTATION if text[0] == "“" else BlockKind.PARAGRAPH, text) for text in paragraphs)
    script = Script(Story("", tuple(blocks)), language="en").spoken_by(profile(engine).manner, casting.roles)
    timeline = Timeline(script, narrator.rate)
    renderer = Renderer(
        timeline, narrator, DiskCache(cache), casting=casting, workers=1, fallback=fallback, notify=notices.append
    )
    try:
        yield renderer
    finally:
        renderer.close()


def test_one_that_is_closed_while_its_process_starts_leaves_none(tone_engine: str) -> None:
    started: list[Worker] = []

    def start(engine: str, voice: str, language: str) -> Worker:
        fallback.close()  # as another thread does
        started.append(Worker.start(engine, voice, language))
        return started[-1]

    fallback = Fallback(start, lambda language: ("tone", ""))
    with pytest.raises(EngineError):
        fallback.say("Two words.", "en")
    assert [worker.alive for worker in started] == [False]


WORDS = ["CRASHALWAYS", "REFUSE", "SILENT", "ZEROS", "NOISE", "ENDLESS", "BLIP", "FLOATS"]


@pytest.mark.parametrize("word", WORDS)
def test_the_fall_back_voice_says_what_the_engine_cannot(word: str, tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    with rendering(
        tmp_path, notices, "It is fine here.", f"A word {word} is in here.", "It is fine again."
    ) as renderer:
        segments = [renderer.segment(block, 0) for block in range(3)]
        assert all(segment is not None and segment.samples for segment in segments)
        assert list(renderer.replaced()) == [(1, 0)]
        assert not renderer.unsaid()
        assert renderer.timeline.words(1, 0), "its words have times"
    (notice,) = notices
    assert notice.startswith(f"“A word {word} is in here.” is said by pyttsx3:en-us: ")
    assert len(list(tmp_path.rglob("*.flac"))) == 2, "another day its own voice may say it"


def test_a_crash_alone_costs_an_attempt_only(tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    with rendering(tmp_path, notices, "It says CRASHONCE in here.") as renderer:
        assert renderer.segment(0, 0) is not None
        assert not renderer.replaced() and not notices


def test_an_engine_that_asks_to_wait_is_waited_for_and_its_own_worker_asked_again(
    tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.audio.voicing.waits._TOLD_FROM", 0.0)
    notices: deque[str] = deque()
    with rendering(tmp_path, notices, "It is BUSYA in here.", "It is BUSYB here, too.") as renderer:
        segments = [renderer.segment(block, 0) for block in range(2)]
        assert all(segment is not None and segment.samples for segment in segments)
        assert not renderer.replaced() and not renderer.unsaid()
    assert list(notices) == ["tone:sine is waited for, 1 s: the tone engine allows no more for now"]
    state = tmp_path / "tone-state"
    processes = {(state / f"BUSY{word}-{when}").read_text() for word in "AB" for when in ("asked", "said")}
    assert len(processes) == 1, "a new process would not know of the limit"


def test_a_voice_is_not_broken_by_a_limit_that_is_met_when_it_is_tried(tmp_path: Path, tone_engine: str) -> None:
    (tmp_path / "tone-state" / "limited").touch()
    with rendering(tmp_path, deque(), "It says REFUSE.", "It is fine.") as renderer:
        assert all(renderer.segment(block, 0) is not None for block in range(2))
        assert list(renderer.replaced()) == [(0, 0)]


def test_a_hanging_engine_is_given_up_in_time(
    tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.speech.process.host._LEAST_TIMEOUT", 1.5)
    monkeypatch.setattr("player.speech.process.host._TIMEOUT_PER_BYTE", 0.0)
    notices: deque[str] = deque()
    with rendering(tmp_path, notices, "It must HANG in here.") as renderer:
        segment = renderer.segment(0, 0)
        assert segment is not None and segment.samples
    assert "did not answer" in notices[0]


def test_five_in_a_row_are_a_question_and_then_it_goes_on(tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    texts = [f"Sentence {n} says REFUSE." for n in range(IN_A_ROW + 2)]
    with rendering(tmp_path, notices, *texts) as renderer:
        asked = 0
        for block in range(len(texts)):
            try:
                assert renderer.segment(block, 0) is not None
            except VoiceFailing as error:
                asked += 1
                assert "tone:sine failed on 5 sentences in a row" in error.message
                assert "pyttsx3" in error.hint
                assert renderer.segment(block, 0) is not None
        assert asked == 1
    assert len(notices) == len(texts)


def test_failures_apart_are_no_question(tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    texts = [f"Sentence {n} says {'REFUSE' if n % 3 else 'it'}." for n in range(12)]
    with rendering(tmp_path, notices, *texts) as renderer:
        for block in range(len(texts)):
            assert renderer.segment(block, 0) is not None
        assert len(renderer.replaced()) == 8


def asked(renderer: Renderer) -> list[str]:
    """Wait for every utterance in order; return what the listener was asked on the way."""
    questions = []
    for block in range(len(renderer.timeline.script)):
        for n in range(len(renderer.timeline.utterances(block))):
            try:
                assert renderer.segment(block, n) is not None
            except VoiceFailing as error:
                questions.append(str(error))
                assert renderer.segment(block, n) is not None
    return questions


REFUSING = [f"Sentence {n} says REFUSE." for n in range(IN_A_ROW + 2)]


def test_a_fall_back_voice_that_fails_as_well_is_no_reason_to_skip_for_ever(tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    refuses = partial(Fallback, find=lambda language: ("tone", "octave"))
    with rendering(tmp_path, notices, *REFUSING, fallback=refuses) as renderer:
        (question,) = asked(renderer)
        assert len(renderer.unsaid()) == len(REFUSING)
    assert question.startswith("the voice tone:sine failed on 5 sentences in a row (")
    assert question.endswith("choose another voice")


def test_the_voice_that_steps_in_for_others_is_asked_about_as_well(
    tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.audio.rendering.fallback.stand_in", lambda: "tone")
    with rendering(tmp_path, deque(), *REFUSING) as renderer:
        (question,) = asked(renderer)
    assert question.startswith("the voice tone:sine failed on 5 sentences in a row (")


def test_the_narrator_s_sentences_do_not_hide_another_voice_that_always_fails(tmp_path: Path, tone_engine: str) -> None:
    notices: deque[str] = deque()
    texts = [f"“Quotation {n // 2} says REFUSE.”" if n % 2 else f"Sentence {n} is fine." for n in range(26)]
    with rendering(tmp_path, notices, *texts, quoting="octave") as renderer:
        (question,) = asked(renderer)
    assert question.startswith("the voice tone:octave failed on 5 sentences in a row ("), "once: it cannot be replaced"
    assert sum("is said by" in notice for notice in notices) == 13


@pytest.mark.parametrize(
    "text", ["Yes REFUSE.", "A longer sentence has words to REFUSE, and it is measured as a whole."]
)
def test_the_fall_back_voice_is_as_loud_as_when_it_narrates(text: str, tmp_path: Path, tone_engine: str) -> None:
    heard = []
    for engine in ("pyttsx3", "quiet"):
        with rendering(tmp_path / engine, deque(), text, engine=engine) as renderer:
            segment = renderer.segment(0, 0)
            assert segment is not None and segment.loudness.lufs is not None
            assert bool(renderer.replaced()) == (engine == "quiet")
            heard.append(segment.loudness.lufs)
    assert heard[0] == pytest.approx(heard[1], abs=0.2)


def export(folder: Path, text: str, *flags: str) -> tuple[int, str]:
    (folder / "story.txt").write_text(text)
    command = [sys.executable, "-m", "player", "export", str(folder / "story.txt"), "-o", str(folder / "a.mp3")]
    done = run(
        [*command, "--engine", "tone", "--cache-dir", str(folder / "cache"), *flags], capture_output=True, text=True
    )
    return done.returncode, done.stderr


def test_an_export_says_which_sentence_another_voice_says(tmp_path: Path, tone_engine: str) -> None:
    code, told = export(tmp_path, "It is fine.\n\nThis one says REFUSE.\n\nIt is fine.\n")
    assert code == 0, told
    assert "“This one says REFUSE.” is said by pyttsx3:en-us" in told


def test_an_export_fails_where_the_voice_fails_again_and_again(tmp_path: Path, tone_engine: str) -> None:
    text = "\n\n".join(f"Number {n} says REFUSE." for n in range(8))
    code, told = export(tmp_path, text)
    assert code == 1
    assert "the voice tone:sine failed on 5 sentences in a row" in told
    assert "“Number 0 says REFUSE.”" in told and "--skip-unspeakable" in told
    assert not (tmp_path / "a.mp3").exists()
    code, told = export(tmp_path, text, "--skip-unspeakable")
    assert code == 0, told
    assert (tmp_path / "a.mp3").stat().st_size > 20_000
