"""`listen notes`: the sentences that the listener kept."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from player.cli.app import DEFAULTS, THE_SAMPLE, UnlistedSettings, named, story_name
from player.cli.output.printing import complain, print_json
from player.settings import Settings

if TYPE_CHECKING:
    from player.library.notes import Noted


def notes(
    story: str | None = None,
    /,
    *,
    json: Annotated[bool, Parameter(negative="")] = False,
    settings: UnlistedSettings = DEFAULTS,
) -> int:
    """Print notes as Markdown: the sentences kept with b in the player, with comments, times and source.

    Parameters
    ----------
    story
        A file or URL; without it, the notes of all stories, the one noted last first.
    json
        As JSON: a list of {title, source, notes: [{quote, comment, seconds, estimated, made}]}; `seconds` in the story
        at speed 1, `made` in seconds since 1970.
    """
    from player.cli.output.notes_markdown import markdown

    found = _found(None if story is None else story_name(story), settings)
    if json:
        keys = ("quote", "comment", "seconds", "estimated", "made")
        print_json(
            [
                {**one._asdict(), "notes": [{key: getattr(note, key) for key in keys} for note in one.notes]}
                for one in found
            ]
        )
    else:
        for line in markdown(found):
            print(line)
        if not found:
            complain("there are no notes yet: b keeps a sentence while it is read")
    return 0


def _found(story: str | None, settings: Settings) -> list[Noted]:
    """Return the notes of all stories, or of one. Raises SourceError, UsageError or LibraryError."""
    from player.library import Library
    from player.library.notes import Noted, Notes

    with closing(Library(settings.library)) as library:
        kept = Notes(library)
        if story is None:
            return kept.everything()
        # By its source first: that needs neither the network nor a story that is still there.
        if found := kept.of_source(story) or kept.of_source(str(Path(story).absolute())):
            return found
        from player.sources import load_story

        opened = load_story(named(THE_SAMPLE, story), settings)
        notes = kept.of(opened)
        return [Noted(opened.title, opened.source, notes)] if notes else []
