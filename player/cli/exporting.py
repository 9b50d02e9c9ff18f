"""Exports: one line for each file, until a signal ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from player.audio.clock import clock
from player.cli.interruption import interrupted
from player.cli.printing import ProgressLine, complain, in_bytes, print_notices
from player.early import EarlyVoice
from player.export import Options, Summary
from player.export.planning import Task, folders
from player.export.targets import name_of
from player.session import Session
from player.settings import Settings
from player.story.text import printable


def export_all(
    tasks: Sequence[Task], settings: Settings, options: Options, told: TextIO, early: EarlyVoice | None = None
) -> None:
    """Write the files of all tasks, and print each summary to `told`. The first task takes the voice started `early`.
    Raises as `Session.export`."""
    cancelled = threading.Event()
    with interrupted(cancelled):
        for task in tasks:
            _export(task, Session.open(task.story, settings, early, parts=task.parts), options, cancelled, told)


def _export(task: Task, session: Session, options: Options, cancelled: threading.Event, told: TextIO) -> None:
    try:
        if task.notice and session.settings.one_voice and not session.settings.language:
            complain(task.notice)
        with folders(task.paths), ProgressLine([Path(name_of(path)).name for path in task.paths]) as progress:
            began = time.monotonic()
            left_out = ""
            made = session.export(
                task.paths, progress.show, cancelled, chapter=task.chapter, options=options, new=task.new
            )
            for summary in made:
                now = time.monotonic()
                progress.next()
                print_notices(session.notices)
                if summary.left_out != left_out:  # the same for every file of a task
                    complain(left_out := summary.left_out)
                print(_told(summary, max(now - began, 1e-3)), file=told, flush=True)
                began = now
    finally:
        session.close()


def _told(summary: Summary, took: float) -> str:
    """Return a line about a file made in `took` seconds."""
    return (
        f"{printable(name_of(summary.path))}: {clock(round(summary.seconds))}, {in_bytes(summary.bytes)}, "
        f"made in {took:.1f} s ({summary.seconds / took:.0f} times real time)"
    )
