"""Speech from the server: with its word times where it has them, in parts where the text is too long for it."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from player.errors import UsageError
from player.speech.engines.openai_engine.answers import RATE, sound, sound_in
from player.speech.engines.openai_engine.captions import word_marks
from player.speech.engines.openai_engine.catalogue import openai_voices, voices_in
from player.speech.engines.openai_engine.refusals import Refusal
from player.speech.engines.openai_engine.server import Answer, Server
from player.speech.kit import EngineError, Speech, Voice, WordMark, finish
from player.speech.listed_voices import listed
from player.story.opening.http.hosts import is_this_machine

_logger = logging.getLogger(__name__)

_REVISION = 1
"""Raise it when a change here changes the sound or its marks."""
_BASE_URL, _KEY = (("engines", "openai", name) for name in ("base_url", "key"))
"""Paths in the settings file."""
_OPENAI = "https://api.openai.com/v1"
_MOST_CHARACTERS = 4096
"""The longest text in one request."""
_ESCAPED = str.maketrans("[]", "()")
"""Kokoro-FastAPI reads [pause:1s] and [word](/ipa/) as controls. One character for one, so that places stay."""
_LIST_SECONDS = 4.0
"""Time for the list of voices."""
_LEAST_SECONDS, _SECONDS_PER_CHARACTER = 12.0, 0.2
"""Time for the sound of a text: four fifths of what the player waits before it ends this process."""


_NOT_THERE = frozenset({404, 405, 410, 501})
"""Statuses of a server that gives no word times at all."""
_MOST_FAILURES = 2
"""Requests for word times that fail in a row, for another reason, until none is made any more: each takes seconds of
trying again."""


class _Part(NamedTuple):
    pcm: bytes
    rate: int
    marks: tuple[WordMark, ...] | None
    """Spans of the part's text; None if the server gives no times."""


class Speaker:
    """A server and what it is asked for."""

    def __init__(
        self,
        engine: str,
        base_url: str,
        key: str,
        voices: str,
        sent: Mapping[str, str],
        *,
        key_unencrypted: bool = False,
    ) -> None:
        """`voices` as listed in the settings, `sent` with every request. Raises UsageError for an address or key that
        is none, and for a key that anybody between here and the server could read, unless `key_unencrypted`."""
        self._base, host = _address(base_url or _OPENAI)
        self._engine = engine
        self._is_openai = self._base == _OPENAI
        self._listed = voices
        self._sent = sent
        self._captions = not self._is_openai
        self._failed = 0  # requests for word times, in a row
        found = _key(key)
        if found and not key_unencrypted and not _keeps_secrets(self._base):
            message = f"the key would be sent to {host} without encryption"
            hint = 'use https, or set key = "" or key_unencrypted = true in [engines.openai]'
            raise UsageError(message, hint, setting=_BASE_URL)
        self._server = Server(host, sent["model"], found)
        path = hashlib.sha256(urlsplit(self._base).path.encode()).hexdigest()[:8]  # some addresses hold a key
        self.version = f"{host} {path} {sent['model']} r{_REVISION}"

    def voices(self) -> Sequence[Voice]:
        """Return the voices of the settings, else of the server's list, else OpenAI's. Raises EngineError."""
        if self._listed:
            return listed(self._engine, self._listed, RATE)
        if self._is_openai:
            return openai_voices(self._engine)
        end = time.monotonic() + _LIST_SECONDS
        try:
            found = self._server.ask(f"{self._base}/audio/voices", None, end, lambda a: voices_in(self._engine, a))
        except Refusal as refused:
            if refused.status in (401, 403):
                raise
            _logger.info("the server does not list its voices", exc_info=True)
            found = []
        return found or openai_voices(self._engine)

    def render(self, text: str, voice: str) -> Speech:
        """Return the speech of one utterance. Raises EngineError."""
        pcm = bytearray()
        marks: list[WordMark] | None = []
        rate = 0
        for start, piece in _pieces(text):
            part = self._say(piece, voice)
            if rate not in (0, part.rate):
                raise EngineError("the server answers at changing rates")
            rate, at = part.rate, len(pcm) // 2
            pcm += part.pcm
            if part.marks is None:
                marks = None
            if marks is not None:
                marks += (WordMark(m.start + start, m.end + start, m.first + at, m.last + at) for m in part.marks or ())
        return finish(pcm, rate, text, marks)

    def _say(self, text: str, voice: str) -> _Part:
        """Return the sound of at most 4,096 characters, with word times where the server has them."""
        sent = {**self._sent, "input": text.translate(_ESCAPED), "voice": voice}
        seconds = _LEAST_SECONDS + _SECONDS_PER_CHARACTER * len(text)
        end = time.monotonic() + seconds
        if self._captions:
            try:
                part = self._captioned(text, sent, end)
                self._failed = 0
                return part
            except Refusal as refused:
                if refused.status in (401, 403) or refused.is_final:
                    raise
                _logger.info("the server gives no word times", exc_info=True)
                self._failed += 1
                self._captions = refused.status not in _NOT_THERE and self._failed < _MOST_FAILURES
        pcm, rate = self._server.ask(
            f"{self._base}/audio/speech", sent, end, lambda answer: sound_in(answer, self._sent["response_format"])
        )
        return _Part(pcm, rate, None)

    def _captioned(self, text: str, sent: dict[str, str], end: float) -> _Part:
        """Return sound with word times, of Kokoro-FastAPI's own address. Raises Refusal where there is none."""

        def read(answer: Answer) -> _Part:
            try:
                told = answer.json()
                data = base64.b64decode(told["audio"], validate=True)
                timestamps, kind = told.get("timestamps"), str(told.get("audio_format", ""))
            except (ValueError, KeyError, TypeError, AttributeError) as e:
                raise Refusal("the server's captions cannot be read", status=404) from e
            pcm, rate = sound(data, kind, self._sent["response_format"])
            return _Part(pcm, rate, word_marks(text, timestamps, rate, len(pcm) // 2))

        root = self._base.removesuffix("/v1")
        return self._server.ask(
            f"{root}/dev/captioned_speech", {**sent, "stream": False, "return_timestamps": True}, end, read
        )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield (its first character, piece) of a text, each short enough for one request, divided at blanks."""
    start = 0
    while len(text) - start > _MOST_CHARACTERS:
        blank = text.rfind(" ", start + 1, start + _MOST_CHARACTERS)
        end = blank if blank > start else start + _MOST_CHARACTERS
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _address(url: str) -> tuple[str, str]:
    """Return the base address without a slash at its end, and the host with its port. Raises UsageError."""
    base = url.strip().rstrip("/")
    hint = 'write it as in base_url = "http://localhost:8880/v1"'
    try:
        parts = urlsplit(base)
        port = f":{parts.port}" if parts.port else ""
        host = (parts.hostname or "").encode("ascii").decode()
    except ValueError as e:
        raise UsageError("base_url in [engines.openai] is no address", hint, setting=_BASE_URL) from e
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(r"[!-~]+", base):
        raise UsageError("base_url in [engines.openai] is no address", hint, setting=_BASE_URL)
    if parts.username or parts.password or parts.query or parts.fragment:
        message = "base_url in [engines.openai] may hold no password and no ?"
        raise UsageError(message, "set key for the key", setting=_BASE_URL)
    base = base.removesuffix("/audio/speech") if parts.path else f"{base}/v1"
    return base, f"{host}{port}"


def _keeps_secrets(base: str) -> bool:
    """Return True for an address that is encrypted, or of this machine."""
    parts = urlsplit(base)
    return parts.scheme == "https" or is_this_machine(parts.hostname or "")


def _key(key: str) -> str:
    """Return the key itself. Raises UsageError for a variable that is not set, or for what cannot be sent as a key."""
    found = key.strip()
    if found.startswith("$"):
        name = found[1:]
        found = os.environ.get(name, "").strip()
        if not found:
            hint = "it is named by key in [engines.openai]"
            raise UsageError(f"the environment variable {name} is not set", hint, setting=_KEY)
    if not re.fullmatch(r"[!-~]*", found):
        message = "the key in [engines.openai] has a character that no key has"
        raise UsageError(message, "copy it once more", setting=_KEY)
    return found
