"""The log file: the full story of each notice and one-line error, with its traceback.

Every module logs to `logging.getLogger(__name__)`. `begin` opens a file for it; without one nothing is written. Child
processes append to the same file (`for_children`, `begin_in_child`), each line with one write.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from player.errors import UsageError

VARIABLE = "LISTEN_LOG"
"""Environment variable with the log's path; for child processes absolute, or empty without a log."""

_LINE = "%(asctime)s %(levelname)s {process}[%(process)d] %(threadName)s %(name)s: %(message)s"
_LOGIN = re.compile(r"(?<=://)[^\s/@'\"]+@")
_SECRET = re.compile(
    r"""([?&;][^=\s&'"]*(?:token|key|secret|passw|auth|sig|session|credential)[^=\s&'"]*=)[^\s&'"<>]+""", re.IGNORECASE
)
_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if n not in (9, 10)}

_logger = logging.getLogger(__name__)


def begin(file: Path, process: str = "listen") -> None:
    """Append all log records, Python's warnings and uncaught exceptions to a file.

    `process` names this process in the log. Secrets in addresses are removed. Raises UsageError when the file cannot be
    written.
    """
    path = Path(os.path.expanduser(file)).absolute()  # noqa: PTH111 (Path's own fails for "~name" that nobody has)
    try:
        if path.is_fifo():  # opening it would wait for a reader
            raise UsageError(f"the log {path} is a pipe", "name a file with --log or LISTEN_LOG")
        handler = _LogFile(path, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"the log {path} cannot be written ({reason})", "name another file with --log or LISTEN_LOG"
        ) from error
    handler.setFormatter(_Discreet(_LINE.format(process=process)))
    logging.getLogger().addHandler(handler)  # the root logger, for warnings of libraries, too
    logging.getLogger("player").setLevel(logging.DEBUG)
    logging.captureWarnings(True)
    _log_what_nobody_catches()


def for_children() -> dict[str, str]:
    """Return the environment for a child process that logs to the same file."""
    file = next((h.baseFilename for h in logging.getLogger().handlers if isinstance(h, _LogFile)), "")
    return {**os.environ, VARIABLE: file}


def begin_in_child(process: str) -> None:
    """Begin logging in a process started with `for_children`, if its parent logs."""
    if file := os.environ.get(VARIABLE):
        try:
            begin(Path(file), process)
        except UsageError:
            return  # the parent has reported it, or the file vanished since: work without


def claim_stdout() -> BinaryIO:
    """Return a child process's standard output for answers to its parent alone. What libraries print goes to its
    standard error line by line, and from there to the parent's log."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # else what is printed last is lost when the process is killed
    return out


class _LogFile(logging.FileHandler):
    """A log file. Errors in writing it (a full disk, a deleted folder) are ignored: they would spoil the player's
    screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Drop the record."""


class _Discreet(logging.Formatter):
    """Removes secrets and control characters. A message is one line; only tracebacks have more."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """See Formatter."""
        record.message = record.message.replace("\n", "\\n")
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """See Formatter."""
        return _SECRET.sub(r"\1…", _LOGIN.sub("…@", super().format(record))).translate(_CONTROLS)


def _log_what_nobody_catches() -> None:
    """Log uncaught exceptions, then show them as usual."""
    show, show_of_thread = sys.excepthook, threading.excepthook

    def of_program(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            _logger.critical("nobody caught this", exc_info=(kind, error, trace))
        show(kind, error, trace)

    def of_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            name = args.thread.name if args.thread else "a thread"
            caught = (args.exc_type, args.exc_value, args.exc_traceback)
            _logger.critical("nobody caught this in %s", name, exc_info=caught)
        show_of_thread(args)

    sys.excepthook, threading.excepthook = of_program, of_thread
