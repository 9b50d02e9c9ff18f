"""M4B, M4A, Opus, FLAC and WAV: each sounds like the timeline, at the same time, and says what it is."""

from __future__ import annotations

import base64
import functools
import json
import struct
import subprocess
import wave
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import av
import mutagen
import numpy as np
import pytest
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4
from numpy.typing import NDArray
from PIL import Image

from player.audio.store.cache import MemoryCache
from player.errors import UsageError
from player.export import Cancelled, Encoders, Options, Progress, export_story
from player.story.model import PartOf, Section, Story
from player.story.opening import load
from tests.support.programs import require
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export, studio

RATE = 22050
LOSSY = (".m4b", ".m4a", ".opus", ".ogg")
ALL = (*LOSSY, ".flac", ".wav")
EACH = (".m4b", ".opus", ".flac", ".wav")
"""A suffix of each module that writes files."""


def article() -> Story:
    """The user's article to its half, in three chapters."""
    story = replace(load(str(ARTICLE)), byline="Ann Müller", published="2025-02-14")
    return replace(story, blocks=story.blocks[:6], sections=(Section(2, "Part one"), Section(4, "Part two")))


@functools.cache
def decoded(file: Path) -> NDArray[np.float64]:
    """What a player plays, at the timeline's rate."""
    with av.open(str(file)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        parts += resampler.resample(None)
    return np.concatenate([part.to_ndarray().ravel() for part in parts]).astype(np.float64)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The article in all formats, as `a.m4b` and so on; the lossy ones joined from several chunks."""
    folder = tmp_path_factory.mktemp("files")
    with studio(article(), folder / "cache") as (timeline, renderer):
        for suffix in ALL:
            export_story(timeline, renderer, folder / f"a{suffix}")
    return folder


@pytest.mark.parametrize("suffix", ALL)
def test_it_sounds_when_the_timeline_says(made: Path, suffix: str) -> None:
    meant, heard = decoded(made / "a.wav"), decoded(made / f"a{suffix}")
    assert 0 <= len(heard) - len(meant) < 1024
    second = RATE
    for at in range(0, len(meant) - 2 * second, 5 * second):
        part = meant[at : at + second]
        if not part.any():
            continue  # a pause
        lags = range(-30, 31)
        fits = [float(np.dot(part, heard[max(at + lag, 0) : max(at + lag, 0) + second])) for lag in lags]
        assert abs(lags[int(np.argmax(fits))]) <= 2 or at == 0, "within a tenth of a millisecond"
        assert np.corrcoef(part, heard[at : at + second])[0, 1] > (0.85 if suffix in (".opus", ".ogg") else 0.95)


@pytest.mark.parametrize("suffix", LOSSY)
def test_where_nothing_is_said_nothing_is_heard(made: Path, suffix: str) -> None:
    meant, heard = decoded(made / "a.wav"), decoded(made / f"a{suffix}")
    spoken = np.concatenate(([0], np.cumsum(meant != 0)))
    quiet = spoken[4001:] == spoken[:-4001]  # 90 ms of silence on either side
    assert quiet.sum() > RATE and np.abs(heard[2000 : len(meant) - 2000][quiet]).max() < 0.004


@pytest.mark.parametrize("suffix", [".flac", ".wav"])
def test_lossless_is_lossless(made: Path, tmp_path: Path, suffix: str) -> None:
    story = story_of("Some words in one sentence.", "# A heading", "And some more. And again.")
    with studio(story, tmp_path / "cache") as (timeline, renderer):
        summary = export_story(timeline, renderer, tmp_path / f"a{suffix}")
        pcm = bytearray()
        for block in range(len(story.blocks)):
            for n in range(len(timeline.utterances(block))):
                segment = renderer.segment(block, n)
                assert segment is not None
                pcm += bytes(timeline.start(block, n) * 2 - len(pcm)) + segment.pcm
        pcm += bytes(timeline.duration * 2 - len(pcm))
    heard = decoded(tmp_path / f"a{suffix}")
    assert np.array_equal(np.round(heard * 32768), np.frombuffer(bytes(pcm), np.int16))
    assert summary.seconds == pytest.approx(len(pcm) / 2 / RATE)


@pytest.mark.parametrize("suffix", [".m4b", ".m4a", ".opus", ".flac"])
def test_ffprobe_finds_the_chapters_and_no_fault(made: Path, suffix: str) -> None:
    require("ffprobe")
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(made / f"a{suffix}")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not run.stderr
    found = json.loads(run.stdout)
    assert [chapter["tags"]["title"] for chapter in found["chapters"]][1:] == ["Part one", "Part two"]
    starts = [float(chapter["start_time"]) for chapter in found["chapters"]]
    assert starts[0] == 0 < starts[1] < starts[2]
    length = len(decoded(made / "a.wav")) / RATE
    assert float(found["format"]["duration"]) == pytest.approx(length, abs=1024 / RATE)
    tags = {name.lower(): value for name, value in found["format"].get("tags", {}).items()}
    if suffix != ".opus":
        assert tags["artist"] == "Ann Müller" and tags["date"] == "2025-02-14"


def test_an_audiobook_says_what_it_is(made: Path) -> None:
    tags = MP4(made / "a.m4b").tags
    assert tags["\xa9nam"] == [load(str(ARTICLE)).title] and tags["\xa9ART"] == ["Ann Müller"]
    assert tags["stik"] == [2] and "stik" not in MP4(made / "a.m4a").tags
    assert "Hegseth defended" in tags["\xa9lyr"][0]
    assert [chapter.title for chapter in MP4(made / "a.m4b").chapters][1:] == ["Part one", "Part two"]
    with Image.open(BytesIO(bytes(tags["covr"][0]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1400, 1400))
    whole = (made / "a.m4b").read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat"), "it plays while it is being fetched"


def test_a_wav_has_a_title_and_cue_points(made: Path) -> None:
    require("mediainfo", "ffprobe")
    told = subprocess.run(
        ["mediainfo", "--Output=JSON", str(made / "a.wav")], capture_output=True, text=True, check=True
    )
    general = json.loads(told.stdout)["media"]["track"][0]
    assert general["Title"] == load(str(ARTICLE)).title
    command = ["ffprobe", "-v", "error", "-show_format", "-of", "json", str(made / "a.wav")]
    tags = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["format"]["tags"]
    assert (tags["title"], tags["artist"], tags["date"]) == (load(str(ARTICLE)).title, "Ann Müller", "2025-02-14")
    with wave.open(str(made / "a.wav")) as file:
        assert file.getnframes() == len(decoded(made / "a.wav"))
    data = (made / "a.wav").read_bytes()
    points = data.index(b"cue ", file.getnframes() * 2)
    assert struct.unpack_from("<II", data, points + 4) == (4 + 24 * 3, 3)
    assert b"labl" in data[points:] and b"Part two\0" in data[points:]


def test_an_audiobook_says_its_language_and_narrator(made: Path) -> None:
    require("ffprobe")
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(made / "a.m4b")]
    streams = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["streams"]
    assert next(s for s in streams if s["codec_type"] == "audio")["tags"]["language"] == "eng"
    assert MP4(made / "a.m4b").tags["\xa9nrt"] == ["pyttsx3:en-us"] == mutagen.File(made / "a.flac").tags["narrator"]


@pytest.mark.parametrize("suffix", [".opus", ".ogg", ".flac"])
def test_comments_and_cover_are_read_back(made: Path, suffix: str) -> None:
    file = mutagen.File(made / f"a{suffix}")
    assert file.tags["title"] == [load(str(ARTICLE)).title] and file.tags["artist"] == ["Ann Müller"]
    assert file.tags["CHAPTER001NAME"] == ["Part one"] and file.tags["CHAPTER000"] == ["00:00:00.000"]
    if isinstance(file, FLAC):
        picture = file.pictures[0]
    else:
        picture = Picture(base64.b64decode(file.tags["METADATA_BLOCK_PICTURE"][0]))
    with Image.open(BytesIO(picture.data)) as image:
        assert image.size == (1400, 1400)


@pytest.mark.parametrize("chapters", [0, 90])
def test_comments_stand_in_the_place_that_opus_keeps_for_them(tmp_path: Path, tone_engine: str, chapters: int) -> None:
    """Else every page behind them would be written again."""
    story = story_of(*("A paragraph of this story." for _ in range(max(chapters, 3))))
    parts = tuple(Section(n, f"Kapitel {n}: große Fälle", 1) for n in range(chapters))
    export(replace(story, sections=parts), tmp_path / "a.opus", tmp_path / "cache", tone_engine)
    file = mutagen.File(tmp_path / "a.opus")
    assert ("CHAPTER089NAME" in file.tags) == (chapters == 90)
    left: list[int] = []
    file.save(padding=lambda info: left.append(info.padding) or info.padding)
    assert 0 <= left[0] < 200


@pytest.mark.parametrize("suffix", EACH)
def test_the_same_story_is_the_same_file_cold_or_warm(tmp_path: Path, tone_engine: str, suffix: str) -> None:
    story = story_of(*(f"Paragraph number {n} of this story is here." for n in range(10)))
    for name, cache in (("a", "one"), ("b", "one"), ("c", "other")):
        export(story, tmp_path / f"{name}{suffix}", tmp_path / cache, tone_engine)
    first = (tmp_path / f"a{suffix}").read_bytes()
    assert (tmp_path / f"b{suffix}").read_bytes() == first
    assert (tmp_path / f"c{suffix}").read_bytes() == first


@pytest.mark.parametrize("suffix", EACH)
def test_cancelling_leaves_nothing(tmp_path: Path, tone_engine: str, suffix: str) -> None:
    story = story_of(*(f"Paragraph number {n} of this story is here." for n in range(30)))
    stop = Event()

    def at_half(progress: Progress) -> None:
        if progress.done * 2 > progress.total:
            stop.set()

    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer), pytest.raises(Cancelled):
        export_story(timeline, renderer, tmp_path / f"a{suffix}", progress=at_half, cancelled=stop)
    assert not list(tmp_path.glob("*a.*")) and not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("suffix", ALL)
def test_a_very_short_story_is_a_file_of_its_kind(tmp_path: Path, tone_engine: str, suffix: str) -> None:
    summary = export(story_of("* * *", "One word."), tmp_path / f"a{suffix}", tmp_path / "cache", tone_engine)
    assert mutagen.File(tmp_path / f"a{suffix}").info.length == pytest.approx(summary.seconds, abs=0.1)


def test_the_bit_rate_can_be_chosen(tmp_path: Path, tone_engine: str) -> None:
    story = story_of(*(f"Paragraph number {n} of this story is here." for n in range(5)))
    for suffix, low, high in ((".m4a", 24, 96), (".opus", 12, 64)):
        sizes = []
        for rate in (low, high):
            path = tmp_path / f"{rate}{suffix}"
            export(story, path, tmp_path / "cache", tone_engine, options=Options(bitrate=rate))
            sizes.append(path.stat().st_size)
        assert sizes[0] < sizes[1]
    for suffix, most in ((".m4b", 96), (".opus", 256)):
        export(story, tmp_path / f"a{suffix}", tmp_path / "cache", tone_engine, options=Options(bitrate=most))
        with pytest.raises(UsageError, match=f"at most {most}"):
            export(story, tmp_path / f"b{suffix}", tmp_path / "cache", tone_engine, options=Options(bitrate=most + 1))
        assert not list(tmp_path.glob("*b.*"))


@pytest.mark.quick
def test_a_chapter_says_of_which_book_it_is(tmp_path: Path, tone_engine: str) -> None:
    story: Story = replace(story_of("Words."), part_of=PartOf("The Book", 3, 12))
    export(story, tmp_path / "a.m4b", tmp_path / "cache", tone_engine)
    tags = MP4(tmp_path / "a.m4b").tags
    assert (tags["\xa9alb"], tags["trkn"]) == (["The Book"], [(3, 12)])
    export(story, tmp_path / "a.opus", tmp_path / "cache", tone_engine)
    assert mutagen.File(tmp_path / "a.opus").tags["album"] == ["The Book"]


def test_whoever_encodes_the_file_is_the_same(made: Path, tmp_path: Path) -> None:
    """In other processes, as on other machines; whoever gave them ends them."""
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes,
        studio(article(), made / "cache") as (timeline, renderer),
    ):
        for suffix in (".mp3", ".opus"):
            renderer.segments.store = MemoryCache()
            export_story(timeline, renderer, tmp_path / f"here{suffix}")
            renderer.segments.store = MemoryCache()
            export_story(timeline, renderer, tmp_path / f"there{suffix}", encoders=Encoders(processes, 1))
            assert (tmp_path / f"there{suffix}").read_bytes() == (tmp_path / f"here{suffix}").read_bytes()
        assert processes.submit(len, "abc").result() == 3
