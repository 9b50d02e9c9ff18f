"""English for letters and files: capitals one by one, initials, paths."""

from __future__ import annotations

from player.utterance.manner import Misreads, Reads
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Acronym, FilePath, Initials, Letters

_SHORTEST_WITH_STOPS = 3


def say_letters(value: Letters, saying: Saying) -> str | None:
    """ "I.M.F", and "N G O's" for many of them: engines say both as letters, and "A" alone as "a"."""
    if (Reads.IT if value.own else Reads.ACRONYMS) in saying.manner.reads:
        return None
    letters = value.letters
    if value.own or value.behind:
        return " ".join(letters + value.behind)
    if not value.many and not value.spaced and len(letters) >= _SHORTEST_WITH_STOPS:
        return ".".join(letters)
    return " ".join("eh" if letter == "A" else letter for letter in letters) + ("'s" if value.many else "")


def say_acronym(value: Acronym, saying: Saying) -> str | None:
    """ "pin", "Ikea"."""
    if value.often:
        return value.word if Misreads.ACRONYMS_THAT_ARE_WORDS in saying.manner.misreads else None
    return None if Reads.ACRONYMS in saying.manner.reads else value.word


def say_initials(value: Initials, saying: Saying) -> str | None:
    """ "W", "U.S", "eh" for "A."."""
    if Reads.INITIALS in saying.manner.reads:
        return None
    return "eh" if value.letters == ("A",) else ".".join(value.letters)


def say_path(path: FilePath, saying: Saying) -> str:
    """ "slash usr slash bin", "tilde slash notes.txt", "C colon backslash Users"."""
    names = saying.vocabulary.table("electronic", "paths")
    stroke = f" {names['backslash' if path.backwards else 'slash']} "
    first, *rest = path.parts
    if path.backwards and first.endswith(":"):
        first = f"{first[:-1].upper()} {names[':']}"
    hidden = [f"{names['.']} {part[1:]}" if part[:1] == "." and len(part) > 2 else part for part in rest]
    return " ".join(stroke.join([names.get(first, first), *hidden]).split())


SAYS: Says = {Letters: say_letters, Acronym: say_acronym, Initials: say_initials, FilePath: say_path}
