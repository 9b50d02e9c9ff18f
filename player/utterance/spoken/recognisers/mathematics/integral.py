"""Limits of integrals, sums and products: "∫₀¹ x² dx", "∑ᵢ₌₁ⁿ aᵢ"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from player.utterance.spoken.languages import CODES
from player.utterance.spoken.readings import Reading, Recogniser
from player.utterance.spoken.tokens import Tokens
from player.utterance.spoken.values import Words

_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌ᵢⱼₙₖₘₓ", "0123456789+-=ijnkmx")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼ⁿⁱˣʸᵏ", "0123456789+-=nixyk")
_LONGEST = 12


def _propose(tokens: Tokens, index: int) -> Iterator[Reading]:
    """At the sign."""
    at, limits = index + 1, ["", ""]
    for place, letters in enumerate((_LOWERED, _RAISED)):
        while tokens[at].text and at - index < _LONGEST and _is_of(tokens[at].text, letters):
            limits[place] += tokens[at].text.translate(letters)
            at += 1
    if not limits[0]:
        return
    words, names = (tokens.vocabulary.table("mathematics", name) for name in ("limits", "alone"))
    low, high = (_said(limit, words) for limit in limits)
    said = str(words["from_to" if high else "over"]).format(names[tokens[index].text], low, high)
    yield Reading(tokens[index].start, tokens[at - 1].end, "limits", Words(said + " " * (tokens[at].text != " ")), 0.95)


def _said(limit: str, words: Mapping[str, str]) -> str:
    return " ".join("".join(words.get(sign, sign) for sign in limit).split())


def _is_of(text: str, letters: Mapping[int, int]) -> bool:
    return all(ord(sign) in letters for sign in text)


LIMITS = Recogniser(
    "limits",
    _propose,
    (("∫₀¹ x² dx", "the integral from 0 to 1 of x squared dx"), ("∑ᵢ aᵢ", "the sum over i of eh i")),
    signs="∫∑∏",
    languages=("en", *CODES),
)
