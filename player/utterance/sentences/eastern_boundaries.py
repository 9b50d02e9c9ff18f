"""Boundaries in Chinese, Japanese and Greek, whose marks need no blank behind them, or are others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from player.patterns import later
from player.utterance.sentences.language import Language, read_data

Cut = tuple[int, int, bool]

_WIDE = later(r"(?<![。！？｡．။])[。！？｡．။]++[」』）”’\"'】〉》]*+\s*+(?=[^\s。！？｡])")
_HALF_WIDTH = later(r"[?!](?<=[\u3040-\u30ff\u3400-\u9fff].)[?!]*+(?=[\u3040-\u30ff\u3400-\u9fff])")
_INSIDE_TITLE = later(r"[^《》。]{0,30}》")
_EASTERN = later(r"[\u2e80-\uffef]")
_GREEK = later(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_QUESTION = later(r"[;\u037e](?<=[\u0370-\u03ff\u1f00-\u1fff].)[»”\"’)]?(\s+)(?=[«“\"‘(–—]?\s?[Α-ΩΆ-Ώ])")


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(read_data("eastern")[name].split())


@cache
def _says() -> re.Pattern[str]:
    """Return what finds who says what is quoted, behind it: “他喊道”, 「彼女が聞いた」."""
    return re.compile(rf"[^，、。！？：]{{0,4}}(?:{'|'.join(_words('says'))})(?!：)")


def wide_marks(text: str) -> Iterator[Cut]:
    """No blank stands after a sentence in Chinese: "今天下雨。|我们。", but "「行く。」と言った。" """
    for match in _WIDE.finditer(text):
        end = len(match.group().rstrip()) + match.start()
        if _INSIDE_TITLE.match(text, match.end()):
            continue
        quoted = text[end - 1] in "」』”’\"'"
        if quoted and (text.startswith(_words("behind_quotations"), match.end()) or _says().match(text, match.end())):
            continue
        if text[match.start()] == "．" and text[match.end()].isdecimal():
            continue
        yield end, match.end(), True


def half_width_marks(text: str) -> Iterator[Cut]:
    """Chinese and Japanese as typed in a hurry, with Western marks: "真的吗?|太好了!|谢谢", but "誰?と聞いた"."""
    for match in _HALF_WIDTH.finditer(text):
        if not text.startswith(_words("particles"), match.end()) and not _INSIDE_TITLE.match(text, match.end()):
            yield match.end(), match.end(), True


def greek_questions(text: str) -> Iterator[Cut]:
    """Greek asks with what is a semicolon elsewhere: "Πού πας;| Στο σπίτι." """
    for match in _GREEK_QUESTION.finditer(text):
        yield match.start(1), match.end(), True


def eastern(text: str, language: Language) -> Iterator[Cut]:
    """Yield what a text with any such letters has."""
    if _EASTERN.search(text):
        yield from wide_marks(text)
        yield from half_width_marks(text)
    if _GREEK.search(text):
        yield from greek_questions(text)
