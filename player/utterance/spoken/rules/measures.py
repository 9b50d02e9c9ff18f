"""Measures: units, heights, angles, and what is so much per something."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.model import BLANKS, DIGITS, Rule, is_adjective, pairs, says
from player.utterance.spoken.speakers.english.number_words import plural

_UNITS = {
    "km": "kilometer", "m": "meter", "dm": "decimeter", "cm": "centimeter", "mm": "millimeter", "µm": "micrometer",
    "μm": "micrometer", "nm": "nanometer", "km²": "square kilometer", "km2": "square kilometer",
    "m²": "square meter", "m2": "square meter", "cm²": "square centimeter", "m³": "cubic meter",
    "m3": "cubic meter", "cm³": "cubic centimeter", "sq km": "square kilometer", "sq ft": "square foot",
    "sq mi": "square mile", "sq m": "square meter", "sq. ft": "square foot", "sq. km": "square kilometer",
    "kg": "kilogram", "g": "gram", "mg": "milligram", "µg": "microgram", "μg": "microgram", "lb": "pound",
    "lbs": "pound", "oz": "ounce", "ft": "foot", "mi": "mile", "yd": "yard", "yds": "yard", "ha": "hectare",
    "l": "liter", "L": "liter", "ml": "milliliter", "mL": "milliliter", "cl": "centiliter", "gal": "gallon",
    "mph": "mile per hour", "mpg": "mile per gallon", "km/h": "kilometer per hour", "kmh": "kilometer per hour",
    "kph": "kilometer per hour", "m/s": "meter per second", "m/s²": "meter per second squared",
    "kB": "kilobyte", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte",
    "Mbps": "megabit per second", "Gbps": "gigabit per second", "Mbit/s": "megabit per second",
    "W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "Wh": "watt hour", "kWh": "kilowatt hour",
    "MWh": "megawatt hour", "GWh": "gigawatt hour", "TWh": "terawatt hour", "V": "volt", "kV": "kilovolt",
    "mA": "milliamp", "mAh": "milliamp hour", "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz",
    "GHz": "gigahertz", "dB": "decibel", "kJ": "kilojoule", "kcal": "kilocalorie", "hPa": "hectopascal",
    "dL": "deciliter", "dl": "deciliter", "mol": "mole", "mmol": "millimole", "tsp": "teaspoon", "tbsp": "tablespoon",
    "Tbsp": "tablespoon", "in": "inch", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute",
    "sec": "second", "secs": "second",
    "kgs": "kilogram", "mcg": "microgram", "cu ft": "cubic foot", "cu. ft": "cubic foot", "sq. mi": "square mile",
    "sq. miles": "square mile", "sq miles": "square mile", "sq. m": "square meter", "ft²": "square foot",
    "ft2": "square foot", "mi²": "square mile", "in²": "square inch", "psi": "pound per square inch",
    "ppm": "part per million", "ppb": "part per billion",
    "hp": "horsepower", "cal": "calorie", "kPa": "kilopascal", "MPa": "megapascal",
    "kbps": "kilobit per second", "Tbps": "terabit per second", "mmHg": "millimeters of mercury",
    "kΩ": "kiloohm", "Ω": "ohm", "mos": "month", "wk": "week", "wks": "week", "s": "second",
    "km/s": "kilometer per second", "ft/s": "foot per second",
    "pts": "point", "bps": "basis point", "ly": "light year",
    "yr": "year", "yrs": "year", "ms": "millisecond", "°C": "degree Celsius", "° C": "degree Celsius",
    "°F": "degree Fahrenheit", "° F": "degree Fahrenheit", "ºC": "degree Celsius", "ºF": "degree Fahrenheit",
}  # fmt: skip
_UNIT_STARTS = frozenset(unit[0] for unit in _UNITS)
_BELOW = {
    "m³": "cubic meter", "m3": "cubic meter", "m²": "square meter", "m2": "square meter", "km²": "square kilometer",
    "cm²": "square centimeter", "cm³": "cubic centimeter", "dL": "deciliter", "dl": "deciliter", "L": "liter",
    "l": "liter", "mL": "milliliter", "ml": "milliliter", "kg": "kilogram", "g": "gram", "s": "second",
    "h": "hour", "hr": "hour", "day": "day", "min": "minute", "ha": "hectare", "kWh": "kilowatt hour",
    "km": "kilometer", "mol": "mole",
}  # fmt: skip
_PER_UNIT = "|".join(re.escape(unit) for unit in sorted(_BELOW, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_PARTLY = frozenset("½¼¾⅓⅔")
_MEASURE = re.compile(
    rf"(?:(?<![A-Za-z\d.,])|(?<=\dx))(\d[\d,]*+(?:\.\d++)?+[½¼¾⅓⅔]?|[½¼¾⅓⅔])(?P<it>(?P<gap>[\s\u00a0\u202f-]?+)(?=[{''.join(_UNIT_STARTS)}])(?P<unit>{_UNIT})(?:/(?P<per>{_PER_UNIT}))?(?![\w/²³°]|['’]s)(?P<stop>\.(?=[,;:)]|\s+[a-z\d(]))?)"
)
_SECONDS_APART = re.compile(r"[ \u00a0\u202f]")
_NEVER_JOINED = frozenset(("m", "g", "l", "L", "V", "W", "min", "sec", "ms", "in", "s", "cal", "hp"))
"""With a hyphen these are something else: "a 5-m" is no word."""
_OVER = re.compile(r"(?<!\d\s)\d/$")
"""Half a pound; not one and a half."""
_STREET = re.compile(r"\s\d+(?:st|nd|rd|th)\b")
_PARTS = frozenset(["2", "3", "4", "5", "6", "8", "10", "16", "32", "64"])
"""What a measure is divided into."""
_ENDS_MEASURE = re.compile(r"(?: ?[×x)]|[,;]|\.?$)")
_FEET = re.compile(r"(?<![\d.,])(\d{1,2})\s?['′’]\s?(\d{1,2})(?:[\"″”]|'')?(?![\w])")
_UNIT_BY_ITSELF = re.compile(
    r"(?<![\w/])(?P<unit>mg|g|kg|µg|μg|km|m|ml|mL|mi)/(?P<per>kg|g|dL|dl|mL|ml|L|l|m²|m2|m³|m3|h|s|day)(?![\w/])"
)
_FEET_INCHES = re.compile(r"(?<=ft )(\d{1,2}) ?in\b\.?|(?<=ft\. )(\d{1,2}) ?in\b\.?|(?<=-foot-)(\d{1,2})\b")
_PER_WHAT = {"hr": "hour", "h": "hour", "kg": "kilogram", "lb": "pound", "oz": "ounce", "mo": "month", "yr": "year"}
_PER = re.compile(
    r"(?<=[\d€£])/(?P<what>hour|hr|h|day|week|month|mo|year|yr|night|person|head|mile|kg|lb|oz|gallon|litre|liter)\b"
    r"|(?<=[a-z]{3})/(?P<each>hour|second|minute|day|week|month|year|person|gallon|capita)\b"
)
_INCHES = re.compile(
    r"(?<![\w.,])\d{1,3}(?:\.\d+)?(?P<it>″|(?<=\d\.\d)\"(?=[\s,;)])|\"(?=\s(?:screen|monitor|[tT][vV]|display|laptop|tablet|pipe|wheel|ty?ire|disk"
    r"|nail|board|long|wide|tall|deep|thick|high|in diameter|of (?:snow|rain)|pizza|round|square)))"
)
"""A straight mark is nearly always a quotation's."""
_MEASURED = re.compile(r" (?:long|wide|tall|deep|thick|high|in|of|by|x|and|or)\b")
_DEGREES = re.compile(r"(?<![\w.,])(\d{1,3})°\s?(\d{1,2})[′'’]\s?(?:(\d{1,2})(?:\.\d+)?[″\"”]\s?)?([NSEW])\b")
_DIRECTIONS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_SECONDS = re.compile(r"(?<![\w.,])\d+\.\d+(?P<it>s)(?!\w)")
_TALL = re.compile(r"(?<![\w.,'])\d{1,2}(?P<it>['’])(?=\s(?:tall|high|wide|long|deep|x)\b)")
_PRIME = re.compile(r"(?<![\w.,°])\d+(?P<it>′)(?!\s?\d)")
_HOURS = re.compile(r"(?<![\w.,])(\d{1,2}) ?h(?:rs?)? ?(\d{1,2}) ?m(?:ins?)?\b")


def _measure(match: re.Match[str]) -> str | None:
    unit, gap = match["unit"], match["gap"]
    a_word = unit == "in" and not _ENDS_MEASURE.match(match.string, match.end())  # "at 5 in the morning"
    shortened = unit == "in" and match["stop"]  # "1 in. of rain", "a 13-in. pan"
    joined = gap == "-" and unit in _NEVER_JOINED
    compass = unit == "W" and match["stop"] and _STREET.match(match.string, match.end())  # "45 W. 25th St."
    glued = unit == "s" and not _SECONDS_APART.match(match["it"])
    if glued or compass or (not shortened and (a_word or joined)):
        return None
    name = _UNITS[unit]
    if gap == "-":
        return f"-{name}"
    over = _OVER.search(match.string, max(0, match.start() - 2), match.start()) and match[1] in _PARTS
    if match[1] in _PARTLY or over:  # "3/4 mile", but "120/80 mmHg"
        return f" of {'an' if name[0] in 'aeiou' else 'a'} {name}"
    if match["per"]:
        return f" {plural(name, match[1])} per {_BELOW[match['per']]}"
    head, _, scale = name.partition(" ")
    if head == "degree":
        return f" {plural(head, match[1])} {scale}"
    return f" {name if is_adjective(match) else plural(name, match[1])}"


def _per(match: re.Match[str]) -> str:
    what = match["what"] or match["each"]
    return f" per {_PER_WHAT.get(what, what)}"


def _inch(match: re.Match[str]) -> str | None:
    """Not where the mark closes what somebody says."""
    if match["it"] == '"' and match.string.count('"', 0, match.start("it")) % 2:
        return None
    said = match.string[match.end() :]
    return " inches" if said[:1] != " " or _MEASURED.match(said) else " inch"


def _hours(match: re.Match[str]) -> str:
    return f"{match[1]} {plural('hour', match[1])} {match[2]} {plural('minute', match[2])}"


def _degrees(match: re.Match[str]) -> str:
    said = f"{match[1]} {plural('degree', match[1])} {match[2]} {plural('minute', match[2])} "
    return said + (f"{match[3]} {plural('second', match[3])} " if match[3] else "") + _DIRECTIONS[match[4]]


def _feet(match: re.Match[str]) -> str | None:
    return f"{match[1]} foot {match[2]}" if int(match[2]) < 12 else None


def _inches(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    return f"{number} {plural('inch', number)}" if not match[3] else number


MARKED = (
    Rule("height", ("6'2\"", "6 foot 2"), _FEET, _feet,
         pairs("'′’", DIGITS | BLANKS), pairs(DIGITS | BLANKS, "'′’")),
    Rule("height", ("5 ft 10 in", "5 feet 10 inches"), _FEET_INCHES, _inches,
         frozenset(["ft", "-f"]), DIGITS),
    Rule("per", ("20/hour", "20 per hour"), _PER, _per, pairs("/", "hdwmynpklogsc")),
    Rule("inches", ('a 27" screen', "a 27 inch screen"), _INCHES, _inch, pairs(DIGITS, '"″')),
    Rule("degrees", ("at 51°30′N", "at 51 degrees 30 minutes north"), _DEGREES, _degrees, pairs(DIGITS, "°")),
    Rule("unit", ("in 10.8s flat", "in 10.8 seconds flat"), _SECONDS, says(" seconds"), pairs(DIGITS, "s")),
    Rule("feet", ("a 6′ wall", "a 6 foot wall"), _PRIME, says(" foot"), pairs(DIGITS, "′")),
    Rule("feet", ("6' tall", "6 feet tall"), _TALL, says(" feet"), pairs(DIGITS, "'’")),
    Rule("hours", ("2h 15m later", "2 hours 15 minutes later"), _HOURS, _hours, pairs(DIGITS | BLANKS, "h"),
         pairs(DIGITS | BLANKS, "m")),
)  # fmt: skip
"""Told by marks and words of their own."""

UNITS = (
    Rule("unit", ("5kg", "5 kilograms"), _MEASURE, _measure,
         pairs(DIGITS | _PARTLY, BLANKS | {"-"} | _UNIT_STARTS), pairs(DIGITS | BLANKS | {"-"}, _UNIT_STARTS)),
    Rule("unit", ("in mg/kg", "in milligrams per kilogram"), _UNIT_BY_ITSELF,
         lambda m: f"{plural(_UNITS[m['unit']], '')} per {_BELOW[m['per']]}", pairs("gmlLi", "/")),
)  # fmt: skip
"""A number with its unit; after what makes a million of an "m"."""
