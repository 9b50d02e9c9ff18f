"""Plain words that some engines take for something else: "George Lucas" for a numeral, "He said no." for a number.

The last layer, over what no reading was chosen for: what has been rewritten is no trap any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from player.utterance.manner import Manner, Misreads
from player.utterance.spoken.composing import Edit
from player.utterance.spoken.vocabulary import Vocabulary

_WORD_JOINER = "\u2060"
"""Makes no sound, and keeps the engine's patterns from matching."""
_BEFORE_NUMERAL = re.compile(r"\b(?P<word>[A-Za-z]+)(?P<blank>\s)(?=[IVXLC])")
_NO_TITLE = re.compile(r"\b(?P<word>[A-Z][a-z]+)(?P<blank>\s)(?P<name>[A-Z][a-z]*)\b")
_MINUS = re.compile(r"(?:^|(?<=[\s(=]))-(?=\.?\d)")
_GLUED_DOTS = re.compile(r"(?<=[A-Za-z])(?:\.{2,6}|…)(?=[A-Za-z])")
_WORD_AND_STOP = re.compile(r"(?<![\w.])(?P<word>[A-Za-z]{2,3})(?P<stop>\.)")


def mistakes(text: str, known: Vocabulary, manner: Manner) -> Iterator[Edit]:
    """Yield what keeps an engine from its own mistakes, in no order; it may overlap what is said otherwise anyway."""
    if Misreads.NAMES_BEFORE_CAPITALS in manner.misreads:
        words = known.words("mistakes", "before_numerals")
        for match in _BEFORE_NUMERAL.finditer(text):
            if match["word"] in words:
                yield Edit(match.start("blank"), match.end("blank"), f" {_WORD_JOINER}", "no numeral")
        generations = known.words("mistakes", "generations")
        for match in _NO_TITLE.finditer(text):
            if match["word"] in known.words("mistakes", "no_titles") and (
                len(match["name"]) == 1 or match["name"] in generations
            ):
                yield Edit(match.start("blank"), match.end("blank"), f" {_WORD_JOINER}", "no title")
    if Misreads.MINUS_SIGNS in manner.misreads and "-" in text:
        minus = known.table("numbers").get("minus") or known.table("mathematics", "powers").get("minus")
        for match in _MINUS.finditer(text) if minus else ():
            if not text[max(0, match.start() - 2) : match.start()].rstrip()[-1:].isdecimal():  # "5 -3"
                yield Edit(match.start(), match.end(), f"{minus} ", "minus")
    if Misreads.GLUED_DOTS in manner.misreads and (".." in text or "…" in text):
        for match in _GLUED_DOTS.finditer(text):
            yield Edit(match.start(), match.end(), f"{match[0]} ", "dots")
    if Misreads.WORDS_BEFORE_STOPS in manner.misreads:
        words = known.words("mistakes", "before_stops")
        for match in _WORD_AND_STOP.finditer(text):
            if match["word"] in words:
                yield Edit(match.start("stop"), match.end("stop"), " .", "full stop")
