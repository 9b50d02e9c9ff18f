"""Recognisers of languages other than English. Each is served by the data of its language, data/<language>/*.toml."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.abroad.abbreviation import ABBREVIATION, COMPOUND
from player.utterance.spoken.recognisers.abroad.agreeing import AGREEING
from player.utterance.spoken.recognisers.abroad.amount import AMOUNT, HUNDREDTHS
from player.utterance.spoken.recognisers.abroad.century import CENTURY
from player.utterance.spoken.recognisers.abroad.clock import CLOCK
from player.utterance.spoken.recognisers.abroad.counted import COUNTED
from player.utterance.spoken.recognisers.abroad.date import DATE, DATE_PAIR, DATE_RANGE, SHORT_MONTH, STROKED, WEEKDAY
from player.utterance.spoken.recognisers.abroad.days import DAYS
from player.utterance.spoken.recognisers.abroad.decade import DECADE
from player.utterance.spoken.recognisers.abroad.fraction import PARTS
from player.utterance.spoken.recognisers.abroad.grouped import GROUPED
from player.utterance.spoken.recognisers.abroad.hours import DAY_OF_HOURS, HOURS, PARTS_OF_HOURS
from player.utterance.spoken.recognisers.abroad.inch import INCH
from player.utterance.spoken.recognisers.abroad.joint import (
    CARET,
    COLON,
    CROSS,
    EXPONENT,
    PER,
    POWER,
    SHORT,
    SUM,
    TIMES,
)
from player.utterance.spoken.recognisers.abroad.life import LIFE
from player.utterance.spoken.recognisers.abroad.network import NETWORK
from player.utterance.spoken.recognisers.abroad.one import ONE
from player.utterance.spoken.recognisers.abroad.ordinal import ORDINAL, ROMAN, ROMAN_ORDINAL
from player.utterance.spoken.recognisers.abroad.russian import RUSSIAN_CENTURY, RUSSIAN_YEAR
from player.utterance.spoken.recognisers.abroad.russian_ordinal import RUSSIAN_DATE, RUSSIAN_ORDINAL
from player.utterance.spoken.recognisers.abroad.sign import COMPOUND as CHEMISTRY
from player.utterance.spoken.recognisers.abroad.sign import MINUS, PLAIN_COMPOUND, PRODUCT
from player.utterance.spoken.recognisers.abroad.slash import SLASH
from player.utterance.spoken.recognisers.abroad.span import SEASON, SPAN
from player.utterance.spoken.recognisers.abroad.stopped import STOPPED
from player.utterance.spoken.recognisers.abroad.telephone import TELEPHONE
from player.utterance.spoken.recognisers.abroad.unit_before import UNIT_BEFORE
from player.utterance.spoken.recognisers.abroad.verse import VERSE
from player.utterance.spoken.recognisers.abroad.year import HUNDREDS, YEAR

ABROAD: tuple[Recogniser, ...] = (
    ABBREVIATION,
    AGREEING,
    COMPOUND,
    AMOUNT,
    CENTURY,
    CLOCK,
    COUNTED,
    HOURS,
    DAY_OF_HOURS,
    STOPPED,
    HUNDREDTHS,
    PARTS_OF_HOURS,
    PRODUCT,
    DAYS,
    DECADE,
    GROUPED,
    INCH,
    UNIT_BEFORE,
    VERSE,
    LIFE,
    NETWORK,
    ORDINAL,
    ONE,
    ROMAN,
    ROMAN_ORDINAL,
    SLASH,
    SEASON,
    SPAN,
    YEAR,
    HUNDREDS,
    DATE,
    DATE_PAIR,
    DATE_RANGE,
    SHORT_MONTH,
    STROKED,
    WEEKDAY,
    PARTS,
    PER,
    COLON,
    CROSS,
    SUM,
    TIMES,
    EXPONENT,
    CARET,
    POWER,
    SHORT,
    TELEPHONE,
    MINUS,
    CHEMISTRY,
    PLAIN_COMPOUND,
    RUSSIAN_CENTURY,
    RUSSIAN_YEAR,
    RUSSIAN_ORDINAL,
    RUSSIAN_DATE,
)
"""All recognisers of this folder."""
