"""The survey of all engines: which voices are installed, and which engines do not work."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from player.errors import PlayerError, WorkerDied
from player.speech.choosing import registry
from player.speech.engine import Voice
from player.speech.options import Options
from player.speech.process.host import HELLO_TIMEOUT, Worker
from player.speech.protocol import voice_from_json

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """An installed engine, and its state on this machine."""

    name: str
    ok: bool
    voices: tuple[Voice, ...] = ()
    """Empty when the engine fails."""
    version: str = ""
    reason: str = ""
    """One line: why the engine fails; empty when it works."""
    hint: str = ""


class Survey:
    """Every installed engine that is set up, asked for its voices.

    One process asks them all, because starting one takes 0.1 s; those that must be set up, which may wait for a server,
    have a process each. An engine that ends the common process, or does not answer, is asked alone, and those behind it
    are, too.
    """

    def __init__(self, options: Mapping[str, Options] | None = None) -> None:
        """Start the processes. `options` by the engine's name, checked."""
        self._options = options or {}
        waiting = registry.not_set_up(self._options)
        self.names = tuple(name for name in registry.names() if name not in waiting)
        """The engines that are asked."""
        apart = [name for name in self.names if registry.profile(name).set_up_by]
        together = [name for name in self.names if name not in apart]
        groups = [together, *([name] for name in apart)]
        self._asked = [(names, _start(names, self._options)) for names in groups if names]

    def statuses(self) -> list[EngineStatus]:
        """Return all of them with their voices, waiting until they have answered; ends the processes."""
        found: dict[str, EngineStatus] = {}
        for names, worker in self._asked:
            with worker:
                try:
                    for name in names:
                        found[name] = _status(name, worker)
                except WorkerDied:
                    _logger.warning("the process that asks %s ended, or does not answer", names, exc_info=True)
        return [found.get(name) or self._alone(name) for name in self.names]

    def close(self) -> None:
        """End the processes. May be repeated."""
        for _, worker in self._asked:
            worker.kill()

    def _alone(self, name: str) -> EngineStatus:
        try:
            with _start([name], self._options) as worker:
                return _status(name, worker)
        except WorkerDied as error:
            return EngineStatus(name, ok=False, reason=error.message, hint=error.hint)


def voices(engine: str | None = None, options: Mapping[str, Options] | None = None) -> list[Voice]:
    """Return the voices of one engine, or of all that work; `options`: {engine: checked options}.

    Raises UsageError when there is no engine of that name, EngineError when it does not work.
    """
    if engine is None:
        return [voice for status in Survey(options).statuses() for voice in status.voices]
    with _start([engine], options or {}) as worker:
        return [voice_from_json(v) for v in worker.ask(HELLO_TIMEOUT)["voices"]]


def _start(names: Sequence[str], options: Mapping[str, Options]) -> Worker:
    return Worker({"voices": {name: dict(options.get(name, {})) for name in names}})


def _status(name: str, worker: Worker) -> EngineStatus:
    """Return what the next answer tells of an engine. Raises WorkerDied when there is none."""
    try:
        answer = worker.ask(HELLO_TIMEOUT)
        found = tuple(voice_from_json(v) for v in answer["voices"])
    except WorkerDied:
        raise
    except PlayerError as error:
        _logger.warning("the engine %s does not work", name, exc_info=True)
        return EngineStatus(name, ok=False, reason=error.message, hint=error.hint)
    return EngineStatus(name, ok=True, voices=found, version=answer["version"])
