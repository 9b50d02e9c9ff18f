"""The program's arguments, from the template in the settings."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from player.errors import UsageError

_PLACEHOLDER = re.compile(r"\{(text|voice|language|rate|out)\}")
_SETTING = ("engines", "command", "template")
_HINT = """write it as in template = "say -v {voice} -o {out} {text}" """


class Template:
    """Arguments with placeholders. No shell reads them: "$HOME", "*" and ";" are but letters."""

    def __init__(self, text: str) -> None:
        """Raises UsageError when the text cannot be divided into arguments."""
        try:
            self._arguments = shlex.split(text)
        except ValueError as e:
            raise UsageError(f"the template in [engines.command] cannot be read ({e})", _HINT, setting=_SETTING) from e
        if not self._arguments or _PLACEHOLDER.search(self._arguments[0]):
            raise UsageError("the template in [engines.command] begins with no program", _HINT, setting=_SETTING)

    @property
    def program(self) -> str:
        """Return the program's name or path."""
        return self._arguments[0]

    @property
    def program_path(self) -> str:
        """Return the program's file; empty when there is none."""
        return shutil.which(self.program) or ""

    @property
    def revision(self) -> str:
        """Return what changes when the program, or a file among its arguments, is replaced: sizes and times."""
        files = [Path(argument) for argument in (self.program_path, *self._arguments[1:]) if argument]
        found = [file.stat() for file in files if file.is_file()]
        return " ".join(f"{about.st_size} {about.st_mtime_ns}" for about in found)

    def has(self, placeholder: str) -> bool:
        """Return True if an argument has "{placeholder}"."""
        return any(f"{{{placeholder}}}" in argument for argument in self._arguments)

    def filled(self, values: Mapping[str, str]) -> list[str]:
        """Return the arguments with the values in place of placeholders; braces in a value stay as they are."""
        return [self._filled(argument, values) for argument in self._arguments]

    def _filled(self, argument: str, values: Mapping[str, str]) -> str:
        text = values["text"]
        if argument.startswith("{text}") and text.startswith(("-", "@", "/", "+")):
            values = {**values, "text": f" {text}"}  # a text of the story must not be taken for an option or a file
        return _PLACEHOLDER.sub(lambda found: values[found[1]], argument)
