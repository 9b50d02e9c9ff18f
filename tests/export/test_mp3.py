"""The MP3 that people take along: as long as the timeline, the same sound, tags and chapters that programs read."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import tracemalloc
from array import array
from dataclasses import replace
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from mutagen.mp3 import MP3
from numpy.typing import NDArray

from player.errors import ExportError, UsageError
from player.export import LEAD_SECONDS, Cancelled, Options, Progress, Summary, check_target, export_story
from player.export.sound.cache_chunks import chunks
from player.export.sound.mp3_frames import Layout, frames
from player.export.sound.mp3_sound import BITRATE, QUALITY, _Coding, _encode
from player.export.text.timing import rounded
from player.speech.choosing.registry import profile
from player.story.model import Block, BlockKind, Section, Story
from player.story.opening import load
from player.utterance.script import Script
from tests.support.programs import require
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export, studio

FRAME = 576
"""Samples of an MP3 frame at the voices' rates: lengths may differ by one."""


def decoded(file: Path) -> NDArray[np.float64]:
    """What a gapless player plays."""
    with av.open(str(file)) as container:
        parts = [frame.to_ndarray().ravel() for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float64)


def rendered(story: Story, cache: Path) -> NDArray[np.float64]:
    """The timeline's own samples, -1 to 1."""
    with studio(story, cache) as (timeline, renderer):
        pcm = bytearray()
        for block in range(len(story.blocks)):
            for utterance in range(len(timeline.utterances(block))):
                segment = renderer.segment(block, utterance)
                assert segment is not None
                pcm += bytes(timeline.start(block, utterance) * 2 - len(pcm)) + segment.pcm
        pcm += bytes(timeline.duration * 2 - len(pcm))
    return np.frombuffer(bytes(pcm), np.int16) / 32768


def chunk_files(cache: Path) -> set[str]:
    return {path.name for path in cache.rglob("*.frames")}


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> tuple[Story, Path, Path, Summary]:
    """The user's article, exported once: (story, file, cache, summary)."""
    folder = tmp_path_factory.mktemp("article")
    story = load(str(ARTICLE))
    return story, folder / "a.mp3", folder / "cache", export(story, folder / "a.mp3", folder / "cache")


def test_it_sounds_like_the_timeline_sample_for_sample(article: tuple[Story, Path, Path, Summary]) -> None:
    story, file, cache, summary = article
    heard, meant = decoded(file), rendered(story, cache)
    assert summary.seconds == pytest.approx(len(meant) / 22050)
    assert_same_sound(heard, meant)


def test_a_paragraph_of_an_hour_is_joined_from_parts_between_its_sentences(tmp_path: Path) -> None:
    texts = [block.text for block in load(str(ARTICLE)).blocks]
    story = story_of(
        "One paragraph before.", " ".join([*texts, *texts[1:5]]), "# And a heading", "One paragraph after."
    )
    summary = export(story, tmp_path / "a.mp3", tmp_path / "cache")
    assert len(chunk_files(tmp_path / "cache")) > 3
    heard, meant = decoded(tmp_path / "a.mp3"), rendered(story, tmp_path / "cache")
    assert summary.seconds == pytest.approx(len(meant) / 22050)
    assert_same_sound(heard, meant)
    (chapter,) = [tag for tag in MP3(tmp_path / "a.mp3").tags.getall("CHAP") if "heading" in str(tag.sub_frames)]
    with studio(story, tmp_path / "cache") as (timeline, renderer):
        for utterance in range(len(timeline.utterances(1))):
            renderer.segment(1, utterance)
        renderer.segment(0, 0)
        assert chapter.start_time == rounded(timeline.start(2), timeline.rate, 1000)


def test_a_long_paragraph_kept_in_part_is_as_long_as_it_was(tmp_path: Path, tone_engine: str) -> None:
    texts = [f"Sentence {n} is of some length." for n in range(100)]
    export(story_of(" ".join(texts)), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    before = chunk_files(tmp_path / "cache")
    texts[-1] = "The last sentence is another."
    summary = export(story_of(" ".join(texts)), tmp_path / "b.mp3", tmp_path / "cache", tone_engine)
    assert len(chunk_files(tmp_path / "cache") - before) == 1
    export(story_of(" ".join(texts)), tmp_path / "c.mp3", tmp_path / "other", tone_engine)
    assert (tmp_path / "b.mp3").read_bytes() == (tmp_path / "c.mp3").read_bytes()
    assert abs(len(decoded(tmp_path / "b.mp3")) - round(summary.seconds * 16_000)) <= FRAME


def assert_same_sound(heard: NDArray[np.float64], meant: NDArray[np.float64]) -> None:
    """As long to within a frame, not one sample early or late, and different by no more than an encoder's noise."""
    assert abs(len(heard) - len(meant)) <= FRAME
    assert not meant[len(heard) :].any()  # what is missing is silence
    meant = meant[: len(heard)]
    size = 2 << len(heard).bit_length()  # a power of two, which is quick
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(meant, size))
    assert int(np.argmax(np.fft.irfft(spectrum))) == 0
    assert np.corrcoef(heard, meant)[0, 1] > 0.99
    spoken = np.concatenate(([0], np.cumsum(meant != 0)))
    quiet = spoken[2000:] == spoken[:-2000]  # 1000 samples of silence on either side
    assert np.abs(heard[1000 : len(quiet) + 1000][quiet]).max() < 0.002  # joints lie in silence, where nothing is heard


def test_joined_chunks_decode_to_what_one_encoding_gives(
    article: tuple[Story, Path, Path, Summary], tmp_path: Path
) -> None:
    story, file, cache, _ = article
    meant = rendered(story, cache)
    assert len(list(chunks(Script(story, language="en").spoken_by(profile("pyttsx3").manner)))) > 3
    layout = Layout.of(22050)
    pcm = (meant * 32768).astype(np.int16).tobytes()
    (tmp_path / "one.mp3").write_bytes(b"".join(_encode(_Coding(layout, BITRATE, QUALITY), pcm)))
    one = decoded(tmp_path / "one.mp3")[1105 : 1105 + len(meant)]  # LAME's delay and the decoder's
    joined = decoded(file)[: len(one)]
    one = one[: len(joined)]
    noise, codec = np.std(joined - one), np.std(one - meant[: len(one)])
    assert noise < codec  # two encodings differ by less than either differs from the original


def test_programs_read_it_without_a_warning(article: tuple[Story, Path, Path, Summary]) -> None:
    require("mpg123", "ffprobe")
    _, file, _, summary = article
    played = subprocess.run(["mpg123", "-t", str(file)], capture_output=True, text=True)
    assert played.returncode == 0
    assert not [line for line in played.stderr.splitlines() if "arning" in line or "rror" in line]
    command = ["ffprobe", "-v", "warning", "-show_format", "-show_chapters", "-of", "json", str(file)]
    probed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert probed.stderr == ""
    told = json.loads(probed.stdout)
    assert float(told["format"]["duration"]) == pytest.approx(summary.seconds, abs=FRAME / 22050 + 1e-5)
    assert told["chapters"] == [], "the article has no headings"
    tags = told["format"]["tags"]
    assert tags["album"] == tags["title"] and tags["composer"] == tags["NARRATOR"] == "pyttsx3:en-us"
    assert MP3(file).info.length == pytest.approx(summary.seconds, abs=FRAME / 22050 + 1e-5)


def test_the_sum_of_mpg123s_samples_is_the_timelines(
    article: tuple[Story, Path, Path, Summary], tmp_path: Path
) -> None:
    require("mpg123")
    _, file, _, summary = article
    subprocess.run(["mpg123", "-q", "-w", str(tmp_path / "a.wav"), str(file)], check=True)
    with av.open(str(tmp_path / "a.wav")) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    assert abs(samples - round(summary.seconds * 22050)) <= FRAME


@pytest.mark.quick
def test_tags_and_chapters_say_what_the_story_is(tmp_path: Path, tone_engine: str) -> None:
    blocks = (
        Block(BlockKind.HEADING, "The “title” [of] it", 1),
        Block(BlockKind.PARAGRAPH, "First words."),
        Block(BlockKind.HEADING, "Part one", 2),
        Block(BlockKind.PARAGRAPH, "Second words."),
        Block(BlockKind.HEADING, "Part two", 2),
        Block(BlockKind.PARAGRAPH, "Third words."),
    )
    story = Story("The “title” [of] it", blocks, "Ann Müller", "2026-03-14", "de-AT", "https://example.org/s", "x")
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    tags = MP3(tmp_path / "a.mp3").tags
    assert tags.version == (2, 4, 0)
    assert str(tags["TIT2"]) == "The “title” [of] it"
    assert str(tags["TPE1"]) == "Ann Müller"
    assert str(tags["TDRC"]) == "2026-03-14"
    assert str(tags["TLAN"]) == "deu"
    assert str(tags["COMM::deu"]) == "https://example.org/s"
    found = [tags[f"CHAP:{name}"] for name in tags["CTOC:toc"].child_element_ids]
    assert [str(c.sub_frames["TIT2"]) for c in found] == ["The “title” [of] it", "Part one", "Part two"]
    assert [c.start_time for c in found][1:] == [c.end_time for c in found][:-1]
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        for block in range(6):
            renderer.segment(block, 0)
        assert [c.start_time for c in found] == [
            rounded(at, timeline.rate, 1000) for at in (0, timeline.start(2), timeline.start(4))
        ]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://ann:secret@example.org:81/s?page=2#top", "https://example.org:81/s?page=2#top"),
        (os.fsdecode(b"/home/ann/caf\xe9.txt"), "caf.txt"),
        ("/home/ann/two\nlines\x1b[31m.txt", "two lines.txt"),
        ("-", None),
    ],
)
def test_tags_from_hostile_hands_are_plain_lines(
    tmp_path: Path, tone_engine: str, source: str, told: str | None
) -> None:
    heading = Block(BlockKind.HEADING, "Words \x00of \x1b[31mone block", 1)
    said = Block(BlockKind.PARAGRAPH, "They are said.")
    blocks = (said, heading, said)
    story = Story("Ti\x00tle\n\x1b]0;x\x07more\udce9", blocks, "By\x00\nme", "", "e\x00", source, "x")
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    tags = MP3(tmp_path / "a.mp3").tags
    assert tags["TIT2"].text == ["Title more"]
    assert tags["TPE1"].text == ["By me"]
    assert [comment.text for comment in tags.getall("COMM")] == ([[told]] if told else [])
    assert tags["CHAP:chp0"].sub_frames["TIT2"].text == ["Title more"]
    assert tags["CHAP:chp1"].sub_frames["TIT2"].text == ["Words of one block"]


def test_every_word_stands_in_the_tag_with_its_time(article: tuple[Story, Path, Path, Summary]) -> None:
    story, file, cache, _ = article
    tags = MP3(file).tags
    (lyrics,), (synced,) = tags.getall("USLT"), tags.getall("SYLT")
    assert lyrics.text.split("\n\n") == [block.text for block in story.blocks]
    said = "".join(text for text, _ in synced.text)
    assert " ".join(said.split()) == " ".join(block.text for block in story.blocks)
    times = [time for _, time in synced.text]
    assert times == sorted(times) and len(times) > 300
    with studio(story, cache) as (timeline, renderer):
        for block in range(len(story.blocks)):
            for utterance in range(len(timeline.utterances(block))):
                renderer.segment(block, utterance)
        for text, time in synced.text[::40]:
            place = timeline.at(time * timeline.rate // 1000 + timeline.rate // 500)
            word = timeline.word_at(place)
            assert word is not None
            assert story.blocks[place.block].text[slice(*word.span)].startswith(text.split()[0].strip("“”‘.,"))


def test_its_loudness_is_told_as_it_is_measured(article: tuple[Story, Path, Path, Summary]) -> None:
    require("ffmpeg")
    _, file, _, _ = article
    tags = MP3(file).tags
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(file), "-af", "ebur128=peak=sample", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    loudness = float(re.findall(r"I:\s+(-[\d.]+) LUFS", told)[-1])
    gain = str(tags["TXXX:REPLAYGAIN_TRACK_GAIN"])
    assert gain.endswith(" dB") and float(gain[:-3]) == pytest.approx(-18 - loudness, abs=0.15)
    peak = float(np.abs(decoded(file)).max())
    assert float(str(tags["TXXX:REPLAYGAIN_TRACK_PEAK"])) == pytest.approx(peak, abs=0.02)


def test_a_chapter_says_of_which_book_it_is(tmp_path: Path, tone_engine: str) -> None:
    story = replace(story_of("# One", "Words.", "# Two", "More."), sections=(Section(0, "One"), Section(2, "Two")))
    export(story.chapter(1), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    tags = MP3(tmp_path / "a.mp3").tags
    assert (str(tags["TIT2"]), str(tags["TALB"]), str(tags["TRCK"])) == ("Two", "A test", "2/2")


def test_a_chapter_shares_what_is_encoded_with_its_book(tmp_path: Path, tone_engine: str) -> None:
    blocks = [f"Paragraph number {n} of this book is here, and it is as long as a line." for n in range(40)]
    story = replace(story_of(*blocks), sections=(Section(0, "One"), Section(13, "Two"), Section(27, "Three")))
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    kept = chunk_files(tmp_path / "cache")
    export(story.chapter(1), tmp_path / "b.mp3", tmp_path / "cache", tone_engine)
    assert chunk_files(tmp_path / "cache") == kept


def test_the_bit_rate_can_be_chosen(tmp_path: Path, tone_engine: str) -> None:
    story = story_of("Some words in one sentence.")
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine, options=Options(bitrate=32, quality=2))
    assert MP3(tmp_path / "a.mp3").info.bitrate == 32_000
    assert "quality 2" in str(MP3(tmp_path / "a.mp3").tags["TSSE"])
    with pytest.raises(UsageError, match="no 65 kbit/s"):
        export(story, tmp_path / "b.mp3", tmp_path / "cache", tone_engine, options=Options(bitrate=65))
    assert not (tmp_path / "b.mp3").exists()


def test_it_can_be_faster_at_the_same_pitch(tmp_path: Path) -> None:
    story = story_of("Some words in one sentence.", "And some more of them in another one.")
    plain = export(story, tmp_path / "a.mp3", tmp_path / "cache")
    fast = export(story, tmp_path / "b.mp3", tmp_path / "cache", speed=1.5)
    lead = -(-int(LEAD_SECONDS * 22_050) // 1152) * 1152 / 22_050
    assert fast.seconds - lead == pytest.approx((plain.seconds - lead) / 1.5, rel=0.02)
    slow_words, quick_words = (dict(MP3(tmp_path / name).tags.getall("SYLT")[0].text) for name in ("a.mp3", "b.mp3"))
    assert quick_words.keys() == slow_words.keys()
    for word, time in quick_words.items():
        assert time - 1000 * lead == pytest.approx((slow_words[word] - 1000 * lead) / 1.5, abs=60)
    assert max(quick_words.values()) / 1000 < MP3(tmp_path / "b.mp3").info.length


def test_the_tag_names_the_encoder(tmp_path: Path, tone_engine: str) -> None:
    export(story_of("One."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    assert f"{BITRATE} kbit/s" in str(MP3(tmp_path / "a.mp3").tags["TSSE"])


def test_a_chapter_is_named_in_a_language_without_blanks(tmp_path: Path, tone_engine: str) -> None:
    export(story_of("# One", "One.", "# " + "한" * 90, "Two."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    title = str(MP3(tmp_path / "a.mp3").tags["CHAP:chp1"].sub_frames["TIT2"])
    assert title.startswith("한한한")
    assert title.endswith("한…")
    assert len(title) <= 60


def test_a_file_name_is_told_without_its_folders(tmp_path: Path, tone_engine: str) -> None:
    story = story_of("Words.")
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    (comment,) = MP3(tmp_path / "a.mp3").tags.getall("COMM")
    assert str(comment) == "test"


def test_the_same_story_gives_the_same_bytes_cold_or_warm(tmp_path: Path) -> None:
    story = load(str(ARTICLE))
    story = Story(story.title, story.blocks[:4], language="en", source="x", identity="x")
    export(story, tmp_path / "a.mp3", tmp_path / "one")
    export(story, tmp_path / "b.mp3", tmp_path / "one")
    export(story, tmp_path / "c.mp3", tmp_path / "other")
    first = (tmp_path / "a.mp3").read_bytes()
    assert (tmp_path / "b.mp3").read_bytes() == first
    assert (tmp_path / "c.mp3").read_bytes() == first


def test_a_changed_sentence_encodes_one_chunk(tmp_path: Path, tone_engine: str) -> None:
    paragraphs = [f"Paragraph number {n} has some words. " * 6 for n in range(30)]
    export(story_of(*paragraphs), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    before = chunk_files(tmp_path / "cache")
    assert len(before) > 5
    paragraphs[11] = paragraphs[11].replace("some words", "other words", 1)
    export(story_of(*paragraphs), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    assert 1 <= len(chunk_files(tmp_path / "cache") - before) <= 2


def test_a_chunk_with_a_sentence_missing_is_not_kept(tmp_path: Path, tone_engine: str) -> None:
    skip = Options(skip_unspeakable=True)
    story = story_of("One REFUSE two.", "Three.")
    export(story, tmp_path / "a.mp3", tmp_path / "cache", tone_engine, options=skip)
    assert chunk_files(tmp_path / "cache") == set()


def test_a_damaged_chunk_is_encoded_anew(tmp_path: Path, tone_engine: str) -> None:
    export(story_of("One two three."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    (file,) = (tmp_path / "cache").rglob("*.frames")
    file.write_bytes(file.read_bytes()[:-10])
    export(story_of("One two three."), tmp_path / "b.mp3", tmp_path / "cache", tone_engine)
    assert (tmp_path / "b.mp3").read_bytes() == (tmp_path / "a.mp3").read_bytes()


@pytest.mark.parametrize("when", [0.0, 0.5])
def test_cancelling_leaves_nothing_but_the_old_file(tmp_path: Path, tone_engine: str, when: float) -> None:
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "a.mp3"
    target.write_bytes(b"old")
    cancelled = Event()

    def progress(progress: Progress) -> None:
        if progress.done >= when * progress.total:
            cancelled.set()

    story = story_of(*(f"Paragraph number {n} has some words. " * 6 for n in range(30)))
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer), pytest.raises(Cancelled):
        export_story(timeline, renderer, target, progress=progress, cancelled=cancelled)
    assert [path.name for path in target.parent.iterdir()] == ["a.mp3"]
    assert target.read_bytes() == b"old"


def _came(path: Path) -> None:
    path.write_bytes(b"other's")


def test_a_name_that_was_free_replaces_no_file_that_came_meanwhile(tmp_path: Path, tone_engine: str) -> None:
    target = tmp_path / "out" / "a.mp3"
    target.parent.mkdir()
    with studio(story_of("Some words."), tmp_path / "cache", tone_engine) as (timeline, renderer):
        assert export_story(timeline, renderer, target, new=True).bytes == target.stat().st_size
        target.unlink()
        with pytest.raises(ExportError, match="meanwhile"):
            export_story(timeline, renderer, target, new=True, progress=lambda _: _came(target))
    assert target.read_bytes() == b"other's"
    assert [path.name for path in target.parent.iterdir()] == ["a.mp3"]


def test_closing_the_player_meanwhile_leaves_no_story_with_holes(tmp_path: Path, tone_engine: str) -> None:
    story = story_of(*(f"Paragraph number {n} has some words. " * 6 for n in range(30)))
    target = tmp_path / "out" / "a.mp3"
    target.parent.mkdir()
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):

        def progress(progress: Progress) -> None:
            if progress.done >= progress.total // 3:
                renderer.close()

        with pytest.raises(Cancelled):
            export_story(timeline, renderer, target, progress=progress)
    assert list(target.parent.iterdir()) == []
    export(story, target, tmp_path / "cache", tone_engine)  # with what was kept of the first attempt
    export(story, tmp_path / "clean.mp3", tmp_path / "other", tone_engine)
    assert target.read_bytes() == (tmp_path / "clean.mp3").read_bytes()


@pytest.mark.parametrize("shape", ["paragraphs", "one paragraph"])
def test_a_long_story_takes_no_more_memory_than_a_short_one(tmp_path: Path, tone_engine: str, shape: str) -> None:
    def peak(sentences: int) -> int:
        each = sentences if shape == "one paragraph" else 9
        texts = [f"Sentence {n} of it tells more than a few words can tell." for n in range(sentences)]
        story = story_of(*(" ".join(texts[n : n + each]) for n in range(0, sentences, each)))
        with studio(story, tmp_path / str(sentences), tone_engine) as (timeline, renderer):
            renderer.segment(0, 0)  # what is loaded once is none of the story's
            tracemalloc.start()
            try:
                export_story(timeline, renderer, tmp_path / "a.mp3")
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    assert peak(300) < 1.5 * peak(100)


def test_progress_grows_to_the_whole(tmp_path: Path, tone_engine: str) -> None:
    seen: list[Progress] = []
    story = story_of(*(f"Paragraph number {n} has some words. " * 6 for n in range(40)))
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        export_story(timeline, renderer, tmp_path / "a.mp3", progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1].done == seen[-1].total
    assert len(seen) > 40 * 6  # after every sentence


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.xyz", ".mp3"),
        ("a", ".mp3"),
        ("no/a.mp3", "no folder"),
        ("folder.mp3", "is a folder"),
        ("a" * 400 + ".mp3", "no name"),
    ],
)
def test_a_target_that_cannot_be_is_told_before_any_work(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder.mp3").mkdir()
    with pytest.raises(UsageError, match=says):
        check_target(tmp_path / name)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that not even root can write to: /proc")
def test_a_folder_that_cannot_be_written_to_is_told_before_any_work(tmp_path: Path, tone_engine: str) -> None:
    with (
        studio(story_of("One REFUSE."), tmp_path / "cache", tone_engine) as (timeline, renderer),
        pytest.raises(ExportError, match="cannot be written"),
    ):
        export_story(timeline, renderer, Path("/proc/a.mp3"))
    assert timeline.speech(0, 0) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits on the size of a file")
def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    """No file may grow over 300 kB: enough for every file of the cache, not for the article."""
    (tmp_path / "out").mkdir()
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        "from player.__main__ import main; sys.exit(main())"
    )
    command = ["export", str(ARTICLE), "-o", str(tmp_path / "out" / "a.mp3"), "--engine", "pyttsx3"]
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", limited, *command], capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be written (File too large)" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_full_disk_says_where_to_make_room(tmp_path: Path, tone_engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    (tmp_path / "waiting").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "waiting"))
    with pytest.raises(ExportError, match="No space left") as failed:
        export(story_of("Some words."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    assert str(tmp_path / "waiting") in failed.value.hint
    assert not list(tmp_path.glob("*a.mp3"))


def test_what_a_link_points_to_is_replaced(tmp_path: Path, tone_engine: str) -> None:
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "a.mp3").write_bytes(b"old")
    (tmp_path / "a.mp3").symlink_to(tmp_path / "phone" / "a.mp3")
    export(story_of("One."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    assert (tmp_path / "a.mp3").is_symlink()
    assert MP3(tmp_path / "phone" / "a.mp3").info.length > 0


def test_what_a_killed_export_left_is_cleaned_up(tmp_path: Path, tone_engine: str) -> None:
    left, other = tmp_path / ".listen-0123456789abcdef.new", tmp_path / ".listen-to-me.new"
    left.write_bytes(b"half")
    other.write_bytes(b"another program's")
    export(story_of("One."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    assert not left.exists()
    assert other.read_bytes() == b"another program's"


def test_a_file_gets_the_permissions_of_any_other(tmp_path: Path, tone_engine: str) -> None:
    export(story_of("One."), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    (tmp_path / "plain").write_text("")
    assert (tmp_path / "a.mp3").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_book_has_no_more_chapters_than_a_tag_can_count(tmp_path: Path, tone_engine: str) -> None:
    export(story_of(*(f"# A {n}." for n in range(600))), tmp_path / "a.mp3", tmp_path / "cache", tone_engine)
    tags = MP3(tmp_path / "a.mp3").tags
    assert 100 < len(tags["CTOC:toc"].child_element_ids) <= 255


@pytest.mark.parametrize("rate", [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
def test_a_stream_is_cut_into_frames_of_the_right_length(rate: int) -> None:
    layout = Layout.of(rate)
    tone = array("h", [int(9000 * np.sin(n * 0.05)) for n in range(layout.samples * 20)])
    cut = _encode(_Coding(layout, BITRATE, QUALITY), tone.tobytes())
    assert len(cut) >= 20
    assert abs(len(b"".join(cut)) * 8 * rate / (len(cut) * layout.samples) - BITRATE * 1000) < 500
    with pytest.raises(ValueError):
        list(frames(b"\0" + cut[0]))
