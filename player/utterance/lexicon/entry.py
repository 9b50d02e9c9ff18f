"""Entries of a lexicon: what is written, and how it is said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from player.errors import UsageError
from player.story.language_tag import folded, formatted, includes, language_of, valid, widened
from player.story.text import clean
from player.utterance.lexicon.pieces import pieces, plain

_NO_BRACKETS = dict.fromkeys(map(ord, "/[]()"))
_SOUNDS = frozenset(("Ll", "Lu", "Lo", "Lm", "Mn", "Sk", "No"))
"""Categories of characters that phonemes are written with: letters, accents, tones."""
_IPA_SIGNS = " .|‖‿-'’:↑↓↗↘"
LONGEST = 200
"""Characters of an entry's texts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One pronunciation. At least one of `say` and `ipa` is given."""

    written: str
    """A word or a phrase."""
    say: str | None = None
    """What an engine is given in its place; empty: nothing is said."""
    ipa: str = ""
    """Its phonemes in the International Phonetic Alphabet, for engines that take them; others get `say`."""
    match_case: bool = False
    """True if capitals must be as in `written`."""
    language: str = ""
    """BCP 47; empty: every language. "en" includes "en-GB"."""
    engine: str = ""
    """Name of the only engine it is for; empty: every engine."""

    def is_for(self, language: str, engine: str, *, near: bool = False) -> bool:
        """Return True if it holds for a text in `language` (BCP 47) that `engine` speaks; with `near` also for a text
        of which only the language is known, not the country: "en-US" for "en"."""
        if self.engine and self.engine != engine:
            return False
        return not self.language or includes(self.language, language) or (near and includes(language, self.language))

    def is_of(self, written: str) -> bool:
        """Return True if it holds for a word or phrase that is written so."""
        if self.match_case:
            return plain(self.written) == plain(written)
        return [piece.folded for piece in pieces(self.written)] == [piece.folded for piece in pieces(written)]

    @property
    def key(self) -> tuple[str, bool, str, str]:
        """Identity in a file: an entry replaces the one with the same key."""
        written = self.written if self.match_case else self.written.casefold()
        return written, self.match_case, folded(self.language), self.engine

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """Return how special it is: of several for the same word the one with the highest rank counts."""
        return len(widened(self.language)), bool(self.engine), self.match_case


def checked(entry: Entry) -> Entry:
    """Return an entry with its texts cleaned (one line, no control characters). Raises UsageError when it is none."""
    made = replace(
        entry,
        written=clean(entry.written),
        say=None if entry.say is None else clean(entry.say),
        ipa=_ipa(entry.ipa),
        language=language_tag(entry.language),
        engine=entry.engine.strip(),
    )
    if not made.written:
        raise UsageError("an entry needs the written word", "as in written = 'Nguyen'")
    if made.say is None and not made.ipa:
        raise UsageError(
            f"it is not said how {made.written} is pronounced",
            "say how, as in listen lexicon add Nguyen Win, or give its phonemes as ipa",
        )
    if max(len(made.written), len(made.say or ""), len(made.ipa)) > LONGEST:
        raise UsageError(f"an entry has more than {LONGEST} characters", "lexicons are for words and short phrases")
    return made


def entered(entry: Entry) -> Entry:
    """Return a new entry as `checked` has it. Raises UsageError also for phonemes that are none, with which an engine
    would leave out the word; in a file that is kept, they are no reason to open no story."""
    made = checked(entry)
    strange = (sign for sign in made.ipa if unicodedata.category(sign) not in _SOUNDS and sign not in _IPA_SIGNS)
    if sign := next(strange, ""):
        raise UsageError(f"{sign!r} is no sign of the IPA", "write phonemes as in ˈnjuːtən")
    return made


def _ipa(written: str) -> str:
    """Return phonemes without the slashes or brackets around them."""
    return clean(written.translate(_NO_BRACKETS))


def language_tag(tag: str) -> str:
    """Return a language tag in its usual form. Raises UsageError when it is none."""
    if not tag.strip():
        return ""
    found = valid(tag)
    if not found or not language_of(found):
        raise UsageError(f"{clean(tag)!r} is no language", "write it as in en or de-AT")
    return formatted(found)
