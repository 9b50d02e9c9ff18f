"""The recognisers, one file a class, each registered by one line in `RECOGNISERS`."""

from __future__ import annotations

from player.utterance.spoken.readings import Recogniser
from player.utterance.spoken.recognisers.calendar import CALENDAR
from player.utterance.spoken.recognisers.cricket import CRICKET
from player.utterance.spoken.recognisers.docket import DOCKET
from player.utterance.spoken.recognisers.marks import MARKS
from player.utterance.spoken.recognisers.mathematics.accent import ACCENT
from player.utterance.spoken.recognisers.mathematics.algebra import ALGEBRA
from player.utterance.spoken.recognisers.mathematics.bracket import BRACKET, HALF_OPEN
from player.utterance.spoken.recognisers.mathematics.chemistry import (
    CHARGE,
    COMPOUND,
    PLAIN_COMPOUND,
    PLAIN_ION,
    POWER,
    RAISED_POWER,
    SCIENTIFIC,
    STATISTIC,
)
from player.utterance.spoken.recognisers.mathematics.colon import COLON
from player.utterance.spoken.recognisers.mathematics.flat_power import FLAT_POWER
from player.utterance.spoken.recognisers.mathematics.formula import FORMULA
from player.utterance.spoken.recognisers.mathematics.functions import FUNCTIONS
from player.utterance.spoken.recognisers.mathematics.integral import LIMITS
from player.utterance.spoken.recognisers.mathematics.minus import GRADE, MINUS, PLUS, SUM
from player.utterance.spoken.recognisers.mathematics.sign import ARROW, CURRENCY, DEFINED, GREEK, MATHEMATICS
from player.utterance.spoken.recognisers.mathematics.symbol import SYMBOLS
from player.utterance.spoken.recognisers.names import NAMES
from player.utterance.spoken.recognisers.numbers.cardinal import CARDINAL
from player.utterance.spoken.recognisers.numbers.circled import CIRCLED
from player.utterance.spoken.recognisers.numbers.decimal import DECIMAL, GLUED_DECIMAL
from player.utterance.spoken.recognisers.numbers.fraction import FRACTION
from player.utterance.spoken.recognisers.numbers.joint import RANGE
from player.utterance.spoken.recognisers.numbers.magnitude import MAGNITUDE, MANY
from player.utterance.spoken.recognisers.numbers.ordinal import LEGAL, ORDINAL_RANGE
from player.utterance.spoken.recognisers.numbers.roman import LINE, NUMBER_FORM, NUMBERED, SUFFIXED, WAR
from player.utterance.spoken.recognisers.numbers.roman_name import ROMAN_NAME
from player.utterance.spoken.recognisers.numbers.roman_part import MARK_NUMBER, ROMAN_LETTERED, ROMAN_SMALL
from player.utterance.spoken.recognisers.numbers.row import ROW
from player.utterance.spoken.recognisers.numbers.telephone import DIALLED, FIGURES, LETTERED, SECTION, TELEPHONE, ZEROS
from player.utterance.spoken.recognisers.numbers.version import VERSION
from player.utterance.spoken.recognisers.quantities.carat import CARAT
from player.utterance.spoken.recognisers.quantities.cross import CROSS
from player.utterance.spoken.recognisers.quantities.cup import CUP
from player.utterance.spoken.recognisers.quantities.dosing import DOSING
from player.utterance.spoken.recognisers.quantities.duration import DURATION, RACED, REMAINING
from player.utterance.spoken.recognisers.quantities.mark import ANGLE, MARK, PRIME, STRAND
from player.utterance.spoken.recognisers.quantities.measure import MEASURE
from player.utterance.spoken.recognisers.quantities.money import CENTS, MONEY
from player.utterance.spoken.recognisers.quantities.old_money import OLD_MONEY, STROKED
from player.utterance.spoken.recognisers.quantities.oven import OVEN
from player.utterance.spoken.recognisers.quantities.slash import SLASH_OF_AMOUNTS
from player.utterance.spoken.recognisers.quantities.stone import STONE
from player.utterance.spoken.recognisers.quantities.tyre import TYRE
from player.utterance.spoken.recognisers.quantities.unit import UNIT
from player.utterance.spoken.recognisers.record import RECORD
from player.utterance.spoken.recognisers.reporter import REPORTER

RECOGNISERS: tuple[Recogniser, ...] = (
    *CALENDAR,
    *MARKS,
    *NAMES,
    *ALGEBRA,
    *FUNCTIONS,
    ACCENT,
    DOCKET,
    REPORTER,
    STONE,
    WAR,
    SUFFIXED,
    NUMBER_FORM,
    NUMBERED,
    LINE,
    ROMAN_NAME,
    ROMAN_SMALL,
    MARK_NUMBER,
    ROMAN_LETTERED,
    CARAT,
    CARDINAL,
    CIRCLED,
    DECIMAL,
    GLUED_DECIMAL,
    DURATION,
    RACED,
    REMAINING,
    MAGNITUDE,
    MANY,
    MEASURE,
    MONEY,
    CENTS,
    LEGAL,
    ORDINAL_RANGE,
    RANGE,
    RECORD,
    ROW,
    FRACTION,
    SLASH_OF_AMOUNTS,
    CROSS,
    CUP,
    DOSING,
    CRICKET,
    LIMITS,
    CHARGE,
    COMPOUND,
    PLAIN_COMPOUND,
    PLAIN_ION,
    STATISTIC,
    POWER,
    RAISED_POWER,
    FLAT_POWER,
    SCIENTIFIC,
    COLON,
    GRADE,
    MINUS,
    PLUS,
    SUM,
    *SYMBOLS,
    MARK,
    PRIME,
    STRAND,
    ANGLE,
    OLD_MONEY,
    STROKED,
    OVEN,
    MATHEMATICS,
    ARROW,
    DEFINED,
    GREEK,
    CURRENCY,
    BRACKET,
    HALF_OPEN,
    FORMULA,
    TELEPHONE,
    DIALLED,
    FIGURES,
    LETTERED,
    SECTION,
    ZEROS,
    TYRE,
    UNIT,
    VERSION,
)
"""Those of English, and of signs in all languages. Their order means nothing: what is meant is chosen by how sure they
are."""


def recognisers(code: str) -> list[Recogniser]:
    """Return the recognisers of a language, by the code of its vocabulary. English imports no others: they take a tenth
    of the time until its first word."""
    if code == "en":
        return [recogniser for recogniser in RECOGNISERS if recogniser.serves(code)]
    from player.utterance.spoken.recognisers.abroad import ABROAD

    return [recogniser for recogniser in (*RECOGNISERS, *ABROAD) if recogniser.serves(code)]
