"""Numbers with something to them: telephone numbers, versions, fractions, magnitudes, ranges."""

from __future__ import annotations

import re

from player.utterance.spoken.rules.mathematics import SIGNS, SUMS
from player.utterance.spoken.rules.model import DASHES, DIGITS, Rule, pairs, says
from player.utterance.spoken.speakers.english.number_words import ordinal, plural, spelled

MAGNITUDES = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "b": "billion", "bn": "billion",
    "tn": "trillion", "trn": "trillion",
}  # fmt: skip
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
_OUT_OF = re.compile(r"(?<![\w/.,])\d{1,2}(?:\.\d)?(?P<it>/)\d{1,3}(?= (?:stars?|points?)\b)")
_RATIO = re.compile(r"(?<![\d:.])\d{1,3}(?P<it>:)(?=\d(?![\d:]))|(?<=ratio of )\d{1,3}(?P<of>:)(?=\d)")
_LINES = {"1080": "10 80", "1440": "14 40", "720": "7 20", "480": "4 80"}
_SCREEN = re.compile(rf"(?<![\w.,])(?P<it>{'|'.join(_LINES)})(?=[pi]\b)")
_ZONE = re.compile(r"(?<=UTC|GMT)[-−–](?=\d)")
_GRADE = re.compile(r"(?<![\w-])[A-DF](?P<it>[-−–])(?=$|[,.;:!?)]|\s(?!(?:and|or|to)\b)[a-z])")
_STARS = re.compile(r"(?<!\d)(?<!\d )(★+)(☆*)")
_STAR = re.compile(r"(?<=\d) ?★")
_SHARP = re.compile(r"\b[A-G](?P<it>#)(?!\w)")
_NUMBER_SIGN = re.compile(r"(?<![\w&])(?:#\s?|№\s?)(?=\d)")


def _to(match: re.Match[str]) -> str | None:
    before = match.string[: match.start()]
    if before.endswith(_MODELS) or _AIRLINER.match(match.group()):
        return None
    if _EVENS.match(match.string, match.start()):
        return " "
    return " and " if before.endswith("between ") else " to "


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


RULES = (
    *SUMS,
    Rule("ratio", ("a ratio of 2:1", "a ratio of 2 to 1"), _RATIO, says(" to "), pairs(DIGITS, ":")),
    *SIGNS,
    Rule("lines", ("in 1080p", "in 10 80p"), _SCREEN, lambda m: _LINES[m.group()], pairs("0", "pi")),
    Rule("minus", ("at UTC-5", "at UTC minus 5"), _ZONE, says(" minus "), pairs("CT", DASHES)),
    Rule("minus", ("a grade of A-.", "a grade of A minus."), _GRADE, says(" minus"), pairs("ABCDF", DASHES)),
    Rule("stars", ("★★★★☆", "4 out of 5 stars"), _STARS, _stars, frozenset("★")),
    Rule("stars", ("a 5★ hotel", "a 5 star hotel"), _STAR, says(" star"), frozenset("★")),
    Rule("flat", ("in B♭ major", "in B flat major"), re.compile(r"(?<=[A-G])♭"), says(" flat"), frozenset("♭")),
    Rule("sharp", ("in F♯ major", "in F sharp major"), re.compile(r"(?<=[A-G])♯"), says(" sharp"), frozenset("♯")),
    Rule("sharp", ("in C# minor", "in C sharp minor"), _SHARP, says(" sharp"), pairs("ABCDEFG", "#")),
    Rule("sections", ("§§ 5 and 6", "sections 5 and 6"), re.compile(r"§§ ?(?=\d)"), says("sections "),
         frozenset(["§§"])),
    Rule("number sign", ("the #1 song", "the number 1 song"), _NUMBER_SIGN, says("number "), frozenset("#№"), DIGITS),
)  # fmt: skip
