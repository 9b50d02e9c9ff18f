"""Errors of the command line library, in words for the user."""

from __future__ import annotations

from cyclopts import CoercionError, CycloptsError, MissingArgumentError
from cyclopts.exceptions import UnusedCliTokensError

from player.errors import UsageError
from player.settings_file import place_of

_KINDS = {int: "a whole number", float: "a number", bool: "true or false"}
"""Values of options that take no text."""


def usage_error(error: CycloptsError) -> UsageError:
    """Return the error as one line, with a hint."""
    command = " ".join(("listen", *(error.command_chain or ())))
    return UsageError(_message(error, command), f"see {command} --help")


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
