"""The commands, one file each. A new one is a file with a function for `@app.command`, and a name in this list.

They import the rooms that they work with when they run: `listen recent` needs no voice.
"""

from __future__ import annotations

from player.cli.commands import (
    add,
    cache,
    completion,
    ctl,
    export,
    feed,
    follow,
    lexicon,
    notes,
    play,
    publish,
    recent,
    refresh,
    script,
    serve,
    voices,
)

__all__ = [
    "add",
    "cache",
    "completion",
    "ctl",
    "export",
    "feed",
    "follow",
    "lexicon",
    "notes",
    "play",
    "publish",
    "recent",
    "refresh",
    "script",
    "serve",
    "voices",
]
