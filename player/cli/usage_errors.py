"""Errors of the command line library, in words for the user."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cyclopts import CoercionError, CycloptsError, MissingArgumentError
from cyclopts.exceptions import UnusedCliTokensError

from player.cli import commands
from player.errors import UsageError
from player.settings_file import place_of

_KINDS = {int: "a whole number", float: "a number", bool: "true or false"}
"""Values of options that take no text."""


def usage_error(error: CycloptsError) -> UsageError:
    """Return the error as one line, with a hint."""
    command = " ".join(("listen", *(error.command_chain or ())))
    return UsageError(_message(error, command), f"see {command} --help")


def with_command(error: UsageError, arguments: Sequence[str]) -> UsageError:
    """Return the error with the command in its hint that the first word may be meant for: it was taken for a story."""
    first = arguments[0].casefold() if arguments else ""
    if not first.isalpha() or first in commands.NAMES or Path(arguments[0]).exists():
        return error
    from difflib import get_close_matches  # 5 ms, only for an error

    close = get_close_matches(first, [*commands.NAMES, "help", "version"], n=1, cutoff=0.75)
    if not close:
        return error
    meant = close[0] if close[0] in commands.NAMES else f"--{close[0]}"
    return UsageError(f"there is no command or file {arguments[0]}", f"did you mean listen {meant}?")


def _message(error: CycloptsError, command: str) -> str:
    match error:
        case MissingArgumentError(keyword=str(option)):
            return f"{option} needs a value"
        case MissingArgumentError(argument=wanted) if wanted is not None:
            return f"{command} needs {' or '.join(wanted.names)}"
        case UnusedCliTokensError(unused_tokens=[first, *_]):
            return f"{command} has no use for {first!r}"
        case CoercionError(token=token, target_type=kind) if token is not None and kind in _KINDS:
            option = (token.keyword or "").strip("[]")
            where = "" if token.source in ("cli", "env") else f"{place_of(option)}: "
            return f"{where}{option} takes {_KINDS[kind]}, not {token.value!r}"
    return str(error).rstrip(".")
