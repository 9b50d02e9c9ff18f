"""Sentences that cannot be said: an export names them and leaves no file, or leaves them out when told to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player.errors import ExportError
from player.export import Options, export_story
from tests.support.stories import story_of
from tests.support.studio import export, studio

SKIP = Options(skip_unspeakable=True)


@pytest.mark.parametrize(("suffix", "count"), [("mp3", 1), ("mp3", 6), ("vtt", 6)])
def test_sentences_that_fail_fail_the_export(suffix: str, count: int, tmp_path: Path, tone_engine: str) -> None:
    story = story_of("All is well.", *(f"I REFUSE {n} times." for n in range(count)), "The end.")
    out = tmp_path / f"out.{suffix}"
    with pytest.raises(ExportError) as caught:
        export(story, out, tmp_path / "cache", tone_engine)
    said = "1 sentence could" if count == 1 else "6 sentences could"
    more = "" if count == 1 else ", “I REFUSE 1 times.”, “I REFUSE 2 times.” and 3 more"
    assert caught.value.message == f"{said} not be said: “I REFUSE 0 times.”{more} (the tone engine does not say this)"
    assert "--skip-unspeakable" in caught.value.hint
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    summary = export(story, out, tmp_path / "cache", tone_engine, options=SKIP)
    assert summary.left_out == f"Left out: {caught.value.message}"
    assert out.stat().st_size == summary.bytes


def test_they_fail_every_format(tmp_path: Path, tone_engine: str) -> None:
    story = story_of("All is well.", "I REFUSE it.", "The end.")
    with studio(story, tmp_path / "cache", tone_engine) as (timeline, renderer):
        for suffix in ("wav", "vtt", "json", "epub", "html", "lrc"):
            out = tmp_path / f"out.{suffix}"
            with pytest.raises(ExportError, match=r"1 sentence could not be said: “I REFUSE it\.”"):
                export_story(timeline, renderer, out)
            assert not out.exists()
            summary = export_story(timeline, renderer, out, SKIP)
            assert summary.left_out.startswith("Left out: 1 sentence")
            assert out.stat().st_size == summary.bytes


def test_what_a_voice_cannot_read_is_told_before_anything_is_rendered(tmp_path: Path) -> None:
    with studio(story_of("你好，世界。这是一个故事。"), tmp_path / "cache") as (timeline, renderer):
        with pytest.raises(ExportError) as caught:
            export_story(timeline, renderer, tmp_path / "a.mp3")
        assert timeline.speech(0, 0) is None
    assert "does not read Chinese characters" in caught.value.message
    assert "--voice pyttsx3:cmn" in caught.value.hint
    assert not (tmp_path / "a.mp3").exists()


def test_every_written_word_has_a_time_in_order_also_those_that_are_not_said(tmp_path: Path, tone_engine: str) -> None:
    text = "One SILENT two. Three four MUTE five."
    export(story_of(text), tmp_path / "a.json", tmp_path / "cache", tone_engine, options=SKIP)
    (block,) = json.loads((tmp_path / "a.json").read_text())["blocks"]
    words = [word for sentence in block["sentences"] for word in sentence["words"]]
    written = ["One", "SILENT", "two", "Three", "four", "MUTE", "five"]
    assert [text[word["start"] : word["end"]] for word in words] == written
    assert [word["first"] == word["last"] for word in words] == [True, True, True, False, False, True, False]
    times = [time for word in words for time in (word["first"], word["last"])]
    assert times == sorted(times)
