"""Running pandoc: a document goes in, the HTML of its text comes out, and nothing else happens."""

from __future__ import annotations

import logging
import os
import re
import subprocess
from pathlib import Path

from player.errors import SourceError
from player.story.reading.limits import hold_helper, memory_left

_logger = logging.getLogger(__name__)

TIMEOUT = 120.0
"""Seconds; 1 MB of text in 3,000 paragraphs takes 0.3, as its words are kept from it (see Texts)."""
_HEAP = 1_000_000_000
"""Bytes of pandoc's heap at most; 6 MB of text, given to it word for word, would need 0.8 GB."""
_SHARE = 0.7
"""Of the memory that is left to it: the program itself takes the rest."""
_OUT_OF_TIME = (-24,)
"""Exit codes of a program that has used up its time (SIGXCPU)."""
_OUT_OF_MEMORY = (251, 252)
"""Exit codes of a Haskell program whose heap or stack did not suffice."""
_TEMPLATE = Path(__file__).with_name("template.html")
_LARGEST = 100_000_000
"""Bytes of HTML; 3 MB of text give 0.3 MB."""


def to_html(data: bytes, form: str, name: str) -> str:
    """The text of a document as HTML: a <header> of paragraphs with the classes title, author, date and other, and
    the text in <main>.  `form` is what pandoc calls its format, `name` the file for errors.

    pandoc reads no other file and no network (--sandbox). Raises SourceError, and ModuleNotFoundError when there
    is no pypandoc.
    """
    command = [_program(), "--sandbox", f"--from={form}", "--to=html5", f"--template={_TEMPLATE}", "--wrap=none"]
    try:
        code, html = _run([*command, "+RTS", _memory(), "-RTS"], data)
    except subprocess.TimeoutExpired:
        raise SourceError(f"{name} took longer than {TIMEOUT:g} s to read", "split it into parts") from None
    except OSError as error:
        hint = 'install it anew with: pip install --force-reinstall "listen-to-story[office]"'
        raise SourceError(f"pandoc cannot be run ({error.strerror})", hint) from error
    if code in _OUT_OF_MEMORY or len(html) > _LARGEST:
        raise SourceError(f"{name} is too large to read", "split it into parts")
    if code in _OUT_OF_TIME:
        raise SourceError(f"{name} takes too long to read", "split it into parts")
    if code:
        _logger.warning("pandoc ended with %d", code)
        raise damaged(name)
    return re.sub("[\ufffe\uffff]", "", html.decode("utf-8", "replace"))  # which lxml takes for no characters


def _run(command: list[str], data: bytes) -> tuple[int, bytes]:
    """(exit code, output)"""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        hold_helper(program.pid)
        try:
            html, _ = program.communicate(data, TIMEOUT)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
        return program.returncode, html


def _memory() -> str:
    left = memory_left()
    return f"-M{_HEAP if left is None else min(round(left * _SHARE), _HEAP)}"


def damaged(name: str) -> SourceError:
    """What is said of a document that is not what it seems to be."""
    return SourceError(f"{name} is damaged", "open it in the program it was written with, and save it anew")


def _program() -> str:
    """The one that comes with the library: any other on this machine may be too old to have a sandbox."""
    import pypandoc  # 0.06 s; its own way of starting pandoc would start all that there are, to compare versions

    return str(Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))
