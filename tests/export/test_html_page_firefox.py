"""The exported page in Firefox: it plays, and what sounds is lit, with the sound in it and beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.export import Options, export_story
from player.sources import SAMPLE
from player.story.opening import load
from tests.support.firefox import firefox
from tests.support.studio import studio

_FOLLOWED = """
const sound = document.getElementById("sound"), turn = () => new Promise(requestAnimationFrame);
const lit = () => String([...(CSS.highlights.get("sentence") ?? [])]);
document.querySelector("#listen button").click();
while (!sound.currentTime) await turn();
sound.pause();
for (const [sentence, moment] of arguments[0]) {
  sound.currentTime = moment;
  for (const end = performance.now() + 60000; lit() !== sentence; await turn()) {
    if (performance.now() > end) throw Error(`${lit()} at ${moment}`);
  }
}
return sound.currentSrc.split(".").at(-1);
"""
"""Plays, goes to each sentence and waits until it is lit; returns the end of the sound's address."""


@pytest.mark.apart
def test_firefox_plays_and_lights_the_sentences(tmp_path: Path) -> None:
    (tmp_path / "split").mkdir()
    with (
        studio(load(str(SAMPLE)), tmp_path / "cache") as (timeline, renderer),
        firefox(tmp_path / "profile") as browser,
    ):
        export_story(timeline, renderer, tmp_path / "whole.html")
        files = [tmp_path / "split" / f"page{suffix}" for suffix in (".html", ".opus", ".mp3")]
        for file in files:
            export_story(timeline, renderer, file, Options(split=True), beside=files)
        story = timeline.script.story
        wanted: dict[str, float] = {}
        for block in range(len(story.blocks)):
            for number, utterance in enumerate(timeline.utterances(block)):
                start, end = timeline.script.sentences(block)[utterance.sentence].span
                wanted.setdefault(
                    story.blocks[block].text[start:end], timeline.start(block, number) / timeline.rate + 0.2
                )
        browser.go((tmp_path / "whole.html").as_uri())
        browser.do(_FOLLOWED, list(wanted.items()))
        browser.go((tmp_path / "split" / "page.html").as_uri())
        assert browser.do(_FOLLOWED, list(wanted.items())) == "opus"
