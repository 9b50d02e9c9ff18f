"""Boundaries that Punkt cannot see, since it looks for a mark and a blank after it.

Each function yields cuts: (end of a sentence, start of the next, whether it is certain). What is not
certain is put to the refining rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from player.patterns import later
from player.utterance.sentences import letter_boundaries
from player.utterance.sentences.eastern_boundaries import eastern
from player.utterance.sentences.language import Language
from player.utterance.sentences.scanning import Sign

Cut = tuple[int, int, bool]

# (A pattern that begins with a look behind is tried at every character: eight times as slow.)
_MARK_AND_MORE = later(r"""[.?!…](?<![.?!…]{2})[.?!…]*+["”’)]*+(?=[\[\dA-Z“"‘⁰¹²³⁴-⁹*†‡])""")
_ASKED_AND_MORE = later(r"[?!](?<![?!]{2})[?!]*+(?=[^\W\d_]{2})")
_ADDRESS = later(r"[/=&@]|\w\.\w|[A-Z][?!][A-Z]")
_NOTES = r"(?:\[\d[\d\s,–-]*\])+"
_RAISED = r"(?<=[.?!”])\d{1,2}(?:[ ,]\d{1,2})*|[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|[†‡]"
_FOOTNOTE = later(rf"""(?:{_NOTES}|{_RAISED})(?P<blanks>\s+)(?=["“‘(]?[A-Z])""")
_NEW_SENTENCE = later(r"""[“"‘]?[A-Z](?:[a-z’']*[\s,]|[a-z]{1,3}\.\s)""")
_BULLET = later(r"[•●▪◦‣⁃](?<=\s.)(?=\s?\S)")
_BROKEN_OFF = later(r"""[—–-]["”’](\s+)(?=["“‘]?[A-Z])""")
EMOTICON = r"[:;=](?<=\s.)['-]?[()DPp]+(\s+)"
_PICTURES = r"[\U0001F300-\U0001FAFF\u2600-\u27bf\ufe0f\u200d]"
EMOJI = rf"(?<!{_PICTURES}){_PICTURES}++(\s+)"
_EMOTICON = later(rf"{EMOTICON}(?=[A-Z])")
_EMOJI = later(rf"{EMOJI}(?=[A-Z])")
_PICTURE = later(_PICTURES)
_FACE = later(r"[\U0001F600-\U0001F64F\U0001F910-\U0001F92F\U0001F970-\U0001F97A]")
_PAGE_RULE = later(r"([*=_~#-])(?<=\s.)(?:\1{3,}|(?<!-)\1{2}|(?<=\*)(?: \*)+)(\s+)(?=[^\s(])")
_LIST_MARK = later(r"(?:(?<=\s)|^)(?:(\d{1,2})|([a-z]))(?:(?:\.\)|\)|\.)(?=\s+[A-Z])|[.)](?=\s+[a-z]))")
_BEFORE_LIST = ("", ".", ":", ";", "!", "?", "…")
_MAIL_STAMP = later(r"\b\d\d/\d\d/\d{4} \d\d:\d\d(?::\d\d)?(?: ?[AP]M\b)?+(?P<blanks>\s+)(?=[A-Z])")
_TWO, _MANY = 2, 3
_LONGEST_LINK = 6
"""Characters of " oder"."""
_LONGEST_WORD = 40
_LONGEST_ADDRESS = 80


def footnotes_and_glued(text: str, language: Language) -> Iterator[Cut]:
    """ "That is true.1| This is", "The end.³| Next", and, without a blank, "It ended.|“Good,” he said."."""
    for match in _MARK_AND_MORE.finditer(text):
        mark, follows = match.span()
        if not mark:
            continue
        before = text[mark - 1]
        note = _FOOTNOTE.match(text, follows)
        if note and (before.islower() or before in ')”"’%' or (before.isdecimal() and text[follows] == "[")):
            yield note.start("blanks"), note.end(), True
        elif _glued(text, mark, follows, language):
            yield follows, follows, True


def asked_and_glued(text: str, language: Language) -> Iterator[Cut]:
    """ "Is it true?|thanks", but not "example.com/a?b=1"."""
    for match in _ASKED_AND_MORE.finditer(text):
        start, at = match.span()
        if not text[max(start - 2, 0) : start].isalpha() or start < _TWO:
            continue
        before, after = text[max(0, at - _LONGEST_ADDRESS) : at], text[at : at + _LONGEST_ADDRESS]
        around = before.rpartition(" ")[2] + after.partition(" ")[0]
        if not _ADDRESS.search(around):
            yield at, at, True


def _glued(text: str, mark: int, follows: int, language: Language) -> bool:
    before, after = text[mark - 1], text[follows]
    if after in "[0123456789" or not (before.islower() or before.isdecimal() or before in "%)"):
        return False
    if not _NEW_SENTENCE.match(text, follows):
        return False
    word = text[max(0, mark - _LONGEST_WORD) : mark].rsplit(None, 1)[-1:]
    if not word or len(word[0]) < 2 or any(c in word[0] for c in "@/."):
        return False
    following = text[follows : follows + _LONGEST_WORD].split(None, 1)[0].rstrip(".,")
    lettered = len(following) == 1 and word[0][-_TWO].isdecimal()  # "EY4108.E"
    if lettered or following.lower() in language.domains:
        return False
    if word[0].lower().strip('“"(') in language.abbreviations:
        return False
    return not (after in '“"‘' and follows > mark + 1) and not (word[0].isdecimal() and len(word[0]) < 3)


def broken_off(text: str, language: Language) -> Iterator[Cut]:
    """Yield a quotation that is broken off: "“I—”| “Quiet!”", "“if she comes, to—”| At this moment"."""
    for match in _BROKEN_OFF.finditer(text):
        yield match.start(1), match.end(), False


def smileys(text: str, language: Language) -> Iterator[Cut]:
    """They end a sentence as well as a full stop: "Thanks :-)| Talk soon!"."""
    for match in _EMOTICON.finditer(text):
        yield match.start(1), match.end(), True


def pictures(text: str, language: Language) -> Iterator[Cut]:
    """ "See you 😀| Bye", but "We ❤| New York"."""
    if _PICTURE.search(text):
        for match in _EMOJI.finditer(text):
            yield match.start(1), match.end(), _FACE.match(text, match.start()) is not None


def page_rules(text: str, language: Language) -> Iterator[Cut]:
    """Signs drawn across the page: "He left. ***| The next day", but "598 U.S. ___| (2022)", "so, ___| U.S. ___"."""
    for match in _PAGE_RULE.finditer(text):
        if text[match.start() - 2] != ",":
            yield match.start(2), match.end(), True


def mail_stamps(text: str, language: Language) -> Iterator[Cut]:
    """Yield the head of a forwarded mail: "Kay Mann| 04/26/2001 07:17 AM| Will you be there?", but "on 04/26/2001"."""
    for match in _MAIL_STAMP.finditer(text):
        before = text[max(0, match.start() - _LONGEST_WORD) : match.start()].split()[-1:]
        if before and (before[0][0].isupper() or before[0][-1] in ">)" or "@" in before[0]):
            yield len(text[: match.start()].rstrip()), match.start(), True
        yield match.start("blanks"), match.end(), True


def bullets(text: str, language: Language) -> Iterator[Cut]:
    """ "• First point| • Second point"."""
    for match in _BULLET.finditer(text):
        end = len(text[: match.start()].rstrip())
        if end:
            yield end, match.start(), True


def numbered_list(text: str, language: Language) -> Iterator[Cut]:
    """Items that count up from the first: "1. Wash the rice| 2. Boil the water", "a) Wash| b) Dry"."""
    if not _may_hold_list(text):
        return
    run: list[re.Match[str]] = []
    for mark in _LIST_MARK.finditer(text):
        place = _place(mark)
        if run and place == _place(run[-1]) + 1:
            run.append(mark)
        elif len(run) > 1 or _may_open_list(text[max(0, mark.start() - 9) : mark.start()], language):
            yield from _list_cuts(text, run, language)
            run = [mark]
    yield from _list_cuts(text, run, language)


def _may_hold_list(text: str) -> bool:
    """Look for the mark of a first item, or for many marks."""
    if "1." in text or "1)" in text or "a)" in text or " a." in text:
        return True
    return text.startswith("a.") or text.count(") ") >= _MANY


def _place(mark: re.Match[str]) -> int:
    """Count "b)" as 2."""
    return int(mark[1]) if mark[1] else ord(mark[2]) - ord("a") + 1


def _may_open_list(before: str, language: Language) -> bool:
    """Not after "He was No. 1. She was no. 2."."""
    last = before.rstrip()[-1:]
    word = before.split()[-1:] if last == "." else []
    return last in _BEFORE_LIST and not (word and language.holds("before_number", word[0].rstrip(".").lower()))


def _goes_on(before: str, language: Language) -> bool:
    """Return True before an item of a list that is one sentence: "wait, ", "act, or"."""
    return before[-1:] in ",;" or before.rpartition(" ")[2].lstrip("([") in language.listing


def _list_cuts(text: str, run: list[re.Match[str]], language: Language) -> Iterator[Cut]:
    """Not in a list that is one sentence: "We can a) wait, b) act, or c) leave". One that does not open with its
    first has at least three: "w) hello x) hello y) hello"."""
    ends = [len(text[: mark.start()].rstrip()) for mark in run]
    opens = 1 if run and _place(run[0]) == 1 else 2
    if len(run) <= opens or any(_goes_on(text[max(0, end - _LONGEST_LINK) : end], language) for end in ends[1:]):
        return
    for mark, end in zip(run, ends, strict=True):
        if mark.start():
            yield end, mark.start(), True


def glued(text: str, language: Language) -> Iterator[Cut]:
    """What follows without a blank."""
    yield from footnotes_and_glued(text, language)
    yield from asked_and_glued(text, language)


def rare(text: str, language: Language) -> Iterator[Cut]:
    """What only texts with pictures, bullets, Greek or Eastern letters have."""
    yield from pictures(text, language)
    yield from bullets(text, language)
    yield from eastern(text, language)


_FINDERS: dict[Sign, Callable[[str, Language], Iterator[Cut]]] = {
    Sign.GLUED: glued,
    Sign.BROKEN_OFF: broken_off,
    Sign.MAIL_STAMP: mail_stamps,
    Sign.SMILEY: smileys,
    Sign.PAGE_RULE: page_rules,
    Sign.LISTED: numbered_list,
    Sign.CONTACT: letter_boundaries.contacts,
    Sign.RARE: rare,
}
"""Who finds the boundaries of each kind of sign."""


def cuts(text: str, signs: Iterable[Sign], language: Language) -> list[Cut]:
    """Return all of them, in order, given the kinds of signs that the text has (`scanning.py`)."""
    found = letter_boundaries.cuts(text, language)
    for sign in signs:
        found += _FINDERS[sign](text, language)
    return sorted(found) if found else found
