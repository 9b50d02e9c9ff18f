"""The neural engine hibari-tts: one English voice inside a wheel, with word times from the model's own durations."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from player.speech import english
from player.speech.english.corrections import Piece
from player.speech.english.marks import Timed, marks
from player.speech.kit import (
    Addable,
    Engine,
    EngineError,
    Profile,
    Speech,
    Voice,
    VoicePart,
    finish,
    voice_folder,
)
from player.speech.network import Network
from player.utterance.manner import Reads
from player.versions import version

_REVISION = 3
"""Raise it when a change here changes the sound or its marks."""
_RATE = 24_000
_FRAME = 600
"""Samples per unit of the model's durations."""
_LATE = 1_200
"""Samples (50 ms) by which the durations lag behind the sound: measured against forced alignment."""
_LONGEST = 400
"""Phonemes the model takes in one pass: the package's own limit."""
_WARMING_UP = "One."
"""Said to nobody: it imports and compiles what the first sentence would else wait for (0.04 s)."""
_DURATIONS = "/Clip_output_0"
"""The graph's inner tensor of frames per phoneme, in version 0.2.1."""
_ADDRESS = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices"
"""Where the package's other voices are, as its own downloader has it."""


class _Told(NamedTuple):
    """What the package's registry says of a voice."""

    language: str
    accent: str
    gender: str
    file: str
    size: int
    sha256: str
    bundled: bool
    is_british: bool


def _registry() -> dict[str, _Told]:
    """Return the package's voices by their names; none without the package."""
    try:
        told = json.loads((english.assets() / "voices.json").read_text("utf-8"))
        return {
            name: _Told(
                v["language"], v["accent"], v["gender"], v["file"], v["bytes"], v["sha256"], v["bundled"], v["british"]
            )
            for name, v in told.items()
        }
    except (EngineError, OSError, ValueError, KeyError, TypeError):
        return {}


def _addable() -> Sequence[Addable]:
    """Return the package's voices that are no part of it."""
    return [
        Addable(
            engine=HibariEngine.name,
            name=name,
            language=told.language,
            gender=told.gender,
            quality=_QUALITY,
            licence=_LICENCE,
            address=_ADDRESS,
            parts=(VoicePart(told.file, told.size, told.sha256),),
        )
        for name, told in _registry().items()
        if not told.bundled
    ]


_LICENCE, _QUALITY = "Apache-2.0", "high"
_FIRST = "heart"
"""The voice inside the package."""


class _Token(NamedTuple):
    """A piece of normalised text with its phoneme ids."""

    text: str
    ids: tuple[int, ...]
    blanks: tuple[int, ...]
    """Ids of the white space after it."""


def _voice(name: str) -> Voice:
    told = _registry()[name]
    return Voice(
        engine="hibari",
        name=name,
        language=told.language,
        sample_rate=_RATE,
        gender=told.gender,
        licence=_LICENCE,
        description=f"neural, {told.accent} English",
        quality=_QUALITY,
        size=told.size,
    )


def _graph(told: _Told) -> Path:
    """Return where the network of an added voice is."""
    return voice_folder(HibariEngine.name) / told.file


class HibariEngine(Engine):
    """The engine: about a hundred times as fast as speech on one core; 130 MB."""

    name = "hibari"
    profile = Profile(
        languages={"en": 80},
        voices=("heart", "emma", "fenrir", "fable", "kore"),
        addable=_addable,
        needs=("hibari", "onnxruntime", "numpy"),
        install="pip install 'listen-to-story[neural]'",
        speed=50,
        loudness=-25.5,
        manner=replace(english.MANNER, reads=english.MANNER.reads | {Reads.IPA}),
    )

    def __init__(self) -> None:
        self._package = version(english.PACKAGE)
        self.version = f"hibari-tts {self._package} r{_REVISION}"
        self._network: Any = None
        self._phonemes: Any = None
        self._vocabulary: dict[str, int] = {}

    def voices(self) -> Sequence[Voice]:
        """Return the voice inside the package, and those that were added."""
        there = [name for name, told in _registry().items() if not told.bundled and _graph(told).is_file()]
        return [_voice(name) for name in (_FIRST, *there)]

    def load(self, voice: Voice) -> None:
        """Load the model and, beside it, the dictionaries: 0.3 s, the first time 0.6 s. Raises EngineError."""
        from concurrent.futures import ThreadPoolExecutor

        # Set before numpy is imported, whose threads would keep other cores busy for 0.1 s, unused.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        assets = english.assets()
        with ThreadPoolExecutor(1) as pool:
            told = _registry()[voice.name]
            loading = pool.submit(english.EnglishPhonemes, is_british=told.is_british)
            try:
                graph = assets / told.file if told.bundled else _graph(told)
                key = f"{graph.name} {graph.stat().st_size} {self._package}"
                self._network = Network(self.name, key, graph.read_bytes, _DURATIONS)
                self._vocabulary = json.loads((assets / "vocab.json").read_text("utf-8"))
            except OSError as e:
                raise EngineError(f"the model of the voice {voice.name} cannot be read ({e})") from e
            self._phonemes = loading.result()
        self.render(_WARMING_UP, voice)

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance at speed 1, with the same noise each time. Raises EngineError."""
        import numpy as np

        normalized, pieces = self._phonemes.pieces(text)
        parts, said = [], list[Timed]()
        samples = 0
        for batch in _batches([self._token(piece) for piece in pieces]):
            wave, edges = self._say(batch)
            for token, (first, last) in zip(batch, edges, strict=True):
                said.append(Timed(token.text, bool(token.ids), first + samples, last + samples))
            parts.append(wave)
            samples += len(wave)
        if not parts:
            return Speech(b"", _RATE, ())
        pcm = (np.clip(np.concatenate(parts), -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        return finish(pcm, _RATE, text, marks(text, normalized, said, samples) if self._network.is_timed else None)

    def _token(self, piece: Piece) -> _Token:
        known = self._vocabulary
        ids, blanks = (tuple(known[c] for c in text if c in known) for text in (piece.phonemes, piece.blanks))
        return _Token(piece.text, ids, blanks)

    def _say(self, tokens: Sequence[_Token]) -> tuple[Any, list[tuple[int, int]]]:
        """Return the sound as float32, and the first and last sample of each token."""
        import numpy as np
        from hibari import dsp

        ids = [0, *(i for t in tokens for i in (*t.ids, *t.blanks)), 0]
        feed = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([1.0], np.float32)}
        outputs = self._network.run(feed)
        durations = outputs.pop().ravel().tolist() if self._network.is_timed else [0] * len(ids)
        wave = dsp.synth(*(output[0] for output in outputs), np.random.default_rng(0))
        edges = [max(round(e * _FRAME) - _LATE, 0) for e in accumulate(durations, initial=0)]
        timed, at = [], 1
        for token in tokens:
            end = at + len(token.ids)
            timed.append((edges[at], edges[end]))
            at = end + len(token.blanks)
        return wave, timed


def _batches(tokens: Iterable[_Token]) -> Iterator[list[_Token]]:
    """Yield runs of tokens within the model's limit; only those with something to say."""
    batch: list[_Token] = []
    size = 0
    for token in tokens:
        size += len(token.ids) + len(token.blanks)
        if size > _LONGEST and batch:
            yield batch
            batch, size = [], len(token.ids) + len(token.blanks)
        batch.append(token)
    if any(t.ids and any(c.isalnum() for c in t.text) for t in batch):
        yield batch
