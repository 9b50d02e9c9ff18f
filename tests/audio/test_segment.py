"""A segment's file gives back what was put in, opens in ordinary tools, and is refused when damaged."""

from __future__ import annotations

import subprocess
from array import array
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import miniaudio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.segment import Segment, Timing
from player.audio.store.cache import DiskCache, make_key
from player.speech.engine import Speech, WordMark
from player.speech.process.host import Worker
from tests.support.programs import require

pytestmark = pytest.mark.quick


def a_segment(samples: int = 5000) -> Segment:
    pcm = array("h", [(i * 7919) % 20000 - 10000 for i in range(samples)]).tobytes()
    return Segment.of(Speech(pcm, 22050, (WordMark(0, 3, 0, 2000), WordMark(4, 9, 2000, samples))))


@given(
    st.lists(st.integers(-32768, 32767), min_size=1, max_size=6000),
    st.sampled_from([16000, 22050, 24000]),
    st.booleans(),
)
def test_the_file_gives_back_every_sample_and_mark(samples: list[int], rate: int, estimated: bool) -> None:
    marks = (WordMark(0, 2, 0, len(samples)),)
    segment = Segment.of(Speech(array("h", samples).tobytes(), rate, marks, estimated))
    again = Segment.from_flac(segment.to_flac("Oh “é” — [x]\n="))
    assert (again.pcm, again.rate, again.marks, again.estimated) == (segment.pcm, rate, marks, estimated)


def test_next_to_nothing_is_kept_beside_the_sound() -> None:
    assert len(Segment.of(Speech(bytes(20_000), 22050, ())).to_flac("Silence.")) < 1000


@pytest.mark.parametrize("speed", [1.0, 0.5, 1.7])
def test_its_times_are_known_without_its_sound(speed: float) -> None:
    file = a_segment().to_flac("Hello")
    segment = Segment.from_flac(file).at_speed(speed)
    timing = Timing.from_flac(file[:-1000]).at_speed(speed)
    assert timing == (segment.rate, segment.samples, segment.marks, segment.estimated)


@given(st.data())
def test_a_damaged_head_tells_no_times_or_raises_no_other_error(data: st.DataObject) -> None:
    good = a_segment().to_flac("Hello")
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        bad[data.draw(st.integers(0, 400))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        Timing.from_flac(bytes(bad[: data.draw(st.integers(0, len(bad)))]))
    for other in (b"", b"fLaC", b"RIFF" + good, good[:60]):
        with pytest.raises(ValueError):
            Timing.from_flac(other)


@given(st.data())
def test_a_file_of_something_else_raises_no_other_error(data: st.DataObject) -> None:
    good = a_segment().to_flac("Hello")
    bad = bytearray(good)
    bad[data.draw(st.integers(0, len(good) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(ValueError):
        Segment.from_flac(bytes(bad))
    with pytest.raises(ValueError):
        Segment.from_flac(good[: data.draw(st.integers(0, 60))])


def test_other_programs_play_it_as_it_is_kept(tmp_path: Path) -> None:
    require("ffmpeg")
    segment, key = a_segment(), make_key(1)
    DiskCache(tmp_path).put(key, ".flac", segment.to_flac("Hello"))
    file = tmp_path / key[:2] / f"{key}.flac"
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-f", "s16le", "-"]
    played = subprocess.run(command, capture_output=True, check=True)
    assert played.stdout == segment.pcm
    assert played.stderr == b""
    assert miniaudio.flac_read_file_s16(str(file)).samples.tobytes() == segment.pcm


@pytest.mark.parametrize("speed", [0.5, 1.3, 2.0, 3.0])
def test_faster_or_slower_its_words_stay_where_they_sound(tone_engine: str, speed: float) -> None:
    worker = Worker.start("tone", "sine", "en")
    try:
        segment = Segment.of(worker.render("absolutely nothing whatsoever"))
    finally:
        worker.kill()
    stretched = segment.at_speed(speed)
    assert stretched.samples == round(segment.samples / speed)
    sound = np.abs(np.frombuffer(stretched.pcm, np.int16))
    for before, after in zip(stretched.marks, stretched.marks[1:], strict=False):
        assert before.last <= after.first
    for mark in stretched.marks:  # a word sounds in its middle, at the pitch it had
        middle = sound[(3 * mark.first + mark.last) // 4 : (mark.first + 3 * mark.last) // 4]
        assert middle.max() > 6000
    assert segment.at_speed(1.0) is segment


def test_what_a_worker_elsewhere_has_not_measured_is_measured_here() -> None:
    with Worker.start("pyttsx3", "", "en") as worker:
        speech = worker.render("Measured! Once, and no more than once.")
    assert speech.loudness is not None
    there, here = (Segment.of(each).at_loudness(-14.0, None) for each in (speech, replace(speech, loudness=None)))
    assert (here.pcm, here.loudness) == (there.pcm, there.loudness)
