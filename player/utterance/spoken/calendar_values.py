"""Values of the calendar and the clock."""

from __future__ import annotations

from player.utterance.spoken.values import Value


class Date(Value):
    """A day of a month, or several, of a year or of any."""

    month: int
    """1 is January."""
    day: int
    until: int = 0
    """The last of several days of the month; 0 for one day."""
    year: str = ""
    """Its four figures; empty when none is written."""
    day_first: bool = False
    """True if the day is written before a month's name."""
    article: bool = False
    """True if "the" is written before it."""
    leads: bool = False
    """True if a time of day is joined to it: "2025-02-13T10:30"."""
    ending: str = ""
    """What its ordinal ends in, where the words before it decide that: the "en" of "am dritten Oktober"."""


class Year(Value):
    """A year of four figures."""

    figures: str
    letter: str = ""
    """Of several works of a year: "2019a"."""


class Years(Value):
    """A range of years: 1914–18, 2019/20."""

    first: str
    last: str
    """Two figures or four."""


class Decade(Value):
    """Ten years, or a hundred: the 1990s, the '90s, the 1800s."""

    first: int
    """1990."""
    short: bool = False
    """True if it is written without its century."""


class PartOfYear(Value):
    """A quarter, a half or all of a business year: 2Q22, H1 2023, FY23."""

    part: int
    """1 to 4, or 1 to 2 for halves; 0 for all of it."""
    half: bool
    year: str
    """Two figures or four; empty when none is written."""
    article: bool = False
    """True if it wants an article."""
    until: str = ""
    """Where a range of business years ends: two figures or four."""


class Clock(Value):
    """A time of day."""

    hour: int
    minute: str = ""
    """Two figures; empty when none are written."""
    second: str = ""
    half: str = ""
    """ "AM", "PM" or none."""
    stop: bool = False
    """True if its last full stop ends the sentence too."""
    bare: bool = False
    """True if "o'clock" is written behind it."""
    written: str = ""
    """As it is written, for what engines read right."""


class Military(Value):
    """Hours and minutes in four figures: 0800 hours."""

    figures: str
