"""Words of a text as a lexicon compares them, and where a word ends.

Unlike the tokens of `spoken/tokens.py`, a character of a script without blanks between words is a piece by itself.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from player.patterns import later
from player.story.language_tag import language_of

_NO_BLANKS = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, kana, Chinese characters: scripts that put no blanks between words."""
_WITHOUT_BLANKS = later(f"[{_NO_BLANKS}]")
_PIECE = later(rf"\s+|[{_NO_BLANKS}]|[^\W_{_NO_BLANKS}]+|.", re.DOTALL)
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"})
_ELIDING = frozenset(("fr", "it", "ca", "oc"))
"""Languages with words shortened to an apostrophe before the next word: "l'Étoile", "dell'Arte"."""
_ELIDED = later(r"(?<!\w)\w{1,6}['’]$")
_POSSESSIVE = later(r"['’](?:s(?!\w))?(?!\w)", re.IGNORECASE)
_APOSTROPHES = ("'", "’")
_HYPHENS = "-‐‑"
"""Join single letters to a word: "e-mail", "T-shirt"."""
_JOINING = "@&_\\"
_NEAR = 8
"""Characters looked at before and behind a word."""


class Piece(NamedTuple):
    """A word, a sign, or white space."""

    start: int
    end: int
    folded: str
    """For comparison: in small letters, with plain apostrophes, hyphens and blanks."""


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text, in order; nothing is left out."""
    return [Piece(*match.span(), plain(match[0]).casefold()) for match in _PIECE.finditer(text)]


def quick_pieces(text: str) -> list[str]:
    """Return the pieces of a text for a quick look, without their places: a tenth of the time."""
    found: list[str] = _PIECE.findall(text.translate(_PLAIN).casefold())
    return found


def plain(text: str) -> str:
    """Return a text with plain apostrophes and hyphens, and single blanks."""
    return " " if text.isspace() else " ".join(text.translate(_PLAIN).split())


def is_whole(text: str, start: int, end: int, language: str) -> bool:
    """Return True if no word reaches beyond text[start:end] at either end.

    "Nguyen" is whole in "Nguyen's", "Nguyen-led" and "l'Nguyen" (French), not in "Nguyens" and "nguyen.com".
    """
    if not _is_part(text[start:end]):  # signs alone, as in "R&D"
        return True
    return _begins(text, start, end, language) and _ends(text, start, end)


def _begins(text: str, start: int, end: int, language: str) -> bool:
    first, near, beyond = text[start], text[max(start - 1, 0) : start], text[max(start - 2, 0) : max(start - 1, 0)]
    if _is_part(first) and _is_part(beyond):
        if near in _APOSTROPHES:
            return language_of(language) in _ELIDING and bool(_ELIDED.search(text[max(start - _NEAR, 0) : start]))
        if near == ".":  # "home.Then" lacks a blank; the rest is an address, a name of a file, initials
            return first.isupper() and beyond.islower()
    return _is_parted(first, near, beyond, is_letter=end - start == 1)


def _ends(text: str, start: int, end: int) -> bool:
    last, near, beyond = text[end - 1], text[end : end + 1], text[end + 1 : end + 2]
    if _is_part(last) and near and near in "+#":  # "C++", "F#"
        return False
    if _is_part(last) and _is_part(beyond):
        if near in _APOSTROPHES:
            return bool(_POSSESSIVE.match(text, end))
        if near == ".":
            return beyond.isupper() and text[end + 2 : end + 3].islower()
    return _is_parted(last, near, beyond, is_letter=end - start == 1)


def _is_parted(edge: str, near: str, beyond: str, *, is_letter: bool) -> bool:
    """Return True if a word ends between its last character (or first) and the `near` one, behind which is `beyond`."""
    if not near or _WITHOUT_BLANKS.match(edge):
        return True
    if _is_part(near) or not _is_part(edge):
        return not _is_part(near)
    if not _is_part(beyond):
        return True
    if near in ",:":
        return not (edge.isdecimal() and beyond.isdecimal())
    return near not in _JOINING and not (is_letter and near in _HYPHENS)


def _is_part(text: str) -> bool:
    """Return True if there is a letter, a digit or a combining mark."""
    return any(c.isalnum() or unicodedata.category(c)[0] == "M" for c in text)
