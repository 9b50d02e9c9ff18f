"""Episodes of a series by season and number: "S01E05", "S2E3"."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.spoken.numerals import Beside
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words

_MOST_FIGURES = 3


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the number of the season."""
    letters, numbers = (tokens.word(index - 1), tokens.word(index + 1)), (tokens[index].text, tokens[index + 2].text)
    named = tokens.vocabulary.table("numbered", "episodes")
    short = all(number.isdecimal() and len(number) <= _MOST_FIGURES for number in numbers)
    whole = tokens[index - 2].kind is not Kind.WORD and tokens[index + 3].kind is not Kind.WORD
    if short and whole and letters == tuple(named):
        (first, second), (season, episode) = named.values(), numbers
        said = f"{first} {int(season)}, {second} {int(episode)}"
        yield Reading(tokens[index - 1].start, tokens[index + 2].end, "episode", Words(said), 0.95)


EPISODE = Recogniser("episode", _propose, (("in S01E05", "in season 1, episode 5"),), numerals=Beside.AFTER_WORD)
