"""The story with its times as JSON: what a program reads back is the timeline, to the sample."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from player.audio.timeline import Timeline
from player.export import export_story
from player.export.metadata.chapters import chapters
from player.export.text.timing import timed_sentences
from player.speech.choosing.registry import profile
from player.speech.engine import WordMark
from player.story.model import Block, BlockKind, Story
from player.story.opening import load
from player.utterance.script import Script
from tests.support.stories import ARTICLE, story_of
from tests.support.studio import export, studio


def read(file: Path) -> Any:
    return json.loads(file.read_bytes())


def exported(story: Story, folder: Path, engine: str) -> Any:
    export(story, folder / "a.json", folder / "cache", engine)
    return read(folder / "a.json")


@pytest.fixture(scope="module", params=["pyttsx3", "hibari"])
def article(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Timeline, Any]:
    """The user's article: (timeline, what was read back)."""
    folder = tmp_path_factory.mktemp("article")
    with studio(load(str(ARTICLE)), folder / "cache", request.param) as (timeline, renderer):
        export_story(timeline, renderer, folder / "a.json")
        return timeline, read(folder / "a.json")


def test_every_time_is_the_timelines_to_the_sample(article: tuple[Timeline, Any]) -> None:
    timeline, found = article
    rate = found["sample_rate"]
    assert rate == timeline.rate

    def sample(seconds: float) -> int:
        return round(seconds * rate)

    assert sample(found["duration"]) == timeline.duration
    sentences = [(n, sentence) for n, block in enumerate(found["blocks"]) for sentence in block["sentences"]]
    for (block, read_back), meant in zip(sentences, timed_sentences(timeline), strict=True):
        assert (block, read_back["estimated"]) == (meant.block, meant.estimated)
        assert (read_back["start"], read_back["end"]) == meant.span
        assert (sample(read_back["first"]), sample(read_back["last"])) == (meant.first, meant.last)
        words = [(w["start"], w["end"], sample(w["first"]), sample(w["last"])) for w in read_back["words"]]
        assert words == [(*word.span, word.first, word.last) for word in meant.words]


def test_spans_are_the_words_as_written(article: tuple[Timeline, Any]) -> None:
    timeline, found = article
    assert [block["text"] for block in found["blocks"]] == [block.text for block in timeline.script.story.blocks]
    (sentence,) = found["blocks"][0]["sentences"]
    text = found["blocks"][0]["text"]
    assert text[sentence["start"] : sentence["end"]] == text
    assert [text[w["start"] : w["end"]] for w in sentence["words"]][-3:] == ["Ukraine", "Says", "Hegseth"]


def test_chapters_begin_where_their_blocks_sound(article: tuple[Timeline, Any]) -> None:
    timeline, found = article
    story = timeline.script.story
    assert [(c["block"], c["title"]) for c in found["chapters"]] == [tuple(c) for c in chapters(story)]
    assert not found["chapters"], "the article has no headings"
    for chapter, following in pairwise(found["chapters"]):
        assert chapter["start"] <= found["blocks"][chapter["block"]]["sentences"][0]["first"] < following["start"]


def test_it_says_what_the_story_is(tmp_path: Path, tone_engine: str) -> None:
    story = replace(
        story_of("Hello.", title="Tea – “hot”"),
        byline="A. Writer",
        published="2025-02-13",
        source="https://me:secret@example.org/tea?cup=1",
    )
    found = exported(story, tmp_path, tone_engine)
    assert list(found) == [
        *("format", "version", "title", "byline", "published", "language", "source"),
        *("sample_rate", "voice", "speed", "duration", "chapters", "notes", "blocks"),
    ]
    assert (found["format"], found["version"], found["speed"]) == ("listen-to-story", 1, 1.0)
    assert (found["title"], found["byline"], found["published"]) == ("Tea – “hot”", "A. Writer", "2025-02-13")
    assert (found["language"], found["source"]) == ("en", "https://example.org/tea?cup=1")


def test_all_blocks_are_there_also_those_that_say_nothing(tmp_path: Path, tone_engine: str) -> None:
    blocks = (
        Block(BlockKind.HEADING, "A title", 1),
        Block(BlockKind.LIST_ITEM, "An item", 2),
        Block(BlockKind.PARAGRAPH, "* * *"),
        Block(BlockKind.QUOTATION, "Said. And said."),
    )
    found = exported(replace(story_of("x"), blocks=blocks), tmp_path, tone_engine)["blocks"]
    assert [(b["kind"], b["level"], b["text"], len(b["sentences"])) for b in found] == [
        ("heading", 1, "A title", 1),
        ("list item", 2, "An item", 1),
        ("paragraph", 0, "* * *", 0),
        ("quotation", 0, "Said. And said.", 2),
    ]


def test_a_story_that_says_nothing_is_still_json(tmp_path: Path, tone_engine: str) -> None:
    found = exported(story_of("* * *"), tmp_path, tone_engine)
    assert [block["sentences"] for block in found["blocks"]] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        '"}]} , {"x": 1} \\" \\u0041 </script>',
        "🏳️‍🌈 flag and 👩‍👩‍👧 here",
        "שלום and مرحبا there",
        "東京で。会見を開き、話した。",
    ],
)
def test_text_of_any_kind_comes_back_as_it_was(text: str, tmp_path: Path, tone_engine: str) -> None:
    (block,) = exported(story_of(text), tmp_path, tone_engine)["blocks"]
    assert block["text"] == text
    for sentence in block["sentences"]:
        assert all(text[w["start"] : w["end"]].strip() for w in sentence["words"])


def test_estimated_times_say_so(tmp_path: Path) -> None:
    timeline = Timeline(Script(story_of("Two words. More here.")).spoken_by(profile("pyttsx3").manner), 8000)
    timeline.put(0, 0, 8000, [WordMark(0, 3, 0, 4000), WordMark(4, 9, 4000, 8000)], estimated=True)
    timeline.put(0, 1, 8000, [WordMark(0, 4, 0, 4000)])
    with studio(timeline.script.story, tmp_path / "cache") as (_, renderer):
        export_story(timeline, renderer, tmp_path / "a.json")
    (block,) = read(tmp_path / "a.json")["blocks"]
    assert [sentence["estimated"] for sentence in block["sentences"]] == [True, False]


def test_the_same_story_gives_the_same_bytes(tmp_path: Path) -> None:
    story = story_of("One sentence is here. Another one follows it!", "And a last paragraph.")
    export(story, tmp_path / "a.json", tmp_path / "one")
    export(story, tmp_path / "b.json", tmp_path / "two")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
