"""`listen export`: writing a story to files."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, HYPHEN, NOTHING_STARTED, THE_SAMPLE, GivenOpening, StoryName, app, named
from player.cli.opening import Opening, called
from player.cli.printing import print_notices
from player.settings import Settings, Source

if TYPE_CHECKING:
    from player.story.model import Story


@app.command
def export(
    *stories: StoryName,
    source: Source = THE_SAMPLE,
    output: Annotated[list[Path], Parameter(name=["--output", "-o"], negative="")],
    chapters: str = "",
    bitrate: int | None = None,
    quality: int | None = None,
    words: Annotated[bool, Parameter(negative="")] = False,
    format: str = "",
    skip_unspeakable: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Export the story to a file; several stories become the chapters of one.

    Parameters
    ----------
    output
        The file to write; its suffix selects the format. Repeat it to write several formats. With {title}, {author},
        {date}, {language}, {book} or {number} in it, one file is written for each story or chapter. - is standard
        output, with --format.
    chapters
        Export only these chapters: 3, 2-5 or all.
    bitrate
        Bit rate of lossy sound, in kbit/s.
    quality
        Quality of the MP3 encoder: 0 (best) to 9 (quickest).
    words
        In .epub files, highlight word by word instead of sentence by sentence.
    format
        Format for standard output or a pipe without a suffix, such as mp3.
    skip_unspeakable
        Leave out sentences that the voice cannot speak, instead of failing.
    """
    from player.cli.exporting import export_all
    from player.export import Options
    from player.export.planning import check_outputs, plan
    from player.export.targets import STDOUT

    output = [STDOUT if str(path) == HYPHEN else path for path in output]
    options = Options(bitrate, quality, words, _suffix(format), skip_unspeakable)
    check_outputs(output, options)
    tasks = plan(_loaded(stories or ("",), source, settings, opening), output, chapters)
    export_all(tasks, settings, options, sys.stderr if STDOUT in output else sys.stdout, opening.voice)
    return 0


def _suffix(format: str) -> str:
    """Return ".mp3" for "mp3", "MP3" and ".mp3"; nothing for nothing."""
    return f".{format.lower().removeprefix('.')}" if format else ""


def _loaded(stories: Sequence[str], source: Source, settings: Settings, opening: Opening) -> list[Story]:
    """Return the stories, opened one after the other; prints their notices."""
    from player.session import load_story

    loaded = []
    for story in stories:
        given = named(source, story)
        with opening.of(called(given)) as line:
            loaded.append(load_story(given, settings, opening.readers, line.watch))
        print_notices(deque(loaded[-1].notices))
    opening.done()
    return loaded
