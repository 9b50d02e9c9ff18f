"""`listen voices`: which voices there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, NOTHING_STARTED, GivenOpening, app
from player.cli.printing import complain, print_json
from player.settings import Settings

if TYPE_CHECKING:
    from player.speech.host import Worker


@app.command
def voices(
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """List the installed voices.

    Parameters
    ----------
    json
        As JSON: a list of {id, engine, name, language, gender, sample_rate, licence, description, scripts}.
    """
    _list(settings, opening.survey, json=json)
    return 0


def _list(settings: Settings, started: Mapping[str, Worker], *, json: bool) -> None:
    """Print the voices of the chosen engine, or of all engines that work; complain of those that do not.

    `started` holds the survey's processes, if they run already. Raises UsageError or EngineError for the chosen engine.
    """
    from player.speech.host import start_survey, survey
    from player.speech.host import voices as voices_of
    from player.speech.registry import not_set_up

    if settings.engine:
        found = voices_of(settings.engine, settings.engines)
    else:
        statuses = survey(started or start_survey(settings.engines))
        found = [voice for status in statuses for voice in status.voices]
        for status in statuses:
            if not status.ok:
                complain(f"{status.name}: {status.reason}" + (f": {status.hint}" if status.hint else ""))
        if waiting := not_set_up(settings.engines):
            complain("can be added: " + "; ".join(f"{name} ({how})" for name, how in waiting.items()))
    if json:
        print_json([{"id": voice.id, **asdict(voice)} for voice in found])
        return
    width = max((len(voice.id) for voice in found), default=0)
    for voice in found:
        print(f"{voice.id:{width}}  {voice.language:12}  {voice.gender:7} {voice.description}".rstrip())
