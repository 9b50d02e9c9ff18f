"""An early start for the voice that will most likely speak, beside the import of the command line, which takes as long.

Its process is started before all imports that take time, and is then told whose voice it has. The arguments are only
guessed at here. The voice is chosen when the story is open, and a worker that was started for another is ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from subprocess import Popen
from typing import TYPE_CHECKING

from player.speech.process.starting import start

if TYPE_CHECKING:
    from player.early.voice import EarlyVoice
    from player.speech.survey import Survey

_SILENT_COMMANDS = frozenset(
    (
        "add",
        "cache",
        "completion",
        "ctl",
        "devices",
        "feed",
        "follow",
        "lexicon",
        "notes",
        "publish",
        "recent",
        "refresh",
        "script",
        "serve",
        "voices",
    )
)
_OTHER_THAN_LISTING = frozenset(("add", "remove", "preview"))
"""Commands of `listen voices` that ask no engine."""
_SILENT_FLAGS = frozenset(("--help", "-h", "--version"))


def early_process(arguments: Sequence[str]) -> Popen[bytes] | None:
    """Start the process of the likely voice; return None when nothing will be spoken."""
    if not arguments:  # the library comes first
        return None
    command = next((word for word in arguments if not word.startswith("-")), "")
    return None if command in _SILENT_COMMANDS or not _SILENT_FLAGS.isdisjoint(arguments) else start()


def early_voice(arguments: Sequence[str], process: Popen[bytes] | None) -> EarlyVoice | None:
    """Return the likely voice in its process; None when there is no process, or the guess is impossible."""
    if process is None:
        return None
    from player.early.voice import guessed_voice  # 0.04 s, beside which the process imports as much

    return guessed_voice(arguments, process)


def early_survey(arguments: Sequence[str]) -> Survey | None:
    """Start the survey with which `listen voices` asks every engine; None for other commands, for one engine only, and
    when engines have options."""
    if (
        arguments[:1] != ["voices"]
        or not _OTHER_THAN_LISTING.isdisjoint(arguments)
        or not _SILENT_FLAGS.isdisjoint(arguments)
    ):
        return None
    from player.early.guessed_settings import GuessedSettings
    from player.speech.survey import Survey

    given = GuessedSettings(arguments)
    return None if given["log"] or given["engine"] or "engines" in given.file else Survey()
