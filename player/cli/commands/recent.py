"""`listen recent`: what was heard last, and what is exported in the background."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS
from player.cli.output.printing import print_json
from player.settings import Settings
from player.story.text import printable

_RECENT = 20
"""Stories listed: about a screenful."""


def recent(*, json: Annotated[bool, Parameter(negative="")] = False, settings: Settings = DEFAULTS) -> int:
    """List the last stories, newest first, and how far you are in each; then the exports left in the background.

    Parameters
    ----------
    json
        As JSON: a list of {title, source, share}; `source` opens the story again, `share` is from 0 to 1.
    """
    from player.library import Library
    from player.library.left_exports import left_exports

    with closing(Library(settings.library)) as library:
        found = library.recent(_RECENT)
    if json:
        print_json([asdict(heard) for heard in found])
    else:
        width = max((len(heard.title) for heard in found), default=0)
        for heard in found:
            print(f"{heard.share:4.0%}  {printable(heard.title):{width}}  {printable(heard.source)}")
        for export in left_exports(settings.left_exports):
            print(printable(str(export)))
    return 0
