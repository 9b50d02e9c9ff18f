"""How an engine reads: what it needs no help with, and which mistakes are its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reads(StrEnum):
    """Something written that an engine reads right by itself. An engine that does not say so is given it rewritten."""

    ACRONYMS = "acronyms"
    """Letters, one by one: "the IMF", "an IV drip", "in 79 AD"."""
    IPA = "IPA"
    """Phonemes in the International Phonetic Alphabet, between the characters PHONEMES."""
    INITIALS = "initials"
    """ "George W. Bush", without a pause; "A. Miller", not "a Miller"."""
    IT = "IT"
    """ "IT workers" as two letters, not as "it"."""
    LEADING_ZEROS = "leading zeros"
    """ "agent 007" as "zero zero seven"."""
    POINT_ZERO = "point zero"
    """ "version 2.0" as "two point zero"."""
    YEARS = "years"
    """ "in 1999" as "nineteen ninety-nine"."""


PHONEMES = ("\ufdd0", "\ufdd1")
"""Stand before and after phonemes in a spoken text. They are no characters (Unicode keeps them for such use), and never
in a story: `clean` drops them."""


class Misreads(StrEnum):
    """A mistake with plain words that most engines do not make. One that says it does is given something else."""

    ACRONYMS_THAT_ARE_WORDS = "acronyms that are words"
    """Spells "IKEA" and "FICO", which are said as words."""
    GLUED_DOTS = "glued dots"
    """Leaves out letters behind dots without a blank: "the best...we're number 1"."""
    MINUS_SIGNS = "minus signs"
    """Leaves out a number with one behind a verb: "It was -3 outside." is said as "It was outside."."""
    NAMES_BEFORE_CAPITALS = "names before capitals"
    """Takes the letter after a king's name for a Roman numeral: "George Lucas" is said as "George the zeroth Lucas"."""
    WORDS_BEFORE_STOPS = "words before full stops"
    """Takes short words at the end of a sentence for abbreviations: "He said no." is said as "He said number"."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How an engine reads. The empty one is for an engine of which nothing is known: it is given all rewrites."""

    reads: frozenset[str] = frozenset()
    """What it reads right (see Reads). Names that no speaker knows change nothing."""
    misreads: frozenset[str] = frozenset()
    """Which mistakes it makes (see Misreads)."""
    engine: str = ""
    """The engine's name, for pronunciations that are for it alone."""
    recorded: bool = False
    """True for the narrator of a recording: it says what has clips, and nothing else."""
    short_start: bool = False
    """True for an engine about as slow as speech: it is given the beginning of a long sentence by itself."""


ANY = Manner()
"""The manner of an engine of which nothing is known."""
