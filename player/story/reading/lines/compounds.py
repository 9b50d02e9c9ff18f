"""Compounds that are written with a hyphen, by their parts: whether a hyphen at a line's end belongs to the word."""

from __future__ import annotations

_FIRST_PARTS = frozenset(
    ("so", "self", "well", "ill", "ex", "non", "half", "all", "mother", "father", "sister", "brother", "son",
     "daughter", "great", "vice", "long", "short", "old", "new", "high", "low", "cross", "twenty", "thirty", "forty",
     "fifty", "sixty", "seventy", "eighty", "ninety", "one", "two", "three", "four", "five", "six", "seven", "eight",
     "nine", "first", "second", "third", "left", "right", "open", "closed", "full", "wide", "deep", "fast", "slow",
     "hand", "world", "state", "user", "time", "good", "best", "free", "large", "small", "single", "double", "multi")
)  # fmt: skip
_LAST_PARTS = frozenset(
    ("in", "of", "to", "up", "law", "like", "year", "old", "called", "fashioned", "hearted", "sided", "minded",
     "based", "shaped", "sized", "handed", "headed", "eyed", "haired", "legged", "faced", "coloured", "colored",
     "driven", "oriented", "dependent", "specific", "free", "wide", "scale", "term", "dimensional", "looking")
)  # fmt: skip
"""Compounds that have them are written with a hyphen nearly always."""
_ENDINGS = frozenset(
    ("teen", "teenth", "ty", "een", "ly", "ness", "ment", "er", "ers", "est", "en", "ful", "tion", "ing", "ed", "plex",
     "rous", "ples", "ple", "th", "ths", "ary", "al", "aries", "ity", "self", "fold")
)  # fmt: skip
"""Ends of words that make no compound with such a beginning: "six-teen", "full-ness", "one-self"."""
_BEGINNINGS = frozenset(
    ("re", "pre", "sub", "un", "in", "con", "dis", "mis", "im", "de", "per", "pro", "be", "ad", "ab", "out", "over",
     "under", "with", "inter", "trans", "sur", "par", "me", "for", "fore", "hom", "ho", "every", "any", "some")
)  # fmt: skip
"""Beginnings of words that make no compound with such an end: "re-sided", "in-dependent"."""


def is_compound(left: str, right: str) -> bool:
    """Return True if a word of these parts is most likely written with a hyphen.

    >>> is_compound("one", "sided"), is_compound("six", "teen"), is_compound("re", "sided")
    (True, False, False)
    """
    left, right = left.casefold(), right.casefold()
    if "-" in left or len(left) == 1:  # "mother-in-" "law", "X-" "ray"
        return True
    if left in _FIRST_PARTS and right not in _ENDINGS:
        return len(right) > 2
    return right in _LAST_PARTS and left not in _BEGINNINGS
