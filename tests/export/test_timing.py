"""Times of sentences and words, as every export writes them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import webvtt
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from player.audio.timeline import Timeline
from player.export import export_story
from player.export.text.timing import timed_sentences
from player.story.model import Story
from player.story.opening import load
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import studio


def _article() -> Story:
    """The user's article to its half, with a second heading."""
    story = load(str(ARTICLE))
    heading = replace(story.blocks[0], text="What followed")
    return replace(story, blocks=(*story.blocks[:4], heading, *story.blocks[4:6]))


def _rendered(story: Story, cache: Path, engine: str = "pyttsx3") -> Timeline:
    with studio(story, cache, engine) as (timeline, renderer):
        for block in range(len(timeline.script)):
            for n in range(len(timeline.utterances(block))):
                renderer.segment(block, n)
    return timeline


@pytest.mark.parametrize("engine", ["pyttsx3", "hibari"])
def test_words_follow_one_another_on_paper_and_in_time(engine: str, tmp_path: Path) -> None:
    timeline = _rendered(_article(), tmp_path, engine)
    sentences = list(timed_sentences(timeline))
    assert [(s.block, s.index) for s in sentences] == sorted({(s.block, s.index) for s in sentences})
    end = 0
    for sentence in sentences:
        assert end <= sentence.first < sentence.last <= timeline.duration
        end, at = sentence.last, (sentence.span.start, sentence.first)
        assert sentence.words and not sentence.estimated
        for word in sentence.words:
            assert at[0] <= word.span.start < word.span.end <= sentence.span.end
            assert at[1] <= word.first <= word.last <= sentence.last
            at = (word.span.end, word.last)


def test_a_word_sounds_where_the_player_says(tmp_path: Path) -> None:
    timeline = _rendered(story_of("The fee rose to $3.5bn in May. Nobody paid it."), tmp_path)
    first, _ = timed_sentences(timeline)
    text = timeline.script.story.blocks[0].text
    said = {text[slice(*word.span)]: word for word in first.words}
    assert "$3.5bn" in said, "said as five words, written as one"
    for word in first.words:
        middle = (word.first + word.last) // 2
        heard = timeline.word_at(timeline.at(middle))
        assert heard is not None
        assert word.span.start <= heard.span.start < heard.span.end <= word.span.end


def _milliseconds(clock: str) -> int:
    """Of "01:02:03.004"."""
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


@pytest.mark.parametrize("speed", [1.0, 1.7])
def test_a_word_has_the_same_time_in_every_format(speed: float, tmp_path: Path) -> None:
    with studio(_article(), tmp_path / "cache", speed=speed) as (timeline, renderer):
        for suffix in (".mp3", ".opus", ".m4b", ".json", ".vtt", ".srt", ".lrc"):
            export_story(timeline, renderer, tmp_path / f"a{suffix}")
    told = json.loads((tmp_path / "a.json").read_text())
    first = [word["first"] for block in told["blocks"] for said in block["sentences"] for word in said["words"]]
    milliseconds = [round(seconds * 1000) for seconds in first]
    tags = MP3(tmp_path / "a.mp3").tags
    assert [at for _, at in tags.getall("SYLT")[0].text] == milliseconds
    for cues in (webvtt.read(tmp_path / "a.vtt"), webvtt.from_srt(tmp_path / "a.srt")):
        assert {_milliseconds(cue.start) for cue in cues} <= set(milliseconds)
    times = re.findall(r"<(\d+):(\d+)\.(\d+)>(?!\n)", (tmp_path / "a.lrc").read_text())
    assert [int(m) * 6000 + int(s) * 100 + int(c) for m, s, c in times] == [round(seconds * 100) for seconds in first]
    starts = [round(chapter["start"] * 1000) for chapter in told["chapters"]]
    assert len(starts) == 2 and sorted(tag.start_time for tag in tags.getall("CHAP")) == starts
    comments = OggOpus(tmp_path / "a.opus")
    assert [_milliseconds(comments[f"CHAPTER{n:03}"][0]) for n in range(len(starts))] == starts
    assert [round(chapter.start * 1000) for chapter in MP4(tmp_path / "a.m4b").chapters or ()] == starts


def test_what_says_nothing_has_no_time(tmp_path: Path) -> None:
    timeline = _rendered(story_of("One.", "* * *", "Two."), tmp_path)
    assert [s.block for s in timed_sentences(timeline)] == [0, 2]
