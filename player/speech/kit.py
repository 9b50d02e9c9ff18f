"""Everything that the author of an engine needs; CONTRIBUTING.md, "Add an engine", builds one step by step.

    class MyEngine(Engine):
        name = "mine"
        profile = Profile(languages={"en": 50}, needs=("my_library",), install="pip install my-library")

        def __init__(self) -> None:
            self.version = "my_library 1.0"

        def voices(self) -> list[Voice]:
            return [Voice("mine", "alice", "en-GB", 22_050)]

        def load(self, voice: Voice) -> None:
            import my_library  # here, not at the top: the player imports this module to read the profile
            self.speaker = my_library.Speaker(voice.name)

        def render(self, text: str, voice: Voice) -> Speech:
            return finish(self.speaker.say(text), 22_050, text)

The package announces it in its pyproject.toml:

    [project.entry-points."listen_to_story.engines"]
    mine = "my_package:MyEngine"
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import pairwise

from player.errors import EngineBusy, EngineError, Unspeakable
from player.speech.addable import Addable, VoicePart, read_catalogue, voice_folder
from player.speech.aligner import estimate
from player.speech.engine import Engine, Speech, Voice, WordMark
from player.speech.options import Option
from player.speech.profile import EVERY_LANGUAGE, Profile
from player.speech.sound.trimming import audible, check, trimmed
from player.speech.words import words
from player.story.model import Span
from player.utterance.manner import Manner, Misreads, Reads

__all__ = [
    "EVERY_LANGUAGE",
    "Addable",
    "Engine",
    "EngineBusy",
    "EngineError",
    "Manner",
    "Misreads",
    "Option",
    "Profile",
    "Reads",
    "Span",
    "Speech",
    "Unspeakable",
    "Voice",
    "VoicePart",
    "WordMark",
    "finish",
    "read_catalogue",
    "voice_folder",
    "words",
]


def finish(
    pcm: bytes | bytearray | memoryview | array[int],
    rate: int,
    text: str,
    marks: Iterable[WordMark] | None = None,
) -> Speech:
    """Return an engine's sound as Speech, without the silence at its ends and with a time for every word.

    `pcm` is 16-bit signed little-endian mono sound, `rate` its samples per second. `marks` are the times that the
    engine knows, as spans of `text`, in order; a word without one counts as not said. A mark without `last` ends where
    the next begins; times beyond the end of the sound are cut. Without `marks` the times are estimated from the sound,
    and flagged as estimated; the worker then measures them, if it can (`player.speech.alignment`).

    Raises EngineError for malformed sound or marks, Unspeakable for silence in place of words.
    """
    data = _whole_samples(pcm)
    timed = () if marks is None else tuple(_with_ends(marks, len(data) // 2))
    whole = check(Speech(data, rate, timed), text)
    speech = audible(trimmed(whole.pcm, rate, whole.marks), text)
    if marks is not None:
        return speech
    return Speech(speech.pcm, rate, estimate(text, speech.pcm, rate), estimated=True)


def _whole_samples(pcm: bytes | bytearray | memoryview | array[int]) -> bytes:
    """Return the bytes of 16-bit samples. Raises EngineError for numbers of another kind: as bytes they are noise."""
    kind = memoryview(pcm).format
    if kind.lstrip("<=@") not in ("h", "B", "b", "c"):
        raise EngineError(f"the speech engine returned samples of type {kind!r}, not 16-bit ones")
    return bytes(pcm)


def _with_ends(marks: Iterable[WordMark], samples: int) -> Iterator[WordMark]:
    """Yield the marks, each with a last sample, none beyond the end of the sound."""
    for mark, after in pairwise([*marks, WordMark(0, 0, samples)]):
        last = after.first if mark.last == 0 else mark.last
        yield mark._replace(first=min(mark.first, samples), last=min(last, samples))
