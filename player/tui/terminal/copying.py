"""Copying text by programs beside the terminal's own way (OSC 52), which many terminals and tmux ignore."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess

_PATIENCE = 5.0
"""Seconds to wait for tmux."""

_logger = logging.getLogger(__name__)


def copy(text: str) -> None:
    """Copy a text into tmux's buffer, which it hands on to its terminal, and into the desktop's clipboard. Call it in a
    thread. What cannot be done is only logged."""
    import pyperclip

    if os.environ.get("TMUX") and (tmux := shutil.which("tmux")):
        try:
            subprocess.run(
                [tmux, "load-buffer", "-w", "-"],
                input=text.encode(errors="replace"),
                capture_output=True,
                check=True,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError):
            _logger.info("tmux does not copy", exc_info=True)
    with_program, _ = pyperclip.determine_clipboard()
    try:
        with_program(text)
    except (pyperclip.PyperclipException, OSError):
        _logger.debug("no program copies", exc_info=True)
