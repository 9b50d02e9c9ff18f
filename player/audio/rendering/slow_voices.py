"""Voices that are rendered more slowly than they play: measured, and told of once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from threading import Lock

from player.audio.rendering.fallback import Where
from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.speech.choosing.registry import quicker
from player.speech.engine import Speech
from player.speech.options import Options
from player.story.language_tag import language_of, same_language

SLOW = 8.0
"""Seconds of speech rendered per second. Slower voices read ahead with all their workers: the listener may play at
triple speed, and skip."""
_TELLING = 1.0
"""Seconds of speech from which an utterance tells a voice's speed: what each costs besides weighs in short ones."""


class SlowVoices:
    """The speeds of one renderer's voices. Methods may be called from any thread."""

    def __init__(
        self,
        timeline: Timeline,
        voicings: Voicings,
        notify: Callable[[str], None],
        engines: Mapping[str, Options],
    ) -> None:
        """`engines` are {engine: its options}."""
        self._timeline = timeline
        self._voicings = voicings
        self._notify = notify
        self._engines = engines
        self._lock = Lock()
        self._fastest: dict[int, float] = {}
        self._told: set[int] = set()

    def took(self, role: int, seconds: float, speech: Speech | None) -> None:
        """Remember how long a role's voice took for an utterance; None is forgotten. The first counts for nothing: it
        waits for the voice to be loaded."""
        if speech is None:
            return
        length = len(speech.pcm) / 2 / speech.sample_rate
        with self._lock:
            known = self._fastest.get(role)
            if known is None or length >= _TELLING:
                self._fastest[role] = 0.0 if known is None else max(known, length / max(seconds, 1e-6))

    def speed(self, role: int) -> float:
        """Return how many seconds of speech a role's voice renders per second: what its engine says of itself, or less
        if even its fastest utterance took longer."""
        with self._lock:
            return min(self._voicings.profiles[role].speed, self._fastest.get(role) or inf)

    def fell_behind(self, where: Where) -> None:
        """Tell the listener, once for each voice, that a slow one was not ready with an utterance in time, and which
        engine would be."""
        said = self._timeline.utterances(where[0])[where[1]]
        role = self._voicings.role(said.role)
        voicing = self._voicings.known(role)
        if voicing is None or self.speed(role) >= SLOW:
            return
        with self._lock:
            told = role in self._told
            self._told.add(role)
        if not told:
            voice = voicing.hello.voice
            advice = self._advice(role, said.language, quicker(said.language, SLOW, self._engines, but=voice.engine))
            self._notify(f"The voice {voice.id} is rendered more slowly than it plays{advice}")

    def _advice(self, role: int, language: str, faster: str) -> str:
        """Return how to choose an engine that is fast enough; empty when there is none."""
        if not faster:
            return ""
        if not role:
            return f"; --engine {faster} keeps up (in the player: v)"
        if same_language(language, self._timeline.script.language):
            return f"; a voice of {faster} keeps up"
        return f'; {language_of(language)} = "{faster}" in [voices] of the settings file keeps up'
