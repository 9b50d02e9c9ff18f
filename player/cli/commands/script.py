"""`listen script`: how a story will be spoken."""

from __future__ import annotations

from collections import deque
from typing import Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, NOTHING_STARTED, THE_SAMPLE, GivenOpening, StoryOrSample, named
from player.cli.opening import called
from player.cli.output.printing import print_json, print_notices
from player.settings import Settings, Source


def script(
    story: StoryOrSample = None,
    /,
    *,
    source: Source = THE_SAMPLE,
    json: Annotated[bool, Parameter(negative="")] = False,
    why: Annotated[bool, Parameter(negative="")] = False,
    settings: Settings = DEFAULTS,
    opening: GivenOpening = NOTHING_STARTED,
) -> int:
    """Print the story's blocks and sentences, how they will be spoken, and by which voice if not the narrator.

    Parameters
    ----------
    why
        Also print how else numbers, signs and abbreviations might have been read, and how sure that was.
    json
        As JSON: {title, byline, published, language, source, chapters: [{block, title, level}], blocks: [{kind,
        level, text, language, sentences: [{start, end, text, spoken}]}], notes: [{block, place, text}]}.
    """
    from player.session.scripts import load_script
    from player.utterance.script_listing import as_json, listing

    given = named(source, story)
    with opening.of(called(given)) as line:
        said = load_script(given, settings, opening.readers, line.watch)
    opening.done()
    print_notices(deque(said.story.notices))
    if json:
        print_json(as_json(said))
    else:
        for text in listing(said, why=why):
            print(text)
    return 0
