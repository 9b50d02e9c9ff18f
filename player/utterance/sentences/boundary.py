"""A boundary: a place where one sentence may end and the next begin, with all that the refining rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from player.utterance.sentences.language import Language, language_of

ENDING = ".?!…।॥؟۔։።။។‼⁇⁈⁉"
"""What ends a sentence, in any script that sets a blank after it."""
CLOSING = "\"'”’»)]}›“«‘"
"""What may close after a sentence's last mark. German closes with “ or «."""
OPENING = "\"'“‘«([{‹„‚»"
"""What may open before a sentence's first word. German opens with „ and »."""

_BEFORE = 60
"""How many characters before the boundary are looked at for its last word."""
_AFTER = 60
_INSIDE_WORD = re.compile(r"""["“”„«»()\[\]{}—–]""")
# In Dutch the capital stands after a clipped word: "'t Is koud", and two commas may open a quotation: ",,Kom".
_FIRST_WORD = re.compile(
    r"""(?:[—–-]+\s+)?(?:,,\s?)?(?:['’][tsnk]\s(?=[A-Z]))?["'“”„‚‘’«»(\[{¿¡—–-]*\s?([^\s"“”„«»()\[\]{}—–]*)"""
)
_NUMBERED = re.compile(r"No\.\s?\d")
_SPELLED_APART = re.compile(r"(?<!\S)[(„“«\"]?((?:[^\W\d_]\.[ \u00a0]){1,3}[^\W\d_]\.)$")
_COUNTED = re.compile(r"\d+(?:[,.]\d+)*\s+[a-z]")
_ABBREVIATED = re.compile(r"[A-Z][a-z]{0,5}\.")
_MARKS = ".,;:'’"


Places = tuple[int, int, int, int]
"""(start, end) of a sentence so far, and (start, end) of the piece that may go on with it."""


class Boundary:
    """Between text[start:end], a sentence so far, and text[next_start:next_end], which may go on with it."""

    __slots__ = (
        "after", "end", "first", "key", "language", "last", "left", "marks",
        "next_end", "next_start", "right", "start", "text",
    )  # fmt: skip

    def __init__(self, text: str, places: Places, language: Language) -> None:
        start, end, next_start, next_end = places
        self.text = text
        self.start = start
        self.end = end
        self.next_start = next_start
        self.next_end = next_end
        self.language = language
        self.left = left = text[max(start, end - _BEFORE) : end]
        """The sentence's last characters."""
        self.right = text[next_start]
        """The first character after the boundary."""
        self.last, self.marks = _last_word(left)
        """The word before the mark, without it, and the mark: "Dr", "."; empty when no word stands there."""
        self.key = (len(self.last) == 1 and _spelled_apart(left, language)) or _key(self.last, language.code)
        """How the tables have the word: "dr"."""
        head = _FIRST_WORD.match(text, next_start, min(next_end, next_start + _AFTER))
        self.first = head[1] if head else ""
        """The word after the boundary."""
        self.after = self.first.lower().strip(_MARKS)
        """The same, in lower case and without marks."""

    @property
    def goes_on_lower(self) -> bool:
        """Return the next word is written in lower case; "iPhone" and "pH" count as written with a capital."""
        return self.first[:1].islower() and not self.first[1:2].isupper()

    @property
    def goes_on_upper(self) -> bool:
        """Return the next word has a capital."""
        return self.first[:1].isupper() or self.first[1:2].isupper()

    @property
    def goes_on_with_number(self) -> bool:
        """Return a number comes next."""
        return self.first[:1].isdecimal()

    @property
    def counts_noun(self) -> bool:
        """Return a number comes next that counts something: "5 people", but not "5, 7"."""
        return _COUNTED.match(self.text, self.next_start) is not None

    @property
    def goes_on_abbreviated(self) -> bool:
        """Return a short word with a capital and a full stop comes next: "Rev.", "J."."""
        return _ABBREVIATED.match(self.first) is not None

    @property
    def quoted(self) -> bool:
        """Return the sentence so far ends with a closing quotation mark."""
        return self.left[-1] in "”\"’'»“«‘"

    @property
    def begins_anew(self) -> bool:
        """Return the next word has a capital and is one that begins sentences: "The", "He"."""
        if not self.goes_on_upper or self.after not in self.language.starters:
            return False
        initial = len(self.after) == 1 and self.first.endswith(".")  # "A. J. Patel"
        return not initial and not (self.after == "no" and _NUMBERED.match(self.text, self.next_start))

    @property
    def goes_on_surname(self) -> bool:
        """Return a surname of several words comes next: "De Vries", "De la Cruz"."""
        if self.after not in self.language.particles or not self.goes_on_upper:
            return False
        words = [word for word in self.following()[1:] if word not in self.language.particles]
        return bool(words) and words[0][:1].isupper()

    @property
    def capital(self) -> bool:
        """Return the word before the mark has a capital."""
        return self.last[:1].isupper()

    def following(self) -> list[str]:
        """Return the next words, as far as they are looked at."""
        return self.text[self.next_start : self.next_start + _AFTER].replace(",", " ").split()[:6]

    def before_last(self) -> list[str]:
        """Return the words before the last one, as far as they are looked at."""
        whole = self.left.rstrip(CLOSING).removesuffix(self.marks)
        return whole.removesuffix(self.last).split()

    def sentence_is_short(self, words: int) -> bool:
        """Return True if the sentence so far has at most so many words."""
        return self.end - self.start < _BEFORE and len(self.left.split()) <= words


Rule = Callable[[Boundary], bool | None]
"""Returns True (one sentence: join), False (two sentences) or None (no opinion)."""


def _spelled_apart(left: str, language: Language) -> str:
    """Return an abbreviation with blanks in it, without them: "u.a" for "u. a."."""
    apart = _SPELLED_APART.search(left.rstrip(CLOSING))
    joined = apart[1].replace(" ", "").replace("\u00a0", "").rstrip(".").lower() if apart else ""
    return joined if joined in language.abbreviations else ""


@lru_cache(maxsize=4096)
def _key(last: str, code: str) -> str:
    """Return how the tables have a word: "ing" for Italian "l'ing", "str" for German "bahnhofstr", "in" for "13-in",
    "wed" for "mon./wed"."""
    language = language_of(code)
    word = last.lower().replace("’", "'")
    if word in language.abbreviations:
        return word
    if "./" in word:  # "mon./wed"
        return word.rpartition("/")[2]
    if word[:1].isdecimal() and "-" in word:
        return word.rpartition("-")[2]
    if language.elides and "'" in word:
        return word.rpartition("'")[2]
    return next((part for part in language.compounds if word.endswith(part)), word)


def _last_word(left: str) -> tuple[str, str]:
    """Return a sentence's last word and the marks after it, or two empty strings when no word stands there."""
    token = left.rsplit(None, 1)[-1]
    return _taken_apart(token if token[0].isalnum() or any(map(str.isalnum, token)) else left)


@lru_cache(maxsize=4096)
def _taken_apart(left: str) -> tuple[str, str]:
    closed = left.rstrip(CLOSING + " ")
    bare = closed.rstrip(".?!…")
    marks = closed[len(bare) :]
    if marks[:1] in ("?", "!"):  # French sets them off
        bare = bare.rstrip()
    if not marks or not bare or bare[-1].isspace():
        return "", ""
    word = _INSIDE_WORD.split(bare.rsplit(None, 1)[-1])[-1]
    return (word.lstrip("‘’'") or word, marks) if word else ("", "")
