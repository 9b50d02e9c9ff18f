"""macOS's voices with exact word times, through AVSpeechSynthesizer's markers (macOS 13 and later)."""

from __future__ import annotations

import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.speech.engines.pyttsx3_engine.boundaries import Boundary, marks_of
from player.speech.kit import EngineError, Speech, Voice, finish
from player.speech.sound.pcm import decoded
from player.story.language_tag import formatted

_SAMPLE_RATE = 22_050
"""Samples per second of most of these voices. The true rate of an utterance is in its Speech."""
_USUAL_RATE = 175
"""Words a minute at the default speech rate."""
_GENDERS = {1: "male", 2: "female"}
_BYTES = {1: 4, 2: 8, 3: 2, 4: 4}
"""AVAudioCommonFormat (float32, float64, int16, int32) -> bytes of a sample."""
_WORD = 0
"""AVSpeechSynthesisMarkerMarkWord."""
_LEAST_SECONDS, _SECONDS_PER_CHARACTER = 12.0, 0.2
_TURN = 0.01
"""Seconds of each turn of the run loop, in which the callbacks are called."""


class AVSpeechVoices:
    """AVSpeechSynthesizer, writing to a file."""

    def __init__(self, name: str, rate: int) -> None:
        """`rate` in words a minute. Raises ImportError when pyobjc is missing, AttributeError before macOS 13."""
        import AVFoundation
        import Foundation

        self._av, self._foundation = AVFoundation, Foundation
        self._synthesizer = AVFoundation.AVSpeechSynthesizer.alloc().init()
        self._write = self._synthesizer.writeUtterance_toBufferCallback_toMarkerCallback_
        slowest, fastest = (
            AVFoundation.AVSpeechUtteranceMinimumSpeechRate,
            AVFoundation.AVSpeechUtteranceMaximumSpeechRate,
        )
        self._rate = min(max(AVFoundation.AVSpeechUtteranceDefaultSpeechRate * rate / _USUAL_RATE, slowest), fastest)
        self.name = name
        self._voices: dict[str, Any] = {}
        self.version = f"AVSpeech {platform.mac_ver()[0]}"

    def voices(self) -> Sequence[Voice]:
        """Return all voices, the best quality first."""
        self._voices.clear()
        found = []
        for voice in sorted(self._av.AVSpeechSynthesisVoice.speechVoices(), key=lambda v: -v.quality()):
            name = str(voice.name())
            name = name if name not in self._voices else f"{name} ({voice.identifier()})"
            self._voices[name] = voice
            gender = _GENDERS.get(int(voice.gender()), "")
            found.append(Voice(self.name, name, formatted(str(voice.language())), _SAMPLE_RATE, gender))
        return found

    def load(self, voice: Voice) -> None:
        """Do nothing: each utterance has its voice."""

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of a text, through a private file. Raises EngineError."""
        from player.atomic import temporary_folder

        with temporary_folder() as folder:
            path = folder / "speech.caf"
            made = _Made(self._av, self._foundation, path)
            utterance = self._av.AVSpeechUtterance.speechUtteranceWithString_(text)
            utterance.setVoice_(self._voices[voice.name])
            utterance.setRate_(self._rate)
            self._write(utterance, made.on_buffer, made.on_markers)
            self._wait(made, _LEAST_SECONDS + _SECONDS_PER_CHARACTER * len(text))
            made.file = None  # closes it
            pcm, rate = decoded(str(path))
        return finish(pcm, rate, text, marks_of(text, made.boundaries(), len(pcm) // 2))

    def _wait(self, made: _Made, seconds: float) -> None:
        """Return when all is written. Raises EngineError."""
        end = time.monotonic() + seconds
        while not made.is_complete:
            if time.monotonic() > end:
                raise EngineError(f"the macOS voice did not end within {seconds:.0f} s")
            until = self._foundation.NSDate.dateWithTimeIntervalSinceNow_(_TURN)
            self._foundation.NSRunLoop.currentRunLoop().runUntilDate_(until)
        if made.error or not made.frame_bytes:
            raise EngineError(f"the macOS voice failed ({made.error or 'no sound'})")


class _Made:
    """What the synthesizer hands over: sound, written to a file, and markers."""

    def __init__(self, av: Any, foundation: Any, path: Path) -> None:
        self._av, self._foundation, self._path = av, foundation, path
        self.file: Any = None
        self.frame_bytes = 0
        """Bytes of a sample of all channels, in which markers count; 0 before the first sound."""
        self.error = ""
        self.is_complete = False
        self._markers: list[tuple[int, int, int]] = []

    def on_buffer(self, buffer: Any) -> None:
        """Write a part of the sound; the last is empty."""
        if buffer.frameLength() == 0 or self.error:
            self.is_complete = True
            return
        if self.file is None:
            self._open(buffer.format())
        done, error = self.file.writeFromBuffer_error_(buffer, None) if self.file is not None else (True, None)
        if not done:
            self.error = str(error)

    def on_markers(self, markers: Any) -> None:
        """Keep the place in the text, its length, and the place in the sound of each word."""
        for marker in markers:
            if marker.mark() == _WORD:
                span = marker.textRange()
                self._markers.append((int(span.location), int(span.length), int(marker.byteSampleOffset())))

    def boundaries(self) -> list[Boundary]:
        """Return the words' boundaries."""
        return [Boundary(start, length, offset // self.frame_bytes) for start, length, offset in self._markers]

    def _open(self, form: Any) -> None:
        channels = int(form.channelCount()) if form.isInterleaved() else 1
        self.frame_bytes = _BYTES.get(int(form.commonFormat()), 4) * channels
        url = self._foundation.NSURL.fileURLWithPath_(str(self._path))
        opened = self._av.AVAudioFile.alloc().initForWriting_settings_commonFormat_interleaved_error_
        self.file, error = opened(url, form.settings(), form.commonFormat(), form.isInterleaved(), None)
        if self.file is None:
            self.error = str(error)
