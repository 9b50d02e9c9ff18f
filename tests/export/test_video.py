"""MP4 video: what FFmpeg finds in it, and what is to be seen at a time."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import av
import mutagen
import numpy as np
import pytest
from numpy.typing import NDArray

from player.export import Options, export_story
from player.export.formats.video.pages import TALL, WIDE, pages
from player.export.pictures.lettering import look_of
from player.export.text.timing import timed_sentences
from player.story.model import Story
from tests.support.programs import require
from tests.support.stories import story_of
from tests.support.studio import export, studio

PARAGRAPH = "It “burned” on the pier; every ship saw it."
_SMALL = 4
"""By how much pictures are made smaller to look at them."""


def story() -> Story:
    made = story_of("# A lamp", PARAGRAPH, "# 你好", "It is over.", title="Lamps")
    return replace(made, byline="Ann Müller", published="2025-02-14")


def pictures(file: Path) -> list[NDArray[np.int16]]:
    with av.open(str(file)) as container:
        return [
            frame.to_ndarray(
                format="rgb24", width=frame.width // _SMALL, height=frame.height // _SMALL, src_colorspace="ITU709"
            ).astype(np.int16)
            for frame in container.decode(video=0)
        ]


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("video")
    export(story(), folder / "a.mp4", folder / "cache", options=Options(skip_unspeakable=True))
    return folder / "a.mp4"


def test_ffmpeg_plays_it_as_hd_video(video: Path) -> None:
    require("ffmpeg", "ffprobe", "mediainfo")
    asked = ["-show_streams", "-show_format", "-show_chapters", "-of", "json"]
    run = subprocess.run(["ffprobe", "-v", "error", *asked, str(video)], capture_output=True, text=True, check=True)
    told = json.loads(run.stdout)
    picture, sound = told["streams"][:2]
    assert (picture["codec_name"], picture["pix_fmt"], picture["color_space"]) == ("h264", "yuv420p", "bt709")
    assert (picture["width"], picture["height"], picture["avg_frame_rate"]) == (1920, 1080, "25/1")
    assert (sound["codec_name"], sound["tags"]["language"]) == ("aac", "eng")
    assert float(picture["duration"]) == pytest.approx(float(sound["duration"]), abs=0.05)
    assert [chapter["tags"]["title"] for chapter in told["chapters"]] == ["Lamps", "你好"]
    tags = told["format"]["tags"]
    assert (tags["title"], tags["artist"], tags["composer"]) == ("Lamps", "Ann Müller", "pyttsx3:en-us")
    played = ["ffmpeg", "-v", "error", "-i", str(video), "-f", "null", "-"]
    assert subprocess.run(played, capture_output=True, check=True).stderr == b""
    general = json.loads(
        subprocess.run(["mediainfo", "--Output=JSON", str(video)], capture_output=True, text=True, check=True).stdout
    )["media"]["track"][0]
    assert (general["VideoCount"], general["AudioCount"], general["IsStreamable"]) == ("1", "1", "Yes")
    known = mutagen.File(video)
    assert known.info.length == pytest.approx(float(sound["duration"]), abs=0.1)
    assert known.tags["\xa9nam"] == ["Lamps"]


def test_the_word_that_sounds_is_lit(video: Path) -> None:
    """Its middle has the accent's colour, and that moves on with each word."""
    with studio(story(), video.parent / "cache") as (timeline, renderer):
        for block in range(len(timeline.script)):
            for n in range(len(timeline.utterances(block))):
                renderer.segment(block, n)
        words = [word for sentence in timed_sentences(timeline) if sentence.block == 1 for word in sentence.words]
        rate = timeline.rate
    accent = np.array(look_of(story()).accent)
    seen = pictures(video)
    centres = []
    for word in words:
        frame = seen[-(-(word.first + 1) * 25 // rate)]
        rows, columns = np.nonzero(np.abs(frame - accent).max(axis=2) < 30)
        assert len(rows) > 1000 // _SMALL**2, "something is lit"
        assert rows.max() - rows.min() < 120 // _SMALL, "in one line"
        centres.append((rows.mean() * _SMALL // 40, columns.mean()))
    assert centres == sorted(centres) and len(set(centres)) == len(words) > 7


def test_upright_and_still(video: Path, tmp_path: Path) -> None:
    options = Options(upright=True, still=True, skip_unspeakable=True)
    short = story_of("One word.", title="Lamps")
    for name in ("a", "b"):
        export(short, tmp_path / f"{name}.mp4", tmp_path / "cache", options=options)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    seen = pictures(tmp_path / "a.mp4")
    assert seen[0].shape == (1920 // _SMALL, 1080 // _SMALL, 3)
    assert np.abs(seen[0] - seen[-1]).mean() < 1, "the same picture from beginning to end"


def test_its_progress_is_that_of_the_pictures(tmp_path: Path, tone_engine: str) -> None:
    shares: list[float] = []
    lamps = story_of(" ".join([PARAGRAPH] * 3), title="Lamps")
    with studio(lamps, tmp_path / "cache", tone_engine) as (timeline, renderer):
        export_story(
            timeline,
            renderer,
            tmp_path / "a.mp4",
            Options(still=True),
            progress=lambda now: shares.append(now.done / now.total),
        )
    assert shares == sorted(shares) and shares[-1] == 1
    assert sum(0.1 < share < 0.95 for share in shares) > 1


@pytest.mark.parametrize("shape", [WIDE, TALL])
def test_a_long_paragraph_goes_over_several_pages(shape: object, tmp_path: Path, tone_engine: str) -> None:
    assert shape in (WIDE, TALL)
    long = story_of(" ".join([PARAGRAPH] * 40), "x" * 300)
    measures = WIDE if shape is WIDE else TALL
    with studio(long, tmp_path / "cache", tone_engine) as (timeline, renderer):
        for block in range(2):
            for n in range(len(timeline.utterances(block))):
                renderer.segment(block, n)
        sentences = list(timed_sentences(timeline))
    found = list(pages(long, sentences, measures))
    assert len(found) > 3
    assert all(len(page.lines) <= measures.lines for page in found)
    for number, block in enumerate(long.blocks):
        lines = [line for page in found if page.block == number for line in page.lines]
        assert "".join(block.text[slice(*line)] for line in lines).replace(" ", "") == block.text.replace(" ", "")
    assert sum(len(page.words) for page in found) == sum(len(sentence.words) for sentence in sentences)
    assert [page.first for page in found] == sorted(page.first for page in found)
