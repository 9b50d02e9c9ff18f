"""British money before 1971: "7s. 6d.", "£3 10s. 6d."."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd

from player.utterance.spoken.grammar import has_determiner, is_plural, stands_apart
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import OldMoney

_SHILLINGS, _PENCE = 20, 12
"""In a pound, in a shilling."""
_BEHIND = frozenset(["l", "s", "d", "½", "¼", "¾"])


def _part(tokens: Tokens, index: int, letter: str) -> tuple[str, int]:
    """Return the figures before "s." or "d." here, and the index behind that; empty when there is none."""
    figures = tokens[index]
    at = tokens.past_blank(index + 1)
    vulgar = tokens[at].text if tokens[at].text in ("½", "¼", "¾") else ""
    if vulgar:
        at = tokens.past_blank(at + 1)
    if figures.kind is not Kind.NUMERAL or tokens[at].text != letter or not figures.text.isdecimal():
        return "", index
    return figures.text + vulgar, at + 2 if tokens.is_sign(at + 1, ".") else at + 1


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At pounds, shillings or pence, whichever comes first."""
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, ".,"):
        return
    following = tokens[tokens.past_blank(index + 1)].text
    if tokens[index - 1].text != "£" and following not in _BEHIND:
        return
    first, at, pounds = index, index, ""
    if tokens.is_sign(index - 1, "£"):
        pounds, first, at = tokens[index].text, index - 1, tokens.past_blank(index + 1)
        at = tokens.past_blank(at + 1) if tokens.is_sign(at, ",.") else at
    if tokens.word(index + 1) == "l" and tokens.is_sign(index + 2, ".") and not pounds:  # "1l. 5s."
        later = tokens.past_blank(index + 3)
        pounds, at = (tokens[index].text, later) if _part(tokens, later, "s")[0] else ("", at)
    shillings, after = _part(tokens, at, "s")
    more = tokens.past_blank(after)
    more = tokens.past_blank(more + 1) if shillings and tokens.is_sign(more, ",") else more
    pence, behind = _part(tokens, more if shillings else at, "d")
    if pounds and not shillings and not pence:
        return
    parts = sum(map(bool, (pounds, shillings, pence)))
    if not parts:
        return
    end = behind if pence else after
    stop = tokens.is_sign(end - 1, ".")
    last = stop and _ends_sentence(tokens, end)
    low = len(shillings) < 3 and len(pence.strip("½¼¾")) < 3
    priced, summed = _is_priced(tokens, index), _is_summed(tokens, index)
    inner = not last and tokens[index + 1].kind is not Kind.SPACE
    decade = shillings.endswith("0") and has_determiner(tokens, index)  # "in his 20s."
    note = tokens.word(tokens.past_blank(end)) in tokens.vocabulary.words("currencies", "coins")
    sure = (
        0.95
        if parts > 1 or (stop and (note or (not pence.isdecimal() and pence))) or (summed and stop)
        else 0.75
        if stop and (inner or priced) and not decade
        else 0.4
    )
    value = OldMoney(pounds, shillings, pence, before_noun=note and parts == 1)
    upto = tokens[end - 2].end if last else tokens[end - 1].end
    yield Reading(tokens[first].start, upto, "old money", value, sure if low else 0.3)


def _is_priced(tokens: Tokens, index: int) -> bool:
    return tokens.word(tokens.before(index)) in tokens.vocabulary.words("currencies", "before_sums")


def _is_summed(tokens: Tokens, index: int) -> bool:
    """Return True behind "a fine of", and behind another sum: "at 1s., 2s. and 5s."."""
    before = tokens.before(index)
    known = tokens.vocabulary
    if tokens.word(before) == known.table("mathematics", "algebra")["of"]:
        return tokens.word(tokens.before(before)) in known.words("currencies", "sums")
    joined = tokens.is_sign(before, ",") or tokens.word(before) in known.words("joints", "linking")
    stop = tokens.before(before)
    if not tokens.is_sign(stop, "."):  # "the 1980s to 90s."
        return False
    earlier = stop - 1
    return joined and tokens.word(earlier) in ("s", "d") and tokens[earlier - 1].kind is Kind.NUMERAL


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    """Return True if nothing more is said behind a full stop."""
    following = tokens[tokens.past_blank(index)]
    if following.text == ")":  # "a threepenny (3d.) bit"
        return not tokens[tokens.past_blank(tokens.past_blank(index) + 1)].text[:1].islower()
    return following.kind is Kind.EDGE or following.text in ('"', "”", "’")


def _stroked(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first slash of "12/-", "sold for 2/6", "£1/2/6", and at the first hyphen of "£3-10-0"."""
    joint, start = tokens[index].text, tokens[index - 1].start
    shillings, pence = tokens[index - 1].text, tokens[index + 1].text
    if not shillings.isdecimal():
        return
    if tokens[index - 2].text == "£":
        pounds, shillings, pence = shillings, pence, tokens[index + 3].text
        parted = tokens[index + 2].text == joint and _is_change(shillings, pence)
        if parted and tokens[index + 4].kind is not Kind.WORD and not tokens.is_sign(index + 4, "/-"):
            value = OldMoney(pounds, shillings, pence)
            yield Reading(tokens[index - 2].start, tokens[index + 3].end, "old money: slash", value, 0.96)
        return
    if joint != "/" or not stands_apart(tokens, index - 1):
        return
    whole = tokens.is_sign(index + 1, "-–—") and tokens[index + 2].kind not in (Kind.WORD, Kind.NUMERAL)
    if whole:
        yield Reading(start, tokens[index + 1].end, "old money: slash", OldMoney("", shillings, ""), 0.95)
    elif _is_change(shillings, pence) and _is_coined(tokens, index) and gcd(int(shillings), int(pence)) > 1:
        ends = tokens[tokens.after(index + 1)]
        counted = is_plural(tokens, tokens.after(index + 1))
        if (
            not counted
            and ends.kind is not Kind.NUMERAL
            and not (ends.text and ends.text in "=/-")
            and ends.text not in tokens.vocabulary.words("currencies", "behind_no_change")
        ):
            value = OldMoney("", shillings, pence)
            end = tokens[index + 2 if tokens[index + 2].text == "d" else index + 1].end  # "2/6d"
            yield Reading(start, end, "old money: slash", value, 0.96)


def _is_coined(tokens: Tokens, index: int) -> bool:
    """Return True for "sold for 2/6", "at 2/6 and 5/-"."""
    joint = tokens.past_blank(index + 2)
    more = tokens.past_blank(joint + 1)
    listed = tokens.is_sign(joint, ",") or tokens.word(joint) in tokens.vocabulary.words("joints", "linking")
    whole = tokens.is_sign(more + 1, "/") and tokens.is_sign(more + 2, "-–—")
    return _is_priced(tokens, index - 1) or (listed and whole)


def _is_change(shillings: str, pence: str) -> bool:
    """Return True for less than a pound and less than a shilling."""
    small = shillings.isdecimal() and pence.isdecimal() and len(shillings + pence) < 5
    return small and int(shillings) < _SHILLINGS and int(pence) < _PENCE


STROKED = Recogniser("old money", _stroked, (("12/- a week", "12 shillings a week"),), signs="/-", with_number=True)


OLD_MONEY = Recogniser(
    "old money",
    _propose,
    (("He paid 7s. 6d. for it.", "He paid 7 shillings and sixpence for it."),),
    numerals=Beside.SHORT_WORD | Beside.NUMBER | Beside.AFTER_SIGN | Beside.COMMA,
)
