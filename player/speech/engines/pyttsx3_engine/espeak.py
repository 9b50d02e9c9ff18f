"""espeak-ng from its wheel, through pyttsx3's own binding, with exact word times. POSIX only.

libespeak-ng speaks differently the second time: the phase of its voice's tremor is never reset, not even by
espeak_Terminate. So that the same text always gives the same bytes, every utterance is rendered in a fork of a process
in which the voice was loaded and nothing said: 3 ms, where loading the library anew takes 4.
"""

from __future__ import annotations

import ctypes
import os
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import ModuleType
from typing import Any, BinaryIO

from player.speech.engines.pyttsx3_engine.fork_server import ForkServer
from player.speech.espeak.library import short_path
from player.speech.kit import EngineError, Speech, Voice, WordMark, finish, words
from player.speech.scripts import scripts_of
from player.speech.words import word_at
from player.story.language_tag import formatted, language_of

_REVISION = 1
"""Raise it when a change here changes the sound or its marks."""
_DO_NOT_EXIT = 0x8000
_BUFFER_MS = 500
"""Sound handed over at once. With the default of 60, calling back takes a seventh of a sentence's time; with 4000, the
sound is another."""
_SHORTENED = 450
"""Words a minute at which espeak-ng shortens its sound, piece by piece: the size of the pieces is heard."""
_NUMBER = 4
"""Bytes of a number in what a fork sends."""
_LICENCE = "GPL-3.0-or-later"
_GENDERS = {1: "male", 2: "female"}
_ALSO_READ = frozenset({
    "Armenian", "Bengali", "Devanagari", "Georgian", "Gujarati", "Gurmukhi", "Hangul", "Kannada", "Malayalam",
    "Sinhala", "Tamil",
})  # fmt: skip
"""Scripts that every voice reads, by another language's rules (measured: it gives all the phonemes)."""
_SPELLS_LATIN = frozenset(["ba", "cv", "hyw", "ja", "kok", "ky", "my", "nog", "ti"])
"""Languages whose voices spell Latin words letter by letter."""

_Event = tuple[int, int, int]
"""First character, number of characters, first sample."""


def binding() -> ModuleType:
    """Return pyttsx3's ctypes binding, with the library and the data of the espeakng_loader wheel.

    Raises EngineError when either cannot be loaded.
    """
    import espeakng_loader

    try:
        os.environ["ESPEAK_DATA_PATH"] = short_path(espeakng_loader.get_data_path())
        # The binding asks for the library by its soname, and gets the one already loaded. A system's espeak-ng may be
        # older or newer: the sound should not depend on the machine.
        ctypes.CDLL(espeakng_loader.get_library_path())
        from pyttsx3.drivers import _espeak
    except (OSError, RuntimeError) as e:
        raise EngineError(f"espeak-ng cannot be loaded ({e})", "reinstall espeakng-loader and pyttsx3") from e
    return _espeak  # type: ignore[no-any-return]


class BundledEspeak:
    """libespeak-ng, loaded once per process; nothing else in the process may use it."""

    def __init__(self, name: str, rate: int) -> None:
        """`rate` in words a minute. Raises EngineError when the library cannot be loaded."""
        self.name = name
        self._rate = rate
        self._espeak = binding()
        buffer = _BUFFER_MS if rate < _SHORTENED else 0
        self._sample_rate: int = self._espeak.Initialize(
            self._espeak.AUDIO_OUTPUT_SYNCHRONOUS, buffer, None, _DO_NOT_EXIT
        )
        if self._sample_rate <= 0:
            raise EngineError("espeak-ng finds no data", "reinstall espeakng-loader")
        self._identifiers: dict[str, bytes] = {}
        self._forks = ForkServer(self._synthesize)
        self.version = f"espeak-ng {self._espeak.Info(None).decode()} r{_REVISION}"

    def voices(self) -> Sequence[Voice]:
        """Return all voices: American English first, then main languages before their dialects."""
        self._identifiers.clear()
        found = []
        for voice in sorted(self._espeak.ListVoices(None), key=_rank):
            language, identifier = voice.languages[1:].decode(), voice.identifier.decode()
            name = language.casefold()
            if name in self._identifiers:
                name = identifier.rpartition("/")[2].casefold()
            self._identifiers[name] = voice.identifier
            gender, description = _GENDERS.get(voice.gender, ""), voice.name.decode().strip()
            tag, scripts = formatted(language), tuple(sorted(_scripts(language)))
            found.append(Voice(self.name, name, tag, self._sample_rate, gender, _LICENCE, description, scripts))
        return found

    def load(self, voice: Voice) -> None:
        """Load a voice's dictionary and set the rate. Raises EngineError."""
        # By identifier ("gmw/en-US"), because it refuses names such as "en-gb".
        if self._espeak.SetVoiceByName(self._identifiers[voice.name]) != 0:
            raise EngineError(f"espeak-ng cannot load the voice {voice.name}")
        self._espeak.SetParameter(self._espeak.RATE, self._rate, 0)
        self._forks.start()

    def render(self, text: str, voice: Voice) -> Speech:
        """Return the speech of a text in the loaded voice, from a fork. Raises EngineError when that crashes."""
        try:
            answer = memoryview(self._forks.run(text.encode()))
        except ChildProcessError as e:
            raise EngineError(f"espeak-ng crashed on this text ({e})") from e
        end = len(answer) - _NUMBER
        pcm_end = end - int.from_bytes(answer[end:], "little")
        pcm = answer[:pcm_end]
        return finish(pcm, self._sample_rate, text, _marks(text, _events(bytes(answer[pcm_end:end])), len(pcm) // 2))

    def _synthesize(self, text: bytes, out: BinaryIO) -> None:
        """Write the PCM, the word events (three 32-bit numbers each), and the events' length in bytes."""
        espeak = self._espeak
        events = array("i")

        def on_sound(wav: ctypes.c_void_p, samples: int, event: Sequence[Any]) -> int:
            i = 0
            while event[i].type != espeak.EVENT_LIST_TERMINATED:
                if event[i].type == espeak.EVENT_WORD:
                    events.extend((event[i].text_position - 1, event[i].length, event[i].sample))
                i += 1
            try:
                out.write(ctypes.string_at(wav, 2 * max(samples, 0)))
            except OSError:  # nobody listens any more
                return 1
            return 0

        espeak.SetSynthCallback(on_sound)
        espeak.Synth(text, flags=espeak.CHARS_UTF8 | espeak.ENDPAUSE)
        espeak.Synchronize()
        data = events.tobytes()
        out.write(data + len(data).to_bytes(_NUMBER, "little"))


def _events(data: bytes) -> list[_Event]:
    numbers = array("i", data)
    return list(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True))


def _marks(text: str, events: Sequence[_Event], samples: int) -> Iterator[WordMark]:
    """Yield a mark per word, from its first event to the next word's.

    A written word may have several events ("1990s", "U.S."), which are joined, or none: espeak-ng says some words in
    one breath ("of the"); those share the mark of the word before, as their own times are unknown.
    """
    spans = words(text)
    firsts: dict[int, int] = {}
    word = 0
    for event in events:
        if spans:
            word = max(word, word_at(spans, event[0], event[1]))
            firsts.setdefault(word, event[2])
    order = [*firsts, len(spans)]
    start = 0  # words before the first event can share no other mark
    for word, following in pairwise(order):
        yield WordMark(spans[start].start, spans[following - 1].end, firsts[word], firsts.get(following, samples))
        start = following


def _rank(voice: Any) -> tuple[bool, bool, str]:
    """Return a sort key: American English first, then main languages ("roa/fr") before their dialects."""
    language = voice.languages[1:].decode()
    stem = voice.identifier.decode().rpartition("/")[2]
    return language != "en-us", stem != language_of(language), language


def _scripts(language: str) -> frozenset[str]:
    """Return the scripts that a voice reads. English spells borrowed Greek letter by letter; Japanese says only
    "Chinese letter" for Chinese characters."""
    code = language_of(language)
    lost = {"Han"} if code == "ja" else set()
    lost |= {"Latin"} if code in _SPELLS_LATIN else set()
    return (scripts_of(language) | _ALSO_READ | (frozenset() if code == "en" else {"Greek"})) - lost
