"""The process of one engine with one voice. Its host is `player.speech.process.host`.

Engines keep global state, hold the interpreter's lock and can crash; here they harm only this process. It ends with its
parent: when standard input closes it exits at once, even within a sentence.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Mapping
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from player.errors import EngineBusy, EngineError, PlayerError, Unspeakable, UsageError
from player.log import begin_in_child, claim_stdout
from player.speech.choosing import registry
from player.speech.choosing.voices import find_voice
from player.speech.engine import ANY_LANGUAGE, Engine, Speech, Voice
from player.speech.options import Options, sounding
from player.speech.protocol import Header, read_message, voice_to_json, write_message
from player.speech.sound.loudness import measured, prepare
from player.speech.sound.trimming import audible, check, plausible
from player.utterance.recorded import said

_logger = logging.getLogger(__name__)


def main() -> None:
    """Do what the first request says (see `protocol`), then end the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it closes our input
    out = claim_stdout()
    requests: SimpleQueue[Header] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    first = requests.get()
    begin_in_child(f"engine:{first.get('engine') or next(iter(first['voices']))}")
    try:
        if "voices" in first:
            _list_voices(first["voices"], out)
        else:
            _serve(first, out, requests)
    except BrokenPipeError:
        pass  # the host is gone: nobody to answer
    except Exception as e:
        _logger.error("the engine failed", exc_info=True)
        write_message(out, _failure(e))
    # Instead of sys.exit, which would run the destructors of speech libraries, some of which crash.
    os._exit(0)


def _serve(first: Header, out: BinaryIO, requests: SimpleQueue[Header]) -> None:
    engine_name, language, given = first["engine"], first["language"], first["options"]
    engine = registry.load(engine_name, given)
    voices = engine.voices()
    voice = find_voice(voices, first["voice"], language)
    # Sent before the model is loaded: enough for the host to play what is in the audio cache.
    heard_as = f"{engine.version} {voice.revision}".strip()
    hello = {"engine": engine.name, "version": heard_as, "voice": voice_to_json(voice)}
    heard = sounding(registry.profile(engine_name).options, given)
    write_message(out, {**hello, "only": len(voices) == 1, "options": heard})
    from player.speech.alignment import Aligner  # 0.01 s, which the hello and a list of voices need not wait for

    aligner = Aligner(language if voice.language in ("", ANY_LANGUAGE) else voice.language)
    asked = [requests.get()] if first["patient"] else []
    broken, asks_to_wait = _try_to_load(engine, voice), False
    gc.freeze()  # what the voice consists of stays
    gc.enable()  # see `starting`
    Thread(target=prepare, daemon=True).start()  # after the voice: two imports at once only take turns
    while True:
        request = asked.pop() if asked else requests.get()
        if asks_to_wait:
            broken = _try_to_load(engine, voice)
        asks_to_wait = broken is not None and broken["kind"] == "busy"
        if broken is not None:
            write_message(out, {"id": request["id"], **broken})
            continue
        text = request["text"]
        header: Header = {"id": request["id"]}
        try:
            speech = Speech(b"", voice.sample_rate, ())
            if text:
                speech = aligner.improved(said(text), _checked(engine.render(text, voice), said(text)))
                header["loudness"] = measured(speech.pcm, speech.sample_rate).to_json()
        except Exception as e:
            _logger.warning("request %s failed", request["id"], exc_info=True)
            write_message(out, header | _failure(e))
            continue
        header |= {"rate": speech.sample_rate, "estimated": speech.estimated, "marks": speech.marks}
        write_message(out, header, speech.pcm)


def _checked(speech: Speech, text: str) -> Speech:
    """Return the same speech. Raises EngineError for garbage, Unspeakable for silence."""
    return plausible(audible(check(speech, text), text), text)


def _try_to_load(engine: Engine, voice: Voice) -> Header | None:
    """Load a voice. Return None, or the failure with which requests are answered."""
    try:
        engine.load(voice)
    except Exception as e:
        _logger.error("%s cannot be loaded", voice.name, exc_info=True)
        return _failure(e)
    return None


def _list_voices(options: Mapping[str, Options], out: BinaryIO) -> None:
    """Tell the voices of engines, given {engine: its options}."""
    for name, given in options.items():
        try:
            engine = registry.load(name, given)
            voices = [voice_to_json(v) for v in engine.voices()]
            answer: Header = {"engine": engine.name, "version": engine.version, "voices": voices}
        except Exception as error:  # a stranger's engine: the others answer all the same
            _logger.error("the engine %s failed", name, exc_info=True)
            answer = _failure(error)
        write_message(out, answer)


def _failure(error: Exception) -> Header:
    if isinstance(error, PlayerError):
        kind = {Unspeakable: "unspeakable", UsageError: "usage", EngineBusy: "busy"}.get(type(error), "")
        more: Header = {"seconds": error.seconds} if isinstance(error, EngineBusy) else {}
        if isinstance(error, UsageError):
            more = {"setting": error.setting, "voice": error.voice}
        return {"error": error.message, "hint": error.hint, "kind": kind, **more}
    # The exception's type means nothing to a listener: it is in the log.
    return {"error": "the speech engine failed", "hint": "--log FILE keeps what happened", "kind": ""}


def _listen(stream: BinaryIO, requests: SimpleQueue[Header]) -> None:
    """Queue requests; end the process from this thread when the parent is gone, or its message malformed."""
    try:
        while (message := read_message(stream)) is not None:
            requests.put(message[0])
    except EngineError as e:
        _logger.error("what was asked cannot be read", exc_info=True)
        sys.stderr.write(f"{e}\n")
    os._exit(0)
