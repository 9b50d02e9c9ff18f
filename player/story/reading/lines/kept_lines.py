"""Lines whose breaks are meant: verse, addresses, signatures and dialogue. Joined, they would sound as one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from player.patterns import later

_HOUR = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2} \w{3,9}\.? ?\d{0,4}|\w{3,9}\.? \d{1,2}),?"
_STAMP = later(rf"\s*[\[(]?(?:{_DAY}[ T]{_HOUR}|{_HOUR}(?: {_DAY})?)(?:[.,]\d{{1,6}})?Z?[\])]?(?:\s|\s*[-–—|]\s|:\s|$)")
"""A time at the beginning of a message: "[09:41] ", "05.03.24, 9:41 PM - ", "2024-03-05T09:41:22Z "."""
_NICK = later(
    r"\s*(?:<[ @+~&%]?[^\s<>]{1,30}>\s|\*{1,3} \w[\w-]{0,29} |-->|<--"
    rf"|[^\W\d_][\w.'’-]{{0,29}}(?: [\w.'’-]{{1,29}}){{0,2}} [(\[]{_HOUR}[)\]]:?\s)"
)
"""A speaker in a chat log: "<ann> hello", "* ann waves", "Ann (09:41): hello"."""
_SENT = later(rf"\s*[^\W\d_][\w.'’-]{{0,29}}(?: [\w.'’-]{{1,29}}){{0,2}} +{_HOUR}\s*")
"""A line with nothing but who wrote a message, and when: "Ann Roe  9:41 AM"."""
_CLOSING = later(r"\s*[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){0,2}(?<=\w),?\s*")
_MOST_CLOSING = 3
"""Lines at the end of a letter: "Best wishes", "Ann"."""
_SPEAKER = later(r"\s*(?:[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}|[a-z][\w-]{0,15}): \S")
"""A speaker in an interview or a play: "ANN: Hello"."""
_PAUSE = tuple(".,;:!?…—–-)”\"'’»。、，！？；：")
"""Ends of lines after which voices pause anyway."""
_END = tuple('.!?…”"’»。！？')
_LONGEST, _NARROW, _TINY = 60, 45, 30
"""Characters per line: at most, for verse or an address; narrower than prose; much narrower."""
_LOOSE = 0.6
"""Share of lines that had room for the next line's first word."""


def is_stamped(line: str) -> bool:
    """Return True if a line begins with a time, or with a speaker in a chat log."""
    return _STAMP.match(line) is not None or _NICK.match(line) is not None


def lines_as_meant(lines: Sequence[str], width: int) -> list[list[str]]:
    """Return a paragraph's lines in groups without pauses inside; a single group is joined as prose.

    `width`: characters at which the text as a whole is wrapped; 0 when that is unknown.
    """
    lines = [line for line in lines if line.strip(" \t_=-")]
    if len(lines) < 2:
        return [lines]
    if _SENT.fullmatch(lines[0]):
        short = max(map(len, lines)) <= _LONGEST
        return [[lines[0]], *([[line] for line in lines[1:]] if short else lines_as_meant(lines[1:], width))]
    if closing := _closing(lines):
        return [*lines_as_meant(lines[:-closing], width), *([line] for line in lines[-closing:])]
    begin = is_stamped if is_stamped(lines[0]) else _speaks
    said = [n for n, line in enumerate(lines) if begin(line)]
    if said and said[0] == 0 and len(said) >= max(2, len(lines) / 2):
        return [list(lines[a:b]) for a, b in pairwise([*said, len(lines)])]
    return [[line] for line in lines] if _are_verse(lines, width) else [list(lines)]


def split_at_breaks(lines: Sequence[str]) -> list[list[str]]:
    """Return lines that the author broke on purpose: each alone, or in one group if most of them end in a pause."""
    stripped = [line.strip() for line in lines if line.strip()]
    if not _without_pauses(stripped):
        return [stripped]
    verse = len(stripped) > 2 and max(map(len, stripped)) <= _NARROW
    kept: list[list[str]] = []
    for line in stripped:
        if kept and line[0].islower() and not verse:
            kept[-1].append(line)  # continues the sentence
        else:
            kept.append([line])
    return kept


def _closing(lines: Sequence[str]) -> int:
    """Return how many lines at the end are names and wishes below a sentence that has ended, as in a letter."""
    count = 0
    while count < min(_MOST_CLOSING + 1, len(lines)) and _CLOSING.fullmatch(lines[-1 - count]):
        count += 1
    ended = count < len(lines) and lines[-1 - count].rstrip().endswith((".", "!", "?"))
    return count if ended and count <= _MOST_CLOSING and len(lines[-1]) <= _TINY else 0


def _speaks(line: str) -> bool:
    return _SPEAKER.match(line) is not None


def _without_pauses(lines: Sequence[str]) -> bool:
    paused = sum(line.rstrip().endswith(_PAUSE) for line in lines[:-1])
    return len(lines) > 1 and paused * 2 <= len(lines) - 1


def _are_verse(lines: Sequence[str], width: int) -> bool:
    """Return True for short lines that begin like verse, and do not end at the text's wrapping width."""
    stripped = [line.strip() for line in lines]
    longest = max(map(len, stripped))
    if longest > _LONGEST or not _without_pauses(stripped):
        return False
    pairs = list(pairwise(stripped))
    loose = sum(len(line) + 1 + len(after.split()[0]) <= width for line, after in pairs)
    begins = [line.lstrip("\"“'‘«„([")[:1] for line in stripped]
    begun = not any(map(str.islower, begins)) and any(map(str.isupper, begins))
    ended = stripped[-1].endswith(_END)
    if loose >= len(pairs) * _LOOSE and longest <= width * 0.75:
        return not ended or begun
    if begun and len(lines) > 2:
        return not ended or longest <= _NARROW
    if begun and longest <= _NARROW and width <= _LONGEST:
        return not ended
    indented = all(line[:2].isspace() for line in lines)
    return not ended and len(lines) > 2 and longest <= (_NARROW if indented else _TINY)
