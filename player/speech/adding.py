"""Fetching a voice: file by file, from where an earlier attempt stopped, verified, and put in place at the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Event

from player.errors import EngineError, PlayerError
from player.locks import alone
from player.speech.addable import Addable, VoicePart, voice_folder
from player.speech.catalogue import unfinished

_logger = logging.getLogger(__name__)

_PIECE = 1 << 16
"""Bytes read at a time."""
_SECONDS = 30.0
"""Longest wait for the server's next bytes."""


class Stopped(PlayerError):
    """Fetching a voice was cancelled."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__("cancelled", "what arrived is kept for the next time")


def add(voice: Addable, progress: Callable[[int, int], None], cancelled: Event, *, address: str = "") -> None:
    """Fetch the files of a voice that are missing. `progress` receives the bytes that are there, and all.

    `address` replaces the catalogue's. What arrived before an error or a cancellation is kept, and the next attempt
    goes on with it. Raises EngineError, also while another process adds it; `Stopped`.
    """
    folder = voice_folder(voice.engine)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder / f".{voice.name}.lock") as is_first:
            if not is_first:
                raise EngineError(f"{voice.id} is being added already", "wait until that is done")
            _add_missing(voice, folder, progress, cancelled, address or voice.address)
    except OSError as error:
        _logger.warning("the voice %s was not added", voice.id, exc_info=True)
        reason = error.strerror or type(error).__name__
        raise EngineError(f"{voice.id} was not added: {folder} cannot be written ({reason})") from error


def _add_missing(
    voice: Addable, folder: Path, progress: Callable[[int, int], None], cancelled: Event, address: str
) -> None:
    """Fetch what is missing in a folder, and put it in place. Raises EngineError, `Stopped`, OSError."""
    missing = [part for part in voice.parts if not (folder / part.name).is_file()]
    done = voice.size - sum(part.size for part in missing)
    for part in missing:
        url = f"{address.rstrip('/')}/{part.url or part.name}"
        _fetch(url, unfinished(voice, part), part, partial(_beyond, progress, done, voice.size), cancelled)
        done += part.size
    for part in missing:
        unfinished(voice, part).replace(folder / part.name)


def _beyond(progress: Callable[[int, int], None], before: int, size: int, here: int) -> None:
    progress(before + here, size)


def _fetch(url: str, file: Path, part: VoicePart, progress: Callable[[int], None], cancelled: Event) -> None:
    """Fetch the rest of a file, and check the whole. Raises EngineError, `Stopped`, OSError."""
    have = file.stat().st_size if file.is_file() else 0
    if have > part.size:
        file.unlink()
        have = 0
    if have < part.size:
        _receive(url, file, part.size, progress, cancelled)
    digest = sha256()
    with file.open("rb") as whole:
        while piece := whole.read(1 << 20):
            digest.update(piece)
    if digest.hexdigest() != part.sha256:
        file.unlink()
        raise EngineError(
            f"{part.name} is not what the catalogue says (another checksum)", "try again, or another server"
        )
    progress(part.size)


def _receive(url: str, file: Path, size: int, progress: Callable[[int], None], cancelled: Event) -> None:
    """Append what a file lacks. Raises EngineError, `Stopped`, OSError."""
    from urllib3 import Timeout
    from urllib3.exceptions import HTTPError

    from player.story.opening.http.connections import connected, proxy_of

    have = file.stat().st_size if file.is_file() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    try:
        with connected(proxy_of(url), timeout=Timeout(_SECONDS), retries=3) as pool:
            answer = pool.request("GET", url, headers=headers, preload_content=False)
            if answer.status not in (200, 206):
                raise EngineError(f"{url} cannot be fetched (status {answer.status})", "try again later")
            resumed = answer.status == 206
            with file.open("ab" if resumed else "wb") as out:
                here = have if resumed else 0
                for piece in answer.stream(_PIECE, decode_content=False):
                    if cancelled.is_set():
                        raise Stopped
                    here += len(piece)
                    if here > size:
                        raise EngineError(f"{url} is longer than the catalogue says", "try another server")
                    out.write(piece)
                    progress(here)
    except HTTPError as error:
        _logger.warning("%s cannot be fetched", url, exc_info=True)
        raise EngineError(f"{url} cannot be fetched", "check the network; what arrived is kept, try again") from error
    if here < size:
        raise EngineError(f"{url} ended too early", "what arrived is kept: try again")
