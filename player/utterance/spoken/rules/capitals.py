"""Words in capitals: acronyms that are spelled or said as words, and headings that shout."""

from __future__ import annotations

import re
from functools import lru_cache

from player.utterance.manner import Misreads, Reads
from player.utterance.spoken.rules.model import CAPITALS, Rule, pairs, says, word_lists

_LISTS = word_lists("names")
_SPELLED = _LISTS["spelled"] | _LISTS["spelled_in_text"]
"""What espeak-ng takes for a word: it says "imf", "seck" and "fah"."""
_KEPT = _LISTS["acronyms"] | _LISTS["spelled"]
"""Stay in capitals when a whole heading is."""
_TWO_CAPITALS = pairs(CAPITALS, CAPITALS | frozenset("'’"))

_LONGEST_LISTED = 6
_LONGEST_ACRONYM = 3
"""Letters, in "I ❤ NY" and "GTA V", which are no headings."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![\w&.-])(?P<it>(?P<letters>[A-Z]{2,5})(?P<s>['’]?s)?)(?![\w&]|['’]\w|-\d)")
_JOINED = re.compile(r"(?<=[A-Za-z]-)(?P<it>(?P<letters>[A-Z]{3,5})(?P<s>['’]?s)?)(?![\w&]|['’]\w)")
_SHOUTED_WORD = re.compile(r"\s([A-Z]{3,})\b")
_SECRET_SERVICE = re.compile(r"\bMI(?=[56]\b)")
_INTRAVENOUS = re.compile(
    r"\bIV(?= (?:drip|fluid|line|bag|pole|therapy|antibiotic|drug|injection|infusion|needle|treatment|access)s?\b)"
    r"|(?<=\b[Aa]n )IV\b"
)
_ERA = re.compile(r"\bAD(?= \d)|(?<=\d )AD\b|(?<=centur[yi] )AD\b|(?<=ies )AD\b")
_INFORMATION = re.compile(r"(?<![\w-])IT(?!\w)")
_WORDS = {"PIN": "pin", "RAM": "ram", "ROM": "rom", "SIM": "sim", "ICE": "Ice", "ZIP": "zip", "TED": "Ted",
          "HUD": "hud", "CAT": "cat", "NAACP": "N double A C P", "NCAA": "N C double A", "FTSE": "footsie",
          "USAID": "U S aid"}  # fmt: skip
"""What espeak-ng spells, or says as one word."""
_NAMES = "AFRICOM|AIPAC|CPAC|CUNY|ECOWAS|EMEA|ERCOT|FICO|FISA|IKEA|MOMA|ORCID|UNRWA|WADA"
_AS_NAME = re.compile(rf"(?<![\w-])(?:{_NAMES})(?![\w-])")
"""Said as words, and spelled by some engines."""


@lru_cache(maxsize=16)
def is_shouted(text: str) -> bool:
    """Whether a whole text is written in capitals, as headings are."""
    small = sum(map(str.islower, text))
    if small > 0.2 * len(text) or sum(map(str.isupper, text)) <= 4 * small or " " not in text:
        return False
    words = [len(word) for word in _WORD.findall(text)]
    listed = text.count(",") >= len(words) - 1 and max(words) <= _LONGEST_LISTED  # "MIT, UCLA, CERN, DARPA"
    return len(words) > 1 and max(words) > _LONGEST_ACRONYM and not listed


def is_quiet(text: str) -> bool:
    """Whether capitals in it mean something."""
    return not is_shouted(text)


def _goes_on_shouting(match: re.Match[str]) -> bool:
    """ "Do YOU know WHO WANTS it?" """
    following = _SHOUTED_WORD.match(match.string, match.end())
    return following is not None and following[1] not in _KEPT


def _letters(match: re.Match[str]) -> str | None:
    """ "I.M.F", and "N G O's" for many of them: espeak-ng says both as letters, and "A" alone as "a"."""
    letters, many = match["letters"], match["s"]
    if letters in _WORDS and is_quiet(match.string):
        return _WORDS[letters] + (many or "")
    if letters not in (_SPELLED if is_quiet(match.string) and not _goes_on_shouting(match) else _LISTS["spelled"]):
        return None
    if many is None and len(letters) > 2:
        return ".".join(letters)
    return " ".join("eh" if letter == "A" else letter for letter in letters) + ("'s" if many else "")


def _all_capitals(match: re.Match[str]) -> str | None:
    word = match.group()
    if word[:2] not in _TWO_CAPITALS or word in _KEPT or not word.isupper():
        return None
    unspeakable = len(word) <= 3 and not re.search("[AEIOUY]", word)
    return None if unspeakable else word.capitalize()


RULES = (
    Rule("acronym", ("the IMF said", "the I.M.F said"), _INITIALS, _letters, pairs(CAPITALS, CAPITALS),
         unless=Reads.ACRONYMS),
    Rule("acronym", ("pro-EPA", "pro-E.P.A"), _JOINED, _letters, pairs("-", CAPITALS), pairs(CAPITALS, CAPITALS),
         unless=Reads.ACRONYMS),
    Rule("acronym", ("the MI6 agent", "the M I 6 agent"), _SECRET_SERVICE, says("M I "),
         frozenset(["MI"]), unless=Reads.ACRONYMS),
    Rule("acronym", ("an IV drip", "an I V drip"), _INTRAVENOUS, says("I V"), frozenset(["IV"]), unless=Reads.ACRONYMS),
    Rule("acronym", ("in 79 AD", "in 79 eh D"), _ERA, says("eh D"), frozenset(["AD"]), unless=Reads.ACRONYMS),
    Rule("acronym", ("an IKEA shelf", "an Ikea shelf"), _AS_NAME, lambda m: m.group().capitalize(),
         frozenset(name[:2] for name in _NAMES.split("|")), mends=Misreads.ACRONYMS_THAT_ARE_WORDS),
    Rule("acronym", ("IT workers", "I T workers"), _INFORMATION, says("I T"), frozenset(["IT"]),
         suits=is_quiet, unless=Reads.IT),
    Rule("capitals", ("THE END OF THE WORLD", "The End Of The World"), _WORD, _all_capitals,
         _TWO_CAPITALS, suits=is_shouted),
)  # fmt: skip
