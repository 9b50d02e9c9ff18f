"""A voice for each language of a story: real voices, started when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from player.audio.rendering.renderer import Renderer
from player.audio.segment import Segment
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.casting import Names, cast, foreign_voices
from player.audio.voicing.process import VoiceProcess
from player.speech.choosing.by_language import voice_for
from player.speech.process.host import Worker
from player.speech.process.workers import SpeechWorker
from player.story.model import Block, BlockKind, LanguageSpan, Story
from player.utterance.script import Script
from tests.support.waiting import wait_until

TEXT = "She said “je ne sais pas quoi dire” to the keeper."
FRENCH = LanguageSpan(TEXT.index("je"), TEXT.index("”"), "fr")
STORY = Story(
    "Tongues",
    (
        Block(BlockKind.PARAGRAPH, "The rain came late."),
        Block(BlockKind.PARAGRAPH, TEXT, languages=(FRENCH,)),
        Block(BlockKind.PARAGRAPH, "Der Regen kam am Abend in die Stadt.", language="de"),
    ),
    language="en",
)


@dataclass
class Heard:
    renderer: Renderer
    started: list[tuple[str, str, str]]
    running: list[SpeechWorker]
    notices: list[str] = field(default_factory=list)

    def segment(self, block: int, n: int) -> Segment:
        found = self.renderer.segment(block, n)
        assert found is not None
        return found


@contextmanager
def heard(
    cache: Path,
    narrator: str = "pyttsx3",
    *,
    story: Story = STORY,
    voices: dict[str, str] | None = None,
    ahead: int = 1,
    rest_after: float = 60.0,
) -> Iterator[Heard]:
    started: list[tuple[str, str, str]] = []
    running: list[SpeechWorker] = []
    notices: list[str] = []

    def start(engine: str, voice: str, language: str) -> SpeechWorker:
        started.append((engine, voice, language))
        running.append(Worker.start(engine, voice, language))
        return running[-1]

    def wanted(language: str) -> tuple[Names | None, Names | None]:
        names = voice_for(language, "en", voices=voices or {}, engine="pyttsx3", chosen="")
        return names, names

    first = VoiceProcess.start(narrator, "", "en", start)
    casting = cast(foreign_voices(story, "en", wanted, start))
    spoken = Script(story).spoken_by(first.manner, casting.roles)
    voicing = first.voicing()
    timeline = Timeline(spoken, voicing.rate)
    renderer = Renderer(
        timeline, voicing, DiskCache(cache), casting=casting, ahead=ahead, rest_after=rest_after, notify=notices.append
    )
    with closing(renderer):
        yield Heard(renderer, started, running, notices)


def test_each_language_is_said_by_its_own_voice_with_every_word_marked_in_order(tmp_path: Path) -> None:
    with heard(tmp_path) as one:
        timeline = one.renderer.timeline
        for block, languages in enumerate((["en"], ["en", "fr", "en"], ["de"])):
            assert [u.language for u in timeline.utterances(block)] == languages
            for n in range(len(languages)):
                assert one.segment(block, n).samples
        assert one.started == [("pyttsx3", "", language) for language in ("en", "fr", "de")]
        words = [word for n in range(3) for word in timeline.words(1, n)]
        assert " ".join(TEXT[slice(*w.span)].strip("“”.") for w in words) == TEXT.replace("“", "").replace("”", "")[:-1]
        assert [w.span for w in words] == sorted(w.span for w in words)
        assert not one.notices


def test_the_words_sound_as_in_a_story_in_their_language(tmp_path: Path) -> None:
    said = TEXT[slice(*FRENCH[:2])]
    with heard(tmp_path) as one, Worker.start("pyttsx3", "", "fr") as voice:
        expected = voice.render(f"“{said}”")
        segment = one.segment(1, 1)
        assert abs(segment.samples - len(expected.pcm) // 2) < segment.rate // 50
        assert [mark[:2] for mark in segment.marks] == [mark[:2] for mark in expected.marks]
        quiet, loud = sorted(_decibels(each) for each in (segment, one.segment(0, 0), one.segment(2, 0)))[::2]
        assert loud - quiet < 3


def _decibels(segment: Segment) -> float:
    samples = np.frombuffer(segment.pcm, np.int16).astype(float)
    return 20 * float(np.log10(np.sqrt(np.mean(samples**2))))


def test_a_voice_starts_when_its_words_are_near_and_ends_at_rest(tmp_path: Path) -> None:
    with heard(tmp_path, rest_after=0.3) as one:
        one.segment(0, 0)
        assert len(one.started) == 1
        one.segment(1, 1)
        assert [language for _, _, language in one.started][:2] == ["en", "fr"]
        wait_until(lambda: not any(worker.alive for worker in one.running), "all to rest")  # type: ignore[attr-defined]
        assert one.segment(2, 0).samples


def test_a_voice_of_another_engine_is_brought_to_the_timelines_rate(tone_engine: str, tmp_path: Path) -> None:
    with heard(tmp_path, voices={"fr": "tone:octave"}) as one:
        segment = one.segment(1, 1)
        assert segment.rate == one.renderer.timeline.rate != 16_000
        assert ("tone", "octave", "fr") in one.started


def test_the_narrator_goes_on_where_another_voice_does_not_work(tone_engine: str, tmp_path: Path) -> None:
    with heard(tmp_path, voices={"fr": "tone:nobody"}) as one:
        assert one.segment(1, 1).samples
        (notice,) = one.notices
        assert "tone:nobody" in notice and "(fr)" in notice


def test_the_narrator_takes_over_from_a_voice_that_breaks(tone_engine: str, tmp_path: Path) -> None:
    (tmp_path / "tone-state" / "broken").touch()
    with heard(tmp_path / "cache", voices={"fr": "tone:octave"}) as one:
        assert one.segment(1, 1).samples and one.segment(1, 2).samples
        (notice,) = one.notices
        assert "tone:octave" in notice


def test_the_narrator_speaks_a_language_that_nobody_has(tmp_path: Path) -> None:
    story = Story("Odd", (Block(BlockKind.PARAGRAPH, "Some words nobody knows.", language="tlh"),), language="en")
    with heard(tmp_path, story=story) as one:
        assert one.segment(0, 0).samples
        assert not one.notices


def test_voices_by_language_are_matched_by_the_most_specific_tag() -> None:
    voices = {"en": "pyttsx3:en-us", "en-GB": "pyttsx3:en-gb", "de": "pyttsx3:de", "fr-CA": "pyttsx3:fr"}

    def wanted(language: str, story: str = "en-US", engine: str | None = None) -> tuple[str, str] | None:
        return voice_for(language, story, voices=voices, engine=engine, chosen="")

    assert wanted("en-GB") == ("pyttsx3", "en-gb")
    assert wanted("en-AU") is None and wanted("en-US", "en-GB") == ("pyttsx3", "en-us")
    assert wanted("de-AT") == ("pyttsx3", "de")
    assert wanted("fr-FR", engine="pyttsx3") == ("pyttsx3", "")
    assert wanted("fr-CA-x-quebec") == ("pyttsx3", "fr")
