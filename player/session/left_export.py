"""An export that goes on when the player has ended: in a process of its own, which takes what is rendered already from
the audio cache."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from player.errors import ExportError, PlayerError
from player.export import Cancelled, Options, Progress
from player.library.left_exports import Record
from player.log import begin_in_child, for_children
from player.session import Session
from player.settings import Settings
from player.story.model import Story

_START = "import sys; sys.path.insert(0, sys.argv[1]); from player.session.left_export import main; main()"
_BEGUN = b"begun\n"

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What to export: just as the player would."""

    settings: Settings
    story: Story
    voice: str
    """The voice that speaks, an id."""
    path: Path
    """Absolute path of the file to write."""
    chapter: int | None
    """Index of the section to write; None: the whole story."""
    skip_unspeakable: bool = False
    """True: leave out sentences that cannot be said."""


def start(order: Order) -> subprocess.Popen[bytes]:
    """Begin an export that needs this process no more, and return its process. Waits until it keeps a record of its
    own (`player.library.left_exports`). Raises ExportError."""
    root = str(Path(__file__).resolve().parents[2])
    own: dict[str, Any] = {"start_new_session": True}  # a closed terminal does not end it
    if sys.platform == "win32":
        own = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=for_children(),
            **own,
        )
        assert process.stdin is not None and process.stdout is not None
        with process.stdin, process.stdout:
            process.stdin.write(pickle.dumps(order))
            process.stdin.close()
            begun = process.stdout.readline()
    except OSError as error:
        raise ExportError(f"the export cannot be left in the background ({error})", "wait for it instead") from error
    if begun != _BEGUN:
        process.wait()
        raise ExportError("the export cannot be left in the background", "wait for it instead; --log FILE tells more")
    return process


def main() -> None:
    """Take an order from standard input, and make its file."""
    begin_in_child("export")
    order: Order = pickle.load(sys.stdin.buffer)  # written by the player that started this process
    cancelled = Event()
    signal.signal(signal.SIGTERM, lambda *_: cancelled.set())
    record = Record(order.settings.left_exports, order.path)
    sys.stdout.buffer.write(_BEGUN)
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on
    record.end(_failure(order, record, cancelled))


def _failure(order: Order, record: Record, cancelled: Event) -> str:
    """Make the file; return why that failed, or nothing."""

    def progress(done: Progress) -> None:
        record.progress(done.done / max(done.total, 1))

    try:
        session = Session.open(order.story, replace(order.settings, speed=1.0)).told_by(order.voice)
        try:
            options = Options(skip_unspeakable=order.skip_unspeakable)
            list(session.export([order.path], progress, cancelled, chapter=order.chapter, options=options))
        finally:
            session.close()
    except Cancelled:
        return "it was stopped"
    except PlayerError as error:
        _logger.warning("the export to %s failed", order.path, exc_info=True)
        return str(error)
    except Exception:
        _logger.exception("the export to %s failed", order.path)
        return "the file could not be made"
    return ""
