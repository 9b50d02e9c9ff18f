"""`listen recent`: what was heard last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, app
from player.cli.printing import print_json
from player.settings import Settings
from player.story.text import printable

_RECENT = 20
"""Stories listed: about a screenful."""


@app.command
def recent(*, json: Annotated[bool, Parameter(negative="")] = False, settings: Settings = DEFAULTS) -> int:
    """List the last stories, newest first, and how far you are in each.

    Parameters
    ----------
    json
        As JSON: a list of {title, source, share}; `source` opens the story again, `share` is from 0 to 1.
    """
    from player.library import Library

    with closing(Library(settings.library)) as library:
        found = library.recent(_RECENT)
    if json:
        print_json([asdict(heard) for heard in found])
    else:
        width = max((len(heard.title) for heard in found), default=0)
        for heard in found:
            print(f"{heard.share:4.0%}  {printable(heard.title):{width}}  {printable(heard.source)}")
    return 0
