"""Rendering: once per sentence and voice, what is needed first, and one failure costs one sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest

from player.audio.cache import DiskCache
from player.audio.renderer import Renderer
from player.audio.timeline import Timeline
from player.errors import EngineError
from player.session import Cast
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
        for block in range(len(self.timeline.script)):
            for utterance in range(len(self.timeline.utterances(block))):
                if self.renderer.segment(block, utterance) is None:
                    return done  # closed
                done.append((block, utterance))
        return done


@contextmanager
def rendering(
    cache: Path, *paragraphs: str, engine: str = "tone", voice: str = "", workers: int = 2
) -> Iterator[Rendering]:
    narrator = Cast.start(engine, voice, "en").speaker()
    script = Script(story_of(*(paragraphs or PARAGRAPHS)), language="en", engine=engine)
    timeline = Timeline(script, narrator.hello.voice.sample_rate)
    notices: deque[str] = deque()
    store = DiskCache(cache)
    renderer = Renderer(
        timeline,
        narrator,
        store,
        workers=workers,
        notify=notices.append,
    )
    try:
        yield Rendering(renderer, timeline, store, notices)
    finally:
        renderer.close()


def files(folder: Path) -> dict[str, float]:
    """Name and time of writing (or use) of all that is kept."""
    return {path.name: path.stat().st_mtime for path in folder.rglob("*.flac")}


def test_every_sentence_is_one_file_and_the_timeline_becomes_exact(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path) as made:
        assert len(made.whole()) == 5
        assert made.timeline.exact
    assert made.cache.usage().entries == 5


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
        key = made.renderer.key(1, 0)
    if change == "version":
        monkeypatch.setenv("LISTEN_TONE_VERSION", "tone 2")
    text = "Seven eight nine!" if change == "text" else PARAGRAPHS[1]
    with rendering(tmp_path, "Before.", text, voice="octave" if change == "voice" else "") as made:
        assert made.renderer.key(1, 0) != key


def test_the_key_covers_nothing_else(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path) as made:
        key = made.renderer.key(1, 0)
    with rendering(tmp_path, "Another beginning. And more.", "More.", PARAGRAPHS[1]) as made:
        assert made.renderer.key(2, 0) == key


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


@pytest.mark.parametrize("word", ["CRASHALWAYS", "REFUSE"])
def test_what_cannot_be_said_is_skipped_with_a_notice(tone_engine: str, tmp_path: Path, word: str) -> None:
    with rendering(tmp_path, "One two.", f"Three {word} four.", "Five six.") as made:
        made.whole()
        lengths = [made.timeline.speech(block, 0) or 0 for block in range(3)]
        assert [bool(length) for length in lengths] == [True, False, True]
        assert [f"Skipped “Three {word} four.”" in notice for notice in made.notices] == [True]


def test_a_voice_that_never_works_is_an_error_not_a_silent_story(tone_engine: str, tmp_path: Path) -> None:
    with rendering(tmp_path, *(f"REFUSE number {n}." for n in range(9))) as made, pytest.raises(EngineError):
        made.whole()


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
