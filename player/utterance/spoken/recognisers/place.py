"""Streets without a full stop, and politicians' states: "4 Elm hwy", "Rep. Lee, D-Calif."."""

from __future__ import annotations

from collections.abc import Iterator

from player.utterance.sentences.language import language_of
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Kind, Tokens
from player.utterance.spoken.values import Words
from player.utterance.spoken.vocabulary import Vocabulary

_AMBIGUOUS = frozenset({"al", "cl", "ct", "dr", "est", "ext", "fl", "pl", "pk", "sq", "st", "ste", "way", "bend"})
"""Short words that mean something else more often, or that are judged with their full stop."""
_PARTIES = frozenset({"D", "I", "R"})


def _street(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "hwy" behind a house number and a name, or with a capital behind a name."""
    token, name = tokens[index], tokens[index - 2]
    if tokens[index - 1].kind is not Kind.SPACE or tokens.is_sign(index + 1, ".'’-"):
        return
    if name.kind is not Kind.WORD or not name.text[0].isupper():
        return
    full = language_of(tokens.language).tables["street"][token.text.lower()]
    numbered = tokens[index - 4].kind is Kind.NUMERAL
    if numbered or token.text.istitle():
        said = full[0].upper() + full[1:]
        yield Reading(token.start, token.end, "street", Words(said), 0.9 if numbered else 0.75)


def _state(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At "Calif." behind a party: "D-Calif."."""
    token, stop = tokens[index], tokens[index + 1]
    if not (token.text[0].isupper() and tokens.is_sign(index - 1, "-–") and tokens[index - 2].text in _PARTIES):
        return
    if not tokens.is_sign(index + 1, "."):
        return
    full = language_of(tokens.language).tables["place"][token.text.lower()]
    ends = tokens[index + 2].kind is Kind.EDGE
    yield Reading(tokens[index - 1].start, stop.end, "state", Words(f" {full}{'.' if ends else ''}"), 0.95)


def _streets(known: Vocabulary) -> frozenset[str]:
    return frozenset(word for word in language_of(known.code).tables["street"] if word.isalpha()) - _AMBIGUOUS


def _states(known: Vocabulary) -> frozenset[str]:
    return frozenset(word for word in language_of(known.code).tables["place"] if word.isalpha())


STREET = Recogniser("street", _street, (("4 Elm hwy", "4 Elm Highway"),), words=_streets)
STATE = Recogniser(
    "state", _state, (("Lee, D-Calif., won", "Lee, D California, won"),), words=_states, needs=("D-", "R-", "I-")
)
