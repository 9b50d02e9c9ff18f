"""The commands, one file each. A new one is a file with a function for `@app.command`, and a name in this list.

They import the rooms that they work with when they run: `listen recent` needs no voice.
"""

from __future__ import annotations

from player.cli.commands import (
    cache,
    completion,
    ctl,
    export,
    feed,
    lexicon,
    notes,
    play,
    publish,
    recent,
    script,
    serve,
    voices,
)

__all__ = [
    "cache",
    "completion",
    "ctl",
    "export",
    "feed",
    "lexicon",
    "notes",
    "play",
    "publish",
    "recent",
    "script",
    "serve",
    "voices",
]
