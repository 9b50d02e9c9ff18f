"""Piper's voices, by onnxruntime directly: espeak-ng's phonemes in, sound and the length of each phoneme out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from player.errors import UsageError
from player.speech.engines.piper_engine.network_input import Input, spelled
from player.speech.engines.piper_engine.voice_files import VoiceFile, addable, folder_of_voices, installed
from player.speech.kit import Engine, EngineError, Manner, Option, Profile, Reads, Speech, Voice, finish
from player.speech.options import Options
from player.story.language_tag import language_of
from player.versions import version

_REVISION = 1
"""Raise it when a change here changes the sound or its marks."""
_DURATIONS = "/Ceil_output_0"
"""The graph's inner tensor of frames per phoneme."""
_LONGEST = 400
"""Numbers in one pass: about 14 s. A longer sentence is divided behind a clause, as memory grows with the length."""
_PAUSE = 0.25
"""Seconds between two sentences of an utterance."""
_RANK = 50
"""Quality for the languages of installed voices: better than espeak-ng's 10, below hibari's 80 for English."""
_FAR_APART = (("pt-BR", "pt-PT"),)
"""Forms of a language that differ so much that each needs a voice of its own."""
_OTHER_RANK = 5
"""Quality of the one for the other: below espeak-ng's 10."""


def _languages(options: Options) -> dict[str, int]:
    """Return {language: quality} of the voices that are installed now."""
    tags = {voice.language for voice in _files(str(options.get("folder", "")))}
    apart = {tag: _OTHER_RANK for pair in _FAR_APART for tag in pair if not tags.isdisjoint(pair)}
    return apart | {language: _RANK for tag in tags for language in (tag, language_of(tag))}


def _files(folder: str) -> list[VoiceFile]:
    """Return the voices of the listener's folders, of which the options may name one, and of packages."""
    folders = [Path(folder).expanduser()] if folder else []
    return installed(*folders, folder_of_voices())


_OF_THE_CATALOGUE = ("thorsten", "northern_english_male", "davefx", "siwis", "paola", "pim", "gosia", "faber", "artur")
"""Short names of the voices that can be added, without reading the catalogue (9 ms)."""


class PiperEngine(Engine):
    """The engine: about eight times as fast as speech on one core, 360 MB for a voice of medium quality."""

    name = "piper"
    profile = Profile(
        languages_with=_languages,
        voices=("joe", *_OF_THE_CATALOGUE),
        needs=("onnxruntime", "numpy"),
        install="pip install 'listen-to-story[piper]'",
        options=(
            Option("folder", "", "Folder of Piper voices, beside the usual one.", changes_sound=False, is_place=True),
        ),
        addable=addable,
        speed=8,
        manner=Manner(frozenset({Reads.IPA, Reads.IT, Reads.LEADING_ZEROS, Reads.POINT_ZERO})),  # as espeak-ng
    )

    def __init__(self, *, folder: str = "") -> None:
        if folder and not Path(folder).expanduser().is_dir():
            message = f"folder in [engines.piper] is no folder: {folder!r}"
            raise UsageError(message, "name one with NAME.onnx files", setting=("engines", self.name, "folder"))
        self._folder = folder
        self.version = f"onnxruntime {version('onnxruntime')} espeakng-loader {version('espeakng-loader')} r{_REVISION}"
        self._file: VoiceFile
        self._speaker = 0
        self._network: Any = None
        self._phonemizer: Any = None

    def voices(self) -> Sequence[Voice]:
        """Return the voices of the folders and packages. Raises EngineError when there is none."""
        found = [voice for file in _files(self._folder) for voice in file.voices()]
        if not found:
            hint = f"listen voices add thorsten, or put NAME.onnx and NAME.onnx.json into {folder_of_voices()}"
            raise EngineError("no Piper voice is installed", hint)
        return found

    def load(self, voice: Voice) -> None:
        """Load the network: 0.5 s. Raises EngineError."""
        from player.speech.espeak.phonemes import Phonemizer
        from player.speech.network import Network

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would keep other cores busy, unused
        name, _, speaker = voice.name.partition("#")
        self._file = next(file for file in _files(self._folder) if file.name == name)
        self._speaker = self._file.speakers[speaker] if speaker else 0
        if self._file.espeak:
            self._phonemizer = Phonemizer(self._file.espeak)
        try:
            self._network = Network(self.name, voice.name, self._file.path.read_bytes, _DURATIONS, lean=True)
        except OSError as e:
            raise EngineError(f"the voice {name} cannot be read ({e})") from e

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of one utterance, the same each time. Raises EngineError."""
        import numpy as np

        from player.speech.espeak.word_marks import Timed, word_marks

        parts: list[Any] = []
        said: list[Timed] = []
        samples = 0
        for given in self._passes(text):
            wave, edges = self._say(given)
            said += (Timed(w.start, w.length, samples + edges[w.first], samples + edges[w.last]) for w in given.words)
            parts += (wave, np.zeros(round(_PAUSE * self._file.rate) if given.is_sentence else 0, np.float32))
            samples += len(wave) + len(parts[-1])
        if not parts:
            return Speech(b"", self._file.rate, ())
        pcm = (np.clip(np.concatenate(parts), -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        return finish(pcm, self._file.rate, text, word_marks(text, said) if self._network.is_timed else None)

    def _passes(self, text: str) -> Iterator[Input]:
        """Yield what the network is given: sentence by sentence, and nothing without a phoneme that it knows."""
        clauses = self._phonemizer.clauses(text) if self._phonemizer else spelled(text)
        one = Input(self._file)
        for clause in clauses:
            one.add(clause)
            if one.is_sentence or len(one.ids) > _LONGEST:
                if one.is_said:
                    yield one
                one = Input(self._file)
        if one.is_said:
            yield one

    def _say(self, given: Input) -> tuple[Any, list[int]]:
        """Return the sound as float32, and the first sample of each number of the input, and the last of all."""
        import numpy as np

        ids = given.whole()
        scales = [0.0, self._file.length_scale, 0.0]  # without noise, so that the bytes repeat
        feed = {
            "input": np.asarray([ids], np.int64),
            "input_lengths": np.asarray([len(ids)], np.int64),
            "scales": np.asarray(scales, np.float32),
        }
        if self._file.speakers:
            feed["sid"] = np.asarray([self._speaker], np.int64)
        wave, *more = (output.ravel() for output in self._network.run(feed))
        durations = more[-1].tolist() if self._network.is_timed else [0] * len(ids)
        return wave, [round(edge * self._file.hop) for edge in accumulate(durations, initial=0)]
