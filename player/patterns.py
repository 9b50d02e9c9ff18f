"""Regular expressions that are compiled when they are first used.

Ranges of scripts, and long lists of words, take 1 to 20 ms each, signs of formats 0.3 ms; most stories need few of
them. A range up to the last character takes 3 ms; all but the characters before it, written with "^", 0.2.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


def later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` does, at once. An error in the pattern appears when it is used."""
    return cast(re.Pattern[AnyStr], _Later(pattern, flags))


class _Later:
    """A pattern; it becomes quick once each method was looked up."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(*self._source)
