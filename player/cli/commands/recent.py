"""`listen recent`: what was heard last, and what is exported in the background."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, UnlistedSettings
from player.cli.output.printing import complain, print_json
from player.story.text import printable

_RECENT = 20
"""Stories listed: about a screenful."""


def recent(
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
    stop: Annotated[bool, Parameter(negative="")] = False,
    settings: UnlistedSettings = DEFAULTS,
) -> int:
    """List the last stories, newest first, and how far you are in each; then the exports left in the background.

    Parameters
    ----------
    json
        As JSON: a list of {title, source, share}; `source` opens the story again, `share` is from 0 to 1.
    stop
        End the exports that go on in the background; they leave no file.
    """
    from player.library import Library, left_exports

    if stop:
        stopped = left_exports.stop(settings.left_exports)
        for export in stopped:
            print(f"Stopped: {printable(export.path)}")
        if not stopped:
            complain("no export goes on in the background")
        return 0
    with closing(Library(settings.library)) as library:
        found = library.recent(_RECENT)
    if json:
        print_json([asdict(heard) for heard in found])
    else:
        width = max((len(heard.title) for heard in found), default=0)
        for heard in found:
            print(f"{heard.share:4.0%}  {printable(heard.title):{width}}  {printable(heard.source)}")
        exports = left_exports.left_exports(settings.left_exports)
        for export in exports:
            print(printable(str(export)))
        if any(export.state is left_exports.State.RUNNING for export in exports):
            complain("listen recent --stop ends what goes on in the background")
        if not found and not exports:
            complain("no story was heard yet: listen STORY")
    return 0
