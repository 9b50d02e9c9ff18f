"""Options of an engine: what it lets a listener set, checked before it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from player.errors import UsageError

OptionValue = bool | int | float | str
"""What an option can be set to; an option's own type is that of its default."""
Options = Mapping[str, OptionValue]
"""Option's name -> what it is set to."""


@dataclass(frozen=True)
class Option:
    """Something of an engine that can be set: in the settings file, under `[engines.NAME]`.

    The engine's class is called with it as a keyword argument of the same name.
    """

    name: str
    """A Python name, as in "pitch"."""
    default: OptionValue
    """Its type is the option's: bool, int, float or str."""
    help: str = ""
    """One sentence: what it does, and in which unit."""
    low: float | None = None
    """The smallest number allowed."""
    high: float | None = None
    """The largest number allowed."""
    choices: tuple[str, ...] = ()
    """All texts allowed; empty when any is."""
    changes_sound: bool = True
    """Whether the same text may sound different with another value: then it is part of the audio cache's key."""

    def checked(self, value: object) -> OptionValue:
        """The value, a whole number as float where one is wanted. Raises UsageError: one that does not suit."""
        if isinstance(self.default, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, bool | int | float | str) or not self._suits(value):
            raise UsageError(f"{self.name} must be {self.wanted}, not {value!r}", self.help)
        return value

    @property
    def wanted(self) -> str:
        """What it can be set to, in words: "a number from 0.5 to 2.0"."""
        if self.choices:
            return " or ".join(map(repr, self.choices))
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
    """What was given, checked: nothing of what was left out.

    Raises UsageError, whose message begins with the option's name.
    """
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            raise UsageError(f"{name} is no option of it", "it has " + (", ".join(known) or "none"))
    return {name: known[name].checked(value) for name, value in given.items()}


def sounding(options: Iterable[Option], given: Options) -> tuple[tuple[str, OptionValue], ...]:
    """(name, value) of all that changes the sound and is not as it is by default, in alphabetical order."""
    known = {option.name: option for option in options if option.changes_sound}
    return tuple(
        (name, value) for name, value in sorted(given.items()) if name in known and value != known[name].default
    )
