"""Words of a heading that is all in capitals: "THE END OF THE WORLD"."""

from __future__ import annotations

from collections.abc import Iterator

from player.story.roman_numerals import roman
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Numbered, Words

_APOSTROPHES = "'’"
_SHORTEST_PLURAL = 2
_VOWELS = frozenset("AEIOUY")


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At a word in capitals, or the first part of one: "DON'T"."""
    if not tokens.is_shouted or (tokens.is_sign(index - 1, _APOSTROPHES) and tokens[index - 2].kind is Kind.WORD):
        return
    end = index
    while tokens.is_sign(end + 1, _APOSTROPHES) and tokens[end + 2].kind is Kind.WORD:
        end += 2
    word = tokens.text[tokens[index].start : tokens[end].end]
    known = tokens.vocabulary
    number = roman(word) if len(word) > 1 else None
    if number and tokens[tokens.before(index)].text.capitalize() in known.words("names", "regnal"):  # "LOUIS XIV"
        yield Reading(tokens[index].start, tokens[end].end, "capitals: ruler", Numbered(number, "ruler"), 0.9)
    base = tokens[index].text
    if tokens.is_sign(index - 1, "&") or tokens.is_sign(end + 1, "&"):  # "AT&T"
        return
    many = (
        base[:-1] in known.words("names", "acronyms")
        and base[-1] == "S"
        and base not in known.words("names", "acronyms")
    )
    if many and end == index and len(base) > _SHORTEST_PLURAL:  # "DVDS"
        yield Reading(tokens[index].start, tokens[end].end, "capitals: acronyms", Words(base[:-1] + "s"), 0.6)
        return
    if word == known.table("names")["country"] and end == index and _is_pronoun(tokens, index):
        yield Reading(tokens[index].start, tokens[end].end, "capitals: pronoun", Words(word.lower()), 0.7)
        return
    kept = any(one in known.words("names", names) for one in (word, base) for names in ("acronyms", "spelled"))
    if kept and tokens[end].text == "S" and end > index:  # "THE BBC'S NEW BOSS"
        said = word[:-1] + "s"
        yield Reading(tokens[index].start, tokens[end].end, "capitals: acronym", Words(said), 0.6)
    timed = word.lower() in known.words("calendar", "zones") and tokens.word(tokens.before(index)) in known.words(
        "calendar", "halves"
    )
    if len(word) < 2 or kept or timed or not word.isupper():
        return
    if not _VOWELS.isdisjoint(word):
        yield Reading(tokens[index].start, tokens[end].end, "capitals", Words(word.capitalize()), 0.6)


def _is_pronoun(tokens: Tokens, index: int) -> bool:
    """ "LET US PRAY", "ALL ABOUT US"; not "TROOPS LEAVE US"."""
    known, before = tokens.vocabulary, tokens.word(tokens.before(index))
    last = tokens[tokens.after(index)].kind is Kind.EDGE or tokens.is_sign(tokens.after(index), ".!?:,;")
    return before in known.words("names", "before_us") or (last and before in known.words("names", "before_last_us"))


CAPITALS = Recogniser("capitals", _propose, (("THE END OF THE WORLD", "The End Of The World"),), capitals=True)
