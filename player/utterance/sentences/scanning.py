"""One look over a text for all that shows that a sentence may end in it.

A look takes a hundredth of a microsecond a character, whatever it looks for, and most of what is looked for is nowhere
in most texts: marks with a blank behind them, signs of boundaries that have none, letters of scripts that need their
own rules.
"""

from __future__ import annotations

import re
from enum import StrEnum

from player.patterns import later
from player.utterance.sentences.boundary import ENDING

# A mark, what closes after it (French sets » off, and Dutch ''), white space. Danda, Arabic and Armenian marks are
# followed by blanks as well.
_END = rf"""(?<=[{ENDING}])["'”’»“«‘)\]}}]*(?:[ \u00a0\u202f](?:»|''(?=\s)))?(\s+)(?=\S)"""
_GLUED = r"""(?<=[^\sA-Z\d].)["”’)]*+[\[\dA-Z“"‘⁰¹²³⁴-⁹*†‡]"""
_GLUED_TO_NUMBER = r"""(?<=\d.)["”’)]*+[\[A-Z“"‘⁰¹²³⁴-⁹*†‡]"""
_NUMBERED = r"(?<=[\da-z][.)])(?<![b-z]\.)(?:(?<!\S.[.)])|(?<=\d\d[.)])(?<!\S\d\d[.)]))(?=\)?\s)"
_NUMBERS = "0123456789a"
"""What the first item of a list may end with, before its mark."""


class Sign(StrEnum):
    """What shows that there is a boundary to find."""

    GLUED = "glued"
    BROKEN_OFF = "broken off"
    MAIL_STAMP = "mail stamp"
    SMILEY = "smiley"
    PAGE_RULE = "page rule"
    LISTED = "listed"
    CONTACT = "contact"
    RARE = "rare"
    """Bullets, pictures, Greek and Eastern letters, of which most texts have none."""


_BEHIND_FIRST = {
    Sign.GLUED: rf"(?<=[.?!…])(?:{_GLUED}|{_GLUED_TO_NUMBER})|(?<=[?!])[^\W\d_]{{2}}",
    Sign.BROKEN_OFF: r"""(?<=[—–-])["”’]\s""",
    Sign.MAIL_STAMP: r"(?<=/)\d{4} \d",
    Sign.SMILEY: r"(?<=\s[:;=])['-]?[()DPp]",
    Sign.PAGE_RULE: r"(?<=\s[*=_~#-])(?:[*=_~#-]| \*)",
    Sign.LISTED: _NUMBERED,
    Sign.CONTACT: "(?<=@)|(?<=:)//",
}
"""Patterns that follow the first character of a sign."""
# What begins none of these, written without it, because a class with "^" is compiled in a tenth of the time.
_COMMON_LATIN = r"\0-\x20\"$-(+,0-9<>A-\^`-\u036f"
_COMMON_LETTERS = (
    "\u0400-\u0588\u058a-\u061e\u0620-\u06d3\u06d5-\u0963\u0966-\u104a\u104c-\u1361\u1363-\u17d3\u17d5-\u1eff"
)
_COMMON_MARKS = (
    "\u2000-\u200c\u200e-\u2012\u2015-\u2021\u2024\u2025\u2027-\u203b\u203d-\u2042\u2044-\u2046\u204a-\u259f"
)
_COMMON = f"{_COMMON_LATIN}{_COMMON_LETTERS}{_COMMON_MARKS}\u27c0-\u2e7f"
_MARKS = f"{ENDING})/:;=*_~#@—–-"
_RARE = f"[^{_COMMON}{_MARKS}]"
_ANY = later(
    f"[^{_COMMON}](?:{_END}|{'|'.join(f'({sign})' for sign in _BEHIND_FIRST.values())}|(?<={_RARE}){_RARE}*+())"
)
_LIST_MARK = later(_NUMBERED)
_IN_ORDER = (*_BEHIND_FIRST, Sign.RARE)


def scan(text: str) -> tuple[list[re.Match[str]], set[Sign]]:
    """Return the marks with a blank behind them, as matches whose first group is the blank; and the kinds of signs."""
    ends = []
    signs = set[Sign]()
    for match in _ANY.finditer(text):
        group = match.lastindex or 1
        if group > 1:
            signs.add(_IN_ORDER[group - 2])
            continue
        ends.append(match)
        mark = match.start()
        if text[mark - 1] in _NUMBERS and _LIST_MARK.match(text, mark + 1):
            signs.add(Sign.LISTED)
    return ends, signs
