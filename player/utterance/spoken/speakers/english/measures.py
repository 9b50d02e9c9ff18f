"""English measures."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.number_words import known
from player.utterance.spoken.speakers.english.numbers import is_one, say_amount
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.units import units
from player.utterance.spoken.values import Angle, Duration, Factor, Fraction, Height, Measure, Unit


def say_measure(measure: Measure, saying: Saying) -> str:
    """ "5 kilograms", "3 quarters of a mile", "a 5-kilometer run"."""
    amount, number = measure.amount, measure.amount.number
    said = say_amount(amount, saying)
    parts = isinstance(number, Fraction) and not number.whole and not amount.magnitude and not amount.until
    if parts and isinstance(number, Fraction) and number.over < number.under and not measure.hyphen:
        name = say_unit(measure.unit, saying, many=False)
        if measure.before_noun:
            return f"{said.removesuffix('s')} {name}"
        vowel = name[0] in "aeiou" or name.partition(" ")[0] in saying.vocabulary.words("units", "silent_h")
        return f"{said} of {'an' if vowel else 'a'} {name}"
    if isinstance(number, Fraction) and number.over >= number.under and not number.whole:
        return f"{said} {say_unit(measure.unit, saying)}"
    plural = measure.unit.over[-1].sign in saying.vocabulary.words("units", "never_single")
    many = not ((measure.before_noun and not plural) or is_one(amount))
    return f"{said}{'-' if measure.hyphen else ' '}{say_unit(measure.unit, saying, many=many)}"


def say_duration(duration: Duration, saying: Saying) -> str:
    """ "2 hours 15 minutes"."""
    return " ".join(f"{figures} {name_of(sign, saying, many=figures != '1')}" for figures, sign in duration.parts)


def say_unit(unit: Unit, saying: Saying, *, many: bool = True) -> str:
    """ "milligrams per kilogram per day"."""
    *first, last = unit.over
    many = many and not unit.single
    over = " ".join([*(_factor(one, saying, many=False) for one in first), _factor(last, saying, many=many)])
    return " per ".join([over, *(say_below(one, saying) for one in unit.under)])


def name_of(sign: str, saying: Saying, *, many: bool) -> str:
    """Return the name of a unit written short."""
    return units(saying.vocabulary).names[sign][many]


def _factor(factor: Factor, saying: Saying, *, many: bool) -> str:
    name = name_of(factor.sign, saying, many=many)
    return f"{known('areas')[str(factor.power)]} {name}" if factor.power > 1 else name


def say_below(factor: Factor, saying: Saying) -> str:
    """ "second squared", but "square meter"."""
    name = name_of(factor.sign, saying, many=False)
    if factor.power > 1 and not name.endswith(known("lengths")):
        return f"{name} {known('powers')[str(factor.power)]}"
    return f"{known('areas')[str(factor.power)]} {name}" if factor.power > 1 else name


def say_height(height: Height, saying: Saying) -> str:
    """ "6 foot 2"."""
    return f"{height.feet} foot {height.inches}"


def say_angle(angle: Angle, saying: Saying) -> str:
    """ "51 degrees 30 minutes north"."""
    said = [f"{n} {part}{'' if n == '1' else 's'}" for n, part in zip(angle.parts, known("arc"), strict=False)]
    return " ".join([*said, known("directions")[angle.direction]]) if angle.direction else " ".join(said)


SAYS: Says = {Angle: say_angle, Height: say_height, Duration: say_duration, Measure: say_measure, Unit: say_unit}
