"""Recognisers of dates, years and times of day."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.calendar.clock import CLOCK, CLOCK_RANGE, MILITARY, MILITARY_RANGE
from player.utterance.spoken.recognisers.calendar.date import DATE
from player.utterance.spoken.recognisers.calendar.numeric_date import NUMERIC_DATE
from player.utterance.spoken.recognisers.calendar.part_of_year import PART_OF_YEAR
from player.utterance.spoken.recognisers.calendar.short_decade import SHORT_DECADE
from player.utterance.spoken.recognisers.calendar.weekday import DATE_LETTERS, DATE_NAME
from player.utterance.spoken.recognisers.calendar.year import DECADE, YEAR

CALENDAR: tuple[Recogniser, ...] = (
    DATE,
    NUMERIC_DATE,
    DATE_NAME,
    DATE_LETTERS,
    YEAR,
    DECADE,
    SHORT_DECADE,
    PART_OF_YEAR,
    CLOCK,
    CLOCK_RANGE,
    MILITARY,
    MILITARY_RANGE,
)
