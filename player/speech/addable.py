"""Voices that can be added: what an engine's catalogue says of each, and where its files go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VoicePart:
    """A file of a voice."""

    name: str
    """Its name in the folder of voices, a plain file name."""
    size: int
    """Size in bytes."""
    sha256: str
    """In hexadecimal digits."""
    url: str = ""
    """Where it is on the server, behind the catalogue's address; by default its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addable:
    """A voice of a catalogue."""

    engine: str
    name: str
    language: str
    """BCP 47."""
    gender: str
    """"female", "male" or empty when unknown."""
    quality: str
    """One or two words."""
    licence: str
    """SPDX expression of the voice's licence, or empty when unknown."""
    address: str
    """URL of the folder with its files, without a final slash."""
    parts: tuple[VoicePart, ...]
    """Its files; the last one makes it usable, and is put in place last."""

    @property
    def id(self) -> str:
        """Return the voice as `--voice` takes it: "engine:name"."""
        return f"{self.engine}:{self.name}"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(part.size for part in self.parts)

    @property
    def is_added(self) -> bool:
        """Return True if all files are there."""
        return all((voice_folder(self.engine) / part.name).is_file() for part in self.parts)


def voice_folder(engine: str = "") -> Path:
    """Return the user's folder of voices, or the part of it for one engine. It need not exist."""
    from platformdirs import PlatformDirs  # 0.01 s

    return Path(PlatformDirs("listen-to-story", appauthor=False).user_data_dir) / "voices" / engine


def read_catalogue(file: Path, engine: str) -> Sequence[Addable]:
    """Return the voices of an engine's catalogue, a TOML file.

    address = "https://example.org/voices"
    [de_DE-anna-medium]
    language = "de-DE"
    gender = "female"
    quality = "medium"
    licence = "CC0-1.0"
    files = [["anna.onnx.json", 4819, "974a…"], ["anna.onnx", 63201294, "7e64…"]]
    folder = "de/anna"
    """
    import tomllib  # 8 ms

    told = tomllib.loads(file.read_text("utf-8"))
    address = told.pop("address")
    return [
        Addable(
            engine=engine,
            name=name,
            language=voice["language"],
            gender=voice["gender"],
            quality=voice["quality"],
            licence=voice["licence"],
            address=address,
            parts=tuple(
                VoicePart(part, size, sha256, f"{voice['folder']}/{part}") for part, size, sha256 in voice["files"]
            ),
        )
        for name, voice in told.items()
    ]
