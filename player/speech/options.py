"""Options of an engine: declared by it, set by the listener, and checked before the engine is constructed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from player.errors import UsageError

OptionValue = bool | int | float | str
"""Value of an option. An option's type is that of its default."""
Options = Mapping[str, OptionValue]
"""{option's name: value}."""


@dataclass(frozen=True)
class Option:
    """An option of an engine, set in the settings file under `[engines.NAME]`.

    The engine's constructor gets it as a keyword argument of the same name.
    """

    name: str
    """A Python identifier, as in "pitch"."""
    default: OptionValue
    """Its type is the option's: bool, int, float or str."""
    help: str = ""
    """One sentence: its effect and unit."""
    low: float | None = None
    """The smallest number allowed."""
    high: float | None = None
    """The largest number allowed."""
    choices: tuple[str, ...] = ()
    """All allowed texts; empty allows any."""
    changes_sound: bool = True
    """True if another value may change the sound of a text: such options are part of the audio cache's key."""
    is_secret: bool = False
    """True for a key or password: errors do not show it."""
    is_list: bool = False
    """True if the settings file may have a list of texts, too; it becomes one text, with commas between."""
    is_place: bool = False
    """True for a folder or file of this machine: it may move without a change of the sound."""
    variable: str = ""
    """Environment variable that is used when the settings file has no value."""

    def checked(self, value: object) -> OptionValue:
        """Return the value, with a whole number made a float where the default is one. Raises UsageError if it does not
        fit."""
        if isinstance(self.default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if self.is_list and isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if not isinstance(value, bool | int | float | str) or not self._suits(value):
            found = "" if self.is_secret else f", not {value!r}"
            raise UsageError(f"{self.name} must be {self.wanted}{found}", self.help)
        return value

    @property
    def wanted(self) -> str:
        """Return the allowed values in words: "a number from 0.5 to 2.0"."""
        if self.choices:
            return " or ".join(map(repr, self.choices))
        if self.is_list:
            return "a list of texts in quotes"
        kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a text in quotes"}
        least = "" if self.low is None else f" from {self.low:g}"
        most = "" if self.high is None else f"{(least and ' to') or ' up to'} {self.high:g}"
        return f"{kinds[type(self.default)]}{least}{most}"

    def _suits(self, value: OptionValue) -> bool:
        if type(value) is not type(self.default):
            return False
        if isinstance(value, str):
            return not self.choices or value in self.choices
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def checked(options: Iterable[Option], given: Mapping[str, object]) -> dict[str, OptionValue]:
    """Return the given options, checked; options not given are left out.

    Raises UsageError; its message begins with the option's name.
    """
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            raise UsageError(f"{name} is no option of it", "it has " + (", ".join(known) or "none"))
    return {name: known[name].checked(value) for name, value in given.items()}


def with_environment(options: Iterable[Option], given: Options) -> dict[str, OptionValue]:
    """Return the given options, and those not given from their environment variables, an empty one of which counts as
    unset."""
    variables = {option.name: os.environ.get(option.variable, "") for option in options if option.variable}
    return {**{name: value for name, value in variables.items() if value}, **given}


def sounding(options: Iterable[Option], given: Options) -> tuple[tuple[str, OptionValue], ...]:
    """Return (name, value) of the options that change the sound and differ from their default, in alphabetical
    order."""
    known = {option.name: option for option in options if option.changes_sound}
    return tuple(
        (name, value) for name, value in sorted(given.items()) if name in known and value != known[name].default
    )


def identifying(options: Iterable[Option], given: Options) -> dict[str, OptionValue]:
    """Return the options by which files made with them are told from others: no secrets, no places, no defaults."""
    known = {option.name: option for option in options if not (option.is_secret or option.is_place)}
    return {name: value for name, value in given.items() if name in known and value != known[name].default}
