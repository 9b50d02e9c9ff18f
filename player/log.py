"""The log file: what went wrong behind a notice or a one-line error, with its traceback.

Every module logs to `logging.getLogger(__name__)`. Nothing of that is seen until `begin` opens a file; the processes
that a player starts write into the same one (`for_children`, `begin_in_child`), each line with one append.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
from pathlib import Path
from types import TracebackType

from player.errors import UsageError

VARIABLE = "LISTEN_LOG"
"""Names the file; in the processes that a player starts, absolute, or empty when there is none."""

_LINE = "%(asctime)s %(levelname)s {process}[%(process)d] %(threadName)s %(name)s: %(message)s"
_LOGIN = re.compile(r"(?<=://)[^\s/@'\"]+@")
_SECRET = re.compile(
    r"""([?&;][^=\s&'"]*(?:token|key|secret|passw|auth|sig|session|credential)[^=\s&'"]*=)[^\s&'"<>]+""", re.IGNORECASE
)
_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if n not in (9, 10)}

_logger = logging.getLogger(__name__)


def begin(file: Path, process: str = "listen") -> None:
    """Append to a file all that is logged, what Python warns of, and exceptions that nobody catches.

    `process` is what this one is called there. Secrets in addresses are left out. Raises UsageError when the file
    cannot be written.
    """
    path = Path(os.path.expanduser(file)).absolute()  # noqa: PTH111 (Path's own fails for "~name" that nobody has)
    if path.is_fifo():  # opening it would wait for a reader
        raise UsageError(f"the log {path} is a pipe", "name a file with --log or LISTEN_LOG")
    try:
        handler = _LogFile(path, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"the log {path} cannot be written ({reason})", "name another file with --log or LISTEN_LOG"
        ) from error
    handler.setFormatter(_Discreet(_LINE.format(process=process)))
    logging.getLogger().addHandler(handler)  # the root's: what libraries warn of belongs there as well
    logging.getLogger("player").setLevel(logging.DEBUG)
    logging.captureWarnings(True)
    _log_what_nobody_catches()


def for_children() -> dict[str, str]:
    """The environment for a process that is to log into the same file."""
    file = next((h.baseFilename for h in logging.getLogger().handlers if isinstance(h, _LogFile)), "")
    return {**os.environ, VARIABLE: file}


def begin_in_child(process: str) -> None:
    """In a process that was started with `for_children`: log, if its parent does."""
    if file := os.environ.get(VARIABLE):
        try:
            begin(Path(file), process)
        except UsageError:
            return  # the parent has told of it, or the file went away since: no reason not to work


class _LogFile(logging.FileHandler):
    """Appends. A full disk, or a folder that is gone, is no reason to write over the player's screen."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Let the record go."""


class _Discreet(logging.Formatter):
    """Without secrets and control characters; a message is one line, whatever is in it, only tracebacks are more."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """See Formatter."""
        record.message = record.message.replace("\n", "\\n")
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """See Formatter."""
        return _SECRET.sub(r"\1…", _LOGIN.sub("…@", super().format(record))).translate(_CONTROLS)


def _log_what_nobody_catches() -> None:
    """Before it is shown as it always was."""
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
