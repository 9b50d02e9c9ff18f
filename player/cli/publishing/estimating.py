"""`listen publish --estimate`: a table of what each voice would take."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from player.audio.clock import clock, in_bytes
from player.cli.output.printing import CountedLine, complain
from player.publish.estimate import Amount, Estimate, amounts, cores, estimates
from player.publish.plan import Failed
from player.publish.sources import Source
from player.settings import Settings
from player.story.opening.confined.host import Readers
from player.story.reading.options import Options
from player.story.text import printable


def tell_estimate(
    sources: Sequence[Source],
    opening: Options,
    settings: Settings,
    readers: Readers,
    wanted_cores: int | None,
    *,
    as_json: bool = False,
) -> int:
    """Print the estimate; return the exit code: 1 if a story cannot be read."""
    failures: list[Failed] = []
    found: dict[str, Amount] = {}
    with CountedLine(len(sources)) as line:
        for found, failed in amounts(sources, opening, readers):  # noqa: B007 (what was counted last is all)
            line.finished("")
            if failed is not None:
                failures.append(failed)
    for failed in failures:
        complain(failed.line)
    at_once = cores(wanted_cores)
    for one in estimates(found, settings):
        if as_json:
            print(json.dumps({**asdict(one), "cores": at_once}, ensure_ascii=False), flush=True)
        else:
            print(_line(one, at_once), flush=True)
    return 1 if failures else 0


def _line(one: Estimate, at_once: int) -> str:
    stories = f"{one.stories:,} {'story' if one.stories == 1 else 'stories'}"
    wall = clock(round(one.compute / at_once))
    return (
        f"{'*' if one.chosen else ' '} {printable(one.voice)} ({one.language or 'unknown language'}): {stories}, "
        f"{one.characters:,} characters, {clock(round(one.speech))} of speech, {wall} on {at_once} "
        f"core{'' if at_once == 1 else 's'}, {in_bytes(one.disk)}, {in_bytes(one.kept)} in the cache"
    )
