"""Exports for tests: a story rendered by a real engine and written to a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player.audio.rendering.renderer import Renderer
from player.audio.store.cache import DiskCache
from player.audio.timeline import Timeline
from player.audio.voicing.process import VoiceProcess
from player.export import DEFAULTS, LEAD_SECONDS, Options, Summary, export_story
from player.speech.choosing.registry import profile
from player.speech.sound.loudness import TARGET
from player.story.model import Story
from player.utterance.pauses import USUAL, Pauses
from player.utterance.script import Script
from tests.support.casting import quoted_by


@contextmanager
def studio(
    story: Story,
    cache: Path,
    engine: str = "pyttsx3",
    *,
    voice: str = "",
    speed: float = 1.0,
    language: str = "en",
    loudness: float = TARGET,
    quoting: str = "",
    pauses: Pauses = USUAL,
) -> Iterator[tuple[Timeline, Renderer]]:
    """Context: everything to render a story with."""
    narrator = VoiceProcess.start(engine, voice, language).voicing()
    second = VoiceProcess.start(quoting, "", language).voicing() if quoting else None
    casting = quoted_by(second)
    script = Script(story, language=language, pauses=pauses).spoken_by(profile(engine).manner, casting.roles)
    timeline = Timeline(script, narrator.rate, speed=speed).with_lead(LEAD_SECONDS)
    renderer = Renderer(timeline, narrator, DiskCache(cache), casting=casting, loudness=loudness)
    try:
        yield timeline, renderer
    finally:
        renderer.close()


def export(
    story: Story,
    target: Path,
    cache: Path,
    engine: str = "pyttsx3",
    *,
    speed: float = 1.0,
    language: str = "en",
    options: Options = DEFAULTS,
    loudness: float = TARGET,
    quoting: str = "",
) -> Summary:
    """Write a story to a file."""
    with studio(story, cache, engine, speed=speed, language=language, loudness=loudness, quoting=quoting) as (
        timeline,
        renderer,
    ):
        return export_story(timeline, renderer, target, options)
