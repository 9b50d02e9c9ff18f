"""English for chemistry and stars."""

from __future__ import annotations

from player.utterance.spoken.speakers.english.number_words import known
from player.utterance.spoken.speakers.saying import Saying, Says
from player.utterance.spoken.values import Compound, Stars


def say_compound(compound: Compound, saying: Saying) -> str:
    """ "H 2 S O 4", "Ca 2 plus"."""
    said = []
    for element, number in compound.parts:
        said += [element] if compound.as_word else list(element.upper())
        said += [number] if number else []
    if compound.charge:
        said += [compound.charge[:-1], known("signs")[compound.charge[-1]]]
    return " ".join(filter(None, said))


def say_stars(stars: Stars, saying: Saying) -> str:
    """ "4 out of 5 stars", "5 star"."""
    if stars.of:
        return f"{stars.figures} out of {stars.of} stars"
    return f"{stars.figures} {'star' if stars.behind or stars.figures == '1' else 'stars'}"


SAYS: Says = {Compound: say_compound, Stars: say_stars}
