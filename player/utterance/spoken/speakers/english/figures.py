"""English figures one by one, and versions."""

from __future__ import annotations

from player.utterance.manner import Reads
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Digits, Version

_VOWELS = frozenset("AEIOUY")


def say_digits(digits: Digits, saying: Saying) -> str | None:
    """ "plus 4 4, 2 0, 7 9 4 6"."""
    if digits.zeros and Reads.LEADING_ZEROS in saying.manner.reads:
        return None
    groups = [_word(group) if group.isalpha() else " ".join(group) for group in digits.groups]
    if digits.oh:
        return " ".join(groups).replace("0", "oh")
    return ("plus " if digits.plus else "") + ", ".join(groups)


def _word(letters: str) -> str:
    """ "junk" for "JUNK", "A B C" for what cannot be said as a word."""
    spoken = len(letters) > 1 and not _VOWELS.isdisjoint(letters)
    return letters.lower() if spoken else " ".join(letters)


def say_version(version: Version, saying: Saying) -> str:
    """ "version 2.1", "3 point 11 point 2", "192 dot 168 dot 0 dot 1"."""
    parts = version.parts
    address = len(parts) == 4 and all(len(part) < 4 and int(part) < 256 for part in parts)
    plain = len(parts) == 2 and not version.letters and parts[1].strip("0")
    said = (" dot " if address else "." if plain else " point ").join(parts)
    if len(parts) == 2 and not parts[1].strip("0") and Reads.POINT_ZERO in saying.manner.reads:
        said = ".".join(parts)
    said = f"version {said}" if version.named else said
    return f"{said} {letters(version.letters, saying)}" if version.letters else said


def letters(written: str, saying: Saying) -> str:
    """ "A C": one by one. Engines that read capitals otherwise say "a" like the article, and are given "eh"."""
    acronyms = Reads.ACRONYMS in saying.manner.reads
    return " ".join("eh" if letter == "A" and not acronyms else letter for letter in written.upper())


SAYS: Says = {Digits: say_digits, Version: say_version}
