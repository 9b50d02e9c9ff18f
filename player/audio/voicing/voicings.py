"""The voices of one renderer by role: the narrator's, and others that start when they are first needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Lock

from player.audio.voicing import Voicing
from player.audio.voicing.casting import OtherVoice
from player.audio.voicing.process import VoiceProcess
from player.audio.voicing.waits import Waits
from player.errors import EngineBusy, PlayerError
from player.speech.choosing.registry import profile
from player.speech.choosing.voices import speaks
from player.speech.process.workers import SpeechWorker

_logger = logging.getLogger(__name__)


class Voicings:
    """The voices of one renderer. Methods may be called from any thread."""

    def __init__(self, narrator: Voicing, others: Sequence[OtherVoice], notify: Callable[[str], None]) -> None:
        self._notify = notify
        self._others = others
        self._lock = Lock()
        self._starts = [Lock() for _ in others]
        self._found: dict[int, Voicing] = {0: narrator}
        self._found |= {n: one.ready for n, one in enumerate(others, 1) if one.ready is not None}
        self._running = {role: voicing.first for role, voicing in self._found.items() if voicing.first is not None}
        self._starting: dict[int, VoiceProcess] = {}
        self._replaced: set[int] = set()
        self._closed = False
        self.waits = Waits(self._tell_of)
        """When engines that ask to wait may be asked again."""
        self.profiles = [profile(narrator.hello.engine), *(profile(one.engine) for one in others)]
        """Of each role's engine."""

    def __len__(self) -> int:
        return len(self._others) + 1

    def __getitem__(self, role: int) -> Voicing:
        """Return the voice of a role, waiting until it is known; the narrator's for one that cannot be had, with a
        notice. Raises EngineBusy while the engine of a voice that is not known yet asks to wait."""
        role = self.role(role)
        found = self._found.get(role)
        if found is None:
            with self._starts[role - 1]:
                found = self._found.get(self.role(role)) or self._started(role)
        return found

    def role(self, role: int) -> int:
        """Return a role itself, or 0 if the narrator has taken it over."""
        return 0 if role in self._replaced else role

    def known(self, role: int) -> Voicing | None:
        """Return the voice of a role if it is known already."""
        return self._found.get(self.role(role))

    def take_over(self, role: int, error: PlayerError) -> None:
        """Let the narrator say a role from now on, because its voice does not work: with a notice."""
        with self._lock:
            again = role in self._replaced
            self._replaced.add(role)
        if not again and not self._closed:
            other = self._others[role - 1]
            narrator = self._found[0].hello.voice.id
            self._notify(f"{narrator} says what {other.name} was to say ({other.language}): {error.message}")

    def _tell_of(self, role: int, told: str) -> None:
        """Tell the listener something of a role's voice."""
        if not self._closed:
            found = self._found.get(role)
            self._notify(f"{self._others[role - 1].name if found is None else found.hello.voice.id} {told}")

    def take(self, role: int) -> SpeechWorker | None:
        """Return the worker of a role that is running already, once."""
        with self._lock:
            return self._running.pop(role, None)

    def rest(self) -> None:
        """End the running workers that nobody has taken."""
        with self._lock:
            idle = list(self._running.values())
            self._running.clear()
        for worker in idle:
            worker.kill()

    def close(self) -> None:
        """End what is starting or running."""
        with self._lock:
            self._closed = True
            starting = list(self._starting.values())
        for process in starting:
            process.dismiss()
        self.rest()

    def _started(self, role: int) -> Voicing:
        other = self._others[role - 1]
        if self._closed:
            return self._found[0]  # nothing is said any more
        try:
            with self.waits.asking(role):
                voicing = self._introduced(role)
        except EngineBusy:
            raise
        except PlayerError as error:
            _logger.warning("the voice %s cannot be had", other.name, exc_info=True)
            self.take_over(role, error)
            return self._found[0]
        with self._lock:
            process = self._starting.pop(role)
            if other.voice or speaks(voicing.hello.voice.language, other.language):
                self._found[role] = voicing
                if not self._closed and voicing.first is not None:
                    self._running[role] = voicing.first
                return voicing
            self._replaced.add(role)
        process.dismiss()
        _logger.info("%s has no voice for %s", other.name, other.language)
        return self._found[0]

    def _introduced(self, role: int) -> Voicing:
        """Start a role's process; return its voice. Raises PlayerError, and the process has ended then."""
        process = self._others[role - 1].process()
        with self._lock:
            self._starting[role] = process
        try:
            if self._closed:  # meanwhile
                process.dismiss()
            return process.voicing()
        except PlayerError:
            process.dismiss()
            raise
