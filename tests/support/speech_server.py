"""A local server that speaks as OpenAI's and Kokoro-FastAPI's do, with espeak-ng behind it."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
import wave
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from player.speech.engine import Speech
from player.speech.process.host import Worker
from tests.support.web import answering

Answering = Callable[[BaseHTTPRequestHandler], None]
_CONTROL = re.compile(r"\[(?:pause:[\d.]+s|[^\]]*\]\(/[^)]*/\))")


@dataclass
class SpeechServer:
    """The server, what it was asked, and how it misbehaves."""

    address: str
    key: str = ""
    """Requests without it are refused; empty: all are welcome."""
    captions: bool = False
    """True if it gives word times, as Kokoro-FastAPI."""
    voices: object = None
    """What it answers when asked for its voices; None: it has no such address."""
    first: deque[Answering] = field(default_factory=deque)
    """Answers to the next requests for speech, before it speaks."""
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Path and JSON of each request for speech, in order."""

    def reset(self) -> None:
        """Behave, and forget what was asked."""
        self.key, self.captions, self.voices = "", False, None
        self.first.clear()
        self.asked.clear()

    def options(self, **more: str) -> dict[str, str]:
        """Options for the engine."""
        return {"base_url": f"{self.address}/v1", "voices": "en-us, de=de", **more}


def status(number: int, told: object = "", **headers: str) -> Answering:
    """An answer with a status and JSON; header names are written with _ for -."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        _send(request, number, json.dumps(told).encode(), "application/json", **headers)

    return answer


def body(data: bytes, kind: str) -> Answering:
    """An answer with a body."""
    return lambda request: _send(request, 200, data, kind)


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half of a sound, and the end of the connection."""
    request.send_response(200)
    request.send_header("Content-Type", "audio/wav")
    request.send_header("Content-Length", "50000")
    request.end_headers()
    request.wfile.write(b"RIFF" + bytes(1000))
    request.close_connection = True


def cut_without_length(request: BaseHTTPRequestHandler) -> None:
    """Half of a WAV file, of which only its own header tells that it is one."""
    data = wav(Speech(b"\x01\x10" * 10_000, 24_000, ()))
    request.send_response(200)
    request.send_header("Content-Type", "audio/wav")
    request.end_headers()
    request.wfile.write(data[: len(data) // 2])
    request.close_connection = True


def wav(speech: Speech) -> bytes:
    """The speech as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, speech.sample_rate, 0, "NONE", ""))
        out.writeframes(speech.pcm)
    return file.getvalue()


@contextmanager
def speaking() -> Iterator[SpeechServer]:
    """Context: a running server."""
    workers: dict[str, Worker] = {}
    lock = threading.Lock()

    def said(voice: str, text: str) -> Speech:
        with lock:
            if voice not in workers:
                workers[voice] = Worker.start("pyttsx3", voice, "")
            return workers[voice].render(text)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/v1/audio/voices" and server.voices is not None and self._is_welcome():
                _send(self, 200, json.dumps(server.voices).encode(), "application/json")
            elif self._is_welcome():
                status(404, {"detail": "Not Found"})(self)

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self._is_welcome():
                return
            known = {"/v1/audio/speech", *(["/dev/captioned_speech"] if server.captions else [])}
            if self.path not in known:
                status(404, {"detail": "Not Found"})(self)
                return
            server.asked.append((self.path, sent))
            if server.first:
                server.first.popleft()(self)
            elif len(sent["input"]) > 4096:
                status(400, {"error": {"message": "string too long", "code": "string_above_max_length"}})(self)
            else:
                self._speak(sent)

        def _speak(self, sent: dict[str, Any]) -> None:
            text = _CONTROL.sub(" ", sent["input"])
            speech = said(sent["voice"], text)
            raw = sent["response_format"] == "pcm"
            data = speech.pcm if raw else wav(speech)
            kind = f"audio/pcm;rate={speech.sample_rate}" if raw else "audio/wav"
            if self.path.startswith("/dev"):
                times = [
                    {
                        "word": text[m.start : m.end],
                        "start_time": m.first / speech.sample_rate,
                        "end_time": m.last / speech.sample_rate,
                    }
                    for m in speech.marks
                ]
                told = {"audio": base64.b64encode(data).decode(), "audio_format": kind, "timestamps": times}
                data, kind = json.dumps(told).encode(), "application/json"
            _send(self, 200, data, kind)

        def _is_welcome(self) -> bool:
            welcome = not server.key or self.headers["Authorization"] == f"Bearer {server.key}"
            if not welcome:
                told = f"Incorrect API key provided: {self.headers['Authorization']}"
                status(401, {"error": {"message": told}})(self)
            return welcome

        def log_message(self, format: str, *args: object) -> None:
            pass

    with answering(Handler) as address:
        server = SpeechServer(address)
        try:
            yield server
        finally:
            for worker in workers.values():
                worker.kill()


def _send(request: BaseHTTPRequestHandler, number: int, data: bytes, kind: str, **headers: str) -> None:
    request.send_response(number)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)
