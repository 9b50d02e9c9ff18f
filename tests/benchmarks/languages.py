"""How much of a voice's speech is understood in each language, and what it costs: eight sentences, heard by Whisper.

    python -m tests.benchmarks.languages MODEL [ENGINE ...] [--language fr] [--voice ff_siwis]

MODEL is a folder with a Whisper model as CTranslate2 reads it ("whisper-base" is what the figures are of). Needs
faster-whisper and zhconv beside the project. Errors are counted in words. Characters that sound alike (她 and 他) are
Whisper's guess, so Chinese is counted in syllables with their tones and Japanese in kana (without the extra
`kokoro-ja` in characters); Hindi, which it writes down as Urdu, in consonants.
"""

from __future__ import annotations

import re
import time
import unicodedata
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from player.errors import PlayerError
from player.speech.process.host import Worker
from tests.benchmarks.hearing import HEARING_RATE
from tests.benchmarks.hindi import consonants

SENTENCES = Path(__file__).with_name("heard.tsv")


def main() -> None:
    """Print a line for each language and engine."""
    parser = ArgumentParser(description="How much of a voice's speech is understood.")
    parser.add_argument("model", help="folder of a Whisper model")
    parser.add_argument("engines", nargs="*", default=["kokoro", "pyttsx3"])
    parser.add_argument("--language", default="")
    parser.add_argument("--voice", default="")
    asked = parser.parse_args()
    model = import_module("faster_whisper").WhisperModel(asked.model, device="cpu", compute_type="int8")
    for language, sentences in by_language().items():
        for engine in asked.engines if asked.language in ("", language) else ():
            try:
                print(report(model, engine, asked.voice, language, sentences), flush=True)
            except PlayerError as error:
                print(f"{language} {engine}: {error}", flush=True)


def by_language() -> dict[str, list[str]]:
    """The sentences of each language."""
    found: dict[str, list[str]] = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, sentence = line.split("\t")
            found.setdefault(language, []).append(sentence)
    return found


def report(model: Any, engine: str, voice: str, language: str, sentences: Sequence[str]) -> str:
    """What is understood of an engine's speech, its real-time factor, and the memory of its worker."""
    wrong = total = 0
    seconds = 0.0
    misheard = []
    with Worker.start(engine, voice, language) as worker:
        name = worker.hello().voice.name
        worker.render("")
        process = psutil.Process(worker.pid)
        before, began = cpu(process), time.perf_counter()
        spoken = [worker.render(sentence) for sentence in sentences]
        took, wall = cpu(process) - before, time.perf_counter() - began
        memory = process.memory_info().rss
    for sentence, speech in zip(sentences, spoken, strict=True):
        seconds += speech.samples / speech.sample_rate
        heard = understood(model, speech.pcm, speech.sample_rate, language)
        said, got = units(sentence, language), units(heard, language)
        errors = min(distance(said, got), len(said))  # Whisper may write on and on
        if errors:
            misheard.append(f"\n    {sentence}\n    {heard}")
        wrong, total = wrong + errors, total + len(said)
    return (
        f"{language} {engine}:{name}: {wrong} of {total} misheard ({wrong / total:.1%}); CPU {took / seconds:.2f}, "
        f"wall {wall / seconds:.2f} of real time; {memory / 1e6:.0f} MB{''.join(misheard)}"
    )


def cpu(process: psutil.Process) -> float:
    """CPU seconds of a process, and of the children it waited for."""
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def understood(model: Any, pcm: bytes, rate: int, language: str) -> str:
    """What Whisper writes for a sound."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    code = language.partition("-")[0]
    parts = model.transcribe(
        resampled(samples, rate),
        language=code,
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
    )[0]
    return "".join(part.text for part in parts).strip()


def resampled(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The sound as Whisper takes it."""
    import av

    frame = av.AudioFrame.from_ndarray(samples[None], "flt", "mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler("flt", "mono", HEARING_RATE)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([f.to_ndarray()[0] for f in frames])


def units(text: str, language: str) -> list[str]:
    """Words (Chinese: syllables; Hindi: consonants; Japanese: kana) without case and punctuation."""
    if language == "hi":
        return consonants(text)
    if language == "zh":
        text = import_module("zhconv").convert(text, "zh-cn")
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("-", " ")
    if language in ("ja", "zh"):
        characters = "".join(c for c in plain if c.isalnum())
        return kana(characters) if language == "ja" else syllables(characters)
    return re.findall(r"\w+", plain)


def syllables(characters: str) -> list[str]:
    """Pinyin with tones: "ta1", "da3", "kai1"."""
    pinyin = import_module("pypinyin")
    found: list[str] = pinyin.lazy_pinyin(
        characters, style=pinyin.Style.TONE3, neutral_tone_with_five=True, errors=lambda others: [*others]
    )
    return found


def kana(characters: str) -> list[str]:
    """Katakana as it sounds: 川 as "カ", "ワ"."""
    if find_spec("pyopenjtalk") is None:
        return [*characters]
    return [*import_module("pyopenjtalk").g2p(characters, kana=True)]


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest insertions, deletions and replacements."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(said, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


if __name__ == "__main__":
    main()
