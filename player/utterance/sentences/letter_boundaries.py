"""Boundaries of letters, mails and captions, which have no mark of their own: "Dear Anna,| I", "Regards,| Ben"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from player.patterns import later
from player.utterance.sentences.language import Language

Cut = tuple[int, int, bool]

_OPENING = later(r"([^\W\d_]++)\.? [\dA-Z]")
_HEAD = later(r"""(?P<word>[^\W\d_]+\.?) (?:\d{1,3}(?:[.-]\d{1,3})?)(?P<blanks> )(?=[A-Z][\w-]*(?:,? [\w-]+){3})""")
_SALUTATION = later(r"(?P<word>[A-Z][a-z]+)(?: [A-Z][\w.]*){1,3}[,:](?P<blanks>\s+)(?=[A-Z])")
_CONTACT = later(r"""(?P<word>[A-Za-z-]+): ?(?:"[^"@]{1,40}" ?)?<?[\w.+-]{1,64}@[\w.-]{1,64}>?(?P<blanks>\s+)(?=\w)""")
_ADDRESSES = later(r"https?://\S{1,300}(?P<blanks>\s+)(?=https?://)")
_LONGEST_CLOSING = 24
"""Characters of "Yours very sincerely," before its last word."""
_MOST_WORDS = 3


def captions(text: str, language: Language) -> Iterator[Cut]:
    """At the beginning of a text: "Figure 1.5| Residents of Boxborough met in the hall."."""
    match = _HEAD.match(text)
    if match and match["word"].rstrip(".").lower() in language.captions:
        yield match.start("blanks"), match.end("blanks"), True


def salutations(text: str, language: Language) -> Iterator[Cut]:
    """At the beginning of a text: "Dear Anna,| I was in town."."""
    match = _SALUTATION.match(text)
    if match and match["word"].lower() in language.salutations:
        yield match.start("blanks"), match.end("blanks"), True


def closings(text: str, language: Language) -> Iterator[Cut]:
    """Yield what a letter ends with: "See you soon. Best regards,| Ben"."""
    for match in _closing(language.closings).finditer(text):
        before = text[max(0, match.start() - _LONGEST_CLOSING) : match.start()]
        phrase = before.replace("!", ".").replace("?", ".").rpartition(".")
        opens = phrase[1] or len(before) == match.start()
        if opens and len(phrase[2].split()) < _MOST_WORDS and (phrase[2] + match["word"]).strip()[:1].isupper():
            yield match.start("blanks"), match.end("blanks"), True


@cache
def _closing(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<word>(?i:{'|'.join(sorted(words))})),(?P<blanks>\s+)(?=[A-Z][a-z])")


def contacts(text: str, language: Language) -> Iterator[Cut]:
    """ "Email: ben@example.com| Thank you all", and one address of the web behind another."""
    match = _CONTACT.match(text)
    if match:
        yield match.start("blanks"), match.end("blanks"), True
    for address in _ADDRESSES.finditer(text):
        yield address.start("blanks"), address.end("blanks"), True


def cuts(text: str, language: Language) -> list[Cut]:
    """Return those of openings and closings. Most texts have none, which a few looks tell."""
    found: list[Cut] = []
    opening = _OPENING.match(text)
    if opening:
        word = opening[1].lower()
        if word in language.captions:
            found += captions(text, language)
        elif word in language.salutations:
            found += salutations(text, language)
    for ending in _endings(language.closings):
        if ending in text:
            found += closings(text, language)
            break
    return found


@cache
def _endings(words: frozenset[str]) -> tuple[str, ...]:
    """Return the words without their first letter, which may be a capital, and with the comma behind them."""
    return tuple(f"{word[1:]}," for word in words)
