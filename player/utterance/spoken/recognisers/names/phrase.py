"""Abbreviations of several words, and of a century behind its number: "Pub. L. 104-191", "the 3rd c. BC"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.grammar import is_ordinal_ending
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary


def _phrase(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the first word, which has a full stop."""
    if tokens[index - 1].kind is Kind.WORD or tokens.is_sign(index - 1, "."):
        return
    start = tokens[index].start
    if len(tokens[index].text) == 1 and not tokens.text[start].isupper() and tokens[index + 2].text != " ":
        return
    for written, said in tokens.vocabulary.table("phrases", "phrases").items():
        end = start + len(written)
        if tokens.text[start:end] == written:
            last = written[-1] == "." and not tokens.text[end : end + 1]
            yield Reading(start, end - last, "abbreviation: of words", Words(said), 0.95)


def _first(known: Vocabulary) -> Iterator[str]:
    for written in known.table("phrases", "phrases"):
        yield written.partition(".")[0].lower()


PHRASE = Recogniser("abbreviation", _phrase, (("Pub. L. 104-191", "Public Law 104 191"),), stopped=_first)


def _century(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "c." or "cent." behind an ordinal."""
    before = index - 2 if tokens[index - 1].text in (" ", "-") else index
    ordinal = is_ordinal_ending(tokens, before) and tokens[before - 1].kind is Kind.NUMERAL
    stop = tokens.is_sign(index + 1, ".")
    if before == index or not ordinal or tokens[index + 1].kind is Kind.WORD or not tokens[index].text.islower():
        return
    following = tokens[tokens.past_blank(index + 2 if stop else index + 1)]
    era = following.text in tokens.vocabulary.words("phrases", "eras")
    if not stop and not era:
        return
    end = tokens[index + 1].end if stop and following.kind is not Kind.EDGE else tokens[index].end
    said = tokens.vocabulary.table("phrases", "centuries")[tokens[index].text]
    yield Reading(tokens[index].start, end, "abbreviation: century", Words(said), 0.95)


CENTURY = Recogniser(
    "abbreviation",
    _century,
    (("the 3rd c. BC", "the 3rd century BC"),),
    words=lambda known: known.table("phrases", "centuries"),
)


def _and_so_on(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign of "&c.", as old books have it."""
    stop = tokens.is_sign(index + 2, ".")
    if tokens[index + 1].text != "c" or tokens[index - 1].kind is Kind.WORD or tokens[index + 2].kind is Kind.WORD:
        return
    goes_on = stop and (tokens[tokens.past_blank(index + 3)].text[:1].islower() or tokens.is_sign(index + 3, ",;:)&"))
    said = Words(str(tokens.vocabulary.table("phrases")["and_so_on"]))
    yield Reading(tokens[index].start, tokens[index + 2 if goes_on else index + 1].end, "abbreviation: &c.", said, 0.95)


AND_SO_ON = Recogniser(
    "abbreviation", _and_so_on, (("dogs, cats, &c. of it", "dogs, cats, et cetera of it"),), signs="&", needs=("&c",)
)
