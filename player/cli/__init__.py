"""The command line: a few lines per command. The only room that prints, errors included."""

from __future__ import annotations

import logging
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace

from cyclopts import CycloptsError

from player.cli import commands
from player.cli.app import DEFAULTS, HYPHEN, NOTHING_STARTED, app, own_version
from player.cli.opening import Opening
from player.cli.output.printing import complain
from player.cli.process import streams
from player.cli.usage_errors import usage_error, with_command
from player.errors import PlayerError, UsageError
from player.log import begin as begin_log
from player.settings_file import engine_options, keys, pauses, sync_folder, voices, with_place

__all__ = ["INTERRUPTED", "app", "commands", "run"]

_logger = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code after Ctrl-C, as in shells (128 + SIGINT)."""


def run(arguments: Sequence[str], opening: Opening = NOTHING_STARTED) -> int:
    """Run a command; return the exit code. Errors are printed as one line on stderr.

    `opening` holds what was started early for opening a story.
    """
    streams.begin()
    try:
        code = _run(arguments, opening)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        streams.silence(sys.stdout)
        return 1  # the reader of the output has closed it
    except PlayerError as error:
        if isinstance(error, streams.OutputLost):
            streams.silence(sys.stdout)
        _logger.error("%s", error, exc_info=True)
        if isinstance(error, UsageError):
            error = with_command(with_place(error), arguments)
        complain(_without_token(str(error)))
        return error.exit_code
    except CycloptsError as error:
        wrong = with_command(usage_error(error), arguments)
        complain(_without_token(str(wrong)))
        return wrong.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # the process ends here; the log gets the traceback
        _logger.critical("the program failed", exc_info=True)
        complain(f"the program failed ({type(error).__name__}: {error}): --log FILE writes down the details")
        return 1


def _run(arguments: Sequence[str], opening: Opening) -> int:
    if "--help" in arguments or "-h" in arguments:
        streams.set_width()
        if not set(arguments) & set(commands.NAMES):
            commands.describe()
    words = [HYPHEN if word == "-" else word for word in arguments]
    command, bound, unparsed = app.parse_args(words, exit_on_error=False, print_error=False)
    settings = bound.arguments.get("settings")
    if file := settings.log if settings else bound.arguments.get("log"):
        begin_log(file)
        _logger.info("listen %s, Python %s, %s: %s", own_version(), sys.version, sys.platform, shlex.join(arguments))
    if "settings" in bound.signature.parameters:
        bound.arguments["settings"] = replace(
            settings or DEFAULTS,
            engines=engine_options(),
            voices=voices(),
            pauses=pauses(),
            keys=keys(),
            sync=sync_folder(),
        )
    given_here = {"opening": opening} if "opening" in unparsed else {}
    code = command(*bound.args, **bound.kwargs, **given_here)
    return code if isinstance(code, int) else 0


def _without_token(text: str) -> str:
    return text.replace(HYPHEN, "-")
