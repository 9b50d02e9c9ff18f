"""Running pandoc: a document goes in, the HTML of its text comes out, and nothing else happens."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from player.errors import SourceError

TIMEOUT = 120.0
"""Seconds; 1 MB of text in 3,000 paragraphs takes 0.3, as its words are kept from it (see Texts)."""
_MEMORY = "-M1g"
"""Of pandoc's heap; 6 MB of text, given to it word for word, would need 0.8 GB."""
_OUT_OF_MEMORY = (251, 252)
"""Exit codes of a Haskell program whose heap or stack did not suffice."""
_TEMPLATE = Path(__file__).with_name("office_template.html")
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
        done = subprocess.run(
            [*command, "+RTS", _MEMORY, "-RTS"], input=data, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise SourceError(f"{name} took longer than {TIMEOUT:g} s to read", "split it into parts") from None
    except OSError as error:
        hint = 'install it anew with: pip install --force-reinstall "listen-to-story[office]"'
        raise SourceError(f"pandoc cannot be run ({error.strerror})", hint) from error
    if done.returncode in _OUT_OF_MEMORY or len(done.stdout) > _LARGEST:
        raise SourceError(f"{name} is too large to read", "split it into parts")
    if done.returncode:
        raise damaged(name)
    return re.sub("[\ufffe\uffff]", "", done.stdout.decode("utf-8", "replace"))  # which lxml takes for no characters


def damaged(name: str) -> SourceError:
    """What is said of a document that is not what it seems to be."""
    return SourceError(f"{name} is damaged", "open it in the program it was written with, and save it anew")


def _program() -> str:
    """The one that comes with the library: any other on this machine may be too old to have a sandbox."""
    import pypandoc  # 0.06 s; its own way of starting pandoc would start all that there are, to compare versions

    return str(Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))
