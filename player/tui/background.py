"""Work in a thread that tells its progress, can be stopped, and answers by a message."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

from player.errors import PlayerError
from player.story.opening.waiting import Watch

_logger = logging.getLogger(__name__)


class _Stopped(Exception):
    """Ends work that is no longer wanted."""


class Job:
    """One piece of work."""

    def __init__(self, name: str) -> None:
        self.name = name
        """What is done, for the listener."""
        self.stopped = False
        self._lock = Lock()

    def start(
        self, work: Callable[[Watch], Any], target: MessagePump, discard: Callable[[Any], None] = lambda result: None
    ) -> None:
        """Call `work` in a thread, and post its progress and result to `target`. After `stop`, a result is handed to
        `discard` instead."""

        def tell(told: str) -> None:
            if self.stopped:
                raise _Stopped
            target.post_message(JobTold(self, told))

        def run() -> None:
            try:
                result = work(tell)
            except _Stopped:
                return
            except Exception as error:
                _logger.warning("%s failed", self.name, exc_info=True)
                reason = str(error) if isinstance(error, PlayerError) else f"{type(error).__name__}: {error}"
                target.post_message(JobFailed(self, reason))
                return
            with self._lock:
                if not self.stopped:
                    target.post_message(JobDone(self, result))
                    return
            discard(result)

        # A daemon: whoever leaves need not wait for a slow page.
        Thread(target=run, name="job", daemon=True).start()

    def stop(self) -> None:
        """Stop soon; the result is no longer wanted."""
        with self._lock:
            self.stopped = True


@dataclass
class JobTold(Message):
    """A job goes on."""

    job: Job
    told: str

    def can_replace(self, message: Message) -> bool:
        """Replace any older one of the same job."""
        return isinstance(message, JobTold) and message.job is self.job


@dataclass
class JobDone(Message):
    """A job has succeeded."""

    job: Job
    result: Any


@dataclass
class JobFailed(Message):
    """A job has failed."""

    job: Job
    reason: str
    """A sentence for the listener."""
