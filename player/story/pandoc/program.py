"""Running pandoc, sandboxed: a document goes in, its tree comes out as HTML."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

from player.errors import SourceError
from player.story.pandoc.tree import Document, document, markup
from player.story.reading.untrusted.limits import hold_helper, memory_left

_logger = logging.getLogger(__name__)

TIMEOUT = 120.0
"""Seconds; 1 MB of text takes 1 to 2, of Word's 0.3 (see `docx.mended`)."""
_HEAP = 1_000_000_000
"""Most bytes of pandoc's heap; 3 MB of text need 0.2 GB."""
_SHARE = 0.7
"""Share of the remaining memory for its heap; the program itself needs the rest."""
_OUT_OF_TIME = (-24,)
"""Exit codes after the CPU time is used up (SIGXCPU)."""
_OUT_OF_MEMORY = (251, 252)
"""Exit codes of a Haskell program out of heap or stack."""
_LINE = re.compile(r"^Error at .*\(line (\d+), column \d+\)", re.MULTILINE)
_COMPLAINT = 2_000
"""Bytes at the end of pandoc's messages."""
_LARGEST = 100_000_000
"""Bytes of JSON; 1 MB of text gives up to 5.5."""


class NotUnderstood(SourceError):
    """A text in which pandoc does not understand a line."""

    def __init__(self, error: SourceError, line: int) -> None:
        """`line` counts from 1."""
        super().__init__(error.message, error.hint)
        self.line = line


def converted(data: bytes, reader: str, name: str, *, heap: int = _HEAP, whole: bool = False) -> Document:
    """Return pandoc's reading of a document; `reader` is its name of the format, `name` the file for
    errors.

    `heap`: most bytes of pandoc's memory. `whole`: take a heading above all others for the title.
    pandoc reads no other file and no network (--sandbox). Raises SourceError (NotUnderstood for a line), and
    ModuleNotFoundError without pypandoc.
    """
    command = [
        _program(),
        "--sandbox",
        *(["--standalone"] if whole else []),
        f"--from={reader}",
        "--to=json",
        "+RTS",
        _memory(heap),
        "-RTS",
    ]
    try:
        code, tree, complaint = _run(command, data)
    except subprocess.TimeoutExpired:
        raise SourceError(f"{name} took longer than {TIMEOUT:g} s to read", "split it into parts") from None
    except OSError as error:
        hint = 'reinstall it with: pip install --force-reinstall "listen-to-story[office]"'
        raise SourceError(f"pandoc cannot be run ({error.strerror})", hint) from error
    if code in _OUT_OF_MEMORY or len(tree) > _LARGEST:
        raise SourceError(f"{name} is too large to read", "split it into parts")
    if code in _OUT_OF_TIME:
        raise SourceError(f"{name} takes too long to read", "split it into parts")
    if code:
        _logger.warning("pandoc ended with %d: %s", code, complaint)
        if line := _LINE.search(complaint):
            raise NotUnderstood(_damaged(name), int(line[1]))
        raise _damaged(name)
    try:
        return document(json.loads(tree, object_hook=markup))
    except RecursionError as error:  # nested too deeply
        raise _damaged(name) from error


def _damaged(name: str) -> SourceError:
    return SourceError(f"{name} is damaged", "open it in the program it was written with, and save it anew")


def _run(command: list[str], data: bytes) -> tuple[int, bytes, str]:
    """Return (exit code, output, the end of what it complains of)."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        hold_helper(program.pid)
        try:
            output, complaint = program.communicate(data, TIMEOUT)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
        return program.returncode, output, complaint[-_COMPLAINT:].decode(errors="replace")


def _memory(heap: int) -> str:
    left = memory_left()
    return f"-M{heap if left is None else min(round(left * _SHARE), heap)}"


def _program() -> str:
    """Return the path of pypandoc's own pandoc: another may be too old for --sandbox.

    pypandoc itself is not imported: that takes 0.06 s, and its way to start pandoc first runs every pandoc on the
    machine, to compare versions.
    """
    found = find_spec("pypandoc")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'pypandoc'", name="pypandoc")
    return str(Path(found.submodule_search_locations[0]) / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))
