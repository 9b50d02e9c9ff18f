"""libespeak-ng of the espeakng_loader wheel, bound by ctypes: what it says, with the time of each word.

The library keeps global state: one `Library` a process, used by one thread, and nothing else there may use the library.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any, NamedTuple

from player.errors import EngineError
from player.story.language_tag import comparable, folded, language_of

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _IN_IPA = 0x0001, 0x0002
_DO_NOT_EXIT = 0x8000
"""Without it, missing data ends the process."""
_BY_CHARACTER = 1
_UTF8, _PAUSE_AT_END = 0x0001, 0x1000
_IPA = 0x02
_RATE = 1
_LAST, _WORD, _END, _PHONEME = 0, 1, 5, 7
_LONGEST_DATA_PATH = 150
"""Bytes. The library copies the path into a buffer of 160, and aborts the process when that overflows."""


class Event(NamedTuple):
    """A word as the library says it: one may stand for several written words ("of the"), and several for one."""

    start: int
    """First character in the text."""
    length: int
    """Number of characters."""
    sample: int
    """The first sample."""
    silent: bool
    """True if nothing is said for it, as for the hyphen of "F-16"."""


class Spoken(NamedTuple):
    """The sound of a text."""

    pcm: bytes
    """16-bit mono."""
    rate: int
    clauses: tuple[tuple[Event, ...], ...]
    """The words of each clause, as the library divides the text at punctuation."""


class _Name(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("text", ctypes.c_char * 8)]


class _RawEvent(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int), ("unique", ctypes.c_uint), ("position", ctypes.c_int), ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int), ("sample", ctypes.c_int), ("user", ctypes.c_void_p), ("id", _Name),
    ]  # fmt: skip


class _RawVoice(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p), ("languages", ctypes.c_void_p), ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte), ("age", ctypes.c_ubyte), ("variant", ctypes.c_ubyte), ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int), ("spare", ctypes.c_void_p),
    ]  # fmt: skip


_OnSound = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_RawEvent))


class Library:
    """The library with its data, and the voice that is chosen."""

    def __init__(self) -> None:
        """Load it: 3 ms. Raises EngineError."""
        import espeakng_loader

        try:
            self._lib = ctypes.CDLL(espeakng_loader.get_library_path())
        except (OSError, RuntimeError) as e:
            raise EngineError(f"espeak-ng cannot be loaded ({e})", "reinstall espeakng-loader") from e
        self._declare()
        folder = os.fsencode(short_path(espeakng_loader.get_data_path()))
        self.rate: int = self._lib.espeak_Initialize(_SYNCHRONOUS, 0, folder, _DO_NOT_EXIT | _PHONEME_EVENTS | _IN_IPA)
        if self.rate <= 0:
            raise EngineError("espeak-ng finds no data", "reinstall espeakng-loader")
        self._voices = self._listed()

    @property
    def version(self) -> str:
        """Return the library's version: phonemes may change with it."""
        return str(self._lib.espeak_Info(None).decode())

    def identifier(self, language: str) -> str:
        """Return the voice for a language of a voice file or a story ("en-us", "pt-BR"), or for its main language; ""
        when there is none."""
        return self._voices.get(folded(language)) or self._voices.get(comparable(language_of(language)), "")

    def choose(self, identifier: str) -> None:
        """Load a voice. Raises EngineError."""
        if self._lib.espeak_SetVoiceByName(identifier.encode()) != 0:
            raise EngineError(f"espeak-ng cannot load the voice {identifier}")

    def set_rate(self, words_a_minute: int) -> None:
        """Set how fast the voice speaks: 175 at first."""
        self._lib.espeak_SetParameter(_RATE, words_a_minute, 0)

    def speak(self, text: str) -> Spoken:
        """Return the sound of a text: 1 ms per second of speech."""
        pcm = bytearray()
        clauses: list[list[Event]] = [[]]

        def on_sound(wave: int | None, samples: int, events: Any) -> int:
            i = 0
            while (kind := events[i].type) != _LAST:
                _note(clauses, kind, events[i])
                i += 1
            if wave and samples > 0:
                pcm.extend(ctypes.string_at(wave, 2 * samples))
            return 0

        callback = _OnSound(on_sound)
        self._lib.espeak_SetSynthCallback(callback)
        data = _encoded(text) + b"\0"
        self._lib.espeak_Synth(data, len(data), 0, _BY_CHARACTER, 0, _UTF8 | _PAUSE_AT_END, None, None)
        self._lib.espeak_Synchronize()
        return Spoken(bytes(pcm), self.rate, tuple(tuple(clause) for clause in clauses if clause))

    def phonemes(self, text: str, tie: str = "") -> list[list[str]]:
        """Return IPA, word by word, for each clause that is said; `tie` joins the letters of one phoneme ("t͡ʃ")."""
        buffer = ctypes.create_string_buffer(_encoded(text))
        at = ctypes.c_void_p(ctypes.addressof(buffer))
        mode = _IPA | (0x80 | ord(tie) << 8 if tie else 0)
        found = []
        while at.value:
            said = self._lib.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, mode)
            found.append(said.decode("utf-8", "replace").split() if said else [])
        return [words for words in found if words]

    def _declare(self) -> None:
        lib = self._lib
        lib.espeak_Info.restype = ctypes.c_char_p
        lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
        lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_RawVoice))
        lib.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip

    def _listed(self) -> dict[str, str]:
        """Return {language: voice's identifier}; the best voice of a language wins."""
        found: dict[str, tuple[int, str]] = {}
        voices = self._lib.espeak_ListVoices(None)
        i = 0
        while voices[i]:
            voice = voices[i].contents
            for priority, language in _languages(voice.languages):
                kept = found.get(language)
                if kept is None or priority < kept[0]:
                    found[language] = (priority, voice.identifier.decode())
            i += 1
        return {language: identifier for language, (_, identifier) in found.items()}


def short_path(path: str) -> str:
    """Return the path, or another path to the same folder that fits the library's buffer. Raises EngineError."""
    if len(os.fsencode(path)) <= _LONGEST_DATA_PATH:
        return path
    if not sys.platform.startswith("linux"):
        raise EngineError("the path of espeak-ng's data is too long", f"install in a folder other than {path}")
    # Never closed: espeak-ng reads a dictionary whenever it meets another language.
    return f"/proc/self/fd/{os.open(path, os.O_RDONLY | os.O_DIRECTORY)}"


def _encoded(text: str) -> bytes:
    return text.replace("\0", " ").encode("utf-8", "replace")


def _note(clauses: list[list[Event]], kind: int, event: Any) -> None:
    if kind == _WORD:
        clauses[-1].append(Event(event.position - 1, event.length, event.sample, silent=True))
    elif kind == _PHONEME and clauses[-1] and event.id.text:
        clauses[-1][-1] = clauses[-1][-1]._replace(silent=False)
    elif kind == _END:
        clauses.append([])


def _languages(data: int) -> list[tuple[int, str]]:
    """Return (priority, language) of a voice: for each a byte and a text that ends in 0, and 0 behind the last."""
    found = []
    while priority := ctypes.string_at(data, 1)[0]:
        language = ctypes.string_at(data + 1)
        found.append((priority, language.decode().lower()))
        data += len(language) + 2
    return found
