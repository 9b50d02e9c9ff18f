"""`listen cache`: the folder of rendered speech."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import App, Parameter

from player.cli.app import DEFAULTS
from player.cli.output.printing import print_json
from player.settings import Settings
from player.story.text import printable

cache = App(name="cache", help="Show or clear the folder of rendered speech.")


@cache.default
def show(*, json: Annotated[bool, Parameter(negative="")] = False, settings: Settings = DEFAULTS) -> int:
    """Show the folder of rendered speech, and its size.

    Parameters
    ----------
    json
        As JSON: {folder, entries, size, limit}, sizes in bytes; limit is null for a store elsewhere.
    """
    from player.audio.store import open_store

    usage = open_store(settings.audio_cache, settings.cache_bytes).usage()
    if json:
        print_json(asdict(usage))
    else:
        print(f"folder   {printable(usage.folder)}")
        print(f"entries  {usage.entries}")
        most = "" if usage.limit is None else f" of at most {usage.limit / 1e6:.0f} MB"
        print(f"size     {usage.size / 1e6:.1f} MB{most}")
    return 0


@cache.command(name="clear")
def clear_cache(*, settings: Settings = DEFAULTS) -> int:
    """Delete all rendered speech."""
    from player.audio.store import open_store

    was = open_store(settings.audio_cache, settings.cache_bytes).clear()
    print(f"{was.entries} entries deleted, {was.size / 1e6:.1f} MB")
    return 0
