"""Numbers of Chinese texts in characters: "2024-05-03", "3-5天", "2个", "¥100", "20°C", "电话13812345678".

cn2an has words for numbers, percentages, fractions and years before 年; what stands around them is made ready for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_suffix(".toml")
_DIGITS = "零一二三四五六七八九"
_CALLED = "零幺二三四五六七八九"
"""Digits of telephone numbers."""
_WIDE = str.maketrans("０１２３４５６７８９％．：￥＋－", "0123456789%.:¥+-")
_ANY_DIGIT = re.compile("[0-9０-９]")
_NUMBER = r"\d+(?:\.\d+)?"
_MONTH, _DAY = "(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"

Said = str | Callable[[re.Match[str]], str]


def spelled(text: str) -> str:
    """Return the text with its numbers in characters."""
    if not _ANY_DIGIT.search(text):
        return text
    import cn2an

    plain = text.translate(_WIDE)
    for pattern, said in _rules():
        plain = pattern.sub(said, plain)
    return str(cn2an.transform(plain, "an2cn"))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Said], ...]:
    """Return patterns, in order, and what is said for each."""
    rules = (*_times(), *_digits_alone(), *_ranges(), *_amounts(), *_twos())
    return tuple((re.compile(pattern, re.ASCII), said) for pattern, said in rules)


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(_DATA.read_text("utf-8"))


def _times() -> Iterator[tuple[str, Said]]:
    yield r"(?<=\d),(?=\d{3}(?!\d))", ""
    yield rf"(?<!\d)(1\d{{3}}|20\d\d)([-/.]){_MONTH}\2{_DAY}(?!\d)", _date
    yield r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])", _clock


def _date(found: re.Match[str]) -> str:
    return f"{found[1]}年{int(found[3])}月{int(found[4])}日"


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    if not minute:
        return f"{hour}点"
    return f"{hour}点零{minute}分" if minute < len(_DIGITS) else f"{hour}点{minute}分"


def _digits_alone() -> Iterator[tuple[str, Said]]:
    """Telephone numbers, "90后", "007", and what is too long for a number."""
    before = "|".join(str(_data()["telephones"]).split())
    yield r"(?<![\d.])(1[3-9]\d{9}|400\d{7})(?![\d.])", lambda found: _one_by_one(found[1], _CALLED)
    yield rf"({before})(\D{{0,2}})(\d[\d-]{{2,14}})(?![\d.])", _called
    yield r"(?<!\d)([5-9]0|0[05])后", lambda found: f"{_one_by_one(found[1])}后"
    yield r"(?<![\d.])(0\d+)(?![\d.年])", lambda found: _one_by_one(found[1])
    yield r"\d{17,}", lambda found: _one_by_one(found[0])


def _one_by_one(digits: str, names: str = _DIGITS) -> str:
    return "".join(names[int(digit)] for digit in digits)


def _called(found: re.Match[str]) -> str:
    return found[1] + found[2] + _one_by_one(found[3].replace("-", ""), _CALLED)


def _ranges() -> Iterator[tuple[str, Said]]:
    yield rf"(?<![\d.])({_NUMBER}):({_NUMBER})(?![\d.])", r"\1比\2"
    yield r"(?<!\d)(\d{4})[-–—~～](\d{4})年", r"\1年到\2年"
    yield r"(?<=[A-Za-z])-(?=\d)", ""  # "F-16"
    yield r"(?<=\d)(%|‰|℃|°C|点|分|年|月|日)?\s*[-–—~～]\s*(?=\d)", lambda found: f"{found[1] or ''}到"


def _amounts() -> Iterator[tuple[str, Said]]:
    currencies, units, signs = (_data()[name] for name in ("currencies", "units", "signs"))
    yield (
        rf"([{''.join(currencies)}])\s?(\d+(?:\.\d*[1-9])?)(?:\.?0*)(?!\d)([万亿千百]?)",
        lambda found: found[2] + found[3] + currencies[found[1]],
    )
    yield rf"({_NUMBER})‰", r"千分之\1"
    yield rf"-(?={_NUMBER}\s?(?:℃|°))", "零下"
    named = "|".join(map(re.escape, units))
    yield rf"(?<=\d)\s?({named})(?![A-Za-z²³])", lambda found: units[found[1]]
    yield r"(?<=\d)\+(?=\d)", "加"
    yield rf"[{''.join(signs)}]", lambda found: signs[found[0]]


def _twos() -> Iterator[tuple[str, Said]]:
    yield rf"(?<![\d.第/到])2(?=[{_data()['counted']}])(?!年级|年代)", "两"
    yield r"(?<![\d.第])2(?=[万亿])", "两"
