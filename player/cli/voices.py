"""The list of installed voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from player.cli.printing import complain, print_json
from player.settings import Settings
from player.speech.host import Worker, start_survey, survey
from player.speech.host import voices as voices_of


def list_voices(settings: Settings, started: Mapping[str, Worker], *, json: bool) -> None:
    """Print the voices of the chosen engine, or of all engines that work; complain of those that do not.

    `started` holds the survey's processes, if they run already. Raises UsageError or EngineError for the chosen engine.
    """
    if settings.engine:
        found = voices_of(settings.engine, settings.engines)
    else:
        statuses = survey(started or start_survey(settings.engines))
        found = [voice for status in statuses for voice in status.voices]
        for status in statuses:
            if not status.ok:
                complain(f"{status.name}: {status.reason}" + (f": {status.hint}" if status.hint else ""))
    if json:
        print_json([{"id": voice.id, **asdict(voice)} for voice in found])
        return
    width = max((len(voice.id) for voice in found), default=0)
    for voice in found:
        print(f"{voice.id:{width}}  {voice.language:12}  {voice.gender:7} {voice.description}".rstrip())
