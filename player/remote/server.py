"""The ear of a running player: takes commands of other programs of the same user, one connection each."""

from __future__ import annotations

import json
import logging
import os
import secrets
from contextlib import suppress
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from multiprocessing.context import AuthenticationError
from pathlib import Path
from threading import Thread

from player.errors import PlayerError
from player.remote.commands import obey
from player.remote.controls import Interface, NoStory, RemoteError
from player.remote.doors import Door, announce, folder

_LONGEST = 1_000_000
"""Bytes of a request: a long text to say."""
_PATIENCE = 10.0
"""Seconds that a connection waits for its request."""

_logger = logging.getLogger(__name__)


class RemoteServer:
    """Obeys commands until it is closed. A player that cannot be reached plays all the same: that is only logged."""

    def __init__(self, interface: Interface) -> None:
        """Listen from now on, in threads."""
        self._interface = interface
        self._key = secrets.token_bytes(16)
        self._file: Path | None = None
        self._listener: Listener | None = None
        self._closed = False
        try:
            windows = os.name == "nt"
            address = rf"\\.\pipe\listen-to-story-{os.getpid()}" if windows else str(folder() / f"{os.getpid()}.socket")
            if not windows:
                Path(address).unlink(missing_ok=True)  # of an ended process that had this number
            self._listener = Listener(address, "AF_PIPE" if windows else "AF_UNIX", backlog=8)
            self._file = announce(Door(address, self._key.hex(), os.getpid()))
        except (OSError, RemoteError):
            _logger.warning("the player cannot be reached by other programs", exc_info=True)
            self.close()
            return
        Thread(target=self._run, name="remote", daemon=True).start()

    def close(self) -> None:
        """Stop listening. Returns at once."""
        self._closed = True
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
        if self._listener is not None:
            with suppress(OSError):
                self._listener.close()  # removes the socket, too

    def _run(self) -> None:
        while not self._closed and self._listener is not None:
            try:
                caller = self._listener.accept()
            except OSError:
                if not self._closed:
                    _logger.warning("a caller was lost", exc_info=True)
                    if self._listener is None:
                        return
                continue
            Thread(target=self._serve, args=(caller,), name="remote-caller", daemon=True).start()

    def _serve(self, caller: Connection) -> None:
        with caller:
            try:
                deliver_challenge(caller, self._key)
                answer_challenge(caller, self._key)
                if caller.poll(_PATIENCE):
                    caller.send_bytes(json.dumps(self._answer(caller.recv_bytes(_LONGEST))).encode())
            except (EOFError, OSError, AuthenticationError):
                _logger.info("a caller went away", exc_info=True)

    def _answer(self, request: bytes) -> dict[str, object]:
        try:
            found = json.loads(request)
            return obey(self._interface, str(found["do"]), [str(word) for word in found["with"]])
        except PlayerError as error:
            return {"error": error.message, "hint": error.hint, "idle": isinstance(error, NoStory)}
        except Exception as error:  # the boundary of the thread: the caller gets one line, the log the rest
            _logger.warning("a command failed", exc_info=True)
            return {"error": f"the command failed ({type(error).__name__}: {error})", "hint": ""}
