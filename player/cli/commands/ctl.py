"""`listen ctl`: steering a player that runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from player.cli.output.printing import print_json
from player.errors import UsageError
from player.settings import LogFile
from player.story.text import printable


def ctl(
    command: str,
    /,
    *values: Annotated[str, Parameter(allow_leading_hyphen=True)],
    json: Annotated[bool, Parameter(negative="")] = False,
    log: LogFile = None,
) -> int:
    """Steer the player that runs: from a script, or a key of the desktop.

    Commands: play, pause, toggle, next and previous [sentence|paragraph|chapter|story], seek PLACE (1:30, +10, -10,
    40%, c3), speed N (1.2, +0.1), volume N, say TEXT, add FILE or URL, status, quit.

    Parameters
    ----------
    command
        What to do.
    values
        Its value.
    json
        Print what plays, afterwards, as JSON.
    """
    from player.remote.client import ask

    words = list(values)
    if command == "add" and len(words) == 1 and "://" not in words[0]:
        if not Path(words[0]).exists():
            raise UsageError(f"there is no file {words[0]}", "give a file, or a URL")
        words = [str(Path(words[0]).absolute())]  # the player may run in another folder
    answer = ask(command, words)
    if json:
        print_json(answer["status"])
    elif answer["said"]:
        for line in str(answer["said"]).splitlines():
            print(printable(line))
    return 0
