"""Numbers with something to them: telephone numbers, versions, fractions, ranges, units, mathematics."""

from __future__ import annotations

import re

from player.utterance.rules.model import BLANKS, DASHES, DIGITS, Rule, is_adjective, pairs, says
from player.utterance.rules.money import MAGNITUDES
from player.utterance.rules.numbers import ordinal, plural, spelled

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
    "yr": "year", "yrs": "year", "ms": "millisecond", "°C": "degree Celsius", "° C": "degree Celsius",
    "°F": "degree Fahrenheit", "° F": "degree Fahrenheit", "ºC": "degree Celsius", "ºF": "degree Fahrenheit",
}  # fmt: skip
_UNIT_STARTS = frozenset(unit[0] for unit in _UNITS)
_BELOW = {
    "m³": "cubic meter", "m3": "cubic meter", "m²": "square meter", "m2": "square meter", "km²": "square kilometer",
    "cm²": "square centimeter", "cm³": "cubic centimeter", "dL": "deciliter", "dl": "deciliter", "L": "liter",
    "l": "liter", "mL": "milliliter", "ml": "milliliter", "kg": "kilogram", "g": "gram", "s": "second",
    "h": "hour", "hr": "hour", "day": "day", "min": "minute", "ha": "hectare", "kWh": "kilowatt hour",
    "km": "kilometer",
}  # fmt: skip
_PER_UNIT = "|".join(re.escape(unit) for unit in sorted(_BELOW, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_PARTLY = frozenset("½¼¾⅓⅔")
_MEASURE = re.compile(
    rf"(?<![A-Za-z\d.,])(\d[\d,]*+(?:\.\d++)?+[½¼¾⅓⅔]?|[½¼¾⅓⅔])(?P<it>(?P<gap>[\s\u00a0\u202f-]?+)(?=[{''.join(_UNIT_STARTS)}])(?P<unit>{_UNIT})(?:/(?P<per>{_PER_UNIT}))?(?![\w/²³°]|['’]s)(?P<stop>\.(?=[,;:)]|\s+[a-z\d(]))?)"
)
_SECONDS_APART = re.compile(r"[ \u00a0\u202f]")
_NEVER_JOINED = frozenset(("m", "g", "l", "L", "V", "W", "min", "sec", "ms", "in", "s", "cal", "hp"))
"""With a hyphen these are something else: "a 5-m" is no word."""
_OVER = re.compile(r"\d/$")
_PARTS = frozenset(["2", "3", "4", "5", "6", "8", "10", "16", "32", "64"])
"""What a measure is divided into."""
_ENDS_MEASURE = re.compile(r"(?: ?[×x)]|[,;]|\.?$)")
_FEET = re.compile(r"(?<![\d.,])(\d{1,2})\s?['′’]\s?(\d{1,2})(?:[\"″”]|'')?(?![\w])")
_UNIT_BY_ITSELF = re.compile(
    r"(?<![\w/])(?P<unit>mg|g|kg|µg|μg|km|m|ml|mL|mi)/(?P<per>kg|g|dL|dl|mL|ml|L|l|m²|m2|m³|m3|h|s|day)(?![\w/])"
)
_FEET_INCHES = re.compile(r"(?<=ft )(\d{1,2}) ?in\b\.?|(?<=ft\. )(\d{1,2}) ?in\b\.?|(?<=-foot-)(\d{1,2})\b")
_MAGNITUDE = re.compile(r"(?<![\w.,$€£])(\d[\d,]*(?:\.\d+)?)(?P<it>\s?(?P<m>bn|mn|mln|tn|trn))\b")
_SHORT_MAGNITUDE = re.compile(
    r"(?<![\w.,$€£])(?!3M\b|[248]K\b)(?!\d\d?[Kk](?!\s(?!(?:in|on|at|and|or|to|for|with|by|is|was)\b)[a-z]))"
    r"(?:\d[\d,]*\.\d+|\d{1,3})(?P<it>(?P<m>(?:M|[Kk](?!\s[A-Z]))(?=[\s.,;:!?)+]|$)"
    r"|B(?= (?:parameters|tokens|people|users|views|years)\b)))"
    r"(?!\s(?:run|race|walk|runner|sprint|dash|hurdles|freestyle|butterfly|relay|swim|tv|video|display|resolution|screen|monitor|[A-Z])\b)"
)
_MILLIONS = re.compile(
    r"(?<=\d)(?P<it>m)(?=\s(?:people|users|viewers|visitors|jobs|homes|households|barrels|tonnes|tons|shares|votes"
    r"|voters|years|copies|units|children|workers|customers|subscribers|passengers|others|more|of)\b)"
)
_PHONE = re.compile(
    r"(?=[+(\d])(?<![\w.$€£-])(?:\+\d{1,3}(?:[\s.-]?\(?\d{1,4}\)?){2,5}"
    r"|(?:1[-.\s])?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}|\d{3}-\d{4}|0\d{2,4}\s\d{3,4}\s\d{3,4})(?![\w-]|[.,]\d)"
)
_DOTTED = re.compile(r"(?<![\w.,])[vV]?\d+(?:\.\d+){2,}(?![\w]|[.,]\d)")
_VERSION = re.compile(r"(?<!\w)(?:v|ver\.?\s?|v\.\s?(?=\d+\.\d)|V(?=\d+\.))(?=\d+(?:\.\d+)*(?!\w))")
_POINT_ZERO = re.compile(r"(?<![\w.,$€£])(\d+)\.(0+)(?![\d%\w]|[.,]\d)")
_POINT = re.compile(r"(?<![\w.,])\.(?=\d)")
_LEADING_ZERO = re.compile(r"(?<![\w.,:/+-])(?<!\d[ \u00a0\u202f])0\d+(?![\w.,:/%-]|\s\d)")
_SPACED_THOUSANDS = re.compile(
    r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d{1,3}(?:(?: 000)+|(?:[\u00a0\u202f]\d{3})+)(?!\w|[.,]\d|[ \u00a0\u202f]\d)"
)
_SLASHED = {
    "24/7": "24 7",
    "9/11": "9 11",
    "50/50": "50 50",
    "20/20": "20 20",
    "7/7": "7 7",
}
_PART = {2: "half", 3: "third", 4: "quarter", 100: "hundredth", 1000: "thousandth"}
_FRACTION = re.compile(r"(?<![\w/.,])(?:(\d+)\s)?(\d{1,3})[/⁄](\d{1,3}|1,?000)(?![\w/]|[.,]\d)")
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_HYPHENED = re.compile(r"-[a-z]")
_VULGAR_FRACTION = re.compile(rf"(?:(\d+)\s?)?([{''.join(_VULGAR)}])")
_TO = re.compile(
    r"(?<![\w.,/-])(?<![\d]-)[$€£]?\d[\d,]*(?:\.\d+)?%?(?P<it>\s?[-–—−]\s?)"
    r"(?=[$€£]?\d[\d,]*(?:\.\d+)?(?![\d/]|[-–][\dA-Z]|\.\d| ?=))"
)
_EVENS = re.compile(r"50[-–]50\b(?!%)|20[-–]20(?= vision)")
"""A 50-50 chance, 20-20 vision."""
_AIRLINER = re.compile(r"7\d7-$")
_MODELS = ("Boeing ", "Flight ", "ISBN ", "ISSN ")
_PER_WHAT = {"hr": "hour", "h": "hour", "kg": "kilogram", "lb": "pound", "oz": "ounce", "mo": "month", "yr": "year"}
_PER = re.compile(
    r"(?<=[\d€£])/(?P<what>hour|hr|h|day|week|month|mo|year|yr|night|person|head|mile|kg|lb|oz|gallon|litre|liter)\b"
    r"|(?<=[a-z]{3})/(?P<each>hour|second|minute|day|week|month|year|person|gallon|capita)\b"
)
_SIGNED = re.compile(r"(?:^|(?<=[\s(]))(?<!\d\s)(?P<it>[–−](?=\.?\d)|[-–−](?=[$€£]))(?!.\d+[-–/])")
_MINUS = re.compile(
    r"(?<=[\dxyzn)]) ?[-–−] ?(?=\d+(?:\.\d+)? ?[=<>≤≥])|(?<=\d[xyzn]) ?[-–−] ?(?=\d)|(?<= [xyzn]) [-–−] (?=\d)"
)
_ARROWS = {
    ">=": "is at least", "<=": "is at most", "!=": "is not equal to", "==": "equals", "=>": "so", "->": "to",
    "-->": "to",
}  # fmt: skip
_ARROW = re.compile(r"(?<=[\w)]) ?(>=|<=|!=|==|=>|--?>) ?(?=[\w(√−]|-\d)")
_INCHES = re.compile(
    r"(?<![\w.,])\d{1,3}(?:\.\d+)?(?P<it>″|\"(?=\s(?:screen|monitor|[tT][vV]|display|laptop|tablet|pipe|wheel|ty?ire|disk"
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
_OUT_OF = re.compile(r"(?<![\w/.,])\d{1,2}(?:\.\d)?(?P<it>/)\d{1,3}(?= (?:stars?|points?)\b)")
_RAISED_BEFORE = re.compile(r"(?<![\w.,;)])[¹²³⁰⁴-⁹]+(?=[A-Z])")
_CHARGE = re.compile(r"(?<=[A-Za-z₀-₉])([²³]?)([⁺⁻])(?!\d|[⁰¹²³⁴-⁹])")
_ACROSS = re.compile(r"(?<=[a-z]) ?× ?(?=\d)")
_MULTIPLIED = re.compile(r"(?<=\d) ?\* ?(?=\d)")
_RATIO = re.compile(r"(?<![\d:.])\d{1,3}(?P<it>:)(?=\d(?![\d:]))|(?<=ratio of )\d{1,3}(?P<of>:)(?=\d)")
_POWERS = {"2": "squared", "3": "cubed"}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_POWER = re.compile(r"(?<=[\w)])(?:\^(-?\d+)|([⁻]?[⁰¹²³⁴-⁹]+))")
_SUBSCRIPTS = re.compile(r"(?<=\w)[₀-₉]+")
_FORMULAS = {"CO2": "C O 2", "CO₂": "C O 2", "H2O": "H 2 O", "H₂O": "H 2 O", "NO2": "N O 2", "SO2": "S O 2",
             "NO₂": "N O 2", "SO₂": "S O 2", "CH4": "C H 4", "CH₄": "C H 4", "O2": "O 2", "N2O": "N 2 O",
             "mc²": "m c squared", "mc2": "m c squared"}  # fmt: skip
_FORMULA = re.compile(r"(?<!\w)(?:CO[2₂]|H[2₂]O|NO[2₂]|SO[2₂]|CH[4₄]|O2|N2O|mc[²2])(?!\w)")
_COMPOUND = re.compile(r"(?<!\w)(?=[A-Za-z\d]*[₀-₉])(?:[A-Z][a-z]?[₀-₉]*)+(?![\w])")
_ELEMENT = re.compile(r"([A-Z][a-z]?)([₀-₉]*)")
_MATHS = {
    "<": "less than", ">": "greater than", "≤": "at most", "≥": "at least", "≠": "not equal to", "≈": "about",
    "=": "equals", "×": "times", "÷": "divided by", "→": "to", "±": "plus or minus", "−": "minus", "∞": "infinity",
    "√": "the square root of", "~": "about", "∼": "about",
}  # fmt: skip
_BETWEEN = re.compile(r"(?<=[\w)%])(?!\s[<>≤≥≈][\d$€£.])\s?([<>≤≥≠≈=×÷→])\s?(?=[\w(−√∞$€£.-])")
_BEFORE = re.compile(r"(?<![\w~])([<>≤≥≈±−√∞~∼])\s?(?=[$€£]?\.?\d)|[∞]")
_BY = re.compile(r"(?<=\d)(\s?)[x](\s?)(?=\d)")
_LINES = {"1080": "10 80", "1440": "14 40", "720": "7 20", "480": "4 80"}
_SCREEN = re.compile(rf"(?<![\w.,])(?P<it>{'|'.join(_LINES)})(?=[pi]\b)")
_DIVIDED = re.compile(r"(?<=\d) / (?=\d[\d,.]* [=≈])")
_ZONE = re.compile(r"(?<=UTC|GMT)[-−–](?=\d)")
_GRADE = re.compile(r"(?<![\w-])[A-DF](?P<it>[-−–])(?=$|[,.;:!?)]|\s(?!(?:and|or|to)\b)[a-z])")
_STARS = re.compile(r"(?<!\d)(?<!\d )(★+)(☆*)")
_STAR = re.compile(r"(?<=\d) ?★")
_TIMES = re.compile(r"(?<=\d)[x×](?!\w| ?[-–+=<>*/^])")
_SHARP = re.compile(r"\b[A-G](?P<it>#)(?!\w)")
_NUMBER_SIGN = re.compile(r"(?<![\w&])(?:#\s?|№\s?)(?=\d)")


def _to(match: re.Match[str]) -> str | None:
    before = match.string[: match.start()]
    if before.endswith(_MODELS) or _AIRLINER.match(match.group()):
        return None
    if _EVENS.match(match.string, match.start()):
        return " "
    return " and " if before.endswith("between ") else " to "


def _measure(match: re.Match[str]) -> str | None:
    unit, gap = match["unit"], match["gap"]
    a_word = unit == "in" and not _ENDS_MEASURE.match(match.string, match.end())  # "at 5 in the morning"
    if a_word or (gap == "-" and unit in _NEVER_JOINED) or (unit == "s" and not _SECONDS_APART.match(match["it"])):
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


def _charge(match: re.Match[str]) -> str:
    number = f" {match[1].translate(_SUPERSCRIPT)}" if match[1] else ""
    return number + (" plus" if match[2] == "⁺" else " minus")


def _feet(match: re.Match[str]) -> str | None:
    return f"{match[1]} foot {match[2]}" if int(match[2]) < 12 else None


def _inches(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    return f"{number} {plural('inch', number)}" if not match[3] else number


def _phone(match: re.Match[str]) -> str:
    groups = [spelled(group) for group in re.findall(r"\d+", match.group())]
    return ("plus " if match.group().startswith("+") else "") + ", ".join(groups)


def _dotted(match: re.Match[str]) -> str:
    written = match.group()
    parts = written.lstrip("vV").split(".")
    between = " dot " if len(parts) == 4 and all(int(p) < 256 for p in parts) else " point "
    return ("version " if written[0] in "vV" else "") + between.join(parts)


def _parts(over: int, under: int) -> str | None:
    if under == 1:
        return f"{over} to 1"  # odds
    if not 0 < over < under:
        return None
    name = _PART.get(under) or (ordinal(under) if under < 100 else "")
    if not name:
        return None
    many = "halves" if under == 2 else name + "s"
    return f"{'one' if over == 1 else over} {name if over == 1 else many}"


def _fraction(match: re.Match[str]) -> str | None:
    whole, over, under = match[1], int(match[2]), int(match[3].replace(",", ""))
    written = match.group()
    if written in _SLASHED:
        return _SLASHED[written]
    said = _parts(over, under)
    if whole:
        return f"{whole} and {'a half' if said == 'one half' else said}" if said and under <= 16 else None
    if said and said.endswith("s") and _HYPHENED.match(match.string, match.end()):  # "3/4-inch"
        return said.removesuffix("s") if under > 2 else said
    if under in (5, 10, 100) and over > 1 and (under != 5 or over == 5):
        return f"{over} out of {under}"
    return said or f"{over} over {under}"


def _vulgar(match: re.Match[str]) -> str:
    over, under = _VULGAR[match[2]]
    said = _parts(over, under) or ""
    if _HYPHENED.match(match.string, match.end()):
        said = said.removesuffix("s")
    return f"{match[1]} and {'a half' if match[2] == '½' else said}" if match[1] else said


def _stars(match: re.Match[str]) -> str:
    some, of = len(match[1]), len(match[1] + match[2])
    return f"{some} {plural('star', str(some))}" if some == of else f"{some} out of {of} stars"


def _compound(match: re.Match[str]) -> str:
    """Its elements letter by letter, each with its number."""
    elements = _ELEMENT.findall(match.group())
    return " ".join(part for name, count in elements for part in (*name.upper(), count.translate(_SUBSCRIPT)) if part)


def _power(match: re.Match[str]) -> str:
    exponent = match[1] or match[2].translate(_SUPERSCRIPT)
    return " " + _POWERS.get(exponent, f"to the power of {exponent.replace('-', 'minus ')}")


def _between(match: re.Match[str]) -> str:
    said = _MATHS[match[1]]
    return f" is {said} " if match[1] in "<>≤≥≠" else f" {said} "


def _before(match: re.Match[str]) -> str:
    sign = match.group().strip()
    return ("more than" if sign == ">" else _MATHS[sign]) + " "


def _by(match: re.Match[str]) -> str:
    return " by " if not match[1] else " times "


RULES = (
    Rule("telephone number", ("call 555-1234", "call 5 5 5, 1 2 3 4"), _PHONE, _phone,
         pairs(DIGITS | {"+"}, DIGITS), pairs(BLANKS | frozenset("+-.()"), DIGITS)),
    Rule("version", ("Python 3.11.2", "Python 3 point 11 point 2"), _DOTTED, _dotted,
         pairs(".", DIGITS)),
    Rule("version", ("v2.1", "version 2.1"), _VERSION, says("version "),
         pairs("vV", DIGITS) | {"ve", "v."}, DIGITS),
    Rule("point zero", ("version 2.0", "version 2 point 0"), _POINT_ZERO,
         lambda m: f"{m[1]} point {spelled(m[2])}", frozenset([".0"]), fine_in=frozenset({"pyttsx3"})),
    Rule("point", (".5 percent", "point 5 percent"), _POINT, says("point "), pairs(".", DIGITS),
         fine_in=frozenset({"hibari"})),
    Rule("leading zero", ("agent 007", "agent 0 0 7"), _LEADING_ZERO, lambda m: spelled(m.group()),
         pairs("0", DIGITS), fine_in=frozenset({"pyttsx3"})),
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
    Rule("thousands", ("10 000 people", "10,000 people"), _SPACED_THOUSANDS,
         lambda m: re.sub(r"\D", ",", m.group()), pairs(DIGITS, BLANKS), pairs(BLANKS, DIGITS)),
    Rule("minus", ("It fell –0.5%.", "It fell minus 0.5%."), _SIGNED, says("minus "),
         pairs("-–−", DIGITS | frozenset("$€£."))),
    Rule("minus", ("5 - 3 = 2", "5 minus 3 equals 2"), _MINUS, says(" minus "), DASHES, DIGITS),
    Rule("mathematics", ("x >= 5", "x is at least 5"), _ARROW, lambda m: f" {_ARROWS[m[1]]} ",
         frozenset([">=", "<=", "!=", "==", "=>", "->"])),
    Rule("by", ("5 cm × 10 cm", "5 centimeters by 10 centimeters"), _ACROSS, says(" by "), frozenset("×")),
    Rule("times", ("5*3", "5 times 3"), _MULTIPLIED, says(" times "), frozenset("*")),
    Rule("out of", ("4/5 stars", "4 out of 5 stars"), _OUT_OF, says(" out of "), pairs(DIGITS, "/")),
    Rule("fraction", ("3/4 of them", "3 quarters of them"), _FRACTION, _fraction, pairs(DIGITS, "/⁄")),
    Rule("fraction", ("2½ hours", "2 and a half hours"), _VULGAR_FRACTION, _vulgar, frozenset(_VULGAR)),
    Rule("magnitude", ("5bn people", "5 billion people"), _MAGNITUDE, lambda m: " " + MAGNITUDES[m["m"]],
         frozenset(["bn", "mn", "ml", "tn", "tr"]), pairs(DIGITS, BLANKS | frozenset("bmt"))),
    Rule("magnitude", ("10M users", "10 million users"), _SHORT_MAGNITUDE,
         lambda m: " " + MAGNITUDES[m["m"].lower()], pairs(DIGITS, "MKkB")),
    Rule("magnitude", ("5m people", "5 million people"), _MILLIONS, says(" million"), pairs(DIGITS, "m")),
    Rule("unit", ("5kg", "5 kilograms"), _MEASURE, _measure,
         pairs(DIGITS | _PARTLY, BLANKS | {"-"} | _UNIT_STARTS), pairs(DIGITS | BLANKS | {"-"}, _UNIT_STARTS)),
    Rule("unit", ("in mg/kg", "in milligrams per kilogram"), _UNIT_BY_ITSELF,
         lambda m: f"{plural(_UNITS[m['unit']], '')} per {_BELOW[m['per']]}", pairs("gmlLi", "/")),
    Rule("range", ("They won 3-2.", "They won 3 to 2."), _TO, _to,
         pairs(DIGITS | BLANKS | {"%"}, DASHES), pairs(DASHES, DIGITS | BLANKS | frozenset("$€£"))),
    Rule("ratio", ("a ratio of 2:1", "a ratio of 2 to 1"), _RATIO, says(" to "), pairs(DIGITS, ":")),
    Rule("formula", ("H₂SO₄", "H 2 S O 4"), _COMPOUND, _compound, frozenset("₀₁₂₃₄₅₆₇₈₉")),
    Rule("formula", ("CO₂", "C O 2"), _FORMULA, lambda m: _FORMULAS[m.group()],
         frozenset(["O2", "O₂", "H2", "H₂", "H4", "H₄", "N2", "c2", "c²"])),
    Rule("subscript", ("x₁", "x 1"), _SUBSCRIPTS, lambda m: " " + m.group().translate(_SUBSCRIPT) + " ",
         frozenset("₀₁₂₃₄₅₆₇₈₉")),
    Rule("isotope", ("¹⁴C", "14 C"), _RAISED_BEFORE, lambda m: m.group().translate(_SUPERSCRIPT) + " ",
         frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Rule("charge", ("Ca²⁺", "Ca 2 plus"), _CHARGE, _charge, frozenset("⁺⁻")),
    Rule("power", ("10^6", "10 to the power of 6"), _POWER, _power, frozenset("^⁰¹²³⁴⁵⁶⁷⁸⁹")),
    Rule("by", ("1920x1080", "1920 by 1080"), _BY, _by,
         pairs(DIGITS | BLANKS, "x"), pairs("x", DIGITS | BLANKS)),
    Rule("times", ("3x faster", "3 times faster"), _TIMES, says(" times"), pairs(DIGITS, "x×")),
    Rule("mathematics", ("x < 5", "x is less than 5"), _BETWEEN, _between, frozenset("<>≤≥≠≈=×÷→")),
    Rule("mathematics", ("~5%", "about 5%"), _BEFORE, _before, frozenset("<>≤≥≈±−√∞~∼")),
    Rule("lines", ("in 1080p", "in 10 80p"), _SCREEN, lambda m: _LINES[m.group()], pairs("0", "pi")),
    Rule("divided by", ("15 / 3 = 5", "15 divided by 3 equals 5"), _DIVIDED, says(" divided by "), frozenset([" /"])),
    Rule("minus", ("at UTC-5", "at UTC minus 5"), _ZONE, says(" minus "), pairs("CT", DASHES)),
    Rule("minus", ("a grade of A-.", "a grade of A minus."), _GRADE, says(" minus"), pairs("ABCDF", DASHES)),
    Rule("stars", ("★★★★☆", "4 out of 5 stars"), _STARS, _stars, frozenset("★")),
    Rule("stars", ("a 5★ hotel", "a 5 star hotel"), _STAR, says(" star"), frozenset("★")),
    Rule("per thousand", ("5‰", "5 per thousand"), re.compile("‰"), says(" per thousand"), frozenset("‰")),
    Rule("flat", ("in B♭ major", "in B flat major"), re.compile(r"(?<=[A-G])♭"), says(" flat"), frozenset("♭")),
    Rule("sharp", ("in F♯ major", "in F sharp major"), re.compile(r"(?<=[A-G])♯"), says(" sharp"), frozenset("♯")),
    Rule("sharp", ("in C# minor", "in C sharp minor"), _SHARP, says(" sharp"), pairs("ABCDEFG", "#")),
    Rule("sections", ("§§ 5 and 6", "sections 5 and 6"), re.compile(r"§§ ?(?=\d)"), says("sections "),
         frozenset(["§§"])),
    Rule("number sign", ("the #1 song", "the number 1 song"), _NUMBER_SIGN, says("number "), frozenset("#№"), DIGITS),
)  # fmt: skip
