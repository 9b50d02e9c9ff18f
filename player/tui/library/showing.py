"""Showing a story's source outside of the terminal."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

_logger = logging.getLogger(__name__)


def show_source(source: str) -> None:
    """Open a page in the browser, or a file's folder in the file manager, if there is a desktop. Returns at once."""
    place = source if source.startswith(("http:", "https:")) else str(Path(source).parent)
    if sys.platform == "win32":
        command = ["explorer", place]
    elif sys.platform == "darwin":
        command = ["open", place]
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        command = ["xdg-open", place]
    else:
        return
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        _logger.info("%s cannot be shown", place, exc_info=True)
