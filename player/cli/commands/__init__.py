"""The commands, one file each. A new one is a file with a function (or group of commands) of its name, in this list.

They are imported when they run, and import the rooms that they work with: `listen recent` needs no voice.
"""

from __future__ import annotations

from player.cli.app import app
from player.cli.commands import play

NAMES = (
    *("add", "cache", "completion", "ctl", "devices", "export", "feed", "follow", "lexicon", "notes", "publish"),
    *("recent", "refresh", "script", "serve", "voices"),
)
"""Names of the commands, and of their files. `listen STORY`, which needs no name, is `play`."""

for name in NAMES:
    app.command(f"player.cli.commands.{name}:{name}")


def describe() -> None:
    """Import all commands: the help tells what they do in the words of their docstrings."""
    for name in NAMES:
        app[name]


__all__ = ["NAMES", "describe", "play"]
