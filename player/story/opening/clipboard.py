"""Text from the system's clipboard."""

from __future__ import annotations

import os
import re
import sys

from player.errors import SourceError


def text() -> str:
    """Return the text copied last. Raises SourceError when there is none, or no program to read it."""
    import pyperclip

    _, paste = pyperclip.determine_clipboard()
    try:
        copied: str = paste()
    except (pyperclip.PyperclipException, OSError) as error:
        raise SourceError("the clipboard cannot be read", _hint()) from error
    except UnicodeError as error:
        raise SourceError(
            "there is no readable text in the clipboard", "copy the story's text, or its address"
        ) from error
    if not copied.strip():
        raise SourceError("there is no text in the clipboard", "copy the story's text, or its address")
    return copied


def is_address(copied: str) -> bool:
    """Return True if the text is a page's address and nothing else."""
    return re.fullmatch(r"https?://[^\s<>\"]+", copied.strip(), re.IGNORECASE) is not None


def _hint() -> str:
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "there is no desktop session here: give a file, or paste the text into listen -"
    if sys.platform == "linux":
        return "install xclip, or for Wayland wl-clipboard"
    return "paste the text into listen - instead"
