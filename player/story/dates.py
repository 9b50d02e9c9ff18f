"""Dates in articles and metadata, converted to ISO 8601, and from it to words."""

from __future__ import annotations

import re
from datetime import date

from player.patterns import later
from player.story.language_tag import language_of

_MONTHS = (
    # the first three letters distinguish the months of most European languages; longer forms where they do not
    ("jan", "ene", "gen", "janv"),
    ("feb", "fév", "fev", "fevr"),
    ("mar", "mär", "maa", "mrt"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
_IN_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = later(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_YMD = later(r"(?<!\d)(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)")
_MDY = later(r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DMY = later(r"\b(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?([^\W\d_]{3,10})\.?,?\s+(?:de\s+)?(\d{4})\b")
_LONGEST = 200
"""Characters; a date stands near the beginning of a text or field."""


def iso_date(text: str) -> str:
    """Return the first date in a text as YYYY-MM-DD; empty when there is no valid one.

    Dates of two or three numbers without the year in front ("3/4/2025") are ignored: their order depends on the
    country.

    >>> iso_date("Published: Thu, Feb. 13, 2025, 10:30"), iso_date("31. Mai 2024"), iso_date("Feb 30, 2025")
    ('2025-02-13', '2024-05-31', '')
    """
    text = text[:_LONGEST]
    if match := _ISO.search(text) or _YMD.search(text):
        year, month, day = (int(group) for group in match.groups() if group is not None)
    elif match := _MDY.search(text):
        year, month, day = int(match[3]), _month(match[1]), int(match[2])
    elif match := _DMY.search(text):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def in_words(day: str, language: str) -> str:
    """Return a date as readers of English write it; in other languages, or if it is no date, as it is.

    >>> in_words("2026-03-14", "en-GB"), in_words("2026-03-14", "de"), in_words("2026", "en")
    ('14 March 2026', '2026-03-14', '2026')
    """
    if language_of(language) != "en":
        return day
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {_IN_ENGLISH[found.month - 1]} {found.year}"


def _month(name: str) -> int:
    """Return 1 to 12, or 0 for a word that names no month."""
    lower = name.lower()
    if lower.startswith(("juil", "luglio")):
        return 7
    return next((number for number, begins in enumerate(_MONTHS, 1) if lower.startswith(begins)), 0)


_DATE_WORDS = later(
    r"published|updated|posted|modified|last|first|on|at|[ap]\.?m|e[sd]?t|p[sd]?t|gmt|utc|bst|ce[s]?t|z|t"
    r"|th|st|nd|rd|mon|tue|tues|wed|thu|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|de|le|el|il|h|uhr|a|m|p|min|mins|minutes?|read",
    re.IGNORECASE,
)
"""Words allowed beside the numbers and the month on a line with only a date."""


def is_date_line(text: str) -> bool:
    """Return True if a line is a date and nothing else ("Published Thursday, 13 Feb 2025 at 10:30 GMT")."""
    if len(text) > 80 or not iso_date(text):
        return False
    return all(_DATE_WORDS.fullmatch(word) or _month(word) for word in re.findall(r"[^\W\d_]+", text))
