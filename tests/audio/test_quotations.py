"""Quotations in a voice of their own: who is heard, where, and what it costs the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from player.audio.rendering.renderer import Renderer
from player.audio.segment import Segment
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.speech.choosing.registry import profile
from player.story.model import Block, BlockKind, Story
from player.utterance.script import Script
from tests.support.casting import quoted_by

STORY = Story(
    "Said and quoted",
    (
        Block(BlockKind.PARAGRAPH, "She wrote this down."),
        Block(BlockKind.QUOTATION, "Absolutely nothing. Nothing at all."),
        Block(BlockKind.PARAGRAPH, "She wrote this down."),
    ),
    language="en",
)


def _said(
    cache: Path, narrator: tuple[str, str], quoting: tuple[str, str] | None
) -> tuple[Timeline, list[tuple[Segment, str]]]:
    """(timeline, [(segment, its key)]) of all utterances, in order."""
    processes = [VoiceProcess.start(*names, "en") for names in (narrator, quoting) if names is not None]
    voicings = [one.voicing() for one in processes]
    casting = quoted_by(voicings[1] if quoting else None)
    script = Script(STORY, language="en").spoken_by(profile(narrator[0]).manner, casting.roles)
    timeline = Timeline(script, voicings[0].rate)
    renderer = Renderer(timeline, voicings[0], DiskCache(cache), casting=casting)
    try:
        found = []
        for block in range(len(script)):
            for n in range(len(script.utterances(block))):
                segment = renderer.segment(block, n)
                assert segment is not None
                found.append((segment, renderer.segments.key((block, n))))
        return timeline, found
    finally:
        renderer.close()
        for one in processes:
            one.first.kill()


def _pitch(segment: Segment, first: int, last: int) -> float:
    """In Hz, by the strongest frequency."""
    samples = np.frombuffer(segment.pcm, np.int16)[first:last].astype(float)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 15))
    return float(np.argmax(spectrum)) * segment.rate / (1 << 15)


def test_only_quotations_are_in_the_other_voice(tone_engine: str, tmp_path: Path) -> None:
    _, alone = _said(tmp_path, ("tone", "sine"), None)
    _, both = _said(tmp_path, ("tone", "sine"), ("tone", "octave"))
    assert [s.pcm for s, _ in both][::3] == [s.pcm for s, _ in alone][::3]
    for (low, _), (high, _) in zip(alone[1:3], both[1:3], strict=True):
        assert low.marks == high.marks
        mark = low.marks[0]
        ratio = _pitch(high, mark.first, mark.last) / _pitch(low, mark.first, mark.last)
        assert abs(ratio - 2) < 0.02


def test_another_rate_is_brought_to_the_timelines(tone_engine: str, tmp_path: Path) -> None:
    _, alone = _said(tmp_path, ("tone", "sine"), None)
    timeline, both = _said(tmp_path, ("pyttsx3", ""), ("tone", "sine"))
    assert [s.rate for s, _ in both] == [timeline.rate] * 4
    (slow, slow_key), (fast, fast_key) = alone[1], both[1]
    assert abs(fast.samples / timeline.rate - slow.samples / slow.rate) < 0.002
    assert [timeline.words(1, 0)[0].span, fast.marks[-1].last] == [slow.marks[0][:2], fast.samples]
    for before, after in zip(slow.marks, fast.marks, strict=True):
        assert abs(_pitch(fast, after.first, after.last) - _pitch(slow, before.first, before.last)) < 5
    assert fast_key == slow_key, "kept once for all stories, whatever the narrator's rate"


def test_without_one_the_narrator_says_all(tone_engine: str, tmp_path: Path) -> None:
    _, said = _said(tmp_path, ("tone", "sine"), None)
    assert len(said) == 4 and said[0][1] == said[3][1]
