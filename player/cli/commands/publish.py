"""`listen publish`: a web site of many stories, with sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS
from player.settings import Settings


def publish(
    *sources: str,
    output: Annotated[Path, Parameter(name=["--output", "-o"], negative="")],
    base_url: str = "",
    title: str = "",
    latest: int | None = None,
    refresh: Annotated[bool, Parameter(negative="")] = False,
    prune: Annotated[bool, Parameter(negative="")] = False,
    estimate: Annotated[bool, Parameter(negative="")] = False,
    json: Annotated[bool, Parameter(negative="")] = False,
    fail_fast: Annotated[bool, Parameter(negative="")] = False,
    skip_unspeakable: Annotated[bool, Parameter(negative="")] = False,
    cores: int | None = None,
    scheduler: str = "",
    settings: Settings = DEFAULTS,
) -> int:
    """Publish many stories: a folder for each with sound, times, captions and a page, an index and a podcast.

    Only what changed is made again. Any web server can serve the folder; listen serve does.

    Parameters
    ----------
    sources
        Files, folders, patterns, URLs of pages, feeds and site maps, or files of JSON lines with id, url, html or text,
        title, byline, date and language.
    output
        The site's folder.
    base_url
        Address of the site on the web, for the podcast's and the site map's links; by default the one given before.
    title
        Title of the site; by default the one given before, else the folder's name.
    latest
        Take this many of a feed's newest stories.
    refresh
        Fetch web pages again even if they are kept.
    prune
        Delete the stories that the sources no longer name.
    estimate
        Make nothing; tell how long the stories are, and what time and room each voice would take.
    json
        Print a line of JSON for each story.
    fail_fast
        Stop at the first story that fails, instead of going on with the others.
    skip_unspeakable
        Leave out sentences that the voice cannot speak, instead of failing.
    cores
        Number of processor cores to use; by default all.
    scheduler
        Address of a Dask scheduler, as in "host:8786": its workers make the stories. They need the same version of this
        program, and the folders of stories and site under the same names.
    """
    from player.memory import WORKSHOP, return_what_is_freed

    return_what_is_freed(WORKSHOP)  # else the heaps of its threads grow with the stories

    from player.cli.publishing.batch import Wanted, run

    return run(
        Wanted(
            sources=sources,
            site=output,
            base_url=base_url,
            title=title,
            latest=latest,
            refresh=refresh,
            prune=prune,
            as_json=json,
            fail_fast=fail_fast,
            skip_unspeakable=skip_unspeakable,
            cores=cores,
            scheduler=scheduler,
            settings=settings,
        ),
        estimate=estimate,
    )
