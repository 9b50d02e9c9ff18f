"""What can go wrong, as a tree. Each error says what is wrong, what to do, and how the program ends.

    PlayerError            exit code 1: it was asked rightly, and failed
    ├── UsageError         exit code 2: it was asked wrongly (no such file, no such voice, a bad option)
    ├── SourceError        the story cannot be had: unreadable, unreachable, binary, too large, empty
    ├── EngineError        a voice cannot be loaded, or failed on an utterance
    │   ├── EngineBusy     an engine allows no more for some seconds: no failure
    │   ├── Unspeakable    the voice has no sound for what is written, and never will: no failure
    │   ├── VoiceBroken    a voice says nothing at all, in a process of its own that is fresh
    │   │   └── VoiceFailing it failed on several sentences in a row
    │   └── WorkerDied     the process that an engine lives in went away in the middle of its work
    │       └── WorkerHung it did not answer in time, and was ended
    ├── CacheError         the audio cache cannot be used
    ├── OutputError        no sound device can be opened
    └── ExportError        the exported file cannot be made
        └── Unsaid         sentences cannot be said: the file can be made without them

Only the command line prints them; the player's screen shows them as notices.
"""

from __future__ import annotations

import logging
from copy import copy
from typing import Self

# Imported by every entry point. Errors nobody handles are printed by Python; player.log opens a log.
logging.getLogger("player").addHandler(logging.NullHandler())


class PlayerError(Exception):
    """Base of all errors that are shown to the user.

    `message` is one line without a full stop: what is wrong. `hint` is one line: what to do, or empty.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = " ".join(message.split())
        self.hint = " ".join(hint.split())

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message

    def said_of(self, name: str) -> Self:
        """Return a copy of the error with the name of what it is about, once."""
        found = copy(self)
        if not self.message.startswith(name):
            found.message = f"{name}: {self.message}"
        return found

    def of(self, name: str) -> str:
        """Return the same line with the name of what it is about, once: for a list of errors."""
        return str(self.said_of(name))


class UsageError(PlayerError):
    """The command was used wrongly; nothing was done."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "", *, setting: tuple[str, ...] = (), voice: str = "") -> None:
        """If the mistake may be in the settings file: `setting` is its path there, as in ("engines", "NAME", "pitch");
        `voice` the "engine:voice" or "engine:" that is not there, whatever names it."""
        super().__init__(message, hint)
        self.setting = setting
        self.voice = voice


class SourceError(PlayerError):
    """A story cannot be read from its source."""


class EngineError(PlayerError):
    """A speech engine cannot be loaded, or failed on an utterance."""


class EngineBusy(EngineError):
    """An engine asks to wait, as a server with a rate limit does."""

    def __init__(self, message: str, hint: str = "", seconds: float = 0.0) -> None:
        """`seconds` until it may be asked again."""
        super().__init__(message, hint)
        self.seconds = seconds


class Unspeakable(EngineError):
    """A voice has no sound for a text, because it does not read its script."""


class VoiceBroken(EngineError):
    """A voice does not work at all, whatever the text."""


class VoiceFailing(VoiceBroken):
    """A voice failed on several sentences in a row."""

    def __init__(self, message: str, hint: str = "", *, narrates: bool = True) -> None:
        """`narrates` is False for a voice beside the narrator's."""
        super().__init__(message, hint)
        self.narrates = narrates


class WorkerDied(EngineError):
    """The process of an engine ended during its work."""


class WorkerHung(WorkerDied):
    """The process of an engine did not answer in time, and was killed."""


class CacheError(PlayerError):
    """The audio cache cannot be read or written."""


class OutputError(PlayerError):
    """No sound device can be opened."""


class ExportError(PlayerError):
    """The file to export cannot be made."""


class Unsaid(ExportError):
    """Sentences of a story to export cannot be said. An option makes the file all the same."""

    def __init__(self, message: str, hint: str = "", way_out: str = "leave them out") -> None:
        """`way_out` is what that option does with the sentences, such as "leave them out"."""
        super().__init__(message, f"{f'{hint}, or ' if hint else ''}{way_out} with --skip-unspeakable")
        self.advice = hint
        """What else can be done; may be empty."""
        self.way_out = way_out
