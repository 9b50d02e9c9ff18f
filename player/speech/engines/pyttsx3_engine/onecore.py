"""Windows' voices with exact word times, through `winrt`: those of Settings, Time & language, Speech."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from player.speech.engines.pyttsx3_engine.boundaries import Boundary, marks_of
from player.speech.kit import EngineError, Speech, Voice, finish
from player.speech.sound.pcm import decoded
from player.story.language_tag import formatted

if TYPE_CHECKING:
    from winrt.windows.media.core import TimedMetadataTrack

_SAMPLE_RATE = 16_000
"""Samples per second of most of these voices. The true rate of an utterance is in its Speech."""
_USUAL_RATE = 175
"""Words a minute at a speaking rate of 1."""
_SLOWEST, _FASTEST = 0.5, 6.0
"""Limits of the speaking rate."""
_TRACK = "SpeechWord"
"""Id of the track with a cue for each word."""


class OneCoreVoices:
    """The synthesizer of Windows 10 and later."""

    def __init__(self, name: str, rate: int) -> None:
        """`rate` in words a minute. Raises ImportError when a package is missing, OSError when Windows refuses."""
        from winrt.windows.media.core import SpeechCue
        from winrt.windows.media.speechsynthesis import SpeechSynthesizer

        self.name = name
        self._cue = SpeechCue
        self._synthesizer = SpeechSynthesizer()
        self._synthesizer.options.include_word_boundary_metadata = True
        self._synthesizer.options.speaking_rate = min(max(rate / _USUAL_RATE, _SLOWEST), _FASTEST)
        self._voices = {str(voice.display_name): voice for voice in SpeechSynthesizer.all_voices}
        self.version = f"OneCore {platform.version()}"

    def voices(self) -> Sequence[Voice]:
        """Return all voices, the system's default first."""
        default = str(self._synthesizer.voice.display_name)
        listed = sorted(self._voices.items(), key=lambda item: item[0] != default)
        return [
            Voice(self.name, name, formatted(voice.language), _SAMPLE_RATE, "female" if voice.gender else "male")
            for name, voice in listed
        ]

    def load(self, voice: Voice) -> None:
        """Choose a voice."""
        self._synthesizer.voice = self._voices[voice.name]

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of a text. Raises EngineError."""
        try:
            data, cues = asyncio.run(self._spoken(text))
        except OSError as e:
            raise EngineError(f"the Windows voice failed ({e})") from e
        pcm, rate = decoded(BytesIO(data))
        boundaries = (Boundary(start, length, round(seconds * rate)) for start, length, seconds in cues)
        return finish(pcm, rate, text, marks_of(text, boundaries, len(pcm) // 2))

    async def _spoken(self, text: str) -> tuple[bytes, list[tuple[int, int, float]]]:
        """Return a WAV file, and (start, length, seconds) of each word; places in UTF-16 units."""
        from winrt.windows.storage.streams import DataReader

        stream = await self._synthesizer.synthesize_text_to_stream_async(text)
        cues = [found for track in stream.timed_metadata_tracks if track.id == _TRACK for found in self._cues(track)]
        data = bytearray(stream.size)
        reader = DataReader(stream.get_input_stream_at(0))
        await reader.load_async(len(data))
        reader.read_bytes(data)
        return bytes(data), cues

    def _cues(self, track: TimedMetadataTrack) -> list[tuple[int, int, float]]:
        cues = [cue.as_(self._cue) for cue in track.cues]
        return [
            (
                cue.start_position_in_input,
                # the end is the last unit of the word
                0 if cue.end_position_in_input is None else cue.end_position_in_input - cue.start_position_in_input + 1,
                cue.start_time.total_seconds(),
            )
            for cue in cues
            if cue.start_position_in_input is not None
        ]
