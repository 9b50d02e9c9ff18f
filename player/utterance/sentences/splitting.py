"""Text -> sentences, as spans: nltk's Punkt decides, and rules for what it cannot express refine it.

    >>> spans("Dr. Smith left. She stayed.")
    [(0, 15), (16, 27)]

One look finds marks and signs (`scanning.py`). Punkt decides about marks with a blank behind them (`punkt.py`), other
boundaries are added where it cannot see them (`extra_boundaries.py`, `letter_boundaries.py`, `line_boundaries.py`), and
`join_rules.py` joins what belongs together. Everything works on boundaries, pairs of (end of a sentence, start of the
next) with nothing but white space between: so the spans cover every other character."""

from __future__ import annotations

import re
from functools import cache

from player.utterance.sentences.boundary import Boundary, Places
from player.utterance.sentences.extra_boundaries import EMOJI, EMOTICON, Cut, cuts
from player.utterance.sentences.join_rules import LONGEST_LIST_MARK, joins
from player.utterance.sentences.language import Language, language_of
from player.utterance.sentences.line_boundaries import line_breaks
from player.utterance.sentences.punkt import breaks_for
from player.utterance.sentences.scanning import scan

_SMILEYS = (re.compile(EMOTICON), re.compile(EMOJI))
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_CLOSING = ")]},;.:"
_LAST_SMILEY = re.compile(r"[:;=]['-]?[()DPp]+$")
_LONGEST_WORD = 24
_LONGEST_SHORT = 5
"""Letters of a name that is cut short: "Indus. Corp."."""
_SHORTEST = 8
"""Characters that may be the mark of a list's item: "• ii. The second"."""
_QUOTES = "\"“”‘’'"


def spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the sentences of a text, as (start, end): in order, trimmed, covering all but white space.

    `language` is a BCP 47 tag; one without tables of its own gets sane defaults.
    """
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return []
    known = language_of(language)
    found: list[tuple[int, int]] = []
    boundaries = _seams(text, known)
    for i, (left_end, next_start, certain) in enumerate(boundaries):
        if left_end <= start or next_start >= end:
            continue
        if (certain and text[next_start].isalpha()) or _plain(text, start, left_end, next_start, known):
            found.append((start, left_end))
            start = next_start
            continue
        next_end = boundaries[i + 1][0] if i + 1 < len(boundaries) else end
        kept = _kept(text, (start, left_end, next_start, next_end), certain, known)
        if kept:
            found.append((start, kept[0]))
            start = kept[1]
    if start < end:
        found.append((start, end))
    return found


def _seams(text: str, language: Language) -> list[Cut]:
    """Return every possible boundary, in order; where two meet, the certain one stands."""
    ends, signs = scan(text)
    found = breaks_for(language.code)(text, ends)
    more = cuts(text, signs, language)
    if not more and "\n" not in text:
        return found
    known = {boundary[1]: boundary for boundary in found}
    for left_end, next_start, certain in more:
        if certain or next_start not in known:
            known[next_start] = (left_end, next_start, certain)
    for left_end, next_start in line_breaks(text):
        known[next_start] = (left_end, next_start, True)
    return sorted(known.values(), key=_next_start)


def _next_start(boundary: Cut) -> int:
    return boundary[1]


def _kept(text: str, places: Places, certain: bool, language: Language) -> tuple[int, int] | None:
    """Return the boundary (end, next start) at a boundary, or None when both sides are one sentence."""
    _, end, next_start, next_end = places
    marked = not text[next_start].isalnum()
    if marked:
        behind = _behind_marks(text, next_start, next_end, language)
        if behind:
            return behind if behind[1] < next_end else None
    if certain:
        return end, next_start
    if marked and not _LETTER_OR_DIGIT.search(text, next_start, next_end):
        return None  # stray marks are no sentence
    return None if joins(Boundary(text, places, language)) else (end, next_start)


@cache
def _references(words: frozenset[str]) -> re.Pattern[str]:
    """Return what finds references in brackets: "[2]", "[b]", "[note 5]", "[citation needed]"."""
    word = "|".join(sorted(words)) or "(?!)"
    return re.compile(rf"(?:\[(?:\d{{1,3}}|[a-z]|(?:{word}) (?:{word}|\d+))(?:\s?[-–,]\s?\d{{1,3}})*\]\s*)+")


def _behind_marks(text: str, next_start: int, next_end: int, language: Language) -> tuple[int, int] | None:
    """Return the boundary behind what belongs to the sentence before it, references and smileys; `next_end` twice where
    that is all there is; None where nothing of the kind is."""
    if text[next_start] == "[":  # "It is true. [2] He left.", "et al. [4])."
        match = _references(language.references).match(text, next_start, next_end)
        if match:
            closed = match.end() < next_end and text[match.end()] in _CLOSING
            return (next_end, next_end) if closed else (next_start + len(match.group().rstrip()), match.end())
    smileys = next(filter(None, (one.match(text, next_start) for one in _SMILEYS)), None)
    if smileys:  # "That was fun! 😀 See you."
        return smileys.start(smileys.lastindex or 1), smileys.end()
    last = text[next_start] in ":;=" and _LAST_SMILEY.match(text, next_start, next_end)  # "That was fun! :D"
    return (next_end, next_end) if last else None


def _plain(text: str, start: int, end: int, next_start: int, language: Language) -> bool:
    """Return True at the usual end of a sentence: a question or a word that is no abbreviation, and a capital."""
    mark, right = text[end - 1], text[next_start]
    quoted = mark in _QUOTES and text[end - 2] == "."
    if right.isupper():
        if mark == "?":
            return True
        if mark == "!":  # "Yahoo! Inc."
            name = text[next_start : next_start + _LONGEST_WORD].partition(".")[0].lower()
            return not language.holds("company", name)
    elif not (right in _QUOTES and text[next_start + 1 : next_start + 2].isupper()):
        return False
    if (mark != "." and not quoted) or end - start <= _SHORTEST:
        return False
    before = text[max(start, end - _LONGEST_WORD) : end - 1 - quoted]
    blank = before.rfind(" ")
    word = before[blank + 1 :].lstrip(_QUOTES)
    numbered = blank > 0 and before[blank - 1].isdecimal() and word[:1].isupper()  # "10 Harv. L. Rev."
    if len(word) < 2 or numbered or not word.isalpha():  # "in 2019.": rules join after figures in other languages only
        figures = word.isdecimal() and language.code == "en" and len(word) > 1
        return figures and not quoted and end - start > LONGEST_LIST_MARK
    cut = len(word) <= _LONGEST_SHORT and word[0].isupper() and _is_company(text, next_start, language)
    return not (cut or word.lower() in language.abbreviations or (language.ordinals and word.isupper()))


def _is_company(text: str, start: int, language: Language) -> bool:
    """Return True if "Corp." or the like is here."""
    name, stop, _ = text[start : start + _LONGEST_WORD].partition(".")
    return bool(stop) and language.holds("company", name.lower())
