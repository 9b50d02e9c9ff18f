"""The command line as a whole, and what its commands take in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cyclopts import App, Parameter

from player.cli.habits import KeptHabits
from player.cli.opening import Opening
from player.errors import UsageError
from player.settings import Settings, Source, given, shown
from player.settings_file import SettingsFile
from player.versions import version


def own_version() -> str:
    """Return this program's version."""
    return version("listen-to-story")


app = App(
    name="listen",
    help="Read stories aloud in the terminal, word by word, or export them as audio, subtitles or podcasts.",
    help_format="markdown",
    version=own_version,
    version_flags=["--version"],
    config=[SettingsFile(), KeptHabits()],
    default_parameter=Parameter(env_var_split=given, show_default=shown),
)

_KINDS = "A file, a URL of a page or a feed, or - for standard input"
StoryOrLibrary = Annotated[str | None, Parameter(help=f"{_KINDS}; by default the library.", show_default=False)]
StoryOrSample = Annotated[str | None, Parameter(help=f"{_KINDS}; by default the bundled story.", show_default=False)]
StoryNames = Annotated[str, Parameter(help=f"{_KINDS}.", show_default=False)]
MoreStories = Annotated[str, Parameter(help="Stories that follow, one after the other.")]
GivenOpening = Annotated[Opening, Parameter(parse=False)]
NOTHING_STARTED = Opening()
THE_SAMPLE = Source()
DEFAULTS = Settings()
UnlistedSettings = Annotated[Settings, Parameter(show=False)]
"""Settings of commands that neither speak nor show a story: accepted, but listed by `listen --help` alone."""
HYPHEN = "hyphen:"
"""Stands for "-" while the arguments are parsed: the library takes a lone hyphen for an option."""


def typed(word: str) -> str:
    """Return an argument as it was typed."""
    return "-" if word == HYPHEN else word


def story_name(word: str) -> str:
    """Return the name of a story as it was typed. Raises UsageError for an empty one, as of a variable that is not
    set."""
    if not word:
        raise UsageError("the name of a story is empty", "give a file, a URL, or - for standard input")
    return typed(word)


def named(source: Source, story: str | None) -> Source:
    """Return the source with the story that was named, if one was. Raises UsageError."""
    return source if story is None else replace(source, story=story_name(story))
