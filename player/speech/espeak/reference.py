"""espeak-ng in a process of its own, which says for any engine what the engine has said.

Where processes can be forked, each text is said in a fork of the pristine process: libespeak-ng speaks a little
differently the second time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from player.errors import EngineError
from player.log import claim_stdout
from player.speech.espeak.library import Event, Library, Spoken
from player.speech.protocol import read_message, write_message

_START = "import sys; sys.path.append(sys.argv[1]); from player.speech.espeak.reference import main; main(sys.argv[2])"
_SECONDS_AT_MOST = 20


class Reference:
    """A voice of espeak-ng, started when it first speaks: 0.1 s."""

    def __init__(self, language: str) -> None:
        """`language` in BCP 47."""
        self._language = language
        self._process: subprocess.Popen[bytes] | None = None

    def say(self, text: str, words_a_minute: int) -> Spoken:
        """Return the sound of a text with its word times. Raises EngineError, also for a language it lacks."""
        process = self._process or self._started()
        try:
            write_message(cast(BinaryIO, process.stdin), {"text": text, "rate": words_a_minute})
            answer = read_message(cast(BinaryIO, process.stdout))
        except OSError:
            answer = None
        if answer is None:
            self.close()
            raise EngineError("espeak-ng ended while it spoke")
        header, pcm = answer
        if "error" in header:
            raise EngineError(str(header["error"]))
        return Spoken(pcm, header["rate"], tuple(tuple(Event(*event) for event in c) for c in header["clauses"]))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    cast(BinaryIO, stream).close()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).parents[3])
        command = [sys.executable, "-c", _START, root, self._language]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as e:
            raise EngineError(f"espeak-ng cannot be started ({e})") from e
        return self._process


def main(language: str) -> None:
    """Answer {"text", "rate"} on standard input until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the player, which closes our input
    out = claim_stdout()
    library, failure = _library(language)
    while (message := read_message(sys.stdin.buffer)) is not None:
        request = message[0]
        if library is None:
            write_message(out, {"error": failure})
        elif not hasattr(os, "fork"):
            _say(library, request["text"], request["rate"], out)
        elif (child := os.fork()) == 0:
            try:
                signal.alarm(_SECONDS_AT_MOST)
                _say(library, request["text"], request["rate"], out)
                os._exit(0)
            finally:
                os._exit(1)
        elif os.waitpid(child, 0)[1] != 0:
            os._exit(1)  # it may have written half an answer
    os._exit(0)


def _library(language: str) -> tuple[Library | None, str]:
    try:
        library = Library()
        identifier = library.identifier(language)
        if not identifier:
            return None, f"espeak-ng does not speak {language}"
        library.choose(identifier)
    except EngineError as e:
        return None, e.message
    return library, ""


def _say(library: Library, text: str, words_a_minute: int, out: BinaryIO) -> None:
    library.set_rate(words_a_minute)
    spoken = library.speak(text)
    write_message(out, {"rate": spoken.rate, "clauses": spoken.clauses}, spoken.pcm)
