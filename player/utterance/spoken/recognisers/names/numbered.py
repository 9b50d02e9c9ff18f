"""What a number follows, written short without a full stop: "the No 5 shirt", "Fig 2"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_plural
from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_LONGEST_SECTION = 3
"""Figures of the number of a section."""


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    token = tokens[index]
    number = tokens[index + 2]
    shouted = token.text.isupper() and not tokens.is_shouted and _is_capital(tokens[index - 2].text)  # "Highway NO 14"
    if (
        not (token.text.istitle() or shouted or token.text in tokens.vocabulary.words("numbered", "small"))
        or tokens[index + 1].kind is not Kind.SPACE
        or number.kind is not Kind.NUMERAL
        or tokens.is_sign(index - 1, "'’-/.")
        or not _may_be_section(tokens, index, number.text)
    ):
        return
    said = tokens.vocabulary.table("numbered", "numbered")[token.text.lower()]
    said = said.lower() if token.text.islower() else said
    sure = 0.85
    if token.text in tokens.vocabulary.words("numbered", "also_words"):
        before = tokens[index - 2].text
        within = tokens[index - 1].text == " " and (before[-1:].islower() or before == "," or before.isdecimal())
        minister = number.text == "10" and not is_plural(tokens, tokens.after(index + 2))
        sure = 0.85 if within or minister else 0.3
    yield Reading(token.start, token.end, "number", Words(said), sure)


def _may_be_section(tokens: Tokens, index: int, figures: str) -> bool:
    """Return False for an s that is none of an act, as in "s 18": "Galaxy S 5", "10 s 5 m"."""
    if tokens.word(index) not in tokens.vocabulary.words("abbreviations", "sections"):
        return True
    lasting = tokens[tokens.before(index)].kind is Kind.NUMERAL
    return tokens[index].text.islower() and len(figures) <= _LONGEST_SECTION and not lasting


def _is_capital(word: str) -> bool:
    return word.isdecimal() or (word[:1].isupper() and len(word) > 1)


NUMBERED_NAME = Recogniser(
    "number",
    _propose,
    (("the No 5 shirt", "the Number 5 shirt"), ("Fig 2", "Figure 2")),
    words=lambda known: known.table("numbered", "numbered"),
    with_number=True,
)


def _following(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the number of "pp. 23ff."."""
    behind, stop = tokens[index + 1], tokens.is_sign(index + 2, ".")
    said = tokens.vocabulary.table("abbreviations", "glued").get(behind.text)
    before = tokens.before(index)
    before = before - 1 if tokens.is_sign(before, ".") else before
    if said and (tokens.word(before) in tokens.vocabulary.words("joints", "pages") or tokens.is_sign(index - 1, ":")):
        goes_on = stop and tokens[tokens.past_blank(index + 3)].kind is not Kind.EDGE
        end = tokens[index + 2].end if goes_on else behind.end
        yield Reading(behind.start, end, "number: following", Words(f" {said}"), 0.9)


FOLLOWING = Recogniser(
    "number", _following, (("pp. 23ff. and 40", "pages 23 and following and 40"),), numerals=Beside.GLUED_WORD
)
