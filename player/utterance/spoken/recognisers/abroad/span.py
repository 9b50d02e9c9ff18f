"""From one number to another: "S. 10–12", "1914–1918"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.amounts import DASHES
from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Joint, Words

_LONGEST = 4
_LONGEST_SCORE = 2
"""Figures of "2-1"."""
_LOCAL = (3, 4)
"""Figures of "555-1234", which is dialled."""
_LAST_CENTURY = "1950"
"""Years before it that a stroke joins are a time, later ones may be a file's number: "1998/23"."""
_BESIDE = "-–—/.:"


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a dash: a range where the numbers beside it rise and nothing else hangs on them."""
    left, right = tokens.before(index), tokens.after(index)
    low, high = tokens[left].text, tokens[right].text
    shares = low == tokens[tokens.past_blank(right + 1)].text == "%"
    if shares and tokens[tokens.before(left)].kind is tokens[right].kind is Kind.NUMERAL:
        yield Reading(tokens[left].end, tokens[right].start, "range: percent", Joint("to"), 0.95)
    if not (low.isdecimal() and high.isdecimal()) or len(low) > _LONGEST or len(high) > _LONGEST:
        return
    yield from _score(tokens, left, right)
    yield from _war(tokens, left, right)
    if left == index - 1 and right == index + 1 and _is_season(tokens, low, high, right + 1):
        yield Reading(tokens[left].end, tokens[right].start, "range: season", Joint("to"), 0.85)
    if low[0] == "0" or high[0] == "0" or int(low) >= int(high) or (len(low), len(high)) == _LOCAL:
        return
    blank_one_side = (left == index - 1) != (right == index + 1)
    if blank_one_side or tokens[left - 1].kind is Kind.WORD or tokens[right + 1].kind is Kind.WORD:
        return
    if tokens.is_sign(left - 1, _BESIDE) or (
        tokens.is_sign(right + 1, _BESIDE) and tokens[right + 2].kind in (Kind.NUMERAL, Kind.WORD)
    ):
        return
    before = tokens.before(left)
    if tokens.is_sign(before, "."):
        before -= 1
    if tokens.word(before) in tokens.vocabulary.words("grammar", "names") and len(high) > _LONGEST_SCORE:
        return
    if not tokens.vocabulary.table("grammar", "joints").get("score") and _is_among_scores(tokens, left, right):
        return
    kind = "and" if tokens.word(before) in tokens.vocabulary.words("grammar", "before_ranges") else "to"
    start, end = tokens[left].end, tokens[right].start
    yield Reading(start, end, "range: rising", Joint(kind), 0.9)


def _war(tokens: Tokens, left: int, right: int) -> Iterator[Reading]:
    """ "la guerre de 14-18", "en 39-45"; not "de 14-18 ans"."""
    known, written = tokens.vocabulary, tokens.text[tokens[left].start : tokens[right].end]
    led = tokens.word(tokens.before(left)) in known.words("grammar", "before_wars")
    ends = tokens[right + 1].kind is Kind.EDGE or tokens.is_sign(right + 1, ",.;:!?)")
    named = tokens.word(tokens.before(tokens.before(left))) in known.words("grammar", "before_wars")
    if written.replace("–", "-") in known.words("grammar", "wars") and led and (named or ends):
        yield Reading(tokens[left].end, tokens[right].start, "range: war", Words(" "), 0.95)


def _is_among_scores(tokens: Tokens, left: int, right: int) -> bool:
    """ "6-4, 3-6, 7-6": where engines say both one after the other."""
    for at, comma in ((left - 5, left - 2), (right + 3, right + 1)):
        first, last = tokens[at].text, tokens[at + 2].text
        pair = first.isdecimal() and tokens.is_sign(at + 1, "-–") and last.isdecimal()
        if at >= 0 and tokens.is_sign(comma, ",") and pair and int(first) > int(last) and len(first) == 1:
            return True
    return False


def _is_season(tokens: Tokens, low: str, high: str, after: int) -> bool:
    """ "1971-72", "1914–18"; not "1971-72-3"."""
    following = len(low) == _LONGEST and len(high) == _LONGEST_SCORE and int(high) > int(low[2:])
    more = tokens.is_sign(after, _BESIDE) and tokens[after + 1].kind in (Kind.NUMERAL, Kind.WORD)
    return following and "1100" < low < "2100" and not more


def _score(tokens: Tokens, left: int, right: int) -> Iterator[Reading]:
    """ "2-1", where engines would subtract or say both one after the other."""
    low, high = tokens[left].text, tokens[right].text
    joint = tokens.vocabulary.table("grammar", "joints").get("score")
    glued = right - left == 2 and _is_free(tokens, left - 1) and (int(low) >= int(high) or low == "0")
    free = tokens[right + 1].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(right + 1, ",.;:!?)")
    named = tokens.word(tokens.before(left)) in tokens.vocabulary.words("grammar", "names")
    if joint and glued and free and not named and max(len(low), len(high)) <= _LONGEST_SCORE:
        yield Reading(tokens[left].end, tokens[right].start, "range: score", Joint("score"), 0.8)


def _is_free(tokens: Tokens, index: int) -> bool:
    return tokens[index].kind in (Kind.SPACE, Kind.EDGE) or tokens.is_sign(index, "(")


SPAN = Recogniser("range", _propose, (("Seite 10–12", "Seite 10 bis 12"),), signs=DASHES, languages=CODES)


def _stroked(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the stroke of a season: "2020/21", said one after the other."""
    low, high = tokens[index - 1].text, tokens[index + 1].text
    free = _is_free(tokens, index - 2)
    if low.isdecimal() and high.isdecimal() and free and _is_season(tokens, low, high, index + 2):
        following = int(high) == int(low[2:]) + 1 and tokens[index + 2].kind is not Kind.WORD
        numbered = tokens.is_sign(tokens.before(index - 1), ".")  # "Nr. 1970/85"
        if following:
            yield Reading(tokens[index].start, tokens[index].end, "range: season", Words(" "), 0.85)
        elif low < _LAST_CENTURY and not numbered and tokens[index + 2].kind is not Kind.WORD:
            yield Reading(tokens[index].start, tokens[index].end, "range: years", Joint("to"), 0.8)  # "1914/18"


SEASON = Recogniser(
    "range", _stroked, (("die Saison 2020/21", "die Saison 2020 21"),), signs="/", with_number=True, languages=CODES
)
