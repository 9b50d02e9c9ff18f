"""Rendering: once per sentence and voice, what is needed first, and one failure costs one sentence."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import pytest

from player.audio.rendering.renderer import AHEAD, REST_SECONDS, Renderer
from player.audio.rendering.workers import Workers
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.audio.voicing.voicings import Voicings
from player.errors import Unspeakable, VoiceBroken
from player.speech.choosing import registry
from player.speech.choosing.registry import profile
from player.speech.choosing.voices import find_voice
from player.speech.engine import Speech
from player.speech.process import host
from player.speech.process.host import Worker
from player.speech.process.workers import Hello, StartWorker
from player.utterance.script import Script
from tests.support.stories import story_of
from tests.support.waiting import wait_until

PARAGRAPHS = ("One two three. Four five six.", "Seven eight nine.", "Ten eleven twelve. The end is near.")


@dataclass
class Rendering:
    renderer: Renderer
    timeline: Timeline
    cache: DiskCache
    notices: deque[str]

    def whole(self) -> list[tuple[int, int]]:
        """Render everything; (block, utterance) of each."""
        done = []
        with self.renderer.in_a_hurry():
            for block in range(len(self.timeline.script)):
                for utterance in range(len(self.timeline.utterances(block))):
                    if self.renderer.segment(block, utterance) is None:
                        return done  # closed
                    done.append((block, utterance))
        return done


@contextmanager
def rendering(
    cache: Path,
    *paragraphs: str,
    engine: str = "tone",
    voice: str = "",
    start_worker: StartWorker = Worker.start,
    workers: int = 2,
    ahead: int = AHEAD,
    rest_after: float = REST_SECONDS,
    keep_after: float = 0.0,
) -> Iterator[Rendering]:
    narrator = VoiceProcess.start(engine, voice, "en", start_worker).voicing()
    script = Script(story_of(*(paragraphs or PARAGRAPHS)), language="en").spoken_by(profile(engine).manner)
    timeline = Timeline(script, narrator.rate)
    notices: deque[str] = deque()
    store = DiskCache(cache)
    renderer = Renderer(
        timeline,
        narrator,
        store,
        workers=workers,
        ahead=ahead,
        rest_after=rest_after,
        keep_after=keep_after,
        notify=notices.append,
    )
    try:
        yield Rendering(renderer, timeline, store, notices)
    finally:
        renderer.close()


class Elsewhere:
    """A worker that is no process: the engine itself, as it might be on another machine."""

    def __init__(self, engine: str, voice: str, language: str) -> None:
        self._engine = registry.load(engine)
        self._voice = find_voice(self._engine.voices(), voice, language)
        self._engine.load(self._voice)

    def hello(self) -> Hello:
        return Hello(self._engine.name, self._engine.version, self._voice)

    def render(self, text: str) -> Speech:
        return self._engine.render(text, self._voice)

    def kill(self) -> None:
        pass


def files(folder: Path) -> dict[str, float]:
    """Name and time of writing (or use) of all that is kept."""
    return {path.name: path.stat().st_mtime for path in folder.rglob("*.flac")}


def test_every_sentence_is_one_file_and_the_timeline_becomes_exact(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path) as made:
        assert len(made.whole()) == 5
        assert made.timeline.exact
    assert made.cache.usage().entries == 5


@pytest.mark.parametrize("hurry", [False, True])
def test_at_first_sound_waits_to_be_stored_until_there_is_a_hurry_or_the_end(
    tone_engine: str, tmp_path: Path, hurry: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.audio.rendering.renderer._KEEP_AT_END_SECONDS", 3600.0)
    with rendering(tmp_path, keep_after=3600.0) as made:
        for block in range(len(PARAGRAPHS)):
            assert made.renderer.segment(block, 0) is not None
        assert not files(tmp_path)
        if hurry:
            made.whole()
            wait_until(lambda: len(files(tmp_path)) == 5, "all sentences to be stored")
    assert files(tmp_path)


@pytest.mark.parametrize(("keep_after", "kept"), [(3600.0, 0), (0.0, 1)])
def test_who_leaves_does_not_wait_for_sound_to_be_encoded(
    tone_engine: str, tmp_path: Path, keep_after: float, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.audio.rendering.renderer._KEEP_AT_END_SECONDS", 0.0)
    with rendering(tmp_path, "One two three.", keep_after=keep_after) as made:
        assert made.renderer.segment(0, 0) is not None
    assert len(files(tmp_path)) == kept


def test_later_sound_is_stored_when_it_is_rendered(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, keep_after=0.3) as made:
        assert made.renderer.segment(0, 0) is not None
        wait_until(lambda: len(files(tmp_path)) == 5, "what was read ahead to be stored")


def test_changing_one_sentence_renders_one_sentence(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path) as made:
        made.whole()
    before = set(files(tmp_path))
    with rendering(tmp_path, PARAGRAPHS[0], "Seven eight ten.", PARAGRAPHS[2]) as made:
        made.whole()
    assert len(set(files(tmp_path)) - before) == 1


def test_what_is_kept_is_not_rendered_again(tone_engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rendering(tmp_path, "One two.", "CRASHONCE and on.", workers=1) as made:
        made.whole()
        first = made.renderer.segment(1, 0)
    monkeypatch.setenv("LISTEN_TONE_STATE", str(tmp_path))  # it would crash once more if it were asked
    with rendering(tmp_path, "One two.", "CRASHONCE and on.", workers=1) as made:
        again = made.renderer.segment(1, 0)
        assert first is not None
        assert again is not None
        assert again.pcm == first.pcm
        assert again.marks == first.marks
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


@pytest.mark.parametrize("change", ["voice", "version", "text"])
def test_the_key_covers_what_changes_the_sound(
    tone_engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    with rendering(tmp_path) as made:
        key = made.renderer.segments.key((1, 0))
    if change == "version":
        monkeypatch.setenv("LISTEN_TONE_VERSION", "tone 2")
    text = "Seven eight nine!" if change == "text" else PARAGRAPHS[1]
    with rendering(tmp_path, "Before.", text, voice="octave" if change == "voice" else "") as made:
        assert made.renderer.segments.key((1, 0)) != key


def test_the_key_covers_nothing_else(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path) as made:
        key = made.renderer.segments.key((1, 0))
    with rendering(tmp_path, "Another beginning. And more.", "More.", PARAGRAPHS[1]) as made:
        assert made.renderer.segments.key((2, 0)) == key


def test_a_damaged_file_is_rendered_anew(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, "One two three.") as made:
        sound = made.renderer.segment(0, 0)
    (file,) = tmp_path.rglob("*.flac")
    file.write_bytes(file.read_bytes()[:-20] + bytes(20))
    with rendering(tmp_path, "One two three.") as made:
        again = made.renderer.segment(0, 0)
    assert sound is not None
    assert again is not None
    assert again.pcm == sound.pcm


def test_a_crash_is_tried_once_more_in_a_new_worker(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, "One CRASHONCE two.", "Three.") as made:
        segment = made.renderer.segment(0, 0)
        assert segment is not None
        assert segment.samples > 0
        assert not made.notices


def test_nothing_is_skipped_while_the_system_starts_no_process(
    tone_engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(environment: object) -> NoReturn:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    with rendering(tmp_path, "One two.", "CRASHONCE three.", workers=1, ahead=1) as made:
        assert made.renderer.segment(0, 0) is not None
        with monkeypatch.context() as crowded:
            crowded.setattr(host, "start", refused)
            with pytest.raises(VoiceBroken, match="no process can be started"):
                made.renderer.segment(1, 0)
        segment = made.renderer.segment(1, 0)
        assert segment is not None and segment.samples
        assert not made.notices


def test_after_an_unexpected_error_the_next_request_is_rendered(
    tone_engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_here, failed = Timeline.from_here, Event()

    def failing(timeline: Timeline, *here: int) -> Iterator[tuple[int, int]]:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("nobody expects this")
        return from_here(timeline, *here)

    monkeypatch.setattr(Timeline, "from_here", failing)
    with rendering(tmp_path, workers=1) as made:
        made.renderer.focus(0, 0)
        assert failed.wait(60)
        slot = made.renderer.threads[0]
        with suppress(VoiceBroken):  # told to those who wait at that moment
            made.renderer.segment(0, 0, lambda: not slot.is_alive())
        segment = made.renderer.segment(1, 0, lambda: not slot.is_alive())
        assert segment is not None
        assert segment.samples > 0


@pytest.mark.parametrize("word", ["CRASHALWAYS", "REFUSE"])
def test_what_cannot_be_said_is_skipped_with_a_notice(tone_engine: str, tmp_path: Path, word: str) -> None:
    with rendering(tmp_path, "One two.", f"Three {word} four.", "Five six.") as made:
        made.whole()
        lengths = [made.timeline.speech(block, 0) or 0 for block in range(3)]
        assert [bool(length) for length in lengths] == [True, False, True]
        assert [f"Skipped “Three {word} four.”" in notice for notice in made.notices] == [True]


@pytest.mark.parametrize("word", ["CRASHALWAYS", "REFUSE", "SILENT"])
def test_however_many_sentences_fail_the_voice_goes_on(tone_engine: str, tmp_path: Path, word: str) -> None:
    with rendering(tmp_path, *(f"{word} number {n}." for n in range(7)), "The end.") as made:
        made.whole()
        assert list(made.renderer.unsaid()) == [(n, 0) for n in range(7)]
        assert made.timeline.speech(7, 0)
        assert len(made.notices) == (1 if word == "SILENT" else 7)  # what has no sound is told of once


def test_no_sound_for_these_letters_is_no_failure_and_its_words_have_times(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, "One SILENT two.", "你好，世界。", "Three.", voice="octave") as made:
        made.whole()
        unsaid = made.renderer.unsaid()
        assert [(where, type(error)) for where, error in unsaid.items()] == [
            ((0, 0), Unspeakable),
            ((1, 0), Unspeakable),
        ]
        assert list(made.renderer.foreseen()) == [(1, 0)]
        assert [(word.first, word.last) for word in made.timeline.words(0, 0)] == [(0, 0)] * 3
    assert made.cache.usage().entries == 1


def test_a_voice_that_does_not_work_is_an_error_and_works_again_when_it_does(tone_engine: str, tmp_path: Path) -> None:
    broken = tmp_path / "tone-state" / "broken"
    with rendering(tmp_path / "cache") as made:
        assert made.renderer.segment(0, 0)
        wait_until(lambda: made.timeline.exact, "reading ahead")
    broken.touch()
    with rendering(tmp_path / "cache", *PARAGRAPHS, "One more.", "And another.") as made:
        assert made.renderer.segment(0, 0)  # what is stored is played
        for _ in range(2):
            with pytest.raises(VoiceBroken, match="the voice tone:sine does not work"):
                made.renderer.segment(3, 0)
        broken.unlink()
        segment = made.renderer.segment(3, 0)
        assert segment is not None
        assert segment.samples
        made.whole()
        assert made.timeline.exact
        assert not made.renderer.unsaid()


def test_a_worker_that_died_while_it_had_nothing_to_do_is_replaced_and_leaves_no_zombie(
    tone_engine: str, tmp_path: Path
) -> None:
    process = VoiceProcess.start(tone_engine, "", "en")
    workers = Workers(Voicings(process.voicing(), (), lambda notice: None))
    assert workers.say(0, 0, "One")
    os.kill(process.first.pid, signal.SIGKILL)
    wait_until(lambda: not Path(f"/proc/{process.first.pid}").exists(), "the end of the process")
    assert workers.say(0, 0, "CRASHONCE two")  # the retry is still there
    workers.close()


def test_a_worker_is_whatever_says_who_it_is_and_renders(tone_engine: str, tmp_path: Path) -> None:
    with (
        rendering(tmp_path / "here") as here,
        rendering(tmp_path / "elsewhere", start_worker=Elsewhere, workers=3, ahead=2) as elsewhere,
    ):
        assert here.whole() == elsewhere.whole()
        assert elsewhere.timeline.exact
        segments = [[made.renderer.segment(block, 0) for block in (0, 1)] for made in (here, elsewhere)]
        assert segments[0] == segments[1]
    assert files(tmp_path / "here").keys() == files(tmp_path / "elsewhere").keys()


def test_all_workers_load_before_there_is_anything_to_say_and_the_first_stays_the_first(
    tone_engine: str, tmp_path: Path
) -> None:
    started: list[Noted] = []

    class Noted(Elsewhere):
        def __init__(self, engine: str, voice: str, language: str) -> None:
            super().__init__(engine, voice, language)
            self.texts: list[str] = []
            started.append(self)

        def render(self, text: str) -> Speech:
            self.texts.append(text)
            return super().render(text)

    with rendering(tmp_path, engine="slow", start_worker=Noted) as made:
        made.renderer.load_all()
        wait_until(lambda: len(started) == 2 and started[1].texts == [""], "the second to be loaded")
        assert not started[0].texts
        assert len(made.whole()) == 5
        assert len(started) == 2


def test_a_worker_killed_before_it_said_who_it_is_is_replaced(tone_engine: str) -> None:
    process = VoiceProcess.start(tone_engine, "", "en")
    process.first.kill()
    voicing = process.voicing()
    assert voicing.hello.voice.id == "tone:sine"
    assert voicing.first is not None
    with voicing.first as worker:
        assert worker.render("One").samples


def test_the_second_sentence_does_not_wait_for_a_second_voice_to_load(
    tone_engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LISTEN_TONE_ALONE", "1")  # any other process would load for ever
    with rendering(tmp_path) as made:
        assert len(made.whole()) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")
def test_a_story_that_plays_has_one_worker_and_one_in_a_hurry_has_two(tone_engine: str, tmp_path: Path) -> None:
    before = processes()
    with rendering(tmp_path, *(f"Sentence number {n}." for n in range(60))) as made:
        made.renderer.segment(0, 0)
        wait_until(lambda: made.timeline.speech(20, 0) is not None, "reading ahead")
        assert len(processes() - before) == 1
        export = Thread(target=made.whole, daemon=True)
        export.start()
        wait_until(lambda: len(processes() - before) == 2, "the other worker")
        export.join(timeout=20)


@pytest.mark.skipif(sys.platform != "linux", reason="counts processes in /proc")
def test_workers_without_work_are_ended_and_come_back(tone_engine: str, tmp_path: Path) -> None:
    before = processes()
    texts = [f"Sentence number {n}." for n in range(50)]
    with rendering(tmp_path, *texts, "Back again.", "HANG for ever.", rest_after=0.2) as made:
        made.renderer.segment(0, 0)
        wait_until(lambda: made.timeline.speech(20, 0) is not None, "reading ahead")
        wait_until(lambda: processes() == before, "the worker's end")
        made.renderer.segment(50, 0)  # and then it is busy with the last one
        assert len(processes() - before) == 1
        assert not made.notices


def processes() -> set[str]:
    """Ids of this process's children."""
    found: set[str] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has ended meanwhile
            found.update((task / "children").read_text().split())
    return found


def test_what_is_needed_now_comes_before_reading_ahead(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, *(f"Sentence number {n}." for n in range(200)), workers=1) as made:
        made.renderer.segment(0, 0)
        made.renderer.segment(150, 0)
        assert made.timeline.speech(120, 0) is None  # what lies between was not rendered on the way
        wait_until(lambda: made.timeline.speech(170, 0) is not None, "reading ahead")


def test_whoever_waits_is_served_though_another_goes_through_the_story(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, *(f"Sentence {n}." for n in range(2000)), workers=1) as made:
        export = Thread(target=made.whole, daemon=True)
        export.start()
        wait_until(lambda: made.timeline.speech(5, 0) is not None, "the export")
        made.renderer.segment(1900, 0)
        assert made.timeline.speech(1800, 0) is None  # the export has not come there yet
        made.renderer.close()
        export.join(timeout=20)


def test_waiting_is_cancelled_at_once(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, "HANG forever.") as made:
        assert made.renderer.segment(0, 0, cancelled=lambda: True) is None


def test_closing_does_not_wait_for_a_hanging_engine(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, "HANG forever.") as made:
        made.renderer.focus(0, 0)
        threads = made.renderer.threads
    assert not any(thread.is_alive() for thread in threads)


def test_a_cache_that_fails_on_the_way_is_a_notice_and_the_story_goes_on(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path / "cache") as made:
        (tmp_path / "cache").mkdir(exist_ok=True)
        for name in (f"{n:02x}" for n in range(256)):
            if not (tmp_path / "cache" / name).exists():
                (tmp_path / "cache" / name).write_text("in the way")
        made.whole()
        assert len(made.notices) <= 1
        assert made.timeline.exact


def test_while_it_holds_back_only_the_next_sentences_are_rendered(tone_engine: str, tmp_path: Path) -> None:
    sentence = f"The keeper {'climbed the tower every evening and ' * 5}counted the steps."  # five seconds
    with rendering(tmp_path, " ".join([sentence] * 12), workers=1) as it:
        with it.renderer.holding_back():
            it.renderer.focus(0, 0)
            wait_until(lambda: it.timeline.speech(0, 2) is not None, "the next ones to be rendered")
            assert it.renderer.segment(0, 11) is not None  # waited for; then there is nothing else to do
            rendered = [n for n in range(12) if it.timeline.speech(0, n) is not None]
        it.renderer.focus(0, 0)
        wait_until(lambda: it.timeline.exact, "all to be rendered afterwards")
    assert rendered == [0, 1, 2, 11]
