"""Asking a running player: the newest that answers and has a story."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Client, answer_challenge, deliver_challenge
from multiprocessing.context import AuthenticationError
from pathlib import Path
from typing import Any

from player.remote.controls import RemoteError
from player.remote.doors import Door, doors

_PATIENCE = 10.0
"""Seconds to wait for an answer."""

_logger = logging.getLogger(__name__)


def ask(name: str, words: Sequence[str]) -> dict[str, Any]:
    """Have a running player carry out a command; return its answer, see `commands.obey`.

    Raises RemoteError when none runs, or it refuses.
    """
    without_story: RemoteError | None = None
    request = json.dumps({"do": name, "with": list(words)}).encode()
    for file, door in doors():
        answer = _asked(file, door, request)
        if answer is not None:
            if "error" in answer:
                refused = RemoteError(str(answer["error"]), str(answer.get("hint", "")))
                if answer.get("idle"):  # perhaps an older one plays
                    without_story = without_story or refused
                    continue
                raise refused
            return answer
    raise without_story or RemoteError("no player runs", "start one: listen STORY")


def _asked(file: Path, door: Door, request: bytes) -> dict[str, Any] | None:
    """Return the answer of a player; None if it has ended, and is forgotten then."""
    key = bytes.fromhex(door.key)
    try:
        player = Client(door.address)
    except (OSError, ValueError):
        _logger.info("the player %s has ended", door.pid, exc_info=True)
        for left in (file, Path(door.address)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        return None
    with player:
        try:
            answer_challenge(player, key)
            deliver_challenge(player, key)
            player.send_bytes(request)
            if not player.poll(_PATIENCE):
                raise RemoteError("the player does not answer", "see whether it hangs")
            found = json.loads(player.recv_bytes())
        except (EOFError, OSError, AuthenticationError, ValueError) as error:
            raise RemoteError(f"the player went away ({type(error).__name__})", "ask again") from error
    return found if isinstance(found, dict) else None
