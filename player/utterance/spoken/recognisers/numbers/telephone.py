"""Telephone numbers, and other numbers of which each figure is said: "(212) 555-1234", "dial 999", ISBN, ZIP codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from player.utterance.sentences.language import language_of
from player.utterance.spoken.grammar import is_plural, stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Digits

_MOST_TOKENS = 24
_MOST_GROUPS = 6
_BEFORE = 6
"""How many tokens before a number a word may be that has it dialled."""
_APART = 12
"""How many tokens before a number another one may be that is dialled."""
_AMERICAN = ([3, 3, 4], [1, 3, 3, 4])
_NUMBERS_OF_PEOPLE = ([4, 4, 4, 4], [3, 2, 4])
"""Of cards, and of social security."""
_LONGEST_CODE = 3
"""Figures of a code in brackets behind others: "+44 (0)20"."""
_SHORTEST_CODE = 6
"""Figures, behind "number"."""
_LONGEST_SUM = 9
"""Figures without groups behind a plus that are no telephone number."""
_LONG_NUMBERS = (7, 10, 11)
"""Figures of an American number that is written in one."""
_MARKS = "-.()–/"


class Groups(NamedTuple):
    """A run of figures in groups."""

    figures: tuple[str, ...]
    marks: frozenset[str]
    """What parts them, blanks included."""
    next: int
    """Index of the first token behind it."""

    @property
    def sizes(self) -> list[int]:
        """Return how many figures each group has."""
        return [len(group) for group in self.figures]


def _groups(tokens: Tokens, index: int) -> Groups:
    """Return the groups of figures from this token on, parted by one blank, hyphen, point or bracket each."""
    figures: list[str] = []
    marks: set[str] = set()
    at, after = index, index
    between: list[str] = []
    while at < index + _MOST_TOKENS:
        token = tokens[at]
        if figures and between[-1:] == ["("] and (len(token.text) > _LONGEST_CODE or tokens[at + 1].text != ")"):
            break  # "533–534 (1980)", "123 4567 (24 hours)"
        if token.kind is Kind.NUMERAL and (not figures or between) and "," not in token.text and token.text[0] != ".":
            figures += token.text.split(".")
            marks |= {*between, *("." if "." in token.text else "")}
            between, after = [], at + 1
        elif (token.kind is Kind.SPACE or (token.text and token.text in _MARKS)) and len(between) < 2:
            between.append(" " if token.kind is Kind.SPACE else token.text)
        else:
            break
        at += 1
    return Groups(tuple(figures), frozenset(marks), after)


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first group of figures."""
    opened = tokens.is_sign(index - 1, "(")
    first = index - 1 if opened or tokens.is_sign(index - 1, "+") else index
    before = tokens[first - 1]
    if before.kind in (Kind.NUMERAL, Kind.WORD) or (before.text and before.text in "$€£-–.,/"):
        return
    groups = _groups(tokens, index)
    after = tokens[groups.next]
    plus = tokens.is_sign(first, "+")
    if (
        (len(groups.figures) < 2 and not plus)
        or after.kind is Kind.WORD
        or (tokens.is_sign(groups.next, "-/:") and groups.next)
    ):
        return
    if "/" in groups.marks and groups.sizes not in _AMERICAN:
        return
    told, confidence = _shape(tokens, index, groups, plus=plus, opened=opened)
    if groups.sizes == [1, 4] and groups.marks <= {"-", ")"} and opened and not groups.figures[1].endswith("00"):
        told, confidence = "extension", 0.95  # "Joan (3-5213)"
    if confidence:
        value = Digits(groups.figures, plus)
        start = tokens[first].start if plus or (opened and ")" in groups.marks) else tokens[index].start
        yield Reading(start, tokens[groups.next - 1].end, f"telephone: {told}", value, confidence)


def _shape(tokens: Tokens, index: int, groups: Groups, *, plus: bool, opened: bool) -> tuple[str, float]:
    """Return what tells a telephone number from others, and how surely; 0 when it is none."""
    sizes, length = groups.sizes, sum(groups.sizes)
    called = _is_called(tokens, index)
    if plus:
        dialled = 8 <= length <= 15 and (len(sizes) > 1 or length > _LONGEST_SUM)
        return "plus", 0.95 if dialled else 0.0
    if sizes in _AMERICAN or (sizes[:3] == _AMERICAN[0] and len(sizes) == len(_AMERICAN) * 2):
        return "area code", 0.95 if called or "-" in groups.marks or opened else 0.8
    if sizes in _NUMBERS_OF_PEOPLE and len(groups.marks) == 1:
        return "card", 0.9
    if sizes == [3, 4] and groups.marks == {"-"}:
        round_number = groups.figures[1].endswith("00") or is_plural(tokens, tokens.after(groups.next - 1))
        sure = groups.figures[1][0] == "0" or not round_number  # "555-0100"
        return "local", 0.9 if called else 0.75 if sure else 0.3
    trunk = groups.figures[0]
    if trunk[0] == "0" and trunk.strip("0") and len(sizes) > 1 and 9 <= length <= 11 and min(sizes) > 1:
        return "trunk code", 0.9 if groups.marks <= {" ", "-"} or (opened and groups.marks == {" ", ")"}) else 0.3
    return "called", 0.85 if called and len(sizes) > 1 and 6 <= length <= 15 and min(sizes) > 1 else 0.0


def _is_called(tokens: Tokens, index: int) -> bool:
    words = tokens.vocabulary.words("telephone", "words")
    return any(tokens.word(at) in words for at in range(index - _BEFORE, index))


TELEPHONE = Recogniser(
    "telephone",
    _propose,
    (("call 555-1234", "call 5 5 5, 1 2 3 4"), ("+44 20 7946 0958", "plus 4 4, 2 0, 7 9 4 6, 0 9 5 8")),
    numerals=Beside.POINT
    | Beside.NUMBER
    | Beside.DASH
    | Beside.BRACKET
    | Beside.STOP
    | Beside.SLASH
    | Beside.AFTER_SIGN,
)


def _lettered(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first figures of "1-800-GOT-JUNK", "0800 FLOWERS"."""
    groups, at = [tokens[index].text], index + 1
    while len(groups) < _MOST_GROUPS and tokens.is_sign(at, "-") and _is_group(tokens, at + 1):
        groups.append(tokens[at + 1].text)
        at += 2
    free = stands_apart(tokens, index)
    codes = tokens.vocabulary.words("telephone", "lettered")
    led = groups[0] in codes or (groups[0] == "1" and len(groups) > 1 and groups[1] in codes)
    if free and led and any(map(str.isalpha, groups)):
        yield Reading(tokens[index].start, tokens[at - 1].end, "telephone: letters", Digits(tuple(groups)), 0.95)


def _is_group(tokens: Tokens, index: int) -> bool:
    text = tokens[index].text
    return text.isdecimal() or (text.isalpha() and text.isupper() and text.isascii())


LETTERED = Recogniser(
    "telephone",
    _lettered,
    (("1-800-GOT-JUNK", "1, 8 0 0, got, junk"),),
    numerals=Beside.DASH,
)


def _spelled(tokens: Tokens, index: int) -> Iterator[Reading]:
    """Numbers of which each figure is said: "dial 999", "agent 007", "PA 16802", "ISBN 0-19-852663-6", "401(k)"."""
    token = tokens[index]
    known = tokens.vocabulary
    size = len(token.text)
    before = tokens.before(index)
    if tokens[before].text == ":":
        before = tokens.before(before)
    leading = tokens.word(before)
    if leading in known.words("telephone", "between"):
        leading = tokens.word(tokens.before(before))
    elif leading == "in" and size == 4 and _is_card(tokens, before):
        yield Reading(token.start, token.end, "figures: last", Digits((token.text,)), 0.9)
    digits = token.text.isdecimal()
    if size in (5, 6) and leading == "to" and digits and _is_called(tokens, index) and not _is_counted(tokens, index):
        yield Reading(token.start, token.end, "figures: dialled", Digits((token.text,)), 0.85)
    long = size > _SHORTEST_CODE and digits and leading in known.words("telephone", "spelled_when_long")
    if (long or leading in known.words("telephone", "spelled")) and not _is_counted(tokens, index):
        groups = _groups(tokens, index)
        end = tokens[groups.next - 1].end
        yield Reading(token.start, end, "figures: code", Digits(groups.figures), 0.9)
    if size < 3 or not digits or tokens[index - 1].kind is Kind.WORD or tokens[index + 1].kind is Kind.WORD:
        return
    short = size == 3 and token.text in known.words("telephone", "short")
    calling = _is_called(tokens, index) or (short and (_is_second(tokens, index) or _is_served(tokens, index)))
    called = (short or size in _LONG_NUMBERS) and calling and not _is_counted(tokens, index)
    if called and short:
        yield Reading(token.start, token.end, "figures: dialled", Digits((token.text,)), 0.9)
    elif called:  # "call 2125551234"
        area, local, line = token.text[:-7], token.text[-7:-4], token.text[-4:]
        value = Digits((area, local, line) if area else (local, line))
        yield Reading(token.start, token.end, "figures: called", value, 0.85)
    if size <= 6 and leading in known.words("telephone", "dialled") and not _is_counted(tokens, index):
        yield Reading(token.start, token.end, "figures: dialled", Digits((token.text,)), 0.8)
    yield from _postal(tokens, index, before)


def _is_second(tokens: Tokens, index: int) -> bool:
    """ "call 101 to report it, or 111 for advice"."""
    joint, known = tokens.before(index), tokens.vocabulary
    if tokens.word(joint) not in known.words("joints", "linking"):
        return False
    short = known.words("telephone", "short")
    return any(tokens[at].text in short and _is_called(tokens, at) for at in range(max(joint - _APART, 0), joint))


def _is_served(tokens: Tokens, index: int) -> bool:
    """ "NHS 111", "Police: 101", "an ambulance (119)", "“999, what's your emergency?”", "000 here, 112 there"."""
    before, known = tokens.before(index), tokens.vocabulary
    if tokens.word(before) in known.words("telephone", "services"):
        return True
    if tokens.is_sign(before, ":(") and tokens.word(tokens.before(before)) in known.words(
        "telephone", "services_before"
    ):
        return True
    emergency = known.words("telephone", "emergency")
    if tokens[index].text not in emergency:
        return False
    answered = tokens.is_sign(index - 1, '“"‘') and tokens.is_sign(index + 1, ",")
    around = {tokens[at].text for at in range(max(index - _APART, 0), index + _APART)} - {tokens[index].text}
    led = tokens[before].text.isupper() or tokens[before].text in known.words("grammar", "no_nouns")
    counted = tokens.word(tokens.after(index)) in known.words("grammar", "no_nouns")
    return answered or (led and not counted and not emergency.isdisjoint(around))


def _is_counted(tokens: Tokens, index: int) -> bool:
    """Return True if a plural is behind a number."""
    return is_plural(tokens, tokens.after(index))


def _behind_dialled(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "call" behind a short number: "999 call handlers", "the 112 emergency number"."""
    at = index - 2
    while at > index - _APART and tokens[index].text.istitle() and _goes_on(tokens, at):
        at = tokens.before(at)  # "the 988 Suicide & Crisis Lifeline"
    number = tokens[at]
    free = stands_apart(tokens, at)
    if free and tokens[at + 1].text in (" ", "-") and number.text in tokens.vocabulary.words("telephone", "short"):
        yield Reading(number.start, number.end, "figures: dialled", Digits((number.text,)), 0.9)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Return True within a name: "Suicide & Crisis", "Suicide and Crisis"."""
    joint = tokens.is_sign(index, "& ") or tokens.word(index) == "and"
    return joint or tokens[index].text.istitle()


DIALLED = Recogniser(
    "figures",
    _behind_dialled,
    (("999 calls", "9 9 9 calls"),),
    words=lambda known: known.words("telephone", "behind_dialled"),
    with_number=True,
)


def _is_card(tokens: Tokens, index: int) -> bool:
    """ "your card ending in"."""
    known = tokens.vocabulary
    last = tokens.before(index)
    card = {tokens.word(at) for at in range(last - _BEFORE, last)}
    return tokens.word(last) in known.words("telephone", "ending") and not card.isdisjoint(
        known.words("telephone", "cards")
    )


def _postal(tokens: Tokens, index: int, before: int) -> Iterator[Reading]:
    """ "PA 16802", "16802-6601"."""
    token, more = tokens[index], tokens[index + 2]
    if len(token.text) != 5:
        return
    if tokens.is_sign(before, ".") and tokens.word(before - 1) == "c" and tokens.word(before - 3) == "d":
        yield Reading(token.start, token.end, "figures: postal code", Digits((token.text,)), 0.85)  # "D.C. 20500"
    if tokens.is_sign(index + 1, "-") and len(more.text) == 4 and more.text.isdecimal():
        if not tokens.is_sign(index + 3, "-/"):
            yield Reading(token.start, more.end, "figures: postal code", Digits((token.text, more.text)), 0.9)
    elif tokens.is_sign(before, ".") and tokens.word(before - 1) in language_of(tokens.language).tables["place"]:
        yield Reading(token.start, token.end, "figures: postal code", Digits((token.text,)), 0.85)
    elif tokens[index - 1].kind is Kind.SPACE and _is_state(tokens, before):
        yield Reading(token.start, token.end, "figures: postal code", Digits((token.text,)), 0.75)


def _is_state(tokens: Tokens, index: int) -> bool:
    """ "PA" before a code."""
    known, text = tokens.vocabulary, tokens[index].text
    return text in known.table("states", "codes") or text in known.words("states", "postal")


FIGURES = Recogniser(
    "figures",
    _spelled,
    (("dial 999", "dial 9 9 9"), ("ISBN 0-19-852663-6", "ISBN 0, 1 9, 8 5 2 6 6 3, 6")),
    numerals=Beside.AFTER_WORD | Beside.DASH | Beside.BRACKET | Beside.AFTER_SIGN,
)


def _zero_first(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "agent 007"; not "01:30", "0.5"."""
    token = tokens[index]
    if len(token.text) < 2 or token.text[0] != "0" or not token.text.isdecimal():
        return
    signs = ".,:/+-%"
    beside = tokens.is_sign(index - 1, signs) or tokens[index - 1].kind is Kind.WORD
    after = tokens[index + 1]
    more = tokens[index + 2].kind in (Kind.NUMERAL, Kind.WORD) and after.text and after.text in signs
    numbers = after.kind is Kind.SPACE and tokens[index + 2].kind is Kind.NUMERAL
    earlier = tokens[index - 1].kind is Kind.SPACE and tokens[index - 2].kind is Kind.NUMERAL
    if not (beside or more or numbers or earlier or after.kind is Kind.WORD or after.text == "%"):
        hours = len(token.text) == 4 and tokens.word(index + 2) in tokens.vocabulary.words("calendar", "hours")
        value = Digits((token.text,), zeros=True)
        yield Reading(token.start, token.end, "zeros: first", value, 0.3 if hours else 0.7)


ZEROS = Recogniser("zeros", _zero_first, (("agent 007", "agent 0 0 7"),), numerals=Beside.ZERO)


def _section(tokens: Tokens, index: int) -> Iterator[Reading]:
    """ "401(k)", "501(c)(3)"."""
    token = tokens[index]
    if len(token.text) != 3 or token.text[1] != "0" or not token.text.isdecimal():
        return
    parts = []
    at = index + 1
    while tokens.is_sign(at, "(") and len(tokens[at + 1].text) == 1 and tokens.is_sign(at + 2, ")"):
        parts.append(tokens[at + 1].text)
        at += 3
        if len(parts) > 2:
            break
    plan = tokens[index + 1].text
    if f"{token.text}{plan}" in tokens.vocabulary.words("telephone", "plans") and tokens[index + 1].kind is Kind.WORD:
        parts, at = [plan], index + 2
    counted = tokens.word(tokens.after(at - 1)) in tokens.vocabulary.words("magnitudes", "many_of")  # "401k followers"
    if parts and parts[0].isalpha():
        value = Digits((token.text, *parts), oh=True)
        yield Reading(token.start, tokens[at - 1].end, "section", value, 0.8 if counted else 0.92)


SECTION = Recogniser(
    "section",
    _section,
    (("the 401(k) plan", "the 4 oh 1 k plan"), ("my 401k", "my 4 oh 1 k")),
    numerals=Beside.BRACKET | Beside.GLUED_WORD,
)
