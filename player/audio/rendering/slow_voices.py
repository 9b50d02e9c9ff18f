"""Voices that are rendered more slowly than they play: measured, and told of once each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from threading import Lock

from player.audio.rendering.fallback import Where
from player.audio.timeline import Timeline
from player.audio.voicing.voicings import Voicings
from player.notices import ToldOnce
from player.speech.engine import Speech
from player.speech.options import Options
from player.speech.speeds import SLOW, Watch, is_slow, least, quicker
from player.story.language_tag import language_of, same_language


class SlowVoices:
    """The speeds of one renderer's voices. Methods may be called from any thread."""

    def __init__(
        self,
        timeline: Timeline,
        voicings: Voicings,
        notify: Callable[[str], None],
        engines: Mapping[str, Options],
        told: ToldOnce,
    ) -> None:
        """`engines` are {engine: its options}."""
        self._timeline = timeline
        self._voicings = voicings
        self._notify = notify
        self._engines = engines
        self._lock = Lock()
        self._watches = defaultdict[int, Watch](Watch)
        self._told = told

    def took(self, role: int, seconds: float, speech: Speech | None) -> None:
        """Remember how long a role's voice took for an utterance; None is forgotten."""
        if speech is not None:
            with self._lock:
                self._watches[role].took(seconds, speech)

    def is_slow(self, role: int) -> bool:
        """Return True if a role's voice takes notable time to render a sentence, as far as its engine tells and was
        seen before."""
        voicing = self._voicings.known(role)
        return self._voicings.profiles[role].speed < SLOW if voicing is None else is_slow(voicing.hello.voice)

    def fell_behind(self, where: Where) -> None:
        """Tell the listener, once for each voice, that a slow one was not ready with an utterance in time, and which
        engine would be."""
        said = self._timeline.utterances(where[0])[where[1]]
        role = self._voicings.role(said.role)
        voicing = self._voicings.known(role)
        if voicing is None:
            return
        voice = voicing.hello.voice
        with self._lock:
            usual = least(voice)
            slow = min(usual, self._watches[role].fastest or usual) < SLOW
        if slow and not self._told.knows_slow(voice.id):
            advice = self._advice(role, said.language, quicker(said.language, self._engines, but=voice.engine))
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
